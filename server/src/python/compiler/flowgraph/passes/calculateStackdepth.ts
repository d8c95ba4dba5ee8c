// CPython: calculate_stackdepth() in Python/flowgraph.c.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import { ENDS_FLOW, HAS_TARGET, type BackEndContext, type FlowGraph } from '../graph.ts';
import { IS_GENERATOR } from './prepareLocalsplus.ts';

/** How deep the stack is at the start of each block that can be reached, and how deep it gets. */
export function calculateStackdepth(
  graph: FlowGraph,
  unit: GeneratedUnit,
  { opcodes, dialect: { flowgraph } }: BackEndContext,
): void {
  const { flags } = opcodes;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) block.startDepth = -1;
  const todo: BasicBlock[] = [];
  let deepest = 0;
  const startsWithValue = flowgraph.generatorsStartWithValue && (unit.flags & IS_GENERATOR) !== 0;
  arrive(graph.entry, startsWithValue ? 1 : 0, todo);
  for (let block = todo.pop(); block; block = todo.pop()) {
    let depth = block.startDepth;
    let { next } = block;
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const { op, arg, target } = instructions[i];
      const has = flags[op];
      // What END_ASYNC_FOR names is where the exception came from: it does not lead there.
      if (target && has & HAS_TARGET && op !== Op.END_ASYNC_FOR) {
        const there = depth + opcodes.stackEffect(op, arg, true);
        if (there > deepest) deepest = there;
        arrive(target, there, todo);
      }
      depth += opcodes.stackEffect(op, arg, false);
      if (depth > deepest) deepest = depth;
      if (has & ENDS_FLOW) {
        next = null;
        break;
      }
    }
    if (next) arrive(next, depth, todo);
  }
  graph.stacksize = deepest;
}

/** Where a stack that grows with each round of a loop is followed no further. */
const DEEP_ENOUGH = 100;

/**
 * All ways to a block come with the same depth, but for 3.8 with what `del __debug__` leaves on the stack; it is negative
 * only of code that is refused. CPython: stackdepth_push().
 */
function arrive(block: BasicBlock, depth: number, todo: BasicBlock[]): void {
  if (block.startDepth >= Math.min(Math.max(depth, 0), DEEP_ENOUGH)) return;
  block.startDepth = Math.max(depth, 0);
  todo.push(block);
}
