// co_code: two bytes for each code unit, an opcode and the low byte of its argument. CPython: Python/assemble.c,
// write_instr(); before 3.11 Python/wordcode_helpers.h, write_op_arg().
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { OpcodeTable } from '../../versions/opcodes/opcodeTable.ts';
import type { Instruction } from '../unit/instructions.ts';
import type { Layout } from './layout.ts';

/** The bytes of instructions that have been laid out. Inline caches are zeros. */
export function codeUnits(
  instructions: readonly Instruction[],
  { args, offsets }: Layout,
  table: OpcodeTable,
): Uint8Array {
  const { length } = instructions;
  const code = new Uint8Array(offsets[length] * 2);
  const extendedArg = table.number[Op.EXTENDED_ARG];
  for (let i = 0; i < length; i++) {
    const arg = args[i];
    let at = offsets[i] * 2;
    if (arg >>> 0 > 0xff) {
      if (arg >>> 0 > 0xffff) {
        if (arg >>> 0 > 0xffffff) {
          code[at] = extendedArg;
          code[at + 1] = arg >>> 24;
          at += 2;
        }
        code[at] = extendedArg;
        code[at + 1] = arg >>> 16;
        at += 2;
      }
      code[at] = extendedArg;
      code[at + 1] = arg >>> 8;
      at += 2;
    }
    code[at] = table.number[instructions[i].op];
    code[at + 1] = arg;
  }
  return code;
}
