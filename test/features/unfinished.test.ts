// Half-written lines in the middle of a class: all other methods keep their lenses, whatever stands there.
import assert from 'node:assert/strict';
import { codeLenses } from '../../server/src/features/codeObject/lens.ts';
import { analyze } from '../../server/src/python/index.ts';
import { TARGETS, type Target } from '../../server/src/python/versions/target.ts';
import { dedent } from '../support/fixture.ts';

const CLASS = dedent(`
  import os
  LIMIT = 3

  def first(a, *args):
      """Yields."""
      y = a
      yield y

  class Tree(dict):
      """A tree.

      Don't climb it.
      """
      depth = 0

      def walk(self):
          """Goes through it."""
          z = [self]
          yield from z

      def grow(self, by=1, **kwargs):
          """
          Makes it grow.
          """
          x = by
      HERE
          z = 2
          return lambda: (x, z)

      size = property(lambda self: len(self))

      @staticmethod
      def plant(where, *seeds):
          """Isn't easy."""
          w = f"{where!r}"
          return [lambda: (s, w) for s in seeds]

      async def water(self):
          "Needs water."
          y = super().water
          await y()

  other = Tree

  def last(*, key):
      """The last, with 'quotes'."""
      return lambda: key
`);

/** What may be half written, indented as it stands in the method `grow`. */
const LINES = [
  '    def f(',
  '    def f(a, b',
  '    def f(a, b=',
  '    def f(self):',
  '        def f(',
  '    class A(',
  '        class A(',
  '    @deco(',
  '        @deco(',
  '        for x in',
  '        for x in range(',
  '        if x ==',
  '        if f(x',
  '        while (x :=',
  '        return f(a,',
  '        x = f(1,',
  '        x = [1, 2',
  '        x = [1, (2',
  '        d = {"a": ',
  '        d = {"a": f(1,',
  '        d["a',
  '        x = lambda ',
  '        f(lambda: ',
  '        match x:',
  '        match x:\n            case [1,',
  '        try:',
  '        try:\n            x',
  '        else:',
  '        with open(x',
  '        from os import (',
  '        import',
  '        global',
  '        x = """',
  "        x = '''",
  '        """',
  '        """Some words',
  '        """Some words.\n        They\'re more: (than',
  '        """Some words.\n        And more.""',
  '        x = r"""',
  '        x = f"""{',
  '        x = f"""a {b',
  '        x = "a',
  "        x = 'a",
  "        x = '\\",
  '        x = f"',
  '        x = f"{',
  '        x = f"{x',
  '        x = f"{f(',
  '        x = f"{f(1, [',
  '        x = f"{x!',
  '        x = f"{x:',
  '        x = f"{x:{',
  "        x = f'{d[",
  "        x = f'{d['",
  '        x = \\',
  '        x = 1 + \\',
  '        x = (1,]',
  '        x = f(1))',
  '        }',
  '      x',
  '  x',
  'x',
  'x = f(',
  '          x',
  '            x = 1',
  '\tx',
  '\t\tx = 2',
  '   \tx',
  '    \tx = f(',
  '        $ ? !',
];

/** The lenses of everything but what is being typed in, which say which code object they are of. */
function lenses(text: string, target: Target): string[] {
  return codeLenses(analyze(text, target), { lambdas: true, showAllFlags: true })
    .filter(({ key }) => !key.includes('grow'))
    .map(({ key, title }) => `${key}: ${title}`);
}

const OTHERS = ['first', 'Tree', 'Tree.walk', 'Tree.<lambda>', 'Tree.plant', 'Tree.water', 'last'];

describe('half-written lines', () => {
  for (const line of LINES) {
    for (const [where, text] of [
      ['in a method', CLASS.replace('    HERE', line)],
      ['at the end of a method', CLASS.replace(/ {4}HERE(?:\n {8}.*)*/, line)],
    ]) {
      it(`${JSON.stringify(line)} ${where}`, () => {
        for (const target of TARGETS) {
          const before = lenses(CLASS.replace('    HERE\n', ''), target);
          for (const name of OTHERS)
            assert.ok(
              before.some(lens => lens.startsWith(`${name}: `)),
              name,
            );
          const after = lenses(text, target);
          const lost = before.filter(lens => !after.includes(lens));
          assert.deepEqual(lost, [], `${target.version}:\n${text}`);
        }
      });
    }
  }
});
