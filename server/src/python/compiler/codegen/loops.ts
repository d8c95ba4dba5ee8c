// for, while, and the ways out of them. CPython: Python/codegen.c, codegen_for(), codegen_async_for(), codegen_while(),
// codegen_break(), codegen_continue().
import { NodeKind } from '../../ast/kinds.ts';
import type { Break, Continue, For, If, Statement, While } from '../../ast/nodes.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import { ScopeType } from '../unit/description.ts';
import { FrameBlockType, type Place } from '../unit/frameBlocks.ts';
import { Label } from '../unit/instructions.ts';
import { NO_LOCATION } from '../unit/location.ts';
import { jumpIf } from './branches.ts';
import { constantTruth } from './constantTests.ts';
import { visitIterable } from './displays.ts';
import { popFrameBlock, pushFrameBlock, unwindFrameBlock, unwindFrameBlocks } from './frameBlocks.ts';
import type { CodeGenerator } from './generator.ts';
import { awaitValue } from './suspension.ts';

/** CPython: codegen_if(). A chain of elif is walked in a loop. */
export function visitIf(g: CodeGenerator, first: If): void {
  const { emit } = g;
  const ends: Label[] = [];
  let s = first;
  for (;;) {
    const end = new Label();
    const next = s.orelse.length > 0 ? new Label() : end;
    const truth = g.dialect.constantBranches === 'notEmitted' ? constantTruth(g, s.test) : undefined;
    if (truth === undefined) jumpIf(g, s, s.test, next, false);
    visitEmitted(g, s.body, truth !== false);
    const { orelse } = s;
    ends.push(end);
    if (orelse.length === 0) break;
    if (truth === undefined || !g.records) {
      emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
      emit.use(next);
    }
    if (truth !== true && orelse.length === 1 && orelse[0].kind === NodeKind.If) {
      s = orelse[0];
      emit.begin(s);
      g.comesTo(s);
      continue;
    }
    visitEmitted(g, orelse, truth !== true);
    break;
  }
  for (let end = ends.pop(); end; end = ends.pop()) emit.use(end);
}

/** Walks a branch; where it is not emitted, for its errors only. CPython 3.9: BEGIN_DO_NOT_EMIT_BYTECODE. */
function visitEmitted(g: CodeGenerator, body: readonly Statement[], emitted: boolean): void {
  if (emitted) {
    g.statements(body);
    return;
  }
  g.notEmitting++;
  g.emit.isSilent = true;
  g.statements(body);
  g.notEmitting--;
  g.emit.isSilent = g.notEmitting > 0;
}

/** Where getting the iterator, and asking one that is not asynchronous, are placed. */
const headPlace = (g: CodeGenerator, s: For): Place => (g.dialect.forPlace === 'iterable' ? s.iter : s);

export function visitFor(g: CodeGenerator, s: For): void {
  if (s.kind === NodeKind.AsyncFor) visitAsyncFor(g, s);
  else visitSyncFor(g, s);
}

/** CPython: codegen_for(). */
function visitSyncFor(g: CodeGenerator, s: For): void {
  const { emit } = g;
  const start = new Label();
  const body = new Label();
  const cleanup = new Label();
  const end = new Label();
  pushFrameBlock(g, FrameBlockType.ForLoop, s, { block: start, exit: end });
  const at = headPlace(g, s);
  visitIterable(g, s.iter);
  emit.op(Op.GET_ITER, 0, at);
  emit.use(start);
  emit.branch(Op.FOR_ITER, cleanup, at);
  emit.use(body);
  if (g.dialect.forTargetNop) emit.op(Op.NOP, 0, s.target);
  g.expression(s.target);
  g.statements(s.body);
  g.setPartLocation(NO_LOCATION);
  emit.jump(Op.JUMP, start, NO_LOCATION);
  emit.use(cleanup);
  endFor(g);
  popFrameBlock(g);
  g.statements(s.orelse);
  emit.use(end);
}

/** What an exhausted loop leaves behind is popped. */
export function endFor({ emit, dialect }: CodeGenerator): void {
  if (dialect.endOfFor === 'nothing') return;
  emit.op(Op.END_FOR, 0, NO_LOCATION);
  if (dialect.endOfFor === 'endFor') return;
  emit.op(dialect.endOfFor === 'popIter' ? Op.POP_ITER : Op.POP_TOP, 0, NO_LOCATION);
}

/** CPython: codegen_async_for(). */
function visitAsyncFor(g: CodeGenerator, s: For): void {
  const { emit } = g;
  if (!g.dialect.checksInSymtable && g.unit.type !== ScopeType.AsyncFunction) {
    g.error(MESSAGES.asyncForOutside, s);
  }
  const start = new Label();
  const send = new Label();
  const except = new Label();
  const end = new Label();
  g.expression(s.iter);
  emit.op(Op.GET_AITER, 0, headPlace(g, s));
  emit.use(start);
  pushFrameBlock(g, FrameBlockType.AsyncForLoop, s, { block: start, exit: end });
  visitNext(g, s, send, except);
  emit.suspends('async for', s, s.iter);
  if (g.dialect.marksAsyncLoops) emit.op(Op.NOT_TAKEN, 0, s);
  g.expression(s.target);
  g.statements(s.body);
  emit.jump(Op.JUMP, start, NO_LOCATION);
  popFrameBlock(g);
  emit.use(except);
  g.setPartLocation(s.iter);
  if (g.dialect.asyncElseEndsLoop && s.orelse.length > 0) g.setLocation(s.orelse[0]);
  endAsyncFor(g, send, s.iter);
  g.statements(s.orelse);
  emit.use(end);
}

/** The end of an asynchronous loop, which awaited at `send`. */
export function endAsyncFor({ emit, dialect }: CodeGenerator, send: Label, at: Place): void {
  if (dialect.marksAsyncLoops) emit.branch(Op.END_ASYNC_FOR, send, at);
  else emit.op(Op.END_ASYNC_FOR, 0, at);
}

/**
 * Awaits the next item of an asynchronous iterator, at `send`; `except` is where StopAsyncIteration leads.
 */
export function visitNext(g: CodeGenerator, at: Place, send: Label, except: Label): void {
  const { emit } = g;
  emit.branch(Op.SETUP_FINALLY, except, at);
  emit.op(Op.GET_ANEXT, 0, at);
  awaitValue(g, at, send);
  emit.op(Op.POP_BLOCK, 0, at);
}

/** CPython: codegen_while(). */
export function visitWhile(g: CodeGenerator, s: While): void {
  const { emit } = g;
  const loop = new Label();
  const body = new Label();
  const anchor = new Label();
  const end = new Label();
  const truth = g.dialect.constantBranches === 'notEmitted' ? constantTruth(g, s.test) : undefined;
  if (truth === false && g.records) {
    pushFrameBlock(g, FrameBlockType.WhileLoop, s, { block: loop, exit: end });
    visitEmitted(g, s.body, false);
    popFrameBlock(g);
    g.statements(s.orelse);
    return;
  }
  emit.use(loop);
  pushFrameBlock(g, FrameBlockType.WhileLoop, s, { block: loop, exit: end });
  if (truth === undefined) jumpIf(g, s, s.test, anchor, false);
  emit.use(body);
  visitEmitted(g, s.body, truth !== false);
  g.setPartLocation(s);
  if (g.dialect.whileTest === 'twice') jumpIf(g, s, s.test, body, true);
  else emit.jump(Op.JUMP, loop, NO_LOCATION);
  popFrameBlock(g);
  emit.use(anchor);
  g.statements(s.orelse);
  emit.use(end);
}

/** CPython: codegen_break(). */
export function visitBreak(g: CodeGenerator, s: Break): void {
  g.emit.nop(s);
  const out = unwindFrameBlocks(g, true, s, false);
  if (out === undefined) return;
  if (out.loop === null) {
    g.errorAt(MESSAGES.breakOutsideLoop, s);
    return;
  }
  const at = unwindFrameBlock(g, out.loop, out.at, false);
  if (out.loop.exit) g.emit.jump(Op.JUMP, out.loop.exit, at);
  g.emit.nextBlock();
}

/** CPython: codegen_continue(). */
export function visitContinue(g: CodeGenerator, s: Continue): void {
  g.emit.nop(s);
  const out = unwindFrameBlocks(g, true, s, false);
  if (out === undefined) return;
  if (out.loop === null) g.errorAt(MESSAGES.continueOutsideLoop, s);
  else if (out.loop.block) g.emit.jump(Op.JUMP, out.loop.block, out.at);
  g.emit.nextBlock();
}
