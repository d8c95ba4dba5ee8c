// try with except* (PEP 654). CPython: Python/codegen.c, codegen_try_star_except().
import { ExprContext } from '../../../ast/kinds.ts';
import type { ExceptHandler, Try } from '../../../ast/nodes.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { FrameBlockType } from '../../unit/frameBlocks.ts';
import { Label } from '../../unit/instructions.ts';
import { NO_LOCATION } from '../../unit/location.ts';
import { popFrameBlock, pushFrameBlock, unbindHandlerName } from '../frameBlocks.ts';
import type { CodeGenerator } from '../generator.ts';
import { Intrinsic2 } from '../intrinsics.ts';
import { nameOp } from '../names.ts';
import { popExceptAndReraise, visitTryBody } from './parts.ts';

export function visitTryStarExcept(g: CodeGenerator, s: Try): void {
  const { emit } = g;
  const body = new Label();
  const except = new Label();
  const orelse = new Label();
  const end = new Label();
  const cleanup = new Label();
  const reraiseStar = new Label();
  visitTryBody(g, s, body, except, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, orelse, NO_LOCATION);
  emit.use(except);
  g.setLocation(NO_LOCATION);
  emit.branch(Op.SETUP_CLEANUP, cleanup, NO_LOCATION);
  emit.op(Op.PUSH_EXC_INFO, 0, NO_LOCATION);
  pushFrameBlock(g, FrameBlockType.ExceptionGroupHandler, s);
  s.handlers.forEach((handler, i) => {
    g.emit.at = handler;
    const isLast = i === s.handlers.length - 1;
    visitClause(g, handler, i === 0, isLast ? reraiseStar : null);
  });
  g.setLocation(NO_LOCATION);
  popFrameBlock(g);
  const reraise = new Label();
  emit.use(reraiseStar);
  if (g.dialect.intrinsics) emit.op(Op.CALL_INTRINSIC_2, Intrinsic2.PREP_RERAISE_STAR, NO_LOCATION);
  else emit.op(Op.PREP_RERAISE_STAR, 0, NO_LOCATION);
  emit.op(Op.COPY, 1, NO_LOCATION);
  emit.branch(Op.POP_JUMP_IF_NOT_NONE, reraise, NO_LOCATION);
  emit.op(Op.POP_TOP, 0, NO_LOCATION);
  emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
  emit.op(Op.POP_EXCEPT, 0, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  emit.use(reraise);
  emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
  emit.op(Op.SWAP, 2, NO_LOCATION);
  emit.op(Op.POP_EXCEPT, 0, NO_LOCATION);
  emit.leave(Op.RERAISE, 0, NO_LOCATION);
  emit.use(cleanup);
  popExceptAndReraise(g, NO_LOCATION);
  emit.use(orelse);
  g.statements(s.orelse);
  emit.use(end);
}

/**
 * One clause, which goes on with the next, whatever happens; the last one leads to `last`. A list of what is raised in the
 * clauses lies under what is left of the group, and a copy of the group under both.
 */
function visitClause(g: CodeGenerator, handler: ExceptHandler, isFirst: boolean, last: Label | null): void {
  const { emit } = g;
  const { type } = handler;
  const next = new Label();
  const nextWithError = new Label();
  const noMatch = new Label();
  if (isFirst && g.dialect.groupCopy === 'afterList') {
    emit.op(Op.BUILD_LIST, 0, handler);
    emit.op(Op.COPY, 2, handler);
  } else if (isFirst) {
    emit.op(Op.COPY, 1, handler);
    emit.op(Op.BUILD_LIST, 0, handler);
    emit.op(Op.SWAP, 2, handler);
  }
  if (type) {
    g.expression(type);
    emit.op(Op.CHECK_EG_MATCH, 0, handler);
    emit.op(Op.COPY, 1, handler);
    emit.branch(Op.POP_JUMP_IF_NONE, noMatch, handler);
  }
  visitClauseBody(g, handler, next, nextWithError);
  emit.use(next);
  emit.op(Op.NOP, 0, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, nextWithError, NO_LOCATION);
  emit.use(noMatch);
  g.setLocation(handler);
  emit.op(Op.POP_TOP, 0, handler);
  emit.use(nextWithError);
  addRest(g, last);
}

/** The body leads to `next`, or with what it raises in the list to `nextWithError`. */
function visitClauseBody(g: CodeGenerator, handler: ExceptHandler, next: Label, nextWithError: Label): void {
  const { emit } = g;
  const { name } = handler;
  const cleanup = new Label();
  const body = new Label();
  if (name !== null) nameOp(g, name, ExprContext.Store, handler);
  else emit.op(Op.POP_TOP, 0, handler);
  emit.branch(Op.SETUP_CLEANUP, cleanup, handler);
  emit.use(body);
  pushFrameBlock(g, FrameBlockType.HandlerCleanup, handler, { block: body, name });
  g.statements(handler.body);
  popFrameBlock(g);
  g.setLocation(NO_LOCATION);
  emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
  if (name !== null) unbindHandlerName(g, name, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, next, NO_LOCATION);
  emit.use(cleanup);
  if (name !== null) unbindHandlerName(g, name, NO_LOCATION);
  emit.op(Op.LIST_APPEND, 3, NO_LOCATION);
  emit.op(Op.POP_TOP, 0, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, nextWithError, NO_LOCATION);
}

/** What no clause has handled counts as raised in the last one. */
function addRest({ emit }: CodeGenerator, last: Label | null): void {
  if (last === null) return;
  emit.op(Op.LIST_APPEND, 1, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, last, NO_LOCATION);
}
