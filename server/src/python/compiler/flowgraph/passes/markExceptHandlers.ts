// CPython: mark_except_handlers() in Python/flowgraph.c.
import { Has } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import type { BackEndContext, FlowGraph } from '../graph.ts';

/** Marks the blocks that exceptions lead to. */
export function markExceptHandlers(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  if (!graph.hasHandlers) return;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const { op, target } = instructions[i];
      if (target && flags[op] & Has.BlockPush) target.isExceptHandler = true;
    }
  }
}
