// repr() of Python's constants. CPython: Objects/unicodeobject.c, unicode_repr(); Objects/bytesobject.c,
// PyBytes_Repr(); Python/pystrtod.c, PyOS_double_to_string() with 'r'; Objects/complexobject.c, complex_repr().
import { ConstantType, type ConstantValue, type StrConstant } from './values.ts';

/** What `repr()` gives; of a frozenset the elements stand as they are listed here, and of code only its name. */
export function repr(value: ConstantValue): string {
  switch (value.type) {
    case ConstantType.None:
      return 'None';
    case ConstantType.Bool:
      return value.value ? 'True' : 'False';
    case ConstantType.Ellipsis:
      return 'Ellipsis';
    case ConstantType.Int:
      return value.value.toString();
    case ConstantType.Float:
      return reprFloat(value.value);
    case ConstantType.Complex:
      return reprComplex(value.real, value.imag);
    case ConstantType.Str:
      return reprStr(value);
    case ConstantType.Bytes:
      return reprBytes(value.value);
    case ConstantType.Tuple: {
      const items = value.items.map(repr);
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
    }
    case ConstantType.FrozenSet:
      return value.items.length === 0 ? 'frozenset()' : `frozenset({${value.items.map(repr).join(', ')}})`;
    case ConstantType.Slice:
      return `slice(${repr(value.start)}, ${repr(value.stop)}, ${repr(value.step)})`;
    case ConstantType.Code:
      return `<code object ${value.code.name}>`;
  }
}

/** `1.0`, `1e-05`, `1e+16`: an exponent below 1e-4 and from 1e16 on. */
export function reprFloat(value: number): string {
  return floatText(value, '.0');
}

function reprComplex(real: number, imag: number): string {
  const imaginary = `${floatText(imag, '')}j`;
  if (real === 0 && !Object.is(real, -0)) return imaginary;
  const sign = imag < 0 || Object.is(imag, -0) ? '' : '+';
  return `(${floatText(real, '')}${sign}${imaginary})`;
}

/** The shortest digits that read back as `value`; `whole` follows those that look like an int. */
function floatText(value: number, whole: string): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  // JavaScript's digits are the shortest, too; only where the exponent begins differs.
  const [mantissa, exponentText] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${sign}${digits.padEnd(exponent + 1, '0')}${whole}`;
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** Other, Separator but for the blank: what str.isprintable() refuses. */
const UNPRINTABLE = /^[\p{C}\p{Z}]$/u;

/** repr() of a str: single quotes unless it has some and no double ones. */
export function reprStr({ value, codePoints }: Pick<StrConstant, 'value' | 'codePoints'>): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const points = codePoints ?? Array.from(value, character => character.codePointAt(0)!);
  let text = quote;
  for (const point of points) text += escapedPoint(point, quote);
  return text + quote;
}

function escapedPoint(point: number, quote: string): string {
  if (point < 0x7f && point >= 0x20) {
    const character = String.fromCharCode(point);
    return character === quote || character === '\\' ? `\\${character}` : character;
  }
  if (point === 9) return '\\t';
  if (point === 10) return '\\n';
  if (point === 13) return '\\r';
  if (point > 0x7f && !(point >= 0xd800 && point < 0xe000)) {
    const character = String.fromCodePoint(point);
    if (!UNPRINTABLE.test(character)) return character;
  }
  if (point < 0x100) return `\\x${hex(point, 2)}`;
  return point < 0x10000 ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`;
}

function reprBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  let text = `b${quote}`;
  for (const byte of bytes) {
    if (byte === 9) text += '\\t';
    else if (byte === 10) text += '\\n';
    else if (byte === 13) text += '\\r';
    else if (byte < 0x20 || byte >= 0x7f) text += `\\x${hex(byte, 2)}`;
    else if (byte === quote.charCodeAt(0) || byte === 92) text += `\\${String.fromCharCode(byte)}`;
    else text += String.fromCharCode(byte);
  }
  return text + quote;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
