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
  /** The bit of RESUME's argument that says that one handler is in force where it yields. */
  readonly resumeDepthBit: 4 | 8;
  /**
   * Labels are blocks: empty ones count, what an instruction ends is followed by one, and some passes go through them
   * from the youngest to the oldest, as code generation has made them.
   */
  readonly blocksHaveAges: boolean;
  /**
   * 3.10: short exits take the place of jumps to them, whatever their lines; and an exit has no line if its first
   * instruction has none. In 3.11 no instruction of them may have a line.
   */
  readonly copiesExitsWithLines: boolean;
  /** Every label of code generation begins a block; later those alone that something leads to. */
  readonly everyLabelStartsBlock: boolean;
  /** What tells how many handlers are in force where a generator yields: YIELD_VALUE, or RESUME whether there is one. */
  readonly depthTold: 'nowhere' | 'yield' | 'resume';
  /** POP_BLOCK goes when handlers have been found, not with the other pseudo-ops; that leaves no line to keep. */
  readonly dropsPopBlockEarly: boolean;
  /** What calls a generator has pushed a value, which RETURN_GENERATOR does later. */
  readonly generatorsStartWithValue: boolean;
  /** The POP_TOP after RETURN_GENERATOR belongs to the definition, as that does. */
  readonly placesGeneratorPop: boolean;
  /**
   * The jump from a cold block to the warm one behind it looks for no interrupts and takes the line before it, and
   * NOPs go once cold blocks have moved.
   */
  readonly coldJumpsTakeLines: boolean;
  /** RETURN_GENERATOR is put at the start of generators here; from 3.15 on code generation does. */
  readonly insertsReturnGenerator: boolean;
  /** GET_ITER begins `yield from` as well, and its argument says so. */
  readonly getIterYieldsFrom: boolean;
  /** NOT_TAKEN follows each conditional jump. */
  readonly marksNotTaken: boolean;
  /**
   * What handles the exceptions of jumps and NOT_TAKEN that passes add: what handles those of the jump that they are
   * added to, nothing, or nothing but what is left in their slot (BasicBlock.staleHandlers).
   */
  readonly addedJumpHandler: 'stale' | 'none' | 'same';
  /** LOAD_FAST_BORROW is looked for behind blocks that have become empty, too. */
  readonly borrowsPastEmptyBlocks: boolean;
  /** What IMPORT_FROM and its like push is taken for what the block's first instruction pushed. */
  readonly blamesFirstLoad: boolean;
  /** An instruction that belongs where the next one does does not take the place of the one before instead. */
  readonly keepsNextLocations: boolean;
}

const BASE: FlowgraphDialect = {
  pipeline: 'peephole',
  smallestStack: 0,
  foldsConstants: false,
  foldsLongDisplays: false,
  resumeDepthBit: 4,
  blocksHaveAges: true,
  copiesExitsWithLines: true,
  everyLabelStartsBlock: true,
  depthTold: 'nowhere',
  dropsPopBlockEarly: false,
  generatorsStartWithValue: false,
  placesGeneratorPop: false,
  coldJumpsTakeLines: false,
  insertsReturnGenerator: true,
  getIterYieldsFrom: false,
  marksNotTaken: false,
  addedJumpHandler: 'stale',
  borrowsPastEmptyBlocks: false,
  blamesFirstLoad: true,
  keepsNextLocations: false,
};

const CHANGES: readonly Change<FlowgraphDialect>[] = [
  { since: [10], rows: { pipeline: 'linesFirst', generatorsStartWithValue: true } },
  { since: [11], rows: { pipeline: 'handlerTable', copiesExitsWithLines: false } },
  {
    since: [12],
    rows: { pipeline: 'coldBlocks', blocksHaveAges: false, depthTold: 'yield' },
  },
  {
    since: [13],
    rows: {
      pipeline: 'superinstructions',
      smallestStack: 1,
      everyLabelStartsBlock: false,
      depthTold: 'resume',
      dropsPopBlockEarly: true,
      generatorsStartWithValue: false,
      placesGeneratorPop: true,
      coldJumpsTakeLines: true,
    },
  },
  {
    since: [14],
    rows: {
      pipeline: 'foldsConstants',
      foldsConstants: true,
      marksNotTaken: true,
      keepsNextLocations: true,
    },
  },
  { since: [14, 10], rows: { foldsLongDisplays: true } },
  {
    since: [15],
    rows: {
      resumeDepthBit: 8,
      insertsReturnGenerator: false,
      getIterYieldsFrom: true,
      addedJumpHandler: 'none',
      borrowsPastEmptyBlocks: true,
      blamesFirstLoad: false,
    },
  },
  { since: [15], until: [15, 1], rows: { foldsLongDisplays: false } },
  { since: [15, 1], rows: { addedJumpHandler: 'same' } },
];

/** The rows of 3.`minor`.`patch`. */
export const flowgraphDialect = (minor: number, patch: number): Readonly<FlowgraphDialect> =>
  rowsAt(BASE, CHANGES, minor, patch);
