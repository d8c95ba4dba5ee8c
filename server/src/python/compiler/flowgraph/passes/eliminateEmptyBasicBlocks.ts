// CPython: eliminate_empty_basic_blocks() in Python/flowgraph.c, 3.12; 3.11 Python/compile.c.
import { HAS_TARGET, nextNonEmpty, type BackEndContext, type FlowGraph } from '../graph.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';

/** Takes blocks without instructions out; what led to one leads to the next that has some. */
export function eliminateEmptyBasicBlocks(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  graph.entry = nextNonEmpty(graph.entry) ?? graph.entry;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    block.next = nextNonEmpty(block.next);
  }
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const instruction = instructions[i];
      const { target } = instruction;
      if (target === null || target.instructions.length > 0 || (flags[instruction.op] & HAS_TARGET) === 0)
        continue;
      const next = nextNonEmpty(target);
      if (next === null) continue;
      next.isLabelled = true;
      instruction.target = next;
    }
  }
}
