// What code generation puts out before there is a flow graph, against _testinternalcapi.compiler_codegen(): pseudo-ops,
// arguments, where jumps lead, places; and what CPython tells of the module, its constants above all.
//
// One thing is written otherwise than we have it: from 3.14 on a module has ANNOTATIONS_PLACEHOLDER behind RESUME, where
// CPython's flow graph puts what makes `__annotate__`. Ours is in its place at once, and the placeholder is written for it;
// CPython shows what it stands for in the twin `cfg`.
import type { GeneratedUnit, NameTable } from '../../../server/src/python/compiler/unit/generatedUnit.ts';
import { Instruction } from '../../../server/src/python/compiler/unit/instructions.ts';
import { Analysis } from '../../../server/src/python/index.ts';
import { Op } from '../../../server/src/python/versions/opcodes/op.generated.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import { compareUnits, instructionLine, outline, showsStages, unitsOf } from './generatedUnits.ts';
import { unlessRefused, type LeveledTwin } from './twin.ts';

/** What we say of a source of which a unit met a limit. */
const NOTHING = 'no code';

export const codegenTwin: LeveledTwin = {
  name: 'codegen',
  script: 'generated_code',
  fits: showsStages,

  ours({ text, target, decodingError }, _bytes, optimize) {
    const analysis = new Analysis(text, target, decodingError, optimize);
    return unlessRefused(analysis.errors[0], () => {
      const units = unitsOf(analysis);
      if (!units) return NOTHING;
      const lines = moduleLines(units[0].unit, target);
      for (const { path, unit } of units) {
        lines.push(`unit ${path}`, ...unitLines(unit, path === '' && hasPlaceholder(target)));
      }
      return lines.join('\n');
    });
  },

  compare: compareUnits,
};

const hasPlaceholder = ({ minor }: Target): boolean => minor >= 14;
const tellsNames = ({ minor }: Target): boolean => minor < 14;

function moduleLines(unit: GeneratedUnit, target: Target): string[] {
  const lines = (['argcount', 'posonlyargcount', 'kwonlyargcount'] as const).map(name => `${name} ${unit[name]}`);
  const table = (names: NameTable): string => JSON.stringify([...names.keys()]);
  if (tellsNames(target)) {
    for (const name of ['names', 'varnames', 'cellvars', 'freevars'] as const)
      lines.push(`${name} ${table(unit[name])}`);
  }
  return [...lines, ...unit.constants.values.map(value => `const ${outline(value)}`)];
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
