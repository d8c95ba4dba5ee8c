// Version specifiers as `requires-python` has them, `>=3.9, <4`: which of the targets they allow.
// https://packaging.python.org/en/latest/specifications/version-specifiers/
import { parseTarget, TARGETS, type Target } from './target.ts';

/** An operator and the numbers of a version; `isPrefix` for `3.12.*`. */
interface Clause {
  readonly operator: string;
  readonly numbers: readonly number[];
  readonly isPrefix: boolean;
}

/**
 * The oldest series that the specifiers allow, at the newest patch level that they allow: what is written for several
 * versions must be right for the first of them. Undefined if they allow none that is known, or make no sense.
 */
export function oldestAllowed(specifiers: string): Target | undefined {
  const clauses = specifiers
    .split(',')
    .filter(text => text.trim() !== '')
    .map(readClause);
  if (clauses.length === 0 || clauses.includes(undefined)) return undefined;
  for (const { minor, patch: newest, series } of TARGETS) {
    for (let patch = newest; patch >= 0; patch--) {
      if (clauses.every(clause => allows(clause!, [3, minor, patch])))
        return parseTarget(`${series}.${patch}`);
    }
  }
  return undefined;
}

function readClause(text: string): Clause | undefined {
  const match = /^\s*(~=|===?|!=|<=|>=|<|>)\s*v?(\d+(?:\.\d+)*)(\.\*)?(?:(?:a|b|rc)\d+)?\s*$/.exec(text);
  if (!match) return undefined;
  return { operator: match[1], numbers: match[2].split('.').map(Number), isPrefix: match[3] !== undefined };
}

function allows({ operator, numbers, isPrefix }: Clause, version: readonly number[]): boolean {
  const order = compare(version, numbers);
  const isBelow = (prefix: readonly number[]): boolean => prefix.every((number, i) => version[i] === number);
  switch (operator) {
    case '~=':
      return order >= 0 && isBelow(numbers.slice(0, -1));
    case '!=':
      return isPrefix ? !isBelow(numbers) : order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return isPrefix ? isBelow(numbers) : order === 0;
  }
}

/** Missing numbers count as 0. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
