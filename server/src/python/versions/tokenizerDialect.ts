// What changes between versions in the tokenizer.
import { rowsAt, type Change } from './rows.ts';

export interface TokenizerDialect {
  /** PEP 701: f-strings are tokens of their own; before, they are strings that the parser takes apart. */
  readonly fstringTokens: boolean;
}

const BASE: TokenizerDialect = { fstringTokens: false };

const CHANGES: readonly Change<TokenizerDialect>[] = [{ since: [12], rows: { fstringTokens: true } }];

export const tokenizerDialect = (minor: number, patch: number): TokenizerDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
