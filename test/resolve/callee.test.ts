// What a parenthesis calls, read from the tokens: fixtures mark the parenthesis with a cursor behind it.
import assert from 'node:assert/strict';
import { unparse } from '../../server/src/python/ast/unparse.ts';
import { analyze } from '../../server/src/python/index.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { calleeBefore, calleeExpression } from '../../server/src/resolve/callee.ts';
import { fixture } from '../support/fixture.ts';

/** Checks what the parenthesis before `$0` calls, as ast.unparse() writes it; undefined: nothing. */
function check(marked: string, expected: string | undefined, series = '3.13'): void {
  const target = parseTarget(series)!;
  const { text, cursor } = fixture(marked);
  const analysis = analyze(text, target);
  const { tokens } = analysis.tokenized;
  const parenthesis = tokens.starts.indexOf(cursor - 1);
  const first = calleeBefore(tokens, parenthesis);
  const span =
    first === undefined ? undefined : { start: tokens.starts[first], end: tokens.ends[parenthesis - 1] };
  const callee = span && calleeExpression(analysis, span);
  assert.equal(callee && unparse(callee, target.dialect), expected, marked);
}

describe('the callee before a parenthesis', () => {
  it('is a primary of any kind', () => {
    check('f($0)', 'f');
    check('a.b.c($0)', 'a.b.c');
    check('a[1, 2]($0)', 'a[1, 2]');
    check('a(1)(2).b[3]($0)', 'a(1)(2).b[3]');
    check("', '.join($0)", "', '.join");
    check("'a' 'b'.join($0)", "'ab'.join");
    check('b"a" b"b".hex($0)', "b'ab'.hex");
    check('(a or b).c($0)', '(a or b).c');
    check('[1, 2].index($0)', '[1, 2].index');
    check('{1: 2}.get($0)', '{1: 2}.get');
    check('(lambda: 1)($0)', 'lambda: 1');
    check('1 .bit_length($0)', '1 .bit_length');
    check('1.5.hex($0)', '1.5.hex');
    check('None.x($0)', 'None.x');
    check('f"{a}".join($0)', "f'{a}'.join");
    check('f"{a}" "b" f"{c}".join($0)', "f'{a}b{c}'.join");
    check('f"{a!r:{b}}".join($0)', "f'{a!r:{b}}'.join");
    check('(await a).b($0)', '(await a).b');
    check('...($0)', '...');
    check('f"{x}".join($0)', "f'{x}'.join", '3.8');
  });

  it('ends where another expression begins', () => {
    check('x = y + f($0)', 'f');
    check('return a.b($0)', 'a.b');
    check('not f($0)', 'f');
    check('-a.b($0)', 'a.b');
    check('await f($0)', 'f');
    check('x @ f($0)', 'f');
    check('@a.b($0)\ndef f(): pass', 'a.b');
    check('a if f($0)', 'f');
    check('yield f($0)', 'f');
    check('lambda x: f($0)', 'f');
    check('print(f($0))', 'f');
    check('[*f($0)]', 'f');
    check('{**f($0)}', 'f');
    check('a[f($0)]', 'f');
    check('x: f($0)', 'f');
  });

  it('is nothing where the parenthesis does not call', () => {
    check('($0)', undefined);
    check('x = ($0)', undefined);
    check('return ($0)', undefined);
    check('not ($0)', undefined);
    check('def f($0): pass', undefined);
    check('def f[T]($0): pass', undefined);
    check('class C($0): pass', undefined);
    check('for x in ($0): pass', undefined);
    check('from a import ($0)', undefined);
    check('import ($0)', undefined);
    check('.($0)', undefined);
  });

  it('is found in broken text, over lines', () => {
    check('x = [1, {a.b($0', 'a.b');
    check('def f(:\n  if a[1].b($0\n', 'a[1].b');
    check('x = (\n  a\n  .b # c\n  .c($0\n', 'a.b.c');
    check('a.b) + c.d($0', 'c.d');
    check('a) .d($0', undefined);
    check('f(1, 2).g($0\ndef h(): pass', 'f(1, 2).g');
    check('x = a.\nb($0)', 'b');
  });
});
