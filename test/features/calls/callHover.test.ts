// Hovers on calls: which parameter gets what. That the words are CPython's is compared in callHover.oracle.test.ts.
import assert from 'node:assert/strict';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { toMarkdown } from '../../../server/src/lsp/markdown.ts';
import { dedent, fixture } from '../../support/fixture.ts';
import { moduleOf } from '../../support/module.ts';
import type { Tree } from '../../support/tree.ts';

/** Checks what the hover at `$0` says of the call, without what it says of the callee's name and without the version. */
function check(source: string, expected: string | undefined, target = '3.13', tree: Tree = {}): void {
  const { text, cursor, underlined } = fixture(source);
  const { evaluator, module } = moduleOf(text, { target }, tree);
  const found = hover(evaluator, module, cursor);
  const call = (found && toMarkdown(found.blocks))
    ?.replaceAll('  \n', '\n')
    .match(/(?:^|\n)(Call of[^]*)/)?.[1]
    .replace(' · CPython 3.13.18', '');
  assert.equal(call, expected === undefined ? undefined : dedent(expected).trimEnd());
  if (underlined.length > 0) assert.deepEqual({ start: found?.start, end: found?.end }, underlined[0]);
}

describe('hover on calls', () => {
  it('which parameter gets which argument, what is collected, which defaults are taken', () =>
    check(
      `
      def draw(shape, /, size, *points, color='red', fill=None, **style): pass
      dr$0aw(square, 2, 3, 4, color=blue, width=1)
      ^^^^
      `,
      `
      Call of \`main.draw\`

      | Parameter | Argument |
      | :-- | :-- |
      | \`shape\` | \`square\` |
      | \`size\` | \`2\` |
      | \`*points\` | \`3\`, \`4\` |
      | \`color\` | \`color=blue\` |
      | \`**style\` | \`width=1\` |

      Defaults: \`fill=None\`
      `,
    ));

  it('after what the compiler has to say of the name', () => {
    const { evaluator, module } = moduleOf('def f(a): pass\nf(1)', {});
    assert.match(
      toMarkdown(hover(evaluator, module, 15)!.blocks),
      /^`f`: \*\*global, bound by this module\*\* · CPython 3\.13\.18[^]*\n\nCall of `main\.f`\n/,
    );
  });

  it('with the version, where the name has nothing to say', () => {
    const { evaluator, module } = moduleOf('def f(a): pass\nf(1)', {});
    assert.match(
      toMarkdown(hover(evaluator, module, 18)!.blocks),
      /^Call of `main\.f` · CPython 3\.13\.18\n/,
    );
  });

  it('at either parenthesis', () => {
    const expected = `
      Call of \`main.f\`

      | Parameter | Argument |
      | :-- | :-- |
      | \`a\` | \`[1, 2]\` |
    `;
    check('def f(a): pass\n(f) $0([1, 2])\n    ^', expected);
    check('def f(a): pass\n(f) ([1, 2]$0)', expected);
    check('def f(a): pass\n(f) ([1, 2$0])', undefined);
  });

  it('a method, without what it is bound to', () =>
    check(
      `
      class Shape:
          def scale(self, by, *, around=0): pass
          def twice(self): return self.sc$0ale(2)
                                       ^^^^^
      `,
      `
      Call of \`main.Shape.scale\`

      | Parameter | Argument |
      | :-- | :-- |
      | \`by\` | \`2\` |

      Defaults: \`around=0\`
      `,
    ));

  it('what does not fit, and the TypeError', () => {
    check(
      `
      def f(a, b, *, c): pass
      f$0(1, 2, 3)
      `,
      `
      Call of \`main.f\`

      **missing**: \`c\`
      **no parameter for** \`3\`

      **TypeError**: \`f() takes 2 positional arguments but 3 were given\`
      `,
    );
    check(
      `
      class C:
          def m(self, size): pass
          def n(self): self.m$0(sise=1)
      `,
      `
      Call of \`main.C.m\` · CPython 3.9.18

      **missing**: \`size\`
      **no parameter for** \`sise=1\`

      **TypeError**: \`m() got an unexpected keyword argument 'sise'\`
      `,
      '3.9',
    );
  });

  it('displays are unpacked; other unpackings may be anything', () => {
    check(
      `
      def f(a, b, c=3, **d): pass
      f$0(*(1, 2), **{'c': x, 'e': y})
      `,
      `
      Call of \`main.f\`

      | Parameter | Argument |
      | :-- | :-- |
      | \`a\` | \`1\` |
      | \`b\` | \`2\` |
      | \`c\` | \`c=x\` |
      | \`**d\` | \`e=y\` |
      `,
    );
    check(
      `
      def f(a, b, c=3, **d): pass
      f$0(1, *rest, **more)
      `,
      `
      Call of \`main.f\`

      | Parameter | Argument |
      | :-- | :-- |
      | \`a\` | \`1\` |
      | \`b\` | perhaps from \`*rest\`, \`**more\` |
      | \`c\` | perhaps from \`*rest\`, \`**more\`, else \`3\` |
      | \`**d\` | \`**more\` |
      `,
    );
  });

  it('bars and backticks in arguments, and long ones', () =>
    check(
      `
      def f(a, b, c): pass
      f$0(x | y, '\`', ${'z'.repeat(60)})
      `,
      `
      Call of \`main.f\`

      | Parameter | Argument |
      | :-- | :-- |
      | \`a\` | \`x \\| y\` |
      | \`b\` | \`\`'\`'\`\` |
      | \`c\` | \`${'z'.repeat(47)}…\` |
      `,
    ));

  it('a decorator that nobody knows', () =>
    check(
      `
      from elsewhere import route
      @route('/')
      def f(a): pass
      f$0(1)
      `,
      `
      Call of \`main.f\`

      | Parameter | Argument |
      | :-- | :-- |
      | \`a\` | \`1\` |

      Shown as defined: \`@route('/')\` may change it
      `,
    ));

  it('overloads that do not fit, which is no TypeError', () =>
    check(
      `
      from typing import overload
      @overload
      def f(a: int): ...
      @overload
      def f(a: str, b: int): ...
      def f(*args): return args
      f$0(1, 2, 3)
      `,
      `
      Call of \`main.f\` · one of 2 overloads
      None of them takes these arguments
      `,
      '3.13',
      { '/typing.py': 'def overload(func): return func' },
    ));

  it('the overload that fits', () =>
    check(
      `
      from typing import overload
      @overload
      def f(a: int) -> int: ...
      @overload
      def f(a: str, b: str) -> str: ...
      def f(*args): pass
      f$0('a', 'b')
      `,
      `
      Call of \`main.f\` · overload 2 of 2

      | Parameter | Argument |
      | :-- | :-- |
      | \`a\` | \`'a'\` |
      | \`b\` | \`'b'\` |
      `,
      '3.13',
      { '/typing.py': 'def overload(func): return func' },
    ));

  it('says nothing where nothing is known, or nothing is to be told', () => {
    check('unkn$0own(1)', undefined);
    check('def f(): pass\nf$0()', undefined);
    check('def f(a): pass\nf$0', undefined);
  });
});
