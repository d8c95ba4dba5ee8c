// How deep the stack is counted before each instruction, against CPython's own effects of instructions with and without jump.
import { readInstructions } from '../../../server/src/python/code/instructions.ts';
import { codeObjectsOf } from '../../../server/src/python/code/lookup.ts';
import { symbolicStack } from '../../../server/src/python/dis/stack.ts';
import { Analysis } from '../../../server/src/python/index.ts';
import { unlessRefused, verdicts, type Difference, type LeveledTwin } from './twin.ts';

/** What we say of a source whose bytecode met a limit. */
const NOTHING = 'no bytecode';

export const stackTwin: LeveledTwin = {
  name: 'stack',
  script: 'stack_depths',

  ours({ text, target, decodingError }, _bytes, optimize) {
    const analysis = new Analysis(text, target, decodingError, optimize);
    const { dialect } = target;
    return unlessRefused(analysis.errors[0], () => {
      const lines: string[] = [];
      for (const code of codeObjectsOf(analysis.code)) {
        const bytecode = analysis.bytecode(code);
        if (!bytecode) return NOTHING;
        const instructions = readInstructions(bytecode.code, dialect.opcodes);
        const states = symbolicStack(code, bytecode, instructions, dialect);
        let deepest = 0;
        const told = states.flatMap(({ before, after, afterJump }, i) => {
          for (const stack of [before, after, afterJump]) deepest = Math.max(deepest, stack?.counted ?? 0);
          return before ? [[instructions[i].offset, before.counted]] : [];
        });
        const fits = deepest <= bytecode.stacksize ? 'True' : 'False';
        lines.push(`${code.name}:${code.firstlineno} ${deepest} ${fits} ${JSON.stringify(told)}`);
      }
      return lines.join('\n');
    });
  },

  compare(ours, theirs) {
    const refused = verdicts(ours, theirs);
    if (refused.length > 0) return refused;
    const [left, right] = [ours.split('\n'), theirs.split('\n')];
    return right.flatMap((line, i) => (line === left[i] ? [] : differenceOf(left[i] ?? '', line)));
  },
};

function differenceOf(ours: string, theirs: string): Difference[] {
  const where = theirs.slice(0, theirs.indexOf(' '));
  const [mine, other] = [ours, theirs].map(text => text.slice(where.length + 1).split(/ |(?<=\]),(?=\[)/));
  const at = other.findIndex((part, i) => part !== mine[i]);
  const kind = at === 0 ? 'deepest' : at === 1 ? 'fits' : 'depth';
  return [
    { class: kind, where, ours: mine.slice(at, at + 4).join(' '), theirs: other.slice(at, at + 4).join(' ') },
  ];
}
