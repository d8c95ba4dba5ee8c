// CPython: duplicate_exits_without_lineno() in Python/compile.c, 3.10 and 3.11.
import { HAS_JUMP } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import { BasicBlock } from '../../unit/instructions.ts';
import {
  appendCopies,
  exitsScope,
  fallsThrough,
  hasNoLine,
  lastOf,
  nextNonEmpty,
  type BackEndContext,
  type FlowGraph,
} from '../graph.ts';

const isExitWithoutLine = (block: BasicBlock, flags: Uint16Array): boolean =>
  exitsScope(block, flags) && hasNoLine(block);

/**
 * Copies exits without a line that several ways lead to, for each jump there, that of the youngest block first; and gives
 * those that are left the line of the block before them.
 */
export function duplicateExits(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  for (const block of graph.byAge) {
    const last = lastOf(block);
    if (!last?.target || (flags[last.op] & HAS_JUMP) === 0) continue;
    const { target } = last;
    if (target.predecessors <= 1 || !isExitWithoutLine(target, flags)) continue;
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
    if (last && block.next && fallsThrough(block, flags) && isExitWithoutLine(block.next, flags)) {
      block.next.instructions[0].location = last.location;
    }
  }
}
