// Targets: expressions that are assigned to, deleted or looped over. They are parsed as expressions and turned
// into targets once the token behind them tells.
// CPython: Parser/action_helpers.c, _PyPegen_get_invalid_target(), _PyPegen_set_expr_context(), _PyPegen_get_expr_name().
import { CompareOperator, type ExprContext, NodeKind } from '../ast/kinds.ts';
import type { Expression } from '../ast/expressions.ts';
import { ConstantType } from '../constants/values.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import type { ExpressionNames } from '../versions/grammarDialect.ts';

/** What targets are wanted for: `for` looks for them on the left of `in`, `del` takes no starred ones, or once did. */
export type TargetUse = 'assign' | 'delete' | 'deleteStarred' | 'for';

/** The first part of an expression that cannot be a target; null if all can. */
export function invalidTarget(node: Expression, use: TargetUse): Expression | null {
  switch (node.kind) {
    case NodeKind.List:
    case NodeKind.Tuple:
      for (const element of node.elts) {
        const found = invalidTarget(element, use);
        if (found) return found;
      }
      return null;
    case NodeKind.Starred:
      return use === 'delete' ? node : invalidTarget(node.value, use);
    case NodeKind.Compare:
      if (use !== 'for') return node;
      return node.ops[0] === CompareOperator.In ? invalidTarget(node.left, use) : null;
    case NodeKind.Name:
    case NodeKind.Subscript:
    case NodeKind.Attribute:
    case NodeKind.Invalid:
      return null;
    default:
      return node;
  }
}

/** Whether `__debug__` is among what a target binds: as a name or attribute. CPython 3.8: Python/ast.c, forbidden_name() */
export function bindsDebug(node: Expression): boolean {
  switch (node.kind) {
    case NodeKind.Name:
      return node.id === DEBUG;
    case NodeKind.Attribute:
      return node.attr === DEBUG;
    case NodeKind.Starred:
      return bindsDebug(node.value);
    case NodeKind.List:
    case NodeKind.Tuple:
      return node.elts.some(bindsDebug);
    default:
      return false;
  }
}

/** The constant that cannot be bound. */
export const DEBUG = '__debug__';

/** Marks an expression, and the elements of a list or tuple, as stored to or deleted. */
export function setContext(node: Expression, ctx: ExprContext): void {
  switch (node.kind) {
    case NodeKind.Name:
    case NodeKind.Attribute:
    case NodeKind.Subscript:
      node.ctx = ctx;
      break;
    case NodeKind.Starred:
      node.ctx = ctx;
      setContext(node.value, ctx);
      break;
    case NodeKind.List:
    case NodeKind.Tuple:
      node.ctx = ctx;
      for (const element of node.elts) setContext(element, ctx);
  }
}

/** What CPython calls an expression when it refuses it as a target. */
export function expressionName(node: Expression, names: ExpressionNames): string {
  if (node.kind !== NodeKind.Constant) return nameOfKind(node.kind, names);
  const { value } = node;
  if (value.type === ConstantType.Bool) return value.value ? 'True' : 'False';
  if (value.type === ConstantType.None) return 'None';
  return value.type === ConstantType.Ellipsis ? names.ellipsis : 'literal';
}

/** What a constant is called that begins with a token of a kind. */
export function nameOfConstant(kind: TokenKind, names: ExpressionNames): string {
  switch (kind) {
    case TokenKind.NONE:
      return 'None';
    case TokenKind.TRUE:
      return 'True';
    case TokenKind.FALSE:
      return 'False';
    case TokenKind.ELLIPSIS:
      return names.ellipsis;
    default:
      return 'literal';
  }
}

/** What expressions of a kind are called, constants aside. CPython: _PyPegen_get_expr_name() */
export function nameOfKind(kind: NodeKind, names: ExpressionNames): string {
  switch (kind) {
    case NodeKind.BoolOp:
    case NodeKind.BinOp:
    case NodeKind.UnaryOp:
      return names.operator;
    case NodeKind.Dict:
      return names.dict;
    default:
      return NAMES[kind] ?? 'expression';
  }
}

const NAMES: Partial<Record<NodeKind, string>> = {
  [NodeKind.Attribute]: 'attribute',
  [NodeKind.Subscript]: 'subscript',
  [NodeKind.Starred]: 'starred',
  [NodeKind.Name]: 'name',
  [NodeKind.List]: 'list',
  [NodeKind.Tuple]: 'tuple',
  [NodeKind.Lambda]: 'lambda',
  [NodeKind.Call]: 'function call',
  [NodeKind.GeneratorExp]: 'generator expression',
  [NodeKind.Yield]: 'yield expression',
  [NodeKind.YieldFrom]: 'yield expression',
  [NodeKind.Await]: 'await expression',
  [NodeKind.ListComp]: 'list comprehension',
  [NodeKind.SetComp]: 'set comprehension',
  [NodeKind.DictComp]: 'dict comprehension',
  [NodeKind.Set]: 'set display',
  [NodeKind.JoinedStr]: 'f-string expression',
  [NodeKind.FormattedValue]: 'f-string expression',
  [NodeKind.TemplateStr]: 't-string expression',
  [NodeKind.Interpolation]: 't-string expression',
  [NodeKind.Compare]: 'comparison',
  [NodeKind.IfExp]: 'conditional expression',
  [NodeKind.NamedExpr]: 'named expression',
};
