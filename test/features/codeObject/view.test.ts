// The listing of a code object: its form, and that everything in it is what CPython's code object has.
import assert from 'node:assert/strict';
import { codeObjectIndex } from '../../../server/src/features/codeObject/codeObjectIndex.ts';
import { codeObjectDetails } from '../../../server/src/features/codeObject/details.ts';
import { codeObjectView } from '../../../server/src/features/codeObject/view.ts';
import { text as richText } from '../../../server/src/features/richText.ts';
import { codeObjectsOf as codeObjectsInOrder } from '../../../server/src/python/code/lookup.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';
import { dedent } from '../../support/fixture.ts';
import { moduleOf } from '../../support/module.ts';
import { askPython, type Judge, judges } from '../../support/python.ts';

function view(source: string, key: string, target = '3.13'): string {
  const analysis = analyze(dedent(source), parseTarget(target)!);
  const code = codeObjectIndex(analysis).find(key);
  assert.ok(code, `no ${key}`);
  return codeObjectView(analysis, code, { bytecode: false }).text;
}

const SAMPLE = `
  def outer(a, /, b: int = 1, *args, key=None, **kw):
      """Doc."""
      total = 0
      def inner(x):
          nonlocal total
          total += x + a
          yield total
      squares = [y * y for y in args]
      return inner, lambda: key

  class Stack:
      size = 0
      def push(self, __item):
          super().push(__item)
          return self.items
  `;

describe('the listing of a code object', () => {
  it('has a head line, the fields in columns, flags and variables with reasons, and what is nested', () =>
    assert.equal(
      view(SAMPLE, 'outer'),
      dedent(`
      <code object outer, file "source", line 1>  CPython 3.13.18
      5 parameters · 8 locals · 3 cells · CO_OPTIMIZED | CO_NEWLOCALS | CO_VARARGS | CO_VARKEYWORDS

      co_name             'outer'
      co_qualname         'outer'
      co_firstlineno      1
      co_argcount         2
      co_posonlyargcount  1
      co_kwonlyargcount   1
      co_nlocals          8
      co_flags            0xf
          CO_OPTIMIZED    0x1  local variables have numbered slots
          CO_NEWLOCALS    0x2  every call has local variables of its own
          CO_VARARGS      0x4  *args
          CO_VARKEYWORDS  0x8  **kw
      co_varnames
          0  a        positional-only parameter; its value is in cellvars[0]
          1  b        parameter
          2  key      keyword-only parameter; its value is in cellvars[1]
          3  args     variadic positional parameter
          4  kw       variadic keyword parameter
          5  inner    bound on line 4
          6  y        variable of an inlined comprehension
          7  squares  bound on line 8
      co_cellvars
          0  a      captured by outer.<locals>.inner (line 4)
          1  key    captured by outer.<locals>.<lambda> (line 9)
          2  total  captured by outer.<locals>.inner (line 4)

      nested code objects
          inner     line 4  CO_NESTED | CO_GENERATOR · 2 free
          <lambda>  line 9  CO_NESTED · 1 free
      `),
    ));

  it('says of the first constant whether it is a docstring', () => {
    const first = (source: string, target: string): string | undefined => {
      const analysis = analyze(source, parseTarget(target)!);
      const { text } = codeObjectView(analysis, codeObjectIndex(analysis).find('f')!);
      return /co_consts\n {4}0 {2}(.*)/.exec(text)?.[1];
    };
    assert.equal(first('def f(): "Doc."; return 1', '3.13'), "'Doc.'  the docstring");
    assert.equal(first('def f(): "Doc."; return 1', '3.10'), "'Doc.'  the docstring");
    assert.equal(first('def f(): return 500', '3.10'), 'None  there is no docstring');
    assert.equal(first('def f(): return 500', '3.14'), '500');
  });

  it('ends with what inspect would say, where that is known', () => {
    const { evaluator, module } = moduleOf(
      dedent(`
        class Base:
            def walk(self, tree):
                '''Walks.'''
        class Walker(Base):
            def walk(self, tree):
                for left in tree:
                    yield from self.walk(left)
                yield len(tree)
      `),
    );
    const code = codeObjectIndex(module.analysis).find('Walker.walk')!;
    const details = codeObjectDetails(evaluator, module, code);
    const { text, links } = codeObjectView(module.analysis, code, { details, bytecode: false });
    assert.equal(
      text.slice(text.indexOf('inspect')),
      dedent(`
      inspect
          predicates     isfunction, isgeneratorfunction, isroutine
          signature      (self, tree)
          documentation  inherited from Base.walk, 1 line
          builtins       len
          unbound        walk
          a call makes   generator
          states         GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED

      suspension points
          1  line 7  yield from self.walk(left) · delegates to self.walk(left) · bound: left, self, tree
          2  line 8  yield len(tree) · bound: self, tree · perhaps: left
      `),
    );
    const { start } = links.at(-1)!.source;
    assert.equal(module.analysis.text.slice(start, start + 15), 'yield len(tree)');
  });

  it('shows no qualified name where CPython has none', () => {
    assert.doesNotMatch(view(SAMPLE, 'Stack.push', '3.10'), /co_qualname/);
    assert.match(view(SAMPLE, 'Stack.push', '3.11'), /co_qualname {9}'Stack\.push'/);
  });

  it('shows the whole module as a tree', () =>
    assert.equal(
      view(SAMPLE, '<module>', '3.11').split('nested code objects\n')[1],
      `
    outer           line 1   CO_VARARGS | CO_VARKEYWORDS · 3 cells
        inner       line 4   CO_NESTED | CO_GENERATOR · 2 free
        <listcomp>  line 8   CO_NESTED
        <lambda>    line 9   CO_NESTED · 1 free
    Stack           line 11  1 cell
        push        line 13  1 free
`.slice(1),
    ));

  it('has of every field what CPython has', async function () {
    this.timeout(60_000);
    const sources = [
      SAMPLE,
      `
      from __future__ import annotations
      async def f(a, *, b=1, **k):
          async with a as b: return [await x async for x in b]
      `,
      `
      def gen(*args):
          x = yield from args
          try: pass
          except E as err: del x
          class Inner:
              __slots__ = ()
              def m(self, __a): return lambda: (self, __a, args)
              k = {i: j for i in args for j in i}
          return Inner
      `,
      `
      @decorator(lambda: 1)
      def f(
          a=lambda b: b,
      ):
          global g
          import os.path as p, sys
          def g(): return a, p
          with open(a) as (b, c): return {d for d in b}, (e for e in c)
      `,
    ].map(dedent);
    const compare = async ({ interpreter, target }: Judge): Promise<void> => {
      const answers = (await askPython(interpreter, 'listings.py', sources)) as [string, string[][]][][];
      sources.forEach((source, i) => {
        const analysis = analyze(source, target);
        const all = [...codeObjectsInOrder(analysis.code)];
        assert.deepEqual(
          all.map(code => [code.name, rows(codeObjectView(analysis, code, { bytecode: false }).text)]),
          answers[i],
          `${interpreter.version}:\n${source}`,
        );
      });
    };
    await Promise.all((await judges()).map(compare));
  });
});

describe('the listing of a code object in a file that does not compile', () => {
  const SOURCE = `
    import os.
    def whole(): return 1
    class C:
        def around(self):
            x = = 1
            def inner(): return x
    def broken(): y z
    `;
  const notes = (key: string): string[] => {
    const analysis = analyze(dedent(SOURCE), parseTarget('3.13')!);
    const code = codeObjectIndex(analysis).find(key);
    const { text } = codeObjectView(analysis, code!);
    return text.split('\n').filter(line => /^#|^ {4}none/.test(line));
  };
  const FILE = '# the file does not compile: line 1: SyntaxError: invalid syntax';
  const IMPORTS = '# what line 1 imports is not known here';

  it('says what is wrong elsewhere, and that imports may be missing', () =>
    assert.deepEqual(notes('whole'), [FILE, IMPORTS]));

  it('says that a function around it may bind names', () =>
    assert.deepEqual(notes('C.around.<locals>.inner'), [
      FILE,
      '# what line 5 binds or declares in around is not known here',
      IMPORTS,
    ]));

  it('says of code that is broken itself why there is no bytecode', () => {
    assert.deepEqual(notes('broken'), ['    none: line 7: SyntaxError: invalid syntax']);
    assert.deepEqual(notes('C'), ['    none: line 5: SyntaxError: invalid syntax']);
    assert.deepEqual(notes('<module>'), ['    none: line 1: SyntaxError: invalid syntax']);
  });
});

describe('listings that are laid beside each other', () => {
  const compared = (source: string, key: string, target: string): string[] => {
    const analysis = analyze(dedent(source), parseTarget(target)!);
    const code = codeObjectIndex(analysis).find(key)!;
    const details = [{ label: 'predicates', text: richText('isfunction') }];
    return codeObjectView(analysis, code, { details, forComparison: true }).text.split('\n').slice(1);
  };
  const cells = (line: string): string => line.trim().split(/ {2,}/).join('  ');

  it('have the same line where they have the same cells, however long other lines are', () => {
    const plain = 'def f(a):\n    try: return [g(a) for b in a]\n    except E: return lambda: a\n';
    const wide = `
      async def f(a, another_parameter_with_a_long_name_indeed, ${Array.from({ length: 12 }, (_, i) => `p${i}`).join(', ')}):
          try: return [g(a) for b in a]
          except E: return lambda: a
          class ALocalClassWithAVeryLongName:
              async def method(self): yield
    `;
    for (const [left, right] of [
      [compared(plain, 'f', '3.11'), compared(plain, 'f', '3.13')],
      [compared(plain, 'f', '3.8'), compared(plain, 'f', '3.15')],
      [compared(plain, 'f', '3.13'), compared(wide, 'f', '3.13')],
      [compared(wide, 'f', '3.9'), compared(plain, 'f', '3.14')],
    ]) {
      const here = new Map(left.map(line => [cells(line), line]));
      const common = right.filter(line => here.has(cells(line)));
      assert.ok(common.length > 15);
      for (const line of common) assert.equal(line, here.get(cells(line)));
    }
  });

  it('have nothing that only one side may have', () =>
    assert.doesNotMatch(compared('def f(): yield\n', 'f', '3.13').join('\n'), /inspect|suspension/));
});

/** A listing without its explanations: of every row the first two cells. */
function rows(text: string): string[][] {
  return text
    .trimEnd()
    .split('\n')
    .slice(3)
    .filter(line => line !== '' && line !== 'nested code objects')
    .map(line => line.trim().split(/ {2,}/).slice(0, 2));
}
