// What statements behind a def leave of its signature: expected is what inspect.signature() printed in 3.8 to 3.15, and
// nothing where the write depends on what is not known.
import assert from 'node:assert/strict';
import { signature } from './support.ts';

describe('attributes written behind the def', () => {
  for (const series of ['3.8', '3.13', '3.15']) {
    it(`are what inspect reads, in ${series}`, () => {
      const check = (source: string, expected: string | undefined, name = 'f'): void => {
        assert.equal(signature(`import inspect, functools\n${source}\n`, name, series), expected, source);
      };
      check('def f(x): pass\nf.__signature__ = inspect.Signature()', '()');
      check('def f(x): pass\nf.__signature__ = None', '(x)');
      check('def f(x): pass\nf.__defaults__ = (1,)', '(x=1)');
      check("def f(x, y, z=3): pass\nf.__defaults__ = (1, 'a')", "(x, y=1, z='a')");
      check('def f(x=1): pass\nf.__defaults__ = None', '(x)');
      check('def f(x=1): pass\ndel f.__defaults__', '(x)');
      check("def f(x, *, y, z=1): pass\nf.__kwdefaults__ = {'y': 1}", '(x, *, y=1, z)');
      check('def f(x, *, k=1): pass\ndel f.__kwdefaults__', '(x, *, k)');
      check("def f(x: int) -> str: pass\nf.__annotations__ = {'x': str}", '(x: str)');
      check('def f(x: int) -> str: pass\ndel f.__annotations__', '(x)');
      check(
        'def g(x: int) -> str: pass\ndef f(x): pass\nf.__annotations__ = g.__annotations__',
        '(x: int) -> str',
      );
      check(
        "def deco(g):\n  def f(x): pass\n  f.__annotations__ = getattr(g, '__annotations__', {})\n  return f\n@deco\ndef f(x: int): pass",
        '(x: int)',
      );
      check("def f(x): pass\nf.__text_signature__ = '(a, b=1)'", '(a, b=1)');
      check('def g(a, b=2): pass\ndef f(x): pass\nf.__wrapped__ = g', '(a, b=2)');
      check('def g(a, b=2): pass\ndef f(x): pass\nf.__code__ = g.__code__', '(a, b)');
      check(
        'def g(a, b: int=2): pass\n@functools.wraps(g)\ndef f(*args, b): pass\ndel f.__wrapped__',
        '(*args, b: int)',
      );
      check("def f(x): pass\nsetattr(f, '__defaults__', (5,))", '(x=5)');
      check('def f(x): pass\nother = f\nother.__defaults__ = (8,)', '(x=8)');
      check('class C:\n  def f(self, x): pass\nC.f.__defaults__ = (1,)', '(self, x=1)', 'C.f');
      check('class C:\n  def f(self, x): pass\n  f.__defaults__ = (1,)', '(self, x=1)', 'C.f');
      // Another function, and the same name before.
      check('def f(x): pass\nf.__defaults__ = (1,)\ndef f(y): pass', '(y)');
      check('def g(x): pass\ndef f(x): pass\ng.__defaults__ = (1,)', '(x)');
    });
  }

  it('are not known where the write or its value is not', () => {
    const def = 'import inspect, sys\nfrom somewhere import unknown\ndef f(x, *, k=1): pass\n';
    for (const write of [
      'if unknown: f.__defaults__ = (1,)',
      'try: f.__defaults__ = (1,)\nexcept E: pass',
      'def change():\n  f.__defaults__ = (1,)',
      'f.__signature__ = unknown',
      'f.__defaults__ = unknown',
      'f.__kwdefaults__ = dict(k=unknown)',
      "f.__kwdefaults__['k'] = 2",
      'f.__kwdefaults__.update(k=2)',
      "f.__annotations__['x'] = int",
      'f.__code__ = unknown',
      'f.__wrapped__ = unknown',
      'f.__text_signature__ = unknown',
      'f.__defaults__, y = (1,), 2',
      'f.__defaults__ = (1, 2, 3)',
      'for g in (f,): g.__defaults__ = (1,)',
      "unknown(setattr(f, '__defaults__', (1,)))",
    ])
      assert.equal(signature(`${def}${write}\n`), undefined, write);
    assert.equal(signature(def), '(x, *, k=1)');
    // The last one counts.
    const last = 'if unknown: f.__defaults__ = (1,)\nf.__defaults__ = (2,)\n';
    assert.equal(signature(`${def}${last}`), '(x=2, *, k=1)');
  });
});
