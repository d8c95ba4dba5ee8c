// `\N{…}`: what unicodedata.lookup() of each version answers. The answers were asked of the interpreters.
import assert from 'node:assert/strict';
import { lookupCharacterName, type DerivedNames } from '../../../server/src/python/text/characterNames.ts';

function check(
  unicode: string,
  rule: DerivedNames,
  answers: Readonly<Record<string, number | undefined>>,
): void {
  for (const [name, expected] of Object.entries(answers)) {
    assert.equal(lookupCharacterName(name, unicode, rule), expected, `${name} in Unicode ${unicode}`);
  }
}

describe('lookupCharacterName', () => {
  it('reads names in any case, and aliases', () => {
    check('12.1.0', 'literal', {
      'EM DASH': 0x2014,
      'em dash': 0x2014,
      NULL: 0,
      'LATIN SMALL LETTER GHA': 0x1a3,
      'nushu character-1b170': 0x1b170,
      'EM DASH ': undefined,
      '': undefined,
    });
  });

  it('has no named sequences, as a literal may not use them', () => {
    check('17.0.0', 'canonical', { 'KEYCAP DIGIT ONE': undefined });
  });

  it('knows only the characters of the version', () => {
    check('12.1.0', 'literal', { 'KHITAN SMALL SCRIPT CHARACTER-18B00': undefined });
    check('14.0.0', 'literal', { 'KHITAN SMALL SCRIPT CHARACTER-18B00': 0x18b00 });
    check('15.1.0', 'literal', { 'EGYPTIAN HIEROGLYPH-13460': undefined });
    check('16.0.0', 'literal', { 'EGYPTIAN HIEROGLYPH-13460': 0x13460 });
  });

  it('names Hangul and ideographs by rule: in capitals up to 3.14.2', () => {
    check('15.1.0', 'literal', {
      'HANGUL SYLLABLE GGA': 0xae4c,
      'HANGUL SYLLABLE H': undefined,
      'hangul syllable gga': undefined,
      'CJK UNIFIED IDEOGRAPH-04E00': 0x4e00,
      'CJK UNIFIED IDEOGRAPH-4e00': undefined,
      'TANGUT IDEOGRAPH-17000': undefined,
    });
  });

  it('and in any case, as the Standard writes them, since', () => {
    check('15.1.0', 'canonical', {
      'hangul syllable gga': 0xae4c,
      'CJK UNIFIED IDEOGRAPH-04E00': undefined,
      'Cjk Unified Ideograph-4e00': 0x4e00,
      'TANGUT IDEOGRAPH-17000': 0x17000,
      'TANGUT IDEOGRAPH-187F8': undefined,
    });
    check('17.0.0', 'canonical', { 'TANGUT IDEOGRAPH-187F8': 0x187f8 });
  });
});
