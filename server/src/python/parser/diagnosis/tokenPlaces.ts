// Where CPython says that tokens of layout stand: the ends of lines and of the text, indentation.
import type { LineIndex } from '../../text/lineIndex.ts';
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

/** How many characters there are in a line before an offset. */
export function charactersBefore({ text, lines }: Source, offset: number): number {
  const start = lines().starts[lines().lineno(offset) - 1];
  let count = 0;
  for (let i = start; i < offset; i++) {
    if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00 || i === start) count++;
  }
  return count;
}
