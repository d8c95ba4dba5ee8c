// What code generation puts out before there is a flow graph, against _testinternalcapi.compiler_codegen(): pseudo-ops,
// arguments, where jumps lead, places; and what CPython tells of the module, its constants above all.
//
// One thing is written otherwise than we have it: from 3.14 on a module has ANNOTATIONS_PLACEHOLDER behind RESUME, where
// CPython's flow graph puts what makes `__annotate__`. Ours is in its place at once, and the placeholder is written for it;
// CPython shows what it stands for in the twin `cfg`.
import { asciiJson } from '../../../server/src/python/code/dump.ts';
import type { GeneratedUnit, NameTable } from '../../../server/src/python/compiler/unit/generatedUnit.ts';
import { Instruction } from '../../../server/src/python/compiler/unit/instructions.ts';
import { Op } from '../../../server/src/python/versions/opcodes/op.generated.ts';
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

export const codegenTwin: LeveledTwin = {
  name: 'codegen',
  script: 'generated_code',
  fits: showsStages,

  ours(given, _bytes, optimize) {
    const analysis = atOptimization(given, optimize);
    const { target } = analysis;
    return unlessRefused(analysis.errors[0], () => {
      const units = unitsOf(analysis);
      if (!units) return NO_CODE;
      const lines = moduleLines(units[0].unit, target);
      for (const { path, unit } of units) {
        lines.push(`unit ${path}`, ...unitLines(unit, path === '' && hasPlaceholder(target)));
      }
      return lines.join('\n');
    });
  },

  compare: compareUnits,
};

/** What CPython tells of the module besides its instructions, by series, or by release if others of the series differ. */
const TOLD: Readonly<Record<string, readonly ('names' | 'constants')[]>> = {
  '3.13': ['names', 'constants'],
  '3.14': ['constants'],
  '3.14.2': [],
  '3.15': ['constants'],
};

const hasPlaceholder = ({ dialect: { opcodes } }: Target): boolean => opcodes.has(Op.ANNOTATIONS_PLACEHOLDER);

function moduleLines(unit: GeneratedUnit, target: Target): string[] {
  const lines = (['argcount', 'posonlyargcount', 'kwonlyargcount'] as const).map(
    name => `${name} ${unit[name]}`,
  );
  const table = (names: NameTable): string => asciiJson([...names.keys()]);
  const told = TOLD[target.version] ?? TOLD[target.series];
  if (told.includes('names')) {
    for (const name of ['names', 'varnames', 'cellvars', 'freevars'] as const)
      lines.push(`${name} ${table(unit[name])}`);
  }
  if (told.includes('constants'))
    for (const value of unit.constants.values) lines.push(`const ${outline(value)}`);
  return lines;
}

function unitLines({ instructions, aside }: GeneratedUnit, placeholder: boolean): string[] {
  const shift = placeholder ? aside - 1 : 0;
  const lines = instructions.map(instruction =>
    instructionLine(instruction, instruction.label ? instruction.label.index - shift : undefined),
  );
  if (!placeholder) return lines;
  const { location } = instructions[0];
  return [
    lines[0],
    instructionLine(new Instruction(Op.ANNOTATIONS_PLACEHOLDER, 0, location, null), undefined),
    ...lines.slice(1 + aside),
  ];
}
