// The optimiser of 3.8 and 3.9: it rewrites the bytes of a code object after they have been assembled, in one walk, and
// leaves what a second walk would find. CPython: Python/peephole.c, PyCode_Optimize().
import type { Constant } from '../../code/constant.ts';
import { isTrue } from '../../constants/folding.ts';
import { ConstantType, type ConstantValue } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP, type OpcodeTable } from '../../versions/opcodes/opcodeTable.ts';
import { zeroed } from '../flowgraph/scratch.ts';

/** A step of this many bytes in the line table continues in the next entry: CPython leaves such code as it is. */
const LONG_STEP = 255;

/** How many code units an instruction with this argument takes. CPython: instrsize(). */
const unitsFor = (arg: number): number => (arg <= 0xff ? 1 : arg <= 0xffff ? 2 : arg <= 0xffffff ? 3 : 4);

const isUnconditional = (op: Op): boolean => op === Op.JUMP_ABSOLUTE || op === Op.JUMP_FORWARD;

const isConditional = (op: Op): boolean =>
  op === Op.POP_JUMP_IF_FALSE ||
  op === Op.POP_JUMP_IF_TRUE ||
  op === Op.JUMP_IF_FALSE_OR_POP ||
  op === Op.JUMP_IF_TRUE_OR_POP;

/** What marks the beginnings and ends of a frame's blocks. It stays behind a return: setting `f_lineno` relies on it. */
const endsBlockOfFrame = (op: Op): boolean =>
  op === Op.SETUP_FINALLY || op === Op.RERAISE || op === Op.END_FINALLY;

const jumpsOnTrue = (op: Op): boolean => op === Op.POP_JUMP_IF_TRUE || op === Op.JUMP_IF_TRUE_OR_POP;

/** The code being rewritten. Places are code units; arguments of jumps count bytes. */
class Peephole {
  readonly length: number;
  private readonly flags: Uint16Array;
  /** For each code unit, how many targets of jumps there are up to it: equal for two units of one basic block. */
  private readonly blocks: Int32Array;

  constructor(
    private readonly code: Uint8Array,
    private readonly constants: Constant[],
    private readonly table: OpcodeTable,
  ) {
    this.length = code.length / 2;
    this.flags = table.flags;
    this.blocks = zeroed(this.length + 1);
    this.markBlocks();
  }

  // ---- Reading --------------------------------------------------------------------------------------------------

  private op(i: number): Op {
    return this.table.byNumber[this.code[2 * i]];
  }

  private isAt(op: Op, i: number): boolean {
    return this.code[2 * i] === this.table.number[op];
  }

  /** The instruction that the EXTENDED_ARGs at a place belong to. CPython: find_op(). */
  private instructionAt(i: number): number {
    while (i < this.length && this.isAt(Op.EXTENDED_ARG, i)) i++;
    return i;
  }

  /** Where the EXTENDED_ARGs of an instruction begin. */
  private startOf(i: number): number {
    while (i > 0 && this.isAt(Op.EXTENDED_ARG, i - 1)) i--;
    return i;
  }

  /** The argument of an instruction, of which no more than three EXTENDED_ARGs count. CPython: get_arg(). */
  private argOf(i: number): number {
    let arg = this.code[2 * i + 1];
    for (let k = 1; k <= 3 && i >= k && this.isAt(Op.EXTENDED_ARG, i - k); k++) {
      arg += this.code[2 * (i - k) + 1] * 2 ** (8 * k);
    }
    return arg;
  }

  /** Where a jump leads. CPython: GETJUMPTGT(). */
  private targetOf(i: number): number {
    return this.argOf(i) / 2 + (this.flags[this.op(i)] & Has.JumpRelative ? i + 1 : 0);
  }

  private sameBlock(first: number, last: number): boolean {
    return this.blocks[first] === this.blocks[last];
  }

  /** CPython: markblocks(). */
  private markBlocks(): void {
    const { blocks, length } = this;
    for (let i = 0; i < length; i++) if (this.flags[this.op(i)] & HAS_JUMP) blocks[this.targetOf(i)] = 1;
    let count = 0;
    for (let i = 0; i < length; i++) blocks[i] = count += blocks[i];
  }

  // ---- Writing --------------------------------------------------------------------------------------------------

  /** CPython: fill_nops(), which makes NOPs with an argument of their own number. */
  private fillNops(from: number, to: number): void {
    this.code.fill(this.table.number[Op.NOP], 2 * from, 2 * to);
  }

  private put(i: number, op: Op, arg: number): void {
    this.code[2 * i] = this.table.number[op];
    this.code[2 * i + 1] = arg;
  }

  /** Writes an instruction that takes `units`, EXTENDED_ARGs of zero included. CPython: write_op_arg(). */
  private write(i: number, opcode: number, arg: number, units: number): void {
    for (let k = units - 1; k > 0; k--, i++) this.put(i, Op.EXTENDED_ARG, (arg / 2 ** (8 * k)) & 0xff);
    this.code[2 * i] = opcode;
    this.code[2 * i + 1] = arg & 0xff;
  }

  /** Gives an instruction another argument; where it stands then, or -1 if there is no room. CPython: set_arg(). */
  private setArg(i: number, arg: number): number {
    const old = this.argOf(i);
    if (old === arg) return i;
    const room = unitsFor(old);
    const needed = unitsFor(arg);
    if (room < needed) return -1;
    const start = i + 1 - room;
    this.write(start, this.code[2 * i], arg, needed);
    this.fillNops(start + needed, i + 1);
    return start + needed - 1;
  }

  /** Puts an instruction at the end of a range, if it has room there, and NOPs before it. CPython: copy_op_arg(). */
  private replace(from: number, op: Op, arg: number, to: number): void {
    const needed = unitsFor(arg);
    if (from + needed > to) return;
    this.write(to - needed, this.table.number[op], arg, needed);
    this.fillNops(from, to - needed);
  }

  // ---- The walk -------------------------------------------------------------------------------------------------

  rewrite(): void {
    // How many LOAD_CONSTs in a row stand before the instruction.
    let loads = 0;
    for (let i = this.instructionAt(0); i < this.length;) {
      const next = this.instructionAt(i + 1);
      let after = next;
      const loadsBefore = loads;
      loads = 0;
      const op = this.op(i);
      switch (op) {
        case Op.LOAD_CONST:
          loads = this.skipsTest(i, next) ? 0 : loadsBefore + 1;
          break;
        case Op.BUILD_TUPLE:
          this.buildTuple(i, next, loadsBefore);
          break;
        case Op.JUMP_IF_FALSE_OR_POP:
        case Op.JUMP_IF_TRUE_OR_POP: {
          const again = this.joinTests(i, op);
          if (again < 0) this.followJump(i, op);
          else after = again;
          break;
        }
        case Op.POP_JUMP_IF_FALSE:
        case Op.POP_JUMP_IF_TRUE:
        case Op.JUMP_FORWARD:
        case Op.JUMP_ABSOLUTE:
          this.followJump(i, op);
          break;
        case Op.RETURN_VALUE:
          after = this.dropBehindReturn(i, next);
          break;
      }
      i = after;
    }
  }

  /** A constant that is true, and the test of it, are left out. */
  private skipsTest(i: number, next: number): boolean {
    if (next >= this.length || !this.isAt(Op.POP_JUMP_IF_FALSE, next)) return false;
    const start = this.startOf(i);
    if (!this.sameBlock(start, i + 1)) return false;
    const constant = this.constants[this.argOf(i)];
    if (constant.type !== ConstantType.Code && !isTrue(constant)) return false;
    this.fillNops(start, next + 1);
    return true;
  }

  /** A tuple of constants is a constant; one that is unpacked at once is not made. */
  private buildTuple(i: number, next: number, loads: number): void {
    const start = this.startOf(i);
    const count = this.argOf(i);
    if (count > 0 && loads >= count) {
      const first = this.lastLoads(start, count);
      if (this.sameBlock(first, start)) {
        this.foldTuple(first, i + 1, count);
        return;
      }
    }
    if (next >= this.length || !this.isAt(Op.UNPACK_SEQUENCE, next)) return;
    if (!this.sameBlock(start, i + 1) || this.argOf(next) !== count) return;
    if (count > 3) return;
    let end = start;
    if (count === 3) this.put(end++, Op.ROT_THREE, 0);
    if (count >= 2) this.put(end++, Op.ROT_TWO, 0);
    this.fillNops(end, next + 1);
  }

  /** Where the last `count` LOAD_CONSTs before a place begin. CPython: lastn_const_start(). */
  private lastLoads(i: number, count: number): number {
    let at = i;
    while (count > 0) if (this.isAt(Op.LOAD_CONST, --at)) count--;
    return this.startOf(at);
  }

  /** The tuple is a new constant even if there is an equal one. CPython: fold_tuple_on_constants(). */
  private foldTuple(first: number, end: number, count: number): void {
    const items: ConstantValue[] = [];
    for (let at = first; items.length < count; at++) {
      at = this.instructionAt(at);
      items.push(this.constants[this.argOf(at)] as ConstantValue);
    }
    const index = this.constants.push({ type: ConstantType.Tuple, items }) - 1;
    this.replace(first, Op.LOAD_CONST, index, end);
  }

  /**
   * A test that keeps its value for another test, which it decides: `a and b or c`. It jumps as that does, or past it.
   * Gives the place to go on at, this instruction itself; -1 if there is nothing to join.
   */
  private joinTests(i: number, op: Op): number {
    const target = this.instructionAt(this.argOf(i) / 2);
    const second = this.op(target);
    if (!isConditional(second)) return -1;
    const agrees = jumpsOnTrue(second) === jumpsOnTrue(op);
    const at = this.setArg(i, agrees ? this.argOf(target) : 2 * (target + 1));
    if (at < 0) return -1;
    const popping = op === Op.JUMP_IF_TRUE_OR_POP ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE;
    this.code[2 * at] = this.table.number[agrees ? second : popping];
    return at;
  }

  /** A jump to a jump leads where that leads, and one to a return returns. */
  private followJump(i: number, op: Op): void {
    const start = this.startOf(i);
    const target = this.instructionAt(this.targetOf(i));
    if (isUnconditional(op) && this.isAt(Op.RETURN_VALUE, target)) {
      this.put(start, Op.RETURN_VALUE, 0);
      this.fillNops(start + 1, i + 1);
      return;
    }
    if (!isUnconditional(this.op(target))) return;
    this.replace(start, op === Op.JUMP_FORWARD ? Op.JUMP_ABSOLUTE : op, 2 * this.targetOf(target), i + 1);
  }

  /** What follows a return in its block is left out, up to what tells where blocks of the frame end. */
  private dropBehindReturn(i: number, next: number): number {
    let end = i + 1;
    while (end < this.length && this.sameBlock(i, end)) {
      if (endsBlockOfFrame(this.op(end))) {
        while (end > i + 1 && this.isAt(Op.EXTENDED_ARG, end - 1)) end--;
        break;
      }
      end++;
    }
    if (end === i + 1) return next;
    this.fillNops(i + 1, end);
    return this.instructionAt(end);
  }

  // ---- Packing --------------------------------------------------------------------------------------------------

  /**
   * Takes the NOPs out, and gives the code; null if it does not fit, where the line table has been changed nevertheless.
   */
  pack(linetable: Uint8Array, moved?: Int32Array): Uint8Array | null {
    // From here on `blocks` has where each code unit will be.
    const { blocks, code, length } = this;
    let nops = 0;
    for (let i = 0; i < length; i++) {
      blocks[i] = i - nops;
      if (moved) moved[i] = this.isAt(Op.NOP, i) ? -1 : blocks[i];
      if (this.isAt(Op.NOP, i)) nops++;
    }
    this.moveLines(linetable);
    let to = 0;
    for (let i = 0; i < length; i++) {
      const start = i;
      i = this.instructionAt(i);
      if (this.isAt(Op.NOP, i)) continue;
      let arg = this.rawArg(start, i);
      const has = this.flags[this.op(i)];
      if (has & Has.JumpAbsolute) arg = 2 * blocks[arg / 2];
      else if (has & Has.JumpRelative) arg = 2 * (blocks[arg / 2 + i + 1] - blocks[i] - 1);
      const units = i - start + 1;
      if (unitsFor(arg) > units || units > 4) return null;
      this.write(to, code[2 * i], arg, units);
      to += units;
    }
    return code.slice(0, 2 * to);
  }

  /** The argument of all EXTENDED_ARGs in front. */
  private rawArg(start: number, i: number): number {
    let arg = 0;
    for (let at = start; at <= i; at++) arg = (arg * 256 + this.code[2 * at + 1]) % 2 ** 32;
    return arg;
  }

  private moveLines(linetable: Uint8Array): void {
    let offset = 0;
    let last = 0;
    for (let i = 0; i < linetable.length; i += 2) {
      offset += linetable[i];
      const moved = 2 * this.blocks[offset / 2];
      linetable[i] = moved - last;
      last = moved;
    }
  }
}

/** Code that has been optimised, and its line table. */
export interface OptimizedCode {
  readonly code: Uint8Array;
  readonly linetable: Uint8Array;
}

/**
 * Optimises the bytes of a code object with its co_lnotab, both as the assembler leaves them; `constants` may grow. `moved`
 * gets where each code unit is then, or -1 if it is left out.
 */
export function optimizeBytes(
  code: Uint8Array,
  linetable: Uint8Array,
  constants: Constant[],
  table: OpcodeTable,
  moved?: Int32Array,
): OptimizedCode {
  moved?.forEach((_, i) => (moved[i] = i));
  for (let i = 0; i < linetable.length; i += 2) if (linetable[i] === LONG_STEP) return { code, linetable };
  const lines = linetable.slice();
  const peephole = new Peephole(code.slice(), constants, table);
  peephole.rewrite();
  const packed = peephole.pack(lines, moved);
  if (packed === null) moved?.forEach((_, i) => (moved[i] = i));
  return { code: packed ?? code, linetable: lines };
}
