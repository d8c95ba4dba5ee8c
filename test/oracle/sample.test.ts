// A fixed sample of `npm run oracle`: every 40th file of a standard library, and generated programs, through every
// twin, against real CPython in WebAssembly, which every machine has that ran npm install.
import assert from 'node:assert/strict';
import { callSources } from './calls.ts';
import { compare } from './comparison.ts';
import { folderSources, libraryFolder, type Source } from './corpora.ts';
import { generatedSources } from './generate.ts';
import { findInterpreters, seriesOf, type Interpreter } from './interpreters.ts';
import { mutatedSources } from './mutations.ts';
import { details } from './report.ts';
import { CALL_TWINS, twinsAt } from './twins/all.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';

const TWINS = twinsAt(0);
const EVERY = 40;
const LARGEST = 60_000;
const PROGRAMS = 60;
const MUTATIONS = 40;
const CALLS = 1000;
const SEED = 1;

/** The npm packages: a series that is missing here was not installed. */
const SERIES = ['3.12', '3.13', '3.14', '3.15'];

describe('CPython in WebAssembly', function () {
  this.timeout(120_000);
  this.slow(60_000);
  let all: readonly Interpreter[];
  let interpreters: readonly Interpreter[];

  before(async () => {
    all = await findInterpreters();
    interpreters = all.filter(({ kind }) => kind === 'pyodide');
  });

  it('is there', () => assert.deepEqual(interpreters.map(seriesOf), SERIES));

  for (const series of SERIES) {
    const find = (): Interpreter => interpreters.find(interpreter => seriesOf(interpreter) === series)!;

    const same = async (corpus: string, sources: readonly Source[], twins = TWINS): Promise<void> => {
      const interpreter = find();
      const tallies = await compare({ interpreter, sources, twins, drill: 10, progress: () => {} });
      const rows = Object.entries(tallies).map(([twin, tally]) => ({ interpreter, corpus, twin, tally }));
      for (const { twin, tally } of rows) assert.ok(tally.files + tally.unanswered === sources.length, twin);
      assert.equal(rows.map(row => details(row, 3)).join(''), '');
    };

    it(`${series}: every ${EVERY}th file of its library, ${TWINS.map(({ name }) => name).join(', ')}`, async () => {
      const library = folderSources(await libraryFolder(find(), []));
      const sources = library.filter(
        (source, index) => index % EVERY === 0 && source.read().length < LARGEST,
      );
      assert.ok(sources.length > 5);
      await same('stdlib', sources);
    });

    it(`${series}: ${PROGRAMS} generated programs`, async () => {
      const target = parseTarget(find().version)!;
      await same(
        'generated',
        generatedSources(PROGRAMS, SEED, target),
        TWINS.filter(({ name }) => name !== 'errors'),
      );
    });

    it(`${series}: what ${CALLS} generated calls bind`, () =>
      same('calls', callSources(CALLS, SEED), CALL_TWINS));

    it(`${series}: ${MUTATIONS} mutated files, accepted or refused alike`, async () => {
      const interpreter = find();
      const library = folderSources(await libraryFolder(interpreter, []));
      const sources = mutatedSources(library, MUTATIONS, SEED);
      const twins = TWINS.filter(({ name }) => name === 'errors');
      const { errors } = await compare({ interpreter, sources, twins, drill: MUTATIONS, progress: () => {} });
      const verdicts = Object.keys(errors.classes).filter(name => name.includes('by CPython: '));
      assert.deepEqual(verdicts, []);
    });
  }
});
