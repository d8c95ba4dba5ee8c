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

  /** The bytes are optimised after they have been assembled (compiler/assembler/peephole.ts). */
  readonly optimizesBytes: boolean;

  // ---- Tables ----
  /** The format that says which lines instructions belong to. CPython: Objects/lnotab_notes.txt, locations.md. */
  readonly lineTable: 'lnotab' | 'ranges' | 'locations';
  /** An instruction that begins a statement has an entry in the line table, in the line of the one before, too. */
  readonly repeatsLines: boolean;
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
  /** The number that .pyc files begin with. CPython: Include/internal/pycore_magic_number.h. */
  readonly magic: number;
  /** By which .pyc files know their source: SipHash with so many rounds for eight bytes, and at the end. */
  readonly sourceHashRounds: { readonly each: number; readonly last: number };
  /** Slices are constants that can be marshalled. */
  readonly marshalsSlices: boolean;
  /** The items of sets are marshalled in the order of what marshal makes of each, not in the set's own. */
  readonly sortsMarshalledSets: boolean;
}

const BASE: AssemblerDialect = {
  jumpUnit: 2,
  jumpsStartFrom: 'argument',
  optimizesBytes: true,
  lineTable: 'lnotab',
  repeatsLines: true,
  joinsLocations: false,
  missingLine: 'negative',
  placesNextLocation: false,
  joinsLines: true,
  exceptionTable: false,
  fastLocals: false,
  parameterKinds: false,
  magic: 3413,
  sourceHashRounds: { each: 2, last: 4 },
  marshalsSlices: false,
  sortsMarshalledSets: false,
};

const CHANGES: readonly Change<AssemblerDialect>[] = [
  { since: [9], rows: { magic: 3425, repeatsLines: false } },
  { since: [10], rows: { jumpUnit: 1, optimizesBytes: false, lineTable: 'ranges', magic: 3439 } },
  {
    since: [11],
    rows: {
      lineTable: 'locations',
      joinsLines: false,
      exceptionTable: true,
      fastLocals: true,
      magic: 3495,
      sourceHashRounds: { each: 1, last: 3 },
      sortsMarshalledSets: true,
    },
  },
  { since: [12], rows: { joinsLocations: true, joinsLines: true, magic: 3531 } },
  { since: [13], rows: { jumpsStartFrom: 'targetIndex', missingLine: 'minusOne', magic: 3571 } },
  {
    since: [14],
    rows: { placesNextLocation: true, parameterKinds: true, marshalsSlices: true, magic: 3627 },
  },
  { since: [15], rows: { magic: 3666 } },
];

export const assemblerDialect = (minor: number, patch: number): AssemblerDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
