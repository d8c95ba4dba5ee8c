// Broken text: what is left of the tree while somebody is typing.
import assert from 'node:assert/strict';
import { dump } from '../../../server/src/python/ast/dump.ts';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import type { Node } from '../../../server/src/python/ast/nodes.ts';
import { nodesAt, walk } from '../../../server/src/python/ast/visitor.ts';
import { parse } from '../../../server/src/python/parser/parse.ts';
import { LineIndex } from '../../../server/src/python/text/lineIndex.ts';
import { tokenize } from '../../../server/src/python/tokenizer/tokenize.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';

/** Its `ast.dump()` leaves out empty lists; that of 3.15 leaves out `Load()`, too. */
const { dialect } = parseTarget('3.13')!;

function parseText(text: string): ReturnType<typeof parse> {
  return parse(text, tokenize(text, dialect.tokenizer), dialect.grammar);
}

/** Names of the functions and classes that a broken text keeps. */
function definitions(text: string): string[] {
  const names: string[] = [];
  walk(parseText(text).module, node => {
    const isDefinition = node.kind === NodeKind.FunctionDef || node.kind === NodeKind.AsyncFunctionDef;
    if (isDefinition || node.kind === NodeKind.ClassDef) names.push(node.name);
  });
  return names;
}

/** The tree of a text that CPython refuses. */
function check(text: string, expected: string): void {
  const { module, errors } = parseText(text);
  assert.notEqual(errors.length, 0, 'the text is broken');
  assert.equal(dump(module, dialect.grammar, { lines: new LineIndex(text) }), `Module(body=[${expected}])`);
}

describe('the parser on broken text', () => {
  it('keeps a call that is being typed, with its arguments', () => {
    check('f(a, ', "Expr(value=Call(func=Name(id='f', ctx=Load()), args=[Name(id='a', ctx=Load())]))");
    check(
      'f(a, b=',
      "Expr(value=Call(func=Name(id='f', ctx=Load()), args=[Name(id='a', ctx=Load())], keywords=[keyword(arg='b', value=Invalid())]))",
    );
    check('f(', "Expr(value=Call(func=Name(id='f', ctx=Load())))");
  });

  it('keeps every function behind an unclosed bracket', () => {
    const text =
      'def f():\n    g(a, \n    return 1\n\nclass C:\n    def h(self):\n        x = [1,\n    def i(self): pass\nasync def j(): pass\n';
    assert.deepEqual(definitions(text), ['f', 'C', 'h', 'i', 'j']);
    assert.equal(parseText('g(a, \n\nclass C: pass\n').errors[0].msg, "'(' was never closed");
  });

  it('keeps the block of a broken header', () => {
    check(
      'while a b:\n  c\nd\n',
      "While(test=Name(id='a', ctx=Load()), body=[Expr(value=Name(id='c', ctx=Load()))]), Expr(value=Name(id='d', ctx=Load()))",
    );
    check(
      'def f(a b):\n  return 1\n',
      "FunctionDef(name='f', args=arguments(args=[arg(arg='a')]), body=[Return(value=Constant(value=1))])",
    );
    check('def f(:\n  pass\n', "FunctionDef(name='f', args=arguments(), body=[Pass()])");
  });

  it('keeps the statements around a broken one', () => {
    check(
      'x = \ny = 1\n',
      "Assign(targets=[Name(id='x', ctx=Store())], value=Invalid()), Assign(targets=[Name(id='y', ctx=Store())], value=Constant(value=1))",
    );
    check('if a:\nb\n', "If(test=Name(id='a', ctx=Load())), Expr(value=Name(id='b', ctx=Load()))");
    check(
      '  a\n b\nc',
      "Expr(value=Name(id='a', ctx=Load())), Expr(value=Name(id='b', ctx=Load())), Expr(value=Name(id='c', ctx=Load()))",
    );
  });

  it("reports every broken statement, CPython's error first", () => {
    const many = parseText('del f()\nx = 3\nf() = 1\n').errors;
    assert.deepEqual(
      many.map(({ msg }) => msg),
      [
        'cannot delete function call',
        "cannot assign to function call here. Maybe you meant '==' instead of '='?",
      ],
    );
  });

  it('finds the nodes at an offset', () => {
    const text = 'def f():\n    return g(a.b)\n';
    const kinds = nodesAt(parseText(text).module, text.indexOf('b)')).map(
      (node: Node) => NodeKind[node.kind],
    );
    assert.deepEqual(kinds, ['Module', 'FunctionDef', 'Return', 'Call', 'Attribute']);
  });
});
