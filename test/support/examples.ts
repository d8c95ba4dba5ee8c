// Examples in Markdown, as documentation has them: a block of Python, then for each range of versions a line that
// says it, such as `3.8-3.11`, and a block of text: what that version's CPython answers.
import { type Target, TARGETS } from '../../server/src/python/versions/target.ts';

export interface Example {
  readonly source: string;
  /** What each version answers; versions without a range are not asked. */
  readonly expected: ReadonlyMap<Target, string>;
}

export function readExamples(markdown: string): Example[] {
  return markdown
    .split(/^```python\n/m)
    .slice(1)
    .map(part => {
      const end = part.search(/^```\n/m);
      const [source, rest] = [part.slice(0, end), part.slice(end)];
      const expected = new Map<Target, string>();
      for (const [, first, last = first, text] of rest.matchAll(
        /^3\.(\d+)(?:-3\.(\d+))?\n\n```text\n(.*?)\n```$/gms,
      )) {
        for (const target of TARGETS) {
          if (target.minor >= Number(first) && target.minor <= Number(last)) expected.set(target, text);
        }
      }
      return { source, expected };
    });
}

/** The first lines of a source in one, for a test's name. */
export const titleOf = (source: string): string => source.trimEnd().split('\n').slice(0, 3).join(' ⏎ ');
