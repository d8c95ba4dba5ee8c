// yield, yield from and await. CPython: Python/codegen.c, addop_yield() and codegen_add_yield_from().
import type { Await, Yield, YieldFrom } from '../../ast/expressions.ts';
import { NodeKind } from '../../ast/kinds.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import { ScopeType } from '../unit/description.ts';
import type { Place } from '../unit/frameBlocks.ts';
import { Label } from '../unit/instructions.ts';
import { NO_LOCATION } from '../unit/location.ts';
import type { CodeGenerator } from './generator.ts';
import { Intrinsic1 } from './intrinsics.ts';

/** Why a code object goes on: the argument of RESUME. CPython: RESUME_* in pycore_opcode_utils.h. */
enum Resume {
  AFTER_YIELD = 1,
  AFTER_YIELD_FROM = 2,
  AFTER_AWAIT = 3,
}

/** What is awaited: the argument of GET_AWAITABLE. */
export enum Awaitable {
  VALUE = 0,
  ENTER = 1,
  EXIT = 2,
}

/** What an iterator is for: the argument of GET_ITER. */
const FOR_YIELD_FROM = 1;

export function visitYield(g: CodeGenerator, e: Yield | YieldFrom): void {
  const { emit, unit } = g;
  if (!unit.scope.isFunctionLike) {
    g.error(
      e.kind === NodeKind.YieldFrom && g.dialect.yieldFromHasOwnWords
        ? MESSAGES.yieldFromOutsideFunction
        : MESSAGES.yieldOutsideFunction,
      e,
    );
  } else if (e.kind === NodeKind.YieldFrom && unit.type === ScopeType.AsyncFunction) {
    g.error(MESSAGES.yieldFromInAsync, e);
  }
  if (e.value) g.expression(e.value);
  else emit.none(e);
  if (e.kind === NodeKind.YieldFrom) {
    if (g.dialect.iteratorSize === 1) emit.op(Op.GET_YIELD_FROM_ITER, 0, e);
    else emit.op(Op.GET_ITER, FOR_YIELD_FROM, e);
    emit.none(e);
    delegate(g, e, Resume.AFTER_YIELD_FROM);
    emit.suspends('yield from', e, e.value);
  } else {
    yieldValue(g, e);
    emit.suspends('yield', e, undefined);
  }
}

/** Yields what is on the stack. CPython: addop_yield(). */
export function yieldValue({ emit, unit, dialect }: CodeGenerator, at: Place): void {
  if (dialect.wrapsAsyncValues && unit.scope.generator && unit.scope.coroutine) {
    emit.intrinsic(Intrinsic1.ASYNC_GEN_WRAP, at);
  }
  emit.op(Op.YIELD_VALUE, 0, at);
  emit.resume(Resume.AFTER_YIELD, at);
}

export function visitAwait(g: CodeGenerator, e: Await): void {
  const { unit } = g;
  if (!g.dialect.checksInSymtable) {
    if (!unit.scope.isFunctionLike) g.error(MESSAGES.awaitOutsideFunction, e);
    else if (unit.type !== ScopeType.AsyncFunction && unit.type !== ScopeType.Comprehension) {
      g.error(MESSAGES.awaitOutsideAsync, e);
    }
  }
  g.expression(e.value);
  getAwaitable(g, Awaitable.VALUE, e);
  g.emit.suspends('await', e, e.value);
}

/** Awaits what is on the stack. */
export function getAwaitable(g: CodeGenerator, what: Awaitable, at: Place): void {
  g.emit.op(Op.GET_AWAITABLE, g.dialect.resumes ? what : 0, at);
  awaitValue(g, at);
}

/** Awaits the awaitable on the stack. */
export function awaitValue(g: CodeGenerator, at: Place, send?: Label): void {
  if (g.dialect.iteratorSize === 2) g.emit.op(Op.PUSH_NULL, 0, at);
  g.emit.none(at);
  if (send && !g.dialect.delegatesAtOnce) g.emit.use(send);
  delegate(g, at, Resume.AFTER_AWAIT);
}

/** CPython: codegen_add_yield_from(). */
function delegate(g: CodeGenerator, at: Place, resume: Resume): void {
  const { emit } = g;
  if (emit.recording === null) return;
  if (g.dialect.delegatesAtOnce) {
    emit.op(Op.YIELD_FROM, 0, at);
    return;
  }
  const send = new Label();
  const fail = new Label();
  const exit = new Label();
  emit.use(send);
  if (!g.dialect.handlesThrow) {
    emit.branch(Op.SEND, exit, at);
    emit.use(fail);
    emit.op(Op.YIELD_VALUE, 0, at);
    emit.op(Op.RESUME, resume, at);
    emit.jumpUninterrupted(send, at);
    emit.use(exit);
    return;
  }
  emit.branch(Op.SEND, exit, at);
  emit.branch(Op.SETUP_FINALLY, fail, at);
  emit.op(Op.YIELD_VALUE, g.dialect.yieldTellsDelegation ? 1 : 0, at);
  emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
  emit.op(Op.RESUME, resume, at);
  emit.jumpUninterrupted(send, at);
  emit.use(fail);
  emit.op(Op.CLEANUP_THROW, 0, at);
  emit.use(exit);
  emit.op(Op.END_SEND, 0, at);
}
