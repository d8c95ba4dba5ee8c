// A class head in which `async` stands without a clause: refused where CPython refuses it, never thrown at.
import assert from 'node:assert/strict';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';

/** The offset of "invalid syntax": what 3.9.18 and 3.13.0 say of it. */
const SOURCES: readonly (readonly [source: string, before310: number, later: number])[] = [
  ['class C([**async class C(\n', 9, 9],
  ['class C([**async \n', 9, 9],
  ['class C([**async class C(1: pass\n', 9, 9],
  ['class C(a async)\n', 15, 10],
  ['class C(x async: pass\n', 15, 10],
];

describe('a class head with async', () => {
  for (const [source, before310, later] of SOURCES) {
    it(JSON.stringify(source), () => {
      for (const [version, expected] of [['3.9', before310] as const, ['3.13', later] as const]) {
        const [error] = analyze(source, parseTarget(version)!).errors;
        assert.equal(error.msg, 'invalid syntax');
        assert.equal(error.start, expected, version);
      }
    });
  }
});
