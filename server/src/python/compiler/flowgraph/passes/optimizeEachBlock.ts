// CPython: the first loop of optimize_cfg() in Python/compile.c, 3.11, with optimize_basic_block() and clean_basic_block():
// each block is improved, and loses its NOPs, before the next one is looked at.
import { ConstantType } from '../../../constants/values.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { Constants, GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { setOp, skipEmptyTarget, type BackEndContext, type FlowGraph } from '../graph.ts';
import { optimizeSwapsFrom } from '../swaps.ts';
import { threadInLine, threadOrPop } from '../threadInLine.ts';
import { foldTupleOnConstants, swapInsteadOfTuple } from './optimizeBasicBlock.ts';
import { isTruthy, jumpOnNone } from './optimizeLoadConst.ts';
import { improveEachBlock } from './removeRedundantNops.ts';

export function optimizeEachBlock(
  graph: FlowGraph,
  { constants }: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  improveEachBlock(graph, block => optimizeBlock(block, constants, flags));
}

const JUMPS = [Op.JUMP] as const;

function optimizeBlock(block: BasicBlock, constants: Constants, flags: Uint16Array): void {
  const { instructions } = block;
  for (let i = 0; i < instructions.length; i++) {
    const instruction = instructions[i];
    const { op, arg } = instruction;
    if (instruction.target) skipEmptyTarget(instruction);
    const next = i + 1 < instructions.length ? instructions[i + 1] : null;
    switch (op) {
      case Op.LOAD_CONST:
        if (next !== null) optimizeConstant(instructions, i, constants);
        break;
      case Op.BUILD_TUPLE:
        if (!swapInsteadOfTuple(instruction, next) && i >= arg) {
          foldTupleOnConstants(block, i, constants, flags);
        }
        break;
      case Op.JUMP_IF_FALSE_OR_POP:
      case Op.JUMP_IF_TRUE_OR_POP:
        if (threadOrPop(instruction, JUMPS)) i--;
        break;
      case Op.POP_JUMP_IF_FALSE:
      case Op.POP_JUMP_IF_TRUE:
      case Op.POP_JUMP_IF_NONE:
      case Op.POP_JUMP_IF_NOT_NONE:
      case Op.JUMP:
        if (threadInLine(instruction, JUMPS, op)) i--;
        break;
      case Op.SWAP:
        if (arg === 1) setOp(instruction, Op.NOP, 0);
        else i = optimizeSwapsFrom(instructions, i);
        break;
      case Op.PUSH_NULL:
        if (next?.op === Op.LOAD_GLOBAL) {
          setOp(instruction, Op.NOP, 0);
          next.arg |= 1;
        }
        break;
    }
  }
}

function optimizeConstant(instructions: readonly Instruction[], at: number, constants: Constants): void {
  const load = instructions[at];
  const next = instructions[at + 1];
  switch (next.op) {
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_TRUE: {
      const jumps = isTruthy(constants.values[load.arg]) === (next.op === Op.POP_JUMP_IF_TRUE);
      setOp(load, Op.NOP, 0);
      next.op = jumps ? Op.JUMP : Op.NOP;
      return;
    }
    case Op.JUMP_IF_FALSE_OR_POP:
    case Op.JUMP_IF_TRUE_OR_POP:
      if (isTruthy(constants.values[load.arg]) === (next.op === Op.JUMP_IF_TRUE_OR_POP)) next.op = Op.JUMP;
      else {
        setOp(load, Op.NOP, 0);
        next.op = Op.NOP;
      }
      return;
    case Op.IS_OP:
      if (constants.values[load.arg].type === ConstantType.None)
        jumpOnNone(load, next, instructions.at(at + 2));
      return;
  }
}
