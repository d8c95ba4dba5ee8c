// co_firstlineno of a module up to 3.9: the line of the first instruction, if it is in the first basic block.
// CPython 3.9: Python/compile.c, assemble().
import { annotationsOf } from '../../ast/parts.ts';
import { NodeKind } from '../../ast/kinds.ts';
import type { BinOp, Expression } from '../../ast/expressions.ts';
import type { FunctionDef, Module, Statement } from '../../ast/nodes.ts';
import { foldBinary, foldConstant } from '../../constants/folding.ts';
import { ConstantType } from '../../constants/values.ts';
import { hasAnnotations } from './annotations.ts';
import { docstringOf } from './docstrings.ts';
import type { CodeGenerator } from './generator.ts';
import { constantTruth } from './constantTests.ts';

/** What a statement does to the first block: gives its first instruction, ends it while empty, or neither. */
type First = number | 'blockEnds' | undefined;

export function firstInstructionLine(g: CodeGenerator, { body }: Module): number {
  if (body.length === 0) return 1;
  if (hasAnnotations(g, body)) return g.lineno(body[0]);
  const isLoaded = g.optimize < 2 && docstringOf(body) !== undefined;
  if (isLoaded && body[0].kind === NodeKind.Expr) return g.lineno(body[0].value);
  // A string that the AST optimiser makes of the first expression is no docstring, but is kept from looking like one.
  if (
    body[0].kind === NodeKind.Expr &&
    body[0].value.kind !== NodeKind.Constant &&
    foldConstant(body[0].value)?.type === ConstantType.Str
  )
    return g.lineno(body[0].value);
  const first = firstOfBody(g, body);
  // The return at the end is in a block of its own.
  return typeof first === 'number' ? first : 1;
}

function firstOfBody(g: CodeGenerator, body: readonly Statement[]): First {
  for (const s of body) {
    const first = firstOfStatement(g, s);
    if (first !== undefined) return first;
  }
  return undefined;
}

function firstOfStatement(g: CodeGenerator, s: Statement): First {
  switch (s.kind) {
    case NodeKind.Pass:
    case NodeKind.Global:
    case NodeKind.Nonlocal:
      return undefined;
    case NodeKind.Expr:
      return g.constantOf(s.value) ? undefined : leaf(g, s.value);
    case NodeKind.If: {
      const truth = constantTruth(g, s.test);
      if (truth === undefined) return leaf(g, s.test);
      if (!truth && startsBlock(g, s.body)) return 'blockEnds';
      return firstOfBody(g, truth ? s.body : s.orelse) ?? 'blockEnds';
    }
    case NodeKind.While: {
      const truth = constantTruth(g, s.test);
      return truth === false && !startsBlock(g, s.body) ? firstOfBody(g, s.orelse) : 'blockEnds';
    }
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef: {
      const { args } = s;
      const parts = [
        ...s.decorator_list,
        ...args.defaults,
        ...args.kw_defaults.filter(value => value !== null),
      ];
      return parts.length > 0 ? leaf(g, parts[0]) : annotationLine(g, s);
    }
    case NodeKind.ClassDef:
      return s.decorator_list.length > 0 ? leaf(g, s.decorator_list[0]) : g.lineno(s);
    case NodeKind.Assign:
      return leaf(g, s.value);
    case NodeKind.AugAssign:
      return leaf(g, s.target);
    case NodeKind.Delete:
      return s.targets.length > 0 ? leaf(g, s.targets[0]) : undefined;
    case NodeKind.For:
    case NodeKind.AsyncFor:
      return leaf(g, s.iter);
    case NodeKind.With:
    case NodeKind.AsyncWith:
      return s.items.length > 0 ? leaf(g, s.items[0].context_expr) : g.lineno(s);
    case NodeKind.Assert:
      return leaf(g, s.test);
    case NodeKind.Raise:
      return s.exc ? leaf(g, s.exc) : g.lineno(s);
    default:
      return g.lineno(s);
  }
}

function annotationLine(g: CodeGenerator, s: FunctionDef): number {
  const annotations = annotationsOf(s);
  if (annotations.length === 0) return g.lineno(s);
  return g.symbolTable.futureAnnotations ? g.lineno(annotations[0]) : leaf(g, annotations[0]);
}

/** The line of an expression's first instruction: that of its leftmost operand. */
function leaf(g: CodeGenerator, expression: Expression): number {
  let e = expression;
  for (;;) {
    const next: Expression | null | undefined =
      e.kind === NodeKind.BinOp ? leftmostOperand(e) : leftmost(g, e);
    if (!next || next === e) return g.lineno(e);
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

function leftmost(g: CodeGenerator, e: Expression): Expression | null | undefined {
  if (constantTruth(g, e) !== undefined) return null;
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
      return firstElement(g, e.elts);
    case NodeKind.Dict:
      // Values come first where all keys, more than one, are constants: the keys are one constant tuple.
      return e.keys.length > 1 && e.keys.every(key => key && g.constantOf(key)) ? e.values[0] : e.keys[0];
    case NodeKind.Lambda:
      return e.args.defaults[0] ?? e.args.kw_defaults.find(value => value !== null);
    default:
      return null;
  }
}

/** The element whose instructions begin a display; null where the empty list or set is built first. */
function firstElement(g: CodeGenerator, elts: readonly Expression[]): Expression | null {
  if (elts.length === 0) return null;
  if (g.dialect.displaysBuiltFirst) {
    if (elts[0].kind === NodeKind.Starred) return null;
    if (elts.length > 2 && elts.every(elt => g.constantOf(elt))) return null;
  }
  return elts[0];
}

/** Whether code that is not emitted leaves the first block nevertheless: where a statement or operator has a label. */
function startsBlock(g: CodeGenerator, body: readonly Statement[]): boolean {
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
        if (!g.symbolTable.futureAnnotations) trees.push(annotationsOf(node));
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
