// CPython: remove_unused_consts() in Python/flowgraph.c.
import { Has } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import type { BackEndContext, FlowGraph } from '../graph.ts';
import { zeroed } from '../scratch.ts';

/** Removes the constants that no instruction loads. The first may be the docstring and stays. */
export function removeUnusedConsts(
  graph: FlowGraph,
  { constants: { values } }: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  const count = values.length;
  if (count === 0) return;
  // By index: 1 where it is used, then the new index.
  const places = zeroed(count);
  let used = 1;
  places[0] = 1;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const { op, arg } = instructions[i];
      if ((flags[op] & Has.Const) === 0 || places[arg] !== 0) continue;
      places[arg] = 1;
      used++;
    }
  }
  if (used === count) return;

  let kept = 0;
  for (let i = 0; i < count; i++) {
    if (places[i] === 0) continue;
    values[kept] = values[i];
    places[i] = kept++;
  }
  values.length = kept;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const instruction = instructions[i];
      if (flags[instruction.op] & Has.Const) instruction.arg = places[instruction.arg];
    }
  }
}
