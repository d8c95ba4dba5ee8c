// The READMEs: that their tables of commands and settings are those of the manifest, and that every text of it is there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { READMES, withTables } from '../server/tools/manifestTables.ts';

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

describe('the READMEs', () => {
  for (const name of READMES) {
    it(`${name} has the commands and settings of package.json (npx tsx server/tools/manifestTables.ts)`, () =>
      assert.equal(read(name), withTables(read(name))));

    it(`${name} shows pictures that are there`, () => {
      const pictures = [...read(name).matchAll(/\]\((images\/[^)]+)\)/g)].map(([, file]) => file);
      assert.ok(pictures.length > 0);
      for (const file of pictures) assert.ok(existsSync(new URL(`../${file}`, import.meta.url)), file);
    });
  }

  it('package.nls.json has every text that package.json refers to, and no other', () => {
    const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    const known = Object.keys(JSON.parse(read('package.nls.json')) as object);
    assert.deepEqual([...new Set(used)].sort(), known.sort());
  });
});
