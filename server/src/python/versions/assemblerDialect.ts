// What changes between versions in the assembler: how jumps say where they lead, and the formats of the tables.
import { rowsAt, type Change } from './rows.ts';

export interface AssemblerDialect {
  // ---- Jumps ----
  /** The arguments of jumps count bytes, or code units of two bytes. */
  readonly jumpUnit: 1 | 2;
  /**
   * What the sizes of jumps are first computed from, until they no longer change: the argument that earlier passes
   * left, or the index of the instruction that the jump leads to. Rarely, two jumps that lead over each other end up
   * wide from one and narrow from the other.
   */
  readonly jumpsStartFrom: 'argument' | 'targetIndex';

  // ---- Tables ----
  /** The format that says which lines instructions belong to. CPython: Objects/lnotab_notes.txt, locations.md. */
  readonly lineTable: 'lnotab' | 'ranges' | 'locations';
  /** Neighbours at the same place share an entry of the location table. */
  readonly joinsLocations: boolean;
  /** Any negative line means that there is none, or -1 alone. */
  readonly missingLine: 'negative' | 'minusOne';
  /** Instructions that belong where the next one does are placed by the assembler. */
  readonly placesNextLocation: boolean;
  /** `co_lines()` gives neighbours at one line as one range. */
  readonly joinsLines: boolean;
  /** Code objects have co_exceptiontable. */
  readonly exceptionTable: boolean;

  // ---- Variables ----
  /** Locals, cells and free variables are one list, where cells that are locals stand once. */
  readonly fastLocals: boolean;
  /** The kinds of variables tell positional, keyword and variable parameters. */
  readonly parameterKinds: boolean;

  // ---- Files ----
  /** Slices are constants that can be marshalled. */
  readonly marshalsSlices: boolean;
}

const BASE: AssemblerDialect = {
  jumpUnit: 2,
  jumpsStartFrom: 'argument',
  lineTable: 'lnotab',
  joinsLocations: false,
  missingLine: 'negative',
  placesNextLocation: false,
  joinsLines: true,
  exceptionTable: false,
  fastLocals: false,
  parameterKinds: false,
  marshalsSlices: false,
};

const CHANGES: readonly Change<AssemblerDialect>[] = [
  { since: [10], rows: { jumpUnit: 1, lineTable: 'ranges' } },
  {
    since: [11],
    rows: { lineTable: 'locations', joinsLines: false, exceptionTable: true, fastLocals: true },
  },
  { since: [12], rows: { joinsLocations: true, joinsLines: true } },
  { since: [13], rows: { jumpsStartFrom: 'targetIndex', missingLine: 'minusOne' } },
  { since: [14], rows: { placesNextLocation: true, parameterKinds: true, marshalsSlices: true } },
];

export const assemblerDialect = (minor: number, patch: number): AssemblerDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
