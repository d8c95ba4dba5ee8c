// UTF-7: texts and refusals are those of CPython's codec.
import assert from 'node:assert/strict';
import { decodeUtf7 } from '../../../server/src/python/text/utf7.ts';

const decoded = (source: string) => decodeUtf7(Uint8Array.from(source, c => c.charCodeAt(0)));

describe('UTF-7', () => {
  const texts: Readonly<Record<string, string>> = {
    'x = 1\n': 'x = 1\n',
    'a+-b': 'a+b',
    '+AOk-': 'é',
    '+AOk\n': 'é\n',
    '+AOk': 'é',
    '+': '',
    '+2D3cAA-': '🐀',
  };
  for (const [source, text] of Object.entries(texts)) {
    it(`reads ${JSON.stringify(source)}`, () => assert.deepEqual(decoded(source), { text }));
  }

  const refusals: readonly [source: string, text: string, start: number, length: number, reason: string][] = [
    ['+AO\n', '\ufffd', 0, 4, 'partial character in shift sequence'],
    ['+AOkA-', 'é\ufffd', 0, 6, 'partial character in shift sequence'],
    ['x + 1\n', 'x \ufffd1\n', 2, 2, 'ill-formed sequence'],
    ['a\xe9b', 'a\ufffdb', 1, 1, 'unexpected special character'],
    ['+\xe9', '\ufffd', 0, 2, 'ill-formed sequence'],
  ];
  for (const [source, text, start, length, reason] of refusals) {
    it(`refuses ${JSON.stringify(source)}`, () =>
      assert.deepEqual(decoded(source), { text, invalid: { start, length, reason } }));
  }
});
