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

/** What is an instruction for each operator up to 3.10, and for each augmented one. */
const BINARY_OPS: Readonly<Record<Operator, Op>> = {
  [Operator.Add]: Op.BINARY_ADD,
  [Operator.BitAnd]: Op.BINARY_AND,
  [Operator.FloorDiv]: Op.BINARY_FLOOR_DIVIDE,
  [Operator.LShift]: Op.BINARY_LSHIFT,
  [Operator.MatMult]: Op.BINARY_MATRIX_MULTIPLY,
  [Operator.Mult]: Op.BINARY_MULTIPLY,
  [Operator.Mod]: Op.BINARY_MODULO,
  [Operator.BitOr]: Op.BINARY_OR,
  [Operator.Pow]: Op.BINARY_POWER,
  [Operator.RShift]: Op.BINARY_RSHIFT,
  [Operator.Sub]: Op.BINARY_SUBTRACT,
  [Operator.Div]: Op.BINARY_TRUE_DIVIDE,
  [Operator.BitXor]: Op.BINARY_XOR,
};
const INPLACE_OPS: Readonly<Record<Operator, Op>> = {
  [Operator.Add]: Op.INPLACE_ADD,
  [Operator.BitAnd]: Op.INPLACE_AND,
  [Operator.FloorDiv]: Op.INPLACE_FLOOR_DIVIDE,
  [Operator.LShift]: Op.INPLACE_LSHIFT,
  [Operator.MatMult]: Op.INPLACE_MATRIX_MULTIPLY,
  [Operator.Mult]: Op.INPLACE_MULTIPLY,
  [Operator.Mod]: Op.INPLACE_MODULO,
  [Operator.BitOr]: Op.INPLACE_OR,
  [Operator.Pow]: Op.INPLACE_POWER,
  [Operator.RShift]: Op.INPLACE_RSHIFT,
  [Operator.Sub]: Op.INPLACE_SUBTRACT,
  [Operator.Div]: Op.INPLACE_TRUE_DIVIDE,
  [Operator.BitXor]: Op.INPLACE_XOR,
};

/** CPython: addop_binary(). */
export function binary({ emit, dialect }: CodeGenerator, operator: Operator, at: Place): void {
  if (dialect.operators === 'opcodes') emit.op(BINARY_OPS[operator], 0, at);
  else emit.op(Op.BINARY_OP, NUMBER_METHODS[operator], at);
}

/** An augmented operator, as in `a += b`. */
export function inplace({ emit, dialect }: CodeGenerator, operator: Operator, at: Place): void {
  if (dialect.operators === 'opcodes') emit.op(INPLACE_OPS[operator], 0, at);
  else emit.op(Op.BINARY_OP, NUMBER_METHODS[operator] + FIRST_INPLACE, at);
}
