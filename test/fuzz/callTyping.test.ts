// A fixed sample of `npm run fuzz:calls`: calls of a standard library typed again into their files.
import assert from 'node:assert/strict';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { libraryFolder } from '../oracle/corpora.ts';
import { findInterpreters } from '../oracle/interpreters.ts';
import { retypeCalls } from '../support/callsRetyped.ts';

describe('typing calls', function () {
  this.timeout(120_000);
  this.slow(30_000);

  it('the active parameter is right at every stroke, other functions keep their code objects', async () => {
    const interpreters = await findInterpreters();
    const interpreter = interpreters.at(-1)!;
    const library = await libraryFolder(interpreter, interpreters);
    const target = parseTarget(interpreter.version) ?? parseTarget('3.14')!;
    const { calls, strokes, slips, loss } = await retypeCalls(
      { library, target, calls: 60, seed: 20_268, mostText: 30_000, compareEvery: 6 },
      () => {},
    );
    assert.ok(calls === 60 && strokes > 500 && loss.compared > 500, 'hardly anything was typed');
    const [slip] = slips;
    assert.equal(slips.length, 0, slip && `${slip.file}, ${slip.label}: ${slip.expected}, not ${slip.found}`);
    assert.equal(loss.lost, 0);
  });
});
