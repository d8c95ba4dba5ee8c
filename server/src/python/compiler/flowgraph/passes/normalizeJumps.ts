// CPython: normalize_jumps() in Python/flowgraph.c.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { lastOf, type BackEndContext, type FlowGraph } from '../graph.ts';

/** Conditional jumps lead forwards alone: one that led back becomes its opposite, over a jump back. */
export function normalizeJumps(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  graph.forgetVisits();
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    block.visited = true;
    const last = lastOf(block);
    if (!last?.target?.visited) continue;
    if ((flags[last.op] & HAS_JUMP) === 0 || flags[last.op] & Has.Unconditional) continue;
    const jump = new Instruction(Op.JUMP, 0, last.location, null);
    jump.target = last.target;
    last.op = opposite(last.op);
    last.target = block.next;
    const added = new BasicBlock();
    added.instructions.push(jump);
    added.isCold = block.isCold;
    added.next = block.next;
    block.next = added;
  }
}

function opposite(op: Op): Op {
  switch (op) {
    case Op.POP_JUMP_IF_NOT_NONE:
      return Op.POP_JUMP_IF_NONE;
    case Op.POP_JUMP_IF_NONE:
      return Op.POP_JUMP_IF_NOT_NONE;
    case Op.POP_JUMP_IF_FALSE:
      return Op.POP_JUMP_IF_TRUE;
    case Op.POP_JUMP_IF_TRUE:
      return Op.POP_JUMP_IF_FALSE;
    default:
      return op;
  }
}
