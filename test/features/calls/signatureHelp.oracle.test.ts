// Signature help against inspect.signature(): what it shows for a call is what CPython says of the callable.
import assert from 'node:assert/strict';
import { type Fit, fitOf } from '../../../server/src/features/calls/signatureHelp/activeParameter.ts';
import { callAt } from '../../../server/src/features/calls/signatureHelp/arguments.ts';
import {
  type SignatureAt,
  signatureHelp,
} from '../../../server/src/features/calls/signatureHelp/signatureHelp.ts';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { type Signature, signatureOf } from '../../../server/src/python/inspect/signature.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import { randomNumbers } from '../../oracle/mutations.ts';
import { bundledFor } from '../../support/bundled.ts';
import { dedent } from '../../support/fixture.ts';
import { moduleOf } from '../../support/module.ts';
import { askPython, type Judge, judges } from '../../support/python.ts';

const SOURCE = dedent(`
  import abc, contextlib, functools, typing

  def f(a, b=1, /, c=..., *args, key: int = 3, **kw) -> None: pass
  g = f
  h = lambda x, *, y=(1, 2): x

  @functools.lru_cache(maxsize=None)
  def cached(a, b=2): pass

  @contextlib.contextmanager
  def managed(a, *, b: str = 'x'): yield

  class A:
      def __init__(self, a: int, __private=0) -> None: pass
      def m(self, p, q=[1, 2], **kw): pass
      def v(*args): pass
      @classmethod
      def cm(cls, x, /): pass
      @staticmethod
      def sm(x, *y): pass
      @abc.abstractmethod
      def abstract(self, z): pass
      def __call__(self, k): pass
      n = lambda self, q: q
      class Inner:
          def __init__(self, i): pass

  class B:
      def __new__(cls, new): return object.__new__(cls)
      def __init__(self, init): pass

  class C(B):
      def __init__(self, c): pass
  class D(A):
      def __new__(cls, d): return object.__new__(cls)
  class E: pass
  class F(E): pass
  class G(B): pass
  class H(A, B): pass
  class I(A):
      def m(self, other): pass
  class J(I, A): pass
  class K(Exception): pass
  class L(dict):
      def __init__(self, own): pass
  class M(type):
      def __call__(cls, m): pass
  class N(metaclass=M):
      def __init__(self, n): pass
  class O:
      __init__ = lambda self, o: None
  class P:
      def __init__(*args, z): pass
  class Q(typing.Generic[typing.TypeVar('T')]):
      def __init__(self, q): pass
  class R:
      @staticmethod
      def __new__(cls, r): return object.__new__(cls)
      def __init_subclass__(cls, s=1): pass
      def __class_getitem__(cls, item): pass

  a = A(1)
  j = J(1)
`);

/** Callables that CoLens must know. */
const KNOWN = [
  ...[
    'f',
    'g',
    'h',
    'cached',
    'managed',
    'A',
    'A.m',
    'A.cm',
    'A.sm',
    'A.abstract',
    'A.n',
    'A.Inner',
    'A(1)',
    'A(1).m',
  ],
  ...[
    'a',
    'a.m',
    'a.v',
    'a.cm',
    'a.sm',
    'a.n',
    'a.abstract',
    'a.Inner',
    'B',
    'C',
    'D',
    'E',
    'F',
    'G',
    'H',
    'I',
    'I.m',
  ],
  ...[
    'J',
    'j.m',
    'J.m',
    'j.v',
    'O',
    'P',
    'R',
    'R.__new__',
    'R.__init_subclass__',
    'R.__class_getitem__',
    'j',
  ],
];
/** Callables of which it must say nothing, or the same as CPython. */
const OTHERS = [
  'K',
  'L',
  'N',
  'Q',
  'M',
  'functools.partial',
  'f.__call__',
  'A.__init__',
  'B.__new__',
  'super',
  'print',
];

/** Where they have no signature, it shows the first lines of their docstrings. */
const DOCUMENTED = ['functools.partial', 'super', 'print'];

describe('signature help and inspect.signature()', function () {
  this.timeout(120_000);

  it('agree on functions, methods and classes', async () => {
    const expressions = [...KNOWN, ...OTHERS];
    const compare = async ({ interpreter, target }: Judge): Promise<void> => {
      const answers = (await askPython(interpreter, 'callables.py', [SOURCE, expressions])) as (
        string | null
      )[];
      expressions.forEach((expression, i) => {
        const text = `${SOURCE}${expression}(`;
        const help = firstHelp(text, text.length, target);
        const what = `${interpreter.version}: ${expression}`;
        if (i < KNOWN.length) assert.ok(help, `nothing known, ${what}`);
        if (!help) return;
        if (answers[i] === null && DOCUMENTED.includes(expression)) {
          assert.ok(expression.endsWith(help.label.slice(0, help.label.indexOf('('))), what);
          return;
        }
        const signature = help.label.slice(help.label.indexOf('('));
        assert.equal(signature === '(…)' ? null : signature, answers[i], what);
      });
    };
    await Promise.all((await judges()).map(compare));
  });

  it('agree with bind() and bind_partial(): where each argument goes, what is wrong, what is missing', async () => {
    const pick = randomNumbers(20_268);
    const questions = Array.from({ length: 250 }, () => {
      const { source, positionalOnly } = randomSignature(pick);
      const calls = Array.from({ length: 8 }, () => randomCall(pick, positionalOnly));
      return { source, calls };
    });
    const compare = async ({ interpreter, target }: Judge): Promise<void> => {
      // Each call twice: with the argument that is asked about, and without it.
      const asked = questions.map(({ source, calls }) => [
        source,
        calls.flatMap(({ args, kwargs, marked }) => [
          [args, kwargs],
          [args.filter(value => value !== marked), kwargs.filter(([, value]) => value !== marked)],
        ]),
      ]);
      const answers = (await askPython(interpreter, 'signatures.py', asked)) as [
        string,
        [unknown, unknown][],
      ][];
      questions.forEach(({ source, calls }, i) => {
        const signature = signatureIn(source, target);
        calls.forEach(({ args, kwargs, marked }, j) => {
          const [[whole, withIt], [, without]] = answers[i][1].slice(2 * j, 2 * j + 2);
          const written = [
            ...args.map(value => `'${value}'`),
            ...kwargs.map(([name, value]) => `${name}='${value}'`),
          ];
          const text = `${source}\nf(${written.join(', ')})`;
          const analysis = analyze(text, target);
          const fitAt = (value: string): Fit => {
            const call = callAt(analysis, text.indexOf(`'${value}'`, source.length) + 1);
            assert.ok(call, text);
            return fitOf(signature, call, target.dialect.inspect);
          };
          const parameterOf = ({ activeParameter }: Fit): string | undefined =>
            activeParameter === undefined ? undefined : signature.parameters[activeParameter].name;
          const what = (value: string): string => `${interpreter.version}: ${text}: ${value}`;
          // The one that is asked about, where the others fit; all, where all of them do.
          const values = typeof withIt === 'string' ? [] : [...args, ...kwargs.map(([, value]) => value)];
          if (typeof without !== 'string') values.push(marked);
          for (const value of values)
            assert.equal(parameterOf(fitAt(value)), boundTo(withIt, value), what(value));
          const { error, missing } = fitAt(args[args.length - 1]);
          assert.equal(error, typeof withIt === 'string' ? withIt : undefined, what('error'));
          const first = typeof whole === 'string' ? /argument: '(\w+)'$/.exec(whole)?.[1] : undefined;
          if (typeof withIt !== 'string') assert.equal(missing.at(0)?.name, first, what('missing'));
        });
      });
    };
    await Promise.all((await judges()).map(compare));
  });
});

/** The signature of the def that a source consists of. */
function signatureIn(source: string, target: Target): Signature {
  const [node] = analyze(source, target).module.body;
  assert.ok(node.kind === NodeKind.FunctionDef);
  return signatureOf(node, { mangled: name => name, stringAnnotations: false, dialect: target.dialect });
}

function firstHelp(text: string, offset: number, target: Target): SignatureAt | undefined {
  const { evaluator, module } = moduleOf(text, { target: target.version, bundled: bundledFor(target) });
  return signatureHelp(evaluator, module, offset)?.signatures[0];
}

type Random = (below: number) => number;

const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** A def of `f` with parameters of all kinds, and the names of the positional-only ones. */
function randomSignature(pick: Random): { source: string; positionalOnly: string[] } {
  const count = pick(6);
  const positionalOnly = pick(count + 1);
  const positional = positionalOnly + pick(count - positionalOnly + 1);
  const parts: string[] = [];
  NAMES.slice(0, count).forEach((name, i) => {
    if (i === positionalOnly && i > 0) parts.push('/');
    if (i === positional) parts.push(pick(2) ? '*args' : '*');
    parts.push(name);
  });
  if (count > 0 && positionalOnly === count) parts.push('/');
  if (count === positional && pick(3) === 0) parts.push('*args');
  if (pick(2)) parts.push('**kw');
  return { source: `def f(${parts.join(', ')}): pass`, positionalOnly: NAMES.slice(0, positionalOnly) };
}

interface Call {
  readonly args: readonly string[];
  readonly kwargs: readonly (readonly [name: string, value: string])[];
  /** The value of the argument that is asked about: the last positional one or any keyword. */
  readonly marked: string;
}

/** Keywords are not those of positional-only parameters: there bind() and a real call differ up to 3.12. */
function randomCall(pick: Random, positionalOnly: readonly string[]): Call {
  const args = Array.from({ length: pick(4) + 1 }, (_, i) => `p${i}`);
  const kwargs = [...NAMES, 'x']
    .filter(name => pick(4) === 0 && !positionalOnly.includes(name))
    .map(name => [name, `k${name}`] as const);
  const candidates = [args[args.length - 1], ...kwargs.map(([, value]) => value)];
  return { args, kwargs, marked: candidates[pick(candidates.length)] };
}

/** The parameter that bind_partial() has bound a value to; undefined if it refuses. */
function boundTo(outcome: unknown, value: string): string | undefined {
  if (!Array.isArray(outcome)) return undefined;
  const [bindings] = outcome as [[name: string, bound: unknown][]];
  return bindings.find(([, bound]) => {
    if (Array.isArray(bound)) return bound.includes(value);
    return typeof bound === 'object' && bound !== null
      ? Object.values(bound).includes(value)
      : bound === value;
  })?.[0];
}
