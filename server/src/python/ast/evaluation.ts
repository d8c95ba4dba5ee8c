// Which children of a node the code around it evaluates, and in which order. The fields of Python.asdl go by the
// grammar: they hold the bodies of functions, too, and what is evaluated later or never. CPython: Python/codegen.c.
import { NodeKind } from './kinds.ts';
import type { Node } from './nodes.ts';
import { annotationsOf, type AnyComprehension, defaultsOf } from './parts.ts';
import { childrenOf } from './visitor.ts';

/** What a comprehension makes an element of: a key and a value, or one expression. */
export function elementOf(node: AnyComprehension): readonly Node[] {
  if (node.kind !== NodeKind.DictComp) return [node.elt];
  return node.value ? [node.key, node.value] : [node.key];
}

/**
 * The children of a node that are evaluated with it, in the order of evaluation: of what has code of its own, those
 * that defining it takes, like decorators and defaults. Annotations are evaluated where `annotations` says so, but
 * never those of variables, which only modules and classes evaluate.
 */
export function evaluatedChildren(node: Node, annotations: boolean): readonly Node[] {
  switch (node.kind) {
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef: {
      const parts = [...node.decorator_list, ...defaultsOf(node)];
      // Type parameters bring a scope of their own, which evaluates the annotations.
      return annotations && node.type_params.length === 0 ? [...parts, ...annotationsOf(node)] : parts;
    }
    case NodeKind.Lambda:
      return defaultsOf(node);
    case NodeKind.ClassDef:
      if (node.type_params.length > 0) return node.decorator_list;
      return [...node.decorator_list, ...node.bases, ...node.keywords];
    case NodeKind.TypeAlias:
      return [node.name];
    case NodeKind.AnnAssign:
      if (node.value) return [node.value, node.target];
      // Without a value nothing is stored, but what the target is an attribute or item of is evaluated.
      return node.simple ? [] : childrenOf(node.target);
    case NodeKind.Assign:
      return [node.value, ...node.targets];
    case NodeKind.NamedExpr:
      return [node.value, node.target];
    case NodeKind.Dict:
      return node.values.flatMap((value, i) => [node.keys[i] ?? [], value].flat());
    case NodeKind.ListComp:
    case NodeKind.SetComp:
    case NodeKind.DictComp:
    case NodeKind.GeneratorExp:
      return [node.generators[0].iter];
    default:
      return childrenOf(node);
  }
}
