// repr() of a str, as CPython prints it with its own version of Unicode.
import { isPrintable } from './unicode.ts';

const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

/**
 * repr() of a text. Lone surrogates are shown as escapes.
 *
 * CPython: Objects/unicodeobject.c, unicode_repr()
 *
 * @param unicode the version, from `unicodeVersion`
 */
export function reprString(text: string, unicode: number): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const quoteCode = quote.charCodeAt(0);
  let result = quote;
  // Up to here the text is in the result already.
  let done = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 32 && unit < 127 && unit !== quoteCode && unit !== 92) continue;
    const code = text.codePointAt(i) as number;
    const length = code > 0xffff ? 2 : 1;
    if (code < 127 || !isPrintable(code, unicode)) {
      result += text.slice(done, i) + escape(code, quoteCode);
      done = i + length;
    }
    i += length - 1;
  }
  return result + text.slice(done) + quote;
}

function escape(code: number, quoteCode: number): string {
  if (code === quoteCode) return `\\${String.fromCharCode(code)}`;
  if (code in ESCAPES) return ESCAPES[code];
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
