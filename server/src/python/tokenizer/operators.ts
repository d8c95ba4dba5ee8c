// Operators, brackets, and what is no token at all.
import {
  Char,
  DOUBLED_OPERATOR,
  DOUBLED_OPERATOR_EQUAL,
  isDigit,
  OPERATOR,
  OPERATOR_EQUAL,
} from './characters.ts';
import { closeField } from './formattedStrings.ts';
import { Messages } from './messages.ts';
import type { TokenizerState } from './state.ts';
import { TokenKind } from './tokens.ts';
import { scanFullNumber } from './words.ts';

const MAX_PARENTHESES = 200;

export function scanOperator(t: TokenizerState, i: number, c: number): void {
  const string = t.formatted;
  if (string && c === Char.COLON && string.bracketDepth - 1 === string.fieldDepth) {
    t.push(TokenKind.COLON, i, 1);
    string.inMiddle = true;
    string.inFormatSpec = true;
    return;
  }
  const c2 = t.at(i + 1);
  if (c2 === Char.EQUAL && OPERATOR_EQUAL[c] !== 0) t.push(OPERATOR_EQUAL[c], i, 2);
  else if (c2 === c && DOUBLED_OPERATOR[c] !== 0) {
    if (t.at(i + 2) === Char.EQUAL) t.push(DOUBLED_OPERATOR_EQUAL[c], i, 3);
    else t.push(DOUBLED_OPERATOR[c], i, 2);
  } else if (c === Char.MINUS && c2 === Char.GREATER) t.push(TokenKind.RARROW, i, 2);
  else if (
    c === Char.LESS &&
    c2 === Char.GREATER &&
    !(t.dialect.splitsDiamond && (t.extraTokens || endsLonger(t.at(i + 2))))
  ) {
    t.push(TokenKind.NOTEQUAL, i, 2);
  } else t.push(OPERATOR[c], i, 1);
}

/** Whether `>` is part of a longer operator with what follows it. The parser takes `<>` apart where it is two operators. */
const endsLonger = (c: number): boolean => c === Char.EQUAL || c === Char.GREATER;

export function scanDot(t: TokenizerState, i: number): void {
  const c = t.at(i + 1);
  if (isDigit(c)) scanFullNumber(t, i);
  else if (c === Char.DOT && t.at(i + 2) === Char.DOT) t.push(TokenKind.ELLIPSIS, i, 3);
  else t.push(TokenKind.DOT, i, 1);
}

export function scanBracket(t: TokenizerState, i: number, c: number): void {
  const { brackets, formatted } = t;
  if (c === Char.LPAR || c === Char.LSQB || c === Char.LBRACE) {
    if (brackets.length + t.outerBrackets >= MAX_PARENTHESES)
      t.refuse(Messages.tooManyParentheses(), i, i + 1, i + 1);
    brackets.push(i);
    if (formatted) formatted.bracketDepth++;
    t.push(OPERATOR[c], i, 1);
  } else {
    const closed = closeBracket(t, i, c);
    if (closed) t.push(OPERATOR[c], i, 1);
    else t.push(TokenKind.ERRORTOKEN, i, 1);
    if (formatted) closeField(t, formatted, i, c);
  }
}

function closeBracket(t: TokenizerState, i: number, c: number): boolean {
  const { brackets, formatted, text } = t;
  const closing = text[i];
  if (formatted && formatted.bracketDepth === 0 && c === Char.RBRACE) {
    t.refuse(Messages.singleBrace(formatted.letter), i, i + 1, i + 1);
    formatted.inMiddle = true;
    formatted.bracketDepth++;
    return false;
  }
  const opening = brackets.pop();
  if (opening === undefined) {
    if (t.outerBrackets === 0 && !t.extraTokens) t.refuse(Messages.unmatched(closing), i, i + 1, i + 1);
    return true;
  }
  const open = text.charCodeAt(opening);
  const matching = open === Char.LPAR ? Char.RPAR : open === Char.LSQB ? Char.RSQB : Char.RBRACE;
  if (c === matching || (t.extraTokens && !t.dialect.tokenizeModuleRefusesBrackets)) return true;
  if (formatted && open === Char.LBRACE && formatted.bracketDepth - 1 === formatted.fieldDepth) {
    t.refuse(Messages.unmatchedInFString(closing, formatted.letter), i, i + 1, i + 1);
    brackets.push(opening);
    formatted.bracketDepth++;
    return false;
  }
  if (t.extraTokens) return true;
  const line = t.refusals.lineno(opening);
  const otherLine = line === t.refusals.lineno(i) ? undefined : line;
  t.refuse(Messages.mismatched(closing, text[opening], otherLine), i, i + 1, i + 1);
  return true;
}

/** A character that begins no token. Those that print get no refusal: the parser has no use for them. */
export function scanStray(t: TokenizerState, i: number, c: number): void {
  if (t.dialect.refusesControlCharacters && (c < 32 || c === 127))
    t.refuse(Messages.nonPrintable(c), i, i + 1, i + 1);
  t.push(TokenKind.ERRORTOKEN, i, 1);
}
