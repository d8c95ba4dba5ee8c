// CPython: the first loop of optimize_cfg() in Python/compile.c, 3.10, with optimize_basic_block() and clean_basic_block():
// each block is improved, and loses its NOPs, before the next one is looked at. What 3.11 does with swaps is done with
// rotations here, jumps have their directions already, and what becomes another instruction keeps its argument, which then
// shows in co_code even where it means nothing.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { HAS_JUMP } from '../../../versions/opcodes/opcodeTable.ts';
import type { Constants, GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { skipEmptyTarget, type BackEndContext, type FlowGraph } from '../graph.ts';
import { threadInLine, threadOrPop } from '../threadInLine.ts';
import { foldTupleOnConstants } from './optimizeBasicBlock.ts';
import { isTruthy } from './optimizeLoadConst.ts';
import { improveEachBlock } from './removeRedundantNops.ts';

export function optimizeWithRotations(
  graph: FlowGraph,
  { constants }: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  improveEachBlock(graph, block => optimizeBlock(block, constants, flags));
}

/** Both kinds of jumps that are always taken. */
const JUMPS = [Op.JUMP_ABSOLUTE, Op.JUMP_FORWARD] as const;

function optimizeBlock(block: BasicBlock, constants: Constants, flags: Uint16Array): void {
  const { instructions } = block;
  for (let i = 0; i < instructions.length; i++) {
    const instruction = instructions[i];
    const { op, arg } = instruction;
    if (instruction.target && flags[op] & HAS_JUMP) skipEmptyTarget(instruction);
    const next = i + 1 < instructions.length ? instructions[i + 1] : null;
    switch (op) {
      case Op.LOAD_CONST:
        if (next !== null) testConstant(instruction, next, constants);
        break;
      case Op.BUILD_TUPLE:
        if (next?.op === Op.UNPACK_SEQUENCE && next.arg === arg) rotateInsteadOfTuple(instruction, next);
        else if (i >= arg) foldTupleOnConstants(block, i, constants, flags, false);
        break;
      case Op.JUMP_IF_FALSE_OR_POP:
      case Op.JUMP_IF_TRUE_OR_POP:
        if (threadOrPop(instruction, JUMPS)) i--;
        break;
      case Op.POP_JUMP_IF_FALSE:
      case Op.POP_JUMP_IF_TRUE:
        if (threadInLine(instruction, JUMPS, op)) i--;
        break;
      case Op.JUMP_ABSOLUTE:
      case Op.JUMP_FORWARD:
        if (threadInLine(instruction, JUMPS, Op.JUMP_ABSOLUTE)) i--;
        break;
      case Op.FOR_ITER:
        if (threadInLine(instruction, [Op.JUMP_FORWARD], op)) i--;
        break;
      case Op.ROT_N:
        shortenRotation(instructions, i);
        break;
    }
  }
}

/** A test of a constant is a jump that is always taken, or none. */
function testConstant(load: Instruction, next: Instruction, constants: Constants): void {
  const jumpsIfTrue = next.op === Op.POP_JUMP_IF_TRUE || next.op === Op.JUMP_IF_TRUE_OR_POP;
  const pops = next.op === Op.POP_JUMP_IF_TRUE || next.op === Op.POP_JUMP_IF_FALSE;
  if (!jumpsIfTrue && !pops && next.op !== Op.JUMP_IF_FALSE_OR_POP) return;
  const jumps = isTruthy(constants.values[load.arg]) === jumpsIfTrue;
  if (pops || !jumps) load.op = Op.NOP;
  next.op = jumps ? Op.JUMP_ABSOLUTE : Op.NOP;
  if (!jumps) next.target = null;
}

/** A tuple that is unpacked at once: up to three values are turned round instead, more stay one. */
function rotateInsteadOfTuple(build: Instruction, unpack: Instruction): void {
  switch (build.arg) {
    case 1:
      build.op = Op.NOP;
      unpack.op = Op.NOP;
      return;
    case 2:
      build.op = Op.ROT_TWO;
      unpack.op = Op.NOP;
      return;
    case 3:
      build.op = Op.ROT_THREE;
      unpack.op = Op.ROT_TWO;
      return;
  }
}

/** Rotations of up to four values have opcodes of their own; as many in a row as they have values do nothing. */
function shortenRotation(instructions: readonly Instruction[], at: number): void {
  const rotation = instructions[at];
  const count = rotation.arg;
  if (count <= 1) {
    rotation.op = Op.NOP;
    return;
  }
  if (count === 2) rotation.op = Op.ROT_TWO;
  else if (count === 3) rotation.op = Op.ROT_THREE;
  else if (count === 4) rotation.op = Op.ROT_FOUR;
  const first = at - count + 1;
  if (first < 0) return;
  for (let i = first; i <= at; i++) if (rotatedBy(instructions[i]) !== count) return;
  for (let i = first; i <= at; i++) instructions[i].op = Op.NOP;
}

function rotatedBy({ op, arg }: Instruction): number {
  switch (op) {
    case Op.ROT_N:
      return arg;
    case Op.ROT_FOUR:
      return 4;
    case Op.ROT_THREE:
      return 3;
    case Op.ROT_TWO:
      return 2;
    default:
      return 0;
  }
}
