// CPython: convert_pseudo_conditional_jumps() in Python/flowgraph.c, from 3.14 on.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { Instruction, type BasicBlock } from '../../unit/instructions.ts';
import { lastOf, type FlowGraph } from '../graph.ts';

/** Jumps that keep what they test copy it first: COPY 1, TO_BOOL, then a jump that takes the copy. */
export function convertPseudoConditionalJumps(graph: FlowGraph): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const jump = lastOf(block);
    if (jump?.op !== Op.JUMP_IF_FALSE && jump?.op !== Op.JUMP_IF_TRUE) continue;
    jump.op = jump.op === Op.JUMP_IF_FALSE ? Op.POP_JUMP_IF_FALSE : Op.POP_JUMP_IF_TRUE;
    block.instructions.pop();
    const copy = new Instruction(Op.COPY, 1, jump.location, null);
    const toBool = new Instruction(Op.TO_BOOL, 0, jump.location, null);
    copy.handler = toBool.handler = jump.handler;
    block.instructions.push(copy, toBool, jump);
  }
}
