// CPython: normalize_basic_block() in Python/compile.c, 3.10 and 3.11; what it marks is seen of the last instruction here.
import { HAS_JUMP } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import { lastOf, skipEmptyTarget, type BackEndContext, type FlowGraph } from '../graph.ts';

/** Leads jumps past empty blocks. */
export function normalizeBlocks(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  for (const block of graph.byAge) {
    const last = lastOf(block);
    if (last?.target && flags[last.op] & HAS_JUMP) skipEmptyTarget(last);
  }
}
