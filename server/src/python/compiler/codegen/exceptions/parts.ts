// What handlers have in common. CPython: Python/codegen.c, codegen_pop_except_and_reraise().
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { Place } from '../../unit/frameBlocks.ts';
import type { CodeGenerator } from '../generator.ts';

/** Restores the exception that was handled before, and raises the one on the stack again. */
export function popExceptAndReraise({ emit }: CodeGenerator, at: Place): void {
  emit.op(Op.COPY, 3, at);
  emit.op(Op.POP_EXCEPT, 0, at);
  emit.leave(Op.RERAISE, 1, at);
}
