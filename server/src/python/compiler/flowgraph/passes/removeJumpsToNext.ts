// CPython: the end of optimize_cfg() in Python/compile.c, 3.10 and 3.11.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import { lastOf, setOp, type BackEndContext, type FlowGraph } from '../graph.ts';
import { eliminateEmptyBasicBlocks } from './eliminateEmptyBasicBlocks.ts';

/** Makes jumps to the next block NOPs. What the removal of NOPs has emptied stands between, unless one jump is found. */
export function removeJumpsToNext(graph: FlowGraph, unit: GeneratedUnit, context: BackEndContext): void {
  let found = false;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const last = lastOf(block);
    if (last?.op !== Op.JUMP && last?.op !== Op.JUMP_NO_INTERRUPT) continue;
    if (last.target !== block.next) continue;
    setOp(last, Op.NOP, 0);
    found = true;
  }
  if (found) eliminateEmptyBasicBlocks(graph, unit, context);
}
