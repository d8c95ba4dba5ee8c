// CPython: jump_thread() in Python/compile.c, 3.10 and 3.11: jumps to jumps of the same line lead on at once.
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Instruction } from '../unit/instructions.ts';

/** The first instruction that a jump leads to, if it is in the jump's line. */
function firstInLine({ target, location }: Instruction): Instruction | undefined {
  const first = target?.instructions[0];
  return first?.location.lineno === location.lineno ? first : undefined;
}

/** Where a jump leads to a jump of its line, one of `through`, lets it jump on at once, as `op`. */
export function threadInLine(jump: Instruction, through: readonly Op[], op: Op): boolean {
  const first = firstInLine(jump);
  if (!first || first.target === jump.target || !through.includes(first.op)) return false;
  jump.target = first.target;
  jump.op = op;
  return true;
}

/**
 * A jump that keeps what it tests, or pops it: to a test of its kind, and to `always`, it jumps on; past one of the
 * opposite kind, popping.
 */
export function threadOrPop(jump: Instruction, always: readonly Op[]): boolean {
  const { op } = jump;
  const onTrue = op === Op.JUMP_IF_TRUE_OR_POP;
  const popping = onTrue ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE;
  if (threadInLine(jump, [popping], popping) || threadInLine(jump, [...always, op], op)) return true;
  const opposite = onTrue ? Op.JUMP_IF_FALSE_OR_POP : Op.JUMP_IF_TRUE_OR_POP;
  const oppositePopping = onTrue ? Op.POP_JUMP_IF_FALSE : Op.POP_JUMP_IF_TRUE;
  const first = firstInLine(jump);
  if (first?.op !== opposite && first?.op !== oppositePopping) return false;
  jump.op = popping;
  jump.target = jump.target?.next ?? jump.target;
  return true;
}
