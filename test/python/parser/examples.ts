// Reads fixtures that are written like documentation: a sentence, a block of Python, then for each range of versions
// what CPython says of it.
import { readFileSync } from 'node:fs';
import { type Target, TARGETS } from '../../../server/src/python/versions/target.ts';

export interface Example {
  readonly title: string;
  readonly source: string;
  readonly withPositions: boolean;
  readonly expected: ReadonlyMap<Target, string>;
}

export function readExamples(file: string): Example[] {
  const parts = readFileSync(file, 'utf8').split(/^```python\n/m);
  return parts.slice(1).map((part, i) => {
    const end = part.search(/^```\n/m);
    const title = parts[i].trimEnd().split('\n').at(-1) ?? '';
    const expected = new Map<Target, string>();
    const ranges = part.slice(end).matchAll(/^3\.(\d+)(?:-3\.(\d+))?\n\n```text\n(.*?)\n```$/gms);
    for (const [, first, last = first, text] of ranges) {
      for (const target of TARGETS) {
        if (target.minor >= Number(first) && target.minor <= Number(last)) expected.set(target, text);
      }
    }
    return { title, source: part.slice(0, end), withPositions: title.includes('(with positions)'), expected };
  });
}
