// Signature help beyond the parameter: what is wrong and what is missing, documentation, overloads, heads of classes,
// and where a parenthesis is no call. The words about arguments are those of Signature.bind_partial() and of CPython's
// compiler; the oracle test compares them.
import assert from 'node:assert/strict';
import {
  type SignatureHelpAt,
  signatureHelp,
} from '../../../server/src/features/calls/signatureHelp/signatureHelp.ts';
import type { TextBlock } from '../../../server/src/features/richText.ts';
import { toMarkdown } from '../../../server/src/lsp/markdown.ts';
import { DEFAULT_TARGET } from '../../../server/src/python/versions/target.ts';
import { bundledFor } from '../../support/bundled.ts';
import { fixture } from '../../support/fixture.ts';
import { moduleOf } from '../../support/module.ts';
import type { Tree } from '../../support/tree.ts';

function helpAt(source: string, others: Tree = {}): SignatureHelpAt | undefined {
  const { text, cursor } = fixture(source);
  const { evaluator, module } = moduleOf(text, { bundled: bundledFor(DEFAULT_TARGET) }, others);
  return signatureHelp(evaluator, module, cursor);
}

const shown = (blocks: readonly TextBlock[] | undefined): string | undefined => blocks && toMarkdown(blocks);

/** Checks what stands below the first signature. */
const says = (source: string, expected: string): void =>
  assert.equal(shown(helpAt(source)?.signatures[0].documentation), expected, source);

/** Checks the label with the active parameter in ⟦⟧; undefined: no help. */
function shows(source: string, expected: string | undefined, others?: Tree): void {
  const help = helpAt(source, others);
  const signature = help?.signatures[help.activeSignature];
  const active = signature?.activeParameter;
  const span = active === undefined ? undefined : signature?.parameters[active];
  const label = signature?.label;
  const marked =
    span && label
      ? `${label.slice(0, span.start)}⟦${label.slice(span.start, span.end)}⟧${label.slice(span.end)}`
      : label;
  assert.equal(marked, expected, source);
}

const G = 'def g(x, y, *, key, keep=0): pass\n';
const K = 'def k(a, /, **kw): pass\n';

describe('signature help', () => {
  describe('says what is wrong', () => {
    it("in bind's words", () => {
      says(`${G}g(1, 2, 3, $0key=1)`, '**too many positional arguments**');
      says(`${G}g(1, 2, 'a'$0)`, '**too many positional arguments**');
      says(`${G}g(1, x=$0)`, "**multiple values for argument 'x'**");
      says(`${G}g(1, 2, nothing=$0)`, "**got an unexpected keyword argument 'nothing'**");
      says('def f(a, /): pass\nf(a=$0)', "**missing a required positional-only argument: 'a'**");
    });

    it("in the compiler's words", () => {
      says(`${G}g(1, key=1, key=$0)`, '**keyword argument repeated: key**');
      says(`${G}g(1, key=1, 2$0)`, '**positional argument follows keyword argument**');
      says(`${G}g(**xs, 2$0)`, '**positional argument follows keyword argument unpacking**');
      says(`${G}g(**xs, *ys$0)`, '**iterable argument unpacking follows keyword argument unpacking**');
    });

    it('only when it cannot get right any more', () => {
      says(`${G}g(1, 2, k$0)`, 'Still required: `key`');
      says(`${G}g(1, 2, nam$0)`, '**too many positional arguments**');
      says(`${K}k(1, nam$0)`, '');
      says(`${G}g(*xs, $0)`, '');
      says(`${G}g(*xs, key=1$0)`, '');
    });
  });

  it('says where only callers tell what a parameter is', () => {
    const source = (name: string, call: string): string =>
      `class C:\n  def m(self, a=1): pass\ndef ${name}(c):\n  ${call}\n${name}(C())`;
    const inferred =
      'Inferred from what calls in its module pass, or from the method that is overridden: others may pass something else.';
    says(source('f', 'c.m($0)'), inferred);
    shows(source('f', 'c.m($0)'), 'm(⟦a=1⟧)');
    // Of what is private they are all that there are.
    says(source('_f', 'c.m($0)'), '');
    // Unless it is not known what one of them passes.
    says(`${source('_f', 'c.m($0)')}\n_f(unknown())`, inferred);
    // What is passed to *args, and classes.
    says('class C:\n  def m(self): pass\ndef f(*cs):\n  cs[0].m($0)\nf(1, C())', inferred);
    says('class C:\n  def m(self): pass\ndef f(cls):\n  cls().m($0)\nf(C)', inferred);
    // What the method takes that is overridden.
    says(
      'class C:\n  def m(self): pass\nclass A:\n  def m(self, c: C): pass\nclass B(A):\n  def m(self, c):\n    c.m($0)',
      inferred,
    );
    // A function that is passed may be any function.
    shows('def g(a): pass\ndef f(h):\n  h($0)\nf(g)', undefined);
    // Tables of functions are called without their names.
    shows(
      'class C:\n  def m(self, a=1): pass\ndef _f(c):\n  c.m($0)\nTABLE = {1: _f}\nTABLE[1](C())',
      'm(⟦a=1⟧)',
    );
    // Not every function that the annotation allows is passed.
    shows(
      'from typing import Callable\ndef g(a): pass\ndef _f(h: Callable[[int], None]):\n  h($0)\n_f(g)',
      'g(⟦a⟧)',
    );
    // What calls a lambda tells what it is called with.
    shows("sorted(['a'], key=lambda s: s.upper($0))", 'upper()');
    shows(
      "list(map(lambda s, b: b.decode($0), ['a'], [b'b']))",
      "decode(⟦encoding='utf-8'⟧, errors='strict')",
    );
  });

  it('says what an annotation says of a callable that is not known', () => {
    const source = (annotation: string, call: string): string =>
      `import typing as t\ndef f(h: t.Callable[${annotation}]):\n  ${call}`;
    shows(source('[int, "str"], bool', 'h($0)'), "h(⟦int⟧, 'str') -> bool");
    shows(source('[int, str], bool', 'h(1, $0)'), 'h(int, ⟦str⟧) -> bool');
    shows(source('..., t.Any', 'h(1, $0)'), 'h(...) -> t.Any');
    says(
      source('[int], bool', 'h($0)'),
      'As its annotation says, `Callable[[int], bool]`: what inspect finds depends on what is passed.',
    );
    // Nothing is said of what it takes.
    shows('import typing as t\ndef f(h: t.Callable):\n  h($0)', undefined);
  });

  it('says what is still required, but for what is being written', () => {
    says(`${G}g($0)`, 'Still required: `y`, `key`');
    says(`${G}g(1, $0)`, 'Still required: `key`');
    says(`${G}g(y=1, $0)`, 'Still required: `key`');
    says(`${G}g(1, 2, keep=$0)`, 'Still required: `key`');
    says(`${G}g(1, 2, key=$0)`, '');
    says(`${G}g(**xs$0)`, '');
  });

  describe('takes a name for a keyword', () => {
    it('where only a keyword fits, by a prefix that is unique, or whole', () => {
      shows(`${G}g(1, 2, kee$0)`, 'g(x, y, *, key, ⟦keep=0⟧)');
      shows(`${G}g(1, 2, ke$0)`, 'g(x, y, *, key, keep=0)');
      shows(`${G}g(1, key=0, ke$0)`, 'g(x, y, *, key, ⟦keep=0⟧)');
      shows('def f(*, a, ab): pass\nf(a$0)', 'f(*, ⟦a⟧, ab)');
      shows(`${K}k(1, na$0)`, 'k(a, /, ⟦**kw⟧)');
    });

    it('also one that reads as a statement so far', () => {
      shows('def f(*, default): pass\nf(def$0', 'f(*, ⟦default⟧)');
      shows('def f(*, classes): pass\nf(\n  class$0\n)', 'f(*, ⟦classes⟧)');
      shows('def f(*, withdraw): pass\nx = f(with$0)\ny = 1', 'f(*, ⟦withdraw⟧)');
    });

    it('not where it goes by position', () => {
      shows(`${G}g(ke$0)`, 'g(⟦x⟧, y, *, key, keep=0)');
    });
  });

  describe('of a call inside one that is not closed either', () => {
    it('counts the arguments up to the cursor alone', () => {
      shows(`${G}def f(*a, x): pass\nf(g($0, x=1)`, 'g(⟦x⟧, y, *, key, keep=0)');
      shows(`${G}def f(*a, x): pass\nf(g($0), x=1)`, 'g(⟦x⟧, y, *, key, keep=0)');
    });
  });

  it('knows names that only what follows the call binds', () => {
    const F = 'def f(x): pass\n';
    shows(`${F}y = [g($0 for g in [f]]\nz = 1`, 'f(⟦x⟧)');
    shows(`${F}y = [g('a$0 for g in [f]]\nz = 1`, 'f(⟦x⟧)');
    shows(`${F}y = {1: g(1$0 for g in [f]}`, 'f(⟦x⟧)');
  });

  describe('shows documentation', () => {
    const DOCUMENTED = `
def f(a_b: int, c, *args):
    """Do *all* of \`it\`,
    and <more>.

    Not this.

    Args:
        a_b: How *much*.
        c (str): Which.
        *args: The rest.
    """
`;

    it('of the signature and of each parameter, escaped', () => {
      const signature = helpAt(`${DOCUMENTED}f(1, 2, $0)`)?.signatures[0];
      assert.equal(shown(signature?.documentation), 'Do \\*all\\* of \\`it\\`, and \\<more\\>.');
      assert.deepEqual(
        signature?.parameters.map(({ documentation }) => shown(documentation)),
        ['How \\*much\\*.', '`str`: Which.', 'The rest.'],
      );
    });

    it('in which nothing looks like Markdown', () => {
      const doc = '- a\\n    + b\\n      1. c\\n    2) d\\n    === [e](f) $(g) &lt; # | ~~';
      const signature = helpAt(`def f():\n    "${doc}"\nf($0)`)?.signatures[0];
      assert.equal(
        shown(signature?.documentation),
        '\\- a + b 1. c 2) d === \\[e\\](f) \\$(g) \\&lt; \\# \\| \\~\\~',
      );
    });

    it('of a class and its __init__, of an inherited method', () => {
      const source = `
class A:
    """An A.

    :param a: from the class
    """
    def __init__(self, a, b):
        """Make one.

        :param a: not this
        :param b: from __init__
        """
    def m(self, x):
        """Inherited.

        @param x: what
        """
class B(A):
    def m(self, x): pass
`;
      const made = helpAt(`${source}A($0)`)?.signatures[0];
      assert.equal(shown(made?.documentation), 'Still required: \`b\`\n\nAn A.');
      assert.deepEqual(
        made?.parameters.map(({ documentation }) => shown(documentation)),
        ['from the class', 'from \\_\\_init\\_\\_'],
      );
      const inherited = helpAt(`${source}B(1, 2).m($0)`)?.signatures[0];
      assert.equal(shown(inherited?.documentation), 'Inherited.');
      assert.equal(shown(inherited?.parameters[0].documentation), 'what');
    });
  });

  describe('of overloads', () => {
    const typing = { '/typing.py': 'def overload(f): return f' };
    const SOURCE = `
from typing import overload
@overload
def f(a: int) -> int: ...
@overload
def f(a: str, b: int) -> str: ...
@overload
def f(*, key) -> None: ...
def f(*args, **kwargs): pass
`;
    it('shows what runs, then lists all', () => {
      const help = helpAt(`${SOURCE}f($0)`, typing);
      assert.deepEqual(
        help?.signatures.map(({ label }) => label),
        ['f(*args, **kwargs)', 'f(a: int) -> int', 'f(a: str, b: int) -> str', 'f(*, key) -> None'],
      );
      shows(`${SOURCE}f(1, $0)`, 'f(⟦*args⟧, **kwargs)', typing);
      const narrow = SOURCE.replace('*args, **kwargs', 'a=None, b=None');
      shows(`${narrow}f(1, $0)`, 'f(a=None, ⟦b=None⟧)', typing);
      shows(`${narrow}f(key=$0)`, 'f(*, ⟦key⟧) -> None', typing);
    });
  });

  it('gives methods of interfaces all their parameters', () => {
    const zope = {
      '/zope/__init__.py': '',
      '/zope/interface/__init__.py': 'from zope.interface.interface import Interface',
      '/zope/interface/interface.py': `class InterfaceClass:
    def __init__(self, name, bases=(), attrs=None): pass
Interface = InterfaceClass('Interface')`,
    };
    const source = `
from zope.interface import Interface
class IWriter(Interface):
    def write(data, end=''): pass
class IMore(IWriter):
    def more(data): pass
def f(writer: IMore):
`;
    shows(`${source}    writer.write($0)`, "write(⟦data⟧, end='')", zope);
    shows(`${source}    writer.more($0)`, 'more(⟦data⟧)', zope);
  });

  it('takes parameters for what their docstrings say', () => {
    const source = `
class Foo:
    def method(self, x, y=1): pass
def f(a, b=None, c=None):
    '''Does.

    :param a: the first
    :type a: Foo or None
    :param Foo b: the second
    :param c: what nobody knows
    :type c: a nonsense
    '''
`;
    shows(`${source}    a.method($0)`, 'method(⟦x⟧, y=1)');
    shows(`${source}    b.method(1, $0)`, 'method(x, ⟦y=1⟧)');
    assert.equal(helpAt(`${source}    c.method($0)`), undefined);
  });

  it('describes instances that wrap a function like it', () => {
    const functools = { '/functools.py': 'def update_wrapper(wrapper, wrapped): return wrapper' };
    const source = `
import functools
class Task:
    def __init__(self, function): functools.update_wrapper(self, function)
    def __call__(self, *args, **kwargs): pass
@Task
def task(a, b=3): pass
`;
    shows(`${source}task(1, $0)`, 'task(a, ⟦b=3⟧)', functools);
  });

  describe('in the head of a class', () => {
    const A = 'class A:\n    def __init_subclass__(cls, /, flag=False, *, name, **kwargs): pass\n';

    it('shows what the keywords go to', () => {
      shows(`${A}class B(A, $0): pass`, 'B(⟦*bases⟧, metaclass=type, flag=False, name, **kwargs)');
      shows(`${A}class B(A, flag=$0): pass`, 'B(*bases, metaclass=type, ⟦flag=False⟧, name, **kwargs)');
      shows(`${A}class B(A, nam$0): pass`, 'B(⟦*bases⟧, metaclass=type, flag=False, name, **kwargs)');
      shows(`${A}class B(A, metaclass=$0): pass`, 'B(*bases, ⟦metaclass=type⟧, flag=False, name, **kwargs)');
      shows(`${A}class B[T](A, name=$0`, 'B(*bases, metaclass=type, flag=False, ⟦name⟧, **kwargs)');
    });

    it('also of the metaclass, its own or inherited', () => {
      const M = 'class M(type):\n    def __new__(mcs, name, bases, namespace, *, option=None): pass\n';
      shows(`${M}class B(metaclass=M, $0): pass`, 'B(*bases, metaclass=M, ⟦option=None⟧)');
      shows(
        `${M}class A(metaclass=M): pass\nclass B(A, option=$0): pass`,
        'B(*bases, metaclass=M, ⟦option=None⟧)',
      );
    });

    it('and nothing where they take none', () => {
      shows('class B(object, $0): pass', undefined);
      shows('class B($0): pass', undefined);
    });
  });

  it('is silent in patterns, not in guards and bodies', () => {
    const P = 'class Point:\n    def __init__(self, x, y): pass\n';
    const body = (line: string): string => `${P}match p:\n    case None: pass\n    ${line}`;
    shows(body('case Point(x=$0): pass'), undefined);
    shows(body('case [Point($0'), undefined);
    shows(body('case (Point($0)): pass'), undefined);
    shows(body('case {"a": Point($0)} if x: pass'), undefined);
    shows(body('case Point() if Point($0): pass'), 'Point(⟦x⟧, y)');
    shows(body('case Point(): Point($0)'), 'Point(⟦x⟧, y)');
    shows(`${P}match Point($0):\n    case _: pass`, 'Point(⟦x⟧, y)');
    shows('def case(a): pass\ncase($0)', 'case(⟦a⟧)');
    shows('def match(a): pass\nmatch($0)', 'match(⟦a⟧)');
    shows(`${P}case = 1\ncase[Point($0)]`, 'Point(⟦x⟧, y)');
  });

  it('reaches over files', () => {
    const others = { '/lib/__init__.py': 'from .a import f as h', '/lib/a.py': 'def f(a, b=1): pass' };
    shows('import lib\nlib.h(1, $0', 'f(a, ⟦b=1⟧)', others);
    shows('from lib.a import f\nx = [f($0', 'f(⟦a⟧, b=1)', others);
    shows('import lib.a as m\n(m.f)($0', 'f(⟦a⟧, b=1)', others);
  });
});
