// What changes between versions in the text that the compiler makes of annotations.
import { rowsAt, type Change } from './rows.ts';

export interface UnparseDialect {
  /** Tuples in subscripts, those with slices apart: `x[1, 2]` or `x[(1, 2)]`. */
  readonly subscriptTuple: 'bare' | 'parenthesizedIfStarred' | 'parenthesized';
  /** An infinite float is `1e309`, which reads back as one; before, `inf`. */
  readonly readableInfinity: boolean;
  /** The `u` of a string literal is kept. */
  readonly unicodePrefix: boolean;
  /** `x := 1`; before, `x:=1`. */
  readonly walrusBlanks: boolean;
}

const BASE: UnparseDialect = {
  subscriptTuple: 'parenthesized',
  readableInfinity: false,
  unicodePrefix: false,
  walrusBlanks: false,
};

const CHANGES: readonly Change<UnparseDialect>[] = [
  {
    since: [9],
    rows: {
      subscriptTuple: 'parenthesizedIfStarred',
      readableInfinity: true,
      unicodePrefix: true,
      walrusBlanks: true,
    },
  },
  { since: [11], rows: { subscriptTuple: 'bare' } },
];

export const unparseDialect = (minor: number, patch: number): UnparseDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
