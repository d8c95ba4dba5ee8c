// Instructions as data: every attribute of each dis.Instruction, by the names that the version has.
import { codeRecord, type CodeRecord } from '../../../server/src/python/dis/records.ts';
import { Analysis } from '../../../server/src/python/index.ts';
import type { DisOption } from '../../../server/src/python/versions/disDialect.ts';
import { unlessRefused, verdicts, type Difference, type LeveledTwin } from './twin.ts';

/** What we say of a source whose bytecode met a limit. */
const NOTHING = 'no bytecode';

/** What records have besides begins so. */
const STACK = 'stack_';

export const instructionsTwin: LeveledTwin = {
  name: 'instructions',
  script: 'instructions',

  ours({ text, target, decodingError }, bytes, optimize) {
    const analysis = new Analysis(text, target, decodingError, optimize);
    const { dialect } = target;
    return unlessRefused(analysis.errors[0], () => {
      // Which sources these are is as in instructions.py.
      const show: DisOption[] = bytes.length % 2 === 1 ? ['specialized'] : [];
      const record = codeRecord(analysis.code, {
        dialect,
        bytecode: analysis.bytecode.bind(analysis),
        filename: '<source>',
        show: new Set(show.filter(option => dialect.dis.options.includes(option))),
      });
      if (!record) return NOTHING;
      const names = Object.keys(record.instructions[0])
        .filter(name => !name.startsWith(STACK))
        .sort();
      const lines = [`["${names.join('", "')}"]`];
      visit(record, names, lines);
      return lines.join('\n');
    });
  },

  compare(ours, theirs) {
    const refused = verdicts(ours, theirs);
    if (refused.length > 0) return refused;
    if (ours === NOTHING) return [{ class: NOTHING, where: 'the file', ours, theirs: '' }];
    const [left, right] = [ours.split('\n'), theirs.split('\n')];
    if (left[0] !== right[0]) return [{ class: 'names', where: 'all', ours: left[0], theirs: right[0] }];
    const names = JSON.parse(right[0]) as string[];
    return right.flatMap((line, i): Difference[] =>
      line === left[i] ? [] : valuesDiffering(names, `line ${i + 1} of the text`, left[i], line),
    );
  },
};

function visit(
  { name, firstlineno, exception_table: table, instructions, nested }: CodeRecord,
  names: readonly string[],
  lines: string[],
): void {
  lines.push(
    json([
      name,
      firstlineno,
      (table ?? []).map(entry => [entry.start, entry.end, entry.target, entry.depth, entry.lasti]),
    ]),
  );
  for (const instruction of instructions) {
    lines.push(`[${names.map(each => valueText(each, instruction[each])).join(',')}]`);
  }
  for (const each of nested) visit(each, names, lines);
}

function valueText(name: string, value: unknown): string {
  const isUnordered = name === 'argrepr' && String(value).includes('frozenset({');
  return json(isUnordered ? Array.from(String(value)).sort(byCodePoint).join('') : value);
}

/** ASCII, as Python has it. */
const json = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const byCodePoint = (a: string, b: string): number => a.codePointAt(0)! - b.codePointAt(0)!;

function valuesDiffering(
  names: readonly string[],
  where: string,
  ours: string | undefined,
  theirs: string,
): Difference[] {
  const [mine, other] = [JSON.parse(ours ?? '[]') as unknown[], JSON.parse(theirs) as unknown[]];
  const opname = String(other[names.indexOf('opname')]);
  return names.flatMap((name, i) => {
    const [a, b] = [JSON.stringify(mine[i]), JSON.stringify(other[i])];
    return a === b ? [] : [{ class: `${opname}: ${name}`, where, ours: a, theirs: b }];
  });
}
