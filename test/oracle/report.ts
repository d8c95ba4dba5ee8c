// What a run found, for people: the table, the classes of differences, the match rates in the README.
import fs from 'node:fs';
import path from 'node:path';
import type { Tally } from './comparison.ts';
import { REPOSITORY, seriesOf, type Interpreter } from './interpreters.ts';
import type { SignatureTally } from './signatures.ts';
import { agreement } from './twins/errors.ts';

/** One twin over one corpus. */
export interface Row {
  readonly interpreter: Interpreter;
  readonly corpus: string;
  readonly twin: string;
  readonly tally: Tally;
}

const thousands = (number: number): string => number.toLocaleString('en-US');
const named = ({ version, kind }: Interpreter): string => `${version} ${kind}`;

/** Columns as wide as they need to be, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map(row => row[at].length)));
  const show = (row: readonly string[]) =>
    row
      .map((cell, at) => (/^[\d,.]+%?$/.test(cell) ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
      .join('  ')
      .trimEnd();
  return [show(head), widths.map(width => '-'.repeat(width)).join('  '), ...rows.map(show)].join('\n');
}

/** The table of a whole run. */
export function summary(rows: readonly Row[]): string {
  const head = [
    'CPython',
    'corpus',
    'twin',
    'files',
    'items',
    'files that differ',
    'differences',
    'first difference',
  ];
  return table(
    head,
    rows.map(({ interpreter, corpus, twin, tally }) => {
      const first = Object.entries(tally.classes)[0];
      return [
        named(interpreter),
        path.basename(corpus),
        twin,
        thousands(tally.files),
        thousands(tally.items),
        thousands(tally.differingFiles),
        thousands(tally.differences),
        first ? `${first[1].file}: ${first[0]}`.slice(0, 90) : '',
      ];
    }),
  );
}

/** The most frequent classes of differences of a row, each with an example. */
export function details({ interpreter, corpus, twin, tally }: Row, limit: number): string {
  const classes = Object.entries(tally.classes).sort(([, a], [, b]) => b.count - a.count);
  if (classes.length === 0) return '';
  const shown = classes.slice(0, limit).map(([name, { count, file, example }]) => {
    const place = `${file}, ${example.where}`;
    return `  ${thousands(count)} × ${name}\n    ${place}\n      ours:    ${example.ours}\n      CPython: ${example.theirs}`;
  });
  const more = classes.length > limit ? `\n  … and ${classes.length - limit} classes more` : '';
  return `${named(interpreter)}, ${path.basename(corpus)}, ${twin}${rates(twin, tally)}\n${shown.join('\n')}${more}`;
}

/** How far errors agree: the same verdict; and of those that both refuse, the same type and line, and words. */
function rates(twin: string, tally: Tally): string {
  if (isSignatureTally(tally)) return kindRates(tally);
  const { files, refused, classes } = tally;
  if (twin !== 'errors' || files === 0) return '';
  const same = agreement(files, refused, classes);
  return (
    `: same verdict ${rate(same.verdict, files)}; of ${thousands(same.refused)} refused same type and line ` +
    `${rate(same.typeAndLine, same.refused)}, also message ${rate(same.message, same.refused)}, ` +
    `everything ${rate(same.everything, same.refused)}`
  );
}

/** How many functions, methods and classes have the same signature. */
function kindRates({ kinds }: SignatureTally): string {
  const parts = Object.entries(kinds).map(
    ([kind, { all, same, unanswered }]) =>
      `${kind}: ${rate(same, all)} of ${thousands(all)} the same, ${thousands(all - same - unanswered)} differ, ` +
      `${thousands(unanswered)} not answered`,
  );
  return `: ${parts.join('; ')}`;
}

const isSignatureTally = (tally: Tally): tally is SignatureTally => 'kinds' in tally;

const MARKERS = /(<!-- match-rate -->\n)[\s\S]*?(<!-- \/match-rate -->)/;

/** Writes the match rates between the markers in the README; false if it has none. */
export function writeReadme(rows: readonly Row[]): boolean {
  const file = path.join(REPOSITORY, 'README.md');
  const text = fs.readFileSync(file, 'utf8');
  if (!MARKERS.test(text)) return false;
  fs.writeFileSync(
    file,
    text.replace(MARKERS, (_, begin, end) => `${begin}${matchRates(rows)}\n${end}`),
  );
  return true;
}

/** A line for each interpreter, a column for each twin: how many of how many items are the same. */
export function matchRates(rows: readonly Row[]): string {
  const twins = [...new Set(rows.map(({ twin }) => twin))];
  const interpreters = [...new Set(rows.map(({ interpreter }) => named(interpreter)))];
  const cell = (name: string, twin: string): string => {
    const tallies = rows
      .filter(row => named(row.interpreter) === name && row.twin === twin)
      .map(({ tally }) => tally);
    const sum = (field: 'items' | 'differences') => tallies.reduce((total, tally) => total + tally[field], 0);
    if (tallies.length === 0) return '–';
    if (twin === 'errors') return verdicts(tallies);
    const [items, differences] = [sum('items'), sum('differences')];
    return `${rate(items - differences, items)} of ${thousands(items)}`;
  };
  const files = (name: string): string => {
    const [first] = rows.filter(row => named(row.interpreter) === name);
    const own = rows.filter(row => named(row.interpreter) === name && row.twin === first.twin);
    return thousands(own.reduce((total, { tally }) => total + tally.files, 0));
  };
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['Target', 'CPython', 'files', ...twins]),
    line(['---', '---', '---:', ...twins.map(() => '---:')]),
    ...interpreters.map(name => {
      const { interpreter } = rows.find(row => named(row.interpreter) === name)!;
      return line([seriesOf(interpreter), name, files(name), ...twins.map(twin => cell(name, twin))]);
    }),
  ].join('\n');
}

/** Of all sources the same verdict; of those that both refuse the same type and line, also the same words, and everything. */
function verdicts(tallies: readonly Tally[]): string {
  const agreements = tallies.map(({ files, refused, classes }) => agreement(files, refused, classes));
  const sum = (field: keyof (typeof agreements)[number]) =>
    agreements.reduce((total, each) => total + each[field], 0);
  const files = tallies.reduce((total, tally) => total + tally.files, 0);
  const refused = sum('refused');
  const [lines, words, all] = (['typeAndLine', 'message', 'everything'] as const).map(field =>
    rate(sum(field), refused),
  );
  return (
    `${rate(sum('verdict'), files)} same verdict; of ${thousands(refused)} refused ` +
    `${lines} same type and line, ${words} also words, ${all} everything`
  );
}

/** Never rounded up to 100%. */
function rate(same: number, all: number): string {
  if (same === all) return '100%';
  return `${(Math.floor((same / all) * 100_000) / 1000).toFixed(3)}%`;
}
