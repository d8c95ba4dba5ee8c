// What changes between versions in the compiler.
import { rowsAt, type Change } from './rows.ts';

export interface CompilerDialect {
  /** CO_NOFREE on code objects with neither cell nor free variables. */
  readonly nofreeFlag: boolean;
}

const BASE: CompilerDialect = { nofreeFlag: true };

const CHANGES: readonly Change<CompilerDialect>[] = [{ since: [11], rows: { nofreeFlag: false } }];

export const compilerDialect = (minor: number, patch: number): CompilerDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
