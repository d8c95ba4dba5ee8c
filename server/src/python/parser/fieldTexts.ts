// The texts that replacement fields show of themselves (`{a=}`), as the tokenizers of CPython 3.12 and later patches of
// it keep them: one buffer for each string, which begins anew at some braces and ends at some punctuation, so that a field
// inside a format specification may show the text of another one, or has none.
// CPython: Parser/lexer/lexer.c, _PyLexer_update_fstring_expr(), set_fstring_expr() (3.12: Parser/tokenizer.c)
import { TokenKind, type Tokens } from '../tokenizer/tokens.ts';
import type { FieldTexts } from '../versions/grammarDialect.ts';

/** UTF-16 offsets. */
export type TextRange = readonly [start: number, end: number];

/**
 * The texts of the fields of an f-string or t-string, by the index of the token that CPython's tokenizer gives them to:
 * the `!`, `:` or `}` behind the expression. A field that shows its text but has none here makes CPython give up.
 *
 * @param first index of the string's FSTRING_START or TSTRING_START
 */
export function fieldTexts(
  text: string,
  tokens: Omit<Tokens, 'names' | 'values'>,
  first: number,
  rule: FieldTexts,
): ReadonlyMap<number, TextRange> {
  const { kinds, starts, ends, count } = tokens;
  const found = new Map<number, TextRange>();
  const skipsUnequal = rule === 'lastEndPastUnequal';
  // A `=` in brackets shows nothing; before, it was taken for one that does.
  const looksAtTop = rule === 'lastEnd' || rule === 'lastEndPastUnequal';
  const template = kinds[first] === TokenKind.TSTRING_START;
  let bufferStart = -1;
  let bufferEnd = -1;
  let depth = 0;
  let fieldDepth = -1;
  let inMiddle = true;
  let inSpec = false;
  let debug = false;
  let inner = 0;
  const fieldStarts: number[] = [];
  for (let i = first + 1; i < count; i++) {
    const kind: TokenKind = kinds[i];
    if (kind === TokenKind.FSTRING_START || kind === TokenKind.TSTRING_START) {
      inner++;
      continue;
    }
    if (kind === TokenKind.FSTRING_END || kind === TokenKind.TSTRING_END) {
      if (inner-- === 0) break;
      continue;
    }
    if (inner > 0) continue;
    if (kind === TokenKind.FSTRING_MIDDLE || kind === TokenKind.TSTRING_MIDDLE) {
      const next = i + 1 < count ? starts[i + 1] : ends[i];
      const escape = next === ends[i] + 1 && text[ends[i]] === '{';
      if (kinds[i + 1] === TokenKind.LBRACE || escape) {
        bufferStart = escape ? ends[i] : ends[i + 1];
        bufferEnd = -1;
      }
      if (!escape) inSpec = false;
      continue;
    }
    if (kind === TokenKind.LBRACE && inMiddle) {
      fieldDepth++;
      fieldStarts[fieldDepth] = ends[i];
      inMiddle = false;
    }
    const isOpening = kind === TokenKind.LBRACE;
    if (PUNCTUATION.has(kind) && fieldDepth >= 0) {
      const cursor = isOpening ? depth : depth - 1;
      const inField = cursor === 1 && (debug || inSpec) && rule !== 'outermost';
      if (rule === 'own') {
        if (cursor === fieldDepth && cursor < 2 && !isOpening) found.set(i, [fieldStarts[cursor], starts[i]]);
      } else if (cursor === 0 || inField) {
        if (isOpening) {
          bufferStart = ends[i];
          bufferEnd = -1;
        } else if (bufferEnd === -1 ? !skipsUnequal || kind !== TokenKind.NOTEQUAL : endsAnew(kind, rule)) {
          bufferEnd = starts[i];
        }
        if (!isOpening && (debug || template) && !found.has(i) && bufferStart >= 0) {
          found.set(i, [bufferStart, bufferEnd]);
        }
      }
      if (kind === TokenKind.COLON && cursor === fieldDepth) {
        inMiddle = true;
        inSpec = true;
      }
    }
    switch (kind) {
      case TokenKind.LPAR:
      case TokenKind.LSQB:
      case TokenKind.LBRACE:
        depth++;
        break;
      case TokenKind.RPAR:
      case TokenKind.RSQB:
        depth--;
        break;
      case TokenKind.RBRACE:
        depth--;
        if (depth === fieldDepth) {
          fieldDepth--;
          inMiddle = true;
          inSpec = false;
          debug = false;
        }
        break;
      case TokenKind.EQUAL:
        if (fieldDepth >= 0 && (!looksAtTop || depth - fieldDepth === 1)) debug = true;
    }
  }
  return found;
}

/** Tells whether a field has a text, by the token that it is given to; the strings are looked at when that is first asked. */
export function fieldsWithTexts(
  text: string,
  tokens: Omit<Tokens, 'names' | 'values'>,
  rule: FieldTexts,
): (token: number) => boolean {
  let known: Set<number> | null = null;
  return token => {
    if (!known) {
      known = new Set();
      for (let i = 0; i < tokens.count; i++) {
        const kind: TokenKind = tokens.kinds[i];
        if (kind !== TokenKind.FSTRING_START && kind !== TokenKind.TSTRING_START) continue;
        for (const at of fieldTexts(text, tokens, i, rule).keys()) known.add(at);
      }
    }
    return known.has(token);
  };
}

/** Whether an end is put in the place of one before. A colon never is. */
function endsAnew(kind: TokenKind, rule: FieldTexts): boolean {
  if (kind === TokenKind.COLON || kind === TokenKind.COLONEQUAL) return false;
  return rule === 'lastEnd' || (rule === 'lastEndPastUnequal' && kind !== TokenKind.NOTEQUAL);
}

/** Tokens whose first character is looked at. */
const PUNCTUATION: ReadonlySet<TokenKind> = new Set([
  TokenKind.COLON,
  TokenKind.COLONEQUAL,
  TokenKind.EXCLAMATION,
  TokenKind.NOTEQUAL,
  TokenKind.LBRACE,
  TokenKind.RBRACE,
]);
