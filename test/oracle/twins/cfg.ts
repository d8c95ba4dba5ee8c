// What the flow graph's first passes make of generated code, against _testinternalcapi.optimize_cfg() on what CPython
// itself has generated.
//
// CPython's hook runs as if no unit had parameters, and does not know the constants of nested units or how many locals
// there are: ours runs likewise, and those two are told to it. (The twin `codegen` shows that they fit.)
import { optimizeCodeUnit } from '../../../server/src/python/compiler/flowgraph/pipelines.ts';
import type { Instruction } from '../../../server/src/python/compiler/unit/instructions.ts';
import { Analysis } from '../../../server/src/python/index.ts';
import { Has, HAS_JUMP } from '../../../server/src/python/versions/opcodes/opcodeTable.ts';
import { compareUnits, instructionLine, outline, showsStages, unitsOf } from './generatedUnits.ts';
import { unlessRefused, type LeveledTwin } from './twin.ts';

/** What we say of a source of which a unit met a limit. */
const NOTHING = 'no code';

export const cfgTwin: LeveledTwin = {
  name: 'cfg',
  script: 'optimized_graphs',
  fits: showsStages,

  told({ text, target, decodingError }, optimize) {
    const analysis = new Analysis(text, target, decodingError, optimize);
    if (analysis.errors.length > 0) return '';
    const units = unitsOf(analysis)?.map(({ unit }) => {
      const consts = unit.constants.values.map(outline).join(',');
      return `{"consts":[${consts}],"nlocals":${unit.varnames.size}}`;
    });
    return units ? `[${units.join(',')}]` : '';
  },

  ours({ text, target, decodingError }, _bytes, optimize) {
    const analysis = new Analysis(text, target, decodingError, optimize);
    const { dialect } = target;
    const { opcodes } = dialect;
    const leads = ({ op }: Instruction): boolean => (opcodes.flags[op] & (HAS_JUMP | Has.BlockPush)) !== 0;
    return unlessRefused(analysis.errors[0], () => {
      const units = unitsOf(analysis);
      if (!units) return NOTHING;
      const lines: string[] = [];
      for (const { path, unit } of units) {
        const alone = { ...unit, parameters: 0, firstlineno: 1 };
        const { instructions } = optimizeCodeUnit(alone, { opcodes, dialect });
        lines.push(`unit ${path}`);
        for (const one of instructions) lines.push(instructionLine(one, leads(one) ? one.target?.index : undefined));
        for (const value of unit.constants.values) lines.push(`const ${outline(value)}`);
      }
      return lines.join('\n');
    });
  },

  compare: compareUnits,
};
