// Ways out of blocks: what return, break and continue run on their way, finally bodies above all.
// CPython: Python/codegen.c, codegen_unwind_fblock_stack().
import type { Node, Statement } from '../../ast/nodes.ts';
import { MESSAGES } from '../messages.ts';
import type { Compiler } from './compiler.ts';
import { FrameBlockType, type FinallyOutcome, type FrameBlock, type Label } from './unit.ts';

/** CPython: _PyCompile_PushFBlock(). */
export function pushFrameBlock(
  c: Compiler,
  type: FrameBlockType,
  at: Node,
  exit: Label | null = null,
  finalbody: Statement[] | null = null,
): void {
  const { frameBlocks } = c.unit;
  if (frameBlocks.length === c.dialect.maxBlocks) {
    if (c.dialect.placesBlockLimit) c.error(MESSAGES.tooManyBlocks, at);
    else c.errorAt(MESSAGES.tooManyBlocks, at, {});
  }
  frameBlocks.push({ type, exit, finalbody });
}

export function popFrameBlock(c: Compiler): void {
  c.unit.frameBlocks.pop();
}

/**
 * Generates what must run before control leaves the innermost blocks: all of them for return, those inside the
 * innermost loop for break and continue. Gives that loop, null if there is none, undefined after an error.
 */
export function unwindFrameBlocks(c: Compiler, toLoop: boolean, at: Node): FrameBlock | null | undefined {
  const { unit } = c;
  const saved = unit.frameBlocks;
  let loop: FrameBlock | null | undefined = null;
  for (let depth = saved.length; depth > 0; depth--) {
    const block = saved[depth - 1];
    if (block.type === FrameBlockType.ExceptionGroupHandler) {
      c.errorAt(MESSAGES.leavesExceptStar, at);
      loop = undefined;
      break;
    }
    if (toLoop && (block.type === FrameBlockType.WhileLoop || block.type === FrameBlockType.ForLoop)) {
      loop = block;
      break;
    }
    if (block.type === FrameBlockType.HandlerCleanup || block.type === FrameBlockType.With) c.loadNone();
    if (block.finalbody === null || c.dialect.finallyBodies !== 'copied') continue;
    unit.frameBlocks = saved.slice(0, depth - 1);
    visitFinallyBody(c, block.finalbody);
  }
  unit.frameBlocks = saved;
  return loop;
}

/**
 * Generates a finally body once more. The first time that it is reached, or emitted, and the first time at all, it is walked;
 * later copies give nothing new, and walking them would take exponential time where finally bodies nest.
 */
export function visitFinallyBody(c: Compiler, body: Statement[]): void {
  const { unit } = c;
  const outcomes = (unit.finallyOutcomes ??= new Map<Statement[], FinallyOutcome>());
  const known = outcomes.get(body);
  const emitted = c.notEmitting === 0;
  if (known && (known.reached || !unit.reached) && (known.emitted || !emitted)) {
    unit.reached &&= known.fallsThrough;
    return;
  }
  const { reached } = unit;
  c.statements(body);
  outcomes.set(body, { reached, emitted, fallsThrough: unit.reached });
}
