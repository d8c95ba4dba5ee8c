// CPython: mark_reachable() and the loop after it in optimize_cfg(), Python/flowgraph.c, 3.12; 3.11 Python/compile.c.
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import { fallsThrough, HAS_TARGET, type BackEndContext, type FlowGraph } from '../graph.ts';

/**
 * Counts the ways that lead to each block, and empties those that none leads to. A block that is found twice before it
 * is looked at is looked at twice, and what it leads to is counted twice; that is CPython's count, too.
 */
export function deleteUnreachable(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  graph.forgetVisits();
  graph.entry.predecessors = 1;
  const todo = [graph.entry];
  for (let block = todo.pop(); block; block = todo.pop()) {
    block.visited = true;
    if (block.next && fallsThrough(block, flags)) arrive(block.next, todo);
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const { op, target } = instructions[i];
      if (target && flags[op] & HAS_TARGET) arrive(target, todo);
    }
  }
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    if (block.predecessors === 0) block.instructions.length = 0;
  }
}

function arrive(block: BasicBlock, todo: BasicBlock[]): void {
  block.predecessors++;
  if (!block.visited) todo.push(block);
}
