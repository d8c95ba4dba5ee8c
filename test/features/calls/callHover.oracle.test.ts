// What hovers and diagnostics say of calls and attributes, against what CPython raises and answers.
import assert from 'node:assert/strict';
import { callDiagnostics } from '../../../server/src/features/calls/callDiagnostics.ts';
import { toMarkdown } from '../../../server/src/lsp/markdown.ts';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { bundledFor } from '../../support/bundled.ts';
import { dedent } from '../../support/fixture.ts';
import { moduleOf, type ModuleInProgram } from '../../support/module.ts';
import { askPython, type Judge, judges } from '../../support/python.ts';

const SOURCE = dedent(`
  import functools, types

  def f(a, b=1, *, key='k'):
      '''Doc.'''
      return a
  def g(first, second, /, third, *rest, **more): return rest
  def none(): return 1
  def nested(x, y=(1, [2]), *, z=None):
      def inner(): return x
      return inner
  h = lambda q, *, w=2.5: q
  def generator(n):
      for i in range(n): yield i
  async def coroutine(n): return n
  async def asynchronous(n):
      yield n
  @types.coroutine
  def iterable(n): yield n
  @functools.lru_cache(maxsize=None)
  def cached(a): return a

  class A:
      '''A class.'''
      def m(self, x, *, y=1): return x
      @classmethod
      def cm(cls, x): return x
      @staticmethod
      def sm(x): return x
  class B(A):
      def __init__(self, size): self.size = size
      def __call__(self, z): return z
      def __private(self): return self.__size
  class C(B):
      def __new__(cls, *args, **kwargs): return object.__new__(cls)
  class D:
      def __new__(cls, made): return object.__new__(cls)
  inner = nested(1)
  a = A()
`);

const FIRST_LINE = SOURCE.split('\n').length;

/** Calls of every kind of callable, with all that can be wrong. */
const CALLS = [
  ...[
    'f',
    'g',
    'none',
    'h',
    'generator',
    'coroutine',
    'cached',
    'A.m',
    'A.cm',
    'A.sm',
    'A().m',
    'A().cm',
    'A().sm',
  ],
  ...['A', 'B', 'C', 'D', 'B(1)', 'a.m', 'inner'],
].flatMap(callee =>
  [
    '',
    '1',
    '1, 2',
    '1, 2, 3',
    'a=1',
    'x=1',
    'kee=1',
    '1, key=2',
    '1, x=2',
    'first=1, second=2',
    '*(1, 2)',
    "**{'y': 1}",
  ].map(args => `${callee}(${args})`),
);

/** Without keywords, with one, two, more or optional parameters, and methods. */
const BUILTINS = [
  ...['len', 'abs', 'isinstance', 'divmod', 'globals', 'hash', 'setattr', 'iter'],
  ...['"".join', '[].append', '[].clear', '[].insert', '"".upper'],
];

/** The interpreter's attributes, each of which a hover tells. */
const ATTRIBUTES = [
  ...['f', 'g', 'none', 'nested', 'h', 'generator', 'coroutine', 'asynchronous', 'A.m', 'B.__call__'].flatMap(
    name => [
      ...['__name__', '__qualname__', '__defaults__', '__kwdefaults__', '__doc__', '__module__'].map(
        attr => `${name}.${attr}`,
      ),
      ...[
        'co_name',
        'co_argcount',
        'co_posonlyargcount',
        'co_kwonlyargcount',
        'co_nlocals',
        'co_varnames',
      ].map(attr => `${name}.__code__.${attr}`),
      ...['co_cellvars', 'co_freevars', 'co_firstlineno', 'co_flags'].map(attr => `${name}.__code__.${attr}`),
    ],
  ),
  ...['generator(1).gi_code', 'coroutine(1).cr_code', 'asynchronous(1).ag_code'].flatMap(code => [
    `${code}.co_name`,
    `${code}.co_flags`,
  ]),
  'iterable.__code__.co_flags',
  ...['A', 'B', 'C'].flatMap(name =>
    ['__name__', '__qualname__', '__doc__', '__module__'].map(attr => `${name}.${attr}`),
  ),
];

describe('hovers and diagnostics of calls, against CPython', function () {
  this.timeout(120_000);
  let all: Judge[];
  before(async () => {
    all = await judges();
    if (all.length === 0) this.ctx.skip();
  });

  const ask = async ({ interpreter }: Judge, expressions: readonly string[]) =>
    (await askPython(interpreter, 'evaluations.py', { source: SOURCE, expressions })) as [
      string | null,
      string | null,
    ][];

  /** A module that ends with some expressions, a line each. */
  const asked = ({ target }: Judge, expressions: readonly string[]): ModuleInProgram =>
    moduleOf(`${SOURCE}${expressions.join('\n')}\n`, { target: target.version, bundled: bundledFor(target) });

  it('the TypeErrors of calls', async () => {
    let errors = 0;
    let reported = 0;
    for (const judge of all) {
      const { version } = judge.target;
      const answers = await ask(judge, CALLS);
      const { evaluator, module } = asked(judge, CALLS);
      const { lines } = module.analysis;
      const messages = new Map(
        callDiagnostics(evaluator, module).map(({ start, message }) => [
          lines.lineno(start) - FIRST_LINE,
          `TypeError: ${message}`,
        ]),
      );
      CALLS.forEach((call, i) => {
        const [, error] = answers[i];
        if (error !== null) errors++;
        const message = messages.get(i);
        if (message === undefined) return;
        reported++;
        assert.equal(message, error, `${version} ${call}`);
      });
    }
    assert.ok(reported > errors * 0.8, `${reported} of ${errors} reported`);
  });

  it('the TypeErrors of builtins, whose words are their own', async () => {
    const calls = BUILTINS.flatMap(callee =>
      ['', '1', '1, 2', '1, 2, 3', '1, 2, 3, 4', '1, x=2'].map(args => `${callee}(${args})`),
    );
    for (const judge of all) {
      const answers = await ask(judge, calls);
      const { evaluator, module } = asked(judge, calls);
      let compared = 0;
      calls.forEach((call, i) => {
        const [, error] = answers[i];
        const offset = module.analysis.lines.starts[FIRST_LINE - 1 + i] + call.lastIndexOf('(');
        const found = hover(evaluator, module, offset);
        const told = /\*\*TypeError\*\*: `(.*)`/.exec(found ? toMarkdown(found.blocks) : '')?.[1];
        if (told === undefined) return;
        compared++;
        assert.equal(`TypeError: ${told}`, error, `${judge.target.version} ${call}`);
      });
      assert.ok(compared > calls.length / 2, `${judge.target.version}: ${compared} of ${calls.length}`);
    }
  });

  it('the values of attributes', async () => {
    for (const judge of all) {
      const { version } = judge.target;
      const answers = await ask(judge, ATTRIBUTES);
      const { evaluator, module } = asked(judge, ATTRIBUTES);
      ATTRIBUTES.forEach((expression, i) => {
        const offset = module.analysis.lines.starts[FIRST_LINE - 1 + i] + expression.length;
        const found = hover(evaluator, module, offset);
        const [, value] = found ? toMarkdown(found.blocks).split('  \n') : [];
        assert.equal(/`([^`]*)`/.exec(value ?? '')?.[1], answers[i][0], `${version} ${expression}`);
      });
    }
  });
});
