// Python's operators on constants: ints without bounds, floats, complex numbers, str, bytes and tuples. Every
// function gives undefined where Python would raise. CPython: Objects/longobject.c, floatobject.c, complexobject.c.
import type { FoldingDialect } from '../versions/foldingDialect.ts';
import { complexOperation, complexPower, type Complex } from './complex.ts';
import { bitCount, pow, roundedFloat } from './libm.ts';
import {
  ConstantType,
  FALSE,
  TRUE,
  type BytesConstant,
  type ComplexConstant,
  type ConstantValue,
  type FloatConstant,
  type SliceConstant,
  type StrConstant,
  type TupleConstant,
} from './values.ts';

const int = (value: bigint): ConstantValue => ({ type: ConstantType.Int, value });
const float = (value: number): FloatConstant => ({ type: ConstantType.Float, value });
const complex = ([real, imag]: Complex): ComplexConstant => ({ type: ConstantType.Complex, real, imag });

/** `bool(value)`. */
export function isTrue(value: ConstantValue): boolean {
  switch (value.type) {
    case ConstantType.None:
      return false;
    case ConstantType.Bool:
      return value.value;
    case ConstantType.Int:
      return value.value !== 0n;
    case ConstantType.Float:
      return value.value !== 0;
    case ConstantType.Complex:
      return value.real !== 0 || value.imag !== 0;
    case ConstantType.Str:
    case ConstantType.Bytes:
      return value.value.length > 0;
    case ConstantType.Tuple:
    case ConstantType.FrozenSet:
      return value.items.length > 0;
    case ConstantType.Ellipsis:
    case ConstantType.Slice:
      return true;
  }
}

/** An int or bool as a bigint. */
export function asInt(value: ConstantValue): bigint | undefined {
  if (value.type === ConstantType.Int) return value.value;
  if (value.type === ConstantType.Bool) return value.value ? 1n : 0n;
  return undefined;
}

/** An int, bool or float as a float; an int too large for one raises. */
function asFloat(value: ConstantValue): number | undefined {
  if (value.type === ConstantType.Float) return value.value;
  const number = asInt(value);
  if (number === undefined) return undefined;
  const result = Number(number);
  return Number.isFinite(result) ? result : undefined;
}

const absolute = (value: bigint) => (value < 0n ? -value : value);

/** How many bits an int takes, without its sign. */
export const bitLength = (value: bigint): number => bitCount(absolute(value));

// ---- Unary operators ---------------------------------------------------------------------------------------

export function invert(value: ConstantValue, rules: FoldingDialect): ConstantValue | undefined {
  if (value.type === ConstantType.Bool && !rules.invertsBools) return undefined;
  const number = asInt(value);
  return number === undefined ? undefined : int(~number);
}

/** The number, with the sign of what in it is not one. */
function withNan(value: FloatConstant | ComplexConstant, positive: boolean): ConstantValue {
  const hasNan =
    value.type === ConstantType.Float
      ? Number.isNaN(value.value)
      : Number.isNaN(value.real) || Number.isNaN(value.imag);
  return positive && hasNan ? { ...value, positiveNan: true } : value;
}

export const not = (value: ConstantValue): ConstantValue => (isTrue(value) ? FALSE : TRUE);

export function positive(value: ConstantValue): ConstantValue | undefined {
  const { type } = value;
  if (type === ConstantType.Int || type === ConstantType.Float || type === ConstantType.Complex) return value;
  const number = asInt(value);
  return number === undefined ? undefined : int(number);
}

export function negative(value: ConstantValue): ConstantValue | undefined {
  if (value.type === ConstantType.Float) {
    return Number.isNaN(value.value) ? withNan(value, !value.positiveNan) : float(-value.value);
  }
  if (value.type === ConstantType.Complex) {
    const { real, imag } = value;
    return withNan({ type: ConstantType.Complex, real: -real, imag: -imag }, !value.positiveNan);
  }
  const number = asInt(value);
  return number === undefined ? undefined : int(-number);
}

// ---- Numbers -----------------------------------------------------------------------------------------------

const floorDivideInts = (a: bigint, b: bigint): bigint => {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
};

/** int / int, rounded once; undefined where the quotient is too large for a float. CPython: long_true_divide(). */
function trueDivideInts(a: bigint, b: bigint): number | undefined {
  const sizeA = bitLength(a);
  const sizeB = bitLength(b);
  if (sizeA <= 53 && sizeB <= 53) return Number(a) / Number(b);
  const sign = a < 0n === b < 0n ? 1 : -1;
  if (sizeA - sizeB < -1100) return sign * 0;
  // The quotient in units of 2 ** -shift: with 64 bits at least, or as many as the smallest float has. A sticky last
  // bit makes the one rounding that follows right.
  const shift = Math.min(64 - sizeA + sizeB, 1100);
  const scaled = shift > 0 ? absolute(a) << BigInt(shift) : absolute(a);
  const divisor = shift > 0 ? absolute(b) : absolute(b) << BigInt(-shift);
  const quotient = scaled / divisor;
  const exact = scaled % divisor === 0n;
  const result = roundedFloat(exact ? quotient << 1n : (quotient << 1n) | 1n, -shift - 1);
  return result === Infinity ? undefined : sign * result;
}

/** float % float, with the sign of the divisor. CPython: float_rem(). */
function floatModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 || Object.is(b, -0) ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

/** CPython: float_floor_div(). */
function floatFloorDivide(a: number, b: number): number {
  const rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && rest < 0 !== b < 0) quotient -= 1;
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

export type Arithmetic = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/** An arithmetic operator on numbers. */
export function arithmetic(
  operator: Arithmetic,
  a: ConstantValue,
  b: ConstantValue,
  rules: FoldingDialect,
): ConstantValue | undefined {
  const x = asInt(a);
  const y = asInt(b);
  if (x !== undefined && y !== undefined) return intArithmetic(operator, x, y, rules);
  const f = a.type === ConstantType.Complex ? undefined : asFloat(a);
  const g = b.type === ConstantType.Complex ? undefined : asFloat(b);
  if (f !== undefined && g !== undefined) {
    const result = floatArithmetic(operator, f, g, rules);
    return result?.type === ConstantType.Float
      ? withNan(result, isPositiveNan(a) || isPositiveNan(b))
      : result;
  }
  const p = a.type === ConstantType.Complex ? ([a.real, a.imag] as const) : f;
  const q = b.type === ConstantType.Complex ? ([b.real, b.imag] as const) : g;
  if (p === undefined || q === undefined) return undefined;
  const result = complexOperation(operator, p, q, rules);
  // What is divided by a complex that is not a number is CPython's own NaN.
  const divisorIsNan = typeof q === 'number' ? !rules.annexG && Number.isNaN(q) : q.some(Number.isNaN);
  const byNan = operator === '/' && divisorIsNan && !rules.ownNanIsNegative;
  return result && withNan(complex(result), byNan || isPositiveNan(a) || isPositiveNan(b));
}

const isPositiveNan = (value: ConstantValue): boolean =>
  (value.type === ConstantType.Float || value.type === ConstantType.Complex) && value.positiveNan === true;

function intArithmetic(
  operator: Arithmetic,
  x: bigint,
  y: bigint,
  rules: FoldingDialect,
): ConstantValue | undefined {
  switch (operator) {
    case '+':
      return int(x + y);
    case '-':
      return int(x - y);
    case '*':
      return int(x * y);
    case '/': {
      const quotient = y === 0n ? undefined : trueDivideInts(x, y);
      return quotient === undefined ? undefined : float(quotient);
    }
    case '//':
      return y === 0n ? undefined : int(floorDivideInts(x, y));
    case '%':
      return y === 0n ? undefined : int(x - floorDivideInts(x, y) * y);
    case '**': {
      if (y >= 0n) return int(x ** y);
      const base = asFloat(int(x));
      const exponent = asFloat(int(y));
      if (base === undefined || exponent === undefined) return undefined;
      return floatArithmetic('**', base, exponent, rules);
    }
  }
}

function floatArithmetic(
  operator: Arithmetic,
  x: number,
  y: number,
  rules: FoldingDialect,
): FloatConstant | ComplexConstant | undefined {
  switch (operator) {
    case '+':
      return float(x + y);
    case '-':
      return float(x - y);
    case '*':
      return float(x * y);
    case '/':
      return y === 0 ? undefined : float(x / y);
    case '//':
      return y === 0 ? undefined : float(floatFloorDivide(x, y));
    case '%':
      return y === 0 ? undefined : float(floatModulo(x, y));
    case '**':
      return floatPower(x, y, rules);
  }
}

/** CPython: float_pow(). */
function floatPower(
  x: number,
  y: number,
  rules: FoldingDialect,
): FloatConstant | ComplexConstant | undefined {
  if (y === 0 || x === 1) return float(1);
  if (Number.isNaN(x) || Number.isNaN(y)) return float(NaN);
  if (x === 0 && y < 0) return undefined;
  if (!Number.isFinite(y)) {
    const size = Math.abs(x);
    if (size === 1) return float(1);
    return float(y > 0 === size > 1 ? Infinity : 0);
  }
  const isOdd = Math.abs(y % 2) === 1;
  if (!Number.isFinite(x) || x === 0) {
    const size = y > 0 ? Math.abs(x) : 0;
    return float(isOdd && (x < 0 || Object.is(x, -0)) ? -size : size);
  }
  if (x < 0 && !Number.isInteger(y)) {
    // A root of a negative number is complex.
    const root = complexPower([x, 0], [y, 0], rules);
    return root && complex(root);
  }
  const result = Math.abs(x) === 1 ? 1 : pow(Math.abs(x), y);
  if (result === Infinity) return undefined;
  return float(x < 0 && isOdd ? -result : result);
}

/** `&`, `|`, `^`: of two bools a bool, else of ints an int. */
export function bitwise(
  operator: '&' | '|' | '^',
  a: ConstantValue,
  b: ConstantValue,
): ConstantValue | undefined {
  const x = asInt(a);
  const y = asInt(b);
  if (x === undefined || y === undefined) return undefined;
  const result = operator === '&' ? x & y : operator === '|' ? x | y : x ^ y;
  if (a.type === ConstantType.Bool && b.type === ConstantType.Bool) return result === 0n ? FALSE : TRUE;
  return int(result);
}

/** `<<` and `>>`. The caller bounds the size of the result. */
export function shift(operator: '<<' | '>>', a: ConstantValue, b: ConstantValue): ConstantValue | undefined {
  const x = asInt(a);
  const y = asInt(b);
  if (x === undefined || y === undefined || y < 0n) return undefined;
  if (operator === '<<') return int(x << y);
  return int(y > 1n << 40n ? (x < 0n ? -1n : 0n) : x >> y);
}

// ---- Sequences ---------------------------------------------------------------------------------------------

export type Sequence = StrConstant | BytesConstant | TupleConstant;

export const isSequence = (value: ConstantValue): value is Sequence =>
  value.type === ConstantType.Str || value.type === ConstantType.Bytes || value.type === ConstantType.Tuple;

const codePoints = (value: StrConstant): readonly number[] =>
  value.codePoints ?? Array.from(value.value, char => char.codePointAt(0) ?? 0);

const isSurrogate = (point: number): boolean => point >= 0xd800 && point < 0xe000;

/** A str of code points, in the form that StrConstant asks for. */
export function strOf(points: readonly number[]): StrConstant {
  let value = '';
  for (const point of points) value += String.fromCodePoint(point);
  return points.some(isSurrogate)
    ? { type: ConstantType.Str, value, codePoints: points }
    : { type: ConstantType.Str, value };
}

const bytes = (value: Uint8Array): BytesConstant => ({ type: ConstantType.Bytes, value });

/** `len(value)`. */
export const length = (value: Sequence): number =>
  value.type === ConstantType.Tuple
    ? value.items.length
    : value.type === ConstantType.Bytes
      ? value.value.length
      : codePoints(value).length;

/** `a + b` of two sequences of one type. */
export function concatenate(a: ConstantValue, b: ConstantValue): ConstantValue | undefined {
  if (a.type === ConstantType.Str && b.type === ConstantType.Str) {
    if (!a.codePoints && !b.codePoints) return { type: ConstantType.Str, value: a.value + b.value };
    return strOf([...codePoints(a), ...codePoints(b)]);
  }
  if (a.type === ConstantType.Bytes && b.type === ConstantType.Bytes) {
    const result = new Uint8Array(a.value.length + b.value.length);
    result.set(a.value);
    result.set(b.value, a.value.length);
    return bytes(result);
  }
  if (a.type === ConstantType.Tuple && b.type === ConstantType.Tuple) {
    return { type: ConstantType.Tuple, items: [...a.items, ...b.items] };
  }
  return undefined;
}

/** `value * count`. The caller bounds the size of the result. */
export function repeat(value: Sequence, count: bigint): ConstantValue {
  const times = count > 0n && length(value) > 0 ? Number(count) : 0;
  if (value.type === ConstantType.Tuple) {
    return { type: ConstantType.Tuple, items: Array.from({ length: times }, () => value.items).flat() };
  }
  if (value.type === ConstantType.Bytes) {
    const result = new Uint8Array(value.value.length * times);
    for (let i = 0; i < times; i++) result.set(value.value, i * value.value.length);
    return bytes(result);
  }
  if (!value.codePoints) return { type: ConstantType.Str, value: value.value.repeat(times) };
  return strOf(Array.from({ length: times }, () => codePoints(value)).flat());
}

/** `value[index]`, where the index may be a slice. */
export function subscript(value: ConstantValue, index: ConstantValue): ConstantValue | undefined {
  if (index.type === ConstantType.Slice) return isSequence(value) ? sliced(value, index) : undefined;
  const position = asInt(index);
  if (position === undefined || !isSequence(value)) return undefined;
  const size = BigInt(length(value));
  if (position < -size || position >= size) return undefined;
  const at = Number(position < 0n ? position + size : position);
  switch (value.type) {
    case ConstantType.Tuple:
      return value.items[at];
    case ConstantType.Bytes:
      return int(BigInt(value.value[at]));
    case ConstantType.Str:
      return strOf([codePoints(value)[at]]);
  }
}

/** `value[start:stop:step]`. CPython: PySlice_Unpack(), PySlice_AdjustIndices(). */
function sliced(value: Sequence, { start, stop, step }: SliceConstant): ConstantValue | undefined {
  const size = length(value);
  const pace = step.type === ConstantType.None ? 1n : asInt(step);
  if (pace === undefined || pace === 0n) return undefined;
  const isForward = pace > 0n;
  const bound = (part: ConstantValue, missing: bigint): number | undefined => {
    const at = part.type === ConstantType.None ? missing : asInt(part);
    if (at === undefined) return undefined;
    const fromStart = part.type !== ConstantType.None && at < 0n ? at + BigInt(size) : at;
    const [low, high] = isForward ? [0n, BigInt(size)] : [-1n, BigInt(size) - 1n];
    return Number(fromStart < low ? low : fromStart > high ? high : fromStart);
  };
  const first = bound(start, isForward ? 0n : BigInt(size) - 1n);
  const end = bound(stop, isForward ? BigInt(size) : -1n);
  if (first === undefined || end === undefined) return undefined;
  const stride = Number(absolute(pace) > BigInt(size) + 1n ? BigInt(size) + 1n : absolute(pace));
  const places: number[] = [];
  if (isForward) for (let at = first; at < end; at += stride) places.push(at);
  else for (let at = first; at > end; at -= stride) places.push(at);
  switch (value.type) {
    case ConstantType.Tuple:
      return { type: ConstantType.Tuple, items: places.map(at => value.items[at]) };
    case ConstantType.Bytes:
      return bytes(Uint8Array.from(places, at => value.value[at]));
    case ConstantType.Str: {
      const points = codePoints(value);
      return strOf(places.map(at => points[at]));
    }
  }
}
