// What changes between versions in the tokenizer.
import { rowsAt, type Change } from './rows.ts';

export interface TokenizerDialect {
  /** The exception for a source with null bytes. */
  readonly nullBytesError: 'ValueError' | 'SyntaxError';
  /** The column of refusals that concern the encoding, whose line is 0. */
  readonly encodingErrorOffset: 0 | -1;
  /** A cookie that contradicts the byte order mark is reported with its line. */
  readonly bomMismatchHasRange: boolean;
  /** All of a source must be UTF-8; before, only its names and strings. */
  readonly wholeSourceIsUtf8: boolean;
  /** How many times CPython has added names of encodings since the oldest target. */
  readonly codecGeneration: 0 | 1 | 2 | 3;
  /** PEP 701: f-strings are tokens of their own; before, they are strings that the parser takes apart. */
  readonly fstringTokens: boolean;
  /** PEP 750: strings with the prefix `t`. */
  readonly templateStrings: boolean;
  /** A number must not run into a name: `1x` is refused, and only some keywords may follow without a space. */
  readonly verifyEndOfNumber: boolean;
  /** The refusal of leading zeros points at the zeros alone, and not at the whole number. */
  readonly leadingZerosKnownRange: boolean;
  /** A backslash in a line's indentation goes on with it in the next line; before, it ends the look at it. */
  readonly continuedIndentation: boolean;
}

const BASE: TokenizerDialect = {
  nullBytesError: 'ValueError',
  encodingErrorOffset: 0,
  bomMismatchHasRange: false,
  wholeSourceIsUtf8: false,
  codecGeneration: 0,
  fstringTokens: false,
  templateStrings: false,
  verifyEndOfNumber: false,
  leadingZerosKnownRange: false,
  continuedIndentation: false,
};

const CHANGES: readonly Change<TokenizerDialect>[] = [
  { since: [9], rows: { encodingErrorOffset: -1 } },
  {
    since: [10],
    rows: { leadingZerosKnownRange: true, continuedIndentation: true, verifyEndOfNumber: true },
  },
  { since: [11], rows: { nullBytesError: 'SyntaxError' } },
  { since: [12], rows: { fstringTokens: true } },
  { since: [13], rows: { codecGeneration: 1 } },
  {
    since: [14],
    rows: { templateStrings: true, wholeSourceIsUtf8: true, bomMismatchHasRange: true, codecGeneration: 2 },
  },
  { since: [15], rows: { codecGeneration: 3 } },
];

export const tokenizerDialect = (minor: number, patch: number): TokenizerDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
