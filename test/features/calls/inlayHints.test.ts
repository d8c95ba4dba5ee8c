// Inlay hints: the names of parameters, where they say more than the arguments do.
import assert from 'node:assert/strict';
import { inlayHints } from '../../../server/src/features/calls/inlayHints.ts';
import { dedent } from '../../support/fixture.ts';
import { moduleOf } from '../../support/module.ts';

/** Checks a text with hints in «guillemets»; hints are asked for the whole of it, or for some lines, from 0. */
function check(marked: string, lines?: readonly [first: number, afterLast: number]): void {
  const expected = dedent(marked);
  const text = expected.replace(/«[^»]*»/g, '');
  const { evaluator, module } = moduleOf(text);
  const { starts } = module.analysis.lines;
  const start = lines ? starts[lines[0]] : 0;
  const end = lines ? starts[lines[1]] : text.length;
  let shown = text;
  const hints = inlayHints(evaluator, module, { start, end });
  for (const { offset, label } of [...hints].reverse())
    shown = `${shown.slice(0, offset)}«${label}»${shown.slice(offset)}`;
  assert.equal(shown, expected);
}

describe('inlay hints', () => {
  it('parameter names at positional arguments', () =>
    check(`
      def draw(size, /, color, *points, width=1): pass
      draw(«size=»1, «color=»'red', 2, 3, width=4)
    `));

  it('none where the argument has the name itself', () =>
    check(`
      def draw(size, color): pass
      draw(size, self.color)
      draw(«size=»color, «color=»size.value)
    `));

  it('none for names of one letter, and private ones', () =>
    check(`
      def f(x, _hidden, __more, name): pass
      f(1, 2, 3, «name=»4)
    `));

  it('in methods, nested calls, decorators and classes', () =>
    check(`
      def make(first): return lambda func: func
      @make(«first=»1)
      class C:
          def method(self, other):
              return self.method(«other=»make(«first=»[make(«first=»2)]))
    `));

  it('up to an unpacking', () =>
    check(`
      def f(first, second, third): pass
      f(«first=»1, *rest, 3)
      f(*(1, 2), «third=»3)
    `));

  it('only where all that a name can be agrees', () =>
    check(`
      if unknown:
          def f(first, second): pass
      else:
          def f(first, other): pass
      f(«first=»1, 2)
    `));

  it('none where a decorator may have changed it, or nothing is known', () =>
    check(`
      from elsewhere import app
      @app.route
      def f(first): pass
      f(1)
      app(1)
    `));

  it('only for the lines asked for', () =>
    check(
      `
      def f(first): pass
      f(1)
      f(«first=»
      «first=»2)
      f(3)
      `.replace('«first=»\n', '\n'),
      [2, 4],
    ));

  it('while the file is broken', () =>
    check(`
      def f(first): pass
      f(«first=»1
      def g(): f(«first=»2)
    `));
});
