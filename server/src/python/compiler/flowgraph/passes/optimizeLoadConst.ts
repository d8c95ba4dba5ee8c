// CPython: optimize_load_const() in Python/flowgraph.c, as 3.13 has it.
import { ConstantType, FALSE, TRUE } from '../../../constants/values.ts';
import { isTrue } from '../../../constants/folding.ts';
import type { Constant } from '../../../code/constant.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { Constants, GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { setOp, type FlowGraph } from '../graph.ts';

/** Decides what is known of a constant: jumps that test it, its truth, comparisons with None; returns it at once. */
export function optimizeLoadConst(graph: FlowGraph, { constants }: GeneratedUnit): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    optimizeBlock(block.instructions, constants);
  }
}

function optimizeBlock(instructions: readonly Instruction[], constants: Constants): void {
  let op = -1;
  let arg = 0;
  for (let i = 0; i + 1 < instructions.length; i++) {
    const load = instructions[i];
    // A copy of a constant is that constant.
    if (!(op === Op.LOAD_CONST && load.op === Op.COPY && load.arg === 1)) {
      op = load.op;
      arg = load.arg;
    }
    if (op !== Op.LOAD_CONST) continue;
    const next = instructions[i + 1];
    switch (next.op) {
      case Op.POP_JUMP_IF_FALSE:
      case Op.POP_JUMP_IF_TRUE:
        setOp(load, Op.NOP, 0);
        if (isTruthy(constants.values[arg]) === (next.op === Op.POP_JUMP_IF_TRUE)) next.op = Op.JUMP;
        else setOp(next, Op.NOP, 0);
        break;
      case Op.IS_OP:
        if (constants.values[arg].type === ConstantType.None) compareWithNone(instructions, i);
        break;
      case Op.RETURN_VALUE:
        setOp(load, Op.NOP, 0);
        setOp(next, Op.RETURN_CONST, arg);
        i++;
        break;
      case Op.TO_BOOL:
        setOp(load, Op.NOP, 0);
        setOp(next, Op.LOAD_CONST, constants.add(isTruthy(constants.values[arg]) ? TRUE : FALSE));
        break;
    }
  }
}

/** `x is None`, and a jump on that with or without TO_BOOL between: one instruction. */
function compareWithNone(instructions: readonly Instruction[], at: number): void {
  let next = at + 2;
  if (next < instructions.length && instructions[next].op === Op.TO_BOOL) {
    setOp(instructions[next], Op.NOP, 0);
    next++;
  }
  if (next >= instructions.length) return;
  const jump = instructions[next];
  if (jump.op !== Op.POP_JUMP_IF_FALSE && jump.op !== Op.POP_JUMP_IF_TRUE) return;
  const is = instructions[at + 1];
  const jumpsIfNone = (is.arg === 0) === (jump.op === Op.POP_JUMP_IF_TRUE);
  setOp(instructions[at], Op.NOP, 0);
  setOp(is, Op.NOP, 0);
  jump.op = jumpsIfNone ? Op.POP_JUMP_IF_NONE : Op.POP_JUMP_IF_NOT_NONE;
}

const isTruthy = (value: Constant): boolean => value.type === ConstantType.Code || isTrue(value);
