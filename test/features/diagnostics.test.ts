// Diagnostics: the words and the place of CPython's refusal, and nothing that it would not have said.
import assert from 'node:assert/strict';
import { diagnostics } from '../../server/src/features/diagnostics.ts';
import { analyze } from '../../server/src/python/index.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { fixture } from '../support/fixture.ts';

/** Checks what is said of a source; it must be said of what is underlined. */
function check(source: string, expected: string[], target = '3.13'): void {
  const { text, underlined } = fixture(source);
  const found = diagnostics(analyze(text, parseTarget(target)!));
  assert.deepEqual(
    found.map(({ type, msg }) => `${type}: ${msg}`),
    expected,
  );
  if (underlined.length === 0) return;
  const [{ start, end }] = found;
  assert.deepEqual({ start, end }, underlined[0], JSON.stringify(text.slice(start, end)));
}

describe('diagnostics', () => {
  it('there are none where CPython compiles the file', () => check('def f(): yield\n', []));

  it('of the parser', () => {
    check(
      `
      x = f(1,
           ^
      `,
      ["SyntaxError: '(' was never closed"],
    );
    check('x = f(1,\n', ['SyntaxError: unexpected EOF while parsing'], '3.9');
    check('def f():\nx = 1\n', [
      'IndentationError: expected an indented block after function definition on line 1',
    ]);
  });

  it('of the symbol table', () =>
    check(
      `
      def f(a):
          global a
          ^^^^^^^^
      `,
      ["SyntaxError: name 'a' is parameter and global"],
    ));

  it('of the compiler', () =>
    check(
      `
      return 1
      ^^^^^^^^
      `,
      ["SyntaxError: 'return' outside function"],
    ));

  it('of the first pass that has any', () =>
    check(
      `
      return 1
      x = = 2
      `,
      ['SyntaxError: invalid syntax'],
    ));

  it('by version', () => {
    const source = 'match x:\n    case 1: pass\n';
    check(source, [], '3.10');
    assert.equal(diagnostics(analyze(source, parseTarget('3.9')!))[0].msg, 'invalid syntax');
  });
});
