// The visit of expressions. Chains that lean to the left (`a.b(c)[d] + e`) and last operands are walked in a loop
// with a stack of its own, so that their length costs no JavaScript stack.
// CPython: Python/symtable.c, symtable_visit_expr().
import type {
  Arg,
  Arguments,
  Call,
  Expression,
  Keyword,
  Lambda,
  Name,
  Yield,
  YieldFrom,
} from '../ast/expressions.ts';
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import type { Builder } from './builder.ts';
import { visitComprehension, visitNamedExpr } from './comprehensions.ts';
import { BlockType, ComprehensionType, SymbolFlags } from './flags.ts';
import * as messages from './messages.ts';

const { CONSTANT_USE, DEF_LOCAL, DEF_PARAM, USE } = SymbolFlags;

/**
 * How often visitExpression() may be inside of itself. Only brackets and the like make it so, of which no version's
 * parser takes more than 200: deeper nests are of broken sources, and are not looked into.
 */
const MAX_NESTING = 500;

/** Fills the current block, and those of lambdas and comprehensions inside, from an expression. */
export function visitExpression(b: Builder, root: Expression): void {
  if (root.kind === NodeKind.Name || root.kind === NodeKind.Constant) {
    // Most expressions: no need for the machinery below.
    b.enterRecursive(root);
    if (root.kind === NodeKind.Name) visitName(b, root);
    b.depth--;
    return;
  }
  if (b.nesting === MAX_NESTING) return;
  b.nesting++;
  const { spine, spineDepths, depth } = b;
  const base = spine.length;
  let node: Expression | null = root;
  while (node !== null) {
    // Down along the first part of each node, …
    while (node !== null) {
      b.enterRecursive(node);
      const next: Expression | null = visitUpTo(b, node);
      if (next !== null) {
        spine.push(node);
        spineDepths.push(b.depth);
      }
      node = next;
    }
    // … and up again for what follows it; the last part of a node may lead down once more.
    node = null;
    while (node === null && spine.length > base) {
      b.depth = spineDepths.pop()!;
      node = visitAfter(b, spine.pop()!);
    }
  }
  b.depth = depth;
  b.nesting--;
}

/** Visits a node but for its first part, if that may be deep, which is returned: `visitAfter` sees to the rest. */
function visitUpTo(b: Builder, node: Expression): Expression | null {
  switch (node.kind) {
    case NodeKind.Name:
      visitName(b, node);
      return null;
    case NodeKind.Constant:
      return null;
    case NodeKind.Attribute:
      b.checkName(node.attr, node, node.ctx);
      return node.value;
    case NodeKind.Call:
      return node.func;
    case NodeKind.Subscript:
      return node.value;
    case NodeKind.BinOp:
    case NodeKind.Compare:
      return node.left;
    case NodeKind.UnaryOp:
      return node.operand;
    case NodeKind.Starred:
      return node.value;
    case NodeKind.IfExp:
      b.visitExpression(node.test);
      b.visitExpression(node.body);
      return node.orelse;
    case NodeKind.Await:
      return visitAwait(b, node);
    case NodeKind.Lambda:
      return enterLambda(b, node);
    default:
      visitOther(b, node);
      return null;
  }
}

/** Visits what follows a node's first part; its last part is returned instead where chains may lean to the right. */
function visitAfter(b: Builder, node: Expression): Expression | null {
  switch (node.kind) {
    case NodeKind.Call:
      visitArguments(b, node);
      return null;
    case NodeKind.Subscript:
      return node.slice;
    case NodeKind.BinOp:
      return node.right;
    case NodeKind.Compare:
      b.visitExpressions(node.comparators);
      return null;
    case NodeKind.Lambda:
      b.exitBlock();
      return null;
    default:
      return null;
  }
}

function visitOther(b: Builder, node: Expression): void {
  switch (node.kind) {
    case NodeKind.NamedExpr:
      raiseIfAnnotationBlock(b, 'named expression', node);
      visitNamedExpr(b, node);
      break;
    case NodeKind.BoolOp:
    case NodeKind.JoinedStr:
    case NodeKind.TemplateStr:
      b.visitExpressions(node.values);
      break;
    case NodeKind.Dict:
      b.visitExpressions(node.keys);
      b.visitExpressions(node.values);
      break;
    case NodeKind.Set:
    case NodeKind.List:
    case NodeKind.Tuple:
      b.visitExpressions(node.elts);
      break;
    case NodeKind.ListComp:
    case NodeKind.SetComp:
    case NodeKind.DictComp:
    case NodeKind.GeneratorExp:
      visitComprehension(b, node);
      break;
    case NodeKind.Yield:
    case NodeKind.YieldFrom:
      visitYield(b, node);
      break;
    case NodeKind.FormattedValue:
    case NodeKind.Interpolation:
      b.visitExpression(node.value);
      if (node.format_spec !== null) b.visitExpression(node.format_spec);
      break;
    case NodeKind.Slice:
      if (node.lower !== null) b.visitExpression(node.lower);
      if (node.upper !== null) b.visitExpression(node.upper);
      if (node.step !== null) b.visitExpression(node.step);
      break;
    case NodeKind.Invalid:
      b.visitExpressions(node.parts);
      break;
    default:
      break;
  }
}

function visitName(b: Builder, node: Name): void {
  // Those of comprehensions and lambdas in it do.
  if (b.unevaluatedAnnotation === b.entry) return;
  const name = node.id;
  if (name === '__debug__' && b.isConstant(node)) b.addDef(name, CONSTANT_USE, node);
  else if (node.ctx === ExprContext.Load) {
    b.addDef(name, USE, node);
    // super() needs the class that the function is in.
    if (name === 'super' && b.entry.isFunctionLike) b.addDef('__class__', USE, node);
  } else {
    b.addDef(name, DEF_LOCAL, node, node.ctx);
  }
}

function visitArguments(b: Builder, node: Call): void {
  b.visitExpressions(node.args);
  visitKeywords(b, node.keywords);
}

/** CPython: check_keywords() and symtable_visit_keyword(). */
export function visitKeywords(b: Builder, keywords: readonly Keyword[]): void {
  for (const keyword of keywords) {
    if (keyword.arg !== null) b.checkName(keyword.arg, keyword, ExprContext.Store);
  }
  for (const keyword of keywords) b.visitExpression(keyword.value);
}

function enterLambda(b: Builder, node: Lambda): Expression {
  if (b.dialect.classAnnotationScopes === 'plain' && b.entry.canSeeClassScope) {
    b.error(messages.notInClassAnnotationScope('lambda'), node);
  }
  b.visitExpressions(node.args.defaults);
  b.visitExpressions(node.args.kw_defaults);
  b.enterBlock(BlockType.Function, b.anonymous('lambda'), node);
  visitParameters(b, node.args);
  return node.body;
}

/** CPython: symtable_visit_arguments(). */
export function visitParameters(b: Builder, args: Arguments): void {
  addParameters(b, args.posonlyargs);
  addParameters(b, args.args);
  addParameters(b, args.kwonlyargs);
  if (args.vararg !== null) {
    b.addDef(args.vararg.arg, DEF_PARAM, args.vararg);
    b.entry.varargs = true;
  }
  if (args.kwarg !== null) {
    b.addDef(args.kwarg.arg, DEF_PARAM, args.kwarg);
    b.entry.varkeywords = true;
  }
}

function addParameters(b: Builder, args: readonly Arg[]): void {
  for (const arg of args) b.addDef(arg.arg, DEF_PARAM, arg);
}

function visitYield(b: Builder, node: Yield | YieldFrom): void {
  raiseIfAnnotationBlock(b, 'yield expression', node);
  if (node.value !== null) b.visitExpression(node.value);
  const { entry } = b;
  entry.generator = true;
  if (entry.comprehension === ComprehensionType.None || b.dialect.yieldInComprehension === 'atEnd') return;
  b.error(messages.yieldInComprehension[entry.comprehension], node);
}

function visitAwait(b: Builder, node: Extract<Expression, { kind: NodeKind.Await }>): Expression {
  raiseIfAnnotationBlock(b, 'await expression', node);
  const { entry } = b;
  if (b.dialect.checksInSymtable) {
    const inAsyncDef = entry.type === BlockType.Function && entry.coroutine;
    if (!entry.isFunctionLike) b.error(messages.awaitOutsideFunction, node);
    else if (!inAsyncDef && entry.comprehension === ComprehensionType.None) {
      b.error(messages.awaitOutsideAsyncFunction, node);
    }
  }
  entry.coroutine = true;
  return node.value;
}

/** Some expressions make no sense in hidden blocks. CPython: symtable_raise_if_annotation_block(). */
function raiseIfAnnotationBlock(b: Builder, what: string, node: Expression): void {
  switch (b.entry.type) {
    case BlockType.Annotation: {
      const { annotationMessages } = b.dialect;
      if (annotationMessages === 'none') return;
      const quoted = annotationMessages === 'quoted';
      b.error((quoted ? messages.quotedNotInAnnotation : messages.notInAnnotation)(what), node);
      break;
    }
    case BlockType.TypeVariable:
      b.error(messages.notInTypeVariable(what, b.scopeInfo), node);
      break;
    case BlockType.TypeAlias:
      b.error(messages.notInTypeAlias(what), node);
      break;
    case BlockType.TypeParameters:
      b.error(messages.notInGeneric(what), node);
      break;
    default:
      break;
  }
}
