// CPython: the end of optimize_cfg() in Python/compile.c, 3.10 and 3.11.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { Has } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import { lastOf, setOp, type BackEndContext, type FlowGraph } from '../graph.ts';
import { eliminateEmptyBasicBlocks } from './eliminateEmptyBasicBlocks.ts';
import { removeNopsOf } from './removeRedundantNops.ts';

/** Makes jumps to the next block NOPs. What the removal of NOPs has emptied stands between, unless one jump is found. */
export function removeJumpsToNext(graph: FlowGraph, unit: GeneratedUnit, context: BackEndContext): void {
  remove(graph, unit, context, false);
}

/** The same in 3.10, where the NOP goes at once if it can. */
export function dropJumpsToNext(graph: FlowGraph, unit: GeneratedUnit, context: BackEndContext): void {
  remove(graph, unit, context, true);
}

function remove(graph: FlowGraph, unit: GeneratedUnit, context: BackEndContext, cleansAtOnce: boolean): void {
  const { flags } = context.opcodes;
  let found = false;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const last = lastOf(block);
    if (!last || (flags[last.op] & Has.Unconditional) === 0 || last.target !== block.next) continue;
    setOp(last, Op.NOP, 0);
    if (cleansAtOnce) removeNopsOf(block, graph, false);
    found = true;
  }
  if (found) eliminateEmptyBasicBlocks(graph, unit, context);
}
