// Statements in the order in which code is generated for them. CPython: Python/codegen.c, codegen_visit_stmt().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type {
  Assert,
  AugAssign,
  Break,
  Continue,
  For,
  If,
  Import,
  ImportFrom,
  Return,
  Statement,
  While,
  With,
} from '../../ast/nodes.ts';
import { MESSAGES } from '../messages.ts';
import { visitAnnAssign } from './annotations.ts';
import { visitClassDef } from './classes.ts';
import type { Compiler } from './compiler.ts';
import { visitIterable } from './foldedExpressions.ts';
import { popFrameBlock, pushFrameBlock, unwindFrameBlocks } from './frameBlocks.ts';
import { visitFunctionDef } from './functions.ts';
import { visitMatch } from './patterns.ts';
import { constantTruth, isConstant, jump, jumpIf, jumpMaybe, useLabel } from './reachability.ts';
import { visitTry } from './tryStatements.ts';
import { visitTypeAlias } from './typeParameters.ts';
import { FrameBlockType, Label, ScopeType } from './unit.ts';

export function visitStatement(c: Compiler, s: Statement): void {
  switch (s.kind) {
    case NodeKind.Expr:
      // A constant alone makes no code.
      if (!isConstant(c, s.value)) c.expression(s.value);
      return;
    case NodeKind.Assign:
      c.expression(s.value);
      c.expressions(s.targets);
      return;
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
      visitFunctionDef(c, s);
      return;
    case NodeKind.Return:
      visitReturn(c, s);
      return;
    case NodeKind.If:
      c.unit.conditionalBlocks++;
      visitIf(c, s);
      c.unit.conditionalBlocks--;
      return;
    case NodeKind.AugAssign:
      visitAugAssign(c, s);
      return;
    case NodeKind.AnnAssign:
      visitAnnAssign(c, s);
      return;
    case NodeKind.ClassDef:
      visitClassDef(c, s);
      return;
    case NodeKind.For:
    case NodeKind.AsyncFor:
      c.unit.conditionalBlocks++;
      visitFor(c, s);
      c.unit.conditionalBlocks--;
      return;
    case NodeKind.While:
      c.unit.conditionalBlocks++;
      visitWhile(c, s);
      c.unit.conditionalBlocks--;
      return;
    case NodeKind.With:
    case NodeKind.AsyncWith:
      c.unit.conditionalBlocks++;
      visitWith(c, s);
      c.unit.conditionalBlocks--;
      return;
    case NodeKind.Try:
    case NodeKind.TryStar:
      c.unit.conditionalBlocks++;
      visitTry(c, s);
      c.unit.conditionalBlocks--;
      return;
    case NodeKind.Raise:
      if (s.exc) {
        c.expression(s.exc);
        if (s.cause) c.expression(s.cause);
      }
      c.unit.reached = false;
      return;
    case NodeKind.Import:
      visitImport(c, s);
      return;
    case NodeKind.ImportFrom:
      visitImportFrom(c, s);
      return;
    case NodeKind.Delete:
      c.expressions(s.targets);
      return;
    case NodeKind.Assert:
      visitAssert(c, s);
      return;
    case NodeKind.Match:
      c.unit.conditionalBlocks++;
      visitMatch(c, s);
      c.unit.conditionalBlocks--;
      return;
    case NodeKind.TypeAlias:
      visitTypeAlias(c, s);
      return;
    case NodeKind.Break:
      visitBreak(c, s);
      return;
    case NodeKind.Continue:
      visitContinue(c, s);
      return;
    case NodeKind.Global:
    case NodeKind.Nonlocal:
    case NodeKind.Pass:
      return;
  }
}

// ---- Assignments ------------------------------------------------------------------------------------------------

/** CPython: codegen_augassign(). */
function visitAugAssign(c: Compiler, s: AugAssign): void {
  const { target } = s;
  switch (target.kind) {
    case NodeKind.Name:
      c.name(target.id, ExprContext.Load, target);
      c.expression(s.value);
      c.at = target;
      c.name(target.id, ExprContext.Store, target);
      return;
    case NodeKind.Attribute:
      c.expression(target.value);
      c.expression(s.value);
      return;
    case NodeKind.Subscript:
      c.expression(target.value);
      c.expression(target.slice);
      c.expression(s.value);
      return;
    default:
      c.expression(target);
      c.expression(s.value);
  }
}

// ---- Branches and loops -----------------------------------------------------------------------------------------

/** CPython: codegen_if(). A chain of elif is walked in a loop. */
function visitIf(c: Compiler, first: If): void {
  const end = new Label();
  let s = first;
  for (;;) {
    const next = new Label();
    const truth = c.dialect.constantBranches === 'notEmitted' ? constantTruth(c, s.test) : undefined;
    if (truth === undefined) jumpIf(c, s.test, next, false);
    visitEmitted(c, s.body, truth !== false);
    const { orelse } = s;
    if (orelse.length === 0) {
      useLabel(c, next);
      break;
    }
    jump(c, end);
    useLabel(c, next);
    if (truth !== true && orelse.length === 1 && orelse[0].kind === NodeKind.If) {
      s = orelse[0];
      continue;
    }
    visitEmitted(c, orelse, truth !== true);
    break;
  }
  useLabel(c, end);
}

/** Walks a branch; where it is not emitted, for its errors only. CPython 3.9: BEGIN_DO_NOT_EMIT_BYTECODE. */
function visitEmitted(c: Compiler, body: readonly Statement[], emitted: boolean): void {
  if (!emitted) c.notEmitting++;
  c.statements(body);
  if (!emitted) c.notEmitting--;
}

/** CPython: codegen_for() and codegen_async_for(). */
function visitFor(c: Compiler, s: For): void {
  const isAsync = s.kind === NodeKind.AsyncFor;
  if (isAsync && !c.dialect.checksInSymtable && c.unit.type !== ScopeType.AsyncFunction) {
    c.error(MESSAGES.asyncForOutside, s);
  }
  const end = new Label();
  const exhausted = new Label();
  if (!isAsync) pushFrameBlock(c, FrameBlockType.ForLoop, s, end);
  if (isAsync) c.expression(s.iter);
  else visitIterable(c, s.iter);
  if (isAsync) {
    pushFrameBlock(c, FrameBlockType.ForLoop, s, end);
    c.loadNone();
  }
  jumpMaybe(c, exhausted);
  c.expression(s.target);
  c.statements(s.body);
  c.unit.reached = false;
  useLabel(c, exhausted);
  popFrameBlock(c);
  c.statements(s.orelse);
  useLabel(c, end);
}

/** CPython: codegen_while(). */
function visitWhile(c: Compiler, s: While): void {
  const end = new Label();
  const anchor = new Label();
  const truth = c.dialect.constantBranches === 'notEmitted' ? constantTruth(c, s.test) : undefined;
  pushFrameBlock(c, FrameBlockType.WhileLoop, s, end);
  if (truth === undefined) jumpIf(c, s.test, anchor, false);
  visitEmitted(c, s.body, truth !== false);
  if (c.dialect.whileTest === 'twice') jumpIf(c, s.test, new Label(), true);
  else c.unit.reached = false;
  popFrameBlock(c);
  useLabel(c, anchor);
  c.statements(s.orelse);
  useLabel(c, end);
}

/** CPython: codegen_break(). */
function visitBreak(c: Compiler, s: Break): void {
  const loop = unwindFrameBlocks(c, true, s);
  if (loop === null) c.errorAt(MESSAGES.breakOutsideLoop, s);
  if (loop?.exit) jump(c, loop.exit);
}

/** CPython: codegen_continue(). */
function visitContinue(c: Compiler, s: Continue): void {
  const loop = unwindFrameBlocks(c, true, s);
  if (loop === null) c.errorAt(MESSAGES.continueOutsideLoop, s);
  if (loop) c.unit.reached = false;
}

// ---- Other statements that control flow leaves -------------------------------------------------------------------

/** CPython: codegen_return(). */
function visitReturn(c: Compiler, s: Return): void {
  const { value } = s;
  const { scope } = c.unit;
  if (!scope.isFunctionLike) c.error(MESSAGES.returnOutsideFunction, s);
  else if (value && scope.coroutine && scope.generator) c.error(MESSAGES.returnValueInAsyncGenerator, s);
  const preservesValue = value !== null && !isConstant(c, value);
  if (preservesValue) c.expression(value);
  unwindFrameBlocks(c, false, value !== null && !preservesValue ? value : s);
  if (value === null) c.loadNone();
  else if (!preservesValue) c.expression(value);
  // A return that is an error ends nothing: what follows it keeps its code objects.
  if (scope.isFunctionLike) c.unit.reached = false;
}

/** CPython: codegen_assert(). */
function visitAssert(c: Compiler, s: Assert): void {
  const end = new Label();
  jumpIf(c, s.test, end, true);
  if (s.msg) c.expression(s.msg);
  c.unit.reached = false;
  useLabel(c, end);
}

/** CPython: codegen_with_inner() and codegen_async_with_inner(). */
function visitWith(c: Compiler, s: With): void {
  const isAsync = s.kind === NodeKind.AsyncWith;
  if (isAsync && !c.dialect.checksInSymtable && c.unit.type !== ScopeType.AsyncFunction) {
    c.error(MESSAGES.asyncWithOutside, s);
  }
  // A context manager may swallow an exception: what follows is reached however the body ends.
  const exits: Label[] = [];
  for (const { context_expr, optional_vars } of s.items) {
    c.expression(context_expr);
    if (isAsync) c.loadNone();
    const exit = new Label();
    jumpMaybe(c, exit);
    exits.push(exit);
    pushFrameBlock(c, FrameBlockType.With, s);
    if (optional_vars) c.expression(optional_vars);
  }
  c.statements(s.body);
  for (let exit = exits.pop(); exit; exit = exits.pop()) {
    popFrameBlock(c);
    c.loadNone();
    useLabel(c, exit);
  }
}

// ---- Imports ----------------------------------------------------------------------------------------------------

/** CPython: codegen_import(). */
function visitImport(c: Compiler, s: Import): void {
  for (const alias of s.names) {
    c.loadInt(0);
    c.loadNone();
    const dot = alias.name.indexOf('.');
    c.name(alias.asname ?? (dot < 0 ? alias.name : alias.name.slice(0, dot)), ExprContext.Store, s);
  }
}

/** CPython: codegen_from_import(). */
function visitImportFrom(c: Compiler, s: ImportFrom): void {
  c.loadInt(s.level);
  if (c.symbolTable.isFutureImport(s) && !c.isFutureStatement(s)) {
    c.error(MESSAGES.lateFuture, s);
  }
  c.loadStrings(s.names.map(alias => alias.name));
  for (const alias of s.names) {
    if (alias.name !== '*') c.name(alias.asname ?? alias.name, ExprContext.Store, s);
  }
}
