// The names that functions take from elsewhere, as getclosurevars() of every CPython on this machine lists them.
import assert from 'node:assert/strict';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import { type Analysis, analyze } from '../../../server/src/python/index.ts';
import {
  type ClosureVars,
  closureVars,
  type GlobalNames,
} from '../../../server/src/python/inspect/closureVars.ts';
import { builtinNames } from '../../../server/src/python/versions/builtins.ts';
import { DEFAULT_TARGET, TARGETS } from '../../../server/src/python/versions/target.ts';
import { askPython, judges } from '../../support/python.ts';
import { functionsOf } from './definitions.ts';

/** The closure variables of `f`, in a module that has `f` and `G` alone. */
function closureVarsOfF(analysis: Analysis): ClosureVars | undefined {
  const builtins = builtinNames(analysis.target);
  const names: GlobalNames = {
    isGlobal: name => name === 'f' || name === 'G',
    isBuiltin: name => builtins.has(name),
  };
  const f = functionsOf(analysis).find(found => found.kind !== NodeKind.Lambda && found.name === 'f')!;
  return closureVars(analysis, f, names);
}

/** Modules with a function `f`. */
const SOURCES: readonly string[] = [
  // Nonlocals, globals, builtins and what is neither.
  [
    'def outer(a, b, c):',
    '  def f(x):',
    '    global G, H',
    '    import os.path as p, sys',
    '    from os import sep',
    '    G = H = x.stored = len(a) + b',
    '    x.loaded.deleted, G.inner, nowhere, G.len',
    '    del x.loaded.deleted',
    '    return lambda: c + abs(hidden)',
    '  return f',
    'f = outer(1, 2, 3)',
  ].join('\n'),
  // Methods, attributes of super(), the classes of handlers, private names.
  [
    'class C:',
    '  def f(self):',
    '    try: super().one(); super().two; self.__private.three()',
    '    except (KeyError, self.four): assert self.five, "six"',
    '    with G as g, open(g) as self.seven: yield g',
    'f = C.f',
  ].join('\n'),
  // The join that puts long f-strings together, and texts formatted with % that the compiler makes f-strings of.
  `def f(a): return f'${'{a}'.repeat(31)}'`,
  `def f(a): return f'${'{a}'.repeat(30)}'`,
  `def f(a): return f'{a:${'{a}x'.repeat(16)}}'`,
  `def f(a): return '${'%sx'.repeat(16)}' % (${'a, '.repeat(16)})`,
  `def f(a): return '${'%s'.repeat(31)}%d' % (${'a, '.repeat(32)})`,
  // Code that is not made.
  'def f(x):\n if (1 or x.a) or x.b: return x.d\n return x.e',
  'def f(x): return (1 or x.a) or x.b',
  'def f(x): return (not 0) or x.b',
  'def f(x):\n if -1: return x.d\n return x.e',
  'def f(x):\n if 0: return G + len(x.d)\n return x.e',
  'def f(x):\n assert (1 or x.a), x.b\n return x.e',
  'def f(x):\n match x:\n  case 1: x.a\n  case y if 1: return x.c\n  case 3: x.d\n return x.f',
  'def f(x):\n match x.s:\n  case 1: return 2\n  case _ if 0: return x.d\n return x.f',
].map(source => `G = 1\n${source}`);

describe('inspect: closure variables', function () {
  this.timeout(120_000);

  it('are those that getclosurevars() finds', async () => {
    const expression = '[sorted(group) for group in inspect.getclosurevars(f)]';
    const questions = SOURCES.map(source => [source, [expression]]);
    const all = await judges();
    assert.ok(all.length > 0);
    for (const { interpreter, target } of all) {
      const answers = (await askPython(interpreter, 'worths.py', questions)) as ([unknown] | null)[];
      answers.forEach((theirs, i) => {
        if (!theirs) return; // not in this version
        const source = SOURCES[i];
        const found = closureVarsOfF(analyze(source, target));
        assert.ok(found, `${target.version}: ${source}`);
        const { nonlocals, globals, builtins, unbound } = found;
        const ours = [[...nonlocals].sort(), globals, builtins, unbound];
        assert.deepEqual([{ value: ours }], theirs, `${target.version}: ${source}`);
      });
    }
  });

  it('are not known where there is no bytecode', () => {
    assert.equal(closureVarsOfF(analyze('def f(): return len; break', DEFAULT_TARGET)), undefined);
    assert.notEqual(closureVarsOfF(analyze('def f(): return len\n', DEFAULT_TARGET)), undefined);
    for (const target of TARGETS)
      assert.doesNotThrow(() => closureVarsOfF(analyze(`def f(): return ${'-'.repeat(5000)}x`, target)));
  });
});
