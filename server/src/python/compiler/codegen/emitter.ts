// What code generation puts out. Without a sequence it keeps only what facts need: whether the next instruction can be
// reached, and that there are constants; so facts and bytecode come of one walk. CPython: the ADDOP macros in
// Python/codegen.c.
import { constantKey } from '../../constants/key.ts';
import { ConstantType, NONE, type ConstantValue } from '../../constants/values.ts';
import type { Constant } from '../../code/constant.ts';
import type { CompilerDialect } from '../../versions/compilerDialect.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { ENDS_BLOCK } from '../../versions/opcodes/opcodeTable.ts';
import type { Place } from '../unit/frameBlocks.ts';
import type { Constants, NameTable } from '../unit/generatedUnit.ts';
import { Instruction, Label } from '../unit/instructions.ts';
import { NO_LOCATION } from '../unit/location.ts';
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
  readonly cellvars: NameTable;
  readonly freevars: NameTable;
  /** Of a module: what goes to the placeholder behind RESUME. CPython: s_annotations_code. */
  aside: Instruction[] | null;
  /** The labels that stand before an instruction, in order. */
  readonly labels: Label[];
  /**
   * The opcode table's flags, where a block that begins without a label of its own is given one as it begins, so that
   * it has its age. CPython up to 3.11: compiler_use_new_implicit_block_if_needed().
   */
  readonly implicitLabels: Uint16Array | null;
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
  /** The unit has become too long to be recorded whole. */
  overflowed = false;
  /**
   * What the walk is at: the expression, or else the last statement. Up to 3.11 that is where instructions come from and
   * errors are reported. CPython: u_lineno and its like.
   */
  at: Place | null = null;
  /** The last instruction ended its block, and no label has begun another. CPython: u_need_new_implicit_block. */
  private blockEnded = false;
  private isAside = false;

  constructor(
    private readonly unit: CompilerUnit,
    readonly recording: Recording | null,
    private readonly locator: Locator,
    private readonly dialect: CompilerDialect,
  ) {}

  // ---- Instructions ----

  /** CPython: ADDOP, ADDOP_I. */
  op(op: Op, arg: number, at: Place): void {
    if (this.recording !== null) this.add(op, arg, at, null);
  }

  /** An instruction after which control does not go on: return, raise. */
  leave(op: Op, arg: number, at: Place): void {
    if (this.recording !== null) this.add(op, arg, at, null);
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
    }
    if (label.reached) this.reached = true;
  }

  /** Begins another block behind a jump or exit, up to 3.10, where code generation says so. CPython: NEXT_BLOCK. */
  nextBlock(): void {
    if (this.recording !== null && this.dialect.statesBlocks) this.use(new Label());
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
    const place = this.dialect.locations === 'explicit' || at === NO_LOCATION ? at : (this.at ?? at);
    instructions.push(new Instruction(op, arg, this.locator.of(place), target));
  }

  /** Whether what has been recorded ends with a return, and nothing leads past it. CPython up to 3.11: b_return. */
  get hasReturned(): boolean {
    if (this.recording === null || !this.blockEnded) return false;
    const { instructions } = this.recording;
    return instructions[instructions.length - 1].op === Op.RETURN_VALUE;
  }

  /** Exchanges the two values on top of the stack. */
  swapTop(at: Place): void {
    if (this.recording === null) return;
    if (this.dialect.stackMoves === 'rotations') this.add(Op.ROT_TWO, 0, at, null);
    else this.add(Op.SWAP, 2, at, null);
  }

  /** Pushes the value on top of the stack once more. */
  copyTop(at: Place): void {
    if (this.recording === null) return;
    if (this.dialect.stackMoves === 'rotations') this.add(Op.DUP_TOP, 0, at, null);
    else this.add(Op.COPY, 1, at, null);
  }

  // ---- Constants ----

  /** CPython: ADDOP_LOAD_CONST. */
  constant(value: ConstantValue, at: Place): void {
    this.unit.hasConstants = true;
    if (this.recording !== null) this.loadConstant(value, at);
    else if (this.unit.constants !== null) this.unit.constants.add(constantKey(value), this.reached);
  }

  string(value: string, at: Place): void {
    this.unit.hasConstants = true;
    if (this.recording !== null) this.loadConstant({ type: ConstantType.Str, value }, at);
    else if (this.unit.constants !== null) this.unit.constants.add(`s${value}`, this.reached);
  }

  /** A tuple of strings. */
  strings(values: readonly string[], at: Place): void {
    this.unit.hasConstants = true;
    if (this.recording === null && this.unit.constants === null) return;
    const items = values.map((value): ConstantValue => ({ type: ConstantType.Str, value }));
    this.constant({ type: ConstantType.Tuple, items }, at);
  }

  /** Calls what is on the stack with `count` arguments, those with keywords included. CPython: ADDOP_I(CALL). */
  call(count: number, at: Place): void {
    if (this.recording === null) return;
    if (this.dialect.calls === 'precall') this.add(Op.PRECALL, count, at, null);
    this.add(Op.CALL, count, at, null);
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
    else if (this.unit.constants !== null) this.unit.constants.add(`i${value.toString(16)}`, this.reached);
  }

  none(at: Place): void {
    this.unit.hasConstants = true;
    if (this.recording !== null) this.loadConstant(NONE, at);
    else if (this.unit.constants !== null) this.unit.constants.add('None', this.reached);
  }

  /** Makes a bool of what is tested next. */
  toBool(at: Place): void {
    if (this.dialect.convertsTests) this.op(Op.TO_BOOL, 0, at);
  }

  loadConstant(value: Constant, at: Place): void {
    this.add(Op.LOAD_CONST, (this.recording as Recording).constants.add(value), at, null);
  }

  /** Adds a constant that no instruction loads: docstrings, and the None that stands for a missing one. */
  unusedConstant(value: ConstantValue): void {
    this.unit.hasConstants = true;
    if (this.recording !== null) this.recording.constants.add(value);
    else this.unit.constants?.add(constantKey(value), false);
  }

  // ---- Names ----

  /** An instruction whose argument is a name of co_names, shifted left to make room for `bits`. CPython: ADDOP_NAME. */
  name(op: Op, name: string, at: Place, shift = 0, bits = 0): void {
    if (this.recording !== null)
      this.add(op, (indexOf(this.recording.names, name) << shift) | bits, at, null);
  }

  /** Loads a method and what it is of. CPython: ADDOP_NAME_METHOD. */
  method(name: string, at: Place): void {
    if (this.dialect.methodLoads === 'opcode') this.name(Op.LOAD_METHOD, name, at);
    else this.name(Op.LOAD_ATTR, name, at, 1, 1);
  }

  /** An instruction on a fast local. */
  fast(op: Op, name: string, at: Place): void {
    const index = indexOf(this.unit.varnames, name);
    if (this.recording !== null) this.add(op, index, at, null);
  }

  /** An instruction on a cell or free variable of the unit. */
  deref(op: Op, name: string, isFree: boolean, at: Place): void {
    if (this.recording === null) return;
    const { cellvars, freevars } = this.recording;
    this.add(op, indexOf(isFree ? freevars : cellvars, name), at, null);
  }
}

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
