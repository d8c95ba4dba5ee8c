// A sample of `npm run fuzz`, from the seed that it has: damaged programs and texts that are none through all passes
// and features, for all targets.
import assert from 'node:assert/strict';
import { libraryFolder } from '../oracle/corpora.ts';
import { findInterpreters } from '../oracle/interpreters.ts';
import { examine } from './examine.ts';
import { fuzzInput, libraryCorpus } from './inputs.ts';

const SEED = 20_270;
const INPUTS = 1000;
/** Processor time; twice what `npm run fuzz` lets pass, as the first inputs compile what is hot. */
const TOO_LONG_MS = 2000;

describe('inputs of the fuzzer', function () {
  this.timeout(240_000);
  this.slow(60_000);

  it('no pass or feature throws, none takes long', async () => {
    const interpreters = await findInterpreters();
    const corpus = libraryCorpus(await libraryFolder(interpreters.at(-1)!, interpreters));
    for (let index = 0; index < INPUTS; index++) {
      const input = fuzzInput(SEED, index, corpus);
      const { findings, milliseconds, slowestStep } = examine(input);
      const what = `input ${index} (${input.kind}), ${input.target.version}`;
      assert.deepEqual(findings, [], what);
      assert.ok(milliseconds < TOO_LONG_MS, `${what}: ${milliseconds} ms, most of them in ${slowestStep}`);
    }
  });
});
