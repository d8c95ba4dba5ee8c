// CPython: trim_unused_consts() in Python/compile.c, 3.10 and 3.11.
import { Has } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import type { BackEndContext, FlowGraph } from '../graph.ts';

/** Cuts off the constants at the end that no instruction loads. The first may be the docstring and stays. */
export function trimUnusedConsts(
  graph: FlowGraph,
  { constants: { values } }: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  let last = 0;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const { op, arg } = instructions[i];
      if (flags[op] & Has.Const && arg > last) last = arg;
    }
  }
  if (last + 1 < values.length) values.length = last + 1;
}
