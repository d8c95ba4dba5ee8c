// Comparisons and their chains. CPython: Python/codegen.c, codegen_compare() and codegen_addcompare().
import { CompareOperator } from '../../ast/kinds.ts';
import type { Compare } from '../../ast/expressions.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Place } from '../unit/frameBlocks.ts';
import { Label } from '../unit/instructions.ts';
import { NO_LOCATION } from '../unit/location.ts';
import { visitIterable } from './displays.ts';
import type { CodeGenerator } from './generator.ts';

/** CPython: Py_LT, Py_LE, Py_EQ, Py_NE, Py_GT, Py_GE. */
const RICH_COMPARE: Partial<Record<CompareOperator, number>> = {
  [CompareOperator.Lt]: 0,
  [CompareOperator.LtE]: 1,
  [CompareOperator.Eq]: 2,
  [CompareOperator.NotEq]: 3,
  [CompareOperator.Gt]: 4,
  [CompareOperator.GtE]: 5,
};

/** The argument of COMPARE_OP in 3.8. CPython: PyCmp_LT and its like. */
const ALL_COMPARES: Readonly<Record<CompareOperator, number>> = {
  [CompareOperator.Lt]: 0,
  [CompareOperator.LtE]: 1,
  [CompareOperator.Eq]: 2,
  [CompareOperator.NotEq]: 3,
  [CompareOperator.Gt]: 4,
  [CompareOperator.GtE]: 5,
  [CompareOperator.In]: 6,
  [CompareOperator.NotIn]: 7,
  [CompareOperator.Is]: 8,
  [CompareOperator.IsNot]: 9,
};

/** Which outcomes make it true: unordered 1, less 2, greater 4, equal 8; by Py_LT … Py_GE. CPython: compare_masks. */
const COMPARE_MASKS = [2, 10, 8, 7, 4, 12];

/** The argument of COMPARE_OP for `>`. */
export const GREATER = (4 << 5) | COMPARE_MASKS[4];

/** CPython: codegen_addcompare(). */
export function compare(g: CodeGenerator, operator: CompareOperator, at: Place): void {
  const { emit } = g;
  if (g.dialect.allComparesAlike) {
    emit.op(Op.COMPARE_OP, ALL_COMPARES[operator], at);
    return;
  }
  switch (operator) {
    case CompareOperator.Is:
    case CompareOperator.IsNot:
      emit.op(Op.IS_OP, operator - CompareOperator.Is, at);
      return;
    case CompareOperator.In:
    case CompareOperator.NotIn:
      emit.op(Op.CONTAINS_OP, operator - CompareOperator.In, at);
      return;
    default: {
      const rich = RICH_COMPARE[operator] ?? 0;
      const shift = g.dialect.comparisonShift;
      emit.op(Op.COMPARE_OP, shift === 0 ? rich : (rich << shift) | COMPARE_MASKS[rich], at);
    }
  }
}

/** The comparator of index `i`, and its comparison with what is on the stack. */
export function visitComparison(g: CodeGenerator, e: Compare, i: number): void {
  const operator = e.ops[i];
  if (i === e.ops.length - 1 && operator >= CompareOperator.In) visitIterable(g, e.comparators[i]);
  else g.expression(e.comparators[i]);
  compare(g, operator, e);
}

/** `inverted`: `is` for `is not`, `in` for `not in`, and the other way round. */
export function visitCompare(g: CodeGenerator, e: Compare, inverted = false): void {
  const { emit } = g;
  const last = e.ops.length - 1;
  g.expression(e.left);
  if (last === 0) {
    if (!inverted) visitComparison(g, e, 0);
    else {
      if (e.ops[0] >= CompareOperator.In) visitIterable(g, e.comparators[0]);
      else g.expression(e.comparators[0]);
      compare(g, INVERTED[e.ops[0]] ?? e.ops[0], e);
    }
    return;
  }
  const cleanup = new Label();
  for (let i = 0; i < last; i++) {
    g.expression(e.comparators[i]);
    emit.copyUnder(e);
    compare(g, e.ops[i], e);
    if (g.dialect.boolOps === 'orPop') {
      emit.branch(Op.JUMP_IF_FALSE_OR_POP, cleanup, e);
      emit.nextBlock();
      continue;
    }
    emit.copyTop(e);
    emit.toBool(e);
    emit.branch(Op.POP_JUMP_IF_FALSE, cleanup, e);
    emit.op(Op.POP_TOP, 0, e);
  }
  visitComparison(g, e, last);
  const end = new Label();
  emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  emit.use(cleanup);
  emit.swapTop(e);
  emit.op(Op.POP_TOP, 0, e);
  emit.use(end);
}

const INVERTED: Partial<Record<CompareOperator, CompareOperator>> = {
  [CompareOperator.Is]: CompareOperator.IsNot,
  [CompareOperator.IsNot]: CompareOperator.Is,
  [CompareOperator.In]: CompareOperator.NotIn,
  [CompareOperator.NotIn]: CompareOperator.In,
};
