// LineIndex against the plain definition of lines and UTF-8 columns, and that its work grows with the text alone.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineIndex } from '../../../server/src/python/text/lineIndex.ts';

/** Every offset that is not between the halves of a surrogate pair: [offset, line, UTF-8 column]. */
function places(text: string): [number, number, number][] {
  const found: [number, number, number][] = [];
  let [offset, line, column] = [0, 1, 0];
  for (const character of text) {
    found.push([offset, line, column]);
    const breaks = character === '\n' || (character === '\r' && text[offset + 1] !== '\n');
    column = breaks ? 0 : column + Buffer.byteLength(character);
    if (breaks) line++;
    offset += character.length;
  }
  found.push([offset, line, column]);
  return found;
}

const PIECES = ['a', 'é', '世', '𝔘', '\n', '\r', '\r\n', 'x'.repeat(130), 'é'.repeat(90), '𝔘'.repeat(70)];

describe('LineIndex', () => {
  it('knows the line and column of every offset, in whatever order it is asked', () => {
    const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 });
    fc.assert(
      fc.property(pieces, fc.infiniteStream(fc.nat()), (parts, numbers) => {
        const text = parts.join('');
        const lines = new LineIndex(text);
        const all = places(text);
        const shuffled = all.map(place => [numbers.next().value as number, place] as const);
        for (const [, [offset, line, column]] of shuffled.sort(([a], [b]) => a - b)) {
          assert.deepEqual([lines.lineno(offset), lines.colOffset(offset)], [line, column], `at ${offset}`);
        }
      }),
      { numRuns: 300 },
    );
  });

  /**
   * How many code units are read one by one for the line and column of every 16th offset, from the last to the first.
   * What the engine searches itself does not count.
   */
  function reads(line: string): number {
    let count = 0;
    const counted = {
      length: line.length,
      charCodeAt: (at: number) => (count++, line.charCodeAt(at)),
      indexOf: (text: string, from: number) => line.indexOf(text, from),
      toString: () => line,
    } as unknown as string;
    const lines = new LineIndex(counted);
    for (let offset = line.length; offset >= 0; offset -= 16) lines.colOffset(offset);
    return count / line.length;
  }

  it('reads a long line a few times only, not once for each place in it', () => {
    const line = (length: number): string => `é = ${'name, '.repeat(length / 6)}`;
    assert.ok(reads(line(60_000)) < 20);
    assert.ok(reads(line(480_000)) < 1.1 * reads(line(60_000)));
  });
});
