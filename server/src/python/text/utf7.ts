// UTF-7 (RFC 2152) as CPython decodes it: ASCII, with runs of base64 between `+` and what ends them.
// CPython: Objects/unicodeobject.c, PyUnicode_DecodeUTF7Stateful()

/** Bytes that are no UTF-7: where, how many, and CPython's reason. */
interface InvalidUtf7 {
  readonly start: number;
  readonly length: number;
  readonly reason: string;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PLUS = 43;
const MINUS = 45;

/** The text of bytes in UTF-7, with U+FFFD for what is none, and the first of that. */
export function decodeUtf7(bytes: Uint8Array): { readonly text: string; readonly invalid?: InvalidUtf7 } {
  let text = '';
  let invalid: InvalidUtf7 | undefined;
  let shifted = false;
  let shiftStart = 0;
  let bits = 0;
  let count = 0;
  const refuse = (start: number, end: number, reason: string): void => {
    invalid ??= { start, length: Math.max(1, end - start), reason };
    text += '\ufffd';
    shifted = false;
    bits = count = 0;
  };
  let i = 0;
  while (i < bytes.length) {
    const byte = bytes[i];
    if (shifted) {
      const digit = byte < 128 ? BASE64.indexOf(String.fromCharCode(byte)) : -1;
      if (digit >= 0) {
        bits = ((bits << 6) | digit) & 0x3fffff;
        count += 6;
        i++;
        if (count >= 16) {
          count -= 16;
          text += String.fromCharCode((bits >> count) & 0xffff);
          bits &= (1 << count) - 1;
        }
        continue;
      }
      // The run ends; what is left of its bits is padding.
      if (count >= 6) {
        refuse(shiftStart, ++i, 'partial character in shift sequence');
        continue;
      }
      if (bits !== 0) {
        refuse(shiftStart, ++i, 'non-zero padding bits in shift sequence');
        continue;
      }
      shifted = false;
      count = 0;
      if (byte === MINUS) {
        i++;
        continue;
      }
      if (byte < 128) continue;
    }
    if (byte === PLUS) {
      shiftStart = i++;
      if (bytes[i] === MINUS) {
        text += '+';
        i++;
      } else if (i < bytes.length && (bytes[i] >= 128 || !BASE64.includes(String.fromCharCode(bytes[i])))) {
        refuse(shiftStart, ++i, 'ill-formed sequence');
      } else {
        shifted = true;
        bits = count = 0;
      }
    } else if (byte < 128) {
      text += String.fromCharCode(byte);
      i++;
    } else {
      refuse(i, i + 1, 'unexpected special character');
      i++;
    }
  }
  if (shifted && (count >= 6 || bits !== 0)) {
    refuse(shiftStart, bytes.length, 'unterminated shift sequence');
  }
  return invalid ? { text, invalid } : { text };
}
