// How deep blocks may nest, by what takes a place among them. The limits are what the interpreters of these versions
// accept at most, found by asking them one level after another.
import assert from 'node:assert/strict';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';

const nest = (head: string, inner: string, depth: number): string => {
  const lines = Array.from({ length: depth }, (_, i) => `${' '.repeat(i + 1)}${head}\n`);
  return `def f():\n${lines.join('')}${' '.repeat(depth + 1)}${inner}\n`;
};

function handlers(depth: number): string {
  const clauses = Array.from({ length: depth }, (_, i) => {
    const margin = ' '.repeat(2 * i + 1);
    return `${margin}try: pass\n${margin}except E as e:\n`;
  });
  return `def f():\n${clauses.join('')}${' '.repeat(2 * depth + 1)}pass\n`;
}

const SHAPES: Readonly<Record<string, (depth: number) => string>> = {
  loops: depth => nest('for x in y:', 'pass', depth),
  'loops around a comprehension': depth => nest('for x in y:', '[x for x in y]', depth),
  'loops around a comprehension without variables': depth => nest('for x in y:', '[x for a.b in y]', depth),
  'loops of a generator': depth => nest('for x in y:', 'yield', depth),
  handlers,
};

const LIMITS: Readonly<Record<string, readonly number[]>> = {
  '3.8.18': [20, 20, 20, 20, 20],
  '3.9.18': [20, 20, 20, 20, 10],
  '3.12.1': [20, 20, 20, 20, 10],
  '3.13.0': [21, 21, 21, 20, 10],
  '3.13.18': [21, 20, 21, 20, 10],
  '3.14.10': [21, 20, 21, 20, 10],
  '3.15.2': [21, 20, 21, 20, 10],
};

describe('how deep blocks may nest', () => {
  for (const [version, limits] of Object.entries(LIMITS)) {
    it(version, () => {
      const target = parseTarget(version)!;
      const found = Object.values(SHAPES).map(shape => {
        let depth = 1;
        while (analyze(shape(depth + 1), target).errors.length === 0) depth++;
        return depth;
      });
      assert.deepEqual(found, limits);
    });
  }
});
