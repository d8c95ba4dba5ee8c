// The names that a function's body takes from elsewhere: inspect.getclosurevars(). Up to 3.13.0 it goes by co_names, in
// which attributes and imported names are too; later by the instructions that load globals and attributes. CPython:
// Lib/inspect.py, getclosurevars().
import { NodeKind } from '../ast/kinds.ts';
import type { Lambda } from '../ast/expressions.ts';
import type { FunctionDef } from '../ast/nodes.ts';
import type { Bytecode } from '../code/bytecode.ts';
import { nameOf, readInstructions } from '../code/instructions.ts';
import type { Analysis } from '../index.ts';
import type { Dialect } from '../versions/dialect.ts';
import { Op } from '../versions/opcodes/op.generated.ts';

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

/**
 * The closure variables of a def or lambda, by name, each list sorted by code units. undefined where there is no
 * bytecode: the file has an error, or the function is beyond a limit.
 */
export function closureVars(
  analysis: Analysis,
  node: FunctionDef | Lambda,
  { isGlobal, isBuiltin }: GlobalNames,
): ClosureVars | undefined {
  const code = analysis.codeObjectOf(node);
  const bytecode = code && analysis.bytecode(code);
  if (!bytecode) return undefined;
  const { names, attributes } = usedNames(bytecode, analysis.target.dialect);
  const globals: string[] = [];
  const builtins: string[] = [];
  const unbound = new Set(attributes);
  for (const name of names) {
    if (isGlobal(name)) globals.push(name);
    else if (isBuiltin(name)) builtins.push(name);
    else unbound.add(name);
  }
  return {
    nonlocals: code.freevars,
    globals: globals.sort(),
    builtins: builtins.sort(),
    unbound: [...unbound].sort(),
  };
}

interface UsedNames {
  /** What is looked up among globals and builtins, whether or not the code does so. */
  readonly names: Iterable<string>;
  /** What is told to be unbound without being looked up. */
  readonly attributes: Iterable<string>;
}

function usedNames({ code, names }: Bytecode, dialect: Dialect): UsedNames {
  if (dialect.inspect.closureVariables === 'names') return { names, attributes: [] };
  const globals = new Set<string>();
  const attributes = new Set<string>();
  for (const { op, arg } of readInstructions(code, dialect.opcodes)) {
    if (op === Op.LOAD_GLOBAL) globals.add(nameOf(op, arg, names, dialect.dis));
    else if (op === Op.LOAD_ATTR) attributes.add(nameOf(op, arg, names, dialect.dis));
  }
  return { names: globals, attributes };
}

/** What is a def or lambda, and not merely a node. */
export const hasClosureVars = (node: { readonly kind: NodeKind }): node is FunctionDef | Lambda =>
  node.kind === NodeKind.FunctionDef ||
  node.kind === NodeKind.AsyncFunctionDef ||
  node.kind === NodeKind.Lambda;
