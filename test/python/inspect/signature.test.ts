// str(inspect.signature(f)) and Signature.bind(), against every CPython of this machine.
import assert from 'node:assert/strict';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import type { Lambda } from '../../../server/src/python/ast/expressions.ts';
import type { FunctionDef, Statement } from '../../../server/src/python/ast/nodes.ts';
import { CodeFlags } from '../../../server/src/python/code/flags.ts';
import { analyze } from '../../../server/src/python/index.ts';
import {
  bind,
  type BindError,
  bindPartial,
  type BoundArguments,
} from '../../../server/src/python/inspect/bind.ts';
import { type Signature, signatureOf, signatureText } from '../../../server/src/python/inspect/signature.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import { mangle } from '../../../server/src/python/symtable/mangle.ts';
import { randomNumbers } from '../../oracle/mutations.ts';
import type { Interpreter } from '../../oracle/interpreters.ts';
import { askPython, judges, allJudges, type Judge } from '../../support/python.ts';

/** The signature of `f`, wherever in a class it is. */
function signatureOfF(source: string, target: Target): Signature {
  const { module, symbolTable } = analyze(source, target);
  const find = (
    body: readonly Statement[],
    privateName: string | null,
  ): [FunctionDef | Lambda, string | null] | undefined => {
    for (const node of body) {
      if (node.kind === NodeKind.FunctionDef && node.name === 'f') return [node, privateName];
      if (node.kind === NodeKind.Assign && node.value.kind === NodeKind.Lambda)
        return [node.value, privateName];
      if (node.kind === NodeKind.ClassDef) {
        const found = find(node.body, node.name);
        if (found) return found;
      }
    }
    return undefined;
  };
  const found = find(module.body, null);
  assert.ok(found, source);
  return signatureOf(found[0], {
    mangled: name => mangle(found[1], name),
    stringAnnotations: (symbolTable.futureFeatures & CodeFlags.FUTURE_ANNOTATIONS) !== 0,
    dialect: target.dialect,
  });
}

type Call = readonly [args: readonly string[], kwargs: readonly (readonly [string, string])[]];
type Question = readonly [source: string, calls: readonly Call[]];
type Answer = readonly [text: string, outcomes: readonly (readonly [full: unknown, partial: unknown])[]];

const ask = (interpreter: Interpreter, questions: readonly Question[]): Promise<Answer[]> =>
  askPython(interpreter, 'signatures.py', questions) as Promise<Answer[]>;

/** Checks the signature of a source, and what calls of it bind. */
function check([source, calls]: Question, [text, outcomes]: Answer, { interpreter, target }: Judge): void {
  if (text === 'SyntaxError') return; // not in this version
  const signature = signatureOfF(source, target);
  assert.equal(signatureText(signature).text, text, `${interpreter.version}: ${source}`);
  calls.forEach(([args, kwargs], i) => {
    const { inspect } = target.dialect;
    const [full, partial] = outcomes[i];
    const what = `${interpreter.version}: ${source}: ${JSON.stringify([args, kwargs])}`;
    assert.deepEqual(plain(bind(signature, args, new Map(kwargs), inspect)), full, `bind, ${what}`);
    const bound = bindPartial(signature, args, new Map(kwargs), inspect);
    assert.deepEqual(plain(bound), partial, `bind_partial, ${what}`);
  });
}

/** A binding in the form in which signatures.py answers. */
function plain(result: BoundArguments<string> | BindError): unknown {
  if ('typeError' in result) return result.typeError;
  const bound = [...result.bindings].map(([name, binding]) => [
    name,
    binding.type === 'one'
      ? binding.value
      : binding.type === 'positional'
        ? binding.values
        : Object.fromEntries(binding.values),
  ]);
  const withDefaults = [...result.applyDefaults(({ default: text }) => text ?? '').bindings.keys()];
  return [bound, result.args, [...result.kwargs], withDefaults];
}

/** Expressions for annotations, one a line. */
const ANNOTATIONS = String.raw`x[1, 2]
x[(1,2)]
x[1,]
x[()]
x[1:2, 3]
x[1:2]
x[*a]
x[(*a, b)]
x[::]
x[a:b:c, ::d]
lambda: 0
lambda *a: 0
lambda *, k=1: 0
lambda **k: 0
lambda a, /, b=1: 0
(lambda: 0)()
f'{x!r:>{w}} {{'
f'{ {1:2} }'
f'{(lambda: 1)}'
f'{x=}'
f'{x}' 'abc"' "'"
f'\n{x}'
t'{x!r} {y+1:z}'
'a' 'b'
u'x'
b'x'
'\n'
'é\u200b\ud800'
1e999
1e999j
-1
1 .real
...
0xff
1j
a if b else c if d else e
not a and b or c
(a or b) and c
-x ** -y
(-x) ** y
a @ b // c
(a, )
a < b < c
[x for x in y if z if w]
g(x for x in y)
g(*a, **k)
{**a, "b": 1}
{1, 2}
{k: v for k, v in x}
{x async for x in y}
(yield)
(yield x)
(x := 1)
(await x)
{**a for a in b}
[*a for a in b]
(a.b).c
not (a == b)
~(a + b)
int | None
List[Dict[str, "X"]]
Callable[[int], str]
Literal["a", -1, b"c"]`.split('\n');

/** Sources by what they show. */
const SIGNATURES: Readonly<Record<string, readonly string[]>> = {
  'shows defaults that are literals by their repr()': [
    'def f(a=0x10, b=1_000, c=1e5, d=1e16, e=1e-5, g=.1, h=1e999, i=-0.0): pass',
    'def f(a=1j, b=1+2j, c=-1j): pass',
    'def f(a=-1, b=+1, c=~1, d=not 1, e=2**10, g=60*60, h=7//2, i=1<<4): pass',
    String.raw`def f(a='x', b="it's", c='"', d='\n\t\\', e='é\u200b\x7f\U0001f600', g=b'\x00a\'', h='a' 'b', i=r'\d'): pass`,
    'def f(a=None, b=True, c=False, d=..., e=()): pass',
    'def f(a=(1,), b=(1, "x"), c=[], d=[1, [2]], e={}, g={"k": [1], 2: None}, h={1}): pass',
    'def f(a=[1, -2], *, b={"a": (1, 2)}, c={}): pass',
    'f = lambda a, b=1, *c, d=2, **e: 0',
  ],
  'separates parameters by their kinds': [
    'def f(): pass',
    'def f(a, /): pass',
    'def f(a, /, b): pass',
    'def f(a, /, *, b): pass',
    'def f(*, a): pass',
    'def f(*a, b): pass',
    'def f(a=1, /, b=2, *c, d, e=3, **g): pass',
    'def f(a: int, b: str = "x", *c: int, d: None = None, **e: bool) -> None: pass',
    'def f(a: "C", b: "list[C]" = None) -> "C": pass',
  ],
  'mangles private names in classes': [
    'class C:\n    def f(self, __a, __b__, _c, *__d, __e=1): pass\nf = C.f',
    'class _C:\n    def f(self, __a): pass\nf = _C.f',
    'class __:\n    def f(self, __a): pass\nf = __.f',
  ],
  'quotes annotations that are kept as strings, in the compiler’s own spelling': ANNOTATIONS.map(
    text => `from __future__ import annotations\ndef f(x: ${text}) -> ${text}: pass`,
  ),
};

describe('inspect', function () {
  this.timeout(240_000);
  const answers = new Map<Judge, Map<string, Answer>>();

  before(async () => {
    const sources = Object.values(SIGNATURES).flat();
    const consult = async (judge: Judge): Promise<void> => {
      const given = await ask(
        judge.interpreter,
        sources.map(source => [source, []]),
      );
      answers.set(judge, new Map(sources.map((source, i) => [source, given[i]])));
    };
    await Promise.all((await judges()).map(consult));
    assert.ok(answers.size > 0, 'no CPython on this machine');
  });

  for (const [title, sources] of Object.entries(SIGNATURES)) {
    it(title, () => {
      for (const [judge, given] of answers) {
        for (const source of sources) check([source, []], given.get(source)!, judge);
      }
    });
  }

  it('binds arguments', async () => {
    const pick = randomNumbers(20_264);
    const sources = Array.from({ length: 400 }, (): [string, Call[]] => {
      const names = ['a', 'b', 'c', 'd', 'e'];
      const count = pick(6);
      const positionalOnly = pick(count + 1);
      const positional = positionalOnly + pick(count - positionalOnly + 1);
      const firstDefault = pick(positional + 1);
      const parts: string[] = [];
      names.slice(0, count).forEach((name, i) => {
        if (i === positionalOnly && i > 0) parts.push('/');
        if (i === positional) parts.push(pick(2) ? '*args' : '*');
        const hasDefault = i < positional ? i >= firstDefault : pick(2) === 1;
        parts.push(hasDefault ? `${name}='${name}0'` : name);
      });
      if (count > 0 && positionalOnly === count) parts.push('/');
      if (count === positional && pick(3) === 0) parts.push('*args');
      if (pick(2)) parts.push('**kw');
      const calls = Array.from({ length: 12 }, (): Call => {
        const args = Array.from({ length: pick(5) }, (_, i) => `p${i}`);
        const kwargs = [...names, 'x', 'args', 'kw']
          .filter(() => pick(4) === 0)
          .map(name => [name, `k${name}`] as const);
        return [args, kwargs];
      });
      return [`def f(${parts.join(', ')}): pass`, calls];
    });
    const consult = async (judge: Judge): Promise<void> => {
      const given = await ask(judge.interpreter, sources);
      sources.forEach((question, i) => check(question, given[i], judge));
    };
    await Promise.all((await allJudges()).map(consult));
  });
});
