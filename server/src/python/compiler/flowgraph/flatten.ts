// From basic blocks back to one sequence of instructions, which is what the assembler takes.
// CPython: _PyCfg_ToInstructionSequence() in Python/flowgraph.c.
import type { Dialect } from '../../versions/dialect.ts';
import type { FlatCode } from '../unit/flatCode.ts';
import type { BasicBlock, Instruction } from '../unit/instructions.ts';
import type { FlowGraph } from './graph.ts';

export function flatten(graph: FlowGraph, { flowgraph: { smallestStack } }: Dialect): FlatCode {
  const stacksize = Math.max(graph.stacksize, smallestStack);
  if (graph.entry.next === null) {
    graph.entry.index = 0;
    return { instructions: graph.entry.instructions, stacksize };
  }
  const instructions: Instruction[] = [];
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    block.index = instructions.length;
    for (let i = 0; i < block.instructions.length; i++) instructions.push(block.instructions[i]);
  }
  return { instructions, stacksize };
}
