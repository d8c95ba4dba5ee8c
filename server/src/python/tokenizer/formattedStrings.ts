// f-strings and t-strings as PEP 701 and PEP 750 have them: literal text between replacement fields, whose expressions
// are ordinary tokens.
import { Char } from './characters.ts';
import { Messages } from './messages.ts';
import { endsWithItsLine } from './recovery.ts';
import type { FormattedString, TokenizerState } from './state.ts';
import { TokenKind } from './tokens.ts';

const MAX_FSTRINGS = 150;
const MAX_EXPRESSION_NESTING = 3;
const UPPER_N = 78;

export function startFormatted(
  t: TokenizerState,
  start: number,
  i: number,
  quote: number,
  letter: 'f' | 't',
  raw: boolean,
): void {
  const quoteSize = t.at(i + 1) === quote && t.at(i + 2) === quote ? 3 : 1;
  t.position = i + quoteSize;
  if (t.formattedStrings.length + 1 >= MAX_FSTRINGS) {
    t.refuse(Messages.tooManyNestedFStrings(t.dialect), start, t.position, t.position);
  }
  t.formatted = {
    start,
    letter,
    raw,
    quote,
    quoteSize,
    inOneLine: quoteSize === 1 || (t.recover !== undefined && endsWithItsLine(t, i + 3, quote)),
    outerDepth: t.brackets.length,
    inMiddle: true,
    inFormatSpec: false,
    bracketDepth: 0,
    fieldDepth: -1,
    fieldStarts: [],
  };
  t.formattedStrings.push(t.formatted);
  t.buffer.push(letter === 'f' ? TokenKind.FSTRING_START : TokenKind.TSTRING_START, start, t.position, 0);
}

/** Whether the closing quotes of a string stand at an offset. */
function endsFormatted(t: TokenizerState, string: FormattedString, i: number): boolean {
  if (t.at(i) !== string.quote) return false;
  return string.quoteSize === 1 || (t.at(i + 1) === string.quote && t.at(i + 2) === string.quote);
}

function endFormatted(t: TokenizerState, string: FormattedString, start: number, end: number): void {
  t.position = end;
  t.buffer.push(string.letter === 'f' ? TokenKind.FSTRING_END : TokenKind.TSTRING_END, start, end, 0);
  t.formattedStrings.pop();
  t.formatted = t.formattedStrings.at(-1);
}

/** Literal text up to a replacement field, or the string's end. CPython: tok_get_fstring_mode() */
export function scanMiddle(t: TokenizerState, string: FormattedString): void {
  const { text, end } = t;
  const start = t.position;
  if (t.at(start) === Char.LBRACE && t.at(start + 1) !== Char.LBRACE) {
    openField(t, string);
    return;
  }
  if (endsFormatted(t, string, start)) {
    endFormatted(t, string, start, start + string.quoteSize);
    return;
  }
  const inFormatSpec = isInSpecification(t, string);
  let namedEscape = false;
  let i = start;
  for (; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === string.quote) {
      if (endsFormatted(t, string, i)) {
        endMiddle(t, string, start, i, i);
        return;
      }
    } else if (c === Char.LBRACE) {
      if (t.at(i + 1) === Char.LBRACE && !inFormatSpec) endMiddle(t, string, start, i + 1, i + 2);
      else {
        endMiddle(t, string, start, i, i);
        openField(t, string);
      }
      return;
    } else if (c === Char.RBRACE) {
      if (namedEscape) endMiddle(t, string, start, i + 1, i + 1);
      else if (t.at(i + 1) === Char.RBRACE && !inFormatSpec && string.bracketDepth === 0) {
        endMiddle(t, string, start, i + 1, i + 2);
      } else {
        endMiddle(t, string, start, i, i);
        string.inMiddle = false;
        string.inFormatSpec = false;
      }
      return;
    } else if (c === Char.BACKSLASH) {
      if (t.skipsCarriageReturn(i + 1)) i++;
      const next = t.at(i + 1);
      if (next === Char.LBRACE || next === Char.RBRACE) continue;
      i++;
      if (!string.raw && next === UPPER_N && t.at(i + 1) === Char.LBRACE) {
        namedEscape = true;
        i++;
      }
    } else if (string.inOneLine && t.isLineBreak(c)) {
      unterminatedMiddle(t, string, start, i, true);
      return;
    }
  }
  // CPython has put a line break after the last line, if it had none; a backslash takes that, too.
  const last = text.charCodeAt(end - 1);
  unterminatedMiddle(t, string, start, end, i === end && last !== Char.LF && last !== Char.CR);
}

/** Whether literal text is a format specification's, as far as CPython knows: it forgets that behind a field. */
const isInSpecification = (t: TokenizerState, string: FormattedString): boolean =>
  string.fieldDepth >= 0 && (string.inFormatSpec || t.dialect.specificationGoesOnBehindFields);

function endMiddle(
  t: TokenizerState,
  string: FormattedString,
  start: number,
  end: number,
  next: number,
): void {
  t.position = next;
  t.buffer.push(string.letter === 'f' ? TokenKind.FSTRING_MIDDLE : TokenKind.TSTRING_MIDDLE, start, end, 0);
}

function openField(t: TokenizerState, string: FormattedString): void {
  string.inMiddle = false;
  string.inFormatSpec = false;
  string.fieldDepth++;
  string.fieldStarts[string.fieldDepth] = t.position;
  if (string.fieldDepth >= MAX_EXPRESSION_NESTING) {
    t.refuse(Messages.nestedTooDeeply(string.letter), t.position, t.position + 1, t.position);
  }
}

/** The string ends nowhere, or a line ends it. It is closed as if its quotes stood there. */
function unterminatedMiddle(
  t: TokenizerState,
  string: FormattedString,
  start: number,
  end: number,
  atLineBreak: boolean,
): void {
  const { letter, quoteSize } = string;
  if (quoteSize === 3) t.unfinishedTriple = true;
  const inFormatSpec = atLineBreak && quoteSize === 1 && isInSpecification(t, string);
  if (inFormatSpec && !t.dialect.refusesNewlineInFormatSpec) {
    endMiddle(t, string, start, end, end);
    string.inMiddle = false;
    string.inFormatSpec = false;
    return;
  }
  if (inFormatSpec) t.refuse(Messages.newlineInFormatSpec(letter), string.start, end, end + 1, end);
  else {
    const { refusals } = t;
    const line = end === t.end ? refusals.linenoBefore(end) : refusals.lineno(end);
    const refusal = Messages.unterminatedFString(line, quoteSize === 3, letter);
    t.refuse(refusal, string.start, end, string.start + 1);
  }
  endMiddle(t, string, start, end, end);
  closeFormatted(t, string, end, end);
}

/** Ends a string that CPython has refused, and with it the brackets that are open in it. */
export function closeFormatted(t: TokenizerState, string: FormattedString, start: number, end: number): void {
  t.unfinished.add(string.start);
  t.brackets.length = Math.min(t.brackets.length, string.outerDepth);
  endFormatted(t, string, start, end);
}

/** In an f-string: the brace that ends a replacement field leads back to the literal text. */
export function closeField(t: TokenizerState, string: FormattedString, i: number, c: number): void {
  string.bracketDepth--;
  if (string.bracketDepth < 0) {
    t.refuse(Messages.unmatchedInFString(t.text[i], string.letter), i, i + 1, i + 1);
    string.bracketDepth = 0;
  } else if (c === Char.RBRACE && string.bracketDepth === string.fieldDepth) {
    string.fieldDepth--;
    string.inMiddle = true;
    string.inFormatSpec = false;
  }
}
