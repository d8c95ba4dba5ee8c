// with and async with, with a table of handlers. CPython: Python/codegen.c, codegen_with_inner() and codegen_async_with_inner().
import type { With, WithItem } from '../../../ast/nodes.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { Place } from '../../unit/frameBlocks.ts';
import { Label } from '../../unit/instructions.ts';
import { NO_LOCATION } from '../../unit/location.ts';
import { popFrameBlock } from '../frameBlocks.ts';
import { SpecialMethod } from '../commonConstants.ts';
import type { CodeGenerator } from '../generator.ts';
import { awaitExit, beginWithBlock, callExitWithNones, isAsyncWith, popExceptAndReraise } from './parts.ts';

/** A context manager may swallow an exception: what follows is reached however the body ends. */
export function visitWith(g: CodeGenerator, s: With): void {
  const isAsync = isAsyncWith(g, s);
  const placeOf = ({ context_expr }: WithItem): Place => (g.dialect.withPlace === 'item' ? context_expr : s);
  const labels = s.items.map(item => enter(g, item, placeOf(item), isAsync));
  g.statements(s.body);
  for (let i = s.items.length - 1; i >= 0; i--) exit(g, s.items[i], placeOf(s.items[i]), labels[i], isAsync);
}

interface WithLabels {
  /** The code that runs when the body raises. */
  readonly final: Label;
  /** What comes after the statement. */
  readonly exit: Label;
  /** The code that runs when that code raises. */
  readonly cleanup: Label;
}

/** Enters a context manager. */
function enter(g: CodeGenerator, item: WithItem, at: Place, isAsync: boolean): WithLabels {
  const { emit } = g;
  const labels = { block: new Label(), final: new Label(), exit: new Label(), cleanup: new Label() };
  g.expression(item.context_expr);
  if (g.dialect.withMethods === 'before') emit.op(isAsync ? Op.BEFORE_ASYNC_WITH : Op.BEFORE_WITH, 0, at);
  else {
    emit.op(Op.COPY, 1, at);
    emit.op(Op.LOAD_SPECIAL, isAsync ? SpecialMethod.AEXIT : SpecialMethod.EXIT, at);
    emit.op(Op.SWAP, 2, at);
    emit.op(Op.SWAP, 3, at);
    emit.op(Op.LOAD_SPECIAL, isAsync ? SpecialMethod.AENTER : SpecialMethod.ENTER, at);
    emit.call(0, at);
  }
  beginWithBlock(g, Op.SETUP_WITH, item, at, isAsync, labels);
  return labels;
}

function exit(
  g: CodeGenerator,
  item: WithItem,
  at: Place,
  { final, exit, cleanup }: WithLabels,
  isAsync: boolean,
): void {
  const { emit } = g;
  popFrameBlock(g);
  emit.op(Op.POP_BLOCK, 0, isAsync ? at : NO_LOCATION);
  g.setLocation(at);
  callExitWithNones(g, at);
  if (isAsync) awaitExit(g, item, at);
  emit.op(Op.POP_TOP, 0, at);
  emit.jump(Op.JUMP, exit, at);
  emit.use(final);
  emit.branch(Op.SETUP_CLEANUP, cleanup, at);
  emit.op(Op.PUSH_EXC_INFO, 0, at);
  emit.op(Op.WITH_EXCEPT_START, 0, at);
  if (isAsync) awaitExit(g, item, at);
  // CPython: codegen_with_except_finish().
  const suppress = new Label();
  g.setLocation(NO_LOCATION);
  emit.toBool(NO_LOCATION);
  emit.branch(Op.POP_JUMP_IF_TRUE, suppress, NO_LOCATION);
  emit.leave(Op.RERAISE, 2, NO_LOCATION);
  const cleanupFirst = g.dialect.withCleanup === 'first';
  if (cleanupFirst) {
    emit.use(cleanup);
    popExceptAndReraise(g, NO_LOCATION);
  }
  emit.use(suppress);
  emit.op(Op.POP_TOP, 0, NO_LOCATION);
  emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
  emit.op(Op.POP_EXCEPT, 0, NO_LOCATION);
  emit.op(Op.POP_TOP, 0, NO_LOCATION);
  emit.op(Op.POP_TOP, 0, NO_LOCATION);
  if (g.dialect.withMethods === 'special') emit.op(Op.POP_TOP, 0, NO_LOCATION);
  if (!cleanupFirst) {
    const done = new Label();
    emit.jump(Op.JUMP_NO_INTERRUPT, done, NO_LOCATION);
    emit.use(cleanup);
    popExceptAndReraise(g, NO_LOCATION);
    emit.use(done);
  }
  emit.use(exit);
}
