// repr() of a str, as CPython prints it with its own version of Unicode; long texts cut.
import { isPrintable } from './unicode.ts';

const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

/**
 * repr() of a text. Lone surrogates are shown as escapes.
 *
 * CPython: Objects/unicodeobject.c, unicode_repr()
 *
 * @param unicode the version, from `unicodeVersion`
 * @param end where the text is cut, in UTF-16 units
 */
export function reprString(text: string, unicode: number, end = text.length): string {
  const quote = quoteFor(text.includes("'"), text.includes('"'));
  const quoteCode = quote.charCodeAt(0);
  let result = quote;
  // Up to here the text is in the result already.
  let done = 0;
  for (let i = 0; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 32 && unit < 127 && unit !== quoteCode && unit !== 92) continue;
    const code = text.codePointAt(i) as number;
    const length = code > 0xffff ? 2 : 1;
    if (!isShown(code, quoteCode, unicode)) {
      result += text.slice(done, i) + escape(code, quoteCode);
      done = i + length;
    }
    i += length - 1;
  }
  return result + text.slice(done, end) + quote;
}

/** repr() of a str of which only the code points are known: halves of surrogate pairs among them are not one character. */
export function reprCodePoints(points: readonly number[], unicode: number): string {
  const quote = quoteFor(points.includes(39), points.includes(34));
  const quoteCode = quote.charCodeAt(0);
  let result = quote;
  for (const code of points)
    result += isShown(code, quoteCode, unicode) ? String.fromCodePoint(code) : escape(code, quoteCode);
  return result + quote;
}

/** Single quotes, unless only double quotes save escapes. */
export const quoteFor = (hasSingle: boolean, hasDouble: boolean): string =>
  hasSingle && !hasDouble ? '"' : "'";

/** Whether a character stands for itself. */
const isShown = (code: number, quoteCode: number, unicode: number): boolean =>
  code !== quoteCode && code !== 92 && isPrintable(code, unicode);

/** A text of at most so many UTF-16 units, the last of which tells that there is more. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - 1;
  const unit = text.charCodeAt(end - 1);
  return `${text.slice(0, unit >= 0xd800 && unit < 0xdc00 ? end - 1 : end)}…`;
}

function escape(code: number, quoteCode: number): string {
  if (code === quoteCode) return `\\${String.fromCharCode(code)}`;
  if (code in ESCAPES) return ESCAPES[code];
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
