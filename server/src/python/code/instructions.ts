// Reads co_code: instruction by instruction, with EXTENDED_ARGs joined and inline caches skipped. CPython: Lib/dis.py,
// _unpack_opargs() and _get_instructions_bytes().
import { Op } from '../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP, type OpcodeTable } from '../versions/opcodes/opcodeTable.ts';
import type { AssemblerDialect } from '../versions/assemblerDialect.ts';
import type { DisDialect } from '../versions/disDialect.ts';

/** An instruction of co_code. Offsets count bytes. */
export interface CodeInstruction {
  /** Where its first EXTENDED_ARG stands, or the instruction itself. */
  readonly start: number;
  readonly offset: number;
  /** Where the next one begins: after the inline caches. */
  readonly end: number;
  readonly opcode: number;
  /** -1 for a number that is no opcode of the version. */
  readonly op: Op | -1;
  /** With what the EXTENDED_ARGs before it add; as a signed number of 32 bits. */
  readonly arg: number;
}

/**
 * The instructions of co_code, in order. EXTENDED_ARGs are instructions of their own only if asked for, as `dis` shows
 * them; each has then what it and those before it add up to. A byte too many at the end is no instruction.
 */
export function readInstructions(
  code: Uint8Array,
  table: OpcodeTable,
  withExtendedArgs = false,
): CodeInstruction[] {
  const result: CodeInstruction[] = [];
  let extended = 0;
  let start = 0;
  for (let offset = 0; offset + 1 < code.length;) {
    const opcode = code[offset];
    const op = table.byNumber[opcode] as Op | -1;
    const arg = code[offset + 1] | extended;
    const end = offset + 2 + (op < 0 ? 0 : table.caches[op] * 2);
    if (op === Op.EXTENDED_ARG) {
      extended = arg << 8;
      if (withExtendedArgs) result.push({ start: offset, offset, end, opcode, op, arg });
    } else {
      result.push({ start, offset, end, opcode, op, arg });
      extended = 0;
      start = end;
    }
    offset = end;
  }
  return result;
}

/** Where a jump leads, in bytes; undefined for what does not jump. CPython: Lib/dis.py, _get_jump_target(). */
export function jumpTarget(
  { op, arg, end }: CodeInstruction,
  table: OpcodeTable,
  { jumpUnit }: AssemblerDialect,
): number | undefined {
  if (op < 0 || (table.flags[op] & HAS_JUMP) === 0) return undefined;
  const bytes = jumpUnit === 1 ? arg * 2 : arg;
  if ((table.flags[op] & Has.JumpAbsolute) !== 0) return bytes;
  // END_ASYNC_FOR does not jump, but says where its END_SEND stands.
  const isBackward = (table.flags[op] & Has.Backward) !== 0 || op === Op.END_ASYNC_FOR;
  return isBackward ? end - bytes : end + bytes;
}

/** Which of `names` (co_names) the argument of an instruction with a name numbers, its other bits left out. */
export function nameOf(op: Op, arg: number, names: readonly string[], dis: DisDialect): string {
  if (op === Op.LOAD_GLOBAL && dis.extraPush !== 'none') return names[arg >> 1] ?? '';
  if (op === Op.LOAD_ATTR && dis.attributeBits) return names[arg >> 1] ?? '';
  if (op === Op.LOAD_SUPER_ATTR || (op === Op.IMPORT_NAME && dis.importBits)) return names[arg >> 2] ?? '';
  return names[arg] ?? '';
}
