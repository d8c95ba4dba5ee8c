// Signature help: which call, which callable, which parameter. Expected labels are those of inspect.signature(), and
// expected parameters those of Signature.bind_partial(): inspect's own tests compare both with CPython.
import assert from 'node:assert/strict';
import {
  type SignatureHelpAt,
  signatureHelp,
} from '../../../server/src/features/calls/signatureHelp/signatureHelp.ts';
import { toMarkdown } from '../../../server/src/lsp/markdown.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';
import { bundledFor } from '../../support/bundled.ts';
import { fixture } from '../../support/fixture.ts';
import { moduleOf } from '../../support/module.ts';

const helpAt = (source: string, target = '3.13'): SignatureHelpAt | undefined => {
  const { text, cursor } = fixture(source);
  const bundled = bundledFor(parseTarget(target)!);
  const { evaluator, module } = moduleOf(text, { target, bundled });
  return signatureHelp(evaluator, module, cursor);
};

/** Checks the signatures at `$0`: labels with the active parameter in ⟦⟧; none expected means no help. */
function check(source: string, expected: string | string[], target = '3.13'): void {
  const found = helpAt(source, target)?.signatures ?? [];
  const labels = found.map(({ label, parameters, activeParameter }) => {
    if (activeParameter === undefined) return label;
    const { start, end } = parameters[activeParameter];
    return `${label.slice(0, start)}⟦${label.slice(start, end)}⟧${label.slice(end)}`;
  });
  assert.deepEqual(labels, [expected].flat(), source);
}

const F = 'def f(a, b=1, /, c=..., *args, key: int = 3, **kw) -> None: pass\n';
const G = 'def g(x, y, *, z, w=0): pass\n';

describe('signature help', () => {
  describe('marks the parameter that the argument goes to:', () => {
    it('by position', () => {
      check(`${G}g($0)`, 'g(⟦x⟧, y, *, z, w=0)');
      check(`${G}g(1$0)`, 'g(⟦x⟧, y, *, z, w=0)');
      check(`${G}g(1,$0 2)`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${G}g(1, 2$0)`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${G}g($0 1, 2)`, 'g(⟦x⟧, y, *, z, w=0)');
    });

    it('to *args', () => {
      check(`${F}f(1, 2, 3, $0)`, 'f(a, b=1, /, c=Ellipsis, ⟦*args⟧, key: int = 3, **kw) -> None');
      check(`${F}f(1, 2, 3, 4, 5$0)`, 'f(a, b=1, /, c=Ellipsis, ⟦*args⟧, key: int = 3, **kw) -> None');
    });

    it('by keyword, to **kw, and not to positional-only ones', () => {
      check(`${F}f(1, key=$0)`, 'f(a, b=1, /, c=Ellipsis, *args, ⟦key: int = 3⟧, **kw) -> None');
      check(`${F}f(1, ke$0y=2)`, 'f(a, b=1, /, c=Ellipsis, *args, ⟦key: int = 3⟧, **kw) -> None');
      check(`${F}f(1, other=$0)`, 'f(a, b=1, /, c=Ellipsis, *args, key: int = 3, ⟦**kw⟧) -> None');
      check(`${F}f(1, b=$0)`, 'f(a, b=1, /, c=Ellipsis, *args, key: int = 3, ⟦**kw⟧) -> None');
      check(`${G}g(y=$0)`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${G}g(nothing=$0)`, 'g(x, y, *, z, w=0)');
    });

    it('none where it would be bound twice', () => {
      check(`${G}g(1, x=$0)`, 'g(x, y, *, z, w=0)');
      check(`${G}g(1$0, x=2)`, 'g(x, y, *, z, w=0)');
      check(`${G}g(1, 2, 3$0)`, 'g(x, y, *, z, w=0)');
    });

    it('after keywords, the first that has no argument yet', () => {
      check(`${G}g(y=1, $0)`, 'g(⟦x⟧, y, *, z, w=0)');
      check(`${G}g(1, y=2, $0)`, 'g(x, y, *, ⟦z⟧, w=0)');
      check(`${G}g(1, z=2, y=3, $0)`, 'g(x, y, *, z, ⟦w=0⟧)');
      check(`${G}g(1, 2, $0)`, 'g(x, y, *, ⟦z⟧, w=0)');
      check(`${G}g(1, 2, w$0)`, 'g(x, y, *, z, ⟦w=0⟧)');
    });

    it('around unpacking', () => {
      check(`${F}f(*xs$0)`, 'f(⟦a⟧, b=1, /, c=Ellipsis, *args, key: int = 3, **kw) -> None');
      check(`${F}f(*xs, $0)`, 'f(a, b=1, /, c=Ellipsis, ⟦*args⟧, key: int = 3, **kw) -> None');
      check(`${F}f(*xs, key=$0)`, 'f(a, b=1, /, c=Ellipsis, *args, ⟦key: int = 3⟧, **kw) -> None');
      check(`${F}f(**xs$0)`, 'f(a, b=1, /, c=Ellipsis, *args, key: int = 3, ⟦**kw⟧) -> None');
      check(`${G}g(*xs, $0)`, 'g(x, y, *, ⟦z⟧, w=0)');
      check(`${G}g(*xs, 1$0)`, 'g(x, y, *, z, w=0)');
      check(`${G}g(**xs$0)`, 'g(x, y, *, z, w=0)');
    });

    it('whatever the argument is made of', () => {
      check(`${G}g("a, b", $0)`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${G}g("a, $0b")`, 'g(⟦x⟧, y, *, z, w=0)');
      check(`${G}g([1, 2], {3: 4, 5: 6}, $0)`, 'g(x, y, *, ⟦z⟧, w=0)');
      check(`${G}g([1, $0 2])`, 'g(⟦x⟧, y, *, z, w=0)');
      check(`${G}g(lambda a, b: $0 a)`, 'g(⟦x⟧, y, *, z, w=0)');
      check(`${G}g(lambda a, b: a, $0)`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${G}g(x for x in y if $0 x)`, 'g(⟦x⟧, y, *, z, w=0)');
      check(`${G}g(a := 1, $0)`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${G}g(a[1:2, 3], $0)`, 'g(x, ⟦y⟧, *, z, w=0)');
    });
  });

  describe('finds the call', () => {
    it('that is the innermost', () => {
      check(`${F}${G}f(1, g(2, $0), 3)`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${F}${G}f(g(1, 2), $0`, 'f(a, ⟦b=1⟧, /, c=Ellipsis, *args, key: int = 3, **kw) -> None');
      check(`${G}g(unknown($0))`, []);
      check(`${G}g((1, $0 2))`, 'g(⟦x⟧, y, *, z, w=0)');
    });

    it('unclosed, whatever follows', () => {
      check(`${G}g(1, $0`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${G}g(1, $0\n\ndef h(): pass\nclass C: pass\n`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${G}if g(1, $0:\n    pass\n`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${G}while g($0\n    x = [1, 2\nfor`, 'g(⟦x⟧, y, *, z, w=0)');
      check(`${G}x = {1: [g(1, $0`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`def h():\n    x = 1\n    g(x, $0\n\n${G}`, 'g(x, ⟦y⟧, *, z, w=0)');
    });

    it('over several lines, with comments', () =>
      check(
        `
        def g(x, y, *, z): pass
        g(
            1,  # one, two, (three
            $0
            z=3,
        )
        `,
        'g(x, ⟦y⟧, *, z)',
      ));

    it('in decorators, in class heads, in f-strings of every version', () => {
      check(`${G}@g(1, $0)\ndef h(): pass`, 'g(x, ⟦y⟧, *, z, w=0)');
      check(`${G}class C(g($0)): pass`, 'g(⟦x⟧, y, *, z, w=0)');
      for (const target of ['3.8', '3.11', '3.12', '3.15']) {
        check(`${G}f"a {g(1, $0)}"`, 'g(x, ⟦y⟧, *, z, w=0)', target);
      }
    });

    it('and none elsewhere', () => {
      check(`${G}g$0(1)`, []);
      check(`${G}g(1)$0`, []);
      check(`${G}def g($0): pass`, []);
      check(`${G}class g($0): pass`, []);
      check(`${G}g(1)\nx = $0`, []);
      check(`${G}"g($0"`, []);
      check(`${G}# g($0`, []);
      check('$0', []);
    });
  });

  describe('finds the callable', () => {
    const CLASS = `
class C:
    def __init__(self, n: 'int', *rest): pass
    def m(self, p, q=[1, 2]): self.n($0)
    def n(self, *, k): pass
    @classmethod
    def make(cls, src, /): pass
    @staticmethod
    def st(v): pass
    def __call__(self, w): pass
    def __private(self, x, __y): pass
    @property
    def prop(self): pass
`;
    const C = CLASS.replace('$0', '');

    it('among functions, lambdas and aliases', () => {
      check('loc = lambda q, w=2: q\nloc($0)', '<lambda>(⟦q⟧, w=2)');
      check('def f(a): pass\ng = f\ng($0)', 'f(⟦a⟧)');
    });

    it('in the block that the name means', () => {
      check('def f(a): pass\ndef h():\n    def f(b): pass\n    f($0)', 'f(⟦b⟧)');
      check('def f(a): pass\nclass C:\n    def f(self): pass\n    def m(self): f($0)', 'f(⟦a⟧)');
      check('def f(a): pass\nclass C:\n    def f(self): pass\n    f($0)', 'f(⟦self⟧)');
      check('def f(a): pass\ndef h(f): f($0)', []);
      check('def h():\n    def f(b): pass\n    def i():\n        nonlocal f\n        f($0)', 'f(⟦b⟧)');
    });

    it('of several definitions: the last one before the call first', () => {
      check('def f(a): pass\nf($0)\ndef f(b): pass\n', 'f(⟦a⟧)');
      check('if x:\n    def f(a): pass\nelse:\n    def f(b): pass\nf($0)', ['f(⟦a⟧)', 'f(⟦b⟧)']);
    });

    it('of methods: the first parameter is bound where it is', () => {
      check(CLASS, 'n(*, ⟦k⟧)');
      check(`${C}C(1).m($0)`, 'm(⟦p⟧, q=[1, 2])');
      check(`${C}C.m($0)`, 'm(⟦self⟧, p, q=[1, 2])');
      check(`${C}c = C(1)\nc.m(1, $0)`, 'm(p, ⟦q=[1, 2]⟧)');
      check(`${C}C.make($0)`, 'make(⟦src⟧, /)');
      check(`${C}C(1).make($0)`, 'make(⟦src⟧, /)');
      check(`${C}C.st($0)`, 'st(⟦v⟧)');
      check(`${C}C(1).st($0)`, 'st(⟦v⟧)');
      check(`${C}C(1)($0)`, '__call__(⟦w⟧)');
      check(`${C}C(1).prop($0)`, []);
      check(`${C}    def x(self): self.__private(1, $0)`, '__private(x, ⟦_C__y⟧)');
    });

    it('of classes: __init__ or __new__', () => {
      check(`${C}C($0)`, "C(⟦n: 'int'⟧, *rest)");
      check('class C: pass\nC($0)', 'C()');
      check('class C(object): pass\nC($0)', 'C()');
      check('class C:\n    def __new__(cls, n): pass\n    def __init__(self, i): pass\nC($0)', 'C(⟦n⟧)');
      check('class A:\n    def __init__(self, a): pass\nclass B(A): pass\nB($0)', 'B(⟦a⟧)');
      check('class C(Unknown): pass\nC($0)', []);
      check('class C(metaclass=M):\n    def __init__(self, a): pass\nC($0)', []);
      check('@no_such\nclass C:\n    a: int\nC($0)', 'C()');
    });

    it('of classes that have both, by version', () => {
      const source = `
class B:
    def __new__(cls, new): pass
class C(B):
    def __init__(self, init): pass
C($0)`;
      check(source, 'C(⟦new⟧)', '3.8');
      check(source, 'C(⟦init⟧)', '3.9');
      const mro = `
class A:
    def __init__(self, init): pass
class B:
    def __new__(cls, new): pass
class C(A, B): pass
C($0)`;
      check(mro, 'C(⟦new⟧)', '3.10');
      check(mro, 'C(⟦init⟧)', '3.11');
    });

    it('of inherited methods, and of super()', () => {
      const source = `
class A:
    def m(self, a): pass
class B(A): pass
class C(B):
    def m(self, b, c): super().m($0)
`;
      check(source, 'm(⟦a⟧)');
      check(`${source.replace('$0', '')}C().m(1, $0)`, 'm(b, ⟦c⟧)');
      check(`${source.replace('$0', '')}B().m($0)`, 'm(⟦a⟧)');
      check('class C(Unknown):\n    def n(self): self.m($0)', []);
    });

    it('of nothing that it cannot tell', () => {
      check('import no_such\nno_such.open($0)', []);
      check('def f(a): pass\nf = decorate(f)\nx = f\nx[0]($0)', []);
      check('f()($0)', []);
      check('a = b\nb = a\na($0)', []);
      check('class A(B): pass\nclass B(A): pass\nA($0)', []);
    });

    it('and says where a decorator may change it', () => {
      const says = (source: string, expected: string): void =>
        assert.equal(toMarkdown(helpAt(source)?.signatures[0].documentation ?? []), expected);
      says(
        '@deco(1)\n@other.x\ndef f(a): pass\nf($0)',
        'As defined; `@other.x`, `@deco(1)` may change what a call takes.',
      );
      says('@deco\nclass C: pass\nC($0)', 'As defined; `@deco` may change what a call takes.');
    });
  });

  describe('follows known arguments into the branch that they choose:', () => {
    it('an optional argument that is not given', () => {
      const opt =
        'def opt(f=None, *, flag=False):\n    def deco(fn):\n        return fn\n' +
        '    if f is None:\n        return deco\n    return deco(f)\n';
      check(`${opt}@opt\ndef o(x, y): pass\no($0)`, 'o(⟦x⟧, y)');
      const star =
        'def opt(*args, path=None):\n    def deco(klass):\n        return klass\n' +
        '    if not args:\n        return deco\n    return deco(*args)\n';
      check(`${star}@opt\ndef p(x, y): pass\np($0)`, 'p(⟦x⟧, y)');
    });

    it('isinstance() of a class', () => {
      const registry = 'def reg(c):\n    if not isinstance(c, type): raise TypeError(c)\n    return c\n';
      check(`${registry}@reg\nclass K:\n    def __init__(self, a, b=2): pass\nK($0)`, 'K(⟦a⟧, b=2)');
    });
  });

  it('takes type[C] for the class', () => {
    check('class I:\n    def __init__(self, ia): pass\ndef z(k: type[I]): k($0)', 'I(⟦ia⟧)');
  });

  it('drops the first parameter of a static __call__ before 3.13', () => {
    const source = 'class S:\n    @staticmethod\n    def __call__(x, y=1): pass\ns = S()\ns($0)';
    check(source, '__call__(⟦y=1⟧)', '3.12');
    check(source, '__call__(⟦x⟧, y=1)', '3.13');
  });

  it('shows once what nothing tells apart', () => {
    const twice = 'class A:\n    def r(self, k): pass\nclass B:\n    def r(self, k): pass\n';
    check(`${twice}o = A() if input() else B()\no.r($0)`, 'r(⟦k⟧)');
  });
});
