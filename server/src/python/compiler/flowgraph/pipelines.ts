// The passes of each family of versions, in CPython's order: the order is behaviour.
import type { FlowgraphPipeline } from '../../versions/flowgraphDialect.ts';
import type { FlatCode } from '../unit/flatCode.ts';
import type { GeneratedUnit } from '../unit/generatedUnit.ts';
import { buildGraph, buildGraphOfLabels } from './build.ts';
import { flatten } from './flatten.ts';
import type { BackEndContext, Pass } from './graph.ts';
import { addChecksForLoadsOfUninitializedVariables } from './passes/addChecksForLoadsOfUninitializedVariables.ts';
import { calculateStackdepth } from './passes/calculateStackdepth.ts';
import { convertPseudoConditionalJumps } from './passes/convertPseudoConditionalJumps.ts';
import { convertHandlersToNops, convertPseudoOps, convertPseudoOpsOnly } from './passes/convertPseudoOps.ts';
import { deleteUnreachable } from './passes/deleteUnreachable.ts';
import { duplicateExits } from './passes/duplicateExits.ts';
import { eliminateEmptyBasicBlocks } from './passes/eliminateEmptyBasicBlocks.ts';
import { extendBlocks } from './passes/extendBlocks.ts';
import { fixupGetIter } from './passes/fixupGetIter.ts';
import { guaranteeLinenoForExits } from './passes/guaranteeLinenoForExits.ts';
import { inlineSmallExitBlocks } from './passes/inlineSmallExitBlocks.ts';
import { inlineSmallOrNoLinenoBlocks } from './passes/inlineSmallOrNoLinenoBlocks.ts';
import { insertSuperinstructions } from './passes/insertSuperinstructions.ts';
import { labelExceptionTargets } from './passes/labelExceptionTargets.ts';
import { markExceptHandlers } from './passes/markExceptHandlers.ts';
import { normalizeBlocks } from './passes/normalizeBlocks.ts';
import { directJumps, normalizeJumps, turnJumps } from './passes/normalizeJumps.ts';
import { optimizeBasicBlocks } from './passes/optimizeBasicBlock.ts';
import { optimizeEachBlock } from './passes/optimizeEachBlock.ts';
import { optimizeInOneWalk } from './passes/optimizeInOneWalk.ts';
import { optimizeLoadConst } from './passes/optimizeLoadConst.ts';
import { optimizeLoadFast } from './passes/optimizeLoadFast.ts';
import { optimizeWithRotations } from './passes/optimizeWithRotations.ts';
import { prepareLocalsplus } from './passes/prepareLocalsplus.ts';
import { pushColdBlocksToEnd } from './passes/pushColdBlocksToEnd.ts';
import { dropJumpsToNext, removeJumpsToNext } from './passes/removeJumpsToNext.ts';
import {
  cleanBlocks,
  cleanBlocksByLines,
  removeRedundantJumps,
  removeRedundantNops,
  removeRedundantNopsAndJumps,
  removeRedundantNopsAndPairs,
} from './passes/removeRedundantNops.ts';
import { removeUnreachable } from './passes/removeUnreachable.ts';
import { removeUnusedConsts } from './passes/removeUnusedConsts.ts';
import { propagateLines, resolveLineNumbers } from './passes/resolveLineNumbers.ts';
import { trimUnusedConsts } from './passes/trimUnusedConsts.ts';

/** 3.13 and later: _PyCfg_OptimizeCodeUnit(). */
const OPTIMIZE_CODE_UNIT: readonly Pass[] = [
  markExceptHandlers,
  labelExceptionTargets,
  inlineSmallOrNoLinenoBlocks,
  removeUnreachable,
  resolveLineNumbers,
  optimizeLoadConst,
  optimizeBasicBlocks,
  removeRedundantNopsAndPairs,
  removeUnreachable,
  removeRedundantNopsAndJumps,
  removeUnusedConsts,
  addChecksForLoadsOfUninitializedVariables,
  insertSuperinstructions,
  pushColdBlocksToEnd,
  resolveLineNumbers,
];

const PIPELINES: Readonly<Record<FlowgraphPipeline, readonly Pass[]>> = {
  // 3.8, 3.9: assemble() and makecode() in Python/compile.c. The order of the blocks is that of code generation.
  peephole: [calculateStackdepth],
  // 3.10: assemble() and optimize_cfg() in Python/compile.c. GEN_START is there before.
  linesFirst: [
    normalizeBlocks,
    extendBlocks,
    optimizeWithRotations,
    extendBlocks,
    removeUnreachable,
    cleanBlocksByLines,
    eliminateEmptyBasicBlocks,
    dropJumpsToNext,
    duplicateExits,
    trimUnusedConsts,
    propagateLines,
    guaranteeLinenoForExits,
    calculateStackdepth,
    turnJumps,
  ],
  // 3.11, likewise.
  handlerTable: [
    normalizeBlocks,
    extendBlocks,
    prepareLocalsplus,
    optimizeEachBlock,
    extendBlocks,
    removeUnreachable,
    eliminateEmptyBasicBlocks,
    cleanBlocks,
    removeJumpsToNext,
    duplicateExits,
    trimUnusedConsts,
    propagateLines,
    guaranteeLinenoForExits,
    calculateStackdepth,
    labelExceptionTargets,
    convertHandlersToNops,
    cleanBlocks,
    directJumps,
  ],
  // 3.12: _PyCfg_OptimizeCodeUnit(), and the rest of optimize_and_assemble_code_unit() in Python/compile.c.
  coldBlocks: [
    markExceptHandlers,
    labelExceptionTargets,
    eliminateEmptyBasicBlocks,
    inlineSmallExitBlocks,
    optimizeInOneWalk,
    removeRedundantNopsAndPairs,
    inlineSmallExitBlocks,
    deleteUnreachable,
    removeRedundantNops,
    eliminateEmptyBasicBlocks,
    removeRedundantJumps,
    removeUnusedConsts,
    addChecksForLoadsOfUninitializedVariables,
    pushColdBlocksToEnd,
    resolveLineNumbers,
    guaranteeLinenoForExits,
    prepareLocalsplus,
    calculateStackdepth,
    convertPseudoOpsOnly,
    normalizeJumps,
  ],
  // 3.13, followed by _PyCfg_OptimizedCfgToInstructionSequence().
  superinstructions: [
    ...OPTIMIZE_CODE_UNIT,
    calculateStackdepth,
    prepareLocalsplus,
    convertPseudoOps,
    normalizeJumps,
  ],
  // 3.14 and later, likewise.
  foldsConstants: [
    ...OPTIMIZE_CODE_UNIT,
    convertPseudoConditionalJumps,
    calculateStackdepth,
    prepareLocalsplus,
    convertPseudoOps,
    normalizeJumps,
    optimizeLoadFast,
    fixupGetIter,
  ],
};

/** Runs the version's passes over what code generation gave out; `unit.constants` may change. */
export function optimize(unit: GeneratedUnit, context: BackEndContext): FlatCode {
  const { pipeline } = context.dialect.flowgraph;
  return run(PIPELINES[pipeline], unit, context);
}

/**
 * Runs the first passes alone, those before a frame's variables are numbered through: what CPython shows of its optimiser.
 * CPython: _PyCompile_OptimizeCfg(), 3.13 and later.
 */
export function optimizeCodeUnit(unit: GeneratedUnit, context: BackEndContext): FlatCode {
  const borrows = context.dialect.flowgraph.foldsConstants;
  const last = borrows ? [calculateStackdepth, optimizeLoadFast] : [];
  return run([...OPTIMIZE_CODE_UNIT, ...last], unit, context);
}

function run(passes: readonly Pass[], unit: GeneratedUnit, context: BackEndContext): FlatCode {
  const { flags } = context.opcodes;
  const { instructions, labels } = unit;
  const graph =
    labels !== null && context.dialect.flowgraph.blocksHaveAges
      ? buildGraphOfLabels(instructions, flags, labels)
      : buildGraph(instructions, flags, labels);
  for (const pass of passes) pass(graph, unit, context);
  return flatten(graph, context.dialect);
}
