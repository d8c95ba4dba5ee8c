// CPython: optimize_load_const() in Python/flowgraph.c. Up to 3.13 it also makes RETURN_CONST; later it finds the
// constants that have instructions of their own.
import { isTrue } from '../../../constants/arithmetic.ts';
import { ConstantType, FALSE, TRUE } from '../../../constants/values.ts';
import type { Constant } from '../../../code/constant.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { ConstantLoads } from '../constantLoads.ts';
import { setOp, type BackEndContext, type FlowGraph } from '../graph.ts';

/** Decides what is known of a constant: jumps that test it, its truth, comparisons with None. */
export function optimizeLoadConst(
  graph: FlowGraph,
  { constants }: GeneratedUnit,
  { opcodes, dialect: { flowgraph } }: BackEndContext,
): void {
  const loads = new ConstantLoads(constants, opcodes);
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    optimizeBlock(block.instructions, loads, flowgraph.foldsConstants);
  }
}

function optimizeBlock(
  instructions: readonly Instruction[],
  loads: ConstantLoads,
  hasOwnLoads: boolean,
): void {
  /** The constant that is on top of the stack. */
  let value: Constant | undefined;
  let isFromTable = false;
  for (let i = 0; i < instructions.length; i++) {
    const load = instructions[i];
    const isLoadConst = load.op === Op.LOAD_CONST;
    // A copy of a constant is that constant.
    if (!(isFromTable && load.op === Op.COPY && load.arg === 1)) {
      value = loads.valueOf(load);
      isFromTable = isLoadConst;
      if (isLoadConst && hasOwnLoads && value && loads.loadSmallInt(load, value)) isFromTable = false;
    }
    if (!value) continue;
    if (i + 1 < instructions.length) i += useConstant(instructions, i, value, loads, hasOwnLoads);
    if (isLoadConst && hasOwnLoads && load.op === Op.LOAD_CONST) loads.loadCommon(load, value);
  }
}

/** Looks what follows the load of `value` at `at`; says how many instructions more are done with. */
function useConstant(
  instructions: readonly Instruction[],
  at: number,
  value: Constant,
  loads: ConstantLoads,
  hasOwnLoads: boolean,
): number {
  const load = instructions[at];
  const next = instructions[at + 1];
  switch (next.op) {
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_TRUE:
      setOp(load, Op.NOP, 0);
      decideJump(next, isTruthy(value) === (next.op === Op.POP_JUMP_IF_TRUE));
      break;
    case Op.JUMP_IF_FALSE:
    case Op.JUMP_IF_TRUE:
      decideJump(next, isTruthy(value) === (next.op === Op.JUMP_IF_TRUE));
      break;
    case Op.IS_OP:
      if (value.type === ConstantType.None) compareWithNone(instructions, at);
      break;
    case Op.RETURN_VALUE:
      if (hasOwnLoads) break;
      setOp(next, Op.RETURN_CONST, load.arg);
      setOp(load, Op.NOP, 0);
      return 1;
    case Op.TO_BOOL:
      setOp(load, Op.NOP, 0);
      loads.loadFromTable(next, isTruthy(value) ? TRUE : FALSE);
      break;
  }
  return 0;
}

/** Makes a jump on a constant one that is always taken, or a NOP. */
export function decideJump(jump: Instruction, isTaken: boolean): void {
  if (isTaken) jump.op = Op.JUMP;
  else setOp(jump, Op.NOP, 0);
}

/** `x is None`, and a jump on that with or without TO_BOOL between: one instruction. */
function compareWithNone(instructions: readonly Instruction[], at: number): void {
  let next = at + 2;
  if (next < instructions.length && instructions[next].op === Op.TO_BOOL) {
    setOp(instructions[next], Op.NOP, 0);
    next++;
  }
  jumpOnNone(instructions[at], instructions[at + 1], instructions.at(next));
}

/** Makes one instruction of the load of None, IS_OP and a jump, if a jump is what follows. */
export function jumpOnNone(load: Instruction, is: Instruction, jump: Instruction | undefined): void {
  if (jump?.op !== Op.POP_JUMP_IF_FALSE && jump?.op !== Op.POP_JUMP_IF_TRUE) return;
  const jumpsIfNone = (is.arg === 0) === (jump.op === Op.POP_JUMP_IF_TRUE);
  setOp(load, Op.NOP, 0);
  setOp(is, Op.NOP, 0);
  jump.op = jumpsIfNone ? Op.POP_JUMP_IF_NONE : Op.POP_JUMP_IF_NOT_NONE;
}

export const isTruthy = (value: Constant): boolean => value.type === ConstantType.Code || isTrue(value);
