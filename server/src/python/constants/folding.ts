// Constant folding: what CPython computes of an expression before it generates code, or not, by its limits.
// CPython: Python/ast_opt.c, fold_unaryop(), fold_binop(), fold_tuple(), fold_subscr().
import { ExprContext, NodeKind, Operator, UnaryOperator } from '../ast/kinds.ts';
import type { BinOp, Expression } from '../ast/expressions.ts';
import { NEWEST_FOLDING, type FoldingDialect } from '../versions/foldingDialect.ts';
import {
  arithmetic,
  asInt,
  bitLength,
  bitwise,
  concatenate,
  invert,
  isSequence,
  isTrue,
  length,
  negative,
  not,
  positive,
  repeat,
  shift,
  subscript,
  type Sequence,
} from './arithmetic.ts';
import { ConstantType, TRUE, type ConstantValue } from './values.ts';

export { isTrue };

// CPython: Python/ast_opt.c, MAX_INT_SIZE and the others.
const MAX_INT_BITS = 128;
const MAX_COLLECTION_SIZE = 256;
const MAX_STR_SIZE = 4096;
const MAX_TOTAL_ITEMS = 1024;
/** CPython: PY_SSIZE_T_MAX. */
const MAX_SSIZE = 2n ** 63n - 1n;

/** Deeper trees are not folded; CPython's own recursion limit comes first. */
const MAX_DEPTH = 500;

/**
 * The value of an expression of constants, if CPython computes it at compile time, on the AST.
 *
 * @param debug what `__debug__` is: False under -O
 */
export function foldConstant(
  e: Expression,
  rules: FoldingDialect = NEWEST_FOLDING,
  debug: ConstantValue = TRUE,
): ConstantValue | undefined {
  return fold(e, { rules, debug }, 0);
}

interface Context {
  readonly rules: FoldingDialect;
  /** `__debug__` */
  readonly debug: ConstantValue;
}

function fold(e: Expression, context: Context, depth: number): ConstantValue | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (e.kind) {
    case NodeKind.Constant:
      return e.value;
    case NodeKind.Name:
      return e.id === '__debug__' && e.ctx === ExprContext.Load ? context.debug : undefined;
    case NodeKind.UnaryOp: {
      const operand = fold(e.operand, context, depth + 1);
      return operand && foldUnary(e.op, operand, context.rules);
    }
    case NodeKind.BinOp:
      return foldBinaryChain(e, context, depth);
    case NodeKind.Tuple: {
      if (e.ctx !== ExprContext.Load) return undefined;
      const items: ConstantValue[] = [];
      for (const elt of e.elts) {
        const item = fold(elt, context, depth + 1);
        if (!item) return undefined;
        items.push(item);
      }
      return { type: ConstantType.Tuple, items };
    }
    case NodeKind.Subscript: {
      if (e.ctx !== ExprContext.Load) return undefined;
      const value = fold(e.value, context, depth + 1);
      const index = value && fold(e.slice, context, depth + 1);
      return value && index && foldSubscript(value, index);
    }
    default:
      return undefined;
  }
}

/** `value[index]`; on the flow graph the index may be a slice, too. */
export const foldSubscript = subscript;

/** A BinOp whose left operand may be a long chain of them. */
function foldBinaryChain(e: BinOp, context: Context, depth: number): ConstantValue | undefined {
  const chain = [e];
  let { left } = e;
  while (left.kind === NodeKind.BinOp) {
    chain.push(left);
    left = left.left;
  }
  let value = fold(left, context, depth + 1);
  for (let i = chain.length - 1; value && i >= 0; i--) {
    const right = fold(chain[i].right, context, depth + 1);
    value = right && foldBinary(chain[i].op, value, right, context.rules);
  }
  return value;
}

/** A unary operator on a constant. */
export function foldUnary(
  op: UnaryOperator,
  operand: ConstantValue,
  rules: FoldingDialect = NEWEST_FOLDING,
): ConstantValue | undefined {
  switch (op) {
    case UnaryOperator.Invert:
      return invert(operand, rules);
    case UnaryOperator.Not:
      return not(operand);
    case UnaryOperator.UAdd:
      return positive(operand);
    case UnaryOperator.USub:
      return negative(operand);
  }
}

/** A binary operator on two constants within CPython's limits. */
export function foldBinary(
  op: Operator,
  left: ConstantValue,
  right: ConstantValue,
  rules: FoldingDialect = NEWEST_FOLDING,
): ConstantValue | undefined {
  switch (op) {
    case Operator.Add:
      return concatenate(left, right) ?? arithmetic('+', left, right, rules);
    case Operator.Sub:
      return arithmetic('-', left, right, rules);
    case Operator.Mult:
      return multiply(left, right, rules);
    case Operator.Div:
      return arithmetic('/', left, right, rules);
    case Operator.FloorDiv:
      return arithmetic('//', left, right, rules);
    case Operator.Mod:
      return arithmetic('%', left, right, rules);
    case Operator.Pow:
      return power(left, right, rules);
    case Operator.LShift: {
      const x = asInt(left);
      const y = asInt(right);
      if (x === undefined || y === undefined) return undefined;
      if (x !== 0n && y > 0n && (y > BigInt(MAX_INT_BITS) || bitLength(x) > MAX_INT_BITS - Number(y)))
        return undefined;
      return x === 0n && y > 0n ? { type: ConstantType.Int, value: 0n } : shift('<<', left, right);
    }
    case Operator.RShift:
      return shift('>>', left, right);
    case Operator.BitOr:
      return bitwise('|', left, right);
    case Operator.BitXor:
      return bitwise('^', left, right);
    case Operator.BitAnd:
      return bitwise('&', left, right);
    case Operator.MatMult:
      return undefined;
  }
}

/** CPython: safe_multiply(). */
function multiply(
  left: ConstantValue,
  right: ConstantValue,
  rules: FoldingDialect,
): ConstantValue | undefined {
  if (isSequence(left)) return repeatWithin(left, right);
  if (isSequence(right)) return repeatWithin(right, left);
  const x = asInt(left);
  const y = asInt(right);
  if (x && y && bitLength(x) + bitLength(y) > MAX_INT_BITS) return undefined;
  return arithmetic('*', left, right, rules);
}

function repeatWithin(value: Sequence, times: ConstantValue): ConstantValue | undefined {
  const count = asInt(times);
  if (count === undefined) return undefined;
  const size = length(value);
  if (size === 0 && (count > MAX_SSIZE || count < -MAX_SSIZE - 1n)) return undefined;
  if (size > 0) {
    const limit = value.type === ConstantType.Tuple ? MAX_COLLECTION_SIZE : MAX_STR_SIZE;
    if (count < 0n || count > BigInt(Math.floor(limit / size))) return undefined;
    if (count > 0n && totalItems(value, Math.floor(MAX_TOTAL_ITEMS / Number(count))) < 0) return undefined;
  }
  return repeat(value, count);
}

/** What is left of `limit` after the items of a tuple, nested ones too; negative if it does not do. */
function totalItems(value: ConstantValue, limit: number): number {
  if (value.type !== ConstantType.Tuple) return limit;
  let rest = limit - value.items.length;
  for (const item of value.items) {
    if (rest < 0) return -1;
    rest = totalItems(item, rest);
  }
  return rest;
}

/** CPython: safe_power(). */
function power(left: ConstantValue, right: ConstantValue, rules: FoldingDialect): ConstantValue | undefined {
  const x = asInt(left);
  const y = asInt(right);
  if (x && y && y > 0n && BigInt(bitLength(x)) * y > BigInt(MAX_INT_BITS)) return undefined;
  return x === 0n && y !== undefined && y > 0n
    ? { type: ConstantType.Int, value: 0n }
    : arithmetic('**', left, right, rules);
}
