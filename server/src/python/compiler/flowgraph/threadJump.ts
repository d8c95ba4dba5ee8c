// CPython: jump_thread() in Python/flowgraph.c.
import { Op } from '../../versions/opcodes/op.generated.ts';
import { Instruction, type BasicBlock } from '../unit/instructions.ts';
import { setOp } from './graph.ts';

/**
 * Where a block's last instruction jumps to a jump of the kind `through`, makes it jump on at once, as `op`. The new
 * jump has the second one's place in the source, and the first one's handler or none; the old one stays as a NOP, for its line.
 */
export function threadJump(
  block: BasicBlock,
  jump: Instruction,
  through: Op,
  op: Op,
  isProtected: boolean,
): boolean {
  const first = jump.target && jump.target.instructions.length > 0 ? jump.target.instructions[0] : null;
  // A jump that leads where the other does would be threaded for ever.
  if (first?.op !== through || first.target === jump.target) return false;
  setOp(jump, Op.NOP, 0);
  const threaded = new Instruction(op, 0, first.location, null);
  threaded.target = first.target;
  if (isProtected) threaded.handler = jump.handler;
  block.instructions.push(threaded);
  return true;
}
