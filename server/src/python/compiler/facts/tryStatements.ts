// try, except, except*, finally: the order of their parts changes with the version, and finally bodies are
// generated for each way out. CPython: Python/codegen.c, codegen_try_finally() and the three functions after it.
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { ExceptHandler, Try } from '../../ast/nodes.ts';
import { MESSAGES } from '../messages.ts';
import type { Compiler } from './compiler.ts';
import { popFrameBlock, pushFrameBlock, visitFinallyBody } from './frameBlocks.ts';
import { jump, jumpMaybe, useLabel } from './reachability.ts';
import { FrameBlockType, Label } from './unit.ts';

export function visitTry(c: Compiler, s: Try): void {
  if (s.finalbody.length === 0) visitTryExcept(c, s);
  else if (c.dialect.finallyBodies === 'subroutine') visitTrySubroutine(c, s);
  else visitTryFinally(c, s);
}

/** CPython: codegen_try_finally(). */
function visitTryFinally(c: Compiler, s: Try): void {
  const end = new Label();
  const exit = new Label();
  jumpMaybe(c, end);
  pushFrameBlock(c, FrameBlockType.FinallyTry, s, null, s.finalbody);
  visitGuarded(c, s);
  popFrameBlock(c);
  visitFinallyBody(c, s.finalbody);
  jump(c, exit);
  useLabel(c, end);
  pushFrameBlock(c, FrameBlockType.Other, s);
  visitFinallyBody(c, s.finalbody);
  popFrameBlock(c);
  c.unit.reached = false;
  useLabel(c, exit);
}

/** 3.8 generates the finally body first, once. CPython 3.8: compiler_try_finally(). */
function visitTrySubroutine(c: Compiler, s: Try): void {
  pushFrameBlock(c, FrameBlockType.Other, s);
  c.statements(s.finalbody);
  popFrameBlock(c);
  pushFrameBlock(c, FrameBlockType.FinallyTry, s, null, s.finalbody);
  visitGuarded(c, s);
  popFrameBlock(c);
}

function visitGuarded(c: Compiler, s: Try): void {
  if (s.handlers.length > 0) visitTryExcept(c, s);
  else c.statements(s.body);
}

/** CPython: codegen_try_except() and codegen_try_star_except(). */
function visitTryExcept(c: Compiler, s: Try): void {
  const except = new Label();
  const end = new Label();
  const isStar = s.kind === NodeKind.TryStar;
  jumpMaybe(c, except);
  pushFrameBlock(c, FrameBlockType.Other, s);
  c.statements(s.body);
  popFrameBlock(c);
  const elseFirst = !isStar && c.dialect.tryOrder === 'elseHandlers';
  const orelse = new Label();
  if (elseFirst) {
    c.statements(s.orelse);
    jump(c, end);
  } else jump(c, orelse);
  useLabel(c, except);
  pushFrameBlock(c, isStar ? FrameBlockType.ExceptionGroupHandler : FrameBlockType.Other, s);
  s.handlers.forEach((handler, i) => {
    if (!handler.type && i < s.handlers.length - 1)
      c.errorIn(c.dialect.bareExceptPlace, MESSAGES.bareExceptNotLast, handler);
    visitHandler(c, handler, end, isStar);
  });
  popFrameBlock(c);
  if (isStar) jump(c, end);
  c.unit.reached = false;
  if (!elseFirst) {
    useLabel(c, orelse);
    c.statements(s.orelse);
  }
  useLabel(c, end);
}

/** One except clause, which ends at `end`, or if it does not match, at the next one. */
function visitHandler(c: Compiler, handler: ExceptHandler, end: Label, isStar: boolean): void {
  const next = new Label();
  c.at = handler;
  if (handler.type) {
    c.expression(handler.type);
    jumpMaybe(c, next);
  }
  const { name } = handler;
  if (name !== null) c.name(name, ExprContext.Store, handler);
  const cleanup = new Label();
  if (name !== null || isStar) jumpMaybe(c, cleanup);
  pushFrameBlock(c, name !== null ? FrameBlockType.HandlerCleanup : FrameBlockType.Other, handler);
  c.statements(handler.body);
  popFrameBlock(c);
  if (name !== null) {
    c.loadNone();
    c.name(name, ExprContext.Store, handler);
    c.name(name, ExprContext.Del, handler);
  }
  // Each clause of except* goes on with the next one, whatever happens.
  jump(c, isStar ? next : end);
  useLabel(c, cleanup);
  if (name !== null) c.loadNone();
  jump(c, isStar ? next : new Label());
  useLabel(c, next);
}
