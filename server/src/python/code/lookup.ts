// Finding code objects: the innermost at a place in the text, all of a tree.
import { NodeKind } from '../ast/kinds.ts';
import type { Node } from '../ast/nodes.ts';
import type { CodeObject } from './codeObject.ts';

/** A code object and all below it, outermost first, in the order of co_consts. */
export function* codeObjectsOf(code: CodeObject): Generator<CodeObject> {
  const stack = [code];
  for (let next = stack.pop(); next; next = stack.pop()) {
    yield next;
    for (let i = next.children.length - 1; i >= 0; i--) stack.push(next.children[i]);
  }
}

/** Where the text begins that a node's own code object is made of: past decorators, at the parameters or the body. */
function ownStart(node: Node): number {
  switch (node.kind) {
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
      return node.body.length > 0 ? node.body[0].start : node.end;
    case NodeKind.Lambda:
      return node.body.start;
    case NodeKind.TypeAlias:
      return node.value.start;
    default:
      return node.start;
  }
}

/** Whether the code of a nested code object is made of the text at an offset. */
function covers(code: CodeObject, offset: number): boolean {
  const { node } = code;
  // The scopes of annotations and type parameters share the node of what they belong to.
  const isHidden = code.name === '__annotate__' || code.name.startsWith('<generic parameters');
  return offset >= (isHidden ? node.start : ownStart(node)) && offset <= node.end;
}

/** The innermost code object whose code an offset belongs to: a default value belongs to the code around its def. */
export function innermostCodeObject(root: CodeObject, offset: number): CodeObject {
  let code = root;
  for (;;) {
    const inner = code.children.find(child => covers(child, offset) && child.name !== '__annotate__');
    if (!inner) return code;
    code = inner;
  }
}
