// What the tokenizer refuses, in CPython's words and places, against every CPython of this machine.
import assert from 'node:assert/strict';
import { tokenize } from '../../../server/src/python/tokenizer/tokenize.ts';
import { askPython, judges } from '../../support/python.ts';

/** Sources that every version refuses for a token's sake, and none accepts. */
const TOKENS = [
  // Numbers
  '1_',
  '1__0',
  '0_x',
  '0x',
  '0xg',
  '0x1_g',
  '0o8',
  '0o18',
  '0b12',
  '0b_',
  '007',
  '0_7',
  '0777x',
  '1.5_',
  '1e+',
  '1.e5_',
  'é = 0o9',
  'é = 007',
  // Strings
  "'abc",
  "'abc\\",
  "x = 'it\\'s",
  "'a\\\nb",
  "(1,\n 'a\n)",
  '"""a\nb',
  "é = '''ü\n",
  "x = '''a\r\nb\r\n",
  // Characters
  'x = €',
  'é€',
  'a\u00a0b',
  '\ufeffx',
  'x = \u0663',
  '\u{1f600} = 1',
  // Brackets
  ')',
  '(]',
  '[1,\n2)',
  'x = {\n\n(]',
  // Lines
  'x = 1 \\ 2',
  'é + \\\n ü \\ x',
  '\n\n\\x',
  'if x:\n    y\n  z\n',
  'if é:\n    y\n  é = ü\n',
  'if x:\n\ty\n        z\n',
  'if x:\n        y\n\tz\n',
  `${Array.from({ length: 101 }, (_, i) => `${' '.repeat(i)}if 1:`).join('\n')}\n`,
];

/** Sources that the tokenizer refuses only where f-strings are its concern. */
const FSTRINGS = [
  "f'abc",
  "f'a{x'",
  "f'{(\n'",
  "f'''a\n{x}\n",
  "f'''{x'''",
  "f'{x}}'",
  "f'}'",
  "f'{)}'",
  "f'{a]}'",
  "f'{(}'",
  "f'{x:{y:{z:{w}}}}'",
  "f'{1_}'",
  "f'{x}\\",
  "é = f'{é \\ x}'",
];

/** Sources that the tokenizer refuses only where t-strings are its concern. */
const TSTRINGS = ["t'abc", "t'{x'", "t'}'", "bf'x'", "é = burf'''x'''", "ub''", "tf''", "t'{x:{y:{z:{w}}}}'"];

describe('refusals of the tokenizer', function () {
  this.timeout(60_000);

  it('are those of CPython', async () => {
    const all = await judges();
    assert.ok(all.length > 0, 'no CPython on this machine');
    const problems: string[] = [];
    for (const { interpreter, target } of all) {
      const dialect = target.dialect.tokenizer;
      const sources = [
        ...TOKENS,
        ...(dialect.fstringTokens ? FSTRINGS : []),
        ...(dialect.templateStrings ? TSTRINGS : []),
      ].flatMap(source => [source, `x\n${source}`, `${source}\nx\n`]);
      const answers = (await askPython(interpreter, 'refusals.py', sources)) as unknown[][];
      sources.forEach((source, i) => {
        const [error] = tokenize(source, dialect).errors;
        const { lineno, offset, end_lineno, end_offset } = error?.position ?? {};
        // Up to 3.9 a SyntaxError has no end.
        const end = answers[i][4] === null ? [null, null] : [end_lineno, end_offset];
        const ours = error && [error.type, error.msg, lineno, offset, ...end];
        if (JSON.stringify(ours) === JSON.stringify(answers[i])) return;
        const texts = [source, ours, answers[i]].map(value => JSON.stringify(value));
        problems.push(`${interpreter.version}, ${texts[0]}: ${texts[1]} should be ${texts[2]}`);
      });
    }
    assert.deepEqual(problems, []);
  });
});
