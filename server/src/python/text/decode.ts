// A file's bytes to its text: byte order mark and coding cookie, by the rules of PEP 263 as CPython has them.
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';
import { decodeWithCodec, findCodec } from './codecs.ts';
import type { ReportedPosition, SourceError, SyntaxErrorType } from './syntaxError.ts';
import { decodeWith } from './textDecoder.ts';
import { decodeUtf8, findInvalidUtf8 } from './utf8.ts';

interface DecodedSource {
  /**
   * The text, without a byte order mark; line breaks as they are. Bytes that are not UTF-8 stand in it as lone surrogates
   * (see `undecodedMessage`).
   */
  readonly text: string;
  /** The encoding's name as CPython knows it: `utf-8`, `iso-8859-1`, or what the cookie says. */
  readonly encoding: string;
  /** Whether the file tells its encoding. */
  readonly isTold: boolean;
  /** Why CPython does not even begin to read the text. */
  readonly error?: SourceError | undefined;
}

const LF = 10;
const CR = 13;
const HASH = 35;
const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 12;

/**
 * The text of a source file's bytes, as `compile(bytes, …)` reads it.
 *
 * CPython: Parser/tokenizer/string_tokenizer.c, decode_str() (before 3.13 Parser/tokenizer.c); PEP 263
 */
export function decodeSource(bytes: Uint8Array, dialect: TokenizerDialect): DecodedSource {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const cookie = findCookie(body);
  const encoding = cookie?.encoding ?? 'utf-8';
  const isTold = bom || cookie !== undefined;
  if (body.includes(0)) {
    const text = decodeUtf8(body);
    return { text, encoding, isTold, error: refusedNull(text, dialect) };
  }
  if (cookie && bom && encoding !== 'utf-8') {
    const { lineno, columns } = cookie;
    const position = dialect.bomMismatchHasRange
      ? { lineno, offset: 0, end_lineno: lineno, end_offset: columns }
      : unplaced(dialect);
    return {
      text: decodeUtf8(body),
      encoding: 'utf-8',
      isTold,
      error: refusal(`encoding problem: ${encoding} with BOM`, position, cookie),
    };
  }
  if (encoding !== 'utf-8') {
    const { text, problem } = decodeWithCodec(findCodec(encoding, dialect.codecGeneration), encoding, body);
    return problem === undefined
      ? { text, encoding, isTold }
      : { text, encoding, isTold, error: refusal(problem, unplaced(dialect), cookie) };
  }
  const text = decodeWith('utf-8', body);
  if (text !== undefined) return { text, encoding, isTold };
  const error = dialect.wholeSourceIsUtf8 ? nonUtf8(body) : undefined;
  return { text: decodeUtf8(body), encoding, isTold, ...(error && { error }) };
}

/** Where CPython places a refusal of the encoding: nowhere in the file. */
const unplaced = (dialect: TokenizerDialect): ReportedPosition => ({
  lineno: 0,
  offset: dialect.encodingErrorOffset,
});

/**
 * Why CPython does not begin to read a text with a null character, be it bytes or a str; undefined if there is none.
 *
 * CPython: Python/pythonrun.c, _Py_SourceAsString()
 */
export function refusedNull(text: string, { nullBytesError }: TokenizerDialect): SourceError | undefined {
  const start = text.indexOf('\0');
  if (start < 0) return undefined;
  const msg = 'source code string cannot contain null bytes';
  return refusal(msg, {}, { start, end: start + 1 }, nullBytesError);
}

function refusal(
  msg: string,
  position: ReportedPosition,
  range: { readonly start: number; readonly end: number } = { start: 0, end: 0 },
  type: SyntaxErrorType = 'SyntaxError',
): SourceError {
  return { type, msg, start: range.start, end: range.end, position };
}

/** The refusal of bytes that are not UTF-8 anywhere in a source, comments included. CPython 3.14: ensure_utf8() */
function nonUtf8(bytes: Uint8Array): SourceError | undefined {
  const invalid = findInvalidUtf8(bytes);
  if (!invalid) return undefined;
  let lineno = 1;
  let lineStart = 0;
  for (let i = 0; i < invalid.start; i++) {
    if (bytes[i] !== LF && (bytes[i] !== CR || bytes[i + 1] === LF)) continue;
    lineno++;
    lineStart = i + 1;
  }
  const before = decodeUtf8(bytes.subarray(lineStart, invalid.start));
  const offset = Array.from(before).length + 1;
  const start = decodeUtf8(bytes.subarray(0, lineStart)).length + before.length;
  const byte = bytes[invalid.start].toString(16).padStart(2, '0');
  return {
    type: 'SyntaxError',
    msg:
      `Non-UTF-8 code starting with '\\x${byte}' on line ${lineno}, but no encoding declared; ` +
      'see https://peps.python.org/pep-0263/ for details',
    start,
    end: start + 1,
    position: { lineno, offset, end_lineno: lineno, end_offset: offset },
  };
}

interface Cookie {
  /** The name, in CPython's normal form if it is one for UTF-8 or Latin-1. */
  readonly encoding: string;
  /** The line, from 1, and its length in characters; to CPython the line break belongs to the second line. */
  readonly lineno: number;
  readonly columns: number;
  /** Where the name stands; UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/** The coding cookie of the first line, or of the second if the first is blank or a comment. */
export function findCookie(bytes: Uint8Array): Cookie | undefined {
  let start = 0;
  for (let lineno = 1; lineno <= 2; lineno++) {
    let end = start;
    while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
    // A second line that the file ends with counts all the same: CPython has put a line break there.
    const name = cookieIn(bytes, start, end);
    if (name) {
      const line = decodeUtf8(bytes.subarray(start, end));
      const before = decodeUtf8(bytes.subarray(0, name.start)).length;
      const spelling = decodeUtf8(bytes.subarray(name.start, name.end));
      return {
        encoding: normalName(spelling),
        lineno,
        columns: Array.from(line).length + (lineno - 1),
        start: before,
        end: before + spelling.length,
      };
    }
    for (let i = start; i < end && bytes[i] !== HASH; i++) if (!isBlank(bytes[i])) return undefined;
    start = bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
    if (start > bytes.length) return undefined;
  }
  return undefined;
}

const CODING = Array.from('coding', c => c.charCodeAt(0));

const isNameByte = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) ||
  (byte >= 65 && byte <= 90) ||
  (byte >= 97 && byte <= 122) ||
  byte === 45 ||
  byte === 46 ||
  byte === 95;

/** The encoding's name after `coding:` or `coding=` in a line that is a comment. CPython: get_coding_spec() */
function cookieIn(bytes: Uint8Array, start: number, end: number): { start: number; end: number } | undefined {
  let i = start;
  while (i < end && isBlank(bytes[i])) i++;
  if (bytes[i] !== HASH) return undefined;
  for (; i + CODING.length < end; i++) {
    if (!CODING.every((byte, k) => bytes[i + k] === byte)) continue;
    let k = i + CODING.length;
    if (bytes[k] !== 58 && bytes[k] !== 61) continue;
    do k++;
    while (k < end && (bytes[k] === 32 || bytes[k] === 9));
    const name = k;
    while (k < end && isNameByte(bytes[k])) k++;
    if (k > name) return { start: name, end: k };
  }
  return undefined;
}

/** One name for the many of UTF-8 and Latin-1. CPython: get_normal_name() */
function normalName(name: string): string {
  const normal = name.slice(0, 12).toLowerCase().replaceAll('_', '-');
  const is = (encoding: string): boolean => normal === encoding || normal.startsWith(`${encoding}-`);
  if (is('utf-8')) return 'utf-8';
  if (is('latin-1') || is('iso-8859-1') || is('iso-latin-1')) return 'iso-8859-1';
  return name;
}

/** The encoding that the cookie of a text names, for a text that is decoded already. */
export function sourceEncoding(text: string): string {
  // Two lines hold all there is to know; what is beyond ASCII is no part of a cookie.
  const head = /^[^\r\n]*(?:\r\n?|\n)?[^\r\n]*/.exec(text)?.[0] ?? '';
  const bytes = Uint8Array.from(head, c => Math.min(c.charCodeAt(0), 0x7f));
  return findCookie(bytes)?.encoding ?? 'utf-8';
}
