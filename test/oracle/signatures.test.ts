// A fixed sample of `npm run oracle -- inspect`: modules of the standard library, against CPython in WebAssembly.
import assert from 'node:assert/strict';
import { normalize } from '../../server/src/resolve/program/paths.ts';
import { libraryFolder } from './corpora.ts';
import { findInterpreters } from './interpreters.ts';
import { compareSignatures, signaturesOf } from './signatures.ts';

const MODULES = [
  'argparse', 'calendar', 'collections', 'configparser', 'contextlib', 'dataclasses', 'enum', 'functools',
  'importlib.resources.abc', 'inspect', 'ipaddress', 'json.decoder', 'pathlib', 'pstats', 're', 'shelve', 'tarfile',
  'types', 'unittest.mock', 'weakref', 'zipfile',
]; // prettier-ignore

describe('signatures of the standard library', function () {
  this.timeout(120_000);
  this.slow(60_000);

  it(`${MODULES.length} modules, as inspect in WebAssembly has them`, async () => {
    const found: [string, object][] = [];
    const interpreters = (await findInterpreters()).filter(({ kind }) => kind === 'pyodide');
    for (const interpreter of interpreters) {
      const records = await signaturesOf(interpreter, MODULES);
      const library = normalize(await libraryFolder(interpreter, []));
      const tally = compareSignatures({ interpreter, library, records, progress: () => {} });
      found.push([interpreter.version, tally.classes]);
      assert.ok(tally.items > 1000, interpreter.version);
    }
    assert.ok(found.length > 0);
    assert.deepEqual(
      found,
      found.map(([version]) => [version, {}]),
    );
  });
});
