// For the tests of inspect: what expressions are worth in every CPython of this machine, one for each minor version.
import { askPython, judges, type Judge } from '../../support/python.ts';

/** The value as JSON, or what was raised. */
export type Worth = { readonly value: unknown } | { readonly error: string; readonly message: string };

/** What a source's expressions are worth, for each judge; those whose version refuses the source are left out. */
export async function worths(
  source: string,
  expressions: readonly string[],
): Promise<(readonly [Judge, readonly Worth[]])[]> {
  const answers = await Promise.all(
    (await judges()).map(async judge => {
      const question = [[source, expressions]];
      const [answer] = (await askPython(judge.interpreter, 'worths.py', question)) as (Worth[] | null)[];
      return answer ? ([[judge, answer]] as const) : [];
    }),
  );
  return answers.flat();
}

/** Calls `check` with every expression's worth in every version. */
export async function judged(
  source: string,
  expressions: readonly string[],
  check: (judge: Judge, worth: Worth, index: number) => void,
): Promise<void> {
  const all = await worths(source, expressions);
  if (all.length === 0) throw new Error('no CPython on this machine, or none that takes the source');
  for (const [judge, answers] of all) answers.forEach((worth, i) => check(judge, worth, i));
}
