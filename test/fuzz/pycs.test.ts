// A short run of the fuzzer of .pyc files; `npm run fuzz:pyc` is the long one.
import assert from 'node:assert/strict';
import { damagedFile, examinePyc, wholeFiles } from './pycInputs.ts';

describe('damaged .pyc files', function () {
  this.timeout(120_000);
  this.slow(20_000);

  it('are read or refused, in bounded time', () => {
    const files = wholeFiles();
    assert.ok(files.length > 40);
    let read = 0;
    for (let index = 0; index < 1400; index++) {
      const input = damagedFile(7, index, files);
      const begun = process.cpuUsage();
      if (examinePyc(input)) read++;
      const { user, system } = process.cpuUsage(begun);
      assert.ok(user + system < 5_000_000, `input ${index} (${input.kind}) takes ${(user + system) / 1e6} s`);
    }
    // Some damage leaves a file that can be read, or nothing is printed and compared here.
    assert.ok(read > 100 && read < 1300, String(read));
  });
});
