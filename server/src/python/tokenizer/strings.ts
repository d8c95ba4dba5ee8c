// String literals. Those of f-strings and t-strings that are tokens of their own go on in formattedStrings.ts.
import { Char } from './characters.ts';
import { closeFormatted, startFormatted } from './formattedStrings.ts';
import { Messages } from './messages.ts';
import { endsWithItsLine } from './recovery.ts';
import type { TokenizerState } from './state.ts';
import { TokenKind } from './tokens.ts';

/** A string that begins at `start` and whose first quote is at `i`. */
export function scanString(t: TokenizerState, start: number, i: number, quote: number): void {
  const { text, end } = t;
  if (t.dialect.fstringTokens && i > start) {
    const letters = text.slice(start, i).toLowerCase();
    const letter = letters.includes('f') ? 'f' : letters.includes('t') ? 't' : undefined;
    if (letter) {
      startFormatted(t, start, i, quote, letter, letters.includes('r'));
      return;
    }
  }
  let escapedQuote = false;
  if (t.at(i + 1) === quote) {
    if (t.at(i + 2) !== quote) {
      endString(t, start, i + 2);
      return;
    }
    if (t.recover && endsWithItsLine(t, i + 3, quote)) {
      endString(t, start, t.lineEnd(i));
      return;
    }
    for (let k = i + 3; k < end; k++) {
      const c = text.charCodeAt(k);
      if (c === Char.BACKSLASH) k += t.skipsCarriageReturn(k + 1) ? 2 : 1;
      else if (c === quote && t.at(k + 1) === quote && t.at(k + 2) === quote) {
        endString(t, start, k + 3);
        return;
      }
    }
    t.unfinishedTriple = true;
    unterminatedString(t, start, i, 3, end, false);
    return;
  }
  let k = i + 1;
  for (; k < end; k++) {
    const c = text.charCodeAt(k);
    if (c === quote) {
      endString(t, start, k + 1);
      return;
    }
    if (c === Char.BACKSLASH) {
      k++;
      if (t.at(k) === quote) escapedQuote = true;
      else if (t.skipsCarriageReturn(k)) k++;
    } else if (t.isLineBreak(c)) break;
  }
  unterminatedString(t, start, i, 1, Math.min(k, end), escapedQuote);
}

function endString(t: TokenizerState, start: number, end: number): void {
  t.position = end;
  t.buffer.push(TokenKind.STRING, start, end, 0);
}

/** A string whose closing quotes are missing: it goes on to the end of its line, or of the file. */
function unterminatedString(
  t: TokenizerState,
  start: number,
  quotes: number,
  quoteSize: 1 | 3,
  end: number,
  escapedQuote: boolean,
): void {
  const { dialect, formatted, refusals } = t;
  if (formatted && formatted.quoteSize === quoteSize && formatted.quote === t.at(quotes)) {
    // It is the end of the f-string around it, whose field has no end.
    const opening = dialect.expectingBraceTellsLine
      ? refusals.lineno(formatted.fieldStarts[formatted.fieldDepth])
      : undefined;
    const openedOn = opening === refusals.lineno(start) ? undefined : opening;
    const refusal = Messages.expectingBrace(formatted.letter, openedOn);
    t.refuse(refusal, start, quotes + quoteSize, start + 1);
    closeFormatted(t, formatted, quotes, quotes + quoteSize);
    return;
  }
  // CPython has put a line break after the last line, and may have met it already.
  const line = quoteSize === 3 || end === t.end ? refusals.linenoBefore(end) : refusals.lineno(end);
  const refusal =
    quoteSize === 3
      ? Messages.unterminatedTripleQuotedString(line, dialect)
      : Messages.unterminatedString(line, escapedQuote, dialect);
  if (dialect.unterminatedString === 'EOL') {
    refusals.atBufferEnd(refusal, t.buffer.count, start, end, t.bufferStart);
  } else t.refuse(refusal, start, end, start + 1);
  endString(t, start, end);
}
