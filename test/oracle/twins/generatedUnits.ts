// What the two stages of the compiler have in common for their twins: the units of a source in the order in which
// CPython generates them, instructions as lines of text, and where two such texts part.
import type { CodeObject } from '../../../server/src/python/code/codeObject.ts';
import type { Constant } from '../../../server/src/python/code/constant.ts';
import { asciiJson, constantJson } from '../../../server/src/python/code/dump.ts';
import type { GeneratedUnit } from '../../../server/src/python/compiler/unit/generatedUnit.ts';
import type { Instruction } from '../../../server/src/python/compiler/unit/instructions.ts';
import { ConstantType } from '../../../server/src/python/constants/values.ts';
import { Analysis } from '../../../server/src/python/index.ts';
import { Op } from '../../../server/src/python/versions/opcodes/op.generated.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import { compareLines, verdicts, type Difference, type OptimizationLevel } from './twin.ts';

/** The versions whose interpreters show the stages, nested units too: those of which `optimizeCodeUnit` has the passes. */
export const showsStages = ({ dialect: { flowgraph } }: Target): boolean =>
  flowgraph.pipeline === 'superinstructions' || flowgraph.pipeline === 'foldsConstants';

/** What we say of a source of which a unit met a limit. */
export const NO_CODE = 'no code';

/** The analysis of the same source at a level. */
export const atOptimization = (analysis: Analysis, optimize: OptimizationLevel): Analysis => {
  const { text, target, decodingError } = analysis;
  return optimize === analysis.optimize ? analysis : new Analysis(text, target, decodingError, optimize);
};

/** A unit, and its place: numbers among those nested in the unit around it. */
export interface PlacedUnit {
  readonly path: string;
  readonly code: CodeObject;
  /** Nothing that was not there may be left in it: each has been generated for this list alone. */
  readonly unit: GeneratedUnit;
}

/**
 * Every unit, outer ones first, nested ones each time that they were generated, which is where they are loaded; not
 * those loaded in what a module puts aside, which CPython does not tell of. Undefined if a unit met a limit.
 */
export function unitsOf({ code, codeObjects }: Analysis): PlacedUnit[] | undefined {
  const found: PlacedUnit[] = [];
  const visit = (code: CodeObject, path: string): boolean => {
    const unit = codeObjects.generated(code);
    if (!unit) return false;
    found.push({ path, code, unit });
    let count = 0;
    return unit.instructions.every(({ op, arg }, index) => {
      if (op !== Op.LOAD_CONST || (index > 0 && index <= unit.aside)) return true;
      const constant = unit.constants.values[arg];
      if (constant.type !== ConstantType.Code) return true;
      return visit(constant.code, path === '' ? String(count++) : `${path}.${count++}`);
    });
  };
  return visit(code, '') ? found : undefined;
}

/** An instruction as the scripts print it; `index` is that of what a jump leads to. */
export const instructionLine = ({ op, arg, location }: Instruction, index: number | undefined): string =>
  `${Op[op]} ${index ?? arg} ${location.lineno}-${location.endLineno}:${location.colOffset}-${location.endColOffset}`;

/** A constant; of a code object its name alone. */
export const outline = (constant: Constant): string => constantJson(constant, ({ name }) => asciiJson(name));

/** The differences of two such texts: the first of each unit. */
export function compareUnits(ours: string, theirs: string): Difference[] {
  const refused = verdicts(ours, theirs);
  if (refused.length > 0) return refused;
  const [left, right] = [ours, theirs].map(text => text.split(/^unit /m));
  if (left.length !== right.length) return compareLines(ours, theirs);
  return right.flatMap((text, i) => (text === left[i] ? [] : differenceIn(left[i], text)));
}

function differenceIn(ours: string, theirs: string): Difference[] {
  const [mine, other] = [ours, theirs].map(text => text.trimEnd().split('\n'));
  const at = Array.from({ length: Math.max(mine.length, other.length) }, (_, i) => i).find(
    i => mine[i] !== other[i],
  )!;
  const [a, b] = [mine[at] ?? '(nothing)', other[at] ?? '(nothing)'];
  const [words, wanted] = [a.split(' '), b.split(' ')];
  const kind =
    words[0] !== wanted[0]
      ? `${words[0]} for ${wanted[0]}`
      : `${words[0]}: ${words[1] === wanted[1] ? 'place' : 'argument'}`;
  const where = `unit ${other[0] || 'of the module'}, line ${at}`;
  const around = (lines: readonly string[]): string => lines.slice(Math.max(at - 1, 1), at + 4).join('; ');
  return [{ class: kind, where, ours: around(mine), theirs: around(other) }];
}
