// Whether two code objects that were made of different nodes on one line are equal, and so one constant: where
// the version does not compare line tables, columns do not tell them apart. Decided on the syntax trees, as there is no bytecode yet.
// CPython: Objects/codeobject.c, code_richcompare().
import { NodeKind } from '../../ast/kinds.ts';
import type { Comprehension, Lambda } from '../../ast/expressions.ts';
import type { Node } from '../../ast/nodes.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import { constantKey } from '../../constants/key.ts';
import type { ConstantValue } from '../../constants/values.ts';

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

/** Whether code objects of the same parent, on the same line, are equal for CPython 3.8 to 3.10. */
export function sameCode(a: CodeObject, b: CodeObject): boolean {
  return (
    a.name === b.name &&
    a.node.kind === b.node.kind &&
    a.flags === b.flags &&
    a.argcount === b.argcount &&
    a.posonlyargcount === b.posonlyargcount &&
    a.kwonlyargcount === b.kwonlyargcount &&
    a.firstlineno === b.firstlineno &&
    sameNames(a.varnames, b.varnames) &&
    sameNames(a.freevars, b.freevars) &&
    sameNames(a.cellvars, b.cellvars) &&
    a.children.length === b.children.length &&
    a.children.every((child, i) => sameCode(child, b.children[i])) &&
    sameBody(a.node, b.node)
  );
}

/** Whether the parts of two nodes that their code objects are made of are equal: not defaults, not the first iterable. */
function sameBody(a: Node, b: Node): boolean {
  switch (a.kind) {
    case NodeKind.Lambda:
      return sameTree(a.body, (b as Lambda).body);
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
      return sameTree(a.body, (b as typeof a).body);
    case NodeKind.ListComp:
    case NodeKind.SetComp:
    case NodeKind.GeneratorExp:
      return sameTree(a.elt, (b as typeof a).elt) && sameGenerators(a.generators, (b as typeof a).generators);
    case NodeKind.DictComp: {
      const other = b as typeof a;
      return (
        sameTree(a.key, other.key) &&
        sameTree(a.value, other.value) &&
        sameGenerators(a.generators, other.generators)
      );
    }
    default:
      return false;
  }
}

function sameGenerators(a: readonly Comprehension[], b: readonly Comprehension[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      (generator, i) =>
        sameTree(generator.target, b[i].target) &&
        (i === 0 || sameTree(generator.iter, b[i].iter)) &&
        sameTree(generator.ifs, b[i].ifs) &&
        generator.is_async === b[i].is_async,
    )
  );
}

/** Whether two trees, lists or fields are equal but for their positions. */
function sameTree(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameTree(item, b[i]));
  }
  if ('type' in a && typeof a.type === 'number') {
    return 'type' in b && constantKey(a as ConstantValue) === constantKey(b as ConstantValue);
  }
  for (const [field, value] of Object.entries(a)) {
    if (field === 'start' || field === 'end' || field === 'stringKind') continue;
    if (!sameTree(value, (b as Record<string, unknown>)[field])) return false;
  }
  return true;
}
