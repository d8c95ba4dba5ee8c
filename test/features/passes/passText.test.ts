// What the tokens, tree and symbol table are as text, and that each line leads to the part of the source it speaks of.
import assert from 'node:assert/strict';
import { type Pass, passText } from '../../../server/src/features/passes/passText.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';
import { dedent } from '../../support/fixture.ts';

const SOURCE = dedent(`
  def outer(a, /, *args):
      "Ä doc with 𝒳"; total = 0
      def inner(x: int):
          nonlocal total
          total += x + a
          yield f"{total}"
      return [inner(y) for y in args]

  class C(object):
      size = 1
`);

/** Each line of the text that has places, with what they are in the source. */
function places(pass: Pass, source = SOURCE, target = '3.13'): string[] {
  const { text, places: found } = passText(analyze(source, parseTarget(target)!), pass, 'a.py');
  const lines = text.split('\n');
  const by = new Map<number, string[]>();
  for (const { line, source: at } of found)
    by.set(line, [...(by.get(line) ?? []), source.slice(at.start, at.end).split('\n')[0]]);
  return [...by].map(([line, sources]) => `${lines[line].trim()} ⟵ ${sources.join(' ¦ ')}`);
}

describe('the results of passes as text', () => {
  it('tokens lead to their own text, for every target', () => {
    for (const target of TARGETS) {
      const { text, places: found } = passText(analyze(SOURCE, target), 'tokens', 'a.py');
      const lines = text.split('\n');
      let names = 0;
      for (const { line, source } of found) {
        const [, kind, shown] = /:\s+(\w+)\s+'(.*?)'\s*$/.exec(lines[line]) ?? [];
        if (kind !== 'NAME' && kind !== 'COMMA' && kind !== 'STRING') continue;
        names++;
        assert.equal(SOURCE.slice(source.start, source.end), shown, `${target.series}: ${lines[line]}`);
      }
      assert.ok(names > 25, target.series);
    }
  });

  it('nodes of the tree lead to their source', () => {
    const found = places('ast', 'def f(x):\n    return x + 1\n');
    assert.deepEqual(found, [
      'FunctionDef( ⟵ def f(x):',
      "arg(arg='x')])," + ' ⟵ x',
      'Return( ⟵ return x + 1',
      'value=BinOp( ⟵ x + 1',
      "left=Name(id='x', ctx=Load()), ⟵ x",
      'right=Constant(value=1)))])]) ⟵ 1',
    ]);
  });

  it('functions and classes are sections of the tree', () => {
    const { text, sections } = passText(analyze(SOURCE, parseTarget('3.13')!), 'ast', 'a.py');
    const lines = text.split('\n');
    assert.deepEqual(
      sections.map(({ title }) => title),
      ['outer', 'inner', 'C'],
    );
    for (const { title, startLine } of sections) assert.ok(lines[startLine + 1].includes(`name='${title}'`));
  });

  it('names of the symbol table lead to where the block binds them, then to where it uses them', () => {
    const found = places('symtable');
    assert.ok(found.includes("cell symbol 'total': def_local ⟵ total"), found.join('\n'));
    assert.ok(
      found.includes("free symbol 'total': use, def_nonlocal, def_local ⟵ total ¦ nonlocal total ¦ total"),
    );
    assert.ok(found.includes("symbol table for nested function 'inner': ⟵ def inner"));
    assert.ok(found.includes("cell symbol 'a': def_param ⟵ a"));
    assert.ok(found.includes("local symbol 'outer': def_local ⟵ outer"));
  });

  it('tells why the source is refused, and by which pass', () => {
    const about = (pass: Pass, source: string): unknown =>
      passText(analyze(source, parseTarget('3.13')!), pass, 'a.py').error;
    assert.deepEqual(about('ast', 'x = 1\ny = = 2\n'), { message: 'SyntaxError: invalid syntax', line: 2 });
    assert.equal(about('tokens', 'x = 1\ny = = 2\n'), undefined);
    assert.deepEqual(about('symtable', 'def f():\n    x = 1\n    global x\n'), {
      message: "SyntaxError: name 'x' is assigned to before global declaration",
      line: 3,
    });
    assert.equal(about('ast', 'def f():\n    x = 1\n    global x\n'), undefined);
    assert.deepEqual(about('tokens', 'x = 1\n"""\n'), { message: 'EOF in multi-line string', line: 2 });
  });
});
