// CPython: extend_block() in Python/compile.c, 3.10 and 3.11.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { Has } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import {
  appendCopies,
  exitsScope,
  hasNoLine,
  lastOf,
  MAX_COPY_SIZE,
  setOp,
  type BackEndContext,
  type FlowGraph,
} from '../graph.ts';

/** Puts a copy of a short exit, in 3.11 without a line, in the place of a jump to it, in the youngest block first. */
export function extendBlocks(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags }, dialect: { flowgraph } }: BackEndContext,
): void {
  for (const block of graph.byAge) {
    const jump = lastOf(block);
    if (!jump?.target || (flags[jump.op] & Has.Unconditional) === 0 || jump.op === Op.JUMP_NO_INTERRUPT)
      continue;
    const { target } = jump;
    if (!exitsScope(target, flags) || target.instructions.length > MAX_COPY_SIZE) continue;
    if (!flowgraph.copiesExitsWithLines && !hasNoLine(target)) continue;
    setOp(jump, Op.NOP, 0);
    appendCopies(block, target);
  }
}
