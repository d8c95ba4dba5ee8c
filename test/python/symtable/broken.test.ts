// Broken and extreme sources: the table is completed all the same, and no depth is too much.
import assert from 'node:assert/strict';
import { ExprContext, Operator } from '../../../server/src/python/ast/kinds.ts';
import {
  Arguments,
  Attribute,
  BinOp,
  Call,
  type Expression,
  Invalid,
  Lambda,
  Name,
} from '../../../server/src/python/ast/expressions.ts';
import { Expr, If, Module, Pass, type Statement } from '../../../server/src/python/ast/nodes.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { buildSymbolTable } from '../../../server/src/python/symtable/build.ts';
import { Scope } from '../../../server/src/python/symtable/flags.ts';
import { LineIndex } from '../../../server/src/python/text/lineIndex.ts';
import { parseTarget, TARGETS } from '../../../server/src/python/versions/target.ts';
import { dedent } from '../../support/fixture.ts';

const table = (source: string) => analyze(dedent(source), parseTarget('3.13')!).symbolTable;

describe('symbol tables of broken sources', () => {
  it('have all the blocks that the parser kept', () => {
    const { top } = table(`
      def before(a):
          return a

      def broken(b, c=print(

      def after(d):
          return lambda: d
    `);
    assert.ok(top.children.some(({ name }) => name === 'before'));
    assert.equal(top.scope('before'), Scope.LOCAL);
  });

  it('are completed after an error of their own', () => {
    const { errors, top } = table(`
      def f(a, a):
          b = 1
          global b
          nonlocal c
          def g():
              return a, b
    `);
    assert.deepEqual(
      errors.map(({ msg }) => msg),
      [
        "duplicate argument 'a' in function definition",
        "name 'b' is assigned to before global declaration",
        "no binding for nonlocal 'c' found",
      ],
    );
    const [f] = top.children;
    assert.equal(f.scope('a'), Scope.CELL);
    assert.equal(f.scope('b'), Scope.CELL);
    assert.equal(f.children[0].scope('a'), Scope.FREE);
  });

  it('visit what the parser found inside of broken expressions', () => {
    const name = new Name(0, 1, 'x', ExprContext.Load);
    const module = new Module(0, 1, [new Expr(0, 1, new Invalid(0, 1, [name]))]);
    const { dialect } = parseTarget('3.13')!;
    const { top } = buildSymbolTable(module, new LineIndex('x'), dialect.symtable, dialect.compiler);
    assert.equal(top.scope('x'), Scope.GLOBAL_IMPLICIT);
  });
});

describe('symbol tables of deep sources', () => {
  const DEPTH = 20_000;
  /** CPython 3.8 to 3.11 refuse more than 3,000 levels, 3.12 20,000, 3.13 10,000. */
  const AS_DEEP_AS_THE_STACK = new Set(['3.14', '3.15']);
  const leaf = (): Expression => new Name(0, 1, 'x', ExprContext.Load);
  const nest = (wrap: (inner: Expression) => Expression): Statement[] => {
    let node = leaf();
    for (let i = 0; i < DEPTH; i++) node = wrap(node);
    return [new Expr(0, 1, node)];
  };
  const noArguments = () => new Arguments(0, 1, [], [], null, [], [], null, []);
  const shapes: Record<string, () => Statement[]> = {
    'x + x + …': () => nest(inner => new BinOp(0, 1, inner, Operator.Add, leaf())),
    'x ** x ** …': () => nest(inner => new BinOp(0, 1, leaf(), Operator.Pow, inner)),
    'x.x.x…': () => nest(inner => new Attribute(0, 1, inner, 'x', ExprContext.Load)),
    'x()()()…': () => nest(inner => new Call(0, 1, inner, [], [])),
    'lambda: lambda: …': () => nest(inner => new Lambda(0, 1, noArguments(), inner)),
    'if … elif … elif …': () => {
      let node = new If(0, 1, leaf(), [new Pass(0, 1)], []);
      for (let i = 0; i < DEPTH; i++) node = new If(0, 1, leaf(), [new Pass(0, 1)], [node]);
      return [node];
    },
  };
  for (const [shape, make] of Object.entries(shapes)) {
    it(`${shape}: refused where CPython does, walked where it does not`, () => {
      for (const { dialect, series } of TARGETS) {
        const module = new Module(0, 1, make());
        const made = buildSymbolTable(module, new LineIndex('x'), dialect.symtable, dialect.compiler);
        const expected = !AS_DEEP_AS_THE_STACK.has(series)
          ? [{ type: 'RecursionError', msg: 'maximum recursion depth exceeded during compilation' }]
          : [];
        assert.deepEqual(
          made.errors.map(({ type, msg }) => ({ type, msg })),
          expected,
          series,
        );
        let block = made.top;
        while (block.children.length > 0) [block] = block.children;
        assert.equal(block.scope('x'), Scope.GLOBAL_IMPLICIT);
      }
    });
  }
});
