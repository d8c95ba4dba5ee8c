// The target version: whose answer it is, and that another one answers at once.
import assert from 'node:assert/strict';
import { eventually, lenses, lensOn, open, reset, set } from './support.ts';

describe('the target version', () => {
  afterEach(reset);

  it('is whose flags are shown', async () => {
    const { document } = await open('shapes.py');
    await lensOn(document, 5);
    await set('codeLens.showAllFlags', true);
    const flagsOf = async (target: string, expected: string) => {
      await set('target', target);
      await eventually(`the flags of ${target}`, async () => (await lenses(document)).includes(expected));
    };
    await flagsOf('3.8', '22: CO_OPTIMIZED | CO_NEWLOCALS | CO_NOFREE');
    await flagsOf('3.11', '22: CO_OPTIMIZED | CO_NEWLOCALS');
    await flagsOf('3.14', '22: CO_OPTIMIZED | CO_NEWLOCALS | CO_METHOD');
  });

  it('is the default if the setting makes no sense', async () => {
    const { document } = await open('shapes.py');
    await set('target', '2.7');
    assert.equal(await lensOn(document, 5), 'CO_VARARGS | CO_GENERATOR');
  });
});
