// Which names a part of a function's code can bind and unbind, at whatever point it is left.
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import type { Expression } from '../ast/expressions.ts';
import type { Node, Pattern } from '../ast/nodes.ts';
import { forEachChild } from '../ast/visitor.ts';

export interface NameChanges {
  readonly binds: ReadonlySet<string>;
  readonly unbinds: ReadonlySet<string>;
}

/** The names that some nodes bind and unbind, not mangled; nested functions and classes have their own. */
export function nameChanges(nodes: readonly Node[]): NameChanges {
  const binds = new Set<string>();
  const unbinds = new Set<string>();
  const stack: Node[] = [...nodes];
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const name of boundBy(node)) binds.add(name);
    if (node.kind === NodeKind.Name && node.ctx === ExprContext.Del) unbinds.add(node.id);
    if (node.kind === NodeKind.ExceptHandler && node.name !== null) unbinds.add(node.name);
    if (isScope(node)) continue;
    // The variable of a comprehension is the comprehension's own.
    const own = node.kind === NodeKind.Comprehension ? node.target : undefined;
    forEachChild(node, child => {
      if (child !== own) stack.push(child);
    });
  }
  return { binds, unbinds };
}

const isScope = ({ kind }: Node): boolean =>
  kind === NodeKind.FunctionDef ||
  kind === NodeKind.AsyncFunctionDef ||
  kind === NodeKind.ClassDef ||
  kind === NodeKind.Lambda;

/** The names that a node itself binds. */
function boundBy(node: Node): readonly string[] {
  switch (node.kind) {
    case NodeKind.Name:
      return node.ctx === ExprContext.Store ? [node.id] : [];
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
      return [node.name];
    case NodeKind.Import:
      return node.names.map(({ name, asname }) => asname ?? name.split('.', 1)[0]);
    case NodeKind.ImportFrom:
      return node.names.map(({ name, asname }) => asname ?? name);
    case NodeKind.ExceptHandler:
    case NodeKind.MatchAs:
    case NodeKind.MatchStar:
      return node.name === null ? [] : [node.name];
    case NodeKind.MatchMapping:
      return node.rest === null ? [] : [node.rest];
    default:
      return [];
  }
}

/** The names that assigning to a target, or matching a pattern, binds. */
export const namesBoundBy = (node: Expression | Pattern | Node): ReadonlySet<string> =>
  nameChanges([node]).binds;
