// try, except, finally with a table of handlers: finally bodies are generated for each way out.
// CPython: Python/codegen.c, codegen_try_finally() and codegen_try_except().
import { ExprContext, NodeKind } from '../../../ast/kinds.ts';
import type { ExceptHandler, Try } from '../../../ast/nodes.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { FrameBlockType } from '../../unit/frameBlocks.ts';
import { Label } from '../../unit/instructions.ts';
import { LAST_LOCATION, NO_LOCATION } from '../../unit/location.ts';
import { popFrameBlock, pushFrameBlock, unbindHandlerName, visitFinallyBody } from '../frameBlocks.ts';
import type { CodeGenerator } from '../generator.ts';
import { nameOp } from '../names.ts';
import { visitTryStarExcept } from './exceptionGroups.ts';
import { popExceptAndReraise, visitFinallyTry, visitHandlers, visitTryBody } from './parts.ts';

export function visitTry(g: CodeGenerator, s: Try): void {
  if (s.finalbody.length === 0) visitHandled(g, s);
  else visitTryFinally(g, s);
}

function visitHandled(g: CodeGenerator, s: Try): void {
  if (s.kind === NodeKind.TryStar) visitTryStarExcept(g, s);
  else visitTryExcept(g, s);
}

/** CPython: codegen_try_finally() and codegen_try_star_finally(). */
function visitTryFinally(g: CodeGenerator, s: Try): void {
  const { emit } = g;
  const body = new Label();
  const end = new Label();
  const exit = new Label();
  const cleanup = new Label();
  visitFinallyTry(g, s, { body, end, exit }, visitGuarded);
  g.setLocation(NO_LOCATION);
  emit.branch(Op.SETUP_CLEANUP, cleanup, NO_LOCATION);
  emit.op(Op.PUSH_EXC_INFO, 0, NO_LOCATION);
  pushFrameBlock(g, FrameBlockType.FinallyEnd, s, { block: end });
  visitFinallyBody(g, s.finalbody);
  popFrameBlock(g);
  emit.leave(Op.RERAISE, 0, LAST_LOCATION);
  emit.use(cleanup);
  popExceptAndReraise(g, LAST_LOCATION);
  emit.use(exit);
}

function visitGuarded(g: CodeGenerator, s: Try): void {
  if (s.handlers.length > 0) visitHandled(g, s);
  else g.statements(s.body);
}

/** else comes before the handlers. CPython: codegen_try_except(). */
function visitTryExcept(g: CodeGenerator, s: Try): void {
  const { emit } = g;
  const body = new Label();
  const except = new Label();
  const end = new Label();
  const cleanup = new Label();
  visitTryBody(g, s, body, except, NO_LOCATION);
  g.statements(s.orelse);
  emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  emit.use(except);
  g.setLocation(NO_LOCATION);
  emit.branch(Op.SETUP_CLEANUP, cleanup, NO_LOCATION);
  emit.op(Op.PUSH_EXC_INFO, 0, NO_LOCATION);
  pushFrameBlock(g, FrameBlockType.ExceptionHandler, s);
  visitHandlers(g, s, handler => visitHandler(g, handler, end));
  popFrameBlock(g);
  g.setLocation(NO_LOCATION);
  emit.leave(Op.RERAISE, 0, NO_LOCATION);
  emit.use(cleanup);
  popExceptAndReraise(g, NO_LOCATION);
  emit.use(end);
}

/** One except clause, which ends at `end`, or if it does not match, at the next one. */
function visitHandler(g: CodeGenerator, handler: ExceptHandler, end: Label): void {
  const { emit } = g;
  const next = new Label();
  g.emit.at = handler;
  if (handler.type) {
    g.expression(handler.type);
    emit.op(Op.CHECK_EXC_MATCH, 0, handler);
    emit.branch(Op.POP_JUMP_IF_FALSE, next, handler);
  }
  if (handler.name === null) visitNamelessBody(g, handler, end);
  else visitNamedBody(g, handler, handler.name, end);
  emit.use(next);
}

function visitNamelessBody(g: CodeGenerator, handler: ExceptHandler, end: Label): void {
  const { emit } = g;
  const body = new Label();
  emit.op(Op.POP_TOP, 0, handler);
  emit.use(body);
  pushFrameBlock(g, FrameBlockType.HandlerCleanup, handler, { block: body });
  g.statements(handler.body);
  popFrameBlock(g);
  emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
  emit.op(Op.POP_EXCEPT, 0, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
}

/** The body of `except E as name`, which ends with `name = None; del name`, however it ends. */
function visitNamedBody(g: CodeGenerator, handler: ExceptHandler, name: string, end: Label): void {
  const { emit } = g;
  const cleanup = new Label();
  const body = new Label();
  nameOp(g, name, ExprContext.Store, handler);
  emit.branch(Op.SETUP_CLEANUP, cleanup, handler);
  emit.use(body);
  pushFrameBlock(g, FrameBlockType.HandlerCleanup, handler, { block: body, name });
  g.statements(handler.body);
  popFrameBlock(g);
  emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
  emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
  emit.op(Op.POP_EXCEPT, 0, NO_LOCATION);
  unbindHandlerName(g, name, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  emit.use(cleanup);
  unbindHandlerName(g, name, NO_LOCATION);
  emit.leave(Op.RERAISE, 1, NO_LOCATION);
}
