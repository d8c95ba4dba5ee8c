// repr() of Python's constants. CPython: Objects/unicodeobject.c, bytesobject.c, floatobject.c, complexobject.c.
import { quoteFor, reprCodePoints, reprString } from '../text/repr.ts';
import { unicodeVersion } from '../text/unicode.ts';
import { ConstantType, type ConstantValue, type StrConstant } from './values.ts';

/** A str, however it is kept. */
type Text = Pick<StrConstant, 'value' | 'codePoints'>;

/** The newest version of Unicode that a target has: what prints, prints. */
const NEWEST = unicodeVersion('17.0.0');

/** repr() of a str; `unicode` is the target's version of Unicode, which says what prints. */
export function reprStr(constant: Text, unicode: number = NEWEST, most = Infinity): string {
  const { value, codePoints } = constant;
  if (codePoints) return reprCodePoints(codePoints.slice(0, most), unicode);
  return reprString(value, unicode, Math.min(most, value.length));
}

/** repr() of a bytes object, of its first `most` bytes. */
export function reprBytes(bytes: Uint8Array, most = Infinity): string {
  const quote = quoteFor(bytes.includes(0x27), bytes.includes(0x22));
  let result = 'b' + quote;
  for (const byte of most < bytes.length ? bytes.subarray(0, most) : bytes) {
    if (byte === quote.charCodeAt(0) || byte === 0x5c) result += '\\' + String.fromCharCode(byte);
    else if (byte === 0x09) result += '\\t';
    else if (byte === 0x0a) result += '\\n';
    else if (byte === 0x0d) result += '\\r';
    else if (byte < 0x20 || byte >= 0x7f) result += '\\x' + byte.toString(16).padStart(2, '0');
    else result += String.fromCharCode(byte);
  }
  return result + quote;
}

/**
 * The shortest decimal that reads back as the number, in repr()'s layout: an exponent below 1e-4 and from 1e16 on.
 * CPython: Python/pystrtod.c, format_float_short().
 */
function shortest(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return sign + 'inf';
  if (magnitude === 0) return sign + '0';
  const [mantissa, exponentText] = magnitude.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? '.' + digits.slice(1) : '';
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (exponent < 0) return sign + '0.' + '0'.repeat(-exponent - 1) + digits;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0');
  return sign + digits.slice(0, exponent + 1) + '.' + digits.slice(exponent + 1);
}

/** repr() of a float. */
export function reprFloat(value: number): string {
  const text = shortest(value);
  return /^-?\d+$/.test(text) ? text + '.0' : text;
}

/** repr() of a complex. */
export function reprComplex(real: number, imag: number): string {
  const imaginary = shortest(imag);
  if (real === 0 && !Object.is(real, -0)) return imaginary + 'j';
  const plus = imaginary.startsWith('-') ? '' : '+';
  return `(${shortest(real)}${plus}${imaginary}j)`;
}

/** An int with more hexadecimal digits than this is shown by these, if it is to be cut: decimal ones take too much time. */
const MANY_DIGITS = 64;

function reprInt(value: bigint, most: number): string {
  const isLong = most !== Infinity && BigInt.asIntN(4 * Math.max(most, MANY_DIGITS), value) !== value;
  if (!isLong) return value.toString();
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

/**
 * repr() of any constant; a code object has none that means anything here. With `most`, a text that is longer than
 * that is one that begins like it, with more than `most` characters, and is made in time of that order.
 */
export function repr(constant: ConstantValue, unicode: number = NEWEST, most = Infinity): string {
  switch (constant.type) {
    case ConstantType.None:
      return 'None';
    case ConstantType.Bool:
      return constant.value ? 'True' : 'False';
    case ConstantType.Ellipsis:
      return 'Ellipsis';
    case ConstantType.Int:
      return reprInt(constant.value, most);
    case ConstantType.Float:
      return reprFloat(constant.value);
    case ConstantType.Complex:
      return reprComplex(constant.real, constant.imag);
    case ConstantType.Str:
      return reprStr(constant, unicode, most);
    case ConstantType.Bytes:
      return reprBytes(constant.value, most);
    case ConstantType.Tuple:
      return reprItems('(', constant.items, constant.items.length === 1 ? ',)' : ')', unicode, most);
    case ConstantType.FrozenSet:
      if (constant.items.length === 0) return 'frozenset()';
      return reprItems('frozenset({', constant.items, '})', unicode, most);
    case ConstantType.Slice:
      return reprItems('slice(', [constant.start, constant.stop, constant.step], ')', unicode, most);
  }
}

function reprItems(
  open: string,
  items: readonly ConstantValue[],
  close: string,
  unicode: number,
  most: number,
): string {
  let text = open;
  for (let i = 0; i < items.length; i++) {
    if (text.length > most) return text;
    text += (i === 0 ? '' : ', ') + repr(items[i], unicode, most - text.length);
  }
  return text + close;
}
