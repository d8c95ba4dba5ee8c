// What changes between versions in the listings of the `dis` module: what it says of arguments, and its columns.
import { rowsAt, type Change } from './rows.ts';

export interface DisDialect {
  /** Places that jumps and handlers lead to are numbered: `L1`; before, they are told by their offset. */
  readonly labels: boolean;
  /** Where jumps with an absolute argument lead is told. */
  readonly absoluteTargets: boolean;
  /** Where what a load pushes besides is named: `NULL + x`, `x + NULL`; before 3.11 names have no bits beside them. */
  readonly extraPush: 'none' | 'before' | 'after';
  /** The arguments of LOAD_ATTR and LOAD_SUPER_ATTR have bits beside the name, as that of LOAD_GLOBAL. */
  readonly attributeBits: boolean;
  /** The argument of IMPORT_NAME has two bits beside the name, for lazy imports. */
  readonly importBits: boolean;
  /** How many bits of COMPARE_OP's argument are below the operator. */
  readonly compareShift: 0 | 4 | 5;
  /** The bit of COMPARE_OP's argument that makes the result a bool is told. */
  readonly comparesToBool: boolean;
  /** Constants are told of LOAD_CONST alone, not of what else takes one. */
  readonly constantsOfLoadsOnly: boolean;
  /** IS_OP and CONTAINS_OP tell their operators. */
  readonly containmentOperators: boolean;
}

const BASE: DisDialect = {
  labels: false,
  absoluteTargets: false,
  extraPush: 'none',
  attributeBits: false,
  importBits: false,
  compareShift: 0,
  comparesToBool: false,
  constantsOfLoadsOnly: false,
  containmentOperators: false,
};

const CHANGES: readonly Change<DisDialect>[] = [
  { since: [10], rows: { absoluteTargets: true } },
  { since: [11], rows: { extraPush: 'before', constantsOfLoadsOnly: true } },
  { since: [12], rows: { attributeBits: true, compareShift: 4, constantsOfLoadsOnly: false } },
  { since: [13], rows: { labels: true, extraPush: 'after', compareShift: 5, comparesToBool: true } },
  { since: [14], rows: { containmentOperators: true } },
  { since: [15], rows: { importBits: true } },
];

export const disDialect = (minor: number, patch: number): DisDialect => rowsAt(BASE, CHANGES, minor, patch);
