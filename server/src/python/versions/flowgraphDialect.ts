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
}

const BASE: FlowgraphDialect = {
  pipeline: 'peephole',
  smallestStack: 0,
};

const CHANGES: readonly Change<FlowgraphDialect>[] = [
  { since: [10], rows: { pipeline: 'linesFirst' } },
  { since: [11], rows: { pipeline: 'handlerTable' } },
  { since: [12], rows: { pipeline: 'coldBlocks' } },
  { since: [13], rows: { pipeline: 'superinstructions', smallestStack: 1 } },
  { since: [14], rows: { pipeline: 'foldsConstants' } },
];

/** The rows of 3.`minor`.`patch`. */
export const flowgraphDialect = (minor: number, patch: number): Readonly<FlowgraphDialect> =>
  rowsAt(BASE, CHANGES, minor, patch);
