// Constant folding on the flow graph, as 3.14 and later do it: instructions that load constants and one that computes
// with them become one that loads the result. CPython: fold_tuple_of_constants(), optimize_lists_and_sets(),
// fold_const_binop() and others in Python/flowgraph.c.
import { Operator, UnaryOperator } from '../../ast/kinds.ts';
import { foldBinary, foldSubscript, foldUnary } from '../../constants/folding.ts';
import { equalityKey } from '../../constants/key.ts';
import { ConstantType, type ConstantValue } from '../../constants/values.ts';
import type { FoldingDialect } from '../../versions/foldingDialect.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Instruction } from '../unit/instructions.ts';
import { NO_LOCATION } from '../unit/location.ts';
import type { ConstantLoads } from './constantLoads.ts';
import { made, setOp } from './graph.ts';

/** CPython: _PY_STACK_USE_GUIDELINE. Displays of more items are built in pieces. */
const MOST_ITEMS = 30;
/** Shorter lists and sets are built of their items. CPython: MIN_CONST_SEQUENCE_SIZE. */
const FEWEST_ITEMS = 3;

/** CALL_INTRINSIC_1's arguments. CPython: INTRINSIC_UNARY_POSITIVE, INTRINSIC_LIST_TO_TUPLE. */
export const UNARY_POSITIVE = 5;
export const LIST_TO_TUPLE = 6;

/** BINARY_OP's argument for `a[b]`. CPython: NB_SUBSCR. */
const SUBSCRIPT = 26;
/** What BINARY_OP's arguments mean, in the order of CPython's NB_…; the in-place ones after them have no constants. */
const OPERATORS: readonly Operator[] = [
  Operator.Add,
  Operator.BitAnd,
  Operator.FloorDiv,
  Operator.LShift,
  Operator.MatMult,
  Operator.Mult,
  Operator.Mod,
  Operator.BitOr,
  Operator.Pow,
  Operator.RShift,
  Operator.Sub,
  Operator.Div,
  Operator.BitXor,
];

/** The instructions that load a sequence's items, first to last; the array is used again for the next one. */
const loading: Instruction[] = [];

/**
 * Collects `count` instructions that load constants, the last at `last` or before with NOPs between; says whether
 * there are so many. CPython: get_const_loading_instrs().
 */
function collectLoads(
  instructions: readonly Instruction[],
  last: number,
  count: number,
  loads: ConstantLoads,
): boolean {
  loading.length = count;
  let missing = count;
  for (let i = last; i >= 0 && missing > 0; i--) {
    const instruction = instructions[i];
    if (instruction.op === Op.NOP) continue;
    if (!loads.valueOf(instruction)) return false;
    loading[--missing] = instruction;
  }
  return missing === 0;
}

/** The values of the collected loads; undefined if there is a code object among them. */
function collectedValues(loads: ConstantLoads): ConstantValue[] | undefined {
  const values: ConstantValue[] = [];
  for (const instruction of loading) {
    const value = loads.valueOf(instruction);
    if (!value || value.type === ConstantType.Code) return undefined;
    values.push(value);
  }
  return values;
}

/** CPython: nop_out(). */
function removeCollected(): void {
  for (const instruction of loading) remove(instruction);
}

function remove(instruction: Instruction): void {
  setOp(instruction, Op.NOP, 0);
  loseLine(instruction);
}

function loseLine(instruction: Instruction): void {
  instruction.location = NO_LOCATION;
  made.lineless++;
}

/** `at` is BUILD_TUPLE. CPython: fold_tuple_of_constants(). */
export function foldTuple(instructions: readonly Instruction[], at: number, loads: ConstantLoads): void {
  const build = instructions[at];
  if (build.arg > MOST_ITEMS || !collectLoads(instructions, at - 1, build.arg, loads)) return;
  const items = collectedValues(loads);
  if (!items) return;
  removeCollected();
  loads.load(build, { type: ConstantType.Tuple, items });
}

/**
 * A long display of constants, built item by item: BUILD_LIST 0, then a constant and LIST_APPEND 1 for each, is one
 * constant. `at` is the intrinsic that makes a tuple of it, or the last LIST_APPEND or SET_ADD itself.
 * CPython: fold_constant_intrinsic_list_to_tuple(), from 3.15 on fold_constant_seq_into_load_const().
 */
export function foldLongDisplay(
  instructions: readonly Instruction[],
  at: number,
  loads: ConstantLoads,
): void {
  const target = instructions[at];
  const isIntrinsic = target.op === Op.CALL_INTRINSIC_1;
  const append = isIntrinsic ? Op.LIST_APPEND : target.op;
  const build = append === Op.LIST_APPEND ? Op.BUILD_LIST : Op.BUILD_SET;
  let expectsAppend = isIntrinsic;
  let start = at - 1;
  for (; start >= 0; start--) {
    const instruction = instructions[start];
    if (instruction.op === Op.NOP) continue;
    if (instruction.op === build && instruction.arg === 0) break;
    if (expectsAppend ? instruction.op !== append || instruction.arg !== 1 : !loads.valueOf(instruction))
      return;
    expectsAppend = !expectsAppend;
  }
  if (start < 0 || !expectsAppend) return;

  const items: ConstantValue[] = [];
  for (let i = start; i < at; i++) {
    const value = loads.valueOf(instructions[i]);
    if (!value) continue;
    if (value.type === ConstantType.Code) return;
    items.push(value);
  }
  for (let i = start; i < at; i++) {
    if (instructions[i].op !== Op.NOP) remove(instructions[i]);
  }
  if (!isIntrinsic) loseLine(target);
  loads.load(target, build === Op.BUILD_SET ? frozenSet(items) : { type: ConstantType.Tuple, items });
}

/**
 * Lists and sets of constants: a constant where they are only looked through (`isLookedThrough`: iteration, `in`),
 * elsewhere built from one. `at` is BUILD_LIST or BUILD_SET. CPython: optimize_lists_and_sets().
 */
export function optimizeListsAndSets(
  instructions: readonly Instruction[],
  at: number,
  isLookedThrough: boolean,
  loads: ConstantLoads,
): void {
  const build = instructions[at];
  const { op, arg: count } = build;
  if (count > MOST_ITEMS || (count < FEWEST_ITEMS && !isLookedThrough)) return;
  if (!collectLoads(instructions, at - 1, count, loads)) {
    if (isLookedThrough && op === Op.BUILD_LIST) build.op = Op.BUILD_TUPLE;
    return;
  }
  const items = collectedValues(loads);
  if (!items) return;
  const value: ConstantValue = op === Op.BUILD_SET ? frozenSet(items) : { type: ConstantType.Tuple, items };
  removeCollected();
  if (isLookedThrough) {
    loads.loadFromTable(build, value);
    return;
  }
  const empty = instructions[at - 2];
  empty.location = build.location;
  setOp(empty, op, 0);
  loads.loadFromTable(instructions[at - 1], value);
  setOp(build, op === Op.BUILD_LIST ? Op.LIST_EXTEND : Op.SET_UPDATE, 1);
}

function frozenSet(items: readonly ConstantValue[]): ConstantValue {
  const different = new Map<string, ConstantValue>();
  for (const item of items) {
    const key = equalityKey(item);
    if (!different.has(key)) different.set(key, item);
  }
  return { type: ConstantType.FrozenSet, items: [...different.values()] };
}

/** `at` is UNARY_… or the intrinsic for `+x`. CPython: fold_const_unaryop(). */
export function foldUnaryOp(
  instructions: readonly Instruction[],
  at: number,
  loads: ConstantLoads,
  rules: FoldingDialect,
): void {
  if (!collectLoads(instructions, at - 1, 1, loads)) return;
  const operator = instructions[at];
  const operand = loads.valueOf(loading[0]);
  if (!operand || operand.type === ConstantType.Code) return;
  const result = foldUnary(unaryOperator(operator.op), operand, rules);
  if (!result) return;
  removeCollected();
  loads.load(operator, result);
}

function unaryOperator(op: Op): UnaryOperator {
  switch (op) {
    case Op.UNARY_NEGATIVE:
      return UnaryOperator.USub;
    case Op.UNARY_INVERT:
      return UnaryOperator.Invert;
    case Op.UNARY_NOT:
      return UnaryOperator.Not;
    default:
      return UnaryOperator.UAdd;
  }
}

/** `at` is BINARY_OP. CPython: fold_const_binop(). */
export function foldBinaryOp(
  instructions: readonly Instruction[],
  at: number,
  loads: ConstantLoads,
  rules: FoldingDialect,
): void {
  if (!collectLoads(instructions, at - 1, 2, loads)) return;
  const operator = instructions[at];
  const operands = collectedValues(loads);
  if (!operands) return;
  const [left, right] = operands;
  const result =
    operator.arg === SUBSCRIPT
      ? foldSubscript(left, right)
      : operator.arg < OPERATORS.length
        ? foldBinary(OPERATORS[operator.arg], left, right, rules)
        : undefined;
  if (!result) return;
  removeCollected();
  loads.load(operator, result);
}
