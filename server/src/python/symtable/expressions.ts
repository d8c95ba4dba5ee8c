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
import { Builder } from './builder.ts';
import { visitComprehension, visitNamedExpr } from './comprehensions.ts';
import { BlockType, ComprehensionType, SymbolFlags } from './flags.ts';
import * as messages from './messages.ts';

const { DEF_LOCAL, DEF_PARAM, USE } = SymbolFlags;

/**
 * How often visitExpression() may be inside of itself. Only brackets and the like make it so, of which no version's
 * parser takes more than 200: deeper nests are of broken sources, and are not looked into.
 */
const MAX_NESTING = 500;

export class ExpressionBuilder extends Builder {
  /** Nodes whose left part is being visited, and how deep each of them is. */
  private readonly spine: Expression[] = [];
  private readonly spineDepths: number[] = [];
  private nesting = 0;

  visitExpression(root: Expression): void {
    if (root.kind === NodeKind.Name || root.kind === NodeKind.Constant) {
      // Most expressions: no need for the machinery below.
      this.enterRecursive(root);
      if (root.kind === NodeKind.Name) this.visitName(root);
      this.depth--;
      return;
    }
    if (this.nesting === MAX_NESTING) return;
    this.nesting++;
    const { spine, spineDepths, depth } = this;
    const base = spine.length;
    let node: Expression | null = root;
    while (node !== null) {
      // Down along the first part of each node, …
      while (node !== null) {
        this.enterRecursive(node);
        const next: Expression | null = this.visitUpTo(node);
        if (next !== null) {
          spine.push(node);
          spineDepths.push(this.depth);
        }
        node = next;
      }
      // … and up again for what follows it; the last part of a node may lead down once more.
      node = null;
      while (node === null && spine.length > base) {
        this.depth = spineDepths.pop()!;
        node = this.visitAfter(spine.pop()!);
      }
    }
    this.depth = depth;
    this.nesting--;
  }

  /** Visits a node but for its first part, if that may be deep, which is returned: `visitAfter` sees to the rest. */
  private visitUpTo(node: Expression): Expression | null {
    switch (node.kind) {
      case NodeKind.Name:
        this.visitName(node);
        return null;
      case NodeKind.Constant:
        return null;
      case NodeKind.Attribute:
        this.checkName(node.attr, node, node.ctx);
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
        this.visitExpression(node.test);
        this.visitExpression(node.body);
        return node.orelse;
      case NodeKind.Await:
        return this.visitAwait(node);
      case NodeKind.Lambda:
        return this.enterLambda(node);
      default:
        this.visitOther(node);
        return null;
    }
  }

  /** Visits what follows a node's first part; its last part is returned instead where chains may lean to the right. */
  private visitAfter(node: Expression): Expression | null {
    switch (node.kind) {
      case NodeKind.Call:
        this.visitArguments(node);
        return null;
      case NodeKind.Subscript:
        return node.slice;
      case NodeKind.BinOp:
        return node.right;
      case NodeKind.Compare:
        this.visitExpressions(node.comparators);
        return null;
      case NodeKind.Lambda:
        this.exitBlock();
        return null;
      default:
        return null;
    }
  }

  private visitOther(node: Expression): void {
    switch (node.kind) {
      case NodeKind.NamedExpr:
        this.raiseIfAnnotationBlock('named expression', node);
        visitNamedExpr(this, node);
        break;
      case NodeKind.BoolOp:
      case NodeKind.JoinedStr:
      case NodeKind.TemplateStr:
        this.visitExpressions(node.values);
        break;
      case NodeKind.Dict:
        this.visitExpressions(node.keys);
        this.visitExpressions(node.values);
        break;
      case NodeKind.Set:
      case NodeKind.List:
      case NodeKind.Tuple:
        this.visitExpressions(node.elts);
        break;
      case NodeKind.ListComp:
      case NodeKind.SetComp:
      case NodeKind.DictComp:
      case NodeKind.GeneratorExp:
        visitComprehension(this, node);
        break;
      case NodeKind.Yield:
      case NodeKind.YieldFrom:
        this.visitYield(node);
        break;
      case NodeKind.FormattedValue:
      case NodeKind.Interpolation:
        this.visitExpression(node.value);
        if (node.format_spec !== null) this.visitExpression(node.format_spec);
        break;
      case NodeKind.Slice:
        if (node.lower !== null) this.visitExpression(node.lower);
        if (node.upper !== null) this.visitExpression(node.upper);
        if (node.step !== null) this.visitExpression(node.step);
        break;
      case NodeKind.Invalid:
        this.visitExpressions(node.parts);
        break;
      default:
        break;
    }
  }

  private visitName(node: Name): void {
    // Those of comprehensions and lambdas in it do.
    if (this.unevaluatedAnnotation === this.entry) return;
    const name = node.id;
    if (node.ctx === ExprContext.Load) {
      this.addDef(name, USE, node);
      // super() needs the class that the function is in.
      if (name === 'super' && this.entry.isFunctionLike) this.addDef('__class__', USE, node);
    } else {
      this.addDef(name, DEF_LOCAL, node, node.ctx);
    }
  }

  private visitArguments(node: Call): void {
    this.visitExpressions(node.args);
    this.visitKeywords(node.keywords);
  }

  /** CPython: check_keywords() and symtable_visit_keyword(). */
  visitKeywords(keywords: readonly Keyword[]): void {
    for (const keyword of keywords) {
      if (keyword.arg !== null) this.checkName(keyword.arg, keyword, ExprContext.Store);
    }
    for (const keyword of keywords) this.visitExpression(keyword.value);
  }

  private enterLambda(node: Lambda): Expression {
    if (this.dialect.classAnnotationScopes === 'plain' && this.entry.canSeeClassScope) {
      this.error(messages.notInClassAnnotationScope('lambda'), node);
    }
    this.visitExpressions(node.args.defaults);
    this.visitExpressions(node.args.kw_defaults);
    this.enterBlock(BlockType.Function, this.anonymous('lambda'), node);
    this.visitParameters(node.args);
    return node.body;
  }

  /** CPython: symtable_visit_arguments(). */
  visitParameters(args: Arguments): void {
    this.addParameters(args.posonlyargs);
    this.addParameters(args.args);
    this.addParameters(args.kwonlyargs);
    if (args.vararg !== null) {
      this.addDef(args.vararg.arg, DEF_PARAM, args.vararg);
      this.entry.varargs = true;
    }
    if (args.kwarg !== null) {
      this.addDef(args.kwarg.arg, DEF_PARAM, args.kwarg);
      this.entry.varkeywords = true;
    }
  }

  private addParameters(args: readonly Arg[]): void {
    for (const arg of args) this.addDef(arg.arg, DEF_PARAM, arg);
  }

  private visitYield(node: Yield | YieldFrom): void {
    this.raiseIfAnnotationBlock('yield expression', node);
    if (node.value !== null) this.visitExpression(node.value);
    const { entry } = this;
    entry.generator = true;
    if (entry.comprehension === ComprehensionType.None || this.dialect.yieldInComprehension === 'atEnd')
      return;
    this.error(messages.yieldInComprehension[entry.comprehension], node);
  }

  private visitAwait(node: Extract<Expression, { kind: NodeKind.Await }>): Expression {
    this.raiseIfAnnotationBlock('await expression', node);
    const { entry } = this;
    if (this.dialect.checksInSymtable) {
      const inAsyncDef = entry.type === BlockType.Function && entry.coroutine;
      if (!entry.isFunctionLike) this.error(messages.awaitOutsideFunction, node);
      else if (!inAsyncDef && entry.comprehension === ComprehensionType.None) {
        this.error(messages.awaitOutsideAsyncFunction, node);
      }
    }
    entry.coroutine = true;
    return node.value;
  }

  /** Some expressions make no sense in hidden blocks. CPython: symtable_raise_if_annotation_block(). */
  private raiseIfAnnotationBlock(what: string, node: Expression): void {
    switch (this.entry.type) {
      case BlockType.Annotation: {
        const { annotationMessages } = this.dialect;
        if (annotationMessages === 'none') return;
        const quoted = annotationMessages === 'quoted';
        this.error((quoted ? messages.quotedNotInAnnotation : messages.notInAnnotation)(what), node);
        break;
      }
      case BlockType.TypeVariable:
        this.error(messages.notInTypeVariable(what, this.scopeInfo), node);
        break;
      case BlockType.TypeAlias:
        this.error(messages.notInTypeAlias(what), node);
        break;
      case BlockType.TypeParameters:
        this.error(messages.notInGeneric(what), node);
        break;
      default:
        break;
    }
  }
}
