// What several models of exceptions share: the parts of try, except, finally and with that are the same in all of them, or in
// two. CPython 3.11 and later has functions for some: codegen_pop_except_and_reraise() and
// codegen_call_exit_with_nones() in Python/codegen.c.
import { NodeKind } from '../../../ast/kinds.ts';
import type { ExceptHandler, Try, With, WithItem } from '../../../ast/nodes.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../../messages.ts';
import { ScopeType } from '../../unit/description.ts';
import { FrameBlockType, type Place } from '../../unit/frameBlocks.ts';
import type { Label } from '../../unit/instructions.ts';
import { NO_LOCATION } from '../../unit/location.ts';
import { popFrameBlock, pushFrameBlock, visitFinallyBody } from '../frameBlocks.ts';
import type { CodeGenerator } from '../generator.ts';
import { Awaitable, getAwaitable } from '../suspension.ts';

/** Restores the exception that was handled before, and raises the one on the stack again. */
export function popExceptAndReraise({ emit }: CodeGenerator, at: Place): void {
  emit.op(Op.COPY, 3, at);
  emit.op(Op.POP_EXCEPT, 0, at);
  emit.leave(Op.RERAISE, 1, at);
}

/** Calls the exit method on the stack as without an exception. */
export function callExitWithNones({ emit, dialect }: CodeGenerator, at: Place): void {
  for (let i = 0; i < 3; i++) emit.none(at);
  emit.call(dialect.withMethods === 'special' ? 3 : 2, at);
}

// Labels are made by their callers, all of a statement at once and in CPython's order: up to 3.11 it is that of the blocks.

/** The body of a try statement, whose exceptions are handled at `except`; the block ends at the place `end`. */
export function visitTryBody(g: CodeGenerator, s: Try, body: Label, except: Label, end: Place): void {
  const { emit } = g;
  emit.branch(Op.SETUP_FINALLY, except, s);
  emit.use(body);
  pushFrameBlock(g, FrameBlockType.TryExcept, s, { block: body });
  g.statements(s.body);
  emit.op(Op.POP_BLOCK, 0, end);
  popFrameBlock(g);
}

/**
 * What is above `finally` from `body` on, which `visitGuarded` visits, and the copy of the finally body that runs when no
 * exception was raised. It leads to `exit`; exceptions lead to `end`, whose code follows.
 */
export function visitFinallyTry(
  g: CodeGenerator,
  s: Try,
  { body, end, exit }: { readonly body: Label; readonly end: Label; readonly exit: Label },
  visitGuarded: (g: CodeGenerator, s: Try) => void,
): void {
  const { emit } = g;
  emit.branch(Op.SETUP_FINALLY, end, s);
  emit.use(body);
  pushFrameBlock(g, FrameBlockType.FinallyTry, s, { block: body, exit: end, finalbody: s.finalbody });
  visitGuarded(g, s);
  emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
  popFrameBlock(g);
  visitFinallyBody(g, s.finalbody);
  emit.jump(Op.JUMP_NO_INTERRUPT, exit, NO_LOCATION);
  emit.use(end);
}

/** Visits each handler. It is an error if one that is not the last takes all exceptions. */
export function visitHandlers(
  g: CodeGenerator,
  { handlers }: Try,
  visit: (handler: ExceptHandler) => void,
): void {
  handlers.forEach((handler, i) => {
    if (!handler.type && i < handlers.length - 1)
      g.errorIn(g.dialect.bareExceptPlace, MESSAGES.bareExceptNotLast, handler);
    visit(handler);
  });
}

/** Whether a statement is `async with`, which is an error outside async functions. */
export function isAsyncWith(g: CodeGenerator, s: With): boolean {
  const isAsync = s.kind === NodeKind.AsyncWith;
  if (isAsync && !g.dialect.checksInSymtable && g.unit.type !== ScopeType.AsyncFunction)
    g.error(MESSAGES.asyncWithOutside, s);
  return isAsync;
}

/** Of a context manager: where its block begins, and the code that runs when an exception leaves it. */
export interface WithBlock {
  readonly block: Label;
  readonly final: Label;
}

/**
 * Begins the block of a context manager whose enter method has been called, and binds the result. `setup` is the
 * instruction that says where exceptions lead.
 */
export function beginWithBlock(
  g: CodeGenerator,
  setup: Op,
  item: WithItem,
  at: Place,
  isAsync: boolean,
  { block, final }: WithBlock,
): void {
  const { emit } = g;
  const { context_expr, optional_vars } = item;
  if (isAsync) {
    getAwaitable(g, Awaitable.ENTER, at);
    emit.suspends('async with enter', item, context_expr);
  }
  emit.branch(setup, final, at);
  emit.use(block);
  const type = isAsync ? FrameBlockType.AsyncWith : FrameBlockType.With;
  pushFrameBlock(g, type, at, { block, exit: final, item });
  if (optional_vars) g.expression(optional_vars);
  else emit.op(Op.POP_TOP, 0, at);
}

/** Awaits what the exit method of `async with` gave. */
export function awaitExit(g: CodeGenerator, item: WithItem | null, at: Place): void {
  getAwaitable(g, Awaitable.EXIT, at);
  if (item) g.emit.suspends('async with exit', item, item.context_expr);
}

/** Up to 3.10: enters a context manager. SETUP_WITH calls its enter method, BEFORE_ASYNC_WITH does so in `async with`. */
export function enterByStack(
  g: CodeGenerator,
  s: With,
  item: WithItem,
  isAsync: boolean,
  labels: WithBlock,
): void {
  g.expression(item.context_expr);
  if (isAsync) g.emit.op(Op.BEFORE_ASYNC_WITH, 0, s);
  beginWithBlock(g, isAsync ? Op.SETUP_ASYNC_WITH : Op.SETUP_WITH, item, s, isAsync, labels);
}
