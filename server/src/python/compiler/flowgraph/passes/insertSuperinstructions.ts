// CPython: insert_superinstructions() in Python/flowgraph.c.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { setOp, type FlowGraph } from '../graph.ts';
import { removeRedundantNops } from './removeRedundantNops.ts';

/** Makes one instruction of two loads and stores of the first sixteen variables. */
export function insertSuperinstructions(graph: FlowGraph, { varnames }: GeneratedUnit): void {
  if (varnames.size === 0) return;
  let joined = false;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    if (joinPairs(block.instructions)) joined = true;
  }
  // Without a new one, the NOPs that are still there are needed.
  if (joined) removeRedundantNops(graph);
}

/** Whether there are any. */
function joinPairs(instructions: readonly Instruction[]): boolean {
  let joined = false;
  for (let i = 0; i + 1 < instructions.length; i++) {
    const first = instructions[i];
    const second = instructions[i + 1];
    if (first.op === Op.LOAD_FAST) {
      if (second.op === Op.LOAD_FAST && join(first, second, Op.LOAD_FAST_LOAD_FAST)) joined = true;
    } else if (first.op === Op.STORE_FAST) {
      if (second.op === Op.LOAD_FAST && join(first, second, Op.STORE_FAST_LOAD_FAST)) joined = true;
      else if (second.op === Op.STORE_FAST && join(first, second, Op.STORE_FAST_STORE_FAST)) joined = true;
    }
  }
  return joined;
}

/** CPython: make_super_instruction(). */
function join(first: Instruction, second: Instruction, op: Op): boolean {
  const a = first.location.lineno;
  const b = second.location.lineno;
  if ((a >= 0 && b >= 0 && a !== b) || first.arg >= 16 || second.arg >= 16) return false;
  setOp(first, op, (first.arg << 4) | second.arg);
  setOp(second, Op.NOP, 0);
  return true;
}
