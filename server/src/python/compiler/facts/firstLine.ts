// co_firstlineno of a module up to 3.9: the line of the first instruction, if it is in the first basic block.
// CPython 3.9: Python/compile.c, assemble().
import { annotationsOf } from '../../ast/parts.ts';
import { NodeKind } from '../../ast/kinds.ts';
import type { BinOp, Expression } from '../../ast/expressions.ts';
import type { FunctionDef, Module, Statement } from '../../ast/nodes.ts';
import { foldBinary, foldConstant } from '../../constants/folding.ts';
import { ConstantType } from '../../constants/values.ts';
import type { Compiler } from './compiler.ts';
import { docstringOf } from './functions.ts';
import { constantTruth, isConstant } from './reachability.ts';

/** What a statement does to the first block: gives its first instruction, ends it while empty, or neither. */
type First = number | 'blockEnds' | undefined;

export function firstInstructionLine(c: Compiler, { body }: Module): number {
  if (body.length === 0) return 1;
  if (hasAnnotations(body)) return c.lineno(body[0]);
  if (docstringOf(body) && body[0].kind === NodeKind.Expr) return c.lineno(body[0].value);
  // A string that the AST optimiser makes of the first expression is no docstring, but is kept from looking like one.
  if (body[0].kind === NodeKind.Expr && foldConstant(body[0].value)?.type === ConstantType.Str)
    return c.lineno(body[0]);
  const first = firstOfBody(c, body);
  // The return at the end is in a block of its own.
  return typeof first === 'number' ? first : 1;
}

function firstOfBody(c: Compiler, body: readonly Statement[]): First {
  for (const s of body) {
    const first = firstOfStatement(c, s);
    if (first !== undefined) return first;
  }
  return undefined;
}

function firstOfStatement(c: Compiler, s: Statement): First {
  switch (s.kind) {
    case NodeKind.Pass:
    case NodeKind.Global:
    case NodeKind.Nonlocal:
      return undefined;
    case NodeKind.Expr:
      return isConstant(c, s.value) ? undefined : leaf(c, s.value);
    case NodeKind.If: {
      const truth = constantTruth(c, s.test);
      if (truth === undefined) return leaf(c, s.test);
      if (!truth && startsBlock(c, s.body)) return 'blockEnds';
      return firstOfBody(c, truth ? s.body : s.orelse) ?? 'blockEnds';
    }
    case NodeKind.While: {
      const truth = constantTruth(c, s.test);
      return truth === false && !startsBlock(c, s.body) ? firstOfBody(c, s.orelse) : 'blockEnds';
    }
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef: {
      const { args } = s;
      const parts = [
        ...s.decorator_list,
        ...args.defaults,
        ...args.kw_defaults.filter(value => value !== null),
      ];
      return parts.length > 0 ? leaf(c, parts[0]) : annotationLine(c, s);
    }
    case NodeKind.ClassDef:
      return s.decorator_list.length > 0 ? leaf(c, s.decorator_list[0]) : c.lineno(s);
    case NodeKind.Assign:
      return leaf(c, s.value);
    case NodeKind.AugAssign:
      return leaf(c, s.target);
    case NodeKind.Delete:
      return s.targets.length > 0 ? leaf(c, s.targets[0]) : undefined;
    case NodeKind.For:
    case NodeKind.AsyncFor:
      return leaf(c, s.iter);
    case NodeKind.With:
    case NodeKind.AsyncWith:
      return s.items.length > 0 ? leaf(c, s.items[0].context_expr) : c.lineno(s);
    case NodeKind.Assert:
      return leaf(c, s.test);
    case NodeKind.Raise:
      return s.exc ? leaf(c, s.exc) : c.lineno(s);
    default:
      return c.lineno(s);
  }
}

function annotationLine(c: Compiler, s: FunctionDef): number {
  const annotations = annotationsOf(s);
  if (annotations.length === 0) return c.lineno(s);
  return c.symbolTable.futureAnnotations ? c.lineno(annotations[0]) : leaf(c, annotations[0]);
}

/** The line of an expression's first instruction: that of its leftmost operand. */
function leaf(c: Compiler, expression: Expression): number {
  let e = expression;
  for (;;) {
    const next: Expression | null | undefined =
      e.kind === NodeKind.BinOp ? leftmostOperand(e) : leftmost(c, e);
    if (!next || next === e) return c.lineno(e);
    e = next;
  }
}

/** Of a chain of operators: what is folded of its left part, or else its leftmost operand. */
function leftmostOperand(e: BinOp): Expression {
  const chain: BinOp[] = [e];
  let { left } = e;
  while (left.kind === NodeKind.BinOp) {
    chain.push(left);
    left = left.left;
  }
  let folded: Expression = left;
  let value = foldConstant(left);
  for (let i = chain.length - 1; value && i >= 0; i--) {
    const right = foldConstant(chain[i].right);
    value = right && foldBinary(chain[i].op, value, right);
    if (value) folded = chain[i];
  }
  return folded;
}

function leftmost(c: Compiler, e: Expression): Expression | null | undefined {
  if (constantTruth(c, e) !== undefined) return null;
  switch (e.kind) {
    case NodeKind.Compare:
      return e.left;
    case NodeKind.BoolOp:
    case NodeKind.JoinedStr:
      return e.values[0];
    case NodeKind.UnaryOp:
      return e.operand;
    case NodeKind.Attribute:
    case NodeKind.Subscript:
    case NodeKind.Await:
    case NodeKind.YieldFrom:
    case NodeKind.NamedExpr:
    case NodeKind.Starred:
    case NodeKind.FormattedValue:
      return e.value;
    case NodeKind.Call:
      return e.func;
    case NodeKind.IfExp:
      return e.test;
    case NodeKind.List:
    case NodeKind.Tuple:
    case NodeKind.Set:
      return firstElement(c, e.elts);
    case NodeKind.Dict:
      // Values come first where all keys, more than one, are constants: the keys are one constant tuple.
      return e.keys.length > 1 && e.keys.every(key => key && isConstant(c, key)) ? e.values[0] : e.keys[0];
    case NodeKind.Lambda:
      return e.args.defaults[0] ?? e.args.kw_defaults.find(value => value !== null);
    default:
      return null;
  }
}

/** The element whose instructions begin a display; null where the empty list or set is built first. */
function firstElement(c: Compiler, elts: readonly Expression[]): Expression | null {
  if (elts.length === 0) return null;
  if (c.dialect.displaysBuiltFirst) {
    if (elts[0].kind === NodeKind.Starred) return null;
    if (elts.length > 2 && elts.every(elt => isConstant(c, elt))) return null;
  }
  return elts[0];
}

/** Whether code that is not emitted leaves the first block nevertheless: where a statement or operator has a label. */
function startsBlock(c: Compiler, body: readonly Statement[]): boolean {
  const trees: unknown[] = [body];
  while (trees.length > 0) {
    const tree = trees.pop();
    if (Array.isArray(tree)) for (const item of tree as unknown[]) trees.push(item);
    if (typeof tree !== 'object' || tree === null || !('kind' in tree)) continue;
    const node = tree as Expression | Statement;
    switch (node.kind) {
      case NodeKind.If:
      case NodeKind.For:
      case NodeKind.AsyncFor:
      case NodeKind.While:
      case NodeKind.With:
      case NodeKind.AsyncWith:
      case NodeKind.Try:
      case NodeKind.Assert:
      case NodeKind.BoolOp:
      case NodeKind.IfExp:
        return true;
      // Of what has a scope of its own, only what is evaluated in the scope around.
      case NodeKind.FunctionDef:
      case NodeKind.AsyncFunctionDef:
        trees.push(node.decorator_list, node.args.defaults, node.args.kw_defaults);
        if (!c.symbolTable.futureAnnotations) trees.push(...annotationsOf(node));
        break;
      case NodeKind.ClassDef:
        trees.push(node.decorator_list, node.bases, node.keywords);
        break;
      case NodeKind.Lambda:
        trees.push(node.args.defaults, node.args.kw_defaults);
        break;
      case NodeKind.ListComp:
      case NodeKind.SetComp:
      case NodeKind.DictComp:
      case NodeKind.GeneratorExp:
        trees.push(node.generators[0]?.iter);
        break;
      default:
        if (node.kind === NodeKind.Compare && node.ops.length > 1) return true;
        trees.push(...(Object.values(node) as unknown[]));
    }
  }
  return false;
}

/** Whether an annotated assignment is anywhere in a body but in inner scopes. CPython 3.9: find_ann(). */
function hasAnnotations(body: readonly Statement[]): boolean {
  const bodies = [body];
  for (let next = bodies.pop(); next; next = bodies.pop()) {
    for (const s of next) {
      switch (s.kind) {
        case NodeKind.AnnAssign:
          return true;
        case NodeKind.For:
        case NodeKind.AsyncFor:
        case NodeKind.While:
        case NodeKind.If:
          bodies.push(s.body, s.orelse);
          break;
        case NodeKind.With:
        case NodeKind.AsyncWith:
          bodies.push(s.body);
          break;
        case NodeKind.Try:
        case NodeKind.TryStar:
          bodies.push(s.body, s.orelse, s.finalbody, ...s.handlers.map(handler => handler.body));
          break;
      }
    }
  }
  return false;
}
