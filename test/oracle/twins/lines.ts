// Lines and branches of code objects: co_lines(), dis.findlinestarts(), co_branches().
import { codeLines } from '../../../server/src/python/dis/lines.ts';
import { Analysis } from '../../../server/src/python/index.ts';
import { unlessRefused, verdicts, type Difference, type LeveledTwin } from './twin.ts';

/** What we say of a source whose bytecode met a limit. */
const NOTHING = 'no bytecode';
const ASPECTS = ['name', 'first line', 'co_lines', 'line starts', 'co_branches'];

export const linesTwin: LeveledTwin = {
  name: 'lines',
  script: 'code_lines',

  ours({ text, target, decodingError }, _bytes, optimize) {
    const analysis = new Analysis(text, target, decodingError, optimize);
    const { dialect } = target;
    return unlessRefused(analysis.errors[0], () => {
      const found = codeLines(analysis.code, analysis.bytecode.bind(analysis), dialect);
      if (!found) return NOTHING;
      return found
        .map(({ name, firstlineno, lines, starts, branches }) =>
          JSON.stringify([
            name,
            firstlineno,
            dialect.dis.coLines ? lines.map(({ start, end, lineno }) => [start, end, lineno]) : null,
            starts,
            dialect.dis.coBranches
              ? branches.map(({ source, notTaken, taken }) => [source, notTaken, taken])
              : null,
          ]),
        )
        .join('\n');
    });
  },

  compare(ours, theirs) {
    const refused = verdicts(ours, theirs);
    if (refused.length > 0) return refused;
    const [left, right] = [ours.split('\n'), theirs.split('\n')];
    return right.flatMap((line, i): Difference[] => {
      if (line === left[i]) return [];
      const [mine, other] = [JSON.parse(left[i] ?? '[]') as unknown[], JSON.parse(line) as unknown[]];
      return ASPECTS.flatMap((aspect, at) => {
        const [a, b] = [JSON.stringify(mine[at]), JSON.stringify(other[at])];
        return a === b ? [] : [{ class: aspect, where: `${i}: ${String(other[0])}`, ours: a, theirs: b }];
      });
    });
  },
};
