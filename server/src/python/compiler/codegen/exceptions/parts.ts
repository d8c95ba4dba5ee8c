// What models of exceptions have in common: all of them, and in CPython 3.11 and later codegen_pop_except_and_reraise()
// and codegen_call_exit_with_nones() in Python/codegen.c.
import type { ExceptHandler } from '../../../ast/nodes.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../../messages.ts';
import type { Place } from '../../unit/frameBlocks.ts';
import type { CodeGenerator } from '../generator.ts';

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

/** An error if `handler` takes all exceptions. To be called for every handler but the last, which alone may do so. */
export function refuseBareExcept(g: CodeGenerator, handler: ExceptHandler): void {
  if (!handler.type) g.errorIn(g.dialect.bareExceptPlace, MESSAGES.bareExceptNotLast, handler);
}
