// Which block belongs to which node, and what a block knows of itself.
import assert from 'node:assert/strict';
import { NodeKind } from '../../../server/src/python/ast/kinds.ts';
import type {
  ClassDef,
  FunctionDef,
  Node,
  Statement,
  TypeAlias,
} from '../../../server/src/python/ast/nodes.ts';
import { walk } from '../../../server/src/python/ast/visitor.ts';
import { analyze } from '../../../server/src/python/index.ts';
import type { SymbolTableEntry } from '../../../server/src/python/symtable/entry.ts';
import {
  BlockType,
  ComprehensionType,
  Scope,
  SymbolFlags,
} from '../../../server/src/python/symtable/flags.ts';
import { mangle } from '../../../server/src/python/symtable/mangle.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';
import { dedent } from '../../support/fixture.ts';

const read = (source: string, version = '3.14') => {
  const { symbolTable, module } = analyze(dedent(source), parseTarget(version)!);
  return { table: symbolTable, module, top: symbolTable.top };
};

const only = (module: { body: Statement[] }): Statement => module.body[module.body.length - 1];

function find(root: Node, kind: NodeKind): Node {
  let found: Node | undefined;
  walk(root, node => {
    if (node.kind === kind) found ??= node;
    return true;
  });
  return found ?? assert.fail(`no ${NodeKind[kind]}`);
}

describe('blocks of the symbol table', () => {
  it('belong to modules, functions, classes, lambdas and comprehensions', () => {
    const { table, module, top } = read(`
      class C:
          def f(self):
              return lambda: [x for x in y]
    `);
    assert.equal(table.block(module), top);
    const names = [NodeKind.ClassDef, NodeKind.FunctionDef, NodeKind.Lambda, NodeKind.ListComp].map(
      kind => table.block(find(module, kind))?.name,
    );
    assert.deepEqual(names, ['C', 'f', 'lambda', 'listcomp']);
    assert.equal(
      table.block(only(module).kind === NodeKind.ClassDef ? (only(module) as ClassDef).body[0] : module)
        ?.name,
      'f',
    );
  });

  it('belong to annotations, type parameters, bounds and defaults', () => {
    const { table, module } = read(`
      def f[T: bound = default](x: annotation) -> T: pass
    `);
    const def = only(module) as FunctionDef;
    const [T] = def.type_params;
    const uses = (entry: SymbolTableEntry | undefined): string[] =>
      [...entry!.symbols.keys()].filter(name => !name.startsWith('.'));
    assert.deepEqual(uses(table.typeParametersBlock(def)), ['T']);
    assert.deepEqual(uses(table.boundBlock(T)), ['bound']);
    assert.deepEqual(uses(table.defaultBlock(T)), ['default']);
    assert.deepEqual(uses(table.annotationBlock(def)), ['annotation', 'T']);
    assert.deepEqual(uses(table.block(def)), ['x']);
  });

  it('keep the annotations of a module, of a class and of a function apart', () => {
    const { table, module, top } = read(`
      x: A
      class C:
          y: B
          def f(self, z: D):
              w: E
    `);
    const C = only(module) as ClassDef;
    const f = C.body[1] as FunctionDef;
    assert.equal(table.annotationBlock(module), top.annotationBlock);
    assert.equal(table.annotationBlock(module)!.scope('A'), Scope.GLOBAL_IMPLICIT);
    assert.equal(table.annotationBlock(C)!.scope('B'), Scope.GLOBAL_IMPLICIT);
    assert.equal(table.annotationBlock(f)!.scope('D'), Scope.GLOBAL_IMPLICIT);
    assert.equal(table.annotationBlock(f)!.scope('E'), Scope.UNKNOWN);
    assert.ok(table.annotationBlock(f)!.annotationsUsed);
  });

  it('are none where the version has none', () => {
    const { table, module } = read('def f(x: int): pass', '3.13');
    assert.equal(table.annotationBlock(only(module) as FunctionDef), undefined);
    assert.equal(table.typeParametersBlock(only(module) as FunctionDef), undefined);
  });

  it('of a type alias are its value, and around that its type parameters', () => {
    const { table, module } = read('type Alias[T] = list[T]');
    const alias = only(module) as TypeAlias;
    assert.equal(table.block(alias)?.type, BlockType.TypeAlias);
    assert.equal(table.block(alias)?.parent, table.typeParametersBlock(alias));
  });

  it('of an inlined comprehension are found though their parent does not list them', () => {
    const { table, module, top } = read('[x for x in y]');
    const block = table.block(find(module, NodeKind.ListComp))!;
    assert.ok(block.inlined);
    assert.equal(block.comprehension, ComprehensionType.List);
    assert.deepEqual(top.children, []);
    assert.equal(top.scope('x'), Scope.LOCAL);
  });

  it('know what they are', () => {
    const { table, module } = read(
      `
      class C:
          """Docstring."""
          async def f(self, *args, **kwargs):
              """Docstring."""
              yield await super().f()
              return 1
    `.replace('return 1', 'return'),
    );
    const C = only(module) as ClassDef;
    const { method, hasDocstring, varargs, varkeywords, generator, coroutine, returnsValue, nested } =
      table.block(C.body[1])!;
    assert.deepEqual(
      { method, hasDocstring, varargs, varkeywords, generator, coroutine, returnsValue, nested },
      {
        method: true,
        hasDocstring: true,
        varargs: true,
        varkeywords: true,
        generator: true,
        coroutine: true,
        returnsValue: false,
        nested: false,
      },
    );
    assert.ok(table.block(C)!.needsClassClosure);
    assert.ok(table.block(C)!.hasDocstring);
    assert.ok(table.block(C)!.needsClassDict, 'methods have __annotate__, which looks into the class');
  });

  it('know how a name is used', () => {
    const { table, module } = read('def f(a):\n    a = b\n    import c');
    const block = table.block(only(module))!;
    assert.equal(block.flags('a'), SymbolFlags.DEF_PARAM | SymbolFlags.DEF_LOCAL);
    assert.equal(block.flags('b'), SymbolFlags.USE);
    assert.equal(block.flags('c'), SymbolFlags.DEF_IMPORT);
    assert.equal(block.flags('d'), 0);
    assert.equal(block.scope('d'), Scope.UNKNOWN);
    assert.deepEqual(block.varnames, ['a']);
  });
});

describe('mangle()', () => {
  // CPython: [co.co_names for …] of `class X: __a` and the like.
  const cases: [string | null, string, string][] = [
    ['Spam', '__eggs', '_Spam__eggs'],
    ['_Spam', '__eggs', '_Spam__eggs'],
    ['__Spam__', '__eggs', '_Spam____eggs'],
    ['__', '__eggs', '__eggs'],
    ['Spam', '__eggs__', '__eggs__'],
    ['Spam', '__eggs_', '_Spam__eggs_'],
    ['Spam', '_eggs', '_eggs'],
    ['Spam', '__', '__'],
    ['Spam', '___', '___'],
    ['Spam', '__a.b', '__a.b'],
    [null, '__eggs', '__eggs'],
  ];
  for (const [privateName, name, expected] of cases) {
    it(`makes ${expected} of ${name} in ${privateName ?? 'no class'}`, () => {
      assert.equal(mangle(privateName, name), expected);
    });
  }
});
