// The control flow: that blocks hold every instruction once, and edges lead where `dis` says that jumps lead.
import assert from 'node:assert/strict';
import { codeObjectIndex } from '../../../server/src/features/codeObject/codeObjectIndex.ts';
import { type FlowGraph, flowGraph, mermaid } from '../../../server/src/features/codeObject/flowGraph.ts';
import { contextOf } from '../../../server/src/features/codeObject/instructions.ts';
import { codeObjectTree } from '../../../server/src/features/codeObject/tree.ts';
import { readInstructions } from '../../../server/src/python/code/instructions.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';
import { dedent } from '../../support/fixture.ts';

const SOURCE = dedent(`
  def total(xs):
      n = 0
      for x in xs:
          if x:
              n += x
      return n

  def guarded(path):
      try:
          with open(path) as file:
              yield file.read()
      except OSError:
          return None

  class C:
      size = [i for i in range(3)]
`);

function graphOf(key: string, target: string): FlowGraph {
  const analysis = analyze(SOURCE, parseTarget(target)!);
  const code = codeObjectIndex(analysis).find(key);
  const bytecode = code && analysis.bytecode(code);
  assert.ok(bytecode, `${key} has bytecode in ${target}`);
  return flowGraph(analysis, contextOf(analysis, code, bytecode, 'a.py'));
}

const edges = ({ edges: all }: FlowGraph): string[] =>
  all.map(({ from, to, kind, isBack }) => `${from} ${kind}${isBack ? ' back' : ''} ${to}`);

describe('the control flow', () => {
  it('has a block for the loop, a bold way back, and a way out', () => {
    const graph = graphOf('total', '3.13');
    // L1: FOR_ITER; the test; the body; back without it; the end
    const loop = graph.blocks.findIndex(({ lines }) => lines.some(({ text }) => text.startsWith('FOR_ITER')));
    assert.ok(
      graph.edges.some(({ to, isBack }) => to === loop && isBack),
      edges(graph).join('\n'),
    );
    assert.equal(graph.edges.filter(({ from }) => from === loop).length, 2);
    assert.equal(graph.blocks[loop].lines[0].text, '3  for x in xs:');
    const exit = graph.blocks.findIndex(({ lines }) => lines.some(({ text }) => text === 'RETURN_VALUE'));
    assert.deepEqual(
      graph.edges.filter(({ from }) => from === exit),
      [],
    );
  });

  it('leads from what is covered by the exception table to its handlers', () => {
    const graph = graphOf('guarded', '3.13');
    const handlers = graph.blocks.filter(({ isHandler }) => isHandler);
    assert.ok(handlers.length >= 2);
    for (const { lines } of handlers)
      assert.match(
        lines.find(({ isHead }) => !isHead)!.text,
        /^(?:PUSH_EXC_INFO|COPY|CALL_INTRINSIC_1|CLEANUP_THROW)/,
      );
    assert.equal(graph.blocks.flatMap(({ lines }) => lines).filter(({ suspends }) => suspends).length, 1);
  });

  it('leads to the handlers that are set up, where there is no exception table', () => {
    const graph = graphOf('guarded', '3.8');
    assert.ok(graph.edges.some(({ kind }) => kind === 'exception'));
  });

  for (const target of TARGETS) {
    it(`has every instruction once, and only blocks that are there, in ${target.series}`, () => {
      const analysis = analyze(SOURCE, target);
      for (const code of codeObjectIndex(analysis).all) {
        const bytecode = analysis.bytecode(code)!;
        const graph = flowGraph(analysis, contextOf(analysis, code, bytecode, 'a.py'));
        const listed = graph.blocks.flatMap(({ lines }) => lines.filter(({ isHead }) => !isHead));
        const offsets = readInstructions(bytecode.code, target.dialect.opcodes).map(({ offset }) => offset);
        assert.deepEqual(
          listed.map(({ offset }) => offset),
          offsets,
        );
        for (const { lines } of graph.blocks) assert.ok(lines[0].isHead);
        for (const { from, to } of graph.edges) assert.ok(graph.blocks[from] && graph.blocks[to]);
      }
    });
  }

  it('is told to Mermaid with its own notation for what means something there', () => {
    const text = mermaid(graphOf('total', '3.13'));
    assert.match(text, /^flowchart TD\n {4}b0\["1  def total#40;xs#41;:<br\/>  RESUME 0/);
    assert.match(text, /b\d+ ==> b\d+/);
  });
});

describe('the tree of code objects', () => {
  it('has parents before children, kinds and notable flags', () => {
    const items = codeObjectTree(analyze(SOURCE, parseTarget('3.8')!));
    assert.deepEqual(
      items.map(({ key, parent, kind, flags }) => [key, parent, kind, ...flags]),
      [
        ['<module>', undefined, 'module'],
        ['total', 0, 'function'],
        ['guarded', 0, 'function', 'CO_GENERATOR'],
        ['C', 0, 'class'],
        ['C.<listcomp>', 3, 'comprehension'],
      ],
    );
  });

  it('leaves out the variables that lenses leave out', () => {
    const source =
      'def f(a):\n    class Order:\n        x: int = a\n        def m(self): return super().m(a)\n';
    for (const target of ['3.8', '3.13', '3.14'])
      for (const { key, cellvars, freevars } of codeObjectTree(analyze(source, parseTarget(target)!)))
        if (!key.includes('annotate'))
          assert.deepEqual(
            [...cellvars, ...freevars],
            key === '<module>' ? [] : ['a'],
            `${key} in ${target}`,
          );
  });
});
