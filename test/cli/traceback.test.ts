// How the command line tells of a source that the target's CPython refuses. Expected texts are what `python3.13 FILE`
// and `python3.8 FILE` print.
import assert from 'node:assert/strict';
import { colensIn } from './runCli.ts';

describe('tracebacks', () => {
  const check = async (source: string | Uint8Array, expected: string, target = '3.13'): Promise<void> => {
    const { code, out, err } = await colensIn({ 'a.py': source }, ['symtable', '--target', target, 'a.py']);
    assert.deepEqual([code, out], [1, '']);
    assert.equal(err, expected.replace(/^\n/, ''));
  };

  it('a caret at a place', () =>
    check(
      'def f():\n    if x\n        pass\n',
      `
  File "a.py", line 2
    if x
        ^
SyntaxError: expected ':'
`,
    ));

  it('carets under a range, to the end of its first line', () =>
    check(
      'x = f(a for a in\n b,\n c)\n',
      `
  File "a.py", line 1
    x = f(a for a in
          ^^^^^^^^^^
SyntaxError: Generator expression must be parenthesized
`,
    ));

  it('indentation is left out, tabs before the caret stay', () =>
    check(
      'def f():\n  return = \t1\n',
      `
  File "a.py", line 2
    return = \t1
           ^
SyntaxError: invalid syntax
`,
    ));

  it('columns are characters', () =>
    check(
      'x = "éé" + \u{20000} = 1\n',
      `
  File "a.py", line 1
    x = "éé" + \u{20000} = 1
        ^^^^^^^^
SyntaxError: cannot assign to expression
`,
    ));

  it('IndentationError', () =>
    check(
      'def f():\npass\n',
      `
  File "a.py", line 2
    pass
    ^^^^
IndentationError: expected an indented block after function definition on line 1
`,
    ));

  it("the symbol table's refusals", () =>
    check(
      'def f():\n    nonlocal x\n',
      `
  File "a.py", line 2
    nonlocal x
    ^^^^^^^^^^
SyntaxError: no binding for nonlocal 'x' found
`,
    ));

  it('a single caret up to 3.9', () =>
    check(
      'x = f(a for a in\n b,\n c)\n',
      `
  File "a.py", line 1
    x = f(a for a in
          ^
SyntaxError: Generator expression must be parenthesized
`,
      '3.8',
    ));
});
