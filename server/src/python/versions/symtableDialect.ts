// What changes between versions in the symtable.
import { rowsAt, type Change } from './rows.ts';

export interface SymtableDialect {
  /** PEP 709: comprehensions that are compiled into the function around them. */
  readonly inlineComprehensions: boolean;
}

const BASE: SymtableDialect = { inlineComprehensions: false };

const CHANGES: readonly Change<SymtableDialect>[] = [{ since: [12], rows: { inlineComprehensions: true } }];

export const symtableDialect = (minor: number, patch: number): SymtableDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
