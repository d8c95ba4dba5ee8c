// Defaults as str(inspect.signature()) shows them: expected is what 3.8 to 3.15 printed, or the source's text where they
// print an address or where it depends on what is not known.
import assert from 'node:assert/strict';
import { signature } from './support.ts';

describe('defaults', () => {
  for (const series of ['3.8', '3.13', '3.15']) {
    it(`that are no literals are shown by their repr(), in ${series}`, () => {
      const check = (source: string, expected: string, name = 'f'): void => {
        assert.equal(signature(source, name, series), expected, source);
      };
      check('def f(x=print, y=len): pass', '(x=<built-in function print>, y=<built-in function len>)');
      check('def f(x=int, y=Exception): pass', "(x=<class 'int'>, y=<class 'Exception'>)");
      check('import math\ndef f(x=math.sqrt): pass', '(x=<built-in function sqrt>)');
      check('class C:\n  class D: pass\ndef f(x=C.D): pass', "(x=<class 'm.C.D'>)");
      check('import collections\ndef f(x=collections.deque): pass', "(x=<class 'collections.deque'>)");
      check('def f(x=str.upper): pass', "(x=<method 'upper' of 'str' objects>)");
      check(
        "def f(x=(len,), y=[int, 1], z={'a': print}): pass",
        "(x=(<built-in function len>,), y=[<class 'int'>, 1], z={'a': <built-in function print>})",
      );
      check('class C:\n  A = int\n  def m(self, x=A): pass', "(self, x=<class 'int'>)", 'C.m');
      check('import abc\nclass C(abc.ABC): pass\ndef f(x=C): pass', "(x=<class 'm.C'>)");
      // No default, for inspect.
      check('import inspect\ndef f(*, x=inspect.Parameter.empty): pass', '(*, x)');
    });
  }

  it('are shown as written where there is an address in it, or nobody knows', () => {
    for (const [before, text] of [
      ['', 'object()'],
      ['def g(): pass', 'g'],
      ['', 'dict.fromkeys'],
      ['class M(type):\n  def __repr__(self): return "?"\nclass C(metaclass=M): pass', 'C'],
      ['from somewhere import M\nclass C(metaclass=M): pass', 'C'],
      ['from somewhere import decorate\n@decorate\nclass C: pass', 'C'],
      ['from somewhere import flag\nif flag: C = int\nelse: C = str', 'C'],
      ['from somewhere import D', 'D'],
    ])
      assert.equal(signature(`${before}\ndef f(x=${text}): pass`), `(x=${text})`, before);
    assert.equal(
      signature('def g(cls: type[int]):\n  def inner(x=cls): pass\n  return inner\nf = g(bool)'),
      '(x=cls)',
    );
  });
});

describe('methods in C without a signature', () => {
  it('are said to be of the object that they are bound to', () => {
    const says = (of: string): string => `ValueError: no signature found for builtin ${of}`;
    for (const [source, expected] of [
      ["f = 'a'.format", '<built-in method format of str object>'],
      ['f = str.format', "<method 'format' of 'str' objects>"],
      ['f = {}.pop', '<built-in method pop of dict object>'],
      ['class C(dict): pass\nf = C().pop', '<built-in method pop of C object>'],
      [
        'import collections\nf = collections.defaultdict(int).pop',
        '<built-in method pop of collections.defaultdict object>',
      ],
    ])
      assert.equal(signature(source, 'f', '3.8'), says(expected), source);
  });
});

describe('TypedDict', () => {
  it('is called as dict, but not in 3.8', () => {
    const source =
      'from typing import TypedDict\nclass T(TypedDict):\n  a: int\nU = TypedDict("U", {"a": int})\n';
    const error = "ValueError: no signature found for builtin type <class 'dict'>";
    for (const name of ['T', 'U']) {
      assert.equal(signature(source, name, '3.8'), '(*args, **kwargs)');
      for (const series of ['3.9', '3.13', '3.15']) assert.equal(signature(source, name, series), error);
    }
  });
});
