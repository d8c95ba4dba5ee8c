// What a name is to the blocks around it: its slots in a code object, the block that owns it, and those that capture it
// or are passed over.
import type { CodeObject } from '../code/codeObject.ts';
import type { SymbolTableEntry } from '../symtable/entry.ts';
import { BlockType, Scope, SymbolFlags } from '../symtable/flags.ts';

/** Where a name has a place in a code object: `varnames[3]`. */
export interface Slot {
  readonly array: 'varnames' | 'cellvars' | 'freevars';
  readonly index: number;
}

/** Every place that a name has in a code object. */
export function slotsOf(code: CodeObject, name: string): Slot[] {
  const arrays = ['varnames', 'cellvars', 'freevars'] as const;
  return arrays.flatMap(array => {
    const index = code[array].indexOf(name);
    return index < 0 ? [] : [{ array, index }];
  });
}

/** The block that owns a free name: the nearest one outwards where it is a cell. Class blocks only lend `__class__` and their like. */
export function ownerOf(name: string, entry: SymbolTableEntry): SymbolTableEntry | undefined {
  for (let block = entry.parent; block; block = block.parent) {
    if (block.scope(name) === Scope.CELL) return block;
    if (block.type === BlockType.Class && isClassCell(block, name)) return block;
  }
  return undefined;
}

function isClassCell(block: SymbolTableEntry, name: string): boolean {
  return (
    (name === '__class__' && block.needsClassClosure) || (name === '__classdict__' && block.needsClassDict)
  );
}

const MADE_BY_COMPILER: ReadonlySet<string> = new Set([
  '__class__',
  '__classdict__',
  '__conditional_annotations__',
]);

/** A code object's variables that functions share, without those that the compiler makes up for every class and method. */
export function sharedVariables({ cellvars, freevars, scope }: CodeObject): {
  readonly cellvars: readonly string[];
  readonly freevars: readonly string[];
} {
  const isOwn = (name: string, owner: SymbolTableEntry | undefined): boolean =>
    !MADE_BY_COMPILER.has(name) || owner?.type === BlockType.Function;
  return {
    cellvars: cellvars.filter(name => isOwn(name, scope)),
    freevars: freevars.filter(name => isOwn(name, ownerOf(name, scope))),
  };
}

/** The blocks directly or deeper inside that take a name from a block's cell, inlined comprehensions left out. */
export function capturersOf(name: string, owner: SymbolTableEntry): SymbolTableEntry[] {
  const found: SymbolTableEntry[] = [];
  const visit = (block: SymbolTableEntry): void => {
    for (const child of block.children) {
      const scope = child.scope(name);
      if (scope === Scope.CELL) continue; // another variable of that name
      // Without a use of its own, it only passes the cell on to blocks inside.
      if (scope === Scope.FREE && usesItself(child, name)) found.push(child);
      visit(child);
    }
  };
  visit(owner);
  return found;
}

function usesItself(block: SymbolTableEntry, name: string): boolean {
  const { USE, DEF_LOCAL, DEF_NONLOCAL } = SymbolFlags;
  // super() uses __class__ without saying so.
  return (
    (block.flags(name) & (USE | DEF_LOCAL | DEF_NONLOCAL)) !== 0 ||
    block.children.every(c => c.scope(name) !== Scope.FREE)
  );
}

/** The class blocks between a block and where a name is looked up next that bind the name, and are passed over. */
export function skippedClasses(name: string, entry: SymbolTableEntry): SymbolTableEntry[] {
  const skipped: SymbolTableEntry[] = [];
  for (let block = entry.parent; block; block = block.parent) {
    if (block.type === BlockType.Class) {
      if ((block.flags(name) & SymbolFlags.DEF_BOUND) !== 0) skipped.push(block);
    } else if (block.type !== BlockType.Module && block.scope(name) === Scope.CELL) {
      break;
    }
  }
  return skipped;
}
