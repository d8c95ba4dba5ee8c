// Python's operators on constants: ints without bounds, floats, complex numbers, str, bytes and tuples. Every
// function gives undefined where Python would raise. CPython: Objects/longobject.c, floatobject.c, complexobject.c.
import {
  ConstantType,
  FALSE,
  TRUE,
  type BytesConstant,
  type ConstantValue,
  type StrConstant,
  type TupleConstant,
} from './values.ts';

const int = (value: bigint): ConstantValue => ({ type: ConstantType.Int, value });
const float = (value: number): ConstantValue => ({ type: ConstantType.Float, value });
const complex = (real: number, imag: number): ConstantValue => ({ type: ConstantType.Complex, real, imag });

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
export const bitLength = (value: bigint): number => (value === 0n ? 0 : absolute(value).toString(2).length);

// ---- Unary operators ---------------------------------------------------------------------------------------

export function invert(value: ConstantValue): ConstantValue | undefined {
  const number = asInt(value);
  return number === undefined ? undefined : int(~number);
}

export const not = (value: ConstantValue): ConstantValue => (isTrue(value) ? FALSE : TRUE);

export function positive(value: ConstantValue): ConstantValue | undefined {
  if (value.type === ConstantType.Float || value.type === ConstantType.Complex) return value;
  const number = asInt(value);
  return number === undefined ? undefined : int(number);
}

export function negative(value: ConstantValue): ConstantValue | undefined {
  if (value.type === ConstantType.Float) return float(-value.value);
  if (value.type === ConstantType.Complex) return complex(-value.real, -value.imag);
  const number = asInt(value);
  return number === undefined ? undefined : int(-number);
}

// ---- Numbers -----------------------------------------------------------------------------------------------

const floorDivideInts = (a: bigint, b: bigint): bigint => {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
};

/** int / int, rounded once. CPython: long_true_divide(). */
function trueDivideInts(a: bigint, b: bigint): number | undefined {
  const exact = Number(a) / Number(b);
  if (bitLength(a) <= 53 && bitLength(b) <= 53) return exact;
  // A quotient of 66 bits or more, its last bit sticky: Number() rounds it as the true quotient would be rounded.
  const shift = BigInt(Math.max(0, 66 - bitLength(a) + bitLength(b)));
  const scaled = absolute(a) << shift;
  const divisor = absolute(b);
  const quotient = scaled / divisor;
  const sticky = scaled % divisor === 0n ? quotient : quotient | 1n;
  const result = Number(sticky) * 2 ** -Number(shift);
  if (!Number.isFinite(result)) return undefined;
  return a < 0n === b < 0n ? result : -result;
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
  if (quotient === 0) return a / b < 0 ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

type Complex = readonly [real: number, imag: number];

function asComplex(value: ConstantValue): Complex | undefined {
  if (value.type === ConstantType.Complex) return [value.real, value.imag];
  const real = asFloat(value);
  return real === undefined ? undefined : [real, 0];
}

/** CPython: _Py_c_quot(). */
function complexDivide([a, b]: Complex, [c, d]: Complex): ConstantValue | undefined {
  if (c === 0 && d === 0) return undefined;
  if (Math.abs(c) >= Math.abs(d)) {
    const ratio = d / c;
    const divisor = c + d * ratio;
    return complex((a + b * ratio) / divisor, (b - a * ratio) / divisor);
  }
  const ratio = c / d;
  const divisor = c * ratio + d;
  return complex((a * ratio + b) / divisor, (b * ratio - a) / divisor);
}

/** CPython: _Py_c_pow(), complex_pow(). */
function complexPower([a, b]: Complex, [c, d]: Complex): ConstantValue | undefined {
  if (c === 0 && d === 0) return complex(1, 0);
  if (a === 0 && b === 0) return c < 0 || d !== 0 ? undefined : complex(0, 0);
  if (d === 0 && Number.isInteger(c) && Math.abs(c) <= 100) return complexIntPower([a, b], c);
  const length = Math.hypot(a, b);
  const angle = Math.atan2(b, a);
  let size = length ** c;
  let phase = angle * c;
  if (d !== 0) {
    size *= Math.exp(-angle * d);
    phase += d * Math.log(length);
  }
  // An infinite angle is an error, so is an infinite result; not a number is one like any other.
  if (Math.abs(phase) === Infinity) return undefined;
  return withoutInfinity([size * Math.cos(phase), size * Math.sin(phase)]);
}

/** CPython: _Py_ADJUST_ERANGE2(). */
const withoutInfinity = (result: Complex): ConstantValue | undefined =>
  result.some(part => Math.abs(part) === Infinity) ? undefined : complex(...result);

/** CPython: c_powi(). */
function complexIntPower(base: Complex, exponent: number): ConstantValue | undefined {
  let result: Complex = [1, 0];
  let power = base;
  for (let rest = Math.abs(exponent); rest > 0; rest >>= 1) {
    if (rest & 1) result = complexProduct(result, power);
    power = complexProduct(power, power);
  }
  return exponent < 0 ? complexDivide([1, 0], result) : withoutInfinity(result);
}

const complexProduct = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];

type Arithmetic = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/** An arithmetic operator on numbers. */
export function arithmetic(
  operator: Arithmetic,
  a: ConstantValue,
  b: ConstantValue,
): ConstantValue | undefined {
  const x = asInt(a);
  const y = asInt(b);
  if (x !== undefined && y !== undefined) return intArithmetic(operator, x, y);
  const f = asFloat(a);
  const g = asFloat(b);
  if (f !== undefined && g !== undefined) return floatArithmetic(operator, f, g);
  const p = asComplex(a);
  const q = asComplex(b);
  if (p !== undefined && q !== undefined) return complexArithmetic(operator, p, q);
  return undefined;
}

function intArithmetic(operator: Arithmetic, x: bigint, y: bigint): ConstantValue | undefined {
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
    case '**':
      if (y >= 0n) return int(x ** y);
      return x === 0n ? undefined : float(Number(x) ** Number(y));
  }
}

function floatArithmetic(operator: Arithmetic, x: number, y: number): ConstantValue | undefined {
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
      if (x === 0 && y < 0) return undefined;
      if (x === 1 || y === 0) return float(1);
      // A root of a negative number is complex.
      if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y))
        return complexPower([x, 0], [y, 0]);
      return Number.isFinite(x ** y) || !Number.isFinite(x) || !Number.isFinite(y)
        ? float(x ** y)
        : undefined;
  }
}

function complexArithmetic(
  operator: Arithmetic,
  [a, b]: Complex,
  [c, d]: Complex,
): ConstantValue | undefined {
  switch (operator) {
    case '+':
      return complex(a + c, b + d);
    case '-':
      return complex(a - c, b - d);
    case '*':
      return complex(...complexProduct([a, b], [c, d]));
    case '/':
      return complexDivide([a, b], [c, d]);
    case '**':
      return complexPower([a, b], [c, d]);
    default:
      return undefined;
  }
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
function str(points: readonly number[]): StrConstant {
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
    return str([...codePoints(a), ...codePoints(b)]);
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
  return str(Array.from({ length: times }, () => codePoints(value)).flat());
}

/** `value[index]`. */
export function subscript(value: ConstantValue, index: ConstantValue): ConstantValue | undefined {
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
      return str([codePoints(value)[at]]);
  }
}
