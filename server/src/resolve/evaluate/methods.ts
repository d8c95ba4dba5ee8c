// Which functions are methods, and of what kind: by where the def stands, its decorators and its name.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import type { FunctionDef } from '../../python/ast/nodes.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType } from '../../python/symtable/flags.ts';

/** The class whose body a function is directly in. */
export function classAround(entry: SymbolTableEntry): SymbolTableEntry | undefined {
  let parent = entry.parent;
  while (parent?.type === BlockType.TypeParameters) parent = parent.parent;
  return parent?.type === BlockType.Class && parent.node.kind === NodeKind.ClassDef ? parent : undefined;
}

/** How a function in a class body gets its first argument, by its decorators and name. */
export function methodKind(node: FunctionDef): 'static' | 'class' | 'instance' {
  for (const decorator of node.decorator_list) {
    const name = decorator.kind === NodeKind.Attribute ? decorator.attr : nameOf(decorator);
    if (name === 'staticmethod' || name === 'abstractstaticmethod') return 'static';
    if (name === 'classmethod' || name === 'abstractclassmethod') return 'class';
  }
  return IMPLICIT_CLASS_METHODS.has(node.name) ? 'class' : 'instance';
}

function nameOf(node: Expression): string | undefined {
  if (node.kind === NodeKind.Call) return nameOf(node.func);
  return node.kind === NodeKind.Name ? node.id : undefined;
}

/** Their first parameter is a class. */
const IMPLICIT_CLASS_METHODS = new Set(['__new__', '__init_subclass__', '__class_getitem__', '__prepare__']);
