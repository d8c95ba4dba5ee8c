// Where CPython says that something stands. In a file it is where it stands. In the expressions of f-strings
// before PEP 701, which are parsed as texts of their own, it is what each version makes of it.
// CPython: fstring_find_expr_location() in Parser/string_parser.c of 3.11 and in Parser/pegen/parse_string.c of 3.9,
// fstring_fix_node_location() in Python/ast.c of 3.8.
import { type LineIndex, utf8Length } from '../text/lineIndex.ts';
import { TokenKind, type Tokens } from '../tokenizer/tokens.ts';
import type { GrammarDialect } from '../versions/grammarDialect.ts';

/** A line from 1, and a column in UTF-8 bytes from 0. */
export interface Place {
  readonly lineno: number;
  readonly column: number;
}

/** Tells the place of an offset. */
export type PlaceOf = (offset: number) => Place;

/** Places in a file. */
export const filePlaces =
  (lines: LineIndex): PlaceOf =>
  offset => ({ lineno: lines.lineno(offset), column: lines.colOffset(offset) });

/** An expression in an f-string, as offsets: the expression, the string token and the first string beside it. */
export interface FieldSite {
  readonly start: number;
  readonly end: number;
  readonly tokenStart: number;
  readonly tokenEnd: number;
  readonly firstStart: number;
  readonly firstEnd: number;
}

const isLineBreak = (unit: number): boolean => unit === 10 || unit === 13;

/** Line breaks in `text[start, end)`. */
function countLines(text: string, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}

/** The offset behind the last line break in `text[start, end)`; `start` if there is none. */
function lineStart(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && !isLineBreak(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Whether nothing but blanks stands between an opening brace and the line's end. */
function breaksAfterBrace(text: string, start: number): boolean {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\f') at++;
  return at >= text.length || isLineBreak(text.charCodeAt(at)) || text[at] === '}';
}

/** The string of an expression that begins in its first line and ends in another; null if there is none. */
function longString(text: string, from: number, tokens: Tokens): { start: number; end: number } | null {
  const { kinds, starts, ends, count } = tokens;
  for (let i = 0; i < count && countLines(text, from, starts[i]) === 0; i++) {
    const long = kinds[i] === TokenKind.STRING && countLines(text, starts[i], ends[i]) > 0;
    if (long) return { start: starts[i], end: ends[i] };
  }
  return null;
}

/** Places in an expression of an f-string, whose tokens are `tokens` and whose own token has the places of `outer`. */
export function fieldPlaces(
  text: string,
  site: FieldSite,
  tokens: Tokens,
  outer: PlaceOf,
  rule: GrammarDialect['fstringPositions'],
): PlaceOf {
  const first = rule === 'firstToken';
  const origin = first ? site.firstStart : site.tokenStart;
  const limit = first ? site.firstEnd : site.tokenEnd;
  const base = outer(origin);
  // The brace before the expression; 3.8 searches for it, with what follows, in the first string.
  let brace: number | null = site.start - 1;
  if (first) {
    const found = text.slice(origin, limit).indexOf(`{${text.slice(site.start, site.end)}}`);
    brace = found === -1 ? null : origin + found;
  }
  let lines = 0;
  let columns = 0;
  if (brace !== null) {
    lines = countLines(text, origin, brace);
    if (first || !breaksAfterBrace(text, brace + 1)) {
      const from = lineStart(text, origin, brace);
      columns = utf8Length(text, from, brace);
      if (from > origin && rule !== 'trimmed') columns++;
    }
  }
  const lineno = base.lineno + lines;
  const shift = rule === 'trimmed' && lines > 0 ? columns : base.column + columns;
  const long = longString(text, site.start, tokens);
  return offset => {
    // The parenthesis that stands for the brace.
    if (offset < site.start) return { lineno, column: shift };
    const below = countLines(text, site.start, offset);
    // Whether columns are shifted is asked of a token's last line for its beginning, and in 3.8 of its first for its end.
    if (below === 0) {
      const shifted = first || offset !== long?.start;
      return { lineno, column: (shifted ? shift : 0) + 1 + utf8Length(text, site.start, offset) };
    }
    const column = utf8Length(text, lineStart(text, site.start, offset), offset);
    return { lineno: lineno + below, column: first && offset === long?.end ? shift + column : column };
  };
}
