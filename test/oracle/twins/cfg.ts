// What the flow graph's first passes make of generated code, against _testinternalcapi.optimize_cfg() on what CPython
// itself has generated.
//
// CPython's hook runs as if no unit had parameters, and does not know the constants of nested units or how many locals
// there are: ours runs likewise, and those two are told to it. (The twin `codegen` shows that they fit.) It also knows
// constants by identity: one that it makes is another than an equal one that was told, which the compiler would have
// made one. Ours are told apart likewise, in `Told`.
import { optimizeCodeUnit } from '../../../server/src/python/compiler/flowgraph/pipelines.ts';
import type { Constant } from '../../../server/src/python/code/constant.ts';
import type { Constants } from '../../../server/src/python/compiler/unit/generatedUnit.ts';
import type { Instruction } from '../../../server/src/python/compiler/unit/instructions.ts';
import { constantKey } from '../../../server/src/python/constants/key.ts';
import { ConstantType, type ConstantValue } from '../../../server/src/python/constants/values.ts';
import { Has, HAS_JUMP } from '../../../server/src/python/versions/opcodes/opcodeTable.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import {
  atOptimization,
  compareUnits,
  instructionLine,
  NO_CODE,
  outline,
  showsStages,
  unitsOf,
} from './generatedUnits.ts';
import { unlessRefused, type LeveledTwin } from './twin.ts';

export const cfgTwin: LeveledTwin = {
  name: 'cfg',
  script: 'optimized_graphs',
  fits: showsStages,

  told(given, optimize) {
    const analysis = atOptimization(given, optimize);
    if (analysis.errors.length > 0) return '';
    const units = unitsOf(analysis)?.map(({ unit }) => {
      const consts = unit.constants.values.map(outline).join(',');
      return `{"consts":[${consts}],"nlocals":${unit.varnames.size}}`;
    });
    return units ? `[${units.join(',')}]` : '';
  },

  ours(given, _bytes, optimize) {
    const analysis = atOptimization(given, optimize);
    const { target } = analysis;
    const { dialect } = target;
    const { opcodes } = dialect;
    const leads = ({ op }: Instruction): boolean => (opcodes.flags[op] & (HAS_JUMP | Has.BlockPush)) !== 0;
    return unlessRefused(analysis.errors[0], () => {
      const units = unitsOf(analysis);
      if (!units) return NO_CODE;
      const lines: string[] = [];
      for (const { path, unit } of units) {
        const constants = new Told(unit.constants.values, target);
        const alone = { ...unit, constants, parameters: 0, firstlineno: 1 };
        const { instructions } = optimizeCodeUnit(alone, { opcodes, dialect });
        lines.push(`unit ${path}`);
        for (const one of instructions)
          lines.push(instructionLine(one, leads(one) ? one.target?.index : undefined));
        for (const value of constants.values) lines.push(`const ${outline(value)}`);
      }
      return lines.join('\n');
    });
  },

  compare: compareUnits,
};

/** The constants of a unit, told by identity. */
class Told implements Constants {
  readonly values: Constant[];
  private readonly places: Map<Constant | string, number>;

  constructor(told: readonly Constant[], target: Target) {
    this.values = [...told];
    this.places = new Map(this.values.map((value, index) => [value, index]));
    for (const [value, index] of [...this.places])
      if (isOneObject(value as Constant, target)) this.places.set(constantKey(value as ConstantValue), index);
  }

  add(value: Constant): number {
    const known = this.places.get(value);
    if (known !== undefined) return known;
    const key = constantKey(value as ConstantValue);
    let index = this.places.get(key);
    if (index === undefined) this.places.set(key, (index = this.values.push(value) - 1));
    return index;
  }
}

/** The largest int that is one object, where it is not 256. */
const LARGEST_SMALL_INT: Readonly<Record<string, bigint>> = { '3.15': 1024n };

/** Whether CPython has one object for a value, however it is made. */
function isOneObject(value: Constant, { series }: Target): boolean {
  switch (value.type) {
    case ConstantType.None:
    case ConstantType.Bool:
    case ConstantType.Ellipsis:
      return true;
    case ConstantType.Int:
      return value.value >= -5n && value.value <= (LARGEST_SMALL_INT[series] ?? 256n);
    case ConstantType.Str:
      return !value.codePoints && (value.value === '' || /^[\0-\xFF]$/.test(value.value));
    case ConstantType.Bytes:
      return value.value.length < 2;
    case ConstantType.Tuple:
      return value.items.length === 0;
    default:
      return false;
  }
}
