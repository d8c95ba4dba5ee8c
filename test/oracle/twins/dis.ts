// Listings of whole modules: the text of `dis`, with the options that the version has, character by character.
import { listing } from '../../../server/src/python/dis/listing.ts';
import { Analysis } from '../../../server/src/python/index.ts';
import type { DisOption } from '../../../server/src/python/versions/disDialect.ts';
import { compareLines, unlessRefused, type LeveledTwin } from './twin.ts';

/** What we say of a source whose bytecode met a limit. */
const NOTHING = 'no bytecode';

/** In the order of listings.py. */
const OPTIONS: readonly DisOption[] = ['caches', 'offsets', 'positions', 'specialized'];

export const disTwin: LeveledTwin = {
  name: 'dis',
  script: 'listings',

  ours({ text, target, decodingError }, bytes, optimize) {
    const analysis = new Analysis(text, target, decodingError, optimize);
    return unlessRefused(analysis.errors[0], () => {
      const options = {
        dialect: target.dialect,
        bytecode: analysis.bytecode.bind(analysis),
        filename: '<source>',
      };
      const texts: string[] = [];
      for (const shown of optionSets(target.dialect.dis.options, bytes.length)) {
        const one = listing(analysis.code, { ...options, show: new Set(shown) });
        if (one === undefined) return NOTHING;
        texts.push(sortedSets(one));
      }
      return texts.join('\n');
    });
  },

  compare: compareLines,
};

/** None, some that the number of the source's bytes decides on, all. */
function optionSets(of: readonly DisOption[], number: number): (readonly DisOption[])[] {
  const options = OPTIONS.filter(option => of.includes(option));
  if (options.length === 0) return [[]];
  return [[], options.filter((_, i) => ((number >> i) & 1) === 1), options];
}

/** The characters of lines with frozen sets are sorted: the order of what is in them can depend on addresses. */
function sortedSets(text: string): string {
  if (!text.includes(UNORDERED)) return text;
  const sorted = (line: string): string => Array.from(line).sort(byCodePoint).join('');
  return text
    .split('\n')
    .map(line => (line.includes(UNORDERED) ? sorted(line) : line))
    .join('\n');
}

const UNORDERED = 'frozenset({';

const byCodePoint = (a: string, b: string): number => a.codePointAt(0)! - b.codePointAt(0)!;
