// Suspension points: where functions really stop in every CPython, and with which locals bound, must be what is told of
// them beforehand.
import assert from 'node:assert/strict';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import type { Node } from '../../../server/src/python/ast/nodes.ts';
import { walk } from '../../../server/src/python/ast/visitor.ts';
import { CodeFlags } from '../../../server/src/python/code/flags.ts';
import { analyze } from '../../../server/src/python/index.ts';
import {
  flagsAfterTypesCoroutine,
  hasSuspendingCode,
  stateNames,
  suspendableKind,
  type SuspensionPoint,
  suspensionPoints,
} from '../../../server/src/python/inspect/suspension.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import { DEFAULT_TARGET, parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';
import { askPython, judges } from '../../support/python.ts';
import { functionsOf } from './definitions.ts';
import { judged } from './judging.ts';

/** Functions `f`; each line has one point at most, so that a line says which. What is sent at each stop. */
const PROGRAMS: readonly (readonly [source: string, ...sends: unknown[]])[] = [
  ['def f(a=1, *b, c=2, **d):\n  yield 1\n  x = yield 2\n  yield 3\n  del a\n  yield 4'],
  [
    'def f():\n  try:\n    x = 1\n    yield\n    y = 2\n    yield\n  except ValueError as e:\n    yield\n  finally:\n    z = 3\n    yield\n  yield',
    null,
    'ValueError',
  ],
  [
    'def f():\n  try:\n    x = 1\n    yield\n    y = 2\n    yield\n  except ValueError as e:\n    yield\n  finally:\n    z = 3\n    yield\n  yield',
    null,
    null,
  ],
  ['def f():\n  try:\n    x = 1\n    yield\n    return\n  finally:\n    z = 3\n    yield', 'ValueError'],
  [
    'def f():\n  for i in range(3):\n    yield i\n    if i == 1:\n      x = 1\n      del i\n      continue\n    y = 1\n    yield\n  else:\n    w = 1\n    yield\n  yield',
  ],
  [
    'def f():\n  while True:\n    x = yield\n    if x: break\n    y = 1\n  else:\n    z = 1\n  yield',
    null,
    0,
    1,
  ],
  ['def f():\n  n = 0\n  while n < 2:\n    n += 1\n    m = n\n    yield\n  yield m'],
  ['def f():\n  x = yield from inner()\n  yield from (y for y in [1])\n  yield'],
  [
    'def f():\n  if (q := 0):\n    a = 1\n  else:\n    b = 1\n  yield\n  (c := 1) and (d := 0) and (e := 1)\n  yield\n  g = 1 if a_ else 2\n  yield\na_ = 1',
  ],
  ['async def f():\n  x = await Once(1)\n  y = (\n    await Once(2),\n    await Once(3))\n  await Once()'],
  [
    'async def f():\n  async for i in Times(2):\n    x = i\n    await Once()\n  else:\n    z = 1\n  await Once()',
  ],
  ['async def f():\n  async with Manager() as m:\n    a = 1\n    await Once()\n  await Once()'],
  [
    'async def f():\n  async with Manager(True):\n    a = 1\n    await Once()\n    b = 1\n    await Once()\n  await Once()',
    null,
    'ValueError',
  ],
  [
    'async def f():\n  async with Manager(True):\n    a = 1\n    await Once()\n    b = 1\n    await Once()\n  await Once()',
  ],
  ['async def f():\n  s = [\n    i\n    async for i in Times(2)]\n  await Once()'],
  ['async def f():\n  s = [i + await Once(1) for i in range(2)]\n  await Once()'],
  [
    'async def f():\n  s = 0\n  g = (i async for i in Times(2))\n  async for j in g:\n    await Once()\n  await Once()',
  ],
  [
    'async def f():\n  x = 1\n  yield x\n  y = await Once()\n  yield\n  async for k in Times(1):\n    yield k',
  ],
  [
    'def f():\n  import os.path, sys as s\n  from os import sep\n  yield\n  def g(): pass\n  class C: pass\n  yield\n  with open(os.devnull) as h, open(s.executable) as k:\n    yield\n  yield',
  ],
  ['class C:\n  def f(__a=1):\n    __b = 2\n    yield\nf = C.f'],
  [
    'def f():\n  for s in ([1, 3], [9, 1], {"a": 1}, 5):\n    match s:\n      case [x, 3]:\n        yield\n      case [y, z] if y > 5:\n        yield\n      case {"a": k, **r}:\n        yield\n      case w:\n        yield\n  yield',
  ],
  [
    'def f():\n  try:\n    raise ExceptionGroup("", [ValueError(), KeyError()])\n  except* ValueError as e:\n    a = 1\n    yield\n  except* KeyError:\n    b = 1\n    yield\n  yield',
  ],
  ['def f():\n  if 0:\n    x = yield\n  if __debug__:\n    y = 1\n  yield'],
  ['f = lambda a=1: [(yield 1), (yield)]'],
  [
    'def f():\n  def g():\n    nonlocal x\n    x = 1\n  if (yield): g()\n  yield\n  x = 1\n  del x\n  if (yield): g()\n  yield',
    null,
    1,
    null,
    1,
  ],
  ['def f():\n  def g():\n    nonlocal x\n    del x\n  x = 1\n  yield\n  g()\n  yield'],
  ['async def f():\n  x = [(yield), (yield), await Once(), (yield)]\n  yield'],
];

/**
 * Functions of which the ways listed are all there are: what is sent at the stops of each. The locals that are bound on all
 * of them, and on some, are then exactly what is told of a point.
 */
const WAYS: readonly (readonly [source: string, ...ways: readonly (readonly unknown[])[]])[] = [
  // Finally bodies, which most versions copy for each way out.
  [
    'def f():\n  n = yield\n  for i in range(n):\n    try:\n      x = yield\n      if x == 1: break\n      if x == 2: continue\n      if x == 3: return\n      y = 1\n    finally:\n      z = 1\n      yield\n  yield',
    [null, 0],
    [null, 1, 1],
    [null, 1, 3],
    [null, 1, 'ValueError'],
    [null, 2, 2, null, 'ValueError'],
    [null, 2, 0, null, 1],
    [null, 2, 2, null, 2],
    [null, 1, 0],
  ],
  [
    'def f():\n  try:\n    x = yield\n  finally:\n    yield\n    y = 1\n  yield',
    [null, 1],
    [null, 'ValueError'],
  ],
  [
    'def f():\n  try:\n    try:\n      x = yield\n      if x: return\n      a = 1\n    finally:\n      y = yield\n  finally:\n    try:\n      yield\n    finally:\n      z = 1\n      yield\n  yield',
    [null, 0],
    [null, 1],
    [null, 'ValueError'],
    [null, 0, 'ValueError'],
    [null, 1, 'ValueError'],
    [null, 0, 1, 'ValueError'],
  ],
  [
    'def f():\n  while True:\n    try:\n      x = yield\n    except ValueError as e:\n      a = 1\n      yield\n      break\n    else:\n      b = 1\n      yield\n      if x: return\n    finally:\n      yield\n  yield',
    [null, 0, null, null, 'ValueError'],
    [null, 'ValueError'],
    [null, 1],
    [null, 0, 'ValueError'],
    [null, 0, null, null, 0, null, null],
  ],
  [
    'def f():\n  x = 1\n  try:\n    del x\n    x = yield\n  except ValueError:\n    yield\n  yield',
    [null, 1],
    [null, 'ValueError'],
  ],
  [
    'def f():\n  if (yield):\n    x = 1\n  try:\n    x\n  except UnboundLocalError:\n    yield\n  else:\n    yield\n  yield',
    [null, 0],
    [null, 1],
  ],
  [
    'def f():\n  n = yield\n  try:\n    raise ExceptionGroup("", [[V], [K], [V, K]][n])\n  except* ValueError as e:\n    a = 1\n    yield\n  except* KeyError as e:\n    b = 1\n    yield\n  yield\nV = ValueError()\nK = KeyError()',
    [null, 0],
    [null, 1],
    [null, 2],
  ],
  [
    'def f():\n  s = yield\n  match s:\n    case (1 | 2) as x:\n      yield\n    case _ if s == 5:\n      yield\n    case [p, *q] | [p, q]:\n      yield\n    case {"a": k, **r} if (yield):\n      pass\n    case z:\n      yield\n      return\n      yield\n  yield',
    [null, 1],
    [null, 5],
    [null, { a: 1 }, 1],
    [null, { a: 1 }, 0],
    [null, [1]],
    [null, 7],
  ],
  // Comprehensions, inlined or not, and nested functions that bind variables.
  ['def f():\n  n = yield\n  a = [w := j for j in range(n)]\n  yield', [null, 0], [null, 1]],
  [
    'def f():\n  j = 1\n  a = [j for j in (1, 2) for k in (j,)]\n  yield\n  del a, j\n  a = [j for j in (1, 2)]\n  yield',
    [],
  ],
  ['def f(a):\n  def g(): return a\n  yield\n  del a\n  yield\n  a = 1\n  yield\nf.__defaults__ = 1,', []],
  [
    'def f():\n  yield\n  if 0:\n    x = yield\n  while 0:\n    yield\n  if not 1 and (yield): y = 1\n  yield\n  return\n  yield',
    [],
  ],
  ['async def f():\n  i = 5\n  s = [i async for i in Times(2)]\n  await Once()', []],
  [
    'async def f():\n  async with Manager(True) as m:\n    a = await Once(1)\n    try:\n      b = await Once(1)\n    except ValueError:\n      return await Once()\n    c = 1\n  await Once()',
    [],
    [null, null, 'ValueError'],
    [null, null, null, 'ValueError'],
    [null, null, null, 'ValueError', 'ValueError'],
  ],
  [
    'async def f():\n  async for i in Times(2):\n    async with Manager() as m:\n      await Once()\n      x = i\n      if x: continue\n      return await Once()',
    [],
    [null, null, null, 'ValueError'],
  ],
];

const SUSPENDING = new Set([NodeKind.Yield, NodeKind.Await, NodeKind.AsyncWith, NodeKind.AsyncFor]);

describe('inspect: suspension points', function () {
  this.timeout(120_000);

  const pointsOf = (source: string, target: Target): readonly [line: number, SuspensionPoint][] => {
    const analysis = analyze(source, target);
    const node = functionsOf(analysis).find(found => found.kind === NodeKind.Lambda || found.name === 'f')!;
    return (suspensionPoints(analysis, node) ?? []).map(point => [lineOf(point), point]);
    function lineOf({ kind, node, delegate }: SuspensionPoint): number {
      const at = kind === 'async for' || kind.startsWith('async with') ? delegate! : node;
      return analysis.lines.lineno(at.start);
    }
  };

  it('are where functions stop, with the locals that are bound there', async () => {
    const questions = PROGRAMS.map(([source, ...sends]) => [source, 'f', sends]);
    const seen = new Map(PROGRAMS.map(([source]) => [source, new Set<number>()]));
    for (const { interpreter, target } of await judges()) {
      const answers = (await askPython(interpreter, 'suspensions.py', questions)) as (
        [number, string[], string][] | null
      )[];
      answers.forEach((stops, i) => {
        if (!stops) return; // not in this version
        const [source] = PROGRAMS[i];
        const points = pointsOf(source, target);
        assert.ok(stops.length > 0, `${interpreter.version}: ${source}`);
        for (const [line, locals, delegate] of stops) {
          const what = `${interpreter.version}, line ${line} of\n${source}\nlocals ${locals.join()}, ${delegate}\n`;
          const fits = points.filter(([at, { kind, bound, maybeBound }]) => {
            // The whole of a comprehension is awaited, wherever its pieces stand; 3.8 and 3.9 leave a `with` on its
            // body's last line.
            const sameLine = at === line || kind === 'async comprehension' || kind === 'async with exit';
            const isPlain = ['NoneType', 'yielded'].includes(delegate);
            return (
              sameLine &&
              isPlain === (kind === 'yield') &&
              bound.every(name => locals.includes(name)) &&
              locals.every(name => name.startsWith('.') || bound.includes(name) || maybeBound.includes(name))
            );
          });
          assert.ok(
            fits.length > 0,
            what + JSON.stringify(points.map(([at, p]) => [at, p.kind, p.bound, p.maybeBound])),
          );
          for (const [, point] of fits)
            seen.get(source)!.add(points.findIndex(([, other]) => other === point));
        }
      });
    }
    for (const [source] of PROGRAMS) {
      const all = pointsOf(source, TARGETS.at(-1)!).map((_, at) => at);
      assert.deepEqual([...seen.get(source)!].sort(), all, `never stops at some points:\n${source}`);
    }
  });

  it('tell of the locals that are bound what all ways there tell together', async () => {
    const questions = WAYS.flatMap(([source, ...ways]) => ways.map(([, ...sends]) => [source, 'f', sends]));
    for (const { interpreter, target } of await judges()) {
      const answers = (await askPython(interpreter, 'suspensions.py', questions)) as (
        [number, string[], string][] | null
      )[];
      for (const [source, ...ways] of WAYS) {
        const answered = answers.splice(0, ways.length);
        // All ways together tell it: those that the interpreter did not go are missing.
        if (answered.includes(null)) continue;
        const stops = answered.flatMap(found => found ?? []);
        // In 3.8 and 3.9 what leaves an `async with` is on the line that came before.
        const hasPlaces = target.dialect.assembler.lineTable !== 'lnotab' || !source.includes('async with');
        if (stops.length === 0 || !hasPlaces) continue;
        const theirs = byPlace(
          stops.map(([line, locals, delegate]) => {
            const seen = locals.filter(name => !name.startsWith('.'));
            return [line, ['NoneType', 'yielded'].includes(delegate), seen, seen];
          }),
        );
        const ours = byPlace(
          pointsOf(source, target).map(([line, { kind, bound, maybeBound }]) => [
            line,
            kind === 'yield',
            bound,
            [...bound, ...maybeBound],
          ]),
        );
        assert.deepEqual(ours, theirs, `${interpreter.version}:\n${source}`);
      }
    }

    /** For each line and kind of stop, the locals that are bound in all cases, and in some. */
    function byPlace(
      found: readonly (readonly [
        line: number,
        isYield: boolean,
        all: readonly string[],
        some: readonly string[],
      ])[],
    ): Record<string, { bound: string[]; maybe: string[] }> {
      const places: Record<string, { bound: string[]; maybe: string[] }> = {};
      for (const [line, isYield, all, some] of found) {
        const place = `${line} ${isYield ? 'yields' : 'delegates'}`;
        const before = places[place] ?? { bound: [...all], maybe: [] };
        places[place] = {
          bound: before.bound.filter(name => all.includes(name)).sort(),
          maybe: [...new Set([...before.maybe, ...some])].sort(),
        };
      }
      return Object.fromEntries(Object.entries(places).sort(([a], [b]) => (a < b ? -1 : 1)));
    }
  });

  it('come in the order of evaluation, with what they delegate to', () => {
    const source = [
      'async def f(a):',
      '    d = {await a(1): await a(2), **(await a(3))}',
      '    d[await a(4)] = await a(5)',
      '    async with a(6) as x, a(7):',
      '        return await a(8)',
    ].join('\n');
    const points = pointsOf(source, DEFAULT_TARGET).map(([, { kind, delegate }]) => [
      kind,
      source.slice(delegate!.start, delegate!.end),
    ]);
    assert.deepEqual(points, [
      ['await', 'a(1)'],
      ['await', 'a(2)'],
      ['await', 'a(3)'],
      ['await', 'a(5)'],
      ['await', 'a(4)'],
      ['async with enter', 'a(6)'],
      ['async with enter', 'a(7)'],
      ['await', 'a(8)'],
      ['async with exit', 'a(7)'],
      ['async with exit', 'a(6)'],
    ]);
  });

  it('may have code where they are not reached', async () => {
    const bodies = [
      'raise X\n yield',
      'return\n yield',
      'if 0: yield',
      'while 1: pass\n yield',
      'for i in x:\n  continue\n  yield',
      'raise X\n await x',
      'raise X\n async with x: pass',
      'raise X\n async for y in x: pass',
    ];
    const defs = bodies.map((body, i) => `${/await|async/.test(body) ? 'async ' : ''}def f${i}():\n ${body}`);
    const source = [
      'import dis',
      ...defs,
      'def suspends(f):',
      ' return any(i.opname in ("YIELD_VALUE", "YIELD_FROM") for i in dis.get_instructions(f))',
    ].join('\n');
    await judged(
      source,
      bodies.map((_, i) => `suspends(f${i})`),
      ({ target }, theirs, i) => {
        const analysis = analyze(source, target);
        const f = functionsOf(analysis).find(
          found => found.kind !== NodeKind.Lambda && found.name === `f${i}`,
        )!;
        assert.deepEqual(suspensionPoints(analysis, f), []);
        let dead: Node | undefined;
        walk(f, node => {
          if (SUSPENDING.has(node.kind)) dead = node;
        });
        const value = hasSuspendingCode(analysis, analysis.codeObjectOf(f)!, dead!);
        assert.deepEqual({ value }, theirs, `${target.version}: ${defs[i]}`);
      },
    );
  });

  it('have the states that the version names', async () => {
    const names = ['GEN', 'CORO', 'AGEN'].map(
      prefix =>
        `[n for n in [${['CREATED', 'RUNNING', 'SUSPENDED', 'CLOSED'].map(state => `'${prefix}_${state}'`).join()}] if hasattr(inspect, n)]`,
    );
    await judged('', names, ({ target }, theirs, i) => {
      const kind = (['generator', 'coroutine', 'async generator'] as const)[i];
      assert.deepEqual({ value: stateNames(kind, target.dialect.inspect) }, theirs);
    });
  });

  it('are of generators, coroutines and asynchronous generators; types.coroutine() marks generators', async () => {
    const source = [
      'import types',
      'def p(): pass',
      'def g(): yield',
      'async def c(): pass',
      'async def a(): yield',
      'def flags(f): return f.__code__.co_flags & 0x3a0',
    ].join('\n');
    const names = ['p', 'g', 'c', 'a'];
    const kinds = [undefined, 'generator', 'coroutine', 'async generator'];
    const expressions = names.map(name => `[flags(${name}), flags(types.coroutine(${name}))]`);
    await judged(source, expressions, (_, theirs, i) => {
      assert.ok('value' in theirs);
      const [before, after] = theirs.value as number[];
      assert.equal(suspendableKind(before), kinds[i]);
      // What is no generator is wrapped, and the wrapper's flags are its own.
      const isGenerator = (before & CodeFlags.GENERATOR) !== 0;
      assert.equal(flagsAfterTypesCoroutine(before), isGenerator || before !== 0x200 ? after : before);
    });
  });

  it('bear deep nesting', () => {
    const deep = `def f():\n  yield ${'('.repeat(150)}${'not '.repeat(3000)}(yield)${')'.repeat(150)}`;
    const chain = `def f():\n  x = ${'a + '.repeat(4000)}(yield)`;
    for (const source of [deep, chain]) {
      for (const target of [TARGETS[0], parseTarget('3.14')!])
        assert.doesNotThrow(() => pointsOf(source, target));
    }
  });
});
