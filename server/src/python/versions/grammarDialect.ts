// What changes between versions in the grammar.
import { rowsAt, type Change } from './rows.ts';

export interface GrammarDialect {
  /** PEP 634: match statements. */
  readonly matchStatement: boolean;
}

const BASE: GrammarDialect = { matchStatement: false };

const CHANGES: readonly Change<GrammarDialect>[] = [{ since: [10], rows: { matchStatement: true } }];

export const grammarDialect = (minor: number, patch: number): GrammarDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
