// SWAPs made fewer, and applied while compiling where only the order of stores depends on them.
// CPython: swaptimize() and apply_static_swaps() in Python/flowgraph.c.
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Instruction } from '../unit/instructions.ts';
import { setOp } from './graph.ts';

export function optimizeSwaps(instructions: Instruction[]): void {
  for (let i = 0; i < instructions.length; i++) {
    if (instructions[i].op === Op.SWAP) i = optimizeSwapsFrom(instructions, i);
  }
}

/** The same of the SWAPs that begin at an index; gives the index of their last. */
export function optimizeSwapsFrom(instructions: Instruction[], start: number): number {
  const last = shortenSwaps(instructions, start);
  applySwaps(instructions, last);
  return last;
}

/**
 * Replaces a run of SWAPs and NOPs by the fewest SWAPs that do the same, at the end of the run. Gives the index of the
 * run's last instruction, or of its first where there is nothing to do.
 */
function shortenSwaps(instructions: readonly Instruction[], start: number): number {
  let depth = instructions[start].arg;
  let end = start + 1;
  let isRun = false;
  for (; end < instructions.length; end++) {
    const { op, arg } = instructions[end];
    if (op === Op.SWAP) {
      depth = Math.max(depth, arg);
      isRun = true;
    } else if (op !== Op.NOP) {
      break;
    }
  }
  if (!isRun) return start;

  // Where each item of the stack comes from, the top first.
  const stack: number[] = [];
  for (let i = 0; i < depth; i++) stack.push(i);
  for (let i = start; i < end; i++) {
    const { op, arg } = instructions[i];
    if (op !== Op.SWAP) continue;
    const top = stack[0];
    stack[0] = stack[arg - 1];
    stack[arg - 1] = top;
  }

  // Each cycle is undone by swaps with the top; done backwards, from the end, they make it.
  let at = end - 1;
  for (let i = 0; i < depth; i++) {
    if (stack[i] === DONE || stack[i] === i) continue;
    for (let j = i; ;) {
      if (j !== 0) setOp(instructions[at--], Op.SWAP, j + 1);
      if (stack[j] === DONE) break;
      const next = stack[j];
      stack[j] = DONE;
      j = next;
    }
  }
  while (at >= start) setOp(instructions[at--], Op.NOP, 0);
  return end - 1;
}

const DONE = -1;

/** Swaps the stores instead of what they store, for the SWAPs that end at `last`, while that is safe. */
function applySwaps(instructions: Instruction[], last: number): void {
  for (let i = last; i >= 0; i--) {
    const swap = instructions[i];
    if (swap.op !== Op.SWAP) {
      if (swap.op === Op.NOP || isSwappable(swap.op)) continue;
      return;
    }
    const first = nextSwappable(instructions, i, -1);
    if (first < 0) return;
    const { lineno } = instructions[first].location;
    let second = first;
    for (let count = swap.arg - 1; count > 0; count--) {
      second = nextSwappable(instructions, second, lineno);
      if (second < 0) return;
    }
    if (storesClash(instructions, first, second)) return;
    setOp(swap, Op.NOP, 0);
    const moved = instructions[first];
    instructions[first] = instructions[second];
    instructions[second] = moved;
  }
}

/** Whether two stores are to the same variable, or one between them is to that of either. */
function storesClash(instructions: readonly Instruction[], first: number, second: number): boolean {
  const a = storedLocal(instructions[first]);
  const b = storedLocal(instructions[second]);
  if (a < 0 && b < 0) return false;
  if (a === b) return true;
  for (let i = first + 1; i < second; i++) {
    const between = storedLocal(instructions[i]);
    if (between >= 0 && (between === a || between === b)) return true;
  }
  return false;
}

const isSwappable = (op: Op): boolean =>
  op === Op.STORE_FAST || op === Op.STORE_FAST_MAYBE_NULL || op === Op.POP_TOP;

const storedLocal = ({ op, arg }: Instruction): number =>
  op === Op.STORE_FAST || op === Op.STORE_FAST_MAYBE_NULL ? arg : -1;

/** The next instruction that can change places, of the line `lineno` if that is not negative; -1 if another comes first. */
function nextSwappable(instructions: readonly Instruction[], after: number, lineno: number): number {
  for (let i = after + 1; i < instructions.length; i++) {
    const { op, location } = instructions[i];
    if (lineno >= 0 && location.lineno !== lineno) return -1;
    if (op === Op.NOP) continue;
    return isSwappable(op) ? i : -1;
  }
  return -1;
}
