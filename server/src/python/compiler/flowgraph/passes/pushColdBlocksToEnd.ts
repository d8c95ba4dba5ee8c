// CPython: push_cold_blocks_to_end() in Python/flowgraph.c, with mark_warm() and mark_cold().
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { HAS_JUMP } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { NO_LOCATION } from '../../unit/location.ts';
import { fallsThrough, lastOf, made, type BackEndContext, type FlowGraph } from '../graph.ts';
import { removeRedundantJumps, removeRedundantNopsAndJumps } from './removeRedundantNops.ts';

/** Moves what only exceptions lead to behind all else. */
export function pushColdBlocksToEnd(graph: FlowGraph, unit: GeneratedUnit, context: BackEndContext): void {
  const { flags } = context.opcodes;
  const { coldJumpsTakeLines } = context.dialect.flowgraph;
  if (!graph.hasHandlers || !graph.entry.next) return;
  markWarm(graph, flags);
  markCold(graph, flags);
  addJumpsToWarm(graph, flags, coldJumpsTakeLines);
  if (!moveColdBlocks(graph)) return;
  if (coldJumpsTakeLines) removeRedundantNopsAndJumps(graph, unit, context);
  else removeRedundantJumps(graph, unit, context);
}

function markWarm(graph: FlowGraph, flags: Uint16Array): void {
  graph.forgetVisits();
  graph.entry.visited = true;
  const todo = [graph.entry];
  for (let block = todo.pop(); block; block = todo.pop()) {
    block.isWarm = true;
    visitSuccessors(block, flags, todo);
  }
}

function markCold(graph: FlowGraph, flags: Uint16Array): void {
  graph.forgetVisits();
  const todo: BasicBlock[] = [];
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    if (!block.isExceptHandler) continue;
    block.visited = true;
    todo.push(block);
  }
  for (let block = todo.pop(); block; block = todo.pop()) {
    block.isCold = true;
    visitSuccessors(block, flags, todo);
  }
}

/** Visits the blocks after this one that are not known to be warm. */
function visitSuccessors(block: BasicBlock, flags: Uint16Array, todo: BasicBlock[]): void {
  if (block.next && fallsThrough(block, flags)) visit(block.next, todo);
  const last = lastOf(block);
  if (last?.target && flags[last.op] & HAS_JUMP) visit(last.target, todo);
}

function visit(block: BasicBlock, todo: BasicBlock[]): void {
  if (block.isWarm || block.visited) return;
  block.visited = true;
  todo.push(block);
}

/** A cold block that a warm one follows shall not follow it any more: it jumps there. */
function addJumpsToWarm(graph: FlowGraph, flags: Uint16Array, takeLines: boolean): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const { next }: BasicBlock = block;
    if (!block.isCold || !next?.isWarm || !fallsThrough(block, flags)) continue;
    const jump = new Instruction(takeLines ? Op.JUMP_NO_INTERRUPT : Op.JUMP, 0, NO_LOCATION, null);
    jump.target = next;
    made.lineless++;
    next.isLabelled = true;
    const added = new BasicBlock();
    added.instructions.push(jump);
    added.isCold = true;
    if (takeLines) added.predecessors = 1;
    added.next = next;
    block.next = added;
  }
}

/** Whether there are any. The first block of a code object is never cold. */
function moveColdBlocks(graph: FlowGraph): boolean {
  let firstCold: BasicBlock | null = null;
  let lastCold: BasicBlock | null = null;
  let lastWarm = graph.entry;
  for (let block = graph.entry.next; block; block = block.next) {
    if (!block.isCold) {
      lastWarm.next = block;
      lastWarm = block;
    } else {
      if (lastCold) lastCold.next = block;
      else firstCold = block;
      lastCold = block;
    }
  }
  if (lastCold) lastCold.next = null;
  lastWarm.next = firstCold;
  return firstCold !== null;
}
