// What changes between versions in the values that CPython computes of constant expressions.
import { rowsAt, type Change } from './rows.ts';

export interface FoldingDialect {
  /**
   * Complex numbers as C's annex G has them: an operator on a real and a complex number does not make the real one
   * complex first, and infinities are recovered from products and quotients that come out as not a number.
   */
  readonly annexG: boolean;
  /** A complex power divides by the exponential of the angle's part; later it multiplies by that of its negative. */
  readonly complexPowerDivides: boolean;
  /** CPython's own not-a-number has its sign bit set, as one that x86 makes. */
  readonly ownNanIsNegative: boolean;
  /** `~True` is computed, although it is deprecated. */
  readonly invertsBools: boolean;
  /** Merging the constants of a code object makes its frozen sets anew, which can change the order of their items. */
  readonly rebuildsFrozenSets: boolean;
  /** `hash(None)` is not its address. */
  readonly noneHasConstantHash: boolean;
  /** `'%zs' % (x,)` is an f-string for the optimiser, too. */
  readonly percentFlagZ: boolean;
}

const BASE: FoldingDialect = {
  annexG: false,
  complexPowerDivides: true,
  ownNanIsNegative: true,
  invertsBools: true,
  rebuildsFrozenSets: true,
  noneHasConstantHash: false,
  percentFlagZ: false,
};

const CHANGES: readonly Change<FoldingDialect>[] = [
  { since: [11], rows: { percentFlagZ: true, ownNanIsNegative: false } },
  { since: [12], rows: { noneHasConstantHash: true } },
  { since: [13], rows: { percentFlagZ: false } },
  // 3.13.0 still divides, 3.13.2 does not; 3.13.1 was not looked at.
  { since: [13, 2], rows: { complexPowerDivides: false } },
  { since: [14], rows: { annexG: true, invertsBools: false, rebuildsFrozenSets: false } },
];

export const foldingDialect = (minor: number, patch: number): FoldingDialect =>
  rowsAt(BASE, CHANGES, minor, patch);

/** The rules for callers that ask for no target: what all versions agree in, and the newest where they do not. */
export const NEWEST_FOLDING: FoldingDialect = foldingDialect(Infinity, 0);
