// Annotations as strings: what inspect.signature(f, annotation_format=Format.STRING) printed in 3.14 and 3.15.
import assert from 'node:assert/strict';
import { type colens, colensIn } from '../../cli/runCli.ts';

const SOURCE = `
from typing import List, Optional
class C:
    def m(self, x: C, y: undefined.attr[int], *, z: List["C"] = None) -> "C": pass
    def p(self, x: __q): pass
def f(a: int, b: 'int', c: Optional[int], d: list[int | None], e: "a b", *args: int, f: 1, **kw: "str") -> int: pass
def g(k: [1, 2], l: {1: 2}, o: -1, p: 1 + 2, v: b'x', w: ..., x: None, y: a < b, z: f(1, k=2)): pass
def h(*args: *tuple[int], x: a[1:2], y: (int, str)): pass
def n(x: a and b): pass
`;

describe('colens signature --format', () => {
  for (const target of ['3.14', '3.15']) {
    it(`STRING shows annotations as they are written, in ${target}`, async () => {
      const ask = (name: string): ReturnType<typeof colens> =>
        colensIn({ 'm.py': SOURCE }, ['signature', '--target', target, '--format', 'STRING', `m.py:${name}`]);
      const check = async (name: string, expected: string): Promise<void> => {
        assert.equal((await ask(name)).out, `${expected}\n`);
      };
      await check('C.m', `(self, x: 'C', y: 'undefined.attr[int]', *, z: "List['C']" = None) -> 'C'`);
      await check(
        'f',
        `(a: 'int', b: 'int', c: 'Optional[int]', d: 'list[int | None]', e: 'a b', *args: 'int', f: '1', **kw: 'str') -> 'int'`,
      );
      await check(
        'g',
        `(k: '[1, 2]', l: '{1: 2}', o: '-1', p: '3', v: "b'x'", w: '...', x: 'None', y: 'a < b', z: 'f(1, k=2)')`,
      );
      await check('h', `(*args: '*tuple[int]', x: 'a[1:2]', y: '(int, str)')`);
      // What is asked for its truth leaves no text that is known, and a private name is mangled.
      for (const name of ['n', 'C.p']) assert.match((await ask(name)).err, /not known as strings/);
    });
  }

  it('VALUE is what there is without it; others and older versions know none', async () => {
    const ask = (...args: string[]): ReturnType<typeof colens> =>
      colensIn({ 'm.py': SOURCE }, ['signature', ...args, 'm.py:f']);
    assert.equal((await ask('--format', 'VALUE')).out, (await ask()).out);
    assert.equal((await ask('--format', 'NOTHING')).code, 2);
    assert.equal((await ask('--format', 'STRING', '--target', '3.13')).code, 2);
  });
});
