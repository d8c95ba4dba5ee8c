// Broken and extreme sources: no text makes the compiler throw, and nothing takes exponential time or the stack.
import assert from 'node:assert/strict';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { DEFAULT_TARGET, parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';
import { dedent } from '../../support/fixture.ts';

const nested = (depth: number, line: (indent: string) => string, last: string): string =>
  Array.from({ length: depth }, (_, i) => line(' '.repeat(i))).join('') + ' '.repeat(depth) + last;

describe('code objects of extreme sources', () => {
  const sources: Readonly<Record<string, string>> = {
    'finally in finally, each with a return': `def f():\n${nested(19, i => ` ${i}try: return x\n ${i}finally:\n`, ' return lambda: 1\n')}`,
    'operators in a row': `x = a${' + a'.repeat(30_000)}`,
    'attributes, calls and subscripts in a row': `x = a${'.b()[0]'.repeat(10_000)}`,
    'conditional expressions in a row': `x = ${'a if b else '.repeat(1_000)}c`,
    'elif in a row': `if a: pass\n${'elif b: pass\n'.repeat(10_000)}`,
    'context managers in a row': `with ${'a as b, '.repeat(5_000)}c: pass`,
    'lambdas in a row': 'lambda: 0;'.repeat(10_000),
    'lambdas in lambdas': `${'lambda: '.repeat(150)}1`,
    'a deep tower of functions': nested(90, i => `${i}def f():\n`, 'pass\n'),
  };

  for (const [title, source] of Object.entries(sources)) {
    it(title, () => {
      for (const target of TARGETS) {
        const { codeObjects } = analyze(source, target);
        assert.equal(codeObjects.code.name, '<module>');
      }
    });
  }

  it('end before code generation gets out of hand: 20 blocks up to 3.11, then 21', () => {
    const blocks = (depth: number) => nested(depth, i => `${i}while x:\n`, 'pass\n');
    const messages = (version: string, depth: number) =>
      analyze(blocks(depth), parseTarget(version)!).codeObjects.errors.map(({ msg }) => msg);
    assert.deepEqual(messages('3.11', 20), []);
    assert.deepEqual(messages('3.11', 21), ['too many statically nested blocks']);
    assert.deepEqual(messages('3.12', 21), []);
    assert.deepEqual(messages('3.12', 22), ['too many statically nested blocks']);
  });
});

describe('code objects of broken sources', () => {
  it('are there for all that the parser has kept', () => {
    const analysis = analyze(
      dedent(`
        def before(a): return a
        def broken(b, c=print(
        def after(d): return lambda: d
      `),
      DEFAULT_TARGET,
    );
    assert.notEqual(analysis.errors.length, 0);
    const names = analysis.code.children.map(({ name }) => name);
    assert.ok(names.includes('before') && names.includes('after'), names.join());
  });

  it('are there after every refusal of the compiler, which all are told', () => {
    const analysis = analyze(
      'return 1\ndef f():\n    break\n    def g(): yield\nawait x',
      parseTarget('3.13')!,
    );
    assert.deepEqual(
      analysis.errors.map(({ msg }) => msg),
      ["'return' outside function", "'break' outside loop", "'await' outside function"],
    );
    assert.deepEqual(
      analysis.code.children.map(({ name }) => name),
      ['f'],
    );
    const f = analysis.module.body[1];
    assert.ok(f.kind === NodeKind.FunctionDef);
    assert.deepEqual(analysis.codeObjectOf(f)?.varnames, ['g']);
  });
});
