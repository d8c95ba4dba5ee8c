// Where CPython says that tokens of layout stand: the ends of lines and of the text, indentation.
import { type LineIndex, utf8Length } from '../../text/lineIndex.ts';
import type { ReportedPosition } from '../../text/syntaxError.ts';
import { TokenKind, type Tokens } from '../../tokenizer/tokens.ts';

/** A text, its tokens, and its lines, which are made when they are asked for. */
export interface Source {
  readonly text: string;
  readonly tokens: Tokens;
  readonly lines: () => LineIndex;
}

/** The offset at which a token begins for CPython: a line's end begins with its comment, if it has one. */
export function tokenStart({ text, tokens }: Source, at: number): number {
  if (tokens.kinds[at] !== TokenKind.NEWLINE) return tokens.starts[at];
  let start = at === 0 ? 0 : tokens.ends[at - 1];
  while (start < tokens.starts[at] && text[start] !== '#') start++;
  return start;
}

/** What CPython reports for a token of layout: how far its tokenizer has read in the line. Nothing for other tokens. */
export function layoutPosition(source: Source, at: number): ReportedPosition | undefined {
  const { tokens } = source;
  const kind = tokens.kinds[at];
  if (kind === TokenKind.ENDMARKER) return endPosition(source, false);
  if (kind !== TokenKind.INDENT && kind !== TokenKind.DEDENT) return undefined;
  const offset = kind === TokenKind.INDENT ? tokens.ends[at] : tokens.starts[at];
  if (onlyLayoutFollows(tokens, at)) return endPosition(source, false);
  const lines = source.lines();
  const lineno = lines.lineno(offset);
  const column = offset - lines.starts[lineno - 1];
  return { lineno, offset: column, end_lineno: lineno, end_offset: -1 };
}

function onlyLayoutFollows({ kinds, count }: Tokens, at: number): boolean {
  for (let i = at; i < count; i++) {
    if (kinds[i] !== TokenKind.DEDENT && kinds[i] !== TokenKind.ENDMARKER) return false;
  }
  return true;
}

/** The end of the text, in its last line: behind it, or nowhere in it. */
export function endPosition({ text, lines: linesOf }: Source, nowhere: boolean): ReportedPosition {
  const lines = linesOf();
  const { length } = text;
  const last = lines.starts.length;
  const lineno = last > 1 && lines.starts[last - 1] === length ? last - 1 : last;
  if (nowhere) return { lineno, offset: 0, end_lineno: lineno, end_offset: 0 };
  let end = length;
  while (end > lines.starts[lineno - 1] && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return { lineno, offset: end - lines.starts[lineno - 1] + 1, end_lineno: lineno, end_offset: -1 };
}

/** Whether a token is `<>`. */
export const isDiamond = ({ text, tokens }: Source, at: number): boolean =>
  tokens.kinds[at] === TokenKind.NOTEQUAL && text[tokens.starts[at]] === '<';

/**
 * What 3.8 reports for a token, as far as that is not where it is. Its parser has a buffer that begins with the line, unless the
 * line begins in a string or behind a backslash. It refuses `<>` before it knows a column, and tells how far it has read
 * in the buffer. Other columns are bytes, which it counts as characters at the beginning of the buffer.
 * CPython: Parser/parsetok.c, parsetok(); Python/pythonrun.c, err_input()
 */
export function bufferPosition(source: Source, at: number): ReportedPosition | undefined {
  const { text, tokens } = source;
  const lines = source.lines();
  const start = tokens.starts[at];
  // A string's line is the one that it ends on, and its column one of the line that it begins on.
  const lineno = lines.lineno(tokens.ends[at]);
  const buffer = bufferStart(source, at);
  const old = isDiamond(source, at);
  if (!old && buffer === lines.starts[lineno - 1]) return undefined;
  const offset = old
    ? charactersIn(text, buffer, tokens.ends[at])
    : charactersOfBytes(text, buffer, lines.colOffset(start) + 1);
  return { lineno, offset, end_lineno: lineno, end_offset: -1 };
}

/**
 * What 3.9 reports for an error at `start`, as far as that is not where it is: it counts the bytes before it as characters, at the
 * beginning of what the tokenizer has in its buffer when it has read as far as token `reach`.
 * CPython: Parser/pegen.c, _PyPegen_raise_error_known_location()
 */
export function bufferedPosition(source: Source, start: number, reach: number): ReportedPosition | undefined {
  const lines = source.lines();
  if (lines.ascii) return undefined;
  const lineno = lines.lineno(start);
  const buffer = bufferStart(source, reach);
  if (buffer === lines.starts[lineno - 1]) return undefined;
  const offset = charactersOfBytes(source.text, buffer, lines.colOffset(start) + 1);
  return { lineno, offset, end_lineno: lineno, end_offset: -1 };
}

/**
 * What 3.10 and later report for an error of several lines: the bytes before its end are counted as characters in the line that it
 * begins in, if that has so many. Nothing for others. CPython: Parser/pegen_errors.c, _PyPegen_raise_error_known_location()
 */
export function spanningPosition(
  source: Source,
  { start, end }: { readonly start: number; readonly end: number },
): ReportedPosition | undefined {
  const { text } = source;
  const lines = source.lines();
  const [lineno, end_lineno] = [lines.lineno(start), lines.lineno(end)];
  if (lineno === end_lineno) return undefined;
  const from = lines.starts[lineno - 1];
  let to = lines.starts[lineno];
  while (to > from && (text[to - 1] === '\n' || text[to - 1] === '\r')) to--;
  const most = Math.min(lines.colOffset(end), utf8Length(text, from, to)) + 1;
  const offset = charactersBefore(source, start) + 1;
  return { lineno, offset, end_lineno, end_offset: charactersOfBytes(text, from, most) };
}

/**
 * What 3.10 and later (until their tokenizer keeps the beginning of its line) report for an error in the last line that is
 * read when the parser has token `reach`, if the tokenizer's buffer begins before that line: as `bufferedPosition`, the
 * bytes before the error are counted as characters from there. Nothing for others, and where all characters are one byte.
 * CPython: Parser/pegen_errors.c, _PyPegen_raise_error_known_location()
 */
export function bufferedRange(
  source: Source,
  { start, end }: { readonly start: number; readonly end: number },
  reach: number,
): ReportedPosition | undefined {
  const { text, tokens } = source;
  const lines = source.lines();
  if (lines.ascii) return undefined;
  const [lineno, end_lineno] = [lines.lineno(start), lines.lineno(end)];
  if (lines.lineno(Math.max(tokens.starts[reach], tokens.ends[reach] - 1)) > lineno) return undefined;
  const buffer = bufferStart(source, reach);
  if (buffer === lines.starts[lineno - 1]) return undefined;
  const column = (at: number): number => charactersOfBytes(text, buffer, lines.colOffset(at) + 1);
  return { lineno, offset: column(start), end_lineno, end_offset: column(end) };
}

/** An expression of several lines on its last line, if there are several: from the column that it has on the first. */
export function lastLinePosition(source: Source, start: number, end: number): ReportedPosition | undefined {
  const lines = source.lines();
  const lineno = lines.lineno(end);
  if (lines.lineno(start) === lineno) return undefined;
  const from = lines.starts[lineno - 1];
  const most = utf8Length(source.text, from, lines.starts.at(lineno) ?? source.text.length) + 1;
  const offset = charactersOfBytes(source.text, from, Math.min(lines.colOffset(start) + 1, most));
  return { lineno, offset, end_lineno: lineno, end_offset: charactersBefore(source, end) + 1 };
}

/** Where the buffer of a tokenizer that keeps the line of a token's beginning starts when their parser gets a token. */
export function bufferStart({ text, tokens }: Source, at: number): number {
  for (let i = at; i > 0; i--) {
    const newline = lastNewline(text, tokens.ends[i - 1], tokens.starts[i]);
    if (newline >= 0) return newline + 1;
    if (tokens.kinds[i - 1] === TokenKind.NEWLINE) return tokens.ends[i - 1];
  }
  return lastNewline(text, 0, tokens.starts[0]) + 1;
}

const charactersIn = (text: string, from: number, to: number): number => [...text.slice(from, to)].length;

/** How many characters a number of UTF-8 bytes from an offset on are, counting one that they end in. */
function charactersOfBytes(text: string, from: number, bytes: number): number {
  let count = 0;
  for (let i = from; bytes > 0 && i < text.length; count++) {
    const character = text.codePointAt(i)!;
    bytes -= character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    i += character < 0x10000 ? 1 : 2;
  }
  return count;
}

/** The last end of a line between two tokens that no backslash joins with the next, or -1. */
function lastNewline(text: string, from: number, to: number): number {
  for (let i = to - 1; i >= from; i--) {
    if (text[i] !== '\n') continue;
    const isJoined = text[i - 1] === '\\' || (text[i - 1] === '\r' && text[i - 2] === '\\');
    if (!isJoined || text.slice(from, i).includes('#')) return i;
  }
  return -1;
}

/** How many characters there are in a line before an offset. */
export function charactersBefore({ text, lines }: Source, offset: number): number {
  const start = lines().starts[lines().lineno(offset) - 1];
  let count = 0;
  for (let i = start; i < offset; i++) {
    if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00 || i === start) count++;
  }
  return count;
}
