// Targets: expressions that are assigned to, deleted or looped over. They are parsed as expressions and turned
// into targets once the token behind them tells.
// CPython: Parser/action_helpers.c, _PyPegen_get_invalid_target(), _PyPegen_set_expr_context(), _PyPegen_get_expr_name().
import { CompareOperator, type ExprContext, NodeKind } from '../ast/kinds.ts';
import type { Expression } from '../ast/expressions.ts';
import { ConstantType } from '../constants/values.ts';

/** What targets are wanted for: `for` looks for them on the left of `in`, `del` takes no starred ones. */
export type TargetUse = 'assign' | 'delete' | 'for';

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
export function expressionName(node: Expression): string {
  switch (node.kind) {
    case NodeKind.Attribute:
      return 'attribute';
    case NodeKind.Subscript:
      return 'subscript';
    case NodeKind.Starred:
      return 'starred';
    case NodeKind.Name:
      return 'name';
    case NodeKind.List:
      return 'list';
    case NodeKind.Tuple:
      return 'tuple';
    case NodeKind.Lambda:
      return 'lambda';
    case NodeKind.Call:
      return 'function call';
    case NodeKind.BoolOp:
    case NodeKind.BinOp:
    case NodeKind.UnaryOp:
      return 'expression';
    case NodeKind.GeneratorExp:
      return 'generator expression';
    case NodeKind.Yield:
    case NodeKind.YieldFrom:
      return 'yield expression';
    case NodeKind.Await:
      return 'await expression';
    case NodeKind.ListComp:
      return 'list comprehension';
    case NodeKind.SetComp:
      return 'set comprehension';
    case NodeKind.DictComp:
      return 'dict comprehension';
    case NodeKind.Dict:
      return 'dict literal';
    case NodeKind.Set:
      return 'set display';
    case NodeKind.JoinedStr:
    case NodeKind.FormattedValue:
      return 'f-string expression';
    case NodeKind.TemplateStr:
    case NodeKind.Interpolation:
      return 't-string expression';
    case NodeKind.Constant:
      return constantName(node.value.type, node.value.type === ConstantType.Bool && node.value.value);
    case NodeKind.Compare:
      return 'comparison';
    case NodeKind.IfExp:
      return 'conditional expression';
    case NodeKind.NamedExpr:
      return 'named expression';
    case NodeKind.Slice:
    case NodeKind.Invalid:
      return 'expression';
  }
}

function constantName(type: ConstantType, truth: boolean): string {
  if (type === ConstantType.None) return 'None';
  if (type === ConstantType.Bool) return truth ? 'True' : 'False';
  return type === ConstantType.Ellipsis ? 'ellipsis' : 'literal';
}
