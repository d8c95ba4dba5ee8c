// Which target `requires-python` comes to. Expected values are those of the library `packaging`: the first release that
// `SpecifierSet.contains()`, series by series, the newest patch level first.
import assert from 'node:assert/strict';
import { oldestAllowed } from '../../../server/src/python/versions/specifiers.ts';

describe('the oldest target that specifiers allow', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['>=3.9', '3.9.18'],
    ['>=3.6', '3.8.18'],
    ['>=3.10, <4', '3.10.13'],
    ['~=3.9', '3.9.18'],
    ['~=3.12.0', '3.12.7'],
    ['==3.12.*', '3.12.7'],
    ['==3.11.4', '3.11.4'],
    ['>3.9', '3.9.18'],
    ['>=3.9,!=3.9.*', '3.10.13'],
    ['<3.10,>=3.9.2', '3.9.18'],
    ['>=3.13.19', '3.14.10'],
    ['===3.10.0', '3.10.0'],
    ['<=3.11', '3.8.18'],
    ['>=3.14,<3.14.3', '3.14.2'],
    ['>=3.16', undefined],
    ['!=3.8.18', '3.8.17'],
    ['== 3.12', '3.12.0'],
  ];
  for (const [specifiers, expected] of cases) {
    it(`${specifiers} is ${expected ?? 'none'}`, () =>
      assert.equal(oldestAllowed(specifiers)?.version, expected));
  }

  it('is none of what makes no sense', () => {
    for (const text of ['', ',', '3.9', '>=three', '>=3.9 or <2', '^3.9'])
      assert.equal(oldestAllowed(text), undefined, text);
  });
});
