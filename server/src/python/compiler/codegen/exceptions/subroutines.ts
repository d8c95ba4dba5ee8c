// Exceptions by a stack of blocks, 3.8, where finally bodies are subroutines: generated once, and called on each way out.
// CPython 3.8: Python/compile.c, compiler_try_finally(), compiler_try_except(), compiler_with(), compiler_async_with(),
// compiler_unwind_fblock().
import { ExprContext } from '../../../ast/kinds.ts';
import type { ExceptHandler, Try, With, WithItem } from '../../../ast/nodes.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { FrameBlockType, type ExceptionBlock, type Place } from '../../unit/frameBlocks.ts';
import { Label } from '../../unit/instructions.ts';
import { popFrameBlock, pushFrameBlock, unbindHandlerName } from '../frameBlocks.ts';
import type { CodeGenerator, ExceptionModel } from '../generator.ts';
import { nameOp } from '../names.ts';
import { awaitExit, enterByStack, isAsyncWith, visitHandlers, visitTryBody } from './parts.ts';

export const SUBROUTINES: ExceptionModel = { visitTry, visitWith, unwind };

/** The argument of COMPARE_OP that asks whether an exception is one of those of a handler. CPython: PyCmp_EXC_MATCH. */
const EXC_MATCH = 10;

// ---- try --------------------------------------------------------------------------------------------------------

function visitTry(g: CodeGenerator, s: Try): void {
  if (s.finalbody.length > 0) visitTryFinally(g, s);
  else visitTryExcept(g, s);
}

/**
 * The finally body is generated first, and comes last: what leads out of it must find as much on the stack as the body of
 * the try would leave there.
 */
function visitTryFinally(g: CodeGenerator, s: Try): void {
  const { emit } = g;
  const body = new Label();
  const end = new Label();
  const mark = emit.mark();
  emit.use(end);
  pushFrameBlock(g, FrameBlockType.FinallyEnd, s, { block: end, exit: end });
  const [finallyEnd] = g.unit.frameBlocks.slice(-1);
  g.statements(s.finalbody);
  emit.op(Op.END_FINALLY, 0, s);
  const { isLeft } = finallyEnd;
  if (isLeft) emit.op(Op.POP_TOP, 0, s);
  popFrameBlock(g);
  const finallyCode = emit.cut(mark);
  emit.begin(s);
  if (isLeft) emit.none(s);
  emit.branch(Op.SETUP_FINALLY, end, s);
  emit.use(body);
  const type = isLeft ? FrameBlockType.FinallyTry2 : FrameBlockType.FinallyTry;
  pushFrameBlock(g, type, s, { block: body, exit: end });
  if (s.handlers.length > 0) visitTryExcept(g, s);
  else g.statements(s.body);
  emit.op(Op.POP_BLOCK, 0, s);
  emit.op(Op.BEGIN_FINALLY, 0, s);
  popFrameBlock(g);
  emit.paste(finallyCode);
}

function visitTryExcept(g: CodeGenerator, s: Try): void {
  const { emit } = g;
  const body = new Label();
  const except = new Label();
  const orelse = new Label();
  const end = new Label();
  visitTryBody(g, s, body, except, s);
  emit.jump(Op.JUMP_NO_INTERRUPT, orelse, s);
  emit.use(except);
  visitHandlers(g, s, handler => {
    emit.begin(handler);
    visitHandler(g, handler, end);
  });
  emit.op(Op.END_FINALLY, 0, s);
  emit.use(orelse);
  g.statements(s.orelse);
  emit.use(end);
}

/** One except clause, which ends at `end`; if it does not match, at the next one. */
function visitHandler(g: CodeGenerator, handler: ExceptHandler, end: Label): void {
  const { emit } = g;
  const next = new Label();
  if (handler.type) {
    emit.copyTop(handler);
    g.expression(handler.type);
    emit.op(Op.COMPARE_OP, EXC_MATCH, handler);
    emit.branch(Op.POP_JUMP_IF_FALSE, next, handler);
  }
  emit.op(Op.POP_TOP, 0, handler);
  if (handler.name === null) visitNamelessBody(g, handler);
  else visitNamedBody(g, handler, handler.name);
  emit.jump(Op.JUMP_NO_INTERRUPT, end, handler);
  emit.use(next);
}

function visitNamelessBody(g: CodeGenerator, handler: ExceptHandler): void {
  const { emit } = g;
  const body = new Label();
  emit.op(Op.POP_TOP, 0, handler);
  emit.op(Op.POP_TOP, 0, handler);
  emit.use(body);
  pushFrameBlock(g, FrameBlockType.HandlerCleanup, handler, { block: body });
  g.statements(handler.body);
  emit.op(Op.POP_EXCEPT, 0, handler);
  popFrameBlock(g);
}

/** `name = None; del name` is a finally body, too. */
function visitNamedBody(g: CodeGenerator, handler: ExceptHandler, name: string): void {
  const { emit } = g;
  const body = new Label();
  const cleanup = new Label();
  nameOp(g, name, ExprContext.Store, handler);
  emit.op(Op.POP_TOP, 0, handler);
  emit.branch(Op.SETUP_FINALLY, cleanup, handler);
  emit.use(body);
  pushFrameBlock(g, FrameBlockType.HandlerCleanup, handler, { block: body, exit: cleanup, name });
  g.statements(handler.body);
  emit.op(Op.POP_BLOCK, 0, handler);
  emit.op(Op.BEGIN_FINALLY, 0, handler);
  popFrameBlock(g);
  emit.use(cleanup);
  unbindHandlerName(g, name, handler);
  emit.op(Op.END_FINALLY, 0, handler);
  emit.op(Op.POP_EXCEPT, 0, handler);
}

// ---- with -------------------------------------------------------------------------------------------------------

/** Leaving a context manager is a finally body that the interpreter knows. */
function visitWith(g: CodeGenerator, s: With): void {
  const isAsync = isAsyncWith(g, s);
  const labels = s.items.map(item => {
    const labels = { block: new Label(), final: new Label() };
    enterByStack(g, s, item, isAsync, labels);
    return labels.final;
  });
  g.statements(s.body);
  for (let i = labels.length - 1; i >= 0; i--) {
    g.emit.op(Op.POP_BLOCK, 0, s);
    g.emit.op(Op.BEGIN_FINALLY, 0, s);
    popFrameBlock(g);
    g.emit.use(labels[i]);
    cleanUp(g, s.items[i], s, isAsync);
    g.emit.op(Op.END_FINALLY, 0, s);
  }
}

/** Calls the exit method that is on the stack. */
function cleanUp(g: CodeGenerator, item: WithItem | null, at: Place, isAsync: boolean): void {
  g.emit.op(Op.WITH_CLEANUP_START, 0, at);
  if (isAsync) awaitExit(g, item, at);
  g.emit.op(Op.WITH_CLEANUP_FINISH, 0, at);
}

// ---- Ways out ---------------------------------------------------------------------------------------------------

function unwind(g: CodeGenerator, block: ExceptionBlock, at: Place, preserves: boolean): Place {
  const { emit } = g;
  switch (block.type) {
    case FrameBlockType.TryExcept:
      emit.op(Op.POP_BLOCK, 0, at);
      break;
    case FrameBlockType.FinallyTry:
      emit.op(Op.POP_BLOCK, 0, at);
      callFinally(g, block, at);
      break;
    case FrameBlockType.FinallyTry2:
      emit.op(Op.POP_BLOCK, 0, at);
      if (preserves) {
        emit.swapTop(at);
        emit.op(Op.POP_TOP, 0, at);
      }
      callFinally(g, block, at);
      if (!preserves) emit.op(Op.POP_TOP, 0, at);
      break;
    case FrameBlockType.FinallyEnd:
      block.isLeft = true;
      emit.op(Op.POP_FINALLY, preserves ? 1 : 0, at);
      if (preserves) emit.swapTop(at);
      emit.op(Op.POP_TOP, 0, at);
      break;
    case FrameBlockType.With:
    case FrameBlockType.AsyncWith:
      emit.op(Op.POP_BLOCK, 0, at);
      if (preserves) emit.swapTop(at);
      emit.op(Op.BEGIN_FINALLY, 0, at);
      cleanUp(g, block.item, at, block.type === FrameBlockType.AsyncWith);
      emit.op(Op.POP_FINALLY, 0, at);
      break;
    case FrameBlockType.HandlerCleanup:
      if (preserves) emit.op(Op.ROT_FOUR, 0, at);
      if (block.exit !== null) emit.op(Op.POP_BLOCK, 0, at);
      emit.op(Op.POP_EXCEPT, 0, at);
      callFinally(g, block, at);
      break;
  }
  return at;
}

/** Calls the finally body of a block, if it has one. */
function callFinally({ emit }: CodeGenerator, { exit }: ExceptionBlock, at: Place): void {
  if (exit !== null) emit.branch(Op.CALL_FINALLY, exit, at);
}
