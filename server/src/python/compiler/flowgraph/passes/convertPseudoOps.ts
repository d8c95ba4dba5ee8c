// CPython: convert_pseudo_ops() in Python/flowgraph.c.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { Has } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import { setOp, Trait, type BackEndContext, type FlowGraph } from '../graph.ts';
import { removeRedundantNops, removeRedundantNopsAndJumps } from './removeRedundantNops.ts';

/** Replaces what has served the passes by what the interpreter knows. Jumps get their direction in the assembler. */
export function convertPseudoOps(graph: FlowGraph, unit: GeneratedUnit, context: BackEndContext): void {
  if (needsReplacing(graph)) replacePseudoOps(graph, context.opcodes.flags);
  removeRedundantNopsAndJumps(graph, unit, context);
}

/** 3.12: jumps stay as they are. */
export function convertPseudoOpsOnly(graph: FlowGraph, _unit: GeneratedUnit, context: BackEndContext): void {
  if (needsReplacing(graph)) replacePseudoOps(graph, context.opcodes.flags);
  removeRedundantNops(graph);
}

/** 3.11: the handlers alone. CPython: convert_exception_handlers_to_nops(). */
export function convertHandlersToNops(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    for (const instruction of block.instructions) {
      if (flags[instruction.op] & Has.BlockPush || instruction.op === Op.POP_BLOCK) {
        setOp(instruction, Op.NOP, 0);
      }
    }
  }
}

const needsReplacing = ({ hasHandlers, traits }: FlowGraph): boolean =>
  hasHandlers || (traits & Trait.Replaced) !== 0;

function replacePseudoOps(graph: FlowGraph, flags: Uint16Array): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const instruction = instructions[i];
      const { op } = instruction;
      if ((flags[op] & Has.Pseudo) === 0) continue;
      if (flags[op] & Has.BlockPush || op === Op.POP_BLOCK) setOp(instruction, Op.NOP, 0);
      else if (op === Op.LOAD_CLOSURE) instruction.op = Op.LOAD_FAST;
      else if (op === Op.STORE_FAST_MAYBE_NULL) instruction.op = Op.STORE_FAST;
    }
  }
}
