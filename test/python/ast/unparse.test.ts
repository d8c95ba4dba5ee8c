// Expressions back to text where the text could have no end: a string in a string has its backslashes doubled at each
// level, so that f-strings in f-strings are exponential in CPython, too.
import assert from 'node:assert/strict';
import type { Expr } from '../../../server/src/python/ast/nodes.ts';
import { unparse } from '../../../server/src/python/ast/unparse.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';

const { dialect } = parseTarget('3.13')!;

function unparsed(source: string): string {
  const [statement] = analyze(source, parseTarget('3.13')!).module.body;
  return unparse((statement as Expr).value, dialect);
}

describe('unparse', () => {
  it('nests strings as ast_unparse.c does', () => {
    // python3.13: from __future__ import annotations; x: …; __annotations__['x']
    assert.equal(unparsed(`f"{f'{f"{a}"}'}"`), String.raw`f'{f"{f\'{a}\'}"}'`);
  });

  it('cuts what grows without end', () => {
    for (const kind of ['f', 't']) {
      const open = `${kind}"{x!r:{`;
      const close = '}}"';
      const text = unparsed(open.repeat(100) + '1' + close.repeat(100));
      assert.ok(text.length < 1_000_000, `${text.length}`);
    }
  });
});
