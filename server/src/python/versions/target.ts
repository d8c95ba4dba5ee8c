// Target versions: which CPython the user asks about. A target is a minor version at a patch level, because
// patch releases change code generation.
import { dialectFor, type Dialect } from './dialect.ts';

/** The minor versions of CPython 3 that CoLens knows. */
export type Minor = 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15;

/** A CPython release, and how its passes behave. One object per release: compare with ===. */
export interface Target {
  readonly minor: Minor;
  readonly patch: number;
  /** `3.13` */
  readonly series: string;
  /** `3.13.18` */
  readonly version: string;
  readonly dialect: Dialect;
}

/** The newest patch level of each minor version that CoLens has been compared with. */
const NEWEST_PATCH: Readonly<Record<Minor, number>> = {
  8: 18,
  9: 18,
  10: 13,
  11: 7,
  12: 7,
  13: 18,
  14: 10,
  15: 2,
};

const MINORS = Object.keys(NEWEST_PATCH).map(Number) as Minor[];

const known = new Map<string, Target>();

function target(minor: Minor, patch: number): Target {
  const version = `3.${minor}.${patch}`;
  let result = known.get(version);
  if (!result) {
    result = { minor, patch, series: `3.${minor}`, version, dialect: dialectFor(minor, patch) };
    known.set(version, result);
  }
  return result;
}

/** A target for each minor version, oldest first, each at its newest known patch level. */
export const TARGETS: readonly Target[] = MINORS.map(minor => target(minor, NEWEST_PATCH[minor]));

/** The target when nothing says which one: the newest stable version. */
export const DEFAULT_TARGET: Target = TARGETS[TARGETS.length - 1];

/**
 * Reads `3.13` (the newest known patch level) or `3.13.2`; undefined for anything else, also for patch levels that are
 * not known. Release candidates count as .0.
 */
export function parseTarget(text: string): Target | undefined {
  const match = /^3\.(\d{1,2})(?:\.(\d{1,3}))?(?:(?:a|b|rc)\d+)?$/.exec(text.trim());
  if (!match) return undefined;
  const minor = Number(match[1]) as Minor;
  if (!MINORS.includes(minor)) return undefined;
  const newest = NEWEST_PATCH[minor];
  const patch = match[2] === undefined ? newest : Number(match[2]);
  return patch > newest ? undefined : target(minor, patch);
}

/** The newest patch level of the version whose .pyc files begin with a number; undefined if there is none. */
export const targetOfMagic = (magic: number): Target | undefined =>
  TARGETS.find(({ dialect }) => dialect.assembler.magic === magic);

/** What of a dialect the compiler asks; the other sections are about what is shown, or run. */
const COMPILING = [
  'tokenizer',
  'grammar',
  'symtable',
  'compiler',
  'flowgraph',
  'folding',
  'assembler',
  'unparse',
] as const satisfies readonly (keyof Dialect)[];

function compilesAlike(a: Dialect, b: Dialect): boolean {
  return COMPILING.every(section => {
    const [rows, others] = [a[section], b[section]] as unknown as Readonly<Record<string, unknown>>[];
    return Object.keys(rows).every(row => rows[row] === others[row]);
  });
}

/** The patch levels of a version that compile differently, newest first: of those that compile alike the newest. */
export function patchLevels({ minor }: Target): readonly Target[] {
  const result: Target[] = [];
  for (let patch = NEWEST_PATCH[minor]; patch >= 0; patch--) {
    const one = target(minor, patch);
    if (!result.some(other => compilesAlike(one.dialect, other.dialect))) result.push(one);
  }
  return result;
}
