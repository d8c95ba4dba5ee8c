// Names by which values are known: `__qualname__` and the dotted name that tells library functions and classes apart.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { ClassDef, Module, Node } from '../../python/ast/nodes.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType } from '../../python/symtable/flags.ts';
import type { Class, FunctionValue, SourceModule, Value } from '../values.ts';

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

/** `__module__` of a class: what its body or its module says that it is, else the module's name. */
export function classModule(cls: Class): string {
  if (cls.kind !== 'source') return cls.module;
  return namesIn(cls.node, '__module__') ?? moduleName(cls.module);
}

/** `__name__` of a module, which some set to that of the module that re-exports what they define. */
export const moduleName = ({ name, analysis }: SourceModule): string =>
  FROZEN_NAMES.get(name) ?? namesIn(analysis.module, '__name__') ?? name;

/** Modules that are compiled into CPython, and were there before anybody could import them by their names. */
const FROZEN_NAMES: ReadonlyMap<string, string> = new Map([
  ['importlib._bootstrap', '_frozen_importlib'],
  ['importlib._bootstrap_external', '_frozen_importlib_external'],
]);

const NAMES = new WeakMap<Node, string | null>();

/** The string that a class or module assigns to its `__module__` or `__name__`. */
function namesIn(node: ClassDef | Module, name: string): string | undefined {
  let found = NAMES.get(node);
  if (found === undefined) {
    found = null;
    for (const statement of node.body) {
      if (statement.kind !== NodeKind.Assign || statement.value.kind !== NodeKind.Constant) continue;
      if (statement.value.value.type !== ConstantType.Str) continue;
      if (statement.targets.some(target => target.kind === NodeKind.Name && target.id === name))
        found = statement.value.value.value;
    }
    NAMES.set(node, found);
  }
  return found ?? undefined;
}

/** `__qualname__` of a class. */
export const classQualname = (cls: Class): string => (cls.kind === 'synthetic' ? cls.name : cls.qualname);

/** `functools.partial`, `builtins.property`: a class by its full name. */
export const className = (cls: Class): string => `${classModule(cls)}.${classQualname(cls)}`;

/** The full name of a function or class: `functools.wraps`; undefined for values without one. */
export function fullName(value: Value): string | undefined {
  switch (value.type) {
    case 'function':
      return `${moduleName(value.module)}.${functionQualname(value)}`;
    case 'builtin':
      return `${value.function.module}.${value.function.qualname}`;
    case 'class':
      return className(value.class);
    case 'overloaded':
      return value.implementation && fullName(value.implementation);
    case 'method':
      return fullName(value.function);
    case 'opaque':
      return value.qualname;
    default:
      return undefined;
  }
}
