// CPython: inline_small_exit_blocks() in Python/flowgraph.c, 3.12.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { Has } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import { appendCopies, exitsScope, lastOf, setOp, type BackEndContext, type FlowGraph } from '../graph.ts';

/** How long a block that leaves the code object may be to be copied. CPython: MAX_COPY_SIZE. */
const MAX_COPY_SIZE = 4;

/** Puts a copy of a short exit in the place of a jump to it, once for each block. */
export function inlineSmallExitBlocks(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const jump = lastOf(block);
    if (!jump?.target || (flags[jump.op] & Has.Unconditional) === 0) continue;
    const { target } = jump;
    if (target.instructions.length > MAX_COPY_SIZE || !exitsScope(target, flags)) continue;
    setOp(jump, Op.NOP, 0);
    appendCopies(block, target);
  }
}
