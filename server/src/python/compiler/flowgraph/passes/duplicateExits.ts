// CPython: duplicate_exits_without_lineno() in Python/compile.c, 3.10 and 3.11.
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import { BasicBlock } from '../../unit/instructions.ts';
import {
  appendCopies,
  exitsScope,
  fallsThrough,
  hasNoLine,
  isJump,
  lastOf,
  nextNonEmpty,
  type BackEndContext,
  type FlowGraph,
} from '../graph.ts';

/** `beginning`: it counts if its first instruction has no line, in 3.10; later all of them. */
const isExitWithoutLine = (block: BasicBlock, flags: Uint16Array, beginning: boolean): boolean =>
  exitsScope(block, flags) && (beginning ? block.instructions[0].location.lineno < 0 : hasNoLine(block));

/**
 * Copies exits without a line that several ways lead to, for each jump there, that of the youngest block first; and gives
 * those that are left the line of the block before them.
 */
export function duplicateExits(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags }, dialect: { flowgraph } }: BackEndContext,
): void {
  const beginning = flowgraph.copiesExitsWithLines;
  for (const block of graph.byAge) {
    const last = lastOf(block);
    if (!last?.target || !isJump(flags[last.op])) continue;
    const { target } = last;
    if (target.predecessors <= 1 || !isExitWithoutLine(target, flags, beginning)) continue;
    const copy = new BasicBlock();
    appendCopies(copy, target);
    copy.instructions[0].location = last.location;
    copy.predecessors = 1;
    last.target = copy;
    target.predecessors--;
    copy.next = target.next;
    target.next = copy;
  }
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    block.next = nextNonEmpty(block.next);
    const last = lastOf(block);
    if (last && block.next && fallsThrough(block, flags) && isExitWithoutLine(block.next, flags, beginning)) {
      block.next.instructions[0].location = last.location;
    }
  }
}
