// The encoding of a source as the tokenize module finds it: the compiler's rule, but for the words of its refusals.
import { decodeWithCodec, decodeWithReplacement, findCodec } from '../text/codecs.ts';
import { findCookie } from '../text/decode.ts';
import { reprString } from '../text/repr.ts';
import { decodeUtf8, findInvalidUtf8, undecodedMessage } from '../text/utf8.ts';
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';

export interface DetectedSource {
  readonly text: string;
  readonly encoding: string;
  /** Why the tokenize module does not begin. */
  readonly problem?: string;
  /** What is wrong with the line behind the text, which is no text. */
  readonly undecodable?: string;
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
  const head = body.subarray(0, headLength(body));
  const codec = findCodec(encoding, dialect.codecGeneration);
  const refused = (problem: string): DetectedSource => ({ text: '', encoding, problem });
  if (findInvalidUtf8(head) && (encoding === 'utf-8' || !dialect.cookieLinesAnyEncoding)) {
    return refused(`invalid or missing encoding declaration${of}`);
  }
  if (codec === undefined) return refused(`unknown encoding${of}: ${encoding}`);
  if (bom && encoding !== 'utf-8') return refused(`encoding problem${of}: utf-8`);
  if (encoding === 'utf-8' && !findInvalidUtf8(body)) return { text: decodeUtf8(body), encoding };
  const problem = decodeWithCodec(codec, encoding, head).problem;
  if (problem !== undefined && problem.includes(IS_NO_TEXT))
    return { text: '', encoding, undecodable: problem };
  if (problem !== undefined && !NOT_DECODED.test(problem)) return refused(problem);
  if (problem !== undefined && dialect.encodingRefusesNullBytes) {
    return refused(`invalid or missing encoding declaration${of}`);
  }
  return { encoding, ...decodeLines(body, codec, encoding, dialect.tokenizeModuleIsCompilers) };
}

/** What is said of a codec that makes no text of bytes: the module does not reckon with that. */
const IS_NO_TEXT = 'is not a text encoding';

/** What is said of bytes; anything else is said of the codec. */
const NOT_DECODED = /^'[^']*' codec can't decode /;

/** The lines of a source, each decoded by itself, as they are read; where one is none, up to it or with replacements. */
function decodeLines(
  body: Uint8Array,
  codec: string,
  encoding: string,
  replaces: boolean,
): Pick<DetectedSource, 'text' | 'undecodable'> {
  const parts: string[] = [];
  for (let start = 0; start < body.length;) {
    const lineFeed = body.indexOf(10, start);
    const end = lineFeed < 0 ? body.length : lineFeed + 1;
    const line = body.subarray(start, end);
    const { text, problem } = decodeLine(codec, encoding, line);
    if (problem !== undefined && !replaces) return { text: parts.join(''), undecodable: problem };
    parts.push(problem === undefined ? text : (decodeWithReplacement(codec, line) ?? text));
    start = end;
  }
  return { text: parts.join('') };
}

function decodeLine(codec: string, encoding: string, line: Uint8Array): ReturnType<typeof decodeWithCodec> {
  if (codec !== 'utf-8' && codec !== 'utf-8-sig') return decodeWithCodec(codec, encoding, line);
  const text = decodeUtf8(line);
  const problem = undecodedMessage(text, 0, text.length);
  return problem === undefined ? { text } : { text, problem };
}

/** How many bytes the first line has, or the first two if the first says nothing. */
function headLength(bytes: Uint8Array): number {
  const first = bytes.indexOf(10);
  if (first < 0) return bytes.length;
  if (findCookie(bytes.subarray(0, first))) return first;
  if (!/^[ \t\f]*(?:#|\r?$)/.test(decodeUtf8(bytes.subarray(0, first)))) return first;
  const second = bytes.indexOf(10, first + 1);
  return second < 0 ? bytes.length : second;
}
