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
