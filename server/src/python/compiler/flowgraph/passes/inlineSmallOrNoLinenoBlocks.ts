// CPython: inline_small_or_no_lineno_blocks() in Python/flowgraph.c.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { Has } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import {
  appendCopies,
  exitsScope,
  fallsThrough,
  hasNoLine,
  lastOf,
  MAX_COPY_SIZE,
  setOp,
  type BackEndContext,
  type FlowGraph,
} from '../graph.ts';

/** Puts a copy of a block in the place of a jump to it, where it is a short exit or has no lines. */
export function inlineSmallOrNoLinenoBlocks(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  let changed: boolean;
  do {
    changed = false;
    for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
      if (inlineInto(block, flags)) changed = true;
    }
  } while (changed); // each change removes a jump
}

function inlineInto(block: BasicBlock, flags: Uint16Array): boolean {
  const jump = lastOf(block);
  if (!jump?.target || (flags[jump.op] & Has.Unconditional) === 0) return false;
  const { op, target } = jump;
  const isSmallExit = target.instructions.length <= MAX_COPY_SIZE && exitsScope(target, flags);
  const isLineless = !fallsThrough(target, flags) && hasNoLine(target);
  if (!isSmallExit && !isLineless) return false;
  setOp(jump, Op.NOP, 0);
  appendCopies(block, target);
  const last = lastOf(block);
  // What looks for interrupts must not be lost.
  if (isLineless && last && op === Op.JUMP && flags[last.op] & Has.Unconditional) last.op = Op.JUMP;
  target.predecessors--;
  return true;
}
