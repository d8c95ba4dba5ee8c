// The names that a function's body takes from elsewhere: inspect.getclosurevars(). Up to 3.12 it goes by co_names, in
// which attributes and imported names are too; later by the instructions that load globals and attributes. Both are
// told here from the tree and the symbol table. CPython: Lib/inspect.py, getclosurevars().
import { NodeKind } from '../ast/kinds.ts';
import type { Lambda } from '../ast/expressions.ts';
import type { FunctionDef } from '../ast/nodes.ts';
import type { Analysis } from '../index.ts';
import { usedNames } from './usedNames.ts';

export interface ClosureVars {
  /** co_freevars */
  readonly nonlocals: readonly string[];
  readonly globals: readonly string[];
  readonly builtins: readonly string[];
  /** Names that are neither, and attributes. */
  readonly unbound: readonly string[];
}

/** Which names a module has, and which builtins. */
export interface GlobalNames {
  readonly isGlobal: (name: string) => boolean;
  readonly isBuiltin: (name: string) => boolean;
}

/** The closure variables of a def or lambda, by name, each list sorted by code units. */
export function closureVars(
  analysis: Analysis,
  node: FunctionDef | Lambda,
  { isGlobal, isBuiltin }: GlobalNames,
): ClosureVars {
  const { closureVariables } = analysis.target.dialect.inspect;
  const globals: string[] = [];
  const builtins: string[] = [];
  const unbound = new Set<string>();
  const sort = (name: string): void => {
    if (isGlobal(name)) globals.push(name);
    else if (isBuiltin(name)) builtins.push(name);
    else unbound.add(name);
  };
  const { loadedGlobals, loadedAttributes, others } = usedNames(analysis, node);
  if (closureVariables === 'names') new Set([...loadedGlobals, ...loadedAttributes, ...others]).forEach(sort);
  else {
    loadedGlobals.forEach(sort);
    loadedAttributes.forEach(name => unbound.add(name));
  }
  const nonlocals = analysis.codeObjectOf(node)?.freevars ?? [];
  return { nonlocals, globals: globals.sort(), builtins: builtins.sort(), unbound: [...unbound].sort() };
}

/** What is a def or lambda, and not merely a node. */
export const hasClosureVars = (node: { readonly kind: NodeKind }): node is FunctionDef | Lambda =>
  node.kind === NodeKind.FunctionDef ||
  node.kind === NodeKind.AsyncFunctionDef ||
  node.kind === NodeKind.Lambda;
