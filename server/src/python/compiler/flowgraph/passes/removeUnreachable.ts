// CPython: remove_unreachable() in Python/flowgraph.c.
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import { fallsThrough, HAS_TARGET, type BackEndContext, type FlowGraph } from '../graph.ts';

/** Counts the ways that lead to each block, and empties those that none leads to. */
export function removeUnreachable(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    block.visited = false;
    block.predecessors = 0;
  }
  graph.entry.predecessors = 1;
  graph.entry.visited = true;
  const todo = [graph.entry];
  for (let block = todo.pop(); block; block = todo.pop()) {
    if (block.next && fallsThrough(block, flags)) arrive(block.next, todo);
    const { instructions } = block;
    // Only what puts a handler in force leads elsewhere from the middle of a block.
    const first = graph.hasHandlers ? 0 : Math.max(instructions.length - 1, 0);
    for (let i = first; i < instructions.length; i++) {
      const { op, target } = instructions[i];
      if (target && flags[op] & HAS_TARGET) arrive(target, todo);
    }
  }
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    if (block.predecessors > 0) continue;
    if (block.instructions.length > 0) block.instructions = [];
    block.isExceptHandler = false;
  }
}

function arrive(block: BasicBlock, todo: BasicBlock[]): void {
  block.predecessors++;
  if (block.visited) return;
  block.visited = true;
  todo.push(block);
}
