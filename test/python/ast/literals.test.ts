// Values of literals and their repr(), as Python has them.
import assert from 'node:assert/strict';
import {
  decodeBytes,
  decodeString,
  isLiteralError,
  parseNumber,
} from '../../../server/src/python/constants/literals.ts';
import { repr, reprFloat, reprStr } from '../../../server/src/python/constants/repr.ts';
import { ConstantType, type ConstantValue } from '../../../server/src/python/constants/values.ts';
import { shortened } from '../../../server/src/python/text/repr.ts';
import { unicodeVersion } from '../../../server/src/python/text/unicode.ts';

const NAMES = { unicodeVersion: '15.1.0', derivedNames: 'literal' } as const;

/** repr() of what a number literal means. */
function number(text: string, limited = true): string {
  const value = parseNumber(text, 0, text.length, limited);
  return isLiteralError(value) ? value.reason : repr(value);
}

/** repr() of what a str literal's body means, or the error. */
function str(body: string): string {
  const value = decodeString(body, NAMES);
  return isLiteralError(value) ? `${value.message} ${value.start}-${value.end}` : repr(value);
}

describe('number literals', () => {
  const cases: Record<string, string> = {
    '0': '0',
    '1_000': '1000',
    '0xFF_ff': '65535',
    '0o17': '15',
    '0B101': '5',
    '123456789012345678901234567890': '123456789012345678901234567890',
    '1e16': '1e+16',
    '1e15': '1000000000000000.0',
    '0.0001': '0.0001',
    '0.00001': '1e-05',
    '1.5E-7': '1.5e-07',
    '.5': '0.5',
    '5.': '5.0',
    '1e400': 'inf',
    '1j': '1j',
    '1.50J': '1.5j',
    '1e400j': 'infj',
    '00': '0',
  };
  for (const [text, expected] of Object.entries(cases)) {
    it(`${text} is ${expected}`, () => {
      assert.equal(number(text), expected);
    });
  }

  it('decimals of more than 4300 digits have no value, where there is a limit', () => {
    assert.equal(number('1'.repeat(4301)), 'digits');
    assert.equal(number('1'.repeat(4301), false).length, 4301);
    assert.equal(number('0x' + '1'.repeat(5000)).length > 4300, true);
  });
});

describe('str literals', () => {
  it('read their escapes', () => {
    assert.equal(str('\\x41\\u00e9\\101\\8\\n\\q'), String.raw`'AéA\\8\n\\q'`);
    assert.equal(str('\\N{BULLET}\\\n\\U0001F600'), "'•😀'");
    assert.equal(str('\\777'), "'ǿ'");
  });

  it('keep surrogates apart', () => {
    assert.equal(str('\\ud83d\\ude00'), String.raw`'\ud83d\ude00'`);
    assert.equal(str('😀\\udc00'), String.raw`'😀\udc00'`);
  });

  it('say where an escape is broken, in bytes of what CPython decodes', () => {
    assert.equal(str('a\\x4'), 'truncated \\xXX escape 1-3');
    assert.equal(str('é\\u12'), 'truncated \\uXXXX escape 10-13');
    assert.equal(str('\\U00110000'), 'illegal Unicode character 0-9');
    assert.equal(str('\\N{NO SUCH NAME}'), 'unknown Unicode character name 0-15');
    assert.equal(str('\\N'), 'malformed \\N character escape 0-1');
  });
});

describe('bytes literals', () => {
  it('read their escapes, but none for Unicode', () => {
    const value = decodeBytes('\\x00\\377a\\u1234\\\'"', false);
    assert.ok(!isLiteralError(value));
    assert.equal(repr(value), String.raw`b'\x00\xffa\\u1234\'"'`);
  });
});

describe('repr', () => {
  it('of floats is the shortest that reads back', () => {
    const values: [number, string][] = [
      [-0, '-0.0'],
      [0.1, '0.1'],
      [1 / 3, '0.3333333333333333'],
      [1e22, '1e+22'],
      [123456789012345680, '1.2345678901234568e+17'],
      [5e-324, '5e-324'],
    ];
    for (const [value, expected] of values) assert.equal(reprFloat(value), expected);
  });

  it('of str prefers single quotes', () => {
    assert.equal(reprStr({ value: `it's` }), `"it's"`);
    assert.equal(reprStr({ value: `'"` }), String.raw`'\'"'`);
  });

  it('is cut where somebody wants no more than its beginning', () => {
    const int = (value: bigint): ConstantValue => ({ type: ConstantType.Int, value });
    const str = (value: string): ConstantValue => ({ type: ConstantType.Str, value });
    const items = [int(300n), str('\u0001"'), int(-7n), str('🐍'.repeat(40)), int(1n << 200n)];
    const values: ConstantValue[] = [
      { type: ConstantType.Tuple, items: [...items, { type: ConstantType.FrozenSet, items }] },
      { type: ConstantType.Bytes, value: Uint8Array.from({ length: 90 }, (_, i) => i) },
      { type: ConstantType.Slice, start: int(1n), stop: str("it's"), step: int(3n) },
      ...items,
    ];
    for (const value of values) {
      const whole = repr(value);
      for (let most = 2; most < whole.length + 3; most++) {
        const cut = repr(value, undefined, most);
        if (whole.length <= most) assert.equal(cut, whole);
        assert.equal(shortened(cut, most), shortened(whole, most), `${most} of ${whole}`);
      }
    }
    // No decimal digits of what has too many of them.
    assert.equal(repr(int(-(1n << 400_000n)), undefined, 10).slice(0, 8), '-0x10000');
  });

  it('of str shows what prints in the version of Unicode', () => {
    assert.equal(reprStr({ value: '\u0000\u007f\u00a0\u200b' }), String.raw`'\x00\x7f\xa0\u200b'`);
    assert.equal(reprStr({ value: '\u2ffc' }, unicodeVersion('15.0.0')), String.raw`'\u2ffc'`);
    assert.equal(reprStr({ value: '\u2ffc' }, unicodeVersion('15.1.0')), `'\u2ffc'`);
  });
});
