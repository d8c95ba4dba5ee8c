// CPython: optimize_basic_block() in Python/flowgraph.c.
import type { ConstantValue } from '../../../constants/values.ts';
import { ConstantType } from '../../../constants/values.ts';
import type { Dialect } from '../../../versions/dialect.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { Has } from '../../../versions/opcodes/opcodeTable.ts';
import type { Constants, GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { ConstantLoads } from '../constantLoads.ts';
import {
  foldBinaryOp,
  foldLongDisplay,
  foldTuple,
  foldUnaryOp,
  LIST_TO_TUPLE,
  optimizeListsAndSets,
  UNARY_POSITIVE,
} from '../constantFolding.ts';
import { setOp, type BackEndContext, type FlowGraph } from '../graph.ts';
import { threadJump } from '../threadJump.ts';
import { optimizeSwaps } from '../swaps.ts';

/** COMPARE_OP's bit for a result that is True or False. */
const TO_BOOL_BIT = 16;

/** The small improvements that one look at neighbours in a block gives. */
export function optimizeBasicBlocks(
  graph: FlowGraph,
  { constants }: GeneratedUnit,
  { opcodes, dialect }: BackEndContext,
): void {
  const loads = dialect.flowgraph.foldsConstants ? new ConstantLoads(constants, opcodes) : null;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    if (optimizeBasicBlock(block, constants, opcodes.flags, loads, dialect))
      optimizeSwaps(block.instructions);
  }
}

/** `loads` is null where constants have been folded before, on the AST. Gives whether there are SWAPs. */
function optimizeBasicBlock(
  block: BasicBlock,
  constants: Constants,
  flags: Uint16Array,
  loads: ConstantLoads | null,
  { folding, flowgraph: { foldsLongDisplays, addedJumpHandler } }: Dialect,
): boolean {
  let hasSwaps = false;
  const { instructions } = block;
  const isProtected = addedJumpHandler === 'same';
  // Jumps that are threaded are appended and looked at in turn.
  for (let i = 0; i < instructions.length; i++) {
    const instruction = instructions[i];
    const { op, arg } = instruction;
    const next = i + 1 < instructions.length ? instructions[i + 1] : null;
    switch (op) {
      case Op.BUILD_TUPLE:
        if (swapInsteadOfTuple(instruction, next)) break;
        if (loads) {
          foldTuple(instructions, i, loads);
        } else if (i >= arg) {
          foldTupleOnConstants(block, i, constants, flags);
        }
        break;
      case Op.BUILD_LIST:
      case Op.BUILD_SET:
        if (loads) optimizeListsAndSets(instructions, i, looksThrough(next), loads);
        break;
      case Op.LIST_APPEND:
      case Op.SET_ADD:
        if (loads && foldsLongDisplays && arg === 1 && looksThrough(next)) {
          foldLongDisplay(instructions, i, loads);
        }
        break;
      case Op.POP_JUMP_IF_FALSE:
      case Op.POP_JUMP_IF_TRUE:
      case Op.POP_JUMP_IF_NONE:
      case Op.POP_JUMP_IF_NOT_NONE:
        threadJump(block, instruction, Op.JUMP, op, isProtected);
        break;
      case Op.JUMP_IF_FALSE:
        if (threadConditional(block, instruction, op, Op.JUMP_IF_TRUE, isProtected)) i--;
        break;
      case Op.JUMP_IF_TRUE:
        if (threadConditional(block, instruction, op, Op.JUMP_IF_FALSE, isProtected)) i--;
        break;
      case Op.JUMP:
        if (!threadJump(block, instruction, Op.JUMP, Op.JUMP, isProtected)) {
          threadJump(block, instruction, Op.JUMP_NO_INTERRUPT, Op.JUMP, isProtected);
        }
        break;
      case Op.JUMP_NO_INTERRUPT:
        if (!threadJump(block, instruction, Op.JUMP, Op.JUMP, isProtected)) {
          threadJump(block, instruction, Op.JUMP_NO_INTERRUPT, Op.JUMP_NO_INTERRUPT, isProtected);
        }
        break;
      case Op.STORE_FAST:
        if (next?.op === op && next.arg === arg && next.location.lineno === instruction.location.lineno) {
          setOp(instruction, Op.POP_TOP, 0);
        }
        break;
      case Op.SWAP:
        if (arg === 1) setOp(instruction, Op.NOP, 0);
        else hasSwaps = true;
        break;
      case Op.LOAD_GLOBAL:
        if (next?.op === Op.PUSH_NULL && (arg & 1) === 0) {
          instruction.arg = arg | 1;
          setOp(next, Op.NOP, 0);
        }
        break;
      case Op.COMPARE_OP:
        if (next?.op === Op.TO_BOOL) {
          setOp(instruction, Op.NOP, 0);
          setOp(next, Op.COMPARE_OP, arg | TO_BOOL_BIT);
        }
        break;
      case Op.CONTAINS_OP:
      case Op.IS_OP:
        if (next?.op === Op.TO_BOOL) {
          setOp(instruction, Op.NOP, 0);
          setOp(next, op, arg);
        } else if (loads && next?.op === Op.UNARY_NOT) {
          setOp(instruction, Op.NOP, 0);
          setOp(next, op, arg ^ 1);
        }
        break;
      case Op.TO_BOOL:
        if (next?.op === Op.TO_BOOL) setOp(instruction, Op.NOP, 0);
        break;
      case Op.UNARY_NOT:
        if (next?.op === Op.TO_BOOL) {
          setOp(instruction, Op.NOP, 0);
          setOp(next, Op.UNARY_NOT, 0);
        } else if (next?.op === Op.UNARY_NOT) {
          setOp(instruction, Op.NOP, 0);
          setOp(next, Op.NOP, 0);
        } else if (loads) {
          foldUnaryOp(instructions, i, loads, folding);
        }
        break;
      case Op.UNARY_INVERT:
      case Op.UNARY_NEGATIVE:
        if (loads) foldUnaryOp(instructions, i, loads, folding);
        break;
      case Op.CALL_INTRINSIC_1:
        if (!loads) break;
        if (arg === UNARY_POSITIVE) {
          foldUnaryOp(instructions, i, loads, folding);
        } else if (arg === LIST_TO_TUPLE) {
          const isIterated = next?.op === Op.GET_ITER;
          if (foldsLongDisplays || !isIterated) foldLongDisplay(instructions, i, loads);
          if (isIterated && instruction.op === Op.CALL_INTRINSIC_1) setOp(instruction, Op.NOP, 0);
        }
        break;
      case Op.BINARY_OP:
        if (loads) foldBinaryOp(instructions, i, loads, folding);
        break;
    }
  }
  return hasSwaps;
}

/** Whether a collection before this instruction is only looked through, so that a constant one will do. */
const looksThrough = (next: Instruction | null): boolean =>
  next !== null && (next.op === Op.GET_ITER || next.op === Op.CONTAINS_OP);

/**
 * A jump that keeps what it tests: one to its like or to a JUMP is threaded, one to its `opposite` leads past that. Says
 * whether the instruction is to be looked at again.
 */
function threadConditional(
  block: BasicBlock,
  jump: Instruction,
  op: Op,
  opposite: Op,
  isProtected: boolean,
): boolean {
  if (threadJump(block, jump, Op.JUMP, op, isProtected) || threadJump(block, jump, op, op, isProtected))
    return false;
  const { target } = jump;
  if (!target?.next || target.instructions[0]?.op !== opposite) return false;
  jump.target = target.next;
  return true;
}

/** A tuple of up to three that is unpacked at once is never made. CPython: optimize_basic_block(), BUILD_TUPLE. */
export function swapInsteadOfTuple(build: Instruction, next: Instruction | null): boolean {
  const { arg } = build;
  if (next?.op !== Op.UNPACK_SEQUENCE || next.arg !== arg || arg < 1 || arg > 3) return false;
  setOp(build, Op.NOP, 0);
  if (arg === 1) setOp(next, Op.NOP, 0);
  else next.op = Op.SWAP;
  return true;
}

/**
 * A tuple built of constants is a constant; `at` is BUILD_TUPLE. Unless it `clears` them, NOPs keep the arguments of what
 * they were. CPython: fold_tuple_on_constants().
 */
export function foldTupleOnConstants(
  { instructions }: BasicBlock,
  at: number,
  constants: Constants,
  flags: Uint16Array,
  clears = true,
): void {
  const first = at - instructions[at].arg;
  for (let i = first; i < at; i++) {
    if ((flags[instructions[i].op] & Has.Const) === 0) return;
  }
  const items: ConstantValue[] = [];
  for (let i = first; i < at; i++) {
    const item = constants.values[instructions[i].arg];
    if (item.type === ConstantType.Code) return;
    items.push(item);
  }
  for (let i = first; i < at; i++) setOp(instructions[i], Op.NOP, clears ? 0 : instructions[i].arg);
  setOp(instructions[at], Op.LOAD_CONST, constants.add({ type: ConstantType.Tuple, items }));
}
