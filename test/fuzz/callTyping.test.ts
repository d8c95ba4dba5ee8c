// A fixed sample of `npm run fuzz:calls`: calls of a standard library typed again into their files.
import assert from 'node:assert/strict';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { libraryFolder } from '../oracle/corpora.ts';
import { findInterpreters } from '../oracle/interpreters.ts';
import { retypeCalls } from '../support/callsRetyped.ts';

describe('typing calls', function () {
  this.timeout(240_000);
  this.slow(30_000);

  it('the active parameter is right at every stroke, other functions keep their code objects', async () => {
    const interpreters = await findInterpreters();
    const interpreter = interpreters.at(-1)!;
    const library = await libraryFolder(interpreter, interpreters);
    const target = parseTarget(interpreter.version) ?? parseTarget('3.14')!;
    const { calls, strokes, slips, loss } = await retypeCalls(
      { library, target, calls: 30, seed: 20_268, mostText: 15_000, compareEvery: 3 },
      () => {},
    );
    assert.ok(calls === 30 && strokes > 300 && loss.compared > 50, `${calls}, ${strokes}, ${loss.compared}`);
    const [slip] = slips;
    assert.equal(slips.length, 0, slip && `${slip.file}, ${slip.label}: ${slip.expected}, not ${slip.found}`);
    assert.equal(loss.lost, 0);
  });
});
