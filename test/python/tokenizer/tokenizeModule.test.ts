// What `colens tokens` prints is what `python -m tokenize -e` prints, of sources full of oddities; against every CPython of this machine.
import assert from 'node:assert/strict';
import { tokenizeModule } from '../../../server/src/python/tokenizer/tokenizeModule.ts';
import { parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';
import { askPython, judges } from '../../support/python.ts';

const SOURCES = [
  '',
  '\n',
  '   ',
  '# only a comment',
  'x = 1',
  'x = 1 # comment',
  'if x:\n\ty\n  # comment\n\n\tz\r\nw',
  'def f(a, /, *, b: int = 0x_1F) -> None: ...\n',
  "x = (1,\n     'é😀', é😀)\n",
  "'a\\\nb' 'c\\\r\nd'\n",
  "'''a\n'b\n''' '''\n'''\n",
  "rb'x' Rb\"y\" u'' bu'' ''''''\n",
  "f\"a{x!r:>{w}}b{{}}\" f'''{a\n}\n'''\n",
  "f'\\N{DASH} é {é} é' + rf'\\{x}'\n",
  "t'{x}'\n",
  'a <> b != c ! d $ e ? f ` g\n',
  '1if 2else 0777 1_000j 1.e5 .5 0xfor 1__0 1e 09\n',
  'x = \\\n  1\n\\\ny\n',
  'a €b ½ ٣ ｘ\n',
  ')](\n',
  'if x:\n    y\n  z\n',
  'if x:\n  y\n    \n  # c\n',
  'x = (\n',
  "x = '''\n",
  "x = 'a\n",
  "x = f'{\n",
  'x = \\',
  'x \\ y\n',
  'x\f\f y\n\fz\n',
  '\u00a0x\u2028y\x01\n',
  "x\n'''\na\0\n'''\n",
  '1_\n\0\n',
  'x\r',
  '1<>2\n',
  '"\\\r"\n',
  '"\\\r"" x\n',
  'f"\\\r"\n',
  'f"\\\r"" f"\\\r{a}"\n',
  "f'{)#}'\n",
  "f'{C=]'\n",
  "f'{a!r)'\n",
  '[\r]',
  '[\r\r',
  '\r5 \r"a"',
  '\r.5\r.',
  'x\r\r',
  'x\r #',
  'x\r\\\n',
  '\r==',
  '\r(1\r)',
  'x = 1\n\ry = 2\r\r\n',
  'x\r$',
  "f'{\r}'",
  '\\',
  'a \\\n',
  'if a:\n  \\',
  'if a:\n  b\n\\',
  '(\\',
  '(a,\n  \\',
  'x \\\n  \\',
  '\\\n\\',
];

describe('tokenizeModule', function () {
  this.timeout(60_000);

  it('prints what CPython prints', async () => {
    const all = await judges();
    assert.ok(all.length > 0, 'no CPython on this machine');
    for (const { interpreter, target } of all) {
      const answers = (await askPython(interpreter, 'tokenLines.py', SOURCES)) as string[];
      SOURCES.forEach((source, i) => {
        const { text, error } = tokenizeModule(new TextEncoder().encode(source), target.dialect.tokenizer);
        assert.equal(error ?? text, answers[i], `${interpreter.version}, ${JSON.stringify(source)}`);
      });
    }
  });

  it('reads lines that are no text with replacements, from 3.12 on', () => {
    const bytes = Uint8Array.from('x = 1\n# \xff', c => c.charCodeAt(0));
    const { text } = tokenizeModule(bytes, parseTarget('3.12')!.dialect.tokenizer);
    assert.match(text, /COMMENT +'# \ufffd'/);
  });

  it('tells the encoding, and why there is none', () => {
    const [{ dialect }] = TARGETS;
    const printed = (source: string): string => {
      const bytes = Uint8Array.from(source, c => c.charCodeAt(0));
      const { text, error } = tokenizeModule(bytes, dialect.tokenizer, 'x.py');
      return error ?? text.split('\n')[0].trimEnd();
    };
    assert.equal(printed('x'), "0,0-0,0:            ENCODING       'utf-8'");
    assert.equal(printed('\xef\xbb\xbfx'), "0,0-0,0:            ENCODING       'utf-8'");
    assert.equal(printed('# coding: latin-1\n\xe9'), "0,0-0,0:            ENCODING       'iso-8859-1'");
    assert.equal(printed('# coding: foo\n'), " error: unknown encoding for 'x.py': foo");
    assert.equal(printed('\xef\xbb\xbf# coding: latin-1\n'), " error: encoding problem for 'x.py': utf-8");
    assert.equal(printed('\xff'), " error: invalid or missing encoding declaration for 'x.py'");
    assert.equal(
      printed('x = 1\n# \xff'),
      " unexpected error: 'utf-8' codec can't decode byte 0xff in position 2: invalid start byte",
    );
    assert.equal(
      printed('# coding: rot13\nx'),
      " unexpected error: 'rot13' is not a text encoding; use codecs.decode() to handle arbitrary codecs",
    );
    assert.equal(printed('if x:\n    y\n  z\n# \xff').includes('unindent'), true);
  });
});
