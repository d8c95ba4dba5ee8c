// Private names: `__spam` in class Ham is `_Ham__spam`. CPython: Python/symtable.c, _Py_Mangle() and _Py_MaybeMangle().
import { NodeKind } from '../ast/kinds.ts';
import type { SymbolTableEntry } from './entry.ts';

const UNDERSCORE = 95;

/** What a name is in a class (its `privateName`, null outside classes). Dunder names and dotted ones stay. */
export function mangle(privateName: string | null, name: string): string {
  if (privateName === null) return name;
  if (name.charCodeAt(0) !== UNDERSCORE || name.charCodeAt(1) !== UNDERSCORE) return name;
  if (name.endsWith('__') || name.includes('.')) return name;
  let start = 0;
  while (privateName.charCodeAt(start) === UNDERSCORE) start++;
  if (start === privateName.length) return name;
  return `_${privateName.slice(start)}${name}`;
}

/** The same in a block: around a generic class only the type parameters are mangled. */
export function maybeMangle(privateName: string | null, entry: SymbolTableEntry, name: string): string {
  if (privateName === null) return name;
  if (entry.mangledNames !== null && !entry.mangledNames.has(name)) return name;
  return mangle(privateName, name);
}

/** What a name, as the source spells it, is where a block is compiled: the innermost class around it mangles. */
export function mangledIn(entry: SymbolTableEntry, name: string): string {
  if (name.charCodeAt(0) !== UNDERSCORE || name.charCodeAt(1) !== UNDERSCORE) return name;
  return maybeMangle(privateNameAround(entry), entry, name);
}

/** The innermost class around a block, or the one whose type parameters and bases are evaluated in it. */
function privateNameAround(entry: SymbolTableEntry): string | null {
  for (let block: SymbolTableEntry | null = entry; block; block = block.parent) {
    if (block.node.kind === NodeKind.ClassDef) return block.node.name;
  }
  return null;
}
