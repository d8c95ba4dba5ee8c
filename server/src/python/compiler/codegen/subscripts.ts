// Subscripts and slices. CPython: Python/codegen.c, codegen_subscript() and codegen_slice().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Expression, Slice, Subscript } from '../../ast/expressions.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { CodeGenerator } from './generator.ts';

/** `a[b:c]`, without a step, has instructions of its own. CPython: is_two_element_slice(). */
export const isTwoElementSlice = (e: Expression): e is Slice => e.kind === NodeKind.Slice && e.step === null;

/** What stands in the brackets, and the instruction on it; what is subscribed is on the stack. */
export function visitSubscriptTrailer(g: CodeGenerator, e: Subscript): void {
  const { emit } = g;
  const { slice, ctx } = e;
  if (isTwoElementSlice(slice) && ctx !== ExprContext.Del) {
    visitBounds(g, slice);
    emit.op(ctx === ExprContext.Load ? Op.BINARY_SLICE : Op.STORE_SLICE, 0, e);
    return;
  }
  g.expression(slice);
  switch (ctx) {
    case ExprContext.Load:
      emit.op(Op.BINARY_SUBSCR, 0, e);
      return;
    case ExprContext.Store:
      emit.op(Op.STORE_SUBSCR, 0, e);
      return;
    case ExprContext.Del:
      emit.op(Op.DELETE_SUBSCR, 0, e);
      return;
  }
}

/** The bounds and the step, if there is one; None for a bound that is not there. */
export function visitBounds(g: CodeGenerator, e: Slice): number {
  if (e.lower) g.expression(e.lower);
  else g.emit.none(e);
  if (e.upper) g.expression(e.upper);
  else g.emit.none(e);
  if (!e.step) return 2;
  g.expression(e.step);
  return 3;
}

/** A slice that is a value. */
export function visitSlice(g: CodeGenerator, e: Slice): void {
  g.emit.op(Op.BUILD_SLICE, visitBounds(g, e), e);
}
