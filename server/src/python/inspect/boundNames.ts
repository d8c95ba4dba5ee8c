// Which names a part of a function's code can bind and unbind, at whatever point it is left.
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import type { Expression } from '../ast/expressions.ts';
import type { Node, Pattern } from '../ast/nodes.ts';
import { boundName } from '../ast/parts.ts';
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
    const bound = boundName(node);
    if (bound !== undefined) binds.add(bound);
    if (node.kind === NodeKind.Name && node.ctx === ExprContext.Del) unbinds.add(node.id);
    if (node.kind === NodeKind.ExceptHandler && node.name !== null) unbinds.add(node.name);
    if (isScope(node)) continue;
    // The variable of a comprehension is the comprehension's own.
    const own = node.kind === NodeKind.Comprehension ? node.target : undefined;
    forEachChild(node, child => {
      if (child !== own && !isTypeParameter(child)) stack.push(child);
    });
  }
  return { binds, unbinds };
}

const isScope = ({ kind }: Node): boolean =>
  kind === NodeKind.FunctionDef ||
  kind === NodeKind.AsyncFunctionDef ||
  kind === NodeKind.ClassDef ||
  kind === NodeKind.Lambda;

/** The type parameters of a `type` statement are in a block of their own. */
const isTypeParameter = ({ kind }: Node): boolean =>
  kind === NodeKind.TypeVar || kind === NodeKind.ParamSpec || kind === NodeKind.TypeVarTuple;

/** The names that assigning to a target, or matching a pattern, binds. */
export const namesBoundBy = (node: Expression | Pattern | Node): ReadonlySet<string> =>
  nameChanges([node]).binds;
