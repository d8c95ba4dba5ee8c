// What expressions are, by names, flow, imports, calls, annotations and containers; CPython runs the same programs.
import { check, runFixtures } from '../../support/evaluation.ts';

describe('evaluator', () => {
  describe('names', () => {
    it('a later binding hides an earlier one, branches unite', () => {
      check(
        `
        import sys
        x = 1
        x = 'a'
        x
        ^
        for y in (0, 1):
            if y:
                z = 1.5
            else:
                z = 'a'
            z
            ^
        `,
        [['str'], ['float', 'str']],
      );
    });

    it('what has not run yet does not count, in loops it does', () => {
      check(
        `
        x = None
        for i in range(2):
            x
            ^
            x = 1
        `,
        'NoneType | int',
      );
    });

    it('after a return, raise or continue the other branch is left', () => {
      check(
        `
        def f(flag):
            if flag:
                x = 1
                return x
            else:
                x = 'a'
            return x
                   ^
        f(0)
        f(1)
        `,
        'str',
      );
    });

    it('functions see what their module is in the end', () => {
      check(
        `
        def f():
            return g
                   ^
        g = 1
        def g(): pass
        f()
        `,
        'function g',
      );
    });

    it('closures, nonlocal and global', () => {
      check(
        `
        count = None
        def f():
            total = 0
            def add():
                nonlocal total
                global count
                total
                ^^^^^
                total = total + 1.5
                count = 'a'
            return add
        add = f()
        for i in range(2):
            count
            ^^^^^
            add()
        `,
        [
          ['int', 'float'],
          ['NoneType', 'str'],
        ],
      );
    });

    it('class bodies see their own names, their methods do not', () => {
      check(
        `
        x = 1
        class C:
            x = 'a'
            y = x
                ^
            def m(self):
                return x
                       ^
        C().m()
        `,
        [['str'], ['int']],
      );
    });

    it('try: imports that are not there are not what is bound', () => {
      check(
        `
        try:
            import no_such_module as json
        except ImportError:
            import json
        json
        ^^^^
        `,
        'module json',
      );
    });

    it('the target version decides', () => {
      check(
        `
        import sys
        if sys.version_info >= (3, 13):
            x = 1
        else:
            x = 'a'
        if sys.version_info[0] == 2: y = 1
        else: y = 'a'
        x, y
        ^
           ^
        `,
        [['int'], ['str']],
      );
    });

    it('deleted names and names of handlers are gone', () => {
      check(
        `
        len = 1
        del len
        len
        ^^^
        try:
            {}[1]
        except (KeyError, ValueError) as error:
            error.args
            ^^^^^^^^^^
        `,
        [['builtin len'], ['tuple']],
      );
    });

    it('unpacking', () => {
      check(
        `
        (a, [b, *c]), d = (1, 'abc'), 2.5
        a, b, c, d
        ^
           ^
              ^
                 ^
        for k, v in {1: 'a'}.items():
            k, v
            ^
               ^
        `,
        [['int'], ['str'], ['list'], ['float'], ['int'], ['str']],
      );
    });
  });

  describe('expressions', () => {
    it('operators', () => {
      check(
        `
        1 + 2.5, '%s' % 1, [1] * 2, not 1, 1 < 2, 3 // 2
        ^^^^^^^
                 ^^^^^^^^
                           ^^^^^^^
                                    ^^^^^
                                           ^^^^^
                                                  ^^^^^^
        class V:
            def __add__(self, other): return self
            def __radd__(self, other): return 'a'
        V() + 1, 1 + V()
        ^^^^^^^
                 ^^^^^^^
        `,
        [['float'], ['str'], ['list'], ['bool'], ['bool'], ['int'], ['V'], ['str']],
      );
    });

    it('and, or, if', () => {
      check(
        `
        for flag in (None, 1):
            flag or 'a'
            ^^^^^^^^^^^
            'a' if flag else 2.5
            ^^^^^^^^^^^^^^^^^^^^
        `,
        [
          ['int', 'str'],
          ['float', 'str'],
        ],
      );
    });

    it('comprehensions and subscripts', () => {
      check(
        `
        words = [word.upper() for word in 'a b'.split()]
        words[0]
        ^^^^^^^^
        table = {word: len(word) for word in words}
        table['A'], table.get('A')
        ^^^^^^^^^^
        pairs = [(1, 'a')]
        pairs[0][1], pairs[:1], 'abc'[0], b'a'[0]
        ^^^^^^^^^^^
                     ^^^^^^^^^
                                ^^^^^^^^
                                          ^^^^^^^
        `,
        [['str'], ['int'], ['str'], ['list'], ['str'], ['int']],
      );
    });
  });

  describe('calls', () => {
    it('give what the function returns, with the arguments of the call', () => {
      check(
        `
        def same(x): return x
        def default(x=None): return x or 1
        same('a'), same(1.5), default('a'), default()
        ^^^^^^^^^
                   ^^^^^^^^^
                                            ^^^^^^^^^
        `,
        [['str'], ['float'], ['int']],
      );
    });

    it('recursion comes to an end', () => {
      check(
        `
        def f(n):
            if n: return f(n - 1)
            return 'a'
        f(3)
        ^^^^
        `,
        'str',
      );
    });

    it('generators, coroutines, context managers', () => {
      check(
        `
        import contextlib
        def g():
            yield 1
            return 'a'
        for item in g():
            item
            ^^^^
        def h():
            x = yield from g()
            x
            ^
        list(h())
        async def c(): return 1.5
        async def main():
            x = await c()
            x
            ^
        try: main().send(None)
        except StopIteration: pass
        class M:
            def __enter__(self): return 'a'
            def __exit__(self, *args): pass
        with M() as m, contextlib.contextmanager(g)() as n:
            m, n
            ^
        `,
        [['int'], ['str'], ['float'], ['str']],
      );
    });

    it('classes make instances; self is one of the class that it was made of', () => {
      check(
        `
        class A:
            def copy(self): return self.__class__()
            def me(self): return self
            @classmethod
            def make(cls): return cls()
        class B(A): pass
        A().me(), B().me(), B.make(), B().copy(), type(B())
        ^^^^^^^^
                  ^^^^^^^^
                            ^^^^^^^^
                                      ^^^^^^^^^^
                                                  ^^^^^^^^^
        `,
        [['A'], ['B'], ['B'], ['B'], ['class B']],
      );
    });

    it('a method without a name for what it is bound to has that in *args', () => {
      check(
        `
        class A:
            def all(*args, key=1):
                return args, key
        a = A()
        a.all(1)[0][0], a.all(1)[0][1], a.all('b', key='c')[0][1], a.all(key='c')[1]
        ^^^^^^^^^^^^^^
                        ^^^^^^^^^^^^^^
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^
                                                                   ^^^^^^^^^^^^^^^^^
        `,
        [['A'], ['int'], ['str'], ['str']],
      );
    });

    it('super()', () => {
      check(
        `
        class A:
            def f(self): return 1
        class B(A):
            def f(self):
                return super().f
                       ^^^^^^^^^
        B().f()
        `,
        'method A.f',
      );
    });

    it('builtin functions', () => {
      check(
        `
        class C:
            attribute = 1
        sorted({'a': 1})[0], next(iter([1.5])), getattr(C, 'attribute'), max(1, 2), list(zip([1], 'a'))[0]
        ^^^^^^^^^^^^^^^^^^^
                             ^^^^^^^^^^^^^^^^^
                                                ^^^^^^^^^^^^^^^^^^^^^^^
                                                                         ^^^^^^^^^
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^
        `,
        [['str'], ['float'], ['int'], ['int'], ['tuple']],
      );
    });
  });

  describe('attributes', () => {
    it('set on self in any method', () => {
      check(
        `
        class A:
            def __init__(self):
                self.x = None
                self.items = []
            def start(self):
                self.x = 1
                self.items.append('a')
            def see(self):
                self.x
                ^^^^^^
                return self.items[0]
                       ^^^^^^^^^^^^^
        a = A()
        a.items = ['']
        a.see()
        a.start()
        a.see()
        `,
        [['NoneType', 'int'], ['str']],
      );
    });

    it('a value just assigned is the value', () => {
      check(
        `
        class A:
            def f(self):
                self.x = 'a'
                self.x.upper
                ^^^^^^^^^^^^
                self.x = 1
        A().f()
        `,
        'builtin str.upper',
      );
    });

    it('properties, class attributes, modules', () => {
      check(
        `
        import os.path
        class A:
            @property
            def p(self): return 1.5
            name = 'a'
        A().p, A().name, os.path
        ^^^^^
               ^^^^^^^^
        `,
        [['float'], ['str']],
      );
    });
  });

  describe('annotations', () => {
    it('promise instances', () => {
      check(
        `
        from typing import Optional, Union, Callable, Type
        class A:
            def me(self) -> 'A': return self
        def f(a: A, b: 'Optional[A]', c: list[A], d: dict[str, A], e: Type[A], g: Callable[[], A], *args: int, **kwargs: 'str'):
            a, b, c[0], d['x'], e, g(), args, kwargs
            ^
               ^
                  ^^^^
                        ^^^^^^
                                ^
                                   ^^^
                                        ^^^^
                                              ^^^^^^
        f(A(), A(), [A()], {'x': A()}, A, A)
        f(A(), None, [A()], {'x': A()}, A, A)
        `,
        [['A'], ['A', 'NoneType'], ['A'], ['A'], ['class A'], ['A'], ['tuple'], ['dict']],
      );
    });
  });

  describe('narrowing', () => {
    it('isinstance, None, truth, callable', () => {
      check(
        `
        for x in (1, 'a', len, None):
            if isinstance(x, str):
                x
                ^
            elif x is None:
                x
                ^
            elif callable(x):
                x
                ^
            else:
                x
                ^
            if x is not None and not isinstance(x, (str, int)):
                x
                ^
            if isinstance(x, int): continue
            if not x: break
            x
            ^
        for y in (None, 1):
            y and y.real
                  ^^^^^^
            if y is None: y = 'a'
            y
            ^
        `,
        [
          ['str'],
          ['NoneType'],
          ['builtin len'],
          ['int'],
          ['builtin len'],
          ['builtin len', 'str'],
          ['int'],
          ['int', 'str'],
        ],
      );
    });
  });

  describe('match statements', () => {
    it('captures, classes, sequences and mappings', () => {
      check(
        `
        class P:
            __match_args__ = ('x',)
            def __init__(self): self.x, self.y = 1, 'a'
        for subject in (P(), (1.5, 'a'), {'k': b''}):
            match subject:
                case P(a, y=b) as whole:
                    a, b, whole
                    ^
                       ^
                          ^^^^^
                case [first, *rest]:
                    rest
                    ^^^^
        `,
        [['int'], ['str'], ['P'], ['list']],
      );
    });
  });

  describe('walruses, lambdas, type parameters', () => {
    it('bind in the function around, in order', () => {
      check(
        `
        import re
        if (m := re.match('a', 'a')) and (start := m.start()) == 0:
            m, start
            ^
               ^^^^^
        [last := word for word in ['a']]
        last
        ^^^^
        twice = lambda x: (x, x)
        twice('a')[0]
        ^^^^^^^^^^^^^
        `,
        [['re.Match'], ['int'], ['str'], ['str']],
      );
    });

    it('type variables are what they are at least', () => {
      check(
        `
        from typing import TypeVar
        T = TypeVar('T', bound=str)
        type Names = list[str]
        type Tree = list[Tree] | int
        def f[S: int](a: S, b: Names, c: T, d: Tree):
            a, b[0], c
            ^
               ^^^^
                     ^
        f(1, ['a'], 'b', 1)
        `,
        [['int'], ['str'], ['str']],
      );
    });
  });

  describe('generics', () => {
    it('type variables are what the call passes for them', () => {
      check(
        `
        from typing import TypeVar, Iterable, Iterator, Callable, Optional
        T = TypeVar('T')
        def first(xs: list[T], other: Optional[T] = None) -> T: return xs[0]
        def make(c: type[T]) -> T: return c()
        def each(xs: Iterable[T]) -> Iterator[T]: return iter(xs)
        def call(f: Callable[[], T]) -> T: return f()
        def get(d: dict[str, T], k) -> T: return d[k]
        class A: pass
        first([1]), make(A), [x for x in each([1.5])][0], call(lambda: 'a'), get({'a': A()}, 'a')
        ^^^^^^^^^^
                    ^^^^^^^
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
                                                          ^^^^^^^^^^^^^^^^^
                                                                             ^^^^^^^^^^^^^^^^^^^^
        `,
        [['int'], ['A'], ['float'], ['str'], ['A']],
      );
    });

    it('instances of generic classes hold what they are made of, or what their base says', () => {
      check(
        `
        from typing import TypeVar, Generic, Self
        T = TypeVar('T')
        class Box(Generic[T]):
            def __init__(self, x: T): self.x = x
            def get(self) -> T: return self.x
        class Pair[A, B]:
            def __init__(self, a: A, b: B): self.a, self.b = a, b
            def second(self) -> B: return self.b
            def same(self) -> Self: return self
        class Stack(list[int]): pass
        class Small(Pair): pass
        def f(b: Box[int]):
            b.get()
            ^^^^^^^
        f(Box(1))
        Box('a').get(), Pair(1, 'a').second(), Stack([1])[0], Stack([1]).pop(), Small(1, 2).same()
        ^^^^^^^^^^^^^^
                        ^^^^^^^^^^^^^^^^^^^^^
                                               ^^^^^^^^^^^^^
                                                              ^^^^^^^^^^^^^^^^
                                                                                ^^^^^^^^^^^^^^^^^^
        `,
        [['int'], ['str'], ['str'], ['int'], ['int'], ['Small']],
      );
    });
  });

  describe('containers', () => {
    it('hold what is put into them', () => {
      check(
        `
        shared = {}
        def put():
            shared['a'] = 1.5
        put()
        names = []
        names.append('a')
        for name in names:
            name, shared['a']
            ^^^^
                  ^^^^^^^^^^^
        class A:
            def __init__(self): self.queue = []
            def put(self): self.queue.extend([1])
            def get(self):
                return self.queue.pop()
                       ^^^^^^^^^^^^^^^^
        a = A()
        a.put()
        a.get()
        `,
        [['str'], ['float'], ['int']],
      );
    });
  });

  describe('mixins', () => {
    it('have what the classes have that inherit them', () => {
      check(
        `
        class Mixin:
            def f(self):
                return self.g
                       ^^^^^^
        class A(Mixin):
            def g(self): pass
        A().f()
        `,
        'method A.g',
      );
    });
  });

  describe('modules', () => {
    it('imports of all kinds', () => {
      check(
        `
        import pack.inner as i, pack
        from pack import helper as h, C
        from pack.inner import *
        i, pack.inner, h, C, exported, pack.C.m
        ^
           ^^^^^^^^^^
                       ^
                          ^
                             ^^^^^^^^
                                       ^^^^^^^^
        `,
        [
          ['module pack.inner'],
          ['module pack.inner'],
          ['function pack.tools.helper'],
          ['class pack.inner.C'],
          ['function pack.inner.exported'],
          ['function pack.inner.C.m'],
        ],
        {
          '/pack/__init__.py': 'from .tools import *\nfrom . import inner\nfrom .inner import C\n',
          '/pack/tools.py': '__all__ = ["helper"]\ndef helper(): pass\ndef other(): pass\n',
          '/pack/inner.py': `
            from . import tools
            __all__ = []
            __all__ += ['exported']
            def exported(): pass
            class C:
                def m(self): pass
          `,
        },
      );
    });

    it('circles come to an end', () => {
      check(
        `
        import a
        a.f()
        ^^^^^
        `,
        'int',
        {
          '/a.py': 'from b import *\nimport b\ndef f(): return b.g()\n',
          '/b.py': 'import a\ndef g(): return 1\n',
        },
      );
    });
  });

  describe('in CPython', () => {
    it('the same programs meet the same values', async function () {
      this.timeout(30_000);
      await runFixtures();
    });
  });
});
