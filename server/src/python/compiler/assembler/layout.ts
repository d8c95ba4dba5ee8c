// Where each instruction stands in co_code: how many code units it takes with its EXTENDED_ARGs and inline caches, and
// how far jumps have to lead, which depend on each other. CPython: Python/assemble.c, resolve_jump_offsets(); before
// 3.13 in Python/flowgraph.c; before 3.12 Python/compile.c, assemble_jump_offsets().
import type { AssemblerDialect } from '../../versions/assemblerDialect.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP, type OpcodeTable } from '../../versions/opcodes/opcodeTable.ts';
import type { Instruction } from '../unit/instructions.ts';

/**
 * END_ASYNC_FOR leads to a SEND, but tells where its END_SEND stands: this many code units later, after YIELD_VALUE,
 * RESUME and a jump back. CPython: END_SEND_OFFSET.
 */
const endSendOffset = ({ caches }: OpcodeTable): number => caches[Op.SEND] + caches[Op.RESUME] + 4;

/** How many EXTENDED_ARGs an argument takes; a negative one counts as unsigned, of 32 bits. */
const extensions = (arg: number): number =>
  arg >>> 0 <= 0xff ? 0 : arg >>> 0 <= 0xffff ? 1 : arg >>> 0 <= 0xffffff ? 2 : 3;

/** Gives an unconditional jump its direction. CPython: resolve_unconditional_jumps(). */
function direct(op: Op, isForward: boolean): Op {
  if (isForward) return Op.JUMP_FORWARD;
  return op === Op.JUMP ? Op.JUMP_BACKWARD : Op.JUMP_BACKWARD_NO_INTERRUPT;
}

/** The places of a unit's instructions. One is used for all units, and grows with the longest. */
export class Layout {
  /** Arguments as they are written: those of jumps resolved. */
  args = new Int32Array(1024);
  /** For each instruction, the code unit that it begins at, its EXTENDED_ARGs first; and at last the end. */
  offsets = new Int32Array(1025);
  private jumps = new Int32Array(256);
  private count = 0;

  /** Lays out the instructions of a unit; it changes `op` of JUMP and JUMP_NO_INTERRUPT. */
  place(instructions: readonly Instruction[], table: OpcodeTable, dialect: AssemblerDialect): void {
    this.start(instructions, table, dialect.jumpsStartFrom === 'targetIndex');
    const { args, offsets, jumps } = this;
    for (let changed = this.count > 0; changed;) {
      let first = -1;
      for (let k = 0; k < this.count; k++) {
        const i = jumps[k];
        const { op, target } = instructions[i];
        const flags = table.flags[op];
        const end = offsets[i + 1];
        let arg = offsets[target!.index];
        if (op === Op.END_ASYNC_FOR) arg = end - arg - endSendOffset(table);
        else if ((flags & Has.JumpRelative) !== 0) arg = arg < end ? end - arg : arg - end;
        arg *= dialect.jumpUnit;
        if (first < 0 && extensions(arg) !== extensions(args[i])) first = i;
        args[i] = arg;
      }
      changed = first >= 0;
      if (changed) this.measure(instructions, table, first);
    }
  }

  private start(
    instructions: readonly Instruction[],
    table: OpcodeTable,
    jumpsStartFromIndex: boolean,
  ): void {
    const { length } = instructions;
    if (length > this.args.length) {
      this.args = new Int32Array(length * 2);
      this.offsets = new Int32Array(length * 2 + 1);
    }
    const { args, offsets } = this;
    this.count = 0;
    let offset = 0;
    for (let i = 0; i < length; i++) {
      const instruction = instructions[i];
      let { op, arg } = instruction;
      if ((table.flags[op] & HAS_JUMP) !== 0) {
        this.addJump(i);
        const { index } = instruction.target!;
        if (op === Op.JUMP || op === Op.JUMP_NO_INTERRUPT) op = instruction.op = direct(op, index > i);
        if (jumpsStartFromIndex) arg = index;
      }
      args[i] = arg;
      offsets[i] = offset;
      offset += extensions(arg) + 1 + table.caches[op];
    }
    offsets[length] = offset;
  }

  private addJump(index: number): void {
    if (this.count === this.jumps.length) {
      const grown = new Int32Array(this.count * 2);
      grown.set(this.jumps);
      this.jumps = grown;
    }
    this.jumps[this.count++] = index;
  }

  /** Computes the offsets anew of all that follows an instruction. */
  private measure(instructions: readonly Instruction[], table: OpcodeTable, from: number): void {
    const { args, offsets } = this;
    let offset = offsets[from];
    for (let i = from; i < instructions.length; i++) {
      offsets[i] = offset;
      offset += extensions(args[i]) + 1 + table.caches[instructions[i].op];
    }
    offsets[instructions.length] = offset;
  }
}
