// repr() of Python's constants. CPython: Objects/unicodeobject.c, bytesobject.c, floatobject.c, complexobject.c.
import { isPrintable, unicodeVersion } from '../text/unicode.ts';
import { codePointsOf } from './literals.ts';
import { ConstantType, type ConstantValue, type StrConstant } from './values.ts';

/** A str, however it is kept. */
type Text = Pick<StrConstant, 'value' | 'codePoints'>;

/** The newest version of Unicode that a target has: what prints, prints. */
const NEWEST = unicodeVersion('17.0.0');

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Single quotes, unless only double quotes save escapes. */
const quoteFor = (hasSingle: boolean, hasDouble: boolean): string => (hasSingle && !hasDouble ? '"' : "'");

/** repr() of a str; `unicode` is the target's version of Unicode, which says what prints. */
export function reprStr(constant: Text, unicode: number = NEWEST): string {
  const { value } = constant;
  const quote = quoteFor(value.includes("'"), value.includes('"'));
  if (!constant.codePoints && /^[ !#-&(-[\]-~]*$/.test(value)) return quote + value + quote;
  let result = quote;
  for (const point of codePointsOf(constant)) result += reprCharacter(point, quote, unicode);
  return result + quote;
}

function reprCharacter(point: number, quote: string, unicode: number): string {
  switch (point) {
    case 0x5c:
      return '\\\\';
    case 0x0a:
      return '\\n';
    case 0x0d:
      return '\\r';
    case 0x09:
      return '\\t';
  }
  if (point === quote.charCodeAt(0)) return '\\' + quote;
  if (isPrintable(point, unicode)) return String.fromCodePoint(point);
  if (point < 0x100) return '\\x' + hex(point, 2);
  return point < 0x10000 ? '\\u' + hex(point, 4) : '\\U' + hex(point, 8);
}

/** repr() of a bytes object. */
export function reprBytes(bytes: Uint8Array): string {
  const quote = quoteFor(bytes.includes(0x27), bytes.includes(0x22));
  let result = 'b' + quote;
  for (const byte of bytes) {
    if (byte === quote.charCodeAt(0) || byte === 0x5c) result += '\\' + String.fromCharCode(byte);
    else if (byte === 0x09) result += '\\t';
    else if (byte === 0x0a) result += '\\n';
    else if (byte === 0x0d) result += '\\r';
    else if (byte < 0x20 || byte >= 0x7f) result += '\\x' + hex(byte, 2);
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

/** repr() of any constant; a code object has none that means anything here. */
export function repr(constant: ConstantValue, unicode: number = NEWEST): string {
  const inner = (item: ConstantValue): string => repr(item, unicode);
  switch (constant.type) {
    case ConstantType.None:
      return 'None';
    case ConstantType.Bool:
      return constant.value ? 'True' : 'False';
    case ConstantType.Ellipsis:
      return 'Ellipsis';
    case ConstantType.Int:
      return constant.value.toString();
    case ConstantType.Float:
      return reprFloat(constant.value);
    case ConstantType.Complex:
      return reprComplex(constant.real, constant.imag);
    case ConstantType.Str:
      return reprStr(constant, unicode);
    case ConstantType.Bytes:
      return reprBytes(constant.value);
    case ConstantType.Tuple: {
      const items = constant.items.map(inner);
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
    }
    case ConstantType.FrozenSet:
      return constant.items.length === 0
        ? 'frozenset()'
        : `frozenset({${constant.items.map(inner).join(', ')}})`;
    case ConstantType.Slice:
      return `slice(${inner(constant.start)}, ${inner(constant.stop)}, ${inner(constant.step)})`;
  }
}
