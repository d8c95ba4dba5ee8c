// Text to tokens: CPython's C tokenizer. It never throws and never stops early: what CPython refuses is recorded,
// with the token at which CPython would find it, and the rest of the file becomes tokens all the same.
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';
import { Char, CharClass, CLASS_OF, EOF } from './characters.ts';
import { scanMiddle } from './formattedStrings.ts';
import { continueLine, endFile, endLine, skipComment, startLine } from './lines.ts';
import type { NameTable } from './nameTable.ts';
import { scanBracket, scanDot, scanOperator, scanStray } from './operators.ts';
import type { TokenizerError } from './refusals.ts';
import { TokenizerState, type Guess, type TokenizeOptions, type Unfinished } from './state.ts';
import { scanString } from './strings.ts';
import { TokenKind, type Tokens } from './tokens.ts';
import { scanName, scanNumberToken } from './words.ts';

export interface TokenizeResult {
  readonly tokens: Tokens;
  /** In the order of their tokens: the first is the one that CPython raises. */
  readonly errors: readonly TokenizerError[];
  readonly nameTable: NameTable;
  /** What has no end, to tokenize the text again (`TokenizeOptions.recover`). */
  readonly unfinished: Unfinished;
  /** Of a text that is tokenized again: where that had to guess. */
  readonly guesses: readonly Guess[];
  /** What the text was tokenized by. */
  readonly dialect: TokenizerDialect;
}

/**
 * The tokens of a text.
 *
 * CPython: Parser/lexer/lexer.c, tok_get() (before 3.12 Parser/tokenizer.c)
 */
export function tokenize(
  text: string,
  dialect: TokenizerDialect,
  options: TokenizeOptions = {},
): TokenizeResult {
  const state = new TokenizerState(text, dialect, options);
  while (scanToken(state));
  const { count, kinds, starts, ends, values } = state.buffer;
  return {
    tokens: { count, kinds, starts, ends, values, names: state.names.names },
    errors: state.refusals.errors,
    nameTable: state.names,
    unfinished: { offsets: state.unfinished, tripleQuotes: state.unfinishedTriple },
    guesses: state.guesses,
    dialect,
  };
}

/** Makes the tokens up to a place where the mode may have changed. False after the last. */
function scanToken(t: TokenizerState): boolean {
  if (t.formatted?.inMiddle) {
    scanMiddle(t, t.formatted);
    return true;
  }
  if (t.atLineStart) startLine(t);
  const { text, end } = t;
  let i = t.position;
  let c = i < end ? text.charCodeAt(i) : EOF;
  while (c === Char.SPACE || c === Char.TAB || c === Char.FF) c = ++i < end ? text.charCodeAt(i) : EOF;
  t.position = i;
  switch (c < 128 ? CLASS_OF[c] : c === EOF ? -1 : CharClass.NAME) {
    case CharClass.NAME:
      scanName(t, i, c);
      return true;
    case CharClass.OPERATOR:
      scanOperator(t, i, c);
      return true;
    case CharClass.BRACKET:
      scanBracket(t, i, c);
      return true;
    case CharClass.DOT:
      scanDot(t, i);
      return true;
    case CharClass.NEWLINE:
      if (c === Char.CR && t.ignoresReturn(i)) scanAfterReturn(t, i);
      else endLine(t, i, c);
      return true;
    case CharClass.QUOTE:
      scanString(t, i, i, c);
      return true;
    case CharClass.DIGIT:
      scanNumberToken(t, i);
      return true;
    case CharClass.COMMENT:
      skipComment(t, i);
      return true;
    case CharClass.BACKSLASH:
      continueLine(t, i);
      return true;
    case CharClass.OTHER:
      scanStray(t, i, c);
      return true;
    default:
      endFile(t);
      return false;
  }
}

/**
 * A `\r` in the middle of a line, for the tokenize module: CPython drops it, but the next token begins with it. It has
 * looked for names, blanks and comments before, so that a character of those is an operator.
 */
function scanAfterReturn(t: TokenizerState, i: number): void {
  const next = i + 1;
  const c = t.text.charCodeAt(next);
  const { buffer } = t;
  const { count } = buffer;
  switch (c < 128 ? CLASS_OF[c] : CharClass.NAME) {
    case CharClass.OPERATOR:
      scanOperator(t, next, c);
      break;
    case CharClass.BRACKET:
      scanBracket(t, next, c);
      break;
    case CharClass.DOT:
      scanDot(t, next);
      break;
    case CharClass.QUOTE:
      scanString(t, next, next, c);
      break;
    case CharClass.DIGIT:
      scanNumberToken(t, next);
      break;
    case CharClass.BACKSLASH:
      continueLine(t, next);
      break;
    case CharClass.NEWLINE:
    case CharClass.OTHER:
      scanStray(t, next, c);
      break;
    default:
      t.push(TokenKind.ERRORTOKEN, i, (t.text.codePointAt(next) ?? 0) > 0xffff ? 3 : 2);
  }
  if (buffer.count > count) buffer.starts[count] = i;
}
