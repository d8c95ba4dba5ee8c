// CPython: fixup_getiter() in Python/specialize.c, from 3.15 on; there it is done when the code object is made.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import type { BackEndContext, FlowGraph } from '../graph.ts';

/** GET_ITER's argument for `yield from`, as code generation has it. */
const YIELD_FROM = 1;
/** That for `yield from` in a generator that is no coroutine, and so must not be given one. */
const CHECKS_COROUTINES = 3;

/** Makes GET_ITER for `yield from` check that it is not given a coroutine. */
export function fixupGetIter(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { dialect: { flowgraph } }: BackEndContext,
): void {
  if (!flowgraph.getIterYieldsFrom) return;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const instruction = instructions[i];
      if (instruction.op === Op.GET_ITER && instruction.arg === YIELD_FROM)
        instruction.arg = CHECKS_COROUTINES;
    }
  }
}
