// Diagnostics of calls: which are certain to fail. That the words are CPython's is compared in
// callDiagnostics.oracle.test.ts.
import assert from 'node:assert/strict';
import { callDiagnostics } from '../../../server/src/features/calls/callDiagnostics.ts';
import { fixture } from '../../support/fixture.ts';
import { moduleOf } from '../../support/module.ts';

/** Checks the calls that are reported: those underlined, with these messages. */
function check(source: string, ...messages: readonly string[]): void {
  const { text, underlined } = fixture(source);
  const { evaluator, module } = moduleOf(text);
  const found = callDiagnostics(evaluator, module);
  assert.deepEqual(
    found.map(({ message }) => message),
    messages,
  );
  assert.deepEqual(
    found.map(({ start, end }) => ({ start, end })),
    underlined,
  );
}

describe('diagnostics of calls', () => {
  it('what is missing, too much, or unknown', () =>
    check(
      `
      def f(a, *, key): pass
      f(1, key=2)
      f(1)
      ^^^^
      f(1, 2, key=3)
      ^^^^^^^^^^^^^^
      f(1, keyy=2)
      ^^^^^^^^^^^^
      `,
      "f() missing 1 required keyword-only argument: 'key'",
      'f() takes 1 positional argument but 2 positional arguments (and 1 keyword-only argument) were given',
      "f() got an unexpected keyword argument 'keyy'. Did you mean 'key'?",
    ));

  it('silent of what a branch leads to that the arguments rule out', () =>
    check(`
      def build(cls): return registry[cls]
      def decorator(maybe_cls=None, **options):
          def wrap(cls): return build(cls)
          if maybe_cls is None:
              return wrap
          return wrap(maybe_cls)
      @decorator
      class C: x = 1
      C()
      C(1, 2)
      @decorator(frozen=True)
      class D: x = 1
      D()
    `));

  it('methods count self', () =>
    check(
      `
      class C:
          def m(self): return 1
          def n(self): self.m(1)
                       ^^^^^^^^^
      `,
      'C.m() takes 1 positional argument but 2 were given',
    ));

  it('silent of methods that are there to be overridden', () =>
    check(
      `
      class Process:
          def popen(self):
              raise NotImplementedError
          def start(self): self.popen(self)
          @classmethod
          def make(cls): return cls(1)
      `,
    ));

  it('silent where it is not certain what is called, or with what', () =>
    check(
      `
      from elsewhere import decorator
      def f(a): pass
      f(*rest)
      f(**more)
      if unknown:
          f = print
      f()
      @decorator
      def g(a): pass
      g()
      def h(callback): callback(1)
      class C:
          def m(self): pass
      class D(decorator.Base, C):
          def n(self): self.m(1)
      `,
    ));
});
