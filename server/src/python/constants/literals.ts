// The values of literals: from the text of a number, string or bytes token to a Python value.
// CPython: Parser/pegen.c, parsenumber(); Parser/string_parser.c; Objects/unicodeobject.c and bytesobject.c.
import { lookupCharacterName, type DerivedNames } from '../text/characterNames.ts';
import { ConstantType, type BytesConstant, type ConstantValue, type StrConstant } from './values.ts';

/** Which characters `\N{…}` can name. */
export interface NamedCharacters {
  readonly unicodeVersion: string;
  readonly derivedNames: DerivedNames;
}

/** Why a literal has no value; `start` and `end` count as CPython does, bytes of its intermediate text. */
export interface LiteralError {
  readonly reason: 'escape' | 'hex' | 'digits' | 'ascii';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export const isLiteralError = (value: ConstantValue | LiteralError): value is LiteralError =>
  'reason' in value;

const MAX_DECIMAL_DIGITS = 4300;

const SMALL_INTS = Array.from(
  { length: 257 },
  (_, value) => ({ type: ConstantType.Int, value: BigInt(value) }) as const,
);

/** The value of the NUMBER `text[start, end)`. Decimals of more than 4300 digits have none, where there is a limit. */
export function parseNumber(
  text: string,
  start: number,
  end: number,
  limited: boolean,
): ConstantValue | LiteralError {
  let value = 0;
  if (end - start <= 15) {
    let i = start;
    for (; i < end; i++) {
      const digit = text.charCodeAt(i) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (i === end) return value <= 256 ? SMALL_INTS[value] : { type: ConstantType.Int, value: BigInt(value) };
  }
  const digits = text.slice(start, end).replaceAll('_', '');
  const last = digits.charCodeAt(digits.length - 1) | 32;
  const radix = digits.charCodeAt(0) === 48 ? digits.charCodeAt(1) | 32 : 0;
  if (radix === 0x78 || radix === 0x6f || radix === 0x62) {
    return { type: ConstantType.Int, value: BigInt(digits) };
  }
  if (last === 0x6a) return { type: ConstantType.Complex, real: 0, imag: Number(digits.slice(0, -1)) };
  if (/[.eE]/.test(digits)) return { type: ConstantType.Float, value: Number(digits) };
  const significant = digits.length;
  if (limited && significant > MAX_DECIMAL_DIGITS) {
    return { reason: 'digits', message: String(significant), start: 0, end: 0 };
  }
  return { type: ConstantType.Int, value: BigInt(digits) };
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  b: '\b',
  f: '\f',
  t: '\t',
  n: '\n',
  r: '\r',
  v: '\v',
  a: '\x07',
};

const HEX_ESCAPES: Readonly<Record<string, readonly [digits: number, message: string]>> = {
  x: [2, 'truncated \\xXX escape'],
  u: [4, 'truncated \\uXXXX escape'],
  U: [8, 'truncated \\UXXXXXXXX escape'],
};

const isOctal = (unit: number): boolean => unit >= 48 && unit < 56;

function hexValue(unit: number): number {
  if (unit >= 48 && unit < 58) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter < 103 ? letter - 87 : -1;
}

export const strConstant = (value: string): StrConstant => ({ type: ConstantType.Str, value });

/** A str of code points some of which are surrogates. */
export function strOfCodePoints(codePoints: readonly number[]): StrConstant {
  let value = '';
  for (const point of codePoints) value += String.fromCodePoint(point);
  return { type: ConstantType.Str, value, codePoints };
}

/** The code points of a str. */
export function codePointsOf(constant: Pick<StrConstant, 'value' | 'codePoints'>): readonly number[] {
  return constant.codePoints ?? Array.from(constant.value, character => character.codePointAt(0) ?? 0);
}

/** Two str values, one after the other. */
export function concatenate(left: StrConstant, right: StrConstant): StrConstant {
  if (left.codePoints || right.codePoints) {
    return strOfCodePoints([...codePointsOf(left), ...codePointsOf(right)]);
  }
  return strConstant(left.value + right.value);
}

/** Line breaks as CPython's reader leaves them: all `\n`. */
export const normalizeNewlines = (text: string): string => text.replace(/\r\n?/g, '\n');

/**
 * How many bytes `text[start, end)` makes in the ASCII text that CPython decodes: it spells other characters as
 * `\UXXXXXXXX` first. CPython: Parser/string_parser.c, decode_unicode_with_escapes().
 */
function asciiLength(text: string, start: number, end: number): number {
  let length = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      length++;
      if (unit === 0x5c && (i + 1 >= text.length || text.charCodeAt(i + 1) >= 0x80)) length += 5;
      else if (unit === 0x5c && i + 1 < end) {
        length++;
        i++;
      }
      continue;
    }
    if ((unit & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i++;
    length += 10;
  }
  return length;
}

/** Decodes the escapes of a str literal's body, whose line breaks are `\n`. */
export function decodeString(body: string, names: NamedCharacters): StrConstant | LiteralError {
  let value = '';
  let points: number[] | null = null;
  let copied = 0;
  const flush = (end: number): void => {
    if (end === copied) return;
    const piece = body.slice(copied, end);
    if (points) for (const character of piece) points.push(character.codePointAt(0) ?? 0);
    else value += piece;
  };
  const put = (point: number): void => {
    if (point >= 0xd800 && point < 0xe000)
      points ??= Array.from(value, character => character.codePointAt(0) ?? 0);
    if (points) points.push(point);
    else value += String.fromCodePoint(point);
  };
  const refuse = (message: string, start: number, end: number): LiteralError => {
    const first = asciiLength(body, 0, start);
    return { reason: 'escape', message, start: first, end: first + asciiLength(body, start, end) - 1 };
  };
  for (let at = body.indexOf('\\'); at !== -1; at = body.indexOf('\\', copied)) {
    flush(at);
    const letter = body[at + 1];
    let next = at + 2;
    if (letter === undefined) {
      put(0x5c);
      next = at + 1;
    } else if (letter in SIMPLE) {
      const simple = SIMPLE[letter];
      if (simple) put(simple.charCodeAt(0));
    } else if (isOctal(letter.charCodeAt(0))) {
      let point = letter.charCodeAt(0) - 48;
      for (let digits = 1; digits < 3 && isOctal(body.charCodeAt(next)); digits++) {
        point = point * 8 + body.charCodeAt(next++) - 48;
      }
      put(point);
    } else if (letter in HEX_ESCAPES) {
      const [digits, message] = HEX_ESCAPES[letter];
      let point = 0;
      for (const end = next + digits; next < end; next++) {
        const digit = next < body.length ? hexValue(body.charCodeAt(next)) : -1;
        if (digit < 0) return refuse(message, at, next);
        point = point * 16 + digit;
      }
      if (point > 0x10ffff) return refuse('illegal Unicode character', at, next);
      put(point);
    } else if (letter === 'N') {
      const close = body[next] === '{' ? body.indexOf('}', next + 1) : -1;
      if (close === -1) {
        const end = body[next] === '{' ? body.length : next;
        return refuse('malformed \\N character escape', at, end);
      }
      if (close === next + 1) return refuse('malformed \\N character escape', at, close);
      const point = lookupCharacterName(
        body.slice(next + 1, close),
        names.unicodeVersion,
        names.derivedNames,
      );
      if (point === undefined) return refuse('unknown Unicode character name', at, close + 1);
      put(point);
      next = close + 1;
    } else {
      put(0x5c);
      next = at + 1;
    }
    copied = next;
    // A backslash that is itself kept was no escape: what follows it is copied as it is.
    if (next === at + 1) {
      const following = body.codePointAt(next);
      if (following !== undefined) {
        put(following);
        copied = next + (following > 0xffff ? 2 : 1);
      }
    }
  }
  flush(body.length);
  return points ? strOfCodePoints(points) : strConstant(value);
}

/** Decodes a bytes literal's body, whose line breaks are `\n`. */
export function decodeBytes(body: string, raw: boolean): BytesConstant | LiteralError {
  const bytes = new Uint8Array(body.length);
  let count = 0;
  for (let i = 0; i < body.length; i++) {
    const unit = body.charCodeAt(i);
    if (unit >= 0x80) return { reason: 'ascii', message: '', start: i, end: i };
  }
  for (let i = 0; i < body.length;) {
    const unit = body.charCodeAt(i++);
    if (unit !== 0x5c || raw || i === body.length) {
      bytes[count++] = unit;
      continue;
    }
    const letter = body[i++];
    if (letter in SIMPLE) {
      const simple = SIMPLE[letter];
      if (simple) bytes[count++] = simple.charCodeAt(0);
    } else if (isOctal(letter.charCodeAt(0))) {
      let value = letter.charCodeAt(0) - 48;
      for (let digits = 1; digits < 3 && isOctal(body.charCodeAt(i)); digits++) {
        value = value * 8 + body.charCodeAt(i++) - 48;
      }
      bytes[count++] = value;
    } else if (letter === 'x') {
      const high = i < body.length ? hexValue(body.charCodeAt(i)) : -1;
      const low = i + 1 < body.length ? hexValue(body.charCodeAt(i + 1)) : -1;
      if (high < 0 || low < 0) return { reason: 'hex', message: '', start: i - 2, end: i };
      bytes[count++] = high * 16 + low;
      i += 2;
    } else {
      bytes[count++] = 0x5c;
      bytes[count++] = letter.charCodeAt(0);
    }
  }
  return { type: ConstantType.Bytes, value: bytes.slice(0, count) };
}
