// What changes between versions in the inspect module.
import { rowsAt, type Change } from './rows.ts';

export interface InspectDialect {
  /** bind() says "keyword-only" of a missing argument where the positional ones ended right before it. */
  readonly missingSaysKeywordOnly: boolean;
  /**
   * What bind() makes of a keyword with the name of a positional-only parameter. `refused`: an error at once.
   * `collected`: an error only if no `**kwargs` takes it. `missing`: collected too, but an error at once if the
   * parameter has no default.
   */
  readonly positionalOnlyAsKeyword: 'refused' | 'collected' | 'missing';
  /**
   * Which method a class's signature is that of. `new`: `__new__` if any class of the MRO has it, else `__init__`.
   * `own`: the same, but first the class's own `__new__`, then its own `__init__`. `mro`: the first class of the
   * MRO that has one of them, `__new__` first.
   */
  readonly classSignature: 'new' | 'own' | 'mro';
}

const BASE: InspectDialect = {
  missingSaysKeywordOnly: false,
  positionalOnlyAsKeyword: 'refused',
  classSignature: 'new',
};

const CHANGES: readonly Change<InspectDialect>[] = [
  { since: [9], rows: { classSignature: 'own' } },
  { since: [11], rows: { classSignature: 'mro' } },
  { since: [12], rows: { missingSaysKeywordOnly: true } },
  { since: [12, 4], rows: { positionalOnlyAsKeyword: 'collected' } },
  { since: [13, 3], rows: { positionalOnlyAsKeyword: 'missing' } },
];

export const inspectDialect = (minor: number, patch: number): InspectDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
