// Where brackets, strings and blocks end that somebody has not finished typing. CPython's verdict on a text comes from
// a first pass that knows nothing of this; a second one, for texts that are refused, asks here, so that what stands
// around the place being typed keeps its tokens. Everything is decided by what the lines look like.
import { Char, CharClass, CLASS_OF, EOF, isDigit, isNamePart } from './characters.ts';
import type { TokenizerState, Unfinished } from './state.ts';

/** Keywords that no expression can have, so that a line which begins with one begins a statement. */
const STATEMENT_KEYWORDS: ReadonlySet<string> = new Set(
  'assert break class continue def del elif except finally global import nonlocal pass raise return try while with'.split(
    ' ',
  ),
);

/** Words that go on with the expression of the line before. */
const OPERATOR_WORDS: ReadonlySet<string> = new Set(['and', 'in', 'is', 'or']);

const isQuote = (c: number): boolean => c < 128 && CLASS_OF[c] === CharClass.QUOTE;

const isWord = (c: number): boolean => c !== EOF && (c > 127 || isNamePart(c));

const isBlank = (c: number): boolean => c === Char.SPACE || c === Char.TAB || c === Char.FF;

function skipBlanks(t: TokenizerState, offset: number): number {
  let i = offset;
  while (isBlank(t.at(i))) i++;
  return i;
}

function wordAt(t: TokenizerState, offset: number): string {
  let i = offset;
  while (isWord(t.at(i))) i++;
  return t.text.slice(offset, i);
}

/** Column of the first character after a line's indentation, with tabs of 8. */
function columnOf(t: TokenizerState, lineStart: number, first: number): number {
  let column = 0;
  for (let i = lineStart; i < first; i++) column = t.at(i) === Char.TAB ? (column | 7) + 1 : column + 1;
  return column;
}

/** Whether a line's text is the beginning of a definition: `def f`, `async def`, `class C`, `@decorator`. */
function beginsDefinition(t: TokenizerState, first: number): boolean {
  if (t.text[first] === '@') return isWord(t.at(first + 1));
  const word = wordAt(t, first);
  const after = first + word.length;
  if (word === 'async') return wordAt(t, skipBlanks(t, after)) === 'def';
  return (word === 'def' || word === 'class') && isBlank(t.at(after)) && isWord(t.at(skipBlanks(t, after)));
}

/** Whether a word, at an offset, begins a statement wherever it is the first of its line. */
function isStatementKeyword(t: TokenizerState, word: string, offset: number): boolean {
  return STATEMENT_KEYWORDS.has(word) || (word === 'async' && wordAt(t, offset + 6) === 'def');
}

/** Whether a line that a backslash joins to the one before is a statement of its own. */
export function interruptsContinuation(t: TokenizerState, lineStart: number): boolean {
  const first = skipBlanks(t, lineStart);
  const word = wordAt(t, first);
  return word !== 'import' && isStatementKeyword(t, word, first);
}

/**
 * Whether the brackets that are open end before a line: it begins with a keyword that no expression has; or one of
 * them has no end, and the line is indented no more than the statement and begins as statements do.
 */
export function endsBrackets(t: TokenizerState, lineStart: number, unfinished: Unfinished): boolean {
  const first = skipBlanks(t, lineStart);
  const word = wordAt(t, first);
  if (isStatementKeyword(t, word, first)) return true;
  if (columnOf(t, lineStart, first) > t.indents[t.indents.length - 1]) return false;
  // What is around a bracket without an end has none either.
  if (!unfinished.offsets.has(t.brackets[0])) return false;
  if (t.text[first] === '@') return isWord(t.at(first + 1));
  if (word === '' || isDigit(t.at(first)) || OPERATOR_WORDS.has(word)) return false;
  return !isQuote(t.at(first + word.length));
}

/** The closing quotes of a triple-quoted string whose text begins at an offset; -1 if there are none. */
function closingQuotes(t: TokenizerState, offset: number, quote: number): number {
  // Escaped quotes may be asked about again behind a line that ended early: the answer is the same.
  const known = t.closings.get(quote);
  if (known && known.from <= offset && (known.close < 0 || known.close >= offset)) return known.close;
  let close = -1;
  for (let i = offset; i < t.end; i++) {
    const c = t.text.charCodeAt(i);
    if (c === Char.BACKSLASH) i++;
    else if (c === quote && t.at(i + 1) === quote && t.at(i + 2) === quote) {
      close = i;
      break;
    }
  }
  t.closings.set(quote, { from: offset, close });
  return close;
}

/**
 * Whether a triple-quoted string ends with its first line, because the quotes that would end it are those that begin
 * another: text follows them; or they stand where strings begin, and definitions are between.
 *
 * @param body where the string's text begins
 */
export function endsWithItsLine(t: TokenizerState, body: number, quote: number): boolean {
  if (!opensAnother(t, body, quote)) return false;
  // One is to blame: the others come in pairs again.
  t.quotesAreOdd = false;
  t.guess(body, 0);
  return true;
}

function opensAnother(t: TokenizerState, body: number, quote: number): boolean {
  const close = closingQuotes(t, body, quote);
  if (close < 0) return true;
  const lineEnd = t.lineEnd(body);
  if (lineEnd >= close) return false;
  const next = t.at(close + 3);
  if (isWord(next)) return true;
  if (next === Char.BACKSLASH && (t.at(close + 4) === Char.LF || t.at(close + 4) === Char.CR)) return true;
  return (t.quotesAreOdd || followsOpener(t, close)) && holdsDefinition(t, lineEnd, close);
}

/** Whether quotes stand where a string begins: behind a header's colon, an equals sign, an opening bracket. */
function followsOpener(t: TokenizerState, quotes: number): boolean {
  let i = quotes - 1;
  while (i > 0 && isWord(t.at(i))) i--;
  while (i > 0 && (isBlank(t.at(i)) || t.at(i) === Char.LF || t.at(i) === Char.CR)) i--;
  const c = t.at(i);
  return c === Char.COLON || c === Char.EQUAL || c === Char.LPAR;
}

/** Whether a string has lines that begin definitions, indented no more than the line that the string begins in. */
function holdsDefinition(t: TokenizerState, lineEnd: number, close: number): boolean {
  const outer = t.indents[t.indents.length - 1];
  for (let line = t.afterLineBreak(lineEnd); line < close; line = t.afterLineBreak(t.lineEnd(line))) {
    const first = skipBlanks(t, line);
    if (beginsDefinition(t, first) && columnOf(t, line, first) <= outer) return true;
  }
  return false;
}

/**
 * The column of the block that a line belongs to although it is indented less: the line opens no block, and the next
 * one goes on with that block. -1 if it ends the block, as it does when it may become the header of what follows: that
 * is one level deeper, and neither a definition nor in a class.
 */
export function interruptedBlock(
  t: TokenizerState,
  column: number,
  offset: number,
  unfinished: Unfinished,
): number {
  const lineEnd = completeLineEnd(t, offset, unfinished);
  if (lineEnd < 0) return -1;
  for (let line = t.afterLineBreak(lineEnd); line < t.end; line = t.afterLineBreak(t.lineEnd(line))) {
    const first = skipBlanks(t, line);
    const c = t.at(first);
    if (c === EOF || c === Char.LF || c === Char.CR || c === Char.HASH) continue;
    const next = columnOf(t, line, first);
    const { indents, classBlocks } = t;
    const level = indents.indexOf(next);
    if (level < 1 || next <= column) return -1;
    return indents[level - 1] > column || classBlocks[level] || beginsDefinition(t, first) ? next : -1;
  }
  return -1;
}

/** Where a line ends that is all of a statement without a block; -1 if it is not. */
function completeLineEnd(t: TokenizerState, offset: number, unfinished: Unfinished): number {
  let open = 0;
  let last = EOF;
  let i = offset;
  for (; i < t.end; i++) {
    const c = t.text.charCodeAt(i);
    if (c === Char.LF || c === Char.CR) break;
    if (c === Char.HASH) {
      i = t.lineEnd(i);
      break;
    }
    if (isBlank(c)) continue;
    last = c;
    if (c === Char.LPAR || c === Char.LSQB || c === Char.LBRACE) {
      if (!unfinished.offsets.has(i)) open++;
    } else if (c === Char.RPAR || c === Char.RSQB || c === Char.RBRACE) open--;
    else if (isQuote(c)) {
      if (t.at(i + 1) === c && t.at(i + 2) === c) return -1;
      const lineEnd = t.lineEnd(i);
      for (i++; i < lineEnd && t.at(i) !== c; i++) if (t.at(i) === Char.BACKSLASH) i++;
      if (i >= lineEnd) i = lineEnd - 1;
    }
  }
  return open > 0 || last === Char.COLON || last === Char.BACKSLASH ? -1 : i;
}
