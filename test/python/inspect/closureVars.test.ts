// The names that functions take from elsewhere, as getclosurevars() of CPython lists them.
import assert from 'node:assert/strict';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { closureVars } from '../../../server/src/python/inspect/closureVars.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';

/** Everything that is unbound in a module without names, by version. */
function check(source: string, expected: Readonly<Record<string, string>>): void {
  for (const [version, names] of Object.entries(expected)) {
    const target = parseTarget(version);
    assert.ok(target);
    const analysis = analyze(source, target);
    const [node] = analysis.module.body;
    assert.ok(node.kind === NodeKind.FunctionDef);
    const none = { isGlobal: () => false, isBuiltin: () => false };
    assert.equal(closureVars(analysis, node, none).unbound.join(' '), names, `${version}: ${source}`);
  }
}

describe('inspect: closure variables', () => {
  it('have the join that puts long f-strings together', () => {
    const before = { '3.8': '', '3.9': '', '3.10': 'join', '3.13': 'join', '3.15': 'join' };
    check(`def f(a): return f'${'{a}'.repeat(31)}'`, before);
    check(`def f(a): return f'${'{a}'.repeat(30)}'`, { '3.9': '', '3.10': '', '3.15': '' });
    check(`def f(a): return f'{a:${'{a}x'.repeat(16)}}'`, before);
  });

  it('have it of texts formatted with % that the compiler makes f-strings of', () => {
    const fields = (count: number): string => `(${'a, '.repeat(count)})`;
    check(`def f(a): return '${'%sx'.repeat(16)}' % ${fields(16)}`, {
      '3.10': '',
      '3.11': 'join',
      '3.14': 'join',
    });
    check(`def f(a): return '${'%s'.repeat(31)}%d' % ${fields(32)}`, { '3.10': '', '3.11': '', '3.14': '' });
  });

  it('know what a test is worth, but not a value of the same parts', () => {
    check('def f(x):\n if (1 or x.a) or x.b: return x.d\n return x.e', { '3.13': 'd', '3.14': 'd' });
    check('def f(x): return (1 or x.a) or x.b', { '3.13': 'b', '3.14': 'b' });
    check('def f(x): return (not 0) or x.b', { '3.13': '', '3.14': 'b' });
    check('def f(x):\n if -1: return x.d\n return x.e', { '3.13': 'd', '3.14': 'd e' });
    check('def f(x):\n assert (1 or x.a), x.b\n return x.e', { '3.13': 'e', '3.15': 'e' });
  });

  it('end at the case that takes everything', () => {
    check('def f(x):\n match x:\n  case 1: x.a\n  case y if 1: return x.c\n  case 3: x.d\n return x.f', {
      '3.13': 'a c f',
      '3.14': 'a c f',
    });
    check('def f(x):\n match x.s:\n  case 1: return 2\n  case _ if 0: return x.d\n return x.f', {
      '3.13': 'f s',
    });
  });
});
