// Listings of code objects that CPython compiled, beside what its own `dis` prints of them.
import assert from 'node:assert/strict';
import type { CodeObject } from '../../../server/src/python/code/codeObject.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { listing } from '../../../server/src/python/dis/listing.ts';
import { compiled } from '../../support/marshalled.ts';
import { askPython, judges } from '../../support/python.ts';

const SOURCES = [
  '',
  'x = 1\n',
  'def f(a, *b, c=1, **d) -> "x":\n  "doc"\n  return lambda: (a, b, super().x, super().y())\n',
  'import a.b as c\nfrom . import d\nx is y, x is not y, x in y, x not in y, x < y, not x == y\nif x >= y: pass\n',
  'f"{x!r:>{y}}{x}{x!s}{x:5}"\nx += y ** z\nx[1:2], x[y], x.y, x.z(), g(a=1), g(*a, **b)\n',
  'try:\n  with a as b: c\nexcept E as e:\n  raise\nfinally:\n  f()\n',
  'async def f():\n  async with a: await b\n  return [x async for x in y]\nasync def g():\n  async for x in y: yield x\n',
  'class C:\n  @d\n  def f(self): return __class__\n  x: int = all(i for i in y)\nassert x, y\n',
  `def f():\n  for x in y:${'\n    a(b)'.repeat(200)}\n    if c: break\n`,
  `${'\n'.repeat(1500)}x = 1\n${'y(z)\n'.repeat(1500)}`,
  `x = [${Array.from({ length: 400 }, (_, i) => `a${i} and ${i}.5`).join(', ')}]\n`,
];

/** Constants in chains and in conditions; what annotations are compiled to, with its own names of variables (PEP 649). */
const COMPILED = [
  'x = ("ab",)[0][2]\n"ab"[0].upper()\n("a" + "b")[1][9][a](1)\n(-1)[0][1]\n(1, 2)[5][0]\ndel ("ab",)[0][1]\n',
  'def f(x): return True and x\ndef g(x): return None or x\ndef h(x): return "" or (1 and x)\n',
  'def f(a: int, *b: str) -> "x": pass\nclass C:\n  x: int\n  if y: z: C\n  def g(self, v: x): pass\n',
  'try:\n  [0 for a in b if (lambda: a)]\nexcept E: pass\nx: int = 0\n',
  'type A[T: int, *U, **V] = T | U\ndef f[T](x: T) -> T: return lambda: T\nclass C[T = int]: y: T\n',
];

/** The elements of a frozenset are shown in the order of their hashes, which is not compared. */
const unordered = (text: string): string =>
  text.replace(/frozenset\(\{(.*)\}\)/g, (_, items: string) => [...items].sort().join(''));

describe('listing', function () {
  this.timeout(120_000);

  it('is what `python -m dis` prints, with and without its options', async () => {
    for (const judge of await judges()) {
      const question = { sources: SOURCES, library: 900 };
      const modules = await compiled(judge, question);
      const texts = (await askPython(judge.interpreter, 'disassembled.py', question)) as [string, string][];
      assert.equal(texts.length, modules.length);
      for (const [index, module] of modules.entries()) {
        const options = {
          dialect: judge.target.dialect,
          bytecode: (code: typeof module) => code,
          filename: module.filename,
        };
        // Older versions have none.
        const all = { ...options, show: new Set(judge.target.dialect.dis.options) };
        const where = `${judge.target.version} ${module.filename}`;
        assert.equal(unordered(listing(module, options)!), unordered(texts[index][0]), where);
        assert.equal(unordered(listing(module, all)!), unordered(texts[index][1]), where);
      }
    }
  });

  it('is that of our own code objects', async () => {
    for (const { interpreter, target } of await judges()) {
      const analyses = [...SOURCES, ...COMPILED].map(source => analyze(source, target));
      const compiling = analyses.filter(({ errors }) => errors.length === 0);
      const sources = compiling.map(({ text }) => text);
      const texts = (await askPython(interpreter, 'disassembled.py', { sources })) as [string, string][];
      assert.equal(texts.length, compiling.length, target.version);
      for (const [index, analysis] of compiling.entries()) {
        const options = {
          dialect: target.dialect,
          bytecode: (code: CodeObject) => analysis.bytecode(code),
          filename: `<source ${index}>`,
        };
        const where = `${target.version}: ${analysis.text.slice(0, 200)}`;
        assert.equal(unordered(listing(analysis.code, options)!), unordered(texts[index][0]), where);
      }
    }
  });
});
