// CPython: normalize_jumps() in Python/flowgraph.c.
import type { FlowgraphDialect } from '../../../versions/flowgraphDialect.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { lastOf, type BackEndContext, type FlowGraph } from '../graph.ts';

/** Conditional jumps lead forwards alone: one that led back becomes its opposite, over a jump back. */
export function normalizeJumps(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { dialect: { flowgraph } }: BackEndContext,
): void {
  graph.forgetVisits();
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    block.visited = true;
    const last = lastOf(block);
    if (!last?.target || !isConditional(last.op)) continue;
    if (!last.target.visited) {
      if (flowgraph.marksNotTaken) markNotTaken(block, last, flowgraph);
      continue;
    }
    const jump = new Instruction(Op.JUMP, 0, last.location, null);
    jump.target = last.target;
    if (flowgraph.addedJumpHandler === 'same') jump.handler = last.handler;
    last.op = opposite(last.op);
    last.target = block.next;
    const added = new BasicBlock();
    if (flowgraph.marksNotTaken) markNotTaken(added, last, flowgraph);
    added.instructions.push(jump);
    added.startDepth = jump.target.startDepth;
    added.isCold = block.isCold;
    added.next = block.next;
    block.next = added;
  }
}

/** 3.11: conditional jumps tell their direction. Unconditional ones get it in the assembler. */
export function directJumps(graph: FlowGraph): void {
  graph.forgetVisits();
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    block.visited = true;
    const last = lastOf(block);
    if (last?.target) last.op = directed(last.op, !last.target.visited);
  }
}

function directed(op: Op, isForward: boolean): Op {
  switch (op) {
    case Op.POP_JUMP_IF_FALSE:
      return isForward ? Op.POP_JUMP_FORWARD_IF_FALSE : Op.POP_JUMP_BACKWARD_IF_FALSE;
    case Op.POP_JUMP_IF_TRUE:
      return isForward ? Op.POP_JUMP_FORWARD_IF_TRUE : Op.POP_JUMP_BACKWARD_IF_TRUE;
    case Op.POP_JUMP_IF_NONE:
      return isForward ? Op.POP_JUMP_FORWARD_IF_NONE : Op.POP_JUMP_BACKWARD_IF_NONE;
    case Op.POP_JUMP_IF_NOT_NONE:
      return isForward ? Op.POP_JUMP_FORWARD_IF_NOT_NONE : Op.POP_JUMP_BACKWARD_IF_NOT_NONE;
    default:
      return op;
  }
}

/** 3.10: jumps that are always taken lead forwards by a distance, or back to a place. */
export function turnJumps(graph: FlowGraph): void {
  graph.forgetVisits();
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    block.visited = true;
    const last = lastOf(block);
    if (!last?.target) continue;
    if (last.op === Op.JUMP_ABSOLUTE && !last.target.visited) last.op = Op.JUMP_FORWARD;
    else if (last.op === Op.JUMP_FORWARD && last.target.visited) last.op = Op.JUMP_ABSOLUTE;
  }
}

const isConditional = (op: Op): boolean =>
  op === Op.POP_JUMP_IF_FALSE ||
  op === Op.POP_JUMP_IF_TRUE ||
  op === Op.POP_JUMP_IF_NONE ||
  op === Op.POP_JUMP_IF_NOT_NONE;

function markNotTaken(
  block: BasicBlock,
  { location, handler }: Instruction,
  { addedJumpHandler }: FlowgraphDialect,
): void {
  const mark = new Instruction(Op.NOT_TAKEN, 0, location, null);
  if (addedJumpHandler === 'same') mark.handler = handler;
  else if (addedJumpHandler === 'stale')
    mark.handler = block.staleHandlers?.[block.instructions.length] ?? null;
  block.instructions.push(mark);
}

function opposite(op: Op): Op {
  switch (op) {
    case Op.POP_JUMP_IF_NOT_NONE:
      return Op.POP_JUMP_IF_NONE;
    case Op.POP_JUMP_IF_NONE:
      return Op.POP_JUMP_IF_NOT_NONE;
    case Op.POP_JUMP_IF_FALSE:
      return Op.POP_JUMP_IF_TRUE;
    case Op.POP_JUMP_IF_TRUE:
      return Op.POP_JUMP_IF_FALSE;
    default:
      return op;
  }
}
