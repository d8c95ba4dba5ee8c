// What changes between versions in the flow graph: which passes run in which order, and what they do.
import { rowsAt, type Change } from './rows.ts';

/** Families of versions whose passes and their order are the same: compiler/flowgraph/pipelines.ts. */
export type FlowgraphPipeline =
  'peephole' | 'linesFirst' | 'handlerTable' | 'coldBlocks' | 'superinstructions' | 'foldsConstants';

export interface FlowgraphDialect {
  /** The passes, and their order. */
  readonly pipeline: FlowgraphPipeline;
  /** co_stacksize of code that pushes nothing. CPython: Objects/codeobject.c, init_code(). */
  readonly smallestStack: 0 | 1;
  /** Operators and displays of constants are folded here, and not on the AST; small ints have a load of their own. */
  readonly foldsConstants: boolean;
  /** Displays of more than 30 constants that are only looked through are folded, too. */
  readonly foldsLongDisplays: boolean;
  /** NOT_TAKEN follows each conditional jump. */
  readonly marksNotTaken: boolean;
  /** LOAD_FAST_BORROW is looked for behind blocks that have become empty, too. */
  readonly borrowsPastEmptyBlocks: boolean;
  /** An instruction that belongs where the next one does does not take the place of the one before instead. */
  readonly keepsNextLocations: boolean;
}

const BASE: FlowgraphDialect = {
  pipeline: 'peephole',
  smallestStack: 0,
  foldsConstants: false,
  foldsLongDisplays: false,
  marksNotTaken: false,
  borrowsPastEmptyBlocks: false,
  keepsNextLocations: false,
};

const CHANGES: readonly Change<FlowgraphDialect>[] = [
  { since: [10], rows: { pipeline: 'linesFirst' } },
  { since: [11], rows: { pipeline: 'handlerTable' } },
  { since: [12], rows: { pipeline: 'coldBlocks' } },
  { since: [13], rows: { pipeline: 'superinstructions', smallestStack: 1 } },
  {
    since: [14],
    rows: { pipeline: 'foldsConstants', foldsConstants: true, marksNotTaken: true, keepsNextLocations: true },
  },
  { since: [15], rows: { foldsLongDisplays: true } },
];

/** The rows of 3.`minor`.`patch`. */
export const flowgraphDialect = (minor: number, patch: number): Readonly<FlowgraphDialect> =>
  rowsAt(BASE, CHANGES, minor, patch);
