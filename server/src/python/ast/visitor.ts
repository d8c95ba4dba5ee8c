// Walking the tree: the children of a node, by the table of fields.
import { SHAPES } from './fields.ts';
import { NodeKind } from './kinds.ts';
import type { Node } from './nodes.ts';

interface ChildField {
  readonly name: string;
  readonly list: boolean;
}

/** By kind: the fields that hold nodes. */
const CHILDREN: readonly (readonly ChildField[])[] = (() => {
  const table: ChildField[][] = [];
  for (const [kind, { fields }] of Object.entries(SHAPES)) {
    table[Number(kind)] = fields
      .filter(([, type]) => type.startsWith('node'))
      .map(([name, type]) => ({ name, list: type.startsWith('nodes') }));
  }
  return table;
})();

type Fields = Readonly<Record<string, Node | readonly (Node | null)[] | null>>;

/** Calls `visit` with each child of a node, in the order of Python.asdl's fields. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  const fields = node as unknown as Fields;
  for (const { name, list } of CHILDREN[node.kind]) {
    const value = fields[name];
    if (value === null) continue;
    if (list) {
      for (const child of value as readonly (Node | null)[]) if (child) visit(child);
    } else visit(value as Node);
  }
}

/** The children of a node, in the order of Python.asdl's fields. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  forEachChild(node, child => children.push(child));
  return children;
}

/** Calls `visit` with a node and all below it, parents first. Bears trees of any depth. */
export function walk(root: Node, visit: (node: Node) => void): void {
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    visit(node);
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]);
  }
}

/**
 * The innermost node whose text holds an offset, with the nodes around it, outermost first. Decorators, which stand
 * before their definition, are found too.
 */
export function nodesAt(root: Node, offset: number): Node[] {
  const path: Node[] = [];
  let node: Node | null = root;
  while (node) {
    path.push(node);
    let inner: Node | null = null;
    forEachChild(node, child => {
      if (holds(child, offset)) inner = child;
    });
    node = inner;
  }
  return path;
}

function holds(node: Node, offset: number): boolean {
  if (node.start <= offset && offset <= node.end) return true;
  if (
    node.kind !== NodeKind.FunctionDef &&
    node.kind !== NodeKind.AsyncFunctionDef &&
    node.kind !== NodeKind.ClassDef
  ) {
    return false;
  }
  const first = node.decorator_list[0];
  return first !== undefined && first.start <= offset && offset < node.start;
}
