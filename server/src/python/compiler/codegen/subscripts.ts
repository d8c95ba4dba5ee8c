// Subscripts and slices. CPython: Python/codegen.c, codegen_subscript() and codegen_slice().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Expression, Slice, Subscript, Tuple } from '../../ast/expressions.ts';
import { ConstantType, NONE, type ConstantValue, type SliceConstant } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Place } from '../unit/frameBlocks.ts';
import type { CodeGenerator } from './generator.ts';

/** BINARY_OP's argument for a subscript. CPython: NB_SUBSCR. */
const NB_SUBSCR = 26;

/** `a[b:c]`, without a step, has instructions of its own. CPython: should_apply_two_element_slice_optimization(). */
export const isTwoElementSlice = (g: CodeGenerator, e: Expression): e is Slice =>
  g.dialect.sliceInstructions &&
  e.kind === NodeKind.Slice &&
  e.step === null &&
  constantSlice(g, e) === undefined;

/** What stands in the brackets, and the instruction on it; what is subscribed is on the stack. */
export function visitSubscriptTrailer(g: CodeGenerator, e: Subscript): void {
  const { emit } = g;
  const { slice, ctx } = e;
  if (ctx !== ExprContext.Del && isTwoElementSlice(g, slice)) {
    visitBounds(g, slice);
    emit.op(ctx === ExprContext.Load ? Op.BINARY_SLICE : Op.STORE_SLICE, 0, e);
    return;
  }
  visitIndex(g, slice);
  switch (ctx) {
    case ExprContext.Load:
      subscript(g, e);
      return;
    case ExprContext.Store:
      emit.op(Op.STORE_SUBSCR, 0, e);
      return;
    case ExprContext.Del:
      emit.op(Op.DELETE_SUBSCR, 0, e);
      return;
  }
}

/** What stands in the brackets. Up to 3.8 slices, and tuples with slices, are no expressions: they have no place. */
export function visitIndex(g: CodeGenerator, e: Expression): void {
  if (g.dialect.slicesAreExpressions || !g.records) g.expression(e);
  else if (e.kind === NodeKind.Slice) visitSlice(g, e);
  else if (hasSlices(e)) {
    for (const elt of e.elts) visitIndex(g, elt);
    g.emit.op(Op.BUILD_TUPLE, e.elts.length, e);
  } else g.expression(e);
}

/** CPython 3.8: ExtSlice. */
export const hasSlices = (e: Expression): e is Tuple =>
  e.kind === NodeKind.Tuple && e.elts.some(({ kind }) => kind === NodeKind.Slice);

/** Subscribes what is on the stack. */
export function subscript({ emit, dialect }: CodeGenerator, at: Place): void {
  if (dialect.subscripts === 'opcode') emit.op(Op.BINARY_SUBSCR, 0, at);
  else emit.op(Op.BINARY_OP, NB_SUBSCR, at);
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
  const constant = constantSlice(g, e);
  if (constant) g.emit.constant(constant, e);
  else g.emit.op(Op.BUILD_SLICE, visitBounds(g, e), e);
}

/** A slice whose parts are constants. CPython: is_constant_slice(). */
function constantSlice(g: CodeGenerator, { lower, upper, step }: Slice): SliceConstant | undefined {
  if (!g.dialect.constantSlices) return undefined;
  const valueOf = (part: Expression | null): ConstantValue | undefined =>
    part === null ? NONE : g.constantOf(part);
  const start = valueOf(lower);
  const stop = start && valueOf(upper);
  const by = stop && valueOf(step);
  return start && stop && by && { type: ConstantType.Slice, start, stop, step: by };
}
