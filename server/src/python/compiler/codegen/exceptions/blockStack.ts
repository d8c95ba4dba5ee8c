// Exceptions by a stack of blocks, 3.9 and 3.10: SETUP_FINALLY and its like push a block that says where an exception
// leads, with its traceback, value and type on the stack. Finally bodies are generated for each way out.
// CPython 3.10: Python/compile.c, compiler_try_finally(), compiler_try_except(), compiler_with(), compiler_async_with(),
// compiler_unwind_fblock().
import { ExprContext } from '../../../ast/kinds.ts';
import type { ExceptHandler, Try, With, WithItem } from '../../../ast/nodes.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { FrameBlockType, type ExceptionBlock, type Place } from '../../unit/frameBlocks.ts';
import { Label } from '../../unit/instructions.ts';
import { LAST_LOCATION, NO_LOCATION } from '../../unit/location.ts';
import {
  leaveFinally,
  popFrameBlock,
  pushFrameBlock,
  unbindHandlerName,
  visitFinallyBody,
} from '../frameBlocks.ts';
import type { CodeGenerator, ExceptionModel } from '../generator.ts';
import { nameOp } from '../names.ts';
import {
  awaitExit,
  enterByStack,
  isAsyncWith,
  visitFinallyTry,
  visitHandlers,
  visitTryBody,
  type WithBlock,
} from './parts.ts';

export const BLOCK_STACK: ExceptionModel = { visitTry, visitWith, unwind };

/** RERAISE goes back to where the exception was raised. Its argument, which 3.9 does not have yet. */
const restoresLasti = ({ dialect }: CodeGenerator): number => (dialect.keepsLines ? 1 : 0);

// ---- try --------------------------------------------------------------------------------------------------------

function visitTry(g: CodeGenerator, s: Try): void {
  if (s.finalbody.length > 0) visitTryFinally(g, s);
  else visitTryExcept(g, s);
}

function visitTryFinally(g: CodeGenerator, s: Try): void {
  const { emit } = g;
  const body = new Label();
  const end = new Label();
  const exit = new Label();
  visitFinallyTry(g, s, { body, end, exit }, visitGuarded);
  pushFrameBlock(g, FrameBlockType.FinallyEnd, s, { block: end });
  visitFinallyBody(g, s.finalbody);
  popFrameBlock(g);
  emit.leave(Op.RERAISE, 0, LAST_LOCATION);
  emit.use(exit);
}

function visitGuarded(g: CodeGenerator, s: Try): void {
  if (s.handlers.length > 0) visitTryExcept(g, s);
  else g.statements(s.body);
}

/** Handlers come before else. The interpreter pushes a block for them, which counts. */
function visitTryExcept(g: CodeGenerator, s: Try): void {
  const { emit } = g;
  const body = new Label();
  const except = new Label();
  const orelse = new Label();
  const end = new Label();
  visitTryBody(g, s, body, except, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, orelse, NO_LOCATION);
  let next = except;
  emit.use(next);
  pushFrameBlock(g, FrameBlockType.ExceptionHandler, s);
  visitHandlers(g, s, handler => {
    emit.begin(handler);
    next = new Label();
    visitHandler(g, handler, next, end);
    emit.use(next);
  });
  popFrameBlock(g);
  g.setPartLocation(NO_LOCATION);
  emit.leave(Op.RERAISE, 0, NO_LOCATION);
  emit.use(orelse);
  g.statements(s.orelse);
  emit.use(end);
}

/** One except clause, which ends at `end`; if it does not match, at `next`. */
function visitHandler(g: CodeGenerator, handler: ExceptHandler, next: Label, end: Label): void {
  const { emit } = g;
  if (handler.type) {
    emit.copyTop(handler);
    g.expression(handler.type);
    emit.branch(Op.JUMP_IF_NOT_EXC_MATCH, next, handler);
    emit.nextBlock();
  }
  emit.op(Op.POP_TOP, 0, handler);
  if (handler.name === null) visitNamelessBody(g, handler, end);
  else visitNamedBody(g, handler, handler.name, end);
}

function visitNamelessBody(g: CodeGenerator, handler: ExceptHandler, end: Label): void {
  const { emit } = g;
  const body = new Label();
  emit.op(Op.POP_TOP, 0, handler);
  emit.op(Op.POP_TOP, 0, handler);
  emit.use(body);
  pushFrameBlock(g, FrameBlockType.HandlerCleanup, handler, { block: body });
  g.statements(handler.body);
  popFrameBlock(g);
  g.setPartLocation(NO_LOCATION);
  emit.op(Op.POP_EXCEPT, 0, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
}

/** The body of `except E as name`, which ends with `name = None; del name`, however it ends. */
function visitNamedBody(g: CodeGenerator, handler: ExceptHandler, name: string, end: Label): void {
  const { emit } = g;
  const cleanup = new Label();
  const body = new Label();
  nameOp(g, name, ExprContext.Store, handler);
  emit.op(Op.POP_TOP, 0, handler);
  emit.branch(Op.SETUP_FINALLY, cleanup, handler);
  emit.use(body);
  pushFrameBlock(g, FrameBlockType.HandlerCleanup, handler, { block: body, name });
  g.statements(handler.body);
  popFrameBlock(g);
  g.setPartLocation(NO_LOCATION);
  emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
  emit.op(Op.POP_EXCEPT, 0, NO_LOCATION);
  unbindHandlerName(g, name, NO_LOCATION);
  emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  emit.use(cleanup);
  unbindHandlerName(g, name, NO_LOCATION);
  emit.leave(Op.RERAISE, restoresLasti(g), NO_LOCATION);
}

// ---- with -------------------------------------------------------------------------------------------------------

interface WithLabels extends WithBlock {
  /** What comes after the statement. */
  readonly exit: Label;
}

/** A context manager may swallow an exception: what follows is reached however the body ends. */
function visitWith(g: CodeGenerator, s: With): void {
  const isAsync = isAsyncWith(g, s);
  const labels = s.items.map((item): WithLabels => {
    const labels = { block: new Label(), final: new Label(), exit: new Label() };
    enterByStack(g, s, item, isAsync, labels);
    return labels;
  });
  g.statements(s.body);
  for (let i = labels.length - 1; i >= 0; i--) exit(g, s, s.items[i], labels[i], isAsync);
}

function exit(
  g: CodeGenerator,
  s: With,
  item: WithItem,
  { final, exit }: WithLabels,
  isAsync: boolean,
): void {
  const { emit } = g;
  const suppress = new Label();
  popFrameBlock(g);
  emit.op(Op.POP_BLOCK, 0, isAsync ? s : NO_LOCATION);
  g.setPartLocation(s);
  callExitWithNones(g, s);
  if (isAsync) awaitExit(g, item, s);
  emit.op(Op.POP_TOP, 0, s);
  if (isAsync) emit.jump(Op.JUMP, exit, s);
  else emit.jumpForward(exit, s);
  emit.use(final);
  emit.op(Op.WITH_EXCEPT_START, 0, s);
  if (isAsync) awaitExit(g, item, s);
  emit.branch(Op.POP_JUMP_IF_TRUE, suppress, s);
  emit.nextBlock();
  emit.leave(Op.RERAISE, restoresLasti(g), s);
  emit.use(suppress);
  for (let i = 0; i < 3; i++) emit.op(Op.POP_TOP, 0, s);
  emit.op(Op.POP_EXCEPT, 0, s);
  emit.op(Op.POP_TOP, 0, s);
  emit.use(exit);
}

/** Calls the exit method on the stack as without an exception. */
function callExitWithNones({ emit }: CodeGenerator, at: Place): void {
  emit.none(at);
  emit.copyTop(at);
  emit.copyTop(at);
  emit.call(3, at);
}

// ---- Ways out ---------------------------------------------------------------------------------------------------

function unwind(g: CodeGenerator, block: ExceptionBlock, at: Place, preserves: boolean): Place {
  const { emit } = g;
  switch (block.type) {
    case FrameBlockType.TryExcept:
      emit.op(Op.POP_BLOCK, 0, at);
      return at;
    case FrameBlockType.FinallyTry:
    case FrameBlockType.FinallyTry2:
      emit.op(Op.POP_BLOCK, 0, at);
      return leaveFinally(g, block, at, preserves);
    case FrameBlockType.FinallyEnd:
      if (preserves) emit.op(Op.ROT_FOUR, 0, at);
      for (let i = 0; i < 3; i++) emit.op(Op.POP_TOP, 0, at);
      if (preserves) emit.op(Op.ROT_FOUR, 0, at);
      emit.op(Op.POP_EXCEPT, 0, at);
      return at;
    case FrameBlockType.With:
    case FrameBlockType.AsyncWith:
      g.setPartLocation(block.at);
      emit.op(Op.POP_BLOCK, 0, block.at);
      if (preserves) emit.swapTop(block.at);
      callExitWithNones(g, block.at);
      if (block.type === FrameBlockType.AsyncWith) awaitExit(g, block.item, block.at);
      emit.op(Op.POP_TOP, 0, block.at);
      g.setPartLocation(NO_LOCATION);
      return NO_LOCATION;
    case FrameBlockType.HandlerCleanup:
      if (block.name !== null) emit.op(Op.POP_BLOCK, 0, at);
      if (preserves) emit.op(Op.ROT_FOUR, 0, at);
      emit.op(Op.POP_EXCEPT, 0, at);
      if (block.name !== null) unbindHandlerName(g, block.name, at);
      return at;
  }
}
