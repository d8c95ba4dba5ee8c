// Names by which values are known: `__qualname__` and the dotted name that tells library functions and classes apart.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType } from '../../python/symtable/flags.ts';
import type { Class, FunctionValue, Value } from '../values.ts';

/** `__qualname__` of what a block defines under a name: `C.method`, `f.<locals>.g`. */
export function qualnameIn(entry: SymbolTableEntry, name: string): string {
  let qualname = name;
  for (let block: SymbolTableEntry | null = entry; block && block.parent; block = block.parent) {
    if (block.type === BlockType.Class) qualname = `${block.name}.${qualname}`;
    else if (block.type === BlockType.Function) {
      const shown = block.node.kind === NodeKind.Lambda ? '<lambda>' : block.name;
      qualname = `${shown}.<locals>.${qualname}`;
    }
  }
  return qualname;
}

/** `__qualname__` of a def or lambda. */
export function functionQualname({ node, scope }: FunctionValue): string {
  const name = node.kind === NodeKind.Lambda ? '<lambda>' : node.name;
  // `global f` in a function: f belongs to the module.
  return qualnameIn(scope.entry, name);
}

/** `__module__` of a class. */
export const classModule = (cls: Class): string => (cls.kind === 'source' ? cls.module.name : cls.module);

/** `__qualname__` of a class. */
export const classQualname = (cls: Class): string => (cls.kind === 'synthetic' ? cls.name : cls.qualname);

/** `functools.partial`, `builtins.property`: a class by its full name. */
export const className = (cls: Class): string => `${classModule(cls)}.${classQualname(cls)}`;

/** The full name of a function or class: `functools.wraps`; undefined for values without one. */
export function fullName(value: Value): string | undefined {
  switch (value.type) {
    case 'function':
      return `${value.module.name}.${functionQualname(value)}`;
    case 'builtin':
      return `${value.function.module}.${value.function.qualname}`;
    case 'class':
      return className(value.class);
    case 'overloaded':
      return value.implementation && fullName(value.implementation);
    case 'method': {
      const name = fullName(value.function);
      return name;
    }
    case 'opaque':
      return value.qualname;
    default:
      return undefined;
  }
}
