// What code generation puts out. Without a sequence it keeps only what facts need: whether the next instruction can be
// reached, and that there are constants; so facts and bytecode come of one walk. CPython: the ADDOP macros in
// Python/codegen.c.
import { ConstantType, NONE, type ConstantValue } from '../../constants/values.ts';
import type { Constant } from '../../code/constant.ts';
import type { CompilerDialect } from '../../versions/compilerDialect.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { ENDS_BLOCK } from '../../versions/opcodes/opcodeTable.ts';
import type { Place } from '../unit/frameBlocks.ts';
import type { Constants, NameTable } from '../unit/generatedUnit.ts';
import { Instruction, Label } from '../unit/instructions.ts';
import { NO_LOCATION, type Location } from '../unit/location.ts';
import { SUSPENDING, type Suspension, type SuspensionKind, type Trace } from '../unit/trace.ts';
import type { CompilerUnit } from '../unit/unit.ts';
import { Intrinsic1 } from './intrinsics.ts';
import type { Locator } from './locations.ts';

/**
 * More instructions than this are not recorded: copies of finally bodies grow exponentially, in CPython too, and no input
 * may exhaust memory. The longest code object of the standard library has 12,000.
 */
const MAX_INSTRUCTIONS = 1_000_000;

/** Where instructions go, and the tables that their arguments point into. */
export interface Recording {
  readonly instructions: Instruction[];
  readonly constants: Constants;
  readonly names: NameTable;
  /** NO_NAMES until there is one. */
  cellvars: NameTable;
  freevars: NameTable;
  /** For a module: what goes to the placeholder behind RESUME. CPython: s_annotations_code. */
  aside: Instruction[] | null;
  /** The labels that stand before an instruction, in order. */
  readonly labels: Label[];
  /**
   * The opcode table's flags, where a block that begins without a label of its own is given one as it begins, so that
   * it has its age. CPython 3.11: compiler_use_new_implicit_block_if_needed().
   */
  readonly implicitLabels: Uint16Array | null;
}

/** A place in what is recorded. */
export interface Mark {
  readonly instructions: number;
  readonly labels: number;
  readonly hasReturned: boolean;
}

/** Code that has been taken out. */
export interface Cut {
  readonly from: number;
  readonly instructions: readonly Instruction[];
  readonly labels: readonly Label[];
  readonly hasReturned: boolean;
}

/** What the intrinsics of 3.12 are before. */
const INTRINSIC_OPS: Partial<Record<Intrinsic1, Op>> = {
  [Intrinsic1.IMPORT_STAR]: Op.IMPORT_STAR,
  [Intrinsic1.ASYNC_GEN_WRAP]: Op.ASYNC_GEN_WRAP,
  [Intrinsic1.UNARY_POSITIVE]: Op.UNARY_POSITIVE,
  [Intrinsic1.LIST_TO_TUPLE]: Op.LIST_TO_TUPLE,
};

/** The instructions of jumps that are always taken. */
const JUMPS = {
  byDirection: { [Op.JUMP]: Op.JUMP_ABSOLUTE, [Op.JUMP_NO_INTERRUPT]: Op.JUMP_FORWARD },
  one: { [Op.JUMP]: Op.JUMP, [Op.JUMP_NO_INTERRUPT]: Op.JUMP },
  byInterrupts: { [Op.JUMP]: Op.JUMP, [Op.JUMP_NO_INTERRUPT]: Op.JUMP_NO_INTERRUPT },
} as const;

export class Emitter {
  /** Whether the instruction that would come next can be reached. */
  reached = true;
  /** Code is looked at for its errors alone, as in `if 0:` up to 3.9. CPython 3.9: c_do_not_emit_bytecode. */
  isSilent = false;
  /** Whether the block that instructions go to has a return. CPython up to 3.11: b_return. */
  hasReturned = false;
  /** The unit has become too long to be recorded whole. */
  overflowed = false;
  /**
   * What the walk is at: the expression, or else the last statement. Up to 3.11 that is where instructions come from and
   * errors are reported. CPython: u_lineno and its like.
   */
  at: Place | null = null;
  /** What is noted of instructions, where something asks. */
  trace: Trace | null = null;
  /** What is generated is what return, break or continue run on their way out of blocks. */
  isOnWayOut = false;
  /** The last instruction ended its block, and no label has begun another. CPython: u_need_new_implicit_block. */
  private blockEnded = false;
  private isAside = false;
  /** Instructions come from where they are said to come from. */
  private readonly isPlaced: boolean;
  /** 3.8: the next instruction tells its line. CPython: u_lineno_set is 0. */
  private tellsLine = true;
  /** 3.8: the line of `at`. CPython: u_lineno. */
  private lineno = NO_LOCATION.lineno;
  private readonly tracksLines: boolean;

  constructor(
    private readonly unit: CompilerUnit,
    readonly recording: Recording | null,
    private readonly locator: Locator,
    private readonly dialect: CompilerDialect,
  ) {
    this.isPlaced = dialect.locations === 'explicit';
    this.tracksLines = recording !== null && dialect.linesOnce;
  }

  // ---- Instructions ----

  /** CPython: ADDOP, ADDOP_I. */
  op(op: Op, arg: number, at: Place): void {
    if (this.recording !== null) this.add(op, arg, at, null);
  }

  /** An instruction after which control does not go on: return, raise. */
  leave(op: Op, arg: number, at: Place): void {
    if (this.recording !== null) {
      this.add(op, arg, at, null);
      if (op === Op.RETURN_VALUE && !this.isSilent) this.hasReturned = true;
    }
    this.reached = false;
  }

  /**
   * A jump that is always taken, past other branches if it is JUMP_NO_INTERRUPT, which up to 3.10 is JUMP_FORWARD.
   * CPython: ADDOP_JUMP.
   */
  jump(op: Op.JUMP | Op.JUMP_NO_INTERRUPT, target: Label, at: Place): void {
    if (this.recording !== null) this.add(JUMPS[this.dialect.jumps][op], 0, at, target);
    if (this.reached) target.reached = true;
    this.reached = false;
  }

  /** The same where it looks for interrupts, and up to 3.10 is JUMP_FORWARD. */
  jumpForward(target: Label, at: Place): void {
    this.jump(this.dialect.jumps === 'byDirection' ? Op.JUMP_NO_INTERRUPT : Op.JUMP, target, at);
  }

  /** A jump that never looks for interrupts. */
  jumpUninterrupted(target: Label, at: Place): void {
    if (this.recording !== null) this.add(Op.JUMP_NO_INTERRUPT, 0, at, target);
    if (this.reached) target.reached = true;
    this.reached = false;
  }

  /** A jump that may or may not be taken, or a block push whose handler is `target`. */
  branch(op: Op, target: Label, at: Place): void {
    if (this.recording !== null) this.add(op, 0, at, target);
    if (this.reached) target.reached = true;
  }

  /** CPython: USE_LABEL. */
  use(label: Label): void {
    if (this.recording !== null) {
      label.index = this.recording.instructions.length;
      this.recording.labels.push(label);
      this.blockEnded = false;
      this.hasReturned = false;
    }
    if (label.reached) this.reached = true;
  }

  /** Begins another block behind a jump or exit, up to 3.10, where code generation says so. CPython: NEXT_BLOCK. */
  nextBlock(): void {
    if (this.recording !== null && this.dialect.blocksBegin === 'whereSaid') this.use(new Label());
  }

  /**
   * What `emits` puts out goes behind RESUME, where a module makes its `__annotate__`; it jumps nowhere.
   * CPython: _PyCompile_StartAnnotationSetup().
   */
  atPlaceholder(emits: () => void): void {
    if (this.recording === null) {
      emits();
      return;
    }
    this.recording.aside = [];
    this.isAside = true;
    emits();
    this.isAside = false;
  }

  private add(op: Op, arg: number, at: Place, target: Label | null): void {
    if (this.isSilent) return;
    const recording = this.recording as Recording;
    const instructions = this.isAside ? (recording.aside as Instruction[]) : recording.instructions;
    if (instructions.length >= MAX_INSTRUCTIONS) {
      this.overflowed = true;
      return;
    }
    if (recording.implicitLabels !== null) {
      if (this.blockEnded) this.use(new Label());
      this.blockEnded = (recording.implicitLabels[op] & ENDS_BLOCK) !== 0;
    }
    const isGiven = this.isPlaced || (at === NO_LOCATION && this.dialect.placesParts);
    const place = isGiven ? at : (this.at ?? at);
    const location = this.locator.of(place);
    instructions.push(
      new Instruction(op, arg, this.tracksLines ? this.lineOnce(location) : location, target),
    );
  }

  // ---- Places ----

  /** The walk has come to another place, or back to one. */
  moveTo(at: Place | null): void {
    this.at = at;
    if (!this.tracksLines) return;
    const lineno = at === null ? NO_LOCATION.lineno : this.locator.of(at).lineno;
    if (lineno === this.lineno) return;
    this.lineno = lineno;
    this.tellsLine = true;
  }

  /** The walk has come to a statement or handler. In 3.8 the next instruction tells its line, known or not. */
  begin(at: Place): void {
    this.moveTo(at);
    this.tellsLine = true;
  }

  /** In 3.8 the first instruction of a line alone tells it. CPython 3.8: compiler_set_lineno(). */
  private lineOnce(location: Location): Location {
    if (!this.tellsLine) return NO_LOCATION;
    this.tellsLine = false;
    return location;
  }

  // ---- Notes ----

  /** Notes why the last instruction suspends that does. */
  suspends(kind: SuspensionKind, node: Suspension['node'], delegate: Suspension['delegate']): void {
    if (this.trace === null || this.recording === null || this.isSilent) return;
    const { instructions } = this.recording;
    let last = instructions.length - 1;
    while (last >= 0 && !SUSPENDING.has(instructions[last].op)) last--;
    if (last >= 0) this.trace.suspends(instructions[last], { kind, node, delegate }, this.isOnWayOut);
  }

  /** Notes that the last instruction saves or restores a local for an inlined comprehension. */
  keeps(does: 'save' | 'restore', comprehension: unknown): void {
    if (this.trace === null || this.recording === null || this.isSilent) return;
    const last = this.recording.instructions.at(-1);
    if (last) this.trace.note(last, { does, comprehension });
  }

  // ---- Code that is put elsewhere: finally bodies of 3.8 ----

  /** Where the next instruction is. */
  mark(): Mark {
    const { recording, hasReturned } = this;
    if (recording === null) return { instructions: 0, labels: 0, hasReturned };
    return { instructions: recording.instructions.length, labels: recording.labels.length, hasReturned };
  }

  /** Takes out what has been recorded since then. */
  cut({ instructions, labels, hasReturned }: Mark): Cut | null {
    const { recording } = this;
    if (recording === null) return null;
    const cut = {
      from: instructions,
      instructions: recording.instructions.splice(instructions),
      labels: recording.labels.splice(labels),
      hasReturned: this.hasReturned,
    };
    this.hasReturned = hasReturned;
    return cut;
  }

  /** Puts it here. */
  paste(cut: Cut | null): void {
    const { recording } = this;
    if (recording === null || cut === null) return;
    const shift = recording.instructions.length - cut.from;
    for (const instruction of cut.instructions) recording.instructions.push(instruction);
    for (const label of cut.labels) {
      label.index += shift;
      recording.labels.push(label);
    }
    this.hasReturned = cut.hasReturned;
  }

  // ---- The stack: up to 3.10 there are an instruction for each of a few rotations ----

  /** Copies what is on top. */
  copyTop(at: Place): void {
    if (this.dialect.stackMoves === 'rotations') this.op(Op.DUP_TOP, 0, at);
    else this.op(Op.COPY, 1, at);
  }

  /** Copies the two items on top, in their order. */
  copyTwo(at: Place): void {
    if (this.dialect.stackMoves === 'rotations') {
      this.op(Op.DUP_TOP_TWO, 0, at);
      return;
    }
    this.op(Op.COPY, 2, at);
    this.op(Op.COPY, 2, at);
  }

  swapTop(at: Place): void {
    if (this.dialect.stackMoves === 'rotations') this.op(Op.ROT_TWO, 0, at);
    else this.op(Op.SWAP, 2, at);
  }

  /** Puts a copy of what is on top below the item under it. */
  copyUnder(at: Place): void {
    if (this.dialect.stackMoves === 'rotations') {
      this.op(Op.DUP_TOP, 0, at);
      this.op(Op.ROT_THREE, 0, at);
      return;
    }
    this.op(Op.SWAP, 2, at);
    this.op(Op.COPY, 2, at);
  }

  /** Puts what is on top below the two items under it. */
  rotateThree(at: Place): void {
    if (this.dialect.stackMoves === 'rotations') {
      this.op(Op.ROT_THREE, 0, at);
      return;
    }
    this.op(Op.SWAP, 3, at);
    this.op(Op.SWAP, 2, at);
  }

  /** Puts what is on top below others, so that it is number `count`. */
  rotate(count: number, at: Place): void {
    if (this.dialect.stackMoves === 'rotations') this.op(Op.ROT_N, count, at);
    else for (let depth = count; depth > 1; depth--) this.op(Op.SWAP, depth, at);
  }

  /** Keeps the line of what makes no code, so that tracing sees it (PEP 626). */
  nop(at: Place): void {
    if (this.dialect.keepsLines) this.op(Op.NOP, 0, at);
  }

  /** Where a function begins, and goes on after yielding. */
  resume(arg: number, at: Place): void {
    if (this.dialect.resumes) this.op(Op.RESUME, arg, at);
  }

  // ---- Constants ----

  /** CPython: ADDOP_LOAD_CONST. */
  constant(value: ConstantValue, at: Place): void {
    this.unit.hasConstants = true;
    if (this.recording !== null) this.loadConstant(value, at);
  }

  string(value: string, at: Place): void {
    this.unit.hasConstants = true;
    if (this.recording !== null) this.loadConstant({ type: ConstantType.Str, value }, at);
  }

  /** A tuple of strings. */
  strings(values: readonly string[], at: Place): void {
    this.unit.hasConstants = true;
    if (this.recording === null) return;
    const items = values.map((value): ConstantValue => ({ type: ConstantType.Str, value }));
    this.constant({ type: ConstantType.Tuple, items }, at);
  }

  /** The null below what is called, where it comes before that. */
  nullBefore(at: Place): void {
    const { calls } = this.dialect;
    if (calls === 'precall' || calls === 'kwNames') this.op(Op.PUSH_NULL, 0, at);
  }

  /** The null above what is called, where it comes after that. */
  nullAfter(at: Place): void {
    if (this.dialect.calls === 'callKw') this.op(Op.PUSH_NULL, 0, at);
  }

  /** Calls what is on the stack with `count` arguments, those with keywords included. CPython: ADDOP_I(CALL). */
  call(count: number, at: Place): void {
    if (this.recording === null) return;
    const { calls } = this.dialect;
    if (calls === 'function') {
      this.add(Op.CALL_FUNCTION, count, at, null);
      return;
    }
    if (calls === 'precall') this.add(Op.PRECALL, count, at, null);
    this.add(Op.CALL, count, at, null);
  }

  /** Calls what is below `count` arguments, without a null: the first one is in the place of what is called. */
  callWithoutNull(count: number, at: Place): void {
    this.call(this.dialect.calls === 'function' ? count : count - 1, at);
  }

  /** Calls the method that `method` has loaded. */
  callMethod(count: number, at: Place): void {
    if (this.dialect.calls === 'function') this.op(Op.CALL_METHOD, count, at);
    else this.call(count, at);
  }

  /** A function of the interpreter on what is on the stack; up to 3.11 each is an opcode. */
  intrinsic(intrinsic: Intrinsic1, at: Place): void {
    if (this.recording === null) return;
    if (this.dialect.intrinsics) this.add(Op.CALL_INTRINSIC_1, intrinsic, at, null);
    else this.add(INTRINSIC_OPS[intrinsic] ?? Op.NOP, 0, at, null);
  }

  /** The names of a call's keywords. CPython: compiler_call_simple_kw_helper(). */
  keywordNames(values: readonly string[], at: Place): void {
    if (this.recording === null) return;
    const items = values.map((value): ConstantValue => ({ type: ConstantType.Str, value }));
    this.add(Op.KW_NAMES, this.recording.constants.add({ type: ConstantType.Tuple, items }), at, null);
  }

  int(value: number, at: Place): void {
    this.unit.hasConstants = true;
    if (this.recording !== null) this.loadConstant({ type: ConstantType.Int, value: BigInt(value) }, at);
  }

  none(at: Place): void {
    this.unit.hasConstants = true;
    if (this.recording !== null) this.loadConstant(NONE, at);
  }

  /** Makes a bool of what is tested next. */
  toBool(at: Place): void {
    if (this.dialect.convertsTests) this.op(Op.TO_BOOL, 0, at);
  }

  loadConstant(value: Constant, at: Place): void {
    if (this.isSilent) return;
    this.add(Op.LOAD_CONST, (this.recording as Recording).constants.add(value), at, null);
  }

  /** Adds a constant that no instruction loads: docstrings, and the None that stands for a missing one. */
  unusedConstant(value: ConstantValue): void {
    this.unit.hasConstants = true;
    if (this.recording !== null && !this.isSilent) this.recording.constants.add(value);
  }

  // ---- Names ----

  /** An instruction whose argument is a name of co_names, shifted left to make room for `bits`. CPython: ADDOP_NAME. */
  name(op: Op, name: string, at: Place, shift = 0, bits = 0): void {
    if (this.recording !== null && !this.isSilent)
      this.add(op, (indexOf(this.recording.names, name) << shift) | bits, at, null);
  }

  /** Loads a global; from 3.11 on its lowest bit would push a null as well. */
  global(name: string, at: Place): void {
    this.name(Op.LOAD_GLOBAL, name, at, this.dialect.calls === 'function' ? 0 : 1);
  }

  /** Adds a name without an instruction on it. */
  nameAlone(name: string): void {
    if (this.recording !== null) indexOf(this.recording.names, name);
  }

  /** Loads a method and what it is of. CPython: ADDOP_NAME_METHOD. */
  method(name: string, at: Place): void {
    if (this.dialect.methodLoads === 'opcode') this.name(Op.LOAD_METHOD, name, at);
    else this.name(Op.LOAD_ATTR, name, at, 1, 1);
  }

  /** An instruction on a fast local. */
  fast(op: Op, name: string, at: Place): void {
    if (this.isSilent) return;
    const index = indexOf(this.unit.varnames, name);
    if (this.recording !== null) this.add(op, index, at, null);
  }

  /** An instruction on a cell or free variable of the unit. */
  deref(op: Op, name: string, isFree: boolean, at: Place): void {
    if (this.recording === null) return;
    const { recording } = this;
    let table = isFree ? recording.freevars : recording.cellvars;
    if (table === NO_NAMES) {
      table = new Map();
      if (isFree) recording.freevars = table;
      else recording.cellvars = table;
    }
    this.add(op, indexOf(table, name), at, null);
  }
}

/** What most units have of cells and free variables; nothing is ever added. */
export const NO_NAMES: NameTable = new Map();

/** The instructions of a unit with what goes behind RESUME in its place. CPython: ANNOTATIONS_PLACEHOLDER. */
export function wholeSequence({ instructions, aside, labels }: Recording): Instruction[] {
  if (aside === null) return instructions;
  for (const label of labels) if (label.index > 0) label.index += aside.length;
  return [instructions[0], ...aside, ...instructions.slice(1)];
}

/** The index of a name, which is added if it is not there. CPython: dict_add_o(). */
function indexOf(table: NameTable, name: string): number {
  let index = table.get(name);
  if (index === undefined) table.set(name, (index = table.size));
  return index;
}
