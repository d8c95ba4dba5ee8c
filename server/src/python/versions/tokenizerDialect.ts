// What changes between versions in the tokenizer.
import { rowsAt, type Change } from './rows.ts';

export interface TokenizerDialect {
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
  fstringTokens: false,
  templateStrings: false,
  verifyEndOfNumber: false,
  leadingZerosKnownRange: false,
  continuedIndentation: false,
};

const CHANGES: readonly Change<TokenizerDialect>[] = [
  {
    since: [10],
    rows: { leadingZerosKnownRange: true, continuedIndentation: true, verifyEndOfNumber: true },
  },
  { since: [12], rows: { fstringTokens: true } },
  { since: [14], rows: { templateStrings: true } },
];

export const tokenizerDialect = (minor: number, patch: number): TokenizerDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
