// Names, keywords and numbers.
import { invalidIdentifierOffset, normalizeIdentifier } from '../text/identifiers.ts';
import { isPrintable } from '../text/unicode.ts';
import { undecodedMessage } from '../text/utf8.ts';
import { Char, EOF, isDigit, NAME_PART } from './characters.ts';
import { Messages } from './messages.ts';
import { HASH_SEED, hashStep } from './nameTable.ts';
import { scanNumber } from './numbers.ts';
import { incompatiblePrefixes, isStringPrefix, MAX_PREFIX } from './prefixes.ts';
import type { TokenizerState } from './state.ts';
import { scanString } from './strings.ts';
import { KEYWORDS, TokenKind } from './tokens.ts';

const FIRST_KEYWORD: number = TokenKind.FALSE;

export function scanName(t: TokenizerState, start: number, first: number): void {
  const { text, end } = t;
  let i = start;
  let c = first;
  let hash = HASH_SEED;
  do {
    hash = hashStep(hash, c);
    c = ++i < end ? text.charCodeAt(i) : EOF;
  } while (c < 128 && NAME_PART[c] === 1 && first < 128);
  if ((c >= 128 && c !== EOF) || first >= 128) {
    unicodeName(t, start, first < 128 ? i : start);
    return;
  }
  if ((c === Char.QUOTE || c === Char.DOUBLE_QUOTE) && i - start <= MAX_PREFIX) {
    if (isStringPrefix(text, start, i, t.dialect)) {
      scanString(t, start, i, c);
      return;
    }
    const refusal = t.dialect.templateStrings ? incompatiblePrefixes(text, start, i) : undefined;
    if (refusal) t.refusals.range(refusal, t.buffer.count, start, i, i + 1);
  }
  t.position = i;
  const id = t.names.intern(text, start, i, hash);
  t.buffer.push(id < KEYWORDS.length ? FIRST_KEYWORD + id : TokenKind.NAME, start, i, id);
}

/** A name with characters beyond ASCII, the first of them at `i` or later. It is never a keyword. */
function unicodeName(t: TokenizerState, start: number, i: number): void {
  const { text } = t;
  while (i < t.end) {
    const c = text.charCodeAt(i);
    if (c < 128 && NAME_PART[c] === 0) break;
    i++;
  }
  t.position = i;
  const word = text.slice(start, i);
  const invalid = invalidIdentifierOffset(word, t.dialect.unicode);
  if (invalid < 0 || t.extraTokens) {
    t.buffer.push(TokenKind.NAME, start, i, t.names.internString(normalizeIdentifier(word)));
  } else {
    refuseName(t, start, i, start + invalid);
    t.buffer.push(TokenKind.ERRORTOKEN, start, i, 0);
  }
}

function refuseName(t: TokenizerState, start: number, end: number, invalid: number): void {
  const { text, dialect } = t;
  if (!dialect.namesInvalidCharacter) {
    t.refuse(Messages.invalidIdentifier(), start, end, end);
    return;
  }
  const problem = undecodedMessage(text, start, end);
  if (problem !== undefined) {
    t.refuse(Messages.undecoded(problem), start, end, end);
    return;
  }
  const codePoint = text.codePointAt(invalid) as number;
  const next = invalid + (codePoint > 0xffff ? 2 : 1);
  const refusal = isPrintable(codePoint, dialect.unicode)
    ? Messages.invalidCharacter(codePoint)
    : Messages.nonPrintable(codePoint);
  t.refuse(refusal, invalid, next, next);
}

export function scanNumberToken(t: TokenizerState, start: number): void {
  const { text, end } = t;
  let i = start;
  let c = text.charCodeAt(i);
  const first = c;
  do c = ++i < end ? text.charCodeAt(i) : EOF;
  while (isDigit(c));
  const plain =
    c < 128 ? NAME_PART[c] === 0 && c !== Char.DOT : c === EOF || t.dialect.verifyEndOfNumber !== 'unicode';
  if (plain && (first !== Char.ZERO || i === start + 1)) {
    t.position = i;
    t.buffer.push(TokenKind.NUMBER, start, i, 0);
  } else scanFullNumber(t, start);
}

export function scanFullNumber(t: TokenizerState, start: number): void {
  const scan = scanNumber(t.text, start, t.dialect, t.extraTokens);
  let { end } = scan;
  if (!scan.refusal) t.buffer.push(TokenKind.NUMBER, start, end, 0);
  else {
    while (end < t.end) {
      const c = t.text.charCodeAt(end);
      if (c < 128 && NAME_PART[c] === 0) break;
      end++;
    }
    end = Math.max(end, start + 1);
    if (scan.rangeEnd === undefined) t.refuse(scan.refusal, start, end, scan.read);
    else t.refusals.range(scan.refusal, t.buffer.count, start, end, scan.rangeEnd);
    t.buffer.push(TokenKind.ERRORTOKEN, start, end, 0);
  }
  t.position = end;
}
