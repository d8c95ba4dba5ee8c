// Finding code objects: the innermost at a place in the text, all of a tree.
import { NodeKind } from '../ast/kinds.ts';
import type { Node } from '../ast/nodes.ts';
import { ConstantType } from '../constants/values.ts';
import type { WholeCode } from './bytecode.ts';
import type { CodeObject } from './codeObject.ts';

/** A code object and all below it, outermost first, in the order of co_consts. */
export function* codeObjectsOf(code: CodeObject): Generator<CodeObject> {
  const stack = [code];
  for (let next = stack.pop(); next; next = stack.pop()) {
    yield next;
    for (let i = next.children.length - 1; i >= 0; i--) stack.push(next.children[i]);
  }
}

/** The code objects among the constants of one of a file. */
export const nestedCode = ({ consts }: WholeCode): WholeCode[] =>
  consts.flatMap(constant => (constant.type === ConstantType.Code ? [constant.code] : []));

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

/** How far the text after a node still is its: blanks, and lines as far as they are indented more than it begins. */
function ownEnd(node: Node, text: string): number {
  let lineStart = text.lastIndexOf('\n', node.start - 1) + 1;
  const indentation = node.start - lineStart;
  let end = node.end;
  for (let i = end; i < text.length; i++) {
    const unit = text[i];
    if (unit === '\n' || unit === '\r') lineStart = i + 1;
    else if (unit !== ' ' && unit !== '\t') break;
    else if (lineStart <= node.end || i + 1 - lineStart > indentation) end = i + 1;
  }
  return end;
}

/** Whether the code of a nested code object is made of the text at an offset. */
function covers(code: CodeObject, offset: number, text: string): boolean {
  const { node } = code;
  if (offset < (isHidden(code) ? node.start : ownStart(node))) return false;
  if (offset <= node.end) return true;
  return 'body' in node && Array.isArray(node.body) && offset <= ownEnd(node, text);
}

/** The scopes of annotations and type parameters share the node of what they belong to. */
const isHidden = ({ name }: CodeObject): boolean =>
  name === '__annotate__' || name.startsWith('<generic parameters');

/**
 * The innermost code object whose code an offset belongs to: a default value belongs to the code around its def. An
 * empty line belongs to the function or class that it is indented under.
 */
export function innermostCodeObject(root: CodeObject, offset: number, text: string): CodeObject {
  let code = root;
  for (;;) {
    const inner = code.children.find(child => child.name !== '__annotate__' && covers(child, offset, text));
    if (!inner) return code;
    code = inner;
  }
}
