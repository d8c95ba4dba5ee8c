// Hovers on the attributes that the interpreter fills in. Their values are compared with CPython's in
// attributeHover.oracle.test.ts.
import assert from 'node:assert/strict';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { toMarkdown } from '../../../server/src/lsp/markdown.ts';
import { fixture } from '../../support/fixture.ts';
import { moduleOf } from '../../support/module.ts';
import type { Tree } from '../../support/tree.ts';

/** Checks the hover at `$0`, line by line; without expected lines, that there is none. */
function check(
  source: string,
  expected: readonly string[] | undefined,
  target = '3.13',
  tree: Tree = {},
): void {
  const { text, cursor, underlined } = fixture(source);
  const { evaluator, module } = moduleOf(text, { target }, tree);
  const found = hover(evaluator, module, cursor);
  assert.deepEqual(found && toMarkdown(found.blocks).split('  \n'), expected);
  if (underlined.length > 0) assert.deepEqual({ start: found?.start, end: found?.end }, underlined[0]);
}

const LIBRARY: Tree = {
  '/inspect.py': 'import enum\nclass BufferFlags(enum.IntFlag):\n    SIMPLE = 0\n',
  '/types.py': 'def coroutine(func): return func\n',
  '/elsewhere.py': 'def far(x, y=2): yield x\n',
};

describe('hover on attributes', () => {
  it('of a function, also from another module', () =>
    check(
      `
      import elsewhere
      elsewhere.far.__defau$0lts__
                    ^^^^^^^^^^^^
      `,
      ['`__defaults__` of `far` · CPython 3.13.18', '`(2,)`'],
      '3.13',
      LIBRARY,
    ));

  it('of a method, which lends its function’s', () =>
    check(
      `
      class C:
          def m(self): pass
          def n(self): return self.m.__qualname__$0
      `,
      ['`__qualname__` of `C.m` · CPython 3.13.18', "`'C.m'`"],
    ));

  it('of a code object: flags by name', () =>
    check(
      `
      async def f(*args): pass
      f.__code__.co_fl$0ags
      `,
      [
        '`co_flags` of `f` · CPython 3.13.18',
        '`135` = `0x87`: `CO_OPTIMIZED` · `CO_NEWLOCALS` · `CO_VARARGS` · `CO_COROUTINE`',
      ],
    ));

  it('co_qualname came with 3.11', () => {
    const source = 'def f(): pass\nf.__code__.co_qualname$0';
    check(source, undefined, '3.10');
    check(source, ['`co_qualname` of `f` · CPython 3.11.7', "`'f'`"], '3.11');
  });

  it('of generators, coroutines and asynchronous generators, by the call that made them', () => {
    check(
      `
      def walk(tree):
          yield from walk(tree.left)
          yield from walk(tree.right)
      def use():
          gen = walk(tree)
          gen.gi_yieldfr$0om
      `,
      [
        '`gi_yieldfrom` of `walk()` · CPython 3.13.18',
        '`None`, or the iterator of `walk(tree.left)` (line 2), `walk(tree.right)` (line 3)',
      ],
    );
    check('async def f(): pass\nf().cr_await$0', [
      '`cr_await` of `f()` · CPython 3.13.18',
      '`None`: it delegates to nothing',
    ]);
    check('async def f(): yield\nf().ag_code.co_name$0', ['`co_name` of `f` · CPython 3.13.18', "`'f'`"]);
    // Not what the function makes.
    check('async def f(): yield\nf().gi_code$0', undefined);
    // Bound twice.
    check('def f(): yield\ng = f()\ng = 1\ng.gi_code$0', undefined);
  });

  it('types.coroutine() sets a flag at run time', () =>
    check(
      `
      import types
      @types.coroutine
      def f(): yield
      f.__code__.co_flags$0
      `,
      [
        '`co_flags` of `f` · CPython 3.13.18',
        '`291` = `0x123`: `CO_OPTIMIZED` · `CO_NEWLOCALS` · `CO_GENERATOR` · `CO_ITERABLE_COROUTINE`',
      ],
      '3.13',
      LIBRARY,
    ));

  it('constants of inspect: value and meaning', () => {
    check(
      'import inspect\ninspect.CO_NEST$0ED',
      ['`inspect.CO_NESTED` = `16` = `0x10` · CPython 3.13.18', 'the function is inside another function'],
      '3.13',
      LIBRARY,
    );
    check('import inspect\ninspect.CO_METHOD$0', undefined, '3.13', LIBRARY);
    check(
      'import inspect\ninspect.BufferFlags.RECORDS$0',
      [
        '`inspect.BufferFlags.RECORDS` = `29` = `0x1d` · CPython 3.13.18',
        'it can be written to; it tells the format of its items; it tells its shape; it tells its strides',
      ],
      '3.13',
      LIBRARY,
    );
    check(
      'from inspect import CO_GENERATOR\nprint(CO_GENERATOR$0)',
      [
        '`CO_GENERATOR`: **global, bound by this module** · CPython 3.13.18',
        'First bound on line 1',
        '`inspect.CO_GENERATOR` = `32` = `0x20` · CPython 3.13.18',
        'a call gives a generator',
      ],
      '3.13',
      LIBRARY,
    );
  });

  it('nothing where it is not known whose it is, or a decorator may have changed it', () => {
    check('f.__defaults__$0', undefined);
    check('def f(a=1): pass\nf.spam$0', undefined);
    check('import nobody\n@nobody.knows\ndef f(a=1): pass\nf.__defaults__$0', undefined);
    check('if x:\n    def f(a=1): pass\nelse:\n    def f(a=2): pass\nf.__defaults__$0', undefined);
  });
});
