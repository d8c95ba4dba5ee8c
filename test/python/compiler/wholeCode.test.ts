// Whole code objects of small sources, each for one rule of code generation, flow graph or assembler, beside those that
// the interpreters make: of all targets that have a generator and a native interpreter here.
import assert from 'node:assert/strict';
import { compare } from '../../oracle/comparison.ts';
import { folderSources, libraryFolder, type Source } from '../../oracle/corpora.ts';
import { details } from '../../oracle/report.ts';
import { twinsAt } from '../../oracle/twins/all.ts';
import { judges, type Judge } from '../../support/python.ts';
import { analyze } from '../../../server/src/python/index.ts';

const many = (count: number, of: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => of(i)).join('');

const SOURCES: Readonly<Record<string, string>> = {
  'finally bodies are copied for each way out, and with them their returns':
    'def f(x):\n for i in x:\n  try:\n   with a as b, \\\n     c: return i\n  except (E,\n    F) as e: continue\n  except: break\n  else: e()\n  finally:\n   if x: break\n   try: g()\n   finally: h()\n',
  'a value that is returned stays on the stack through all of that':
    'def f(x):\n try:\n  for i in x:\n   try: return i()\n   except E as e: return e()\n   finally: return g()\n finally:\n  with x: return h()\n',
  'async with and async for, left by return, break and continue':
    'async def f(x):\n async with a as b, c:\n  async for i in x:\n   if i: break\n   if a: continue\n   async with i: return await i\n  else: return 1\n',
  'generators of the three kinds begin alike, and yield':
    'def f(): x = yield 1; yield from x\nasync def g(): await x\nasync def h(): yield 1\n(i for i in x)\n(i async for i in x)\nlambda: (yield)\n',
  'two and three values are exchanged without a tuple, more are not':
    'a = 1,\na, = b,\na, b = b, a\na, b, c = c, b, a\na, b, c, d = d, c, b, a\n(a, (b, c)) = (b, (c, a))\n',
  'as many rotations as there are values are none':
    'def f(x):\n match x:\n  case [a]: pass\n  case [a, b]: pass\n  case [a, b, c]: pass\n  case [a, b, c, d]: pass\n  case [a, b, c, d, e]: pass\n  case ((a, b) | (b, a)) as c: pass\n',
  'patterns of mappings and classes':
    'match x:\n case {}: a\n case {"a": b, c.d: _, **e}: f\n case {**e}: a\n case P(1, _, b, c=d, e=_): g\n case [_, *_]: h\n case [a, *_, b]: i\n case -1 | None | 2+3j: j\n case _ if k: l\n case _: m\n',
  "a docstring behind its statement's start is stored where that begins":
    '(\n"""\n"""\n)\nclass C:\n (\n  "a"\n )\n',
  'what comes after an else case is in no line from 3.11 on':
    'try: pass\nfinally:\n match a:\n  case []: pass\n  case _: pass\n',
  'a NaN is one constant with itself alone: one for all copies where the tree is folded, one for each where the code is':
    'try: pass\nfinally:\n lambda: 1e999 - 1e999\n x = 0 * 1e999 @ a\n lambda: [lambda: 0j * 1e999]\n y = 1e999 * 0 + 1, lambda: 0.0\n',
  'jumps to jumps of their line lead on at once':
    'def f(a, b, c):\n while (a and b) or (c and not a): a = (b or c) and (a or b)\n return a if b else c if a else b\n',
  'a loop that ends where a case does leads out of the match at once':
    'def f(x):\n match x:\n  case 1:\n   for a in b: pass\n  case 2:\n   for a in b: c\n   else: d\n  case _: for_ = 1\n',
  'chains of comparisons, as values and as tests':
    'x = a < b < c\nif a < b is not c in d: e\nwhile not (a < b < c): f\nassert a < b <= c, d\nx = not a in b, not a is b\n',
  'tests of constants':
    'if 1: a\nelse: b\nwhile 0: c\nelse: d\nx = 1 and a or 0 or b\nx = a if "" else b\nif not (): e\nwhile 1:\n if a: break\n',
  'constants at the end that nothing loads go':
    'def f():\n  return 1\n  return 2, lambda: 3\ndef g():\n  "doc"\n  if 0: return "unused"\ndef h():\n  if 0: return (1, 2), [3, 4, 5]\n  return (1, a)\n',
  'equal code objects on one line are one constant':
    'f(lambda: 1, lambda: 1, lambda: 1.0, lambda: (lambda: 2), lambda: (lambda: 2), [x for x in a], [x for x in b])\n',
  'places of what is written over several lines':
    '@a(\n  b)\n@c\ndef f(x=(1,\n   2)): \n  return (x\n    .y(1,\n      z=2)\n    .w)\ndel (a\n  .b)\n(a\n  .b) += (c\n  .d(e))\nx = lambda: (\n  a or\n  b)\ny = [(i,\n  j) for i in\n  x if i for j in y\n  if j]\n',
  classes:
    'class A(B,\n    metaclass=C):\n  "doc"\n  x: int = 1\n  def f(self): return __class__, self.__y\n  class D: pass\n',
  annotations:
    'x: int\nx.y: int = 1\n(x): str\nx[a:b, c]: d = 1\ndef f(a: b, *c: d, e: f = 1, **g: h) -> i:\n  x: j = 1\n',
  'calls of all kinds':
    'f()\nf(1, a=2)\nf(*a)\nf(1, *a, b=2, **c, d=3)\na.b(c)\na.b(c, d=1)\na.b(*c)\nprint(f"{a!r:>{b}}{c}")\nf(' +
    many(31, i => `a${i},`) +
    ')\na.b(' +
    many(30, i => `a${i},`) +
    ')\nf(' +
    many(16, i => `a${i}=1,`) +
    ')\nclass A(' +
    many(31, i => `a${i},`) +
    '): pass\n',
  displays:
    '[1, 2, 3]\n{1, 2, 3}\n(1, a, 3)\n{1: 2, 3: 4}\n{a: 1, **b, c: 2}\n[*a, 1]\n(1, *a)\n{*a}\nx in [1, 2]\nx in {1, a}\nfor i in [a, b]: pass\n[' +
    many(40, i => `a${i},`) +
    ']\n{' +
    many(20, i => `a${i}: 1,`) +
    '}\n',
  'annotations kept as text, of what the AST optimiser has made of them':
    'from __future__ import annotations\na: x in [1, 2]\nb: [i for i in [x, 1]]\nc: f(x in {1}, *[1], k=not x in y)\nd: not not not x is y\ne: x in [1] in [2]\nf: (x := [i for i in [1 + 1]])\ng: lambda *, y=not (x is z): (yield x in [*y])\nh: {__debug__: 1 + 1, (w := __debug__): x in []}\ni: (1 % 3).x + (-1).y + (1, 2)[0].z + True.a\n',
  'blocks are improved in the order in which their labels have been made, up to 3.11':
    'def _rmtree(self):\n def onerror(func, path, exc_info):\n  if issubclass(exc_info[0], PermissionError):\n   def resetperms(path):\n    pass\n   try:\n    if path != name:\n     resetperms(x)\n    try:\n     _os.unlink(path)\n    except (IsADirectoryError, PermissionError):\n     cls._rmtree(path, ignore_errors=ignore_errors)\n   except FileNotFoundError:\n    pass\n  elif issubclass(exc_info[0], FileNotFoundError):\n   pass\n  else:\n   if not ignore_errors:\n    raise\n',
  'generic classes in finally bodies, which change what the names after them are mangled with':
    'try: pass\nfinally:\n  [b for x in [a for x in (lambda: lambda y=__p: a)]]\n  lambda: 1\n  lambda *, __p=[a for __p in a]: a\n  class __C[__V]: pass\nclass _A[T]:\n  class K[*T]: pass\n{a: a for __p in b}\n',
  'a parameter is another local than the name that a generic class mangles':
    'def x(*args, __p=__p):\n class A[U]: pass\n type __p = int\n',
  'cells of a class behind a with statement and a handler, which both lead to its end':
    'class C:\n  def m(): return __class__\n  with a:\n    type X = A\nclass B:\n  def m(): return __class__\n  try: type a = T\n  except a: pass\n',
  'what is in the value of := as older AST optimisers leave it':
    '(x := __debug__)\n(x := 1 + 2)\n(x := not a in [1, 2])\n(x := [i for i in [1] if __debug__])\n(x := lambda y=-1: __debug__)\n(x := 1 if __debug__ else (2, 3))\nif (x := not a is b): pass\n',
  'operators that do not fold, over several lines':
    "f(((\n'' << 1) / 6), ((2, (\n 3 - ''))\n  + 1 + a)[\n0])\n",
  imports: 'import a.b.c as d, e.f\nfrom . import g as h, i\nfrom ..j import (k,\n  l)\nfrom m import *\n',
  operators:
    many(13, i => `a ${'+ - * / // % @ ** << >> & | ^'.split(' ')[i]} b\n`) +
    many(13, i => `a ${'+ - * / // % @ ** << >> & | ^'.split(' ')[i]}= b\n`) +
    'a[b] += 1\na.b -= 2\n-a, +a, ~a, not a\na[1:2:3], a[b:]\n',
  'arguments and jumps of more than a byte':
    'def f(a):\n  while a:\n' +
    many(300, i => `    a = ${i}.5, "${i}", n${i}\n`) +
    '    if a: break\n  return (1.5, 300.5, 301.5)\n',
  'more lines and bytes than an entry of the line table has': `x = 1\n${'\n'.repeat(400)}y = (a,${'\n'.repeat(200)}b)\ndef f():\n  x = [${many(90, i => `a${i}.b${i}, `)}]\n`,
};

/** Which files of a library: every n-th, of no more than so many bytes. */
const EVERY = 120;
const LARGEST = 60_000;

describe('whole code objects', function () {
  this.timeout(300_000);
  this.slow(60_000);
  let natives: readonly Judge[];

  before(async function () {
    natives = (await judges()).filter(({ interpreter }) => interpreter.kind === 'native');
    if (natives.length === 0) this.skip();
  });

  const same = async ({ interpreter }: Judge, corpus: string, sources: readonly Source[]): Promise<void> => {
    const twins = twinsAt(0).filter(({ name }) => name === 'code' || name === 'facts' || name === 'errors');
    const tallies = await compare({
      interpreter,
      sources,
      twins,
      drill: sources.length,
      progress: () => {},
    });
    const rows = Object.entries(tallies).map(([twin, tally]) => ({ interpreter, corpus, twin, tally }));
    for (const { twin, tally } of rows) assert.equal(tally.files, sources.length, twin);
    assert.equal(tallies.errors.refused, 0, 'a source that no interpreter compiles shows nothing');
    assert.equal(rows.map(row => details(row, 5)).join(''), '');
  };

  it('are those of the interpreters, rule by rule', async () => {
    for (const judge of natives) {
      const sources = Object.entries(SOURCES).flatMap(([name, text]): Source[] =>
        analyze(text, judge.target).errors.length > 0 ? [] : [{ name, read: () => Buffer.from(text) }],
      );
      assert.ok(sources.length * 4 > Object.keys(SOURCES).length * 3, judge.target.version);
      await same(judge, 'rules', sources);
    }
  });

  it(`are those of the interpreters, every ${EVERY}th file of their libraries`, async () => {
    for (const judge of natives) {
      const library = folderSources(await libraryFolder(judge.interpreter, []));
      const some = library.filter(({ read }, i) => i % EVERY === 0 && read().length < LARGEST);
      assert.ok(some.length > 3, judge.target.version);
      await same(
        judge,
        'stdlib',
        some.filter(({ name }) => !name.includes('bad')),
      );
    }
  });
});
