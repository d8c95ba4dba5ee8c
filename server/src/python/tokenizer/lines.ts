// Where lines begin and end: indentation, blank lines, comments, line breaks, continuation lines, the end of the file.
import { Char, EOF } from './characters.ts';
import { closeFormatted } from './formattedStrings.ts';
import { Messages, type Refusal } from './messages.ts';
import { endsBrackets, interruptedBlock, interruptsContinuation } from './recovery.ts';
import type { FormattedString, TokenizerState, Unfinished } from './state.ts';
import { TokenKind } from './tokens.ts';

const MAX_INDENTS = 100;
const TAB_SIZE = 8;

/** Skips blank lines; the first line with tokens gets INDENT or DEDENT tokens if its column says so. */
export function startLine(t: TokenizerState): void {
  const { text, end } = t;
  t.atLineStart = false;
  let i = t.position;
  let lineStart = i;
  let column = 0;
  let alternative = 0;
  let continued = 0;
  for (;;) {
    const c = i < end ? text.charCodeAt(i) : EOF;
    if (c === Char.SPACE) {
      column++;
      alternative++;
    } else if (c === Char.TAB) {
      column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE;
      alternative++;
    } else if (c === Char.FF) column = alternative = 0;
    else if (c === Char.HASH || c === Char.LF || c === Char.CR) {
      if (t.extraTokens) {
        if (c === Char.CR && t.at(i + 1) !== Char.LF && i + 1 < end) {
          t.position = i;
          return;
        }
        if (c === Char.HASH) {
          const start = i;
          i = t.lineEnd(i);
          t.buffer.push(TokenKind.COMMENT, start, i, 0);
        }
        const lineEnd = i;
        i = t.afterLineBreak(i);
        t.buffer.push(TokenKind.NL, lineEnd, i, 0);
      } else i = t.afterLineBreak(c === Char.HASH ? t.lineEnd(i) : i);
      lineStart = i;
      column = alternative = continued = 0;
      continue;
    } else if (c === Char.BACKSLASH) {
      const { indentationBackslash } = t.dialect;
      if (indentationBackslash === 'token') break;
      if (indentationBackslash === 'blank') {
        // The line counts as a blank one: whatever follows it belongs to the block as it is, if anything does.
        const blank = blankContinuation(t, i);
        if (blank !== undefined) {
          i = blank;
          continue;
        }
        t.position = i;
        t.bufferStart = lineStart;
        return;
      }
      continued ||= column;
      t.bufferStart = lineStart;
      const next = afterContinuation(t, i);
      if (next === undefined) break;
      i = lineStart = next;
      continue;
    } else if (c === EOF) {
      if (t.extraTokens && i > lineStart) t.buffer.push(TokenKind.NL, i, i, 0);
      column = alternative = continued = 0;
      break;
    } else break;
    i++;
  }
  t.position = i;
  t.bufferStart = lineStart;
  if (continued) column = alternative = continued;
  const { indents, alternativeIndents } = t;
  const top = indents.length - 1;
  if (column === indents[top]) {
    if (alternative !== alternativeIndents[top]) refuseIndentation(t, Messages.tabs(), i);
  } else if (column > indents[top]) {
    if (top + 1 >= MAX_INDENTS) refuseIndentation(t, Messages.tooManyIndents(), i);
    else if (alternative <= alternativeIndents[top]) refuseIndentation(t, Messages.tabs(), i);
    indents.push(column);
    alternativeIndents.push(alternative);
    t.classBlocks[top + 1] = t.buffer.kinds[t.lineToken] === TokenKind.CLASS;
    t.buffer.push(TokenKind.INDENT, lineStart, i, 0);
  } else dedent(t, column, alternative, i);
  t.lineToken = t.buffer.count;
}

/** From a backslash over continued lines without tokens: where the last of them ends. Undefined if a token comes first. */
function blankContinuation(t: TokenizerState, backslash: number): number | undefined {
  let i = backslash;
  while (t.at(i) === Char.BACKSLASH && (t.at(i + 1) === Char.LF || t.at(i + 1) === Char.CR)) {
    i = t.afterLineBreak(i + 1);
    while (t.at(i) === Char.SPACE || t.at(i) === Char.TAB || t.at(i) === Char.FF) i++;
  }
  const c = t.at(i);
  return i > backslash && (c === Char.HASH || c === Char.LF || c === Char.CR) ? i : undefined;
}

function dedent(t: TokenizerState, column: number, alternative: number, offset: number): void {
  const { indents, alternativeIndents } = t;
  let top = indents.length - 1;
  if (t.recover) {
    const block = interruptedBlock(t, column, offset, t.recover);
    if (block >= 0) {
      column = block;
      alternative = alternativeIndents[indents.indexOf(block)];
      t.guess(offset, indents.indexOf(block));
    }
  }
  while (top > 0 && column < indents[top]) top--;
  if (column !== indents[top]) {
    t.refusals.atLineEnd(Messages.unindent(), t.buffer.count, offset, offset, t.bufferStart);
    // The line goes on with the innermost block that it could belong to.
    indents[++top] = column;
    alternativeIndents[top] = alternative;
    if (t.recover) t.guess(offset, top);
  } else if (alternative !== alternativeIndents[top]) refuseIndentation(t, Messages.tabs(), offset);
  for (let dedents = indents.length - 1 - top; dedents > 0; dedents--) {
    t.buffer.push(TokenKind.DEDENT, offset, offset, 0);
  }
  indents.length = alternativeIndents.length = top + 1;
  t.endGuesses(offset, top);
}

export function endLine(t: TokenizerState, i: number, c: number): void {
  const next = c === Char.CR && t.at(i + 1) === Char.LF ? i + 2 : i + 1;
  if (t.recover && t.brackets.length > 0) closeUnfinished(t, i, next, t.recover);
  t.position = next;
  if (!t.extraTokens || !t.formatted) t.bufferStart = next;
  if (t.inBrackets) {
    if (t.extraTokens) t.buffer.push(TokenKind.NL, i, next, 0);
    return;
  }
  t.buffer.push(TokenKind.NEWLINE, i, i, 0);
  t.atLineStart = true;
}

/** At a line's end: ends the f-strings that are to end with their line, and the brackets that end before the next one. */
function closeUnfinished(t: TokenizerState, offset: number, next: number, unfinished: Unfinished): void {
  const all = endsBrackets(t, next, unfinished);
  const ends = (string: FormattedString): boolean =>
    all || (string.inOneLine && (string.quoteSize === 3 || unfinished.offsets.has(string.start)));
  const outermost = t.formattedStrings.findIndex(ends);
  while (outermost >= 0 && t.formattedStrings.length > outermost) {
    closeFormatted(t, t.formattedStrings[t.formattedStrings.length - 1], offset, offset);
  }
  if (all) t.brackets.length = 0;
}

export function skipComment(t: TokenizerState, i: number): void {
  const end = t.lineEnd(i);
  if (t.extraTokens) t.buffer.push(TokenKind.COMMENT, i, end, 0);
  t.position = end;
}

export function continueLine(t: TokenizerState, i: number): void {
  const next = afterContinuation(t, i);
  t.position = next === undefined || (t.recover && interruptsContinuation(t, next)) ? i + 1 : next;
}

/** The offset after a backslash and its line break; if CPython refuses it, undefined after noting that. */
function afterContinuation(t: TokenizerState, i: number): number | undefined {
  const c = t.at(i + 1);
  if (c !== Char.LF && c !== Char.CR) {
    if (c === EOF) {
      unexpectedEOF(t, i);
      return undefined;
    }
    const { refusals, buffer, bufferStart } = t;
    const refusal = Messages.characterAfterContinuation();
    refusals.inLine(refusal, buffer.count, i + 1, i + 2, i + 1, bufferStart);
    return undefined;
  }
  const next = t.afterLineBreak(i + 1);
  if (next >= t.end && !t.refusals.hasEmptyLineMore(next)) {
    unexpectedEOF(t, i);
    return undefined;
  }
  return next;
}

function unexpectedEOF(t: TokenizerState, i: number): void {
  // Where CPython has made no token of the lines that it holds, it has no column.
  const { kinds, ends, count } = t.buffer;
  let last = count - 1;
  while (last >= 0 && (kinds[last] === TokenKind.INDENT || kinds[last] === TokenKind.DEDENT)) last--;
  const isFirst = last < 0 || ends[last] <= t.bufferStart;
  if (t.extraTokens) refuseEnd(t, isFirst ? t.end : t.bufferStart);
  else t.refusals.atLineEnd(Messages.unexpectedEOF(), t.buffer.count, i, t.end, t.bufferStart);
}

export function endFile(t: TokenizerState): void {
  const { buffer, end } = t;
  for (const offset of t.brackets) t.unfinished.add(offset);
  for (const { start } of t.formattedStrings) t.unfinished.add(start);
  if (t.extraTokens && t.inBrackets) refuseEnd(t, t.formatted ? t.bufferStart : end);
  const last = buffer.lastKind();
  const lineIsOpen =
    last !== undefined && last !== TokenKind.NEWLINE && last !== TokenKind.NL && last !== TokenKind.DEDENT;
  if (lineIsOpen && t.outerBrackets === 0) buffer.push(TokenKind.NEWLINE, end, end, 0);
  for (let i = t.indents.length - 1; i > 0; i--) buffer.push(TokenKind.DEDENT, end, end, 0);
  buffer.push(TokenKind.ENDMARKER, end, end, 0);
}

function refuseEnd(t: TokenizerState, bufferStart: number): void {
  t.refusals.endOfFile(Messages.endInStatement(), t.buffer.count, t.end, bufferStart);
}

function refuseIndentation(t: TokenizerState, refusal: Refusal, offset: number): void {
  t.refusals.inLine(refusal, t.buffer.count, offset, offset, t.bufferStart, t.bufferStart);
}
