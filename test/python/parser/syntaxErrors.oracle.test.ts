// Texts that CPython refuses, by kind: every field of its exception, in every version that this machine has.
import assert from 'node:assert/strict';
import { reportedPosition } from '../../../server/src/cli/syntaxError.ts';
import { analyzeBytes } from '../../../server/src/python/index.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import { askPython, judges, type Judge } from '../../support/python.ts';

const FLUFL = 'from __future__ import barry_as_FLUFL\n';

const KINDS: Readonly<Record<string, readonly string[]>> = {
  '`<>` where an operator is expected': [
    'x = a <> b',
    'x <>\n',
    'x = a < b <> c',
    'f(a <> b, c d)',
    'a b <> c',
    'a <> b = 1',
    'not a <> b',
    '(a <> b\nx y',
    'a <> <> b',
    '[a <> b for',
  ],
  '`<>` where none is': [
    'x = <>\ny\n',
    '<>',
    'f(<>)',
    'x = [1, <>]',
    'if <>:\n  pass\n',
    'a is <> b',
    'not <>',
  ],
  '`<>` in longer operators': ['x = a <>= b', 'x = a <>> b', 'x = a <<> b', 'x = a < > b', 'x = a <\\\n> b'],
  '`<>` with a future import': ['x = 1 != 2', 'x = 1 <> <> 2', 'x = !=', 'x = <>'].map(text => FLUFL + text),
  'columns of lines that begin in a string': [
    "x = '''aé\nbé''' <> 1",
    "x = '''aé\nbé''' + 1; <> 1",
    "x = 'a' \\\n <> 1",
    "x = (\n'''é\n''',\n <>",
    "x = '''aéééé\nbé''' a",
    "x = ['''é\né''', \\\n é b",
    "x = '''é\né''' \\\n; é b\n",
    '# é\\\n<>',
    '(é, # é \\\n<>)',
    "def f('''é\n''')",
    "print '''é\né''' a\n",
    "x = '''é\né''' = 1",
    "f('''é\nééé''' for x in y, 1)",
    "é = '''ééé\né''' 1\n",
    '(é\nfor é in [é]) = é\n',
    'f(é=1, é é, \n é)',
  ],
  'columns of files that tell their encoding, or not': [
    'é = é é',
    "x = 'é' 1",
    'f(é=1, é)',
    '# coding: utf-8\né = é é\n',
    '\ufeffé = é é\n',
    "# coding: utf-8\nf('ééééé', (é é), \n é)",
    "# coding: utf-8\n('éééééé', f(), 1,\nééééééééééééé) = é",
    "('éééééé', f(), 1,\n1) = é",
    'if é:\n  é\n    é 1\n',
    'é: 1 = = 1',
    'é $ 1\n',
    'é = 0é\n',
    "print 'é', f\n",
    'f(é for é in é, 1)\n',
    "é = f'é{é é}'",
  ],
  'the columns of tokenizers': [
    "é = 'é",
    "é = '''é",
    'é = é\\ é\n',
    'é = (é\n',
    "é = 'é' b'é'\n",
    "é = '\\xz'\n",
    'if é:\n  𝐀 = é\n é\n',
    'é = 𝐀 \\\n',
  ],
  'texts that end in brackets': [
    'a = (b\n',
    '(\n\n',
    'x = [a,\n b\n\n',
    'f(a',
    'f(\n  #\n',
    'x = (\r\n',
    'x = (\r',
    'class A:\n  def f(\n',
  ],
  'the order of arguments': [
    'f(a=1, b)',
    'f(x, a=1, bb, c)',
    'f(a=1,\n b)',
    'f(**a, b)',
    'f(**a, *b)',
    'f(a=1, *b, c)',
    'class C(a=1, b): pass\n',
  ],
  'a star behind arguments': [
    'f(a, *)',
    'f(*a, *)',
    'f(a=1, *)',
    'f(**a, *)',
    'f(a, b=1, *)',
    'f(a, *, b)',
    'f(a=1, *\n)',
  ],
  'keywords without values': [
    'f(a=,b c=1)',
    'f(a=, b)',
    'f(a= =b)',
    'f(a=)',
    'f(a.b=1)',
    'f(True=1)',
    'f(a=1=2)',
  ],
  'lines that end with a comment': [
    'x = # c\n',
    'x = # é\ny\n',
    'x = #\n',
    'if x # c\n  y\n',
    'import # c\n',
    'x = 1 + # c',
  ],
  'the order of parameters': [
    'def f(a=1, b): pass\n',
    'def f(x, /, a=1, b, *, c): pass\n',
    'def f(\na=1,\nb): 1\n',
    'def f(a=1, /, b): 1\n',
    'lambda x, a=1, b: 1',
    'lambda a=1, b, /: 1',
  ],
  'errors of several lines': [
    'f(\n      aaaaaaaaaaaaaaaaaaaaaa) = 1',
    '# coding: utf-8\nf(\n      aaaaaaaaaaaaaaaaaaaaaa) = 1',
    '(é\n = 1) = é',
    'f(é for é in\n ééé, 1)',
    'f((a\n + c + d b))',
    '((é\n +c) d)',
    'f(a\n b)',
    'f(a(1,\n2) b)',
    'f("a"\n "c" + d "e")',
  ],
  'bytes and strings side by side': [
    "x = 'a' b'1'",
    "x = ('a'\n b'1')",
    "x = 'a' \\\n b'1'",
    "x = b'1' '''a\n''' 'c'",
    "f(1, '''a\nb''' b'1')\n",
  ],
};

const TOLD = KINDS['columns of lines that begin in a string'].map(source => `# coding: utf-8\n${source}`);

function ours(source: string, target: Target): unknown {
  const analysis = analyzeBytes(Buffer.from(source), target);
  const error = analysis.errors.at(0);
  if (!error) return null;
  const { lineno, offset, end_lineno, end_offset } = reportedPosition(error, analysis);
  return [error.type, error.msg, ...[lineno, offset, end_lineno, end_offset].map(each => each ?? null)];
}

/** Columns are compared of the newest patch level of each version: between them, the lines changed that bytes are counted in. */
describe('refusals, as CPython words and places them', function () {
  this.timeout(60_000);
  let all: readonly Judge[];

  before(async function () {
    all = await judges();
    if (all.length === 0) this.skip();
  });

  for (const [kind, sources] of Object.entries({
    ...KINDS,
    'columns of such lines where the file tells its encoding': TOLD,
  })) {
    it(kind, async () => {
      for (const { interpreter, target } of all) {
        const asked = sources.map(source => [...Buffer.from(source)]);
        const theirs = (await askPython(interpreter, 'refusals.py', asked)) as unknown[];
        const differing = sources.flatMap((source, i) => {
          const own = ours(source, target);
          const answer = Array.isArray(theirs[i]) ? theirs[i] : null;
          return JSON.stringify(own) === JSON.stringify(answer) ? [] : [{ source, own, theirs: answer }];
        });
        assert.deepEqual(differing, [], target.version);
      }
    });
  }

  it('what is unpacked in a comprehension that is a field: type, words and line', async () => {
    const sources = [
      'f"{*a for a in b}"',
      'x = f"{ *a.b for a in b}"',
      'f"{*a, *b}"',
      'f"{(*a for a in b)}"',
    ];
    const known = (answer: unknown): unknown => (Array.isArray(answer) ? answer.slice(0, 3) : null);
    for (const { interpreter, target } of all) {
      const asked = sources.map(source => [...Buffer.from(source)]);
      const theirs = (await askPython(interpreter, 'refusals.py', asked)) as unknown[];
      assert.deepEqual(
        sources.map(source => known(ours(source, target))),
        theirs.map(known),
        target.version,
      );
    }
  });
});
