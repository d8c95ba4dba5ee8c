// The encoding of a source as the tokenize module finds it: the compiler's rule, but for the words of its refusals.
import { findCodec } from '../text/codecs.ts';
import { decodeSource, findCookie } from '../text/decode.ts';
import { reprString } from '../text/repr.ts';
import { findInvalidUtf8 } from '../text/utf8.ts';
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';

export interface DetectedSource {
  readonly text: string;
  readonly encoding: string;
  /** Why the tokenize module does not begin. */
  readonly problem?: string;
}

/**
 * The text and encoding of a file's bytes.
 *
 * CPython: Lib/tokenize.py, detect_encoding()
 *
 * @param name of the file, which the refusals tell, if there is one
 */
export function detectEncoding(
  bytes: Uint8Array,
  name: string | undefined,
  dialect: TokenizerDialect,
): DetectedSource {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const cookie = findCookie(body);
  const encoding = cookie?.encoding ?? 'utf-8';
  const of = name === undefined ? '' : ` for ${reprString(name, dialect.unicode)}`;
  const source = decodeSource(bytes, dialect);
  const { text } = source;
  const invalid = findInvalidUtf8(body.subarray(0, headLength(body)));
  if (invalid && (encoding === 'utf-8' || !dialect.cookieLinesAnyEncoding)) {
    return { text, encoding, problem: `invalid or missing encoding declaration${of}` };
  }
  if (findCodec(encoding, dialect.codecGeneration) === undefined) {
    return { text, encoding, problem: `unknown encoding${of}: ${encoding}` };
  }
  if (bom && encoding !== 'utf-8') return { text, encoding, problem: `encoding problem${of}: utf-8` };
  // Null bytes are no matter of the encoding: each tokenizer has its own say on them.
  const problem = body.includes(0) ? undefined : source.error?.msg;
  return problem === undefined ? { text, encoding } : { text, encoding, problem };
}

/** How many bytes the first line has, or the first two if the first says nothing. */
function headLength(bytes: Uint8Array): number {
  const first = bytes.indexOf(10);
  if (first < 0) return bytes.length;
  if (findCookie(bytes.subarray(0, first))) return first;
  const second = bytes.indexOf(10, first + 1);
  return second < 0 ? bytes.length : second;
}
