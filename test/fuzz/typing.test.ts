// Pieces of a standard library's files are taken out and typed again: while the text is broken, the functions and
// classes that have nothing to do with it keep their code objects. The seed is fixed, the floor measured.
import assert from 'node:assert/strict';
import { analyze, type Analysis } from '../../server/src/python/index.ts';
import { parseTarget, type Target } from '../../server/src/python/versions/target.ts';
import { folderSources, libraryFolder } from '../oracle/corpora.ts';
import { findInterpreters } from '../oracle/interpreters.ts';
import { randomNumbers } from '../oracle/mutations.ts';
import { piecesOf, retype, type Loss, type Piece } from '../support/retyping.ts';

const FILES = [
  'argparse.py',
  'asyncio/locks.py',
  'asyncio/queues.py',
  'contextlib.py',
  'dataclasses.py',
  'fractions.py',
  'functools.py',
  'gettext.py',
  'queue.py',
  'selectors.py',
  'shlex.py',
  'textwrap.py',
];
const SEED = 20_267;
/** Pieces that are typed again of each file and for each version. */
const PIECES = 1;
/** Share of the other code objects that may be lost or changed, on average over all strokes. */
const FLOOR = 0.001;

function pick(pieces: readonly Piece[], what: string, random: (below: number) => number): Piece | undefined {
  const such = pieces.filter(piece => piece.what === what);
  return such.length > 0 ? such[random(such.length)] : undefined;
}

describe('typing again', function () {
  this.timeout(120_000);
  this.slow(30_000);
  const sources = new Map<string, string>();

  before(async () => {
    const interpreters = await findInterpreters();
    for (const { name, read } of folderSources(await libraryFolder(interpreters.at(-1)!, interpreters))) {
      if (FILES.includes(name)) sources.set(name, Buffer.from(read()).toString('utf8'));
    }
    assert.equal(sources.size, FILES.length, 'no standard library to take sources from');
  });

  for (const version of ['3.8', '3.11', '3.13', '3.14']) {
    it(`as ${version}: other functions keep their code objects`, () => {
      const target: Target = parseTarget(version)!;
      const random = randomNumbers(SEED + target.minor);
      const losses = new Map<string, Loss>();
      let worst = { missing: 0, text: '' };
      let turn = 0;
      for (const text of sources.values()) {
        const whole: Analysis = analyze(text, target);
        // Newer libraries say what older versions cannot.
        if (whole.errors.length > 0) continue;
        const pieces = piecesOf(whole);
        const kinds = [...new Set(pieces.map(({ what }) => what))].sort();
        for (let n = 0; n < PIECES; n++, turn++) {
          const piece = pick(pieces, kinds[turn % kinds.length], random);
          if (!piece) continue;
          const { compared, lost } = retype(whole, piece, target, turn % 4 === 3, (broken, facts) => {
            if (facts.length > worst.missing) worst = { missing: facts.length, text: broken };
          });
          const loss = losses.get(piece.what) ?? { compared: 0, lost: 0 };
          losses.set(piece.what, { compared: loss.compared + compared, lost: loss.lost + lost });
        }
      }
      const total = { compared: 0, lost: 0 };
      for (const { compared, lost } of losses.values()) {
        total.compared += compared;
        total.lost += lost;
      }
      assert.ok(total.compared > 1000, 'nothing was compared');
      const rates = [...losses].map(([what, { compared, lost }]) => `${what} ${lost}/${compared}`).join(', ');
      assert.ok(total.lost / total.compared <= FLOOR, `${rates}; the most are missing of:\n${worst.text}`);
    });
  }
});
