// Strings with lone surrogates, which marshal writes as UTF-8 would if it had them. CPython: the error handler
// "surrogatepass".
import { ConstantType, type StrConstant } from '../../constants/values.ts';
import { findInvalidUtf8 } from '../../text/utf8.ts';

/** The string that bytes are where surrogates may stand in UTF-8; undefined if they are none. */
export function decodeSurrogates(bytes: Uint8Array): StrConstant | undefined {
  const codePoints: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i];
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const character = bytes.subarray(i, i + size);
    if (character.length < size) return undefined;
    const isSurrogate = lead === 0xed && (character[1] & 0xe0) === 0xa0 && (character[2] & 0xc0) === 0x80;
    if (!isSurrogate && findInvalidUtf8(character)) return undefined;
    let point = size === 1 ? lead : lead & (0xff >> (size + 1));
    for (let k = 1; k < size; k++) point = (point << 6) | (character[k] & 0x3f);
    codePoints.push(point);
    i += size;
  }
  let value = '';
  for (const point of codePoints) value += String.fromCodePoint(point);
  return { type: ConstantType.Str, value, codePoints };
}

/** The bytes of a string by its code points. */
export function encodeSurrogates(codePoints: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (const point of codePoints) {
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x10000)
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    else {
      bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f));
      bytes.push(0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    }
  }
  return new Uint8Array(bytes);
}
