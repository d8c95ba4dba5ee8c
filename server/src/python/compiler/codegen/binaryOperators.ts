// The instructions of binary operators. CPython: Python/codegen.c, addop_binary().
import { Operator } from '../../ast/kinds.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Place } from '../unit/frameBlocks.ts';
import type { CodeGenerator } from './generator.ts';

/** The argument of BINARY_OP; those of the augmented operators follow. CPython: NB_* in Include/opcode.h. */
const NUMBER_METHODS: Readonly<Record<Operator, number>> = {
  [Operator.Add]: 0,
  [Operator.BitAnd]: 1,
  [Operator.FloorDiv]: 2,
  [Operator.LShift]: 3,
  [Operator.MatMult]: 4,
  [Operator.Mult]: 5,
  [Operator.Mod]: 6,
  [Operator.BitOr]: 7,
  [Operator.Pow]: 8,
  [Operator.RShift]: 9,
  [Operator.Sub]: 10,
  [Operator.Div]: 11,
  [Operator.BitXor]: 12,
};
const FIRST_INPLACE = 13;

/** CPython: addop_binary(). */
export function binary({ emit }: CodeGenerator, operator: Operator, at: Place): void {
  emit.op(Op.BINARY_OP, NUMBER_METHODS[operator], at);
}

/** An augmented operator, as in `a += b`. */
export function inplace({ emit }: CodeGenerator, operator: Operator, at: Place): void {
  emit.op(Op.BINARY_OP, NUMBER_METHODS[operator] + FIRST_INPLACE, at);
}
