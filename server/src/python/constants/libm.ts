// The functions of C's mathematical library that folding needs, each rounded correctly: computed in fixed point on
// bigints and rounded once. JavaScript's own differ from C's in the last bits; a good C library rounds correctly in
// nearly all cases. None of this is fast, and little of it is needed: constant powers of floats and complex numbers.

/** Bits after the point. A logarithm of 2 ** -53 times a power of 2 ** 62 still leaves more than 180 of them. */
const PRECISION = 256;
const SCALE = BigInt(PRECISION);
const ONE = 1n << SCALE;

/** How many bits a value that is not negative takes. */
export function bitCount(value: bigint): number {
  if (value === 0n) return 0;
  const digits = value.toString(16);
  return digits.length * 4 - (Math.clz32(parseInt(digits[0], 16)) - 28);
}

/** `mantissa * 2 ** exponent` as the nearest float, of two the even one; Infinity if it is too large. */
export function roundedFloat(mantissa: bigint, exponent: number): number {
  const size = bitCount(mantissa);
  const top = size + exponent;
  if (top > 1024) return Infinity;
  const kept = Math.min(53, top + 1074);
  if (kept < 0) return 0;
  const dropped = size - kept;
  if (dropped <= 0) return scaled(Number(mantissa), exponent);
  const shift = BigInt(dropped);
  let quotient = mantissa >> shift;
  const rest = mantissa - (quotient << shift);
  const half = 1n << (shift - 1n);
  if (rest > half || (rest === half && (quotient & 1n) === 1n)) quotient++;
  return scaled(Number(quotient), exponent + dropped);
}

/** `value * 2 ** exponent`, where that is exact, in steps that are. */
function scaled(value: number, exponent: number): number {
  let rest = exponent;
  let result = value;
  for (; rest > 1000; rest -= 1000) result *= 2 ** 1000;
  for (; rest < -1000; rest += 1000) {
    // Down to the smallest floats last, so that nothing is lost on the way.
    if (rest >= -1074) break;
    result *= 2 ** -1000;
  }
  return result * 2 ** rest;
}

const bits = new DataView(new ArrayBuffer(8));

/** A finite float as `mantissa * 2 ** exponent`; the mantissa has its sign. */
export function floatParts(value: number): [mantissa: bigint, exponent: number] {
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const size = biased === 0 ? fraction : fraction | (1n << 52n);
  return [high >>> 31 ? -size : size, (biased === 0 ? 1 : biased) - 1075];
}

const shifted = (value: bigint, by: number): bigint => (by >= 0 ? value << BigInt(by) : value >> BigInt(-by));

const fixed = (value: number): bigint => {
  const [mantissa, exponent] = floatParts(value);
  return shifted(mantissa, exponent + PRECISION);
};

/**
 * A fixed-point result as a float. It is rounded to fewer bits than it has first: what then lies in the middle
 * between two floats does so exactly.
 */
function floatOf(value: bigint, exponent = -PRECISION): number {
  const size = value < 0n ? -value : value;
  const extra = Math.max(0, bitCount(size) - 150);
  const rounded = extra > 0 ? ((size >> BigInt(extra - 1)) + 1n) >> 1n : size;
  const result = roundedFloat(rounded, exponent + extra);
  return value < 0n ? -result : result;
}

/** 2 × atanh(z) for a small z. */
function doubleArtanh(z: bigint): bigint {
  const square = (z * z) >> SCALE;
  let sum = 0n;
  let power = z;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (power * square) >> SCALE;
  }
  return sum << 1n;
}

const LN2 = doubleArtanh(ONE / 3n);
const SQRT2 = fixed(Math.SQRT2);

/** The natural logarithm of a float above 0, in fixed point. */
function fixedLog(x: number): bigint {
  const [mantissa, exponent] = floatParts(x);
  const size = bitCount(mantissa);
  let power = exponent + size - 1;
  let fraction = shifted(mantissa, PRECISION - size + 1);
  if (fraction > SQRT2) {
    fraction >>= 1n;
    power++;
  }
  return BigInt(power) * LN2 + doubleArtanh(((fraction - ONE) << SCALE) / (fraction + ONE));
}

/** e to a power in fixed point, as a float. */
function expOf(power: bigint): number {
  const whole = power / LN2;
  if (whole > 1100n) return Infinity;
  if (whole < -1200n) return 0;
  // The rest is divided by 2 ** 8 for the series, and its exponential squared as often.
  const rest = (power - whole * LN2) >> 8n;
  let sum = ONE;
  let term = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = ((term * rest) >> SCALE) / n;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = (sum * sum) >> SCALE;
  return floatOf(sum, Number(whole) - PRECISION);
}

export function exp(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) > 800) return Math.exp(x);
  return expOf(fixed(x));
}

export function log(x: number): number {
  if (!(x > 0) || x === Infinity || x === 1) return Math.log(x);
  return floatOf(fixedLog(x));
}

/** x ** y for an x that is not negative. */
export function pow(x: number, y: number): number {
  if (!(x > 0) || x === Infinity || x === 1 || !Number.isFinite(y) || y === 0) return x ** y;
  const [mantissa, exponent] = floatParts(y);
  const product = fixedLog(x) * mantissa;
  // Far out of range: the shift is not worth its memory.
  if (exponent > 100) return product > 0n ? Infinity : 0;
  return expOf(shifted(product, exponent));
}

export function hypot(x: number, y: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === 0 || y === 0) return Math.hypot(x, y);
  const [a, e] = floatParts(x);
  const [b, f] = floatParts(y);
  const least = Math.min(e, f);
  if (Math.abs(e - f) > 120) return Math.max(Math.abs(x), Math.abs(y));
  const sum = (a * a) << BigInt(2 * (e - least));
  const square = (sum + ((b * b) << BigInt(2 * (f - least)))) << 256n;
  const root = integerRoot(square);
  return roundedFloat((root << 1n) | (root * root === square ? 0n : 1n), least - 129);
}

function integerRoot(value: bigint): bigint {
  let root = 1n << BigInt((bitCount(value) + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** π with so many bits after the point; Machin's formula. */
function piOf(precision: number): bigint {
  const one = 1n << BigInt(precision + 16);
  const arctangentOfInverse = (n: bigint): bigint => {
    let sum = 0n;
    let power = one / n;
    for (let k = 1n, sign = 1n; power !== 0n; k += 2n, sign = -sign, power /= n * n)
      sum += (sign * power) / k;
    return sum;
  };
  return (16n * arctangentOfInverse(5n) - 4n * arctangentOfInverse(239n)) >> 16n;
}

const PI = piOf(PRECISION);

/** The arctangent of a fixed-point number from 0 to 1. */
function fixedArctangent(ratio: bigint): bigint {
  let small = ratio;
  for (let i = 0; i < 3; i++) small = (small << SCALE) / (ONE + integerRoot((ONE << SCALE) + small * small));
  const square = (small * small) >> SCALE;
  let sum = 0n;
  let power = small;
  for (let n = 1n, sign = 1n; power !== 0n; n += 2n, sign = -sign) {
    sum += (sign * power) / n;
    power = (power * square) >> SCALE;
  }
  return sum << 3n;
}

export function atan2(y: number, x: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === 0 || y === 0) return Math.atan2(y, x);
  const [a, e] = floatParts(Math.abs(y));
  const [b, f] = floatParts(Math.abs(x));
  const distance = bitCount(a) + e - bitCount(b) - f;
  const sign = y < 0 ? -1 : 1;
  if (distance < -100 && x > 0) {
    // Hardly less than the quotient.
    const quotient = (a << 300n) / b;
    return sign * roundedFloat((quotient << 1n) - 1n, e - f - 301);
  }
  if (distance < -PRECISION) return sign * floatOf(PI);
  if (distance > PRECISION) return sign * floatOf(PI >> 1n);
  const isSteep = distance > 0 || (distance === 0 && Math.abs(y) > Math.abs(x));
  const ratio = isSteep ? shifted(b, f - e + PRECISION) / a : shifted(a, e - f + PRECISION) / b;
  const angle = fixedArctangent(ratio);
  const acute = isSteep ? (PI >> 1n) - angle : angle;
  return sign * floatOf(x < 0 ? PI - acute : acute);
}

/** x less the nearest multiple of π/2, in fixed point, and which multiple that is, from 0 to 3. */
function reduced(x: number): [rest: bigint, quadrant: number] {
  const [mantissa, exponent] = floatParts(x);
  const extra = Math.max(0, exponent + 60);
  const quarter = extra === 0 ? PI : piOf(PRECISION + extra);
  const value = shifted(mantissa, exponent + PRECISION + extra) << 1n;
  let multiple = value / quarter;
  let rest = value - multiple * quarter;
  if (rest << 1n > quarter) {
    rest -= quarter;
    multiple++;
  } else if (rest << 1n < -quarter) {
    rest += quarter;
    multiple--;
  }
  return [rest >> BigInt(extra + 1), Number(((multiple % 4n) + 4n) % 4n)];
}

/** The series of the sine from `x`, or of the cosine from 1. */
function series(first: bigint, x: bigint, from: bigint): bigint {
  const square = (x * x) >> SCALE;
  let sum = 0n;
  let term = first;
  for (let n = from; term !== 0n && term !== -1n; n += 2n) {
    sum += term;
    term = -(((term * square) >> SCALE) / ((n + 1n) * (n + 2n)));
  }
  return sum;
}

function sineOf(rest: bigint, quadrant: number): number {
  const value = quadrant & 1 ? series(ONE, rest, 0n) : series(rest, rest, 1n);
  return floatOf(quadrant & 2 ? -value : value);
}

export function sin(x: number): number {
  if (!Number.isFinite(x) || Math.abs(x) < 2 ** -50) return Number.isFinite(x) ? x : NaN;
  return sineOf(...reduced(x));
}

export function cos(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (Math.abs(x) < 2 ** -50) return 1;
  const [rest, quadrant] = reduced(x);
  return sineOf(rest, (quadrant + 1) & 3);
}
