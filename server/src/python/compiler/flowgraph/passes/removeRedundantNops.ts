// Instructions that only keep a place are taken out where nothing needs the place.
// CPython: remove_redundant_nops(), remove_redundant_jumps(), remove_redundant_nops_and_jumps() and
// remove_redundant_nops_and_pairs() in Python/flowgraph.c.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../../unit/instructions.ts';
import {
  fallsThrough,
  lastOf,
  made,
  nextNonEmpty,
  setOp,
  type BackEndContext,
  type FlowGraph,
} from '../graph.ts';

/** Removes NOPs whose line is another instruction's or none; gives how many. */
export function removeRedundantNops(graph: FlowGraph): number {
  if (!graph.hasNops && graph.nopsMade === made.nops) return 0;
  let removed = 0;
  graph.nopsMade = made.nops;
  graph.hasNops = false;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next)
    removed += removeNopsOf(block, graph, true);
  return removed;
}

/** As removeRedundantNops() in 3.11, where the line of the next block is that of its first instruction, a NOP or not. */
export function cleanBlocks(graph: FlowGraph): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next)
    removeNopsOf(block, graph, false);
}

/** 3.10 and 3.11: improves each block, and removes its NOPs, before the next one is looked at. */
export function improveEachBlock(graph: FlowGraph, improve: (block: BasicBlock) => void): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    improve(block);
    removeNopsOf(block, graph, false);
  }
}

/** As removeRedundantNops() in 3.10, where a NOP may be redundant for the line of the block before, too. */
export function cleanBlocksByLines(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  let line = -1;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    removeNopsOf(block, graph, false, line);
    line = fallsThrough(block, flags) ? (lastOf(block)?.location.lineno ?? -1) : -1;
  }
}

/**
 * `looksPastNops`: the next block's line is that of its first instruction that stays. `lineBefore`: where control
 * comes from.
 * CPython: basicblock_remove_redundant_nops(); 3.10 and 3.11: clean_basic_block().
 */
export function removeNopsOf(
  block: BasicBlock,
  graph: FlowGraph,
  looksPastNops: boolean,
  lineBefore = -1,
): number {
  const { instructions } = block;
  const count = instructions.length;
  let kept = 0;
  let previousLine = lineBefore;
  for (let i = 0; i < count; i++) {
    const instruction = instructions[i];
    const { lineno } = instruction.location;
    if (instruction.op === Op.NOP) {
      if (lineno < 0 || lineno === previousLine) continue;
      if (i + 1 < count) {
        const next = instructions[i + 1];
        if (next.location.lineno === lineno) continue;
        if (next.location.lineno < 0) {
          next.location = instruction.location;
          continue;
        }
      } else if (lineno === firstLineAfter(block, looksPastNops)) {
        continue;
      }
      graph.hasNops = true;
    }
    if (kept !== i) instructions[kept] = instruction;
    kept++;
    previousLine = lineno;
  }
  if (kept === count) return 0;
  if (graph.hasHandlers) rememberHandlers(block, kept);
  // An array is cut for less by pops, which are few, than by its length.
  for (let i = kept; i < count; i++) instructions.pop();
  return count - kept;
}

function rememberHandlers(block: BasicBlock, kept: number): void {
  const stale = (block.staleHandlers ??= []);
  while (stale.length < kept) stale.push(null);
  for (let i = kept; i < block.instructions.length; i++) stale[i] = block.instructions[i].handler;
}

/** The line of what follows a block, perhaps past NOPs that will be removed; -1 if there is none. */
function firstLineAfter(block: BasicBlock, looksPastNops: boolean): number {
  const next = nextNonEmpty(block.next);
  if (!next) return -1;
  if (!looksPastNops) return next.instructions[0].location.lineno;
  for (let i = 0; i < next.instructions.length; i++) {
    const { op, location } = next.instructions[i];
    if (op !== Op.NOP || location.lineno !== -1) return location.lineno;
  }
  return -1;
}

/** Makes jumps to what follows anyway NOPs; gives how many. */
export function removeRedundantJumps(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): number {
  let removed = 0;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const last = lastOf(block);
    if (!last?.target || (flags[last.op] & Has.Unconditional) === 0) continue;
    if (nextNonEmpty(last.target) !== nextNonEmpty(block.next)) continue;
    setOp(last, Op.NOP, 0);
    removed++;
  }
  return removed;
}

export function removeRedundantNopsAndJumps(
  graph: FlowGraph,
  unit: GeneratedUnit,
  context: BackEndContext,
): void {
  for (;;) {
    const nops = removeRedundantNops(graph);
    const jumps = removeRedundantJumps(graph, unit, context);
    if (jumps === 0 && (nops === 0 || !graph.hasNops)) return;
  }
}

/** Removes NOPs, and values that are pushed only to be popped. */
export function removeRedundantNopsAndPairs(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  while (removePairs(graph, flags));
  // The last round found nothing but removed the NOPs.
}

function removePairs(graph: FlowGraph, flags: Uint16Array): boolean {
  graph.hasNops = false;
  graph.nopsMade = made.nops;
  let changed = false;
  let previous: Instruction | null = null;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    removeNopsOf(block, graph, true);
    if (block.isLabelled) previous = null;
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const instruction = instructions[i];
      if (instruction.op === Op.POP_TOP && previous && isPush(previous)) {
        setOp(previous, Op.NOP, 0);
        setOp(instruction, Op.NOP, 0);
        changed = true;
      }
      previous = instruction;
    }
    if ((previous && flags[previous.op] & HAS_JUMP) || !fallsThrough(block, flags)) previous = null;
  }
  return changed;
}

/** What pushes a value and does nothing else. CPython: loads_const() in Python/flowgraph.c; or a copy of the top. */
const isPush = ({ op, arg }: Instruction): boolean =>
  op === Op.LOAD_CONST ||
  op === Op.LOAD_SMALL_INT ||
  op === Op.LOAD_COMMON_CONSTANT ||
  (op === Op.COPY && arg === 1);
