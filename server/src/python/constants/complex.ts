// Arithmetic of complex numbers as CPython has it, which from 3.14 on is that of C's annex G. Undefined where Python
// would raise. CPython: Objects/complexobject.c.
import type { FoldingDialect } from '../versions/foldingDialect.ts';
import { atan2, cos, exp, hypot, log, pow, sin } from './libm.ts';

export type Complex = readonly [real: number, imag: number];

const isInfinite = (value: number): boolean => Math.abs(value) === Infinity;

/** -0.0 is negative, and so is what is not a number, unless it was negated. */
const isPositive = (value: number): boolean => value > 0 || Object.is(value, 0);
const copySign = (size: number, sign: number): number => (isPositive(sign) ? size : -size);
/** 1 for an infinity, 0 for anything else, with the sign of the value. */
const boxed = (value: number): number => copySign(isInfinite(value) ? 1 : 0, value);
const withoutNan = (value: number): number => (Number.isNaN(value) ? -0 : value);

/** An operator on numbers at least one of which is complex; `//` and `%` there are none. */
export function complexOperation(
  operator: '+' | '-' | '*' | '/' | '//' | '%' | '**',
  a: Complex | number,
  b: Complex | number,
  rules: FoldingDialect,
): Complex | undefined {
  if (rules.annexG && operator !== '**') {
    if (typeof b === 'number') return withReal(operator, asComplex(a), b);
    if (typeof a === 'number') return realWith(operator, a, b);
  }
  const p = asComplex(a);
  const q = asComplex(b);
  switch (operator) {
    case '+':
      return [p[0] + q[0], p[1] + q[1]];
    case '-':
      return [p[0] - q[0], p[1] - q[1]];
    case '*':
      return product(p, q, rules);
    case '/':
      return quotient(p, q, rules);
    case '**':
      return complexPower(p, q, rules);
    default:
      return undefined;
  }
}

const asComplex = (value: Complex | number): Complex => (typeof value === 'number' ? [value, 0] : value);

/** CPython: _Py_cr_sum(), _Py_cr_diff(), _Py_cr_prod(), _Py_cr_quot(). */
function withReal(operator: string, [a, b]: Complex, real: number): Complex | undefined {
  switch (operator) {
    case '+':
      return [a + real, b];
    case '-':
      return [a - real, b];
    case '*':
      return [a * real, b * real];
    case '/':
      return real === 0 ? undefined : [a / real, b / real];
    default:
      return undefined;
  }
}

/** CPython: _Py_rc_diff(), _Py_rc_quot(). */
function realWith(operator: string, real: number, other: Complex): Complex | undefined {
  switch (operator) {
    case '-':
      return [real - other[0], -other[1]];
    case '/':
      return realQuotient(real, other);
    default:
      return withReal(operator, other, real);
  }
}

/** CPython: _Py_c_prod(). */
function product([a, b]: Complex, [c, d]: Complex, rules: FoldingDialect): Complex {
  const ac = a * c;
  const bd = b * d;
  const ad = a * d;
  const bc = b * c;
  const real = ac - bd;
  const imag = ad + bc;
  if (!rules.annexG || !Number.isNaN(real) || !Number.isNaN(imag)) return [real, imag];
  let recovered = false;
  if (isInfinite(a) || isInfinite(b)) {
    [a, b, c, d] = [boxed(a), boxed(b), withoutNan(c), withoutNan(d)];
    recovered = true;
  }
  if (isInfinite(c) || isInfinite(d)) {
    [a, b, c, d] = [withoutNan(a), withoutNan(b), boxed(c), boxed(d)];
    recovered = true;
  }
  if (!recovered && (isInfinite(ac) || isInfinite(bd) || isInfinite(ad) || isInfinite(bc))) {
    [a, b, c, d] = [withoutNan(a), withoutNan(b), withoutNan(c), withoutNan(d)];
    recovered = true;
  }
  return recovered ? [Infinity * (a * c - b * d), Infinity * (a * d + b * c)] : [real, imag];
}

/** CPython: _Py_c_quot(). */
function quotient([a, b]: Complex, [c, d]: Complex, rules: FoldingDialect): Complex | undefined {
  if (c === 0 && d === 0) return undefined;
  let real = NaN;
  let imag = NaN;
  if (Math.abs(c) >= Math.abs(d)) {
    const ratio = d / c;
    const divisor = c + d * ratio;
    real = (a + b * ratio) / divisor;
    imag = (b - a * ratio) / divisor;
  } else if (Math.abs(d) >= Math.abs(c)) {
    const ratio = c / d;
    const divisor = c * ratio + d;
    real = (a * ratio + b) / divisor;
    imag = (b * ratio - a) / divisor;
  }
  if (!rules.annexG || !Number.isNaN(real) || !Number.isNaN(imag)) return [real, imag];
  if ((isInfinite(a) || isInfinite(b)) && Number.isFinite(c) && Number.isFinite(d)) {
    const [x, y] = [boxed(a), boxed(b)];
    return [Infinity * (x * c + y * d), Infinity * (y * c - x * d)];
  }
  if ((isInfinite(c) || isInfinite(d)) && Number.isFinite(a) && Number.isFinite(b)) {
    const [x, y] = [boxed(c), boxed(d)];
    return [0 * (a * x + b * y), 0 * (b * x - a * y)];
  }
  return [real, imag];
}

/** CPython: _Py_rc_quot(). */
function realQuotient(a: number, [c, d]: Complex): Complex | undefined {
  if (c === 0 && d === 0) return undefined;
  let real = NaN;
  let imag = NaN;
  if (Math.abs(c) >= Math.abs(d)) {
    const ratio = d / c;
    const divisor = c + d * ratio;
    real = a / divisor;
    imag = (-a * ratio) / divisor;
  } else if (Math.abs(d) >= Math.abs(c)) {
    const ratio = c / d;
    const divisor = c * ratio + d;
    real = (a * ratio) / divisor;
    imag = -a / divisor;
  }
  const isRecovered = Number.isNaN(real) && Number.isNaN(imag) && Number.isFinite(a);
  if (!isRecovered || !(isInfinite(c) || isInfinite(d))) return [real, imag];
  return [0 * (a * boxed(c)), 0 * (-a * boxed(d))];
}

/** CPython: complex_pow(). An infinite result is an error. */
export function complexPower(base: Complex, exponent: Complex, rules: FoldingDialect): Complex | undefined {
  const [c, d] = exponent;
  const result =
    d === 0 && Number.isInteger(c) && Math.abs(c) <= 100
      ? intPower(base, c, rules)
      : generalPower(base, exponent, rules);
  return result?.some(isInfinite) ? undefined : result;
}

/** CPython: _Py_c_pow(). */
function generalPower([a, b]: Complex, [c, d]: Complex, rules: FoldingDialect): Complex | undefined {
  if (c === 0 && d === 0) return [1, 0];
  if (a === 0 && b === 0) return c < 0 || d !== 0 ? undefined : [0, 0];
  const length = hypot(a, b);
  const angle = atan2(b, a);
  let size = pow(length, c);
  let phase = angle * c;
  if (d !== 0) {
    if (rules.complexPowerDivides) size /= exp(angle * d);
    else size *= exp(-angle * d);
    phase += d * log(length);
  }
  // The sine of an infinite angle is an error; not a number is a number like any other.
  return isInfinite(phase) ? undefined : [size * cos(phase), size * sin(phase)];
}

/** CPython: c_powi(), c_powu(). */
function intPower(base: Complex, exponent: number, rules: FoldingDialect): Complex | undefined {
  let result: Complex = [1, 0];
  let power = base;
  for (let rest = Math.abs(exponent); rest > 0; rest >>= 1) {
    if (rest & 1) result = product(result, power, rules);
    power = product(power, power, rules);
  }
  return exponent > 0 ? result : quotient([1, 0], result, rules);
}
