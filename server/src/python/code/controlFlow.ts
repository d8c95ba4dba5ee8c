// Where control goes on from an instruction of co_code: to the next one, where it jumps to, and where its exceptions are
// handled. What lies behind SETUP_… of 3.8 to 3.10 follows from the blocks that are in force, which walks keep.
import type { Dialect } from '../versions/dialect.ts';
import { Op } from '../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP } from '../versions/opcodes/opcodeTable.ts';
import { readExceptionTable, type ExceptionEntry } from './exceptionTable.ts';
import { jumpTarget, type CodeInstruction } from './instructions.ts';

/** The ways between instructions, which are numbered by their index. */
export class ControlFlow {
  /** Those of the exception table; none up to 3.10. */
  readonly entries: readonly ExceptionEntry[];
  private readonly indices = new Map<number, number>();

  constructor(
    private readonly instructions: readonly CodeInstruction[],
    { exceptiontable }: { readonly exceptiontable: Uint8Array | undefined },
    private readonly dialect: Dialect,
  ) {
    this.entries = exceptiontable ? readExceptionTable(exceptiontable) : [];
    instructions.forEach(({ op, start, offset }, i) => {
      if (op !== Op.EXTENDED_ARG || !this.indices.has(offset)) this.indices.set(offset, i);
      if (!this.indices.has(start)) this.indices.set(start, i);
    });
  }

  /** The instruction at an offset, or whose EXTENDED_ARGs begin there; undefined if there is none. */
  indexAt(offset: number): number | undefined {
    return this.indices.get(offset);
  }

  /** Whether an instruction may jump. END_ASYNC_FOR says where the exception came from, and does not lead there. */
  jumps(index: number): boolean {
    const { op } = this.instructions[index];
    return op >= 0 && op !== Op.END_ASYNC_FOR && (this.dialect.opcodes.flags[op] & HAS_JUMP) !== 0;
  }

  /** Where one that jumps leads, or the handler that it puts in force; undefined if there is no instruction there. */
  targetOf(index: number): number | undefined {
    const target = jumpTarget(this.instructions[index], this.dialect.opcodes, this.dialect.assembler);
    return target === undefined ? undefined : this.indices.get(target);
  }

  /** Whether the next instruction may follow. */
  goesOn(index: number): boolean {
    const { op } = this.instructions[index];
    return op >= 0 && (this.dialect.opcodes.flags[op] & (Has.ScopeExit | Has.Unconditional)) === 0;
  }

  /**
   * Which of `entries` handles what an instruction raises, or -1. PUSH_EXC_INFO raises nothing, though the table covers it.
   */
  entryOf(index: number): number {
    const { op, offset } = this.instructions[index];
    return op === Op.PUSH_EXC_INFO ? -1 : coveringEntry(this.entries, offset);
  }
}

/** The index of the entry that covers an offset, or -1; entries are in order and do not overlap. */
function coveringEntry(entries: readonly ExceptionEntry[], offset: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle].end <= offset) low = middle + 1;
    else high = middle;
  }
  return low < entries.length && entries[low].start <= offset ? low : -1;
}
