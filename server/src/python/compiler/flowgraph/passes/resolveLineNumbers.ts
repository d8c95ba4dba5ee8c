// Lines for what has none: each exit of a code object, and each place that looks for interrupts, must have one (PEP 626).
// CPython: resolve_line_numbers(), duplicate_exits_without_lineno() and propagate_line_numbers() in Python/flowgraph.c.
import { Has, HAS_JUMP } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import { BasicBlock } from '../../unit/instructions.ts';
import { NEXT_LOCATION, NO_LOCATION, type Location } from '../../unit/location.ts';
import {
  appendCopies,
  fallsThrough,
  hasNoLine,
  isJump,
  lastOf,
  made,
  nextNonEmpty,
  type BackEndContext,
  type FlowGraph,
} from '../graph.ts';

export function resolveLineNumbers(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags }, dialect: { flowgraph } }: BackEndContext,
): void {
  if (!graph.hasLineless && graph.linelessMade === made.lineless) return;
  duplicateExitsWithoutLineno(graph, flags);
  propagateLineNumbers(
    graph,
    flags,
    flowgraph.keepsNextLocations ? NO_LOCATION.lineno : NEXT_LOCATION.lineno,
  );
}

/**
 * Copies exits without a line that several jumps lead to, so that each has one way in and takes its line from there.
 */
function duplicateExitsWithoutLineno(graph: FlowGraph, flags: Uint16Array): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const last = lastOf(block);
    if (!last?.target || (flags[last.op] & HAS_JUMP) === 0) continue;
    const target = nextNonEmpty(last.target);
    if (!target || target.predecessors <= 1 || !needsLine(target, flags)) continue;
    const copy = new BasicBlock();
    appendCopies(copy, target);
    copy.instructions[0].location = last.location;
    copy.predecessors = 1;
    copy.isLabelled = true;
    last.target = copy;
    target.predecessors--;
    copy.next = target.next;
    target.next = copy;
  }
  // Exits still without a line are reached by falling through alone, that is from one block.
  for (let block: BasicBlock | null = graph.entry; block?.next; block = block.next) {
    const last = lastOf(block);
    if (last && fallsThrough(block, flags) && needsLine(block.next, flags)) {
      block.next.instructions[0].location = last.location;
    }
  }
}

/** CPython: is_exit_or_eval_check_without_lineno(). */
function needsLine(block: BasicBlock, flags: Uint16Array): boolean {
  if (!hasNoLine(block)) return false;
  const { instructions } = block;
  if (instructions.length > 0 && flags[instructions[instructions.length - 1].op] & Has.ScopeExit) return true;
  for (let i = 0; i < instructions.length; i++) {
    if (flags[instructions[i].op] & Has.EvalBreak) return true;
  }
  return false;
}

/** 3.10 and 3.11: exits have been duplicated before. */
export function propagateLines(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  propagateLineNumbers(graph, flags, -Infinity);
}

/**
 * Gives instructions without a line that of the one before, in a block and into blocks with one way in. `least` is the
 * least that counts as no line.
 */
function propagateLineNumbers(graph: FlowGraph, flags: Uint16Array, least: number): void {
  graph.hasLineless = false;
  graph.linelessMade = made.lineless;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const { instructions } = block;
    if (instructions.length === 0) continue;
    let previous: Location = NO_LOCATION;
    for (let i = 0; i < instructions.length; i++) {
      const instruction = instructions[i];
      const { lineno } = instruction.location;
      if (lineno < 0 && lineno >= least) instruction.location = previous;
      else previous = instruction.location;
      if (previous.lineno < 0) graph.hasLineless = true;
    }
    const last = instructions[instructions.length - 1];
    if (block.next && fallsThrough(block, flags)) inheritLine(block.next, previous, least);
    if (last.target && isJump(flags[last.op])) inheritLine(last.target, previous, least);
  }
}

function inheritLine(block: BasicBlock, location: Location, least: number): void {
  if (block.predecessors !== 1 || block.instructions.length === 0) return;
  const { lineno } = block.instructions[0].location;
  if (lineno < 0 && lineno >= least) block.instructions[0].location = location;
}
