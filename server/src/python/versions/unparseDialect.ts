// What changes between versions in the text that the compiler makes of annotations.
import { rowsAt, type Change } from './rows.ts';

export interface UnparseDialect {
  /** Constants are folded before: `2**3` is `8`, and a tuple of constants has parentheses wherever it stands. */
  readonly foldsConstants: boolean;
  /** Tuples with a starred item have parentheses in subscripts: `x[(*a, b)]`. */
  readonly parenthesizesStarred: boolean;
  /** An infinite float is `1e309`, which reads back as one; before, `inf`. */
  readonly readableInfinity: boolean;
  /** The `u` of a string literal is kept. */
  readonly unicodePrefix: boolean;
  /** `x := 1`; before, `x:=1`. */
  readonly walrusBlanks: boolean;
}

const BASE: UnparseDialect = {
  foldsConstants: true,
  parenthesizesStarred: true,
  readableInfinity: false,
  unicodePrefix: false,
  walrusBlanks: false,
};

const CHANGES: readonly Change<UnparseDialect>[] = [
  {
    since: [9],
    rows: {
      foldsConstants: false,
      readableInfinity: true,
      unicodePrefix: true,
      walrusBlanks: true,
    },
  },
  { since: [11], rows: { parenthesizesStarred: false } },
];

export const unparseDialect = (minor: number, patch: number): UnparseDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
