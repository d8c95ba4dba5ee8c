// Docstrings with lone surrogates, which 3.13 and later cannot clean. Expected is what CPython 3.13.18 says of them.
import assert from 'node:assert/strict';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';
import { askPython, judges } from '../../support/python.ts';

const surrogates = (where: string): string => `'utf-8' codec can't encode ${where}: surrogates not allowed`;

const REFUSED: readonly (readonly [source: string, message: string])[] = [
  ['"\\ud800"', surrogates("character '\\ud800' in position 0")],
  ['def f():\n    "a\\udfffb"\n', surrogates("character '\\udfff' in position 1")],
  ['async def f(): "\\ud83d\\ude00"', surrogates('characters in position 0-1')],
  [
    'class C:\n    """\u00e9\\t\\n\\t\\ud801\\ud802\\ud803\\t\\ud804"""\n',
    surrogates('characters in position 17-19'),
  ],
  ['def f(): "\\U0001f600\\t" "\\udc80"\n', surrogates("character '\\udc80' in position 8")],
  [
    'class C:\n    def f(self):\n        return\n    def g(self): "\\ud800"',
    surrogates("character '\\ud800' in position 0"),
  ],
];
const ACCEPTED = ['x = "\\ud800"', 'def f():\n    1\n    "\\ud800"\n', 'lambda: "\\ud800"', '"\\U0001f600"'];

describe('docstrings with lone surrogates', () => {
  it('are refused from 3.13 on', () => {
    for (const [source, message] of REFUSED) {
      for (const version of ['3.13', '3.14', '3.15']) {
        const [error] = analyze(source, parseTarget(version)!).errors;
        assert.deepEqual([error.type, error.msg, error.position], ['UnicodeEncodeError', message, {}]);
      }
      assert.deepEqual(analyze(source, parseTarget('3.12')!).errors, []);
    }
  });

  it('are accepted where they are none, or left out', () => {
    for (const source of ACCEPTED) assert.deepEqual(analyze(source, parseTarget('3.15')!).errors, []);
    for (const [source] of REFUSED) assert.deepEqual(analyze(source, parseTarget('3.15')!, 2).errors, []);
  });

  it('are what CPython says', async function () {
    this.timeout(60_000);
    const all = await judges();
    if (all.length === 0) this.skip();
    const sources = [...REFUSED.map(([source]) => source), ...ACCEPTED];
    for (const { interpreter, target } of all) {
      const answers = (await askPython(interpreter, 'refusals.py', sources)) as unknown[];
      for (const [i, source] of sources.entries()) {
        const answer = answers[i];
        const theirs = Array.isArray(answer) ? answer.slice(0, 2) : undefined;
        const [error] = analyze(source, target).errors;
        assert.deepEqual(error && [error.type, error.msg], theirs, `${interpreter.version} ${source}`);
      }
    }
  });
});
