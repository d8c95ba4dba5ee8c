// What a twin is: a pass of ours that prints a text, a script that has CPython print it, and a way of telling
// where two such texts part.
import type { Analysis } from '../../../server/src/python/index.ts';
import type { SourceError } from '../../../server/src/python/text/syntaxError.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';

export interface Twin {
  readonly name: string;
  /** The script in python/ that asks CPython; with `@N` behind it, at optimisation level N. */
  readonly script: string;
  /** Our text; `bytes` are the source's, for what does not begin with the text. */
  readonly ours: (analysis: Analysis, bytes: Uint8Array) => string;
  /** What of ours the script needs to ask CPython: a text that goes with the source. */
  readonly told?: (analysis: Analysis) => string;
  /** The versions that can be asked; without it all. */
  readonly fits?: (target: Target) => boolean;
  /** Look into every source that differs, however many: what counts is in which way it does. */
  readonly always?: boolean;
  /** Where two texts that are not the same differ; at least one place. */
  readonly compare: (ours: string, theirs: string) => Difference[];
}

/** An optimisation level, as compile() takes it: 1 is `python -O`, 2 is `python -OO`. */
export type OptimizationLevel = 0 | 1 | 2;

/** A twin whose answer depends on the level: its script has `answer(source, optimize)`. */
export interface LeveledTwin extends Omit<Twin, 'ours' | 'told'> {
  readonly ours: (analysis: Analysis, bytes: Uint8Array, optimize: OptimizationLevel) => string;
  readonly told?: (analysis: Analysis, optimize: OptimizationLevel) => string;
}

/** The twin at one level; what interpreters answer is kept by level. */
export const atLevel = (twin: LeveledTwin, optimize: OptimizationLevel): Twin => ({
  ...twin,
  script: `${twin.script}@${optimize}`,
  ours: (analysis, bytes) => twin.ours(analysis, bytes, optimize),
  told: twin.told && (analysis => twin.told!(analysis, optimize)),
});

/** One thing that our text and CPython's tell differently. */
export interface Difference {
  /** The class that it belongs to, for counting: differences with one cause should have one class. */
  readonly class: string;
  /** Which code object, line or token. */
  readonly where: string;
  readonly ours: string;
  readonly theirs: string;
}

/** What ask.py says of a source for which CPython raised something. */
export const REFUSED = 'refused';

/** Our text of a source, if there is no error in the way. */
export const unlessRefused = (error: SourceError | undefined, answer: () => string): string =>
  error ? REFUSED : answer();

/** The difference if one side refuses what the other accepts. */
export function verdicts(ours: string, theirs: string): Difference[] {
  const refuses = (text: string) => text === REFUSED;
  if (refuses(ours) === refuses(theirs)) return [];
  const side = refuses(ours) ? 'refused, accepted by CPython' : 'accepted, refused by CPython';
  return [{ class: side, where: 'the file', ours: firstLine(ours), theirs: firstLine(theirs) }];
}

const firstLine = (text: string): string => text.slice(0, text.indexOf('\n') >>> 0).slice(0, 120);

/** Texts line by line. Where both have as many lines, every differing line counts; otherwise the first. */
export function compareLines(ours: string, theirs: string): Difference[] {
  const refused = verdicts(ours, theirs);
  if (refused.length > 0) return refused;
  const [a, b] = [ours.split('\n'), theirs.split('\n')];
  const found: Difference[] = [];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] === b[i]) continue;
    const [left, right] = [a[i] ?? '(nothing)', b[i] ?? '(nothing)'];
    const where = `line ${i + 1} of the text`;
    found.push({ class: `${shape(left)} for ${shape(right)}`, where, ours: left, theirs: right });
    if (a.length !== b.length) break;
  }
  return found;
}

/** A line without what varies: numbers, the insides of strings, spaces. */
const shape = (line: string): string =>
  line
    .replace(/\s+/g, ' ')
    .replace(/'[^']{12,}'|"[^"]{12,}"/g, "'…'")
    .replace(/\d+/g, '0')
    .trim()
    .slice(0, 60);
