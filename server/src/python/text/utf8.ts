// UTF-8 as CPython decodes it: what is wrong with bytes that are not UTF-8, and a text that keeps such bytes.
import { decodeWith } from './textDecoder.ts';

/** Bytes that are no UTF-8: where they are, how many belong together, and CPython's reason. */
interface InvalidUtf8 {
  readonly start: number;
  readonly length: number;
  readonly reason: 'invalid start byte' | 'invalid continuation byte' | 'unexpected end of data';
}

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

/**
 * The first bytes from `start` on that are no UTF-8; undefined if there are none.
 *
 * CPython: Objects/stringlib/codecs.h, utf8_decode()
 */
export function findInvalidUtf8(bytes: Uint8Array, start = 0): InvalidUtf8 | undefined {
  const { length } = bytes;
  let i = start;
  while (i < length) {
    const lead = bytes[i];
    if (lead < 0x80) {
      i++;
      continue;
    }
    if (lead < 0xc2 || lead > 0xf4) return { start: i, length: 1, reason: 'invalid start byte' };
    const size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    for (let k = 1; k < size; k++) {
      if (i + k >= length) return { start: i, length: k, reason: 'unexpected end of data' };
      const byte = bytes[i + k];
      const overlong = k === 1 && ((lead === 0xe0 && byte < 0xa0) || (lead === 0xf0 && byte < 0x90));
      const beyond = k === 1 && ((lead === 0xed && byte > 0x9f) || (lead === 0xf4 && byte > 0x8f));
      if (!isContinuation(byte) || overlong || beyond) {
        return { start: i, length: k, reason: 'invalid continuation byte' };
      }
    }
    i += size;
  }
  return undefined;
}

/** CPython's text of a UnicodeDecodeError. */
export function decodeErrorMessage(
  codec: string,
  bytes: Uint8Array,
  { start, length, reason }: { readonly start: number; readonly length: number; readonly reason: string },
  position = start,
): string {
  const what =
    length === 1
      ? `byte 0x${bytes[start].toString(16).padStart(2, '0')} in position ${position}`
      : `bytes in position ${position}-${position + length - 1}`;
  return `'${codec}' codec can't decode ${what}: ${reason}`;
}

/** Bytes that are no UTF-8 stand in a text as the surrogates U+DC80 to U+DCFF, as with "surrogateescape". */
const ESCAPE = 0xdc00;

/** The text of bytes that should be UTF-8. Those that are not become lone surrogates (`undecodedByte`). */
export function decodeUtf8(bytes: Uint8Array): string {
  const text = decodeWith('utf-8', bytes);
  if (text !== undefined) return text;
  let result = '';
  let valid = 0;
  for (let invalid = findInvalidUtf8(bytes); invalid; invalid = findInvalidUtf8(bytes, valid)) {
    result += decodeWith('utf-8', bytes.subarray(valid, invalid.start)) ?? '';
    valid = invalid.start + invalid.length;
    for (let i = invalid.start; i < valid; i++) result += String.fromCharCode(ESCAPE + bytes[i]);
  }
  return result + (decodeWith('utf-8', bytes.subarray(valid)) ?? '');
}

/** Whether a code unit may stand for a byte that is no UTF-8. */
const isEscape = (unit: number): boolean => unit >= ESCAPE + 0x80 && unit <= ESCAPE + 0xff;

/** UTF-8 of `text[start, end)`, with the bytes that were none as they were (`decodeUtf8`). */
export function encodeWithEscapes(text: string, start = 0, end = text.length): Uint8Array {
  const bytes: number[] = [];
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (isEscape(unit)) bytes.push(unit - ESCAPE);
    else {
      const code = text.codePointAt(i) as number;
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else {
        bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63));
        bytes.push(0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
        i++;
      }
    }
  }
  return Uint8Array.from(bytes);
}

/**
 * What CPython up to 3.13 says when it decodes a part of a source that has bytes which are no UTF-8: it does so only
 * for names and strings, so that such bytes pass in comments.
 *
 * @returns `'utf-8' codec can't decode byte 0xff in position 0: invalid start byte`, positions in bytes from `start`;
 * undefined if all of `text[start, end)` is text
 */
export function undecodedMessage(text: string, start: number, end: number): string | undefined {
  let i = start;
  for (; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i++;
    else if (isEscape(unit)) break;
  }
  if (i >= end) return undefined;
  const bytes = encodeWithEscapes(text, start, end);
  const invalid = findInvalidUtf8(bytes);
  return invalid && decodeErrorMessage('utf-8', bytes, invalid);
}
