// What changes between versions in the listings of the `dis` module: what it says of arguments, and its columns.
import { Op } from './opcodes/op.generated.ts';
import { rowsAt, type Change } from './rows.ts';

/** What a listing can be asked to show besides. */
export type DisOption = 'caches' | 'offsets' | 'positions' | 'specialized';

/** What an interpreter puts into fresh code, for its specialiser to begin with. CPython: _PyCode_Quicken(). */
export interface Quickening {
  /** The counter in the first cache entry of an instruction. */
  readonly counter: number;
  /** Instructions with another counter. */
  readonly counters: readonly (readonly [Op, number])[];
  /** Instructions that are given another number where the second one follows. */
  readonly superinstructions: readonly (readonly [Op, Op, name: string, opcode: number])[];
}

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
  /** LOAD_COMMON_CONSTANT's argument is told as the constant, not as its number. */
  readonly commonConstantsAreValues: boolean;
  /**
   * What attributes a `dis.Instruction` has: lines that begin there, besides them positions, or from 3.13 on also labels,
   * lines of each instruction, and caches.
   */
  readonly attributes: 'lines' | 'positions' | 'labels';
  /** Code objects have `co_lines()`, and `co_branches()`. */
  readonly coLines: boolean;
  readonly coBranches: boolean;
  /** What `dis.dis()` can be asked to show; `python -m dis` has an option for some of it in 3.13, for all from 3.14 on. */
  readonly options: readonly DisOption[];
  /** What cache entries hold is told. */
  readonly cacheEntries: boolean;
  /** What each cache entry of an instruction holds is read from its first one. */
  readonly cachesReadFromFirst: boolean;
  /** What fresh code holds that `-S` shows; undefined if it is as it was compiled. */
  readonly quickening: Quickening | undefined;
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
  commonConstantsAreValues: false,
  coLines: false,
  coBranches: false,
  attributes: 'lines',
  options: [],
  cacheEntries: false,
  cachesReadFromFirst: false,
  quickening: undefined,
};

/** The counter that a conditional jump begins with: it has gone either way equally often. */
const EITHER_WAY = 0x5555;
const CONDITIONAL_JUMPS: Quickening['counters'] = [
  [Op.POP_JUMP_IF_FALSE, EITHER_WAY],
  [Op.POP_JUMP_IF_TRUE, EITHER_WAY],
  [Op.POP_JUMP_IF_NONE, EITHER_WAY],
  [Op.POP_JUMP_IF_NOT_NONE, EITHER_WAY],
];

const quickening = (counter: number, jump: number, resume?: number): Quickening => ({
  counter,
  counters: [
    ...CONDITIONAL_JUMPS,
    [Op.JUMP_BACKWARD, jump],
    ...(resume === undefined ? [] : [[Op.RESUME, resume] as const]),
  ],
  superinstructions: [],
});

const CHANGES: readonly Change<DisDialect>[] = [
  { since: [10], rows: { absoluteTargets: true, coLines: true } },
  {
    since: [11],
    rows: {
      extraPush: 'before',
      constantsOfLoadsOnly: true,
      attributes: 'positions',
      options: ['caches', 'specialized'],
    },
  },
  {
    since: [12],
    rows: {
      attributeBits: true,
      compareShift: 4,
      constantsOfLoadsOnly: false,
      cacheEntries: true,
      quickening: {
        counter: 17,
        counters: [],
        superinstructions: [
          [Op.LOAD_CONST, Op.LOAD_FAST, 'LOAD_CONST__LOAD_FAST', 84],
          [Op.LOAD_FAST, Op.LOAD_CONST, 'LOAD_FAST__LOAD_CONST', 86],
          [Op.LOAD_FAST, Op.LOAD_FAST, 'LOAD_FAST__LOAD_FAST', 88],
          [Op.STORE_FAST, Op.LOAD_FAST, 'STORE_FAST__LOAD_FAST', 154],
          [Op.STORE_FAST, Op.STORE_FAST, 'STORE_FAST__STORE_FAST', 158],
        ],
      },
    },
  },
  {
    since: [13],
    rows: {
      labels: true,
      extraPush: 'after',
      compareShift: 5,
      comparesToBool: true,
      attributes: 'labels',
      options: ['caches', 'offsets', 'specialized'],
      cachesReadFromFirst: true,
      quickening: quickening(17, 260),
    },
  },
  {
    since: [14],
    rows: {
      containmentOperators: true,
      coBranches: true,
      options: ['caches', 'offsets', 'positions', 'specialized'],
      cachesReadFromFirst: false,
      quickening: quickening(17, 65532),
    },
  },
  {
    since: [15],
    rows: { importBits: true, commonConstantsAreValues: true, quickening: quickening(9, 32006, 65526) },
  },
];

export const disDialect = (minor: number, patch: number): DisDialect => rowsAt(BASE, CHANGES, minor, patch);
