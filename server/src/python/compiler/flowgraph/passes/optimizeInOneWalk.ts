// CPython: optimize_basic_block() in Python/flowgraph.c, as 3.12 has it: constants, jumps and swaps in one walk.
import { ConstantType } from '../../../constants/values.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { Constants, GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { setOp, type BackEndContext, type FlowGraph } from '../graph.ts';
import { optimizeSwapsFrom } from '../swaps.ts';
import { foldTupleOnConstants, swapInsteadOfTuple } from './optimizeBasicBlock.ts';
import { decideJump, isTruthy, jumpOnNone } from './optimizeLoadConst.ts';

export function optimizeInOneWalk(
  graph: FlowGraph,
  { constants }: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    optimizeBlock(block, constants, flags);
  }
}

function optimizeBlock(block: BasicBlock, constants: Constants, flags: Uint16Array): void {
  const { instructions } = block;
  let op = -1;
  let arg = 0;
  for (let i = 0; i < instructions.length; i++) {
    const instruction = instructions[i];
    // A copy of a constant is that constant.
    if (!(op === Op.LOAD_CONST && instruction.op === Op.COPY && instruction.arg === 1)) {
      op = instruction.op;
      arg = instruction.arg;
    }
    const next = i + 1 < instructions.length ? instructions[i + 1] : null;
    switch (op) {
      case Op.LOAD_CONST:
        if (next !== null) i = optimizeConstant(instructions, i, arg, constants);
        break;
      case Op.BUILD_TUPLE:
        if (!swapInsteadOfTuple(instruction, next) && i >= arg) {
          foldTupleOnConstants(block, i, constants, flags);
        }
        break;
      case Op.POP_JUMP_IF_FALSE:
      case Op.POP_JUMP_IF_TRUE:
      case Op.POP_JUMP_IF_NONE:
      case Op.POP_JUMP_IF_NOT_NONE:
      case Op.JUMP:
        if (threadJumpInLine(instruction)) i--;
        break;
      case Op.SWAP:
        if (arg === 1) setOp(instruction, Op.NOP, 0);
        else i = optimizeSwapsFrom(instructions, i);
        break;
      case Op.PUSH_NULL:
        if (next?.op === Op.LOAD_GLOBAL && (next.arg & 1) === 0) {
          setOp(instruction, Op.NOP, 0);
          next.arg |= 1;
        }
        break;
    }
  }
}

/** What is known of a constant, or of its copy, decides what comes next. Gives the index of the last that is done with. */
function optimizeConstant(
  instructions: readonly Instruction[],
  at: number,
  arg: number,
  constants: Constants,
): number {
  const load = instructions[at];
  const next = instructions[at + 1];
  switch (next.op) {
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_TRUE:
      setOp(load, Op.NOP, 0);
      decideJump(next, isTruthy(constants.values[arg]) === (next.op === Op.POP_JUMP_IF_TRUE));
      return at;
    case Op.IS_OP:
      if (constants.values[arg].type === ConstantType.None) jumpOnNone(load, next, instructions.at(at + 2));
      return at;
    case Op.RETURN_VALUE:
      setOp(load, Op.NOP, 0);
      setOp(next, Op.RETURN_CONST, arg);
      return at + 1;
    default:
      return at;
  }
}

/** Where a jump leads to a JUMP of its own line, or of none, lets it jump on at once. CPython 3.12: jump_thread(). */
function threadJumpInLine(jump: Instruction): boolean {
  const first = jump.target && jump.target.instructions.length > 0 ? jump.target.instructions[0] : null;
  if (first?.op !== Op.JUMP || first.target === jump.target) return false;
  const { lineno } = first.location;
  if (lineno !== jump.location.lineno && lineno !== -1) return false;
  jump.target = first.target;
  return true;
}
