// Statements in the order in which code is generated for them. CPython: Python/codegen.c, codegen_visit_stmt().
import { NodeKind } from '../../ast/kinds.ts';
import type { Assert, Expr, Raise, Return, Statement } from '../../ast/nodes.ts';
import { ConstantType } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import { Label } from '../unit/instructions.ts';
import { NO_LOCATION } from '../unit/location.ts';
import { visitAnnAssign } from './annotations.ts';
import { visitAssign, visitAugAssign } from './assignments.ts';
import { jumpIf } from './branches.ts';
import { visitClassDef } from './classes.ts';
import { CommonConstant } from './commonConstants.ts';
import { firstInTree } from './docstrings.ts';
import { unwindFrameBlocks } from './frameBlocks.ts';
import { visitFunctionDef } from './functions.ts';
import type { CodeGenerator } from './generator.ts';
import { visitImport, visitImportFrom } from './imports.ts';
import { visitBreak, visitContinue, visitFor, visitIf, visitWhile } from './loops.ts';
import { visitMatch } from './patterns.ts';
import { visitTypeAlias } from './typeParameters.ts';

export function visitStatement(g: CodeGenerator, s: Statement): void {
  switch (s.kind) {
    case NodeKind.Expr:
      visitExpr(g, s);
      return;
    case NodeKind.Assign:
      visitAssign(g, s);
      return;
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
      visitFunctionDef(g, s);
      return;
    case NodeKind.Return:
      visitReturn(g, s);
      return;
    case NodeKind.AugAssign:
      visitAugAssign(g, s);
      return;
    case NodeKind.AnnAssign:
      visitAnnAssign(g, s);
      return;
    case NodeKind.ClassDef:
      visitClassDef(g, s);
      return;
    case NodeKind.If:
    case NodeKind.For:
    case NodeKind.AsyncFor:
    case NodeKind.While:
    case NodeKind.With:
    case NodeKind.AsyncWith:
    case NodeKind.Try:
    case NodeKind.TryStar:
    case NodeKind.Match:
      g.unit.conditionalBlocks++;
      visitCompound(g, s);
      g.unit.conditionalBlocks--;
      return;
    case NodeKind.Raise:
      visitRaise(g, s);
      return;
    case NodeKind.Import:
      visitImport(g, s);
      return;
    case NodeKind.ImportFrom:
      visitImportFrom(g, s);
      return;
    case NodeKind.Delete:
      g.expressions(s.targets);
      return;
    case NodeKind.Assert:
      visitAssert(g, s);
      return;
    case NodeKind.TypeAlias:
      visitTypeAlias(g, s);
      return;
    case NodeKind.Break:
      visitBreak(g, s);
      return;
    case NodeKind.Continue:
      visitContinue(g, s);
      return;
    case NodeKind.Pass:
      g.emit.nop(s);
      return;
    case NodeKind.Global:
    case NodeKind.Nonlocal:
      return;
  }
}

type Compound = Extract<
  Statement,
  {
    kind:
      | NodeKind.If
      | NodeKind.For
      | NodeKind.AsyncFor
      | NodeKind.While
      | NodeKind.With
      | NodeKind.AsyncWith
      | NodeKind.Try
      | NodeKind.TryStar
      | NodeKind.Match;
  }
>;

function visitCompound(g: CodeGenerator, s: Compound): void {
  switch (s.kind) {
    case NodeKind.If:
      visitIf(g, s);
      return;
    case NodeKind.For:
    case NodeKind.AsyncFor:
      visitFor(g, s);
      return;
    case NodeKind.While:
      visitWhile(g, s);
      return;
    case NodeKind.With:
    case NodeKind.AsyncWith:
      g.exceptions.visitWith(g, s);
      return;
    case NodeKind.Try:
    case NodeKind.TryStar:
      g.exceptions.visitTry(g, s);
      return;
    case NodeKind.Match:
      visitMatch(g, s);
      return;
  }
}

/** A constant alone makes no code but a NOP, which keeps its line. CPython: codegen_stmt_expr(). */
function visitExpr(g: CodeGenerator, s: Expr): void {
  const { emit } = g;
  if (g.constantOf(s.value) && !isNoDocstring(g, s)) {
    emit.nop(s);
    return;
  }
  g.expression(s.value);
  g.setPartLocation(NO_LOCATION);
  emit.op(Op.POP_TOP, 0, NO_LOCATION);
}

/**
 * A string that is folded at the start of a body, or gets there as `-OO` removes the docstring, is made an f-string, so that it does not become a docstring.
 * CPython: astfold_body() in Python/ast_opt.c.
 */
function isNoDocstring(g: CodeGenerator, s: Expr): boolean {
  const { node } = g.unit;
  if (!('body' in node) || !Array.isArray(node.body)) return false;
  const body = node.body as readonly Statement[];
  if (firstInTree(g, body) !== s || (body[0] === s && s.value.kind === NodeKind.Constant)) return false;
  return g.constantOf(s.value)?.type === ConstantType.Str;
}

/** CPython: codegen_return(). */
function visitReturn(g: CodeGenerator, s: Return): void {
  const { emit } = g;
  const { value } = s;
  const { scope } = g.unit;
  if (!scope.isFunctionLike) g.error(MESSAGES.returnOutsideFunction, s);
  else if (value && scope.coroutine && scope.generator) g.error(MESSAGES.returnValueInAsyncGenerator, s);
  const preserves = value !== null && !g.constantOf(value);
  if (preserves) g.expression(value);
  else if (value !== null) {
    g.setPartLocation(value);
    emit.nop(value);
  }
  const isElsewhere = value === null || (g.records && g.lineno(value) !== g.lineno(s));
  if (isElsewhere) {
    g.setPartLocation(s);
    emit.nop(s);
  }
  const out = unwindFrameBlocks(g, false, value === null || preserves || isElsewhere ? s : value, preserves);
  const at = out?.at ?? s;
  if (value === null) emit.none(at);
  else if (!preserves) {
    const constant = g.constantOf(value);
    if (constant && g.dialect.placesParts) emit.constant(constant, at);
    else g.expression(value);
  }
  // A return that is an error ends nothing: what follows it keeps its code objects.
  if (scope.isFunctionLike) emit.leave(Op.RETURN_VALUE, 0, at);
  emit.nextBlock();
}

function visitRaise(g: CodeGenerator, s: Raise): void {
  if (s.exc) {
    g.expression(s.exc);
    if (s.cause) g.expression(s.cause);
  }
  g.emit.leave(Op.RAISE_VARARGS, s.exc === null ? 0 : s.cause === null ? 1 : 2, s);
  g.emit.nextBlock();
}

/** CPython: codegen_assert(). */
function visitAssert(g: CodeGenerator, s: Assert): void {
  const { emit } = g;
  if (g.optimize > 0) return;
  const end = new Label();
  jumpIf(g, s, s.test, end, true);
  if (g.dialect.assertionError === 'global') emit.name(Op.LOAD_GLOBAL, 'AssertionError', s);
  else if (g.dialect.assertionError === 'opcode') emit.op(Op.LOAD_ASSERTION_ERROR, 0, s);
  else emit.op(Op.LOAD_COMMON_CONSTANT, CommonConstant.ASSERTION_ERROR, s);
  if (s.msg) {
    g.expression(s.msg);
    emit.callWithoutNull(1, s);
  }
  emit.leave(Op.RAISE_VARARGS, 1, g.dialect.assertPlace === 'test' ? s.test : s);
  emit.use(end);
}
