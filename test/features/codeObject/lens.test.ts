// Code lenses: where there is one, and its words.
import assert from 'node:assert/strict';
import { codeLenses, type LensOptions } from '../../../server/src/features/codeObject/lens.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';
import { dedent } from '../../support/fixture.ts';

/** Checks the lenses of a source: `line text│lens` for every lens, in the order of the source. */
function check(
  source: string,
  expected: string[],
  options: Partial<LensOptions> = {},
  target = '3.13',
): void {
  const text = dedent(source);
  const lenses = codeLenses(analyze(text, parseTarget(target)!), {
    lambdas: false,
    showAllFlags: false,
    ...options,
  });
  assert.deepEqual(
    lenses.map(({ start, end, title }) => `${text.slice(start, end)}│${title}`),
    expected,
  );
}

describe('code lenses', () => {
  it('stand where there is something notable', () =>
    check(
      `
      def plain(a, b=1):
          """Docstring."""
          return a

      def gen(*args, **kw):
          yield

      class Plain:
          def method(self): pass

      async def co(): pass

      async def agen(): yield
      `,
      [
        'def gen│CO_VARARGS | CO_VARKEYWORDS | CO_GENERATOR',
        'async def co│CO_COROUTINE',
        'async def agen│CO_ASYNC_GENERATOR',
      ],
    ));

  it('name cells and free variables, __class__ alone left out', () =>
    check(
      `
      def outer(a, b):
          def inner():
              return a, b
          return inner

      class C:
          def m(self): return __class__
      `,
      ['def outer│cells: a, b', 'def inner│free: a, b'],
    ));

  it('leave out what the compiler made up beside other variables, but not a variable of that name', () => {
    check(
      `
      def outer(key):
          class C:
              def m(self): return super().m(key)
      def own():
          __class__ = 1
          return lambda: __class__
      `,
      ['def outer│cell: key', 'class C│free: key', 'def m│free: key', 'def own│cell: __class__'],
    );
    check('class Order:\n    if x: y: int\n    def m(self, a: T): ...', [], {}, '3.14');
  });

  it('stand at the def, below decorators', () =>
    check(
      `
      @decorator
      @another(lambda: 0)
      def f(): yield
      `,
      ['def f│CO_GENERATOR'],
    ));

  it('stand on lambdas if asked', () =>
    check('def f(x): return lambda *a: x', ['def f│cell: x', 'lambda│lambda: CO_VARARGS · free: x'], {
      lambdas: true,
    }));

  it('show all flags if asked, on every def and class', () => {
    const source = `
      def f():
          """Docstring."""
      class C:
          def m(self): pass
      `;
    check(
      source,
      ['def f│CO_OPTIMIZED | CO_NEWLOCALS', 'class C│no flags', 'def m│CO_OPTIMIZED | CO_NEWLOCALS'],
      { showAllFlags: true },
    );
    check(
      source,
      [
        'def f│CO_OPTIMIZED | CO_NEWLOCALS | CO_NOFREE',
        'class C│CO_NOFREE',
        'def m│CO_OPTIMIZED | CO_NEWLOCALS | CO_NOFREE',
      ],
      { showAllFlags: true },
      '3.10',
    );
    check(
      source,
      [
        'def f│CO_OPTIMIZED | CO_NEWLOCALS | CO_HAS_DOCSTRING',
        'class C│cell: __classdict__',
        'def m│CO_OPTIMIZED | CO_NEWLOCALS | CO_METHOD',
      ],
      { showAllFlags: true },
      '3.14',
    );
  });

  it('leave out what the whole file has', () =>
    check('from __future__ import annotations\ndef f(): pass\ndef g(): yield', ['def g│CO_GENERATOR']));

  it('leave out the cell that classes have from 3.14 on', () =>
    check('class C:\n    def m(self): pass\nclass D:\n    def m(self): super()', [], {}, '3.14'));

  it('belong to the def, not to its hidden code objects', () =>
    check(
      `
      def f[T](a: T) -> T: yield a
      class C[T]:
          x: T
      `,
      ['def f│CO_GENERATOR', 'class C│free: .type_params, T'],
      {},
      '3.14',
    ));

  it('have a tooltip that says what a click does, and what brought the flags about', () => {
    const text = 'def f(a):\n    def g(): return a\n    yield g\n';
    const [lens] = codeLenses(analyze(text, parseTarget('3.13')!), { lambdas: false, showAllFlags: false });
    assert.equal(
      lens.tooltip,
      'Show the code object\nCO_GENERATOR: yield on line 3\ncells: variables that functions inside capture',
    );
  });

  it('count the names that are too many', () =>
    check('def f(a, b, c, d, e, g): return lambda: (a, b, c, d, e, g)', [
      'def f│cells: a, b, c, d and 2 more',
    ]));

  it('number code objects of the same name', () => {
    const text = 'def f(): yield\ndef f(*a): pass\n';
    const lenses = codeLenses(analyze(text, parseTarget('3.13')!), { lambdas: false, showAllFlags: false });
    assert.deepEqual(
      lenses.map(({ key }) => key),
      ['f', 'f#2'],
    );
  });

  it('stay on everything else while a line is broken', () =>
    check(
      `
      def before(): yield
      def broken(a, b:
          return a +
      def after(*args): pass
      class C:
          def m(self):
              x = self.y(
          async def n(self): pass
      `,
      ['def before│CO_GENERATOR', 'def after│CO_VARARGS', 'async def n│CO_COROUTINE'],
    ));
});
