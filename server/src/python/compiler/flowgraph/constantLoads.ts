// How constants are loaded: the common ones by instructions of their own from 3.14 and 3.15 on, all others from co_consts.
// CPython: get_const_value(), instr_make_load_const() in Python/flowgraph.c.
import type { Constant } from '../../code/constant.ts';
import { COMMON_CONSTANTS } from '../../constants/common.ts';
import { ConstantType, type ConstantValue, type IntConstant } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { OpcodeTable } from '../../versions/opcodes/opcodeTable.ts';
import type { Constants } from '../unit/generatedUnit.ts';
import type { Instruction } from '../unit/instructions.ts';
import { setOp } from './graph.ts';

/** LOAD_SMALL_INT's argument fits a byte. */
const SMALL_INTS = 256n;
const smallInts: readonly IntConstant[] = Array.from({ length: Number(SMALL_INTS) }, (_, i) => ({
  type: ConstantType.Int,
  value: BigInt(i),
}));

/** The constants that LOAD_COMMON_CONSTANT loads in a version, and their arguments. */
class CommonConstants {
  readonly values: readonly (ConstantValue | undefined)[];
  private readonly none: number;
  private readonly yes: number;
  private readonly no: number;
  private readonly empty: number;
  private readonly unit: number;
  private readonly minusOne: number;

  constructor(names: readonly string[]) {
    this.values = names.map(name => COMMON_CONSTANTS.get(name));
    this.none = names.indexOf('None');
    this.yes = names.indexOf('True');
    this.no = names.indexOf('False');
    this.empty = names.indexOf("''");
    this.unit = names.indexOf('()');
    this.minusOne = names.indexOf('-1');
  }

  /** The argument that loads a constant; -1 if none does. */
  indexOf(value: Constant): number {
    switch (value.type) {
      case ConstantType.None:
        return this.none;
      case ConstantType.Bool:
        return value.value ? this.yes : this.no;
      case ConstantType.Str:
        return value.value === '' && !value.codePoints ? this.empty : -1;
      case ConstantType.Tuple:
        return value.items.length === 0 ? this.unit : -1;
      case ConstantType.Int:
        return value.value === -1n ? this.minusOne : -1;
      default:
        return -1;
    }
  }
}

const commonConstants = new WeakMap<OpcodeTable, CommonConstants>();

function commonConstantsOf(opcodes: OpcodeTable): CommonConstants {
  let common = commonConstants.get(opcodes);
  if (!common) {
    common = new CommonConstants(opcodes.facts.commonConstants);
    commonConstants.set(opcodes, common);
  }
  return common;
}

/** How the constants of a unit are loaded: some have instructions of their own, the others are in co_consts. */
export class ConstantLoads {
  private readonly common: CommonConstants;

  constructor(
    private readonly constants: Constants,
    opcodes: OpcodeTable,
  ) {
    this.common = commonConstantsOf(opcodes);
  }

  /** The constant that an instruction loads, if it loads one. CPython: loads_const(), get_const_value(). */
  valueOf({ op, arg }: Instruction): Constant | undefined {
    switch (op) {
      case Op.LOAD_CONST:
        return this.constants.values[arg];
      case Op.LOAD_SMALL_INT:
        return smallInts[arg];
      case Op.LOAD_COMMON_CONSTANT:
        return this.common.values[arg];
      default:
        return undefined;
    }
  }

  /** CPython: instr_make_load_const(). */
  load(instruction: Instruction, value: Constant): void {
    if (this.loadSmallInt(instruction, value) || this.loadCommon(instruction, value)) return;
    this.loadFromTable(instruction, value);
  }

  loadFromTable(instruction: Instruction, value: Constant): void {
    setOp(instruction, Op.LOAD_CONST, this.constants.add(value));
  }

  /** CPython: maybe_instr_make_load_smallint(). */
  loadSmallInt(instruction: Instruction, value: Constant): boolean {
    if (value.type !== ConstantType.Int || value.value < 0n || value.value >= SMALL_INTS) return false;
    setOp(instruction, Op.LOAD_SMALL_INT, Number(value.value));
    return true;
  }

  /** CPython: maybe_instr_make_load_common_const(), from 3.15 on. */
  loadCommon(instruction: Instruction, value: Constant): boolean {
    const index = this.common.indexOf(value);
    if (index < 0) return false;
    setOp(instruction, Op.LOAD_COMMON_CONSTANT, index);
    return true;
  }
}
