// Bytes to text: what decodes, and what CPython says of what does not, against every CPython of this machine.
import assert from 'node:assert/strict';
import { analyze, analyzeBytes } from '../../../server/src/python/index.ts';
import { decodeSource } from '../../../server/src/python/text/decode.ts';
import { undecodedMessage } from '../../../server/src/python/text/utf8.ts';
import { type Target, TARGETS } from '../../../server/src/python/versions/target.ts';
import { askPython, judges } from '../../support/python.ts';

/** Bytes written as a string: each character is one. */
const bytes = (text: string): Uint8Array => Uint8Array.from(text, c => c.charCodeAt(0));

const BOM = '\xef\xbb\xbf';

/** Sources with one string, which tells how they were decoded. */
const READABLE = [
  "x = 'a'",
  `${BOM}x = 'a'`,
  "x = '\xc3\xa9'\r\n",
  "# coding: latin-1\nx = '\xe9'",
  "\n# -*- coding: latin-1 -*-\nx = '\xe9'",
  " \t\f# vim: set fileencoding=ISO_8859_1 :\rx = '\xe9'",
  "# coding: latin-1-unix\nx = '\xe9'",
  "# coding: iso-8859-15\nx = '\xa4'",
  "# coding: cp1252\nx = '\x80'",
  "# coding: koi8-r\nx = '\xc1'",
  "# coding: cp437\nx = '\x81'",
  "# coding: mac_roman\nx = '\x80'",
  "# coding: euc-jp\nx = '\xa4\xa2'",
  "# coding: shift_jis\nx = '\x82\xa0'",
  "# coding: gbk\nx = '\xb0\xa1'",
  "# coding: big5\nx = '\xa4\xa4'",
  "# coding: euc_kr\nx = '\xb0\xa1'",
  "# coding: UTF-8\nx = '\xe2\x82\xac'",
  "# coding : foo\nx = 'a'",
  "x = 'a'\n# coding: foo",
  "'''\n# coding: latin-1\n\xc3\xa9'''; x = 'a'",
  `${BOM}# coding: UTF_8\nx = 'a'`,
  "# coding: utf-7\nx = '+AOk-'",
  "# coding: utf7\nx = 'a+-b'",
];

/** Sources that CPython does not begin to read, but for the last: those it did read up to 3.13. */
const REFUSED = [
  '# coding: foo\nx=1',
  '# coding: foo',
  '#coding:  foo.bar-baz_1\n',
  '# coding: windows_31j\n\x81',
  '# coding: 874\n\x81',
  '# coding: cskoi8u\n# coding: foo',
  `${BOM}# coding: latin-1\n`,
  `${BOM}\n  # coding: utf8 or so\nx=1`,
  'x=1\0',
  "# coding: ascii\nx='\xe9'",
  "# coding: ascii\r\n\r\nx='\xe9'",
  "# coding: utf8\nx='\xe9'",
  "# coding: utf8\nx='\xf0\x9f\x98'",
  "# coding: utf8\nx='\xff'",
  "# coding: cp1252\nx='\x81'",
  "# coding: euc-jp\nx='\xff'",
  '# coding: rot13\n',
  '# coding: hex\n',
  '# coding: utf-7\nx = a + b\n',
  '# coding: utf-7\nx = 1 # \xe9\n',
  '# coding: utf-16\nx = 1\n',
  '# \xff\n',
  "y=1\r\nx='\xc3\xa9\xe9'",
];

describe('decodeSource', function () {
  this.timeout(60_000);

  it('reads what CPython reads', () =>
    againstCPython(READABLE, (source, answer, target) => {
      const { text, error } = decodeSource(bytes(source), target.dialect.tokenizer);
      assert.equal(error, undefined);
      const { strings } = answer as { strings: string[] };
      const constant = strings.at(-1) as string;
      assert.ok(text.includes(`'${constant}'`), `${JSON.stringify(text)} should have ${constant}`);
    }));

  it('refuses in the same words and places', () =>
    againstCPython(REFUSED, (source, answer, target) => {
      const { text, error } = decodeSource(bytes(source), target.dialect.tokenizer);
      assert.ok(!error || error.end <= text.length);
      if (!error) {
        // Up to 3.13 it is a matter of each token.
        assert.ok(!Array.isArray(answer) || String(answer[1]).startsWith('(unicode error)'), String(answer));
      } else {
        const { lineno = null, offset = null, end_lineno = null, end_offset = null } = error.position ?? {};
        assert.deepEqual([error.type, error.msg, lineno, offset, end_lineno, end_offset], answer);
      }
    }));

  it('refuses null characters of a str as those of bytes', () => {
    for (const source of ['\0', 'x=1\0', '# \0\n', "'\0'"])
      for (const target of TARGETS) {
        const [ofText] = analyze(source, target).errors;
        assert.deepEqual(ofText, analyzeBytes(bytes(source), target).errors[0]);
        assert.match(ofText.msg, /null bytes/);
      }
  });

  it('keeps bytes that are not UTF-8, for what CPython up to 3.13 says of names and strings', () => {
    const dialect = TARGETS[0].dialect.tokenizer;
    const check = (literal: string, message: string | undefined): void => {
      const { text } = decodeSource(bytes(literal), dialect);
      assert.equal(undecodedMessage(text, 0, text.length), message);
    };
    check('abc', undefined);
    check('\xc3\xa9\xff', "'utf-8' codec can't decode byte 0xff in position 2: invalid start byte");
    check('\xe2\x82', "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data");
    check('\xed\xa0\x80', "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte");
  });
});

async function againstCPython(
  sources: readonly string[],
  compare: (source: string, answer: unknown, target: Target) => void,
): Promise<void> {
  const all = await judges();
  assert.ok(all.length > 0, 'no CPython on this machine');
  for (const { interpreter, target } of all) {
    const question = sources.map(source => Array.from(bytes(source)));
    const answers = (await askPython(interpreter, 'refusals.py', question)) as unknown[];
    sources.forEach((source, i) => {
      try {
        compare(source, answers[i], target);
      } catch (problem) {
        throw new Error(`${interpreter.version}, ${JSON.stringify(source)}: ${String(problem)}`);
      }
    });
  }
}
