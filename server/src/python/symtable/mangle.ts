// Private names: `__spam` in class Ham is `_Ham__spam`. CPython: Python/symtable.c, _Py_Mangle() and _Py_MaybeMangle().
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
