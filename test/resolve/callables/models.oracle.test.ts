// What the library makes of functions and classes, beside inspect.signature() in real interpreters: every item of
// library_models.py has the same signature.
import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalize } from '../../../server/src/resolve/program/paths.ts';
import { libraryFolder } from '../../oracle/corpora.ts';
import { compareSignatures, signaturesOf } from '../../oracle/signatures.ts';
import { judges } from '../../support/python.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

describe('models of the library', function () {
  this.timeout(120_000);

  it('describe every function, method and class as inspect does', async () => {
    const found: [string, object][] = [];
    for (const { interpreter } of await judges()) {
      const records = await signaturesOf(interpreter, ['library_models'], FOLDER);
      assert.equal(records[0].error, undefined);
      const tally = compareSignatures({
        interpreter,
        library: normalize(await libraryFolder(interpreter, [])),
        folder: normalize(path.resolve(FOLDER)),
        records,
        progress: () => {},
      });
      found.push([interpreter.version, tally.classes]);
      assert.ok(tally.items > 150);
    }
    assert.ok(found.length > 0);
    assert.deepEqual(
      found,
      found.map(([version]) => [version, {}]),
    );
  });
});
