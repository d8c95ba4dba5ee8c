// What code generation puts out. Without a sequence it keeps only what facts need: whether the next instruction can be
// reached, and that there are constants; so facts and bytecode come of one walk. CPython: the ADDOP macros in
// Python/codegen.c.
import { constantKey } from '../../constants/key.ts';
import { ConstantType, NONE, type ConstantValue } from '../../constants/values.ts';
import type { Constant } from '../../code/constant.ts';
import type { CompilerDialect } from '../../versions/compilerDialect.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Place } from '../unit/frameBlocks.ts';
import type { Constants, NameTable } from '../unit/generatedUnit.ts';
import { Instruction, type Label } from '../unit/instructions.ts';
import type { CompilerUnit } from '../unit/unit.ts';
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
}

export class Emitter {
  /** Whether the instruction that would come next can be reached. */
  reached = true;
  /** The unit has become too long to be recorded whole. */
  overflowed = false;
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

  /** A jump that is always taken, past other branches if it is JUMP_NO_INTERRUPT. CPython: ADDOP_JUMP. */
  jump(op: Op.JUMP | Op.JUMP_NO_INTERRUPT, target: Label, at: Place): void {
    if (this.recording !== null) this.add(this.dialect.uninterruptedJumps ? op : Op.JUMP, 0, at, target);
    if (this.reached) target.reached = true;
    this.reached = false;
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
    }
    if (label.reached) this.reached = true;
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
    instructions.push(new Instruction(op, arg, this.locator.of(at), target));
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
