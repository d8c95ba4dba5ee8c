// What `python -m tokenize -e FILE` prints. From 3.12 on the tokenize module asks the compiler's tokenizer for tokens,
// comments and blank lines included; up to 3.11 it is a program of its own (see pureTokenize.ts).
import { sourceEncoding } from '../text/decode.ts';
import { utf8Length } from '../text/lineIndex.ts';
import type { SourceError } from '../text/syntaxError.ts';
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';
import { detectEncoding, type DetectedSource } from './detectEncoding.ts';
import { Messages } from './messages.ts';
import { pureTokenize } from './pureTokenize.ts';
import { tokenize } from './tokenize.ts';
import {
  PhysicalLines,
  TokenLines,
  type TokenizeModuleError,
  type TokenizeModuleResult,
} from './tokenLines.ts';
import { TokenKind } from './tokens.ts';

/**
 * The lines that CPython's tokenize module prints of a source, or what it complains of.
 *
 * CPython: Lib/tokenize.py, main(); from 3.12 on Python/Python-tokenize.c, tokenizeriter_next()
 *
 * @param source a file's bytes, or its text without a byte order mark
 * @param name of the file, which some complaints tell
 */
export function tokenizeModule(
  source: Uint8Array | string,
  dialect: TokenizerDialect,
  name?: string,
): TokenizeModuleResult {
  const { text, encoding, problem, undecodable }: DetectedSource =
    typeof source === 'string'
      ? { text: source, encoding: sourceEncoding(source) }
      : detectEncoding(source, name, dialect);
  if (problem !== undefined) return new TokenLines(dialect.unicode).result({ message: problem });
  const result = dialect.tokenizeModuleIsCompilers
    ? compilersTokenize(text, encoding, dialect)
    : pureTokenize(text, encoding, dialect);
  // Only an error before the line that is no text comes first: not that the text ends too early.
  if (undecodable === undefined || (result.error !== undefined && !result.error.includes('EOF in')))
    return result;
  return new TokenLines(dialect.unicode).unexpected(undecodable);
}

function compilersTokenize(text: string, encoding: string, dialect: TokenizerDialect): TokenizeModuleResult {
  const output = new TokenLines(dialect.unicode);
  const { tokens, errors } = tokenize(text, dialect, { extraTokens: true });
  const nullByte = refusedNullByte(text, errors.at(0), dialect);
  if (nullByte) return output.result(nullByte);
  if (errors.length > 0) {
    const { msg, position } = errors[0];
    const error: TokenizeModuleError = {
      message: inTokenizeModule(msg),
      lineno: position?.lineno,
      column: position?.offset,
    };
    return output.result(error);
  }
  const lines = new PhysicalLines(text);
  const { count, kinds, starts, ends } = tokens;
  output.add('ENCODING', encoding, 0, 0, 0, 0);
  let line = 0;
  for (let i = 0; i < count; i++) {
    const kind: TokenKind = kinds[i];
    const start = starts[i];
    const end = ends[i];
    if (kind === TokenKind.ENDMARKER || (kind === TokenKind.DEDENT && start === text.length)) {
      const last = lines.count + (text === '' ? 0 : 1);
      output.add(TokenKind[kind], '', last, 0, last, 0);
      continue;
    }
    line = lines.lineOf(start, line);
    const column = lines.column(line, start);
    if (kind === TokenKind.NEWLINE || kind === TokenKind.NL) {
      // A line break that the file's last line does not have takes a column all the same.
      const lineBreak = text.startsWith('\r\n', start) ? '\r\n' : text.slice(start, start + 1);
      // That comes behind a `\r`, too.
      const missing = lineBreak === '' || (lineBreak === '\r' && start + 1 === text.length) ? 1 : 0;
      output.add(TokenKind[kind], lineBreak, line + 1, column, line + 1, column + lineBreak.length + missing);
      continue;
    }
    const endLine = lines.lineOf(end, line);
    const string = text.slice(start, end);
    const isLong = endLine > line && (kind === TokenKind.FSTRING_MIDDLE || kind === TokenKind.STRING);
    const endColumn =
      isLong && dialect.tokenizeModuleCountsBytes
        ? charactersOf(text, lines.start(line), utf8Length(text, lines.start(endLine), end))
        : lines.column(endLine, end);
    output.add(exactType(kind, string), string, line + 1, column, endLine + 1, endColumn);
  }
  return output.result();
}

/**
 * Null bytes are refused when their line is read: errors of lines before it come first, but not those of strings that
 * go on. From 3.14 on the lines that may tell the encoding are looked at before any other.
 * CPython: Parser/tokenizer/helpers.c, contains_null_bytes(); Lib/tokenize.py, detect_encoding()
 */
function refusedNullByte(
  text: string,
  error: SourceError | undefined,
  dialect: TokenizerDialect,
): TokenizeModuleError | undefined {
  const at = text.indexOf('\0');
  if (at < 0) return undefined;
  const before = text.slice(0, at);
  const lineno = before.split('\n').length;
  const message = Messages.nullBytes().msg;
  const inHead = lineno === 1 || (lineno === 2 && /^[ \t\f]*(?:[#\r\n]|$)/.test(before));
  if (inHead && dialect.encodingRefusesNullBytes) return { message };
  const isBefore = error?.position?.lineno !== undefined && error.position.lineno < lineno;
  return isBefore && !error.msg.includes('triple-quoted') ? undefined : { message, lineno, column: 0 };
}

/** How many characters some bytes from an offset on are, one that they end in the middle of included. */
function charactersOf(text: string, start: number, bytes: number): number {
  let count = 0;
  let at = start;
  for (let left = bytes; left > 0 && at < text.length; count++) {
    const next = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
    left -= utf8Length(text, at, next);
    at = next;
  }
  return count;
}

/** CPython: Lib/tokenize.py, _transform_msg() */
const inTokenizeModule = (msg: string): string =>
  msg.includes('unterminated triple-quoted string literal') ? 'EOF in multi-line string' : msg;

/** CPython's name of a token's exact type: keywords are names; what the module's table does not have is an operator. */
function exactType(kind: TokenKind, string: string): string {
  if (string.startsWith('\r') && kind !== TokenKind.NUMBER && kind !== TokenKind.STRING) return 'OP';
  if (kind >= TokenKind.FALSE) return 'NAME';
  return kind === TokenKind.ERRORTOKEN || string === '<>' ? 'OP' : TokenKind[kind];
}
