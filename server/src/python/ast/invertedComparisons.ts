// `not (a in b)`: the AST optimiser puts the opposite comparison in its place, with the comparison's own place in the
// source. CPython: Python/ast_opt.c, fold_not(), up to 3.13.
import type { Compare, Expression, UnaryOp } from './expressions.ts';
import { CompareOperator, NodeKind, UnaryOperator } from './kinds.ts';

/** The one comparison by `is`, `is not`, `in` or `not in` that a `not` is of, or one `not` of another. */
export function comparisonUnderNot(e: UnaryOp): Compare | undefined {
  let inner: Expression = e;
  while (inner.kind === NodeKind.UnaryOp && inner.op === UnaryOperator.Not) inner = inner.operand;
  if (inner.kind !== NodeKind.Compare || inner.ops.length !== 1) return undefined;
  return inner.ops[0] >= CompareOperator.Is ? inner : undefined;
}

/** Whether an odd number of `not`s makes the opposite of that comparison. */
export function isInverted(e: UnaryOp): boolean {
  let odd = false;
  let inner: Expression = e;
  for (; inner.kind === NodeKind.UnaryOp; inner = inner.operand) odd = !odd;
  return odd;
}

/** `is not` for `is`, `in` for `not in`, and so on; of these four alone. */
export const oppositeOf = (op: CompareOperator): CompareOperator => op ^ 1;
