// co_cellvars and co_freevars. CPython: Python/compile.c, dictbytype(); Python/assemble.c, compute_localsplus_info().
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { Scope, SCOPE_MASK, SCOPE_OFFSET, SymbolFlags } from '../../symtable/flags.ts';
import type { CompilerDialect } from '../../versions/compilerDialect.ts';

const NO_NAMES: readonly string[] = [];

/** Python's order of strings, by code point; UTF-16 differs where a surrogate meets U+E000 and up. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x += x >= 0xe000 ? -0x800 : 0x2000;
      y += y >= 0xe000 ? -0x800 : 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** The names of a block with a scope or a flag, sorted. CPython: dictbytype(). */
function namesByType(scope: SymbolTableEntry, type: Scope, flag: number): string[] | null {
  let names: string[] | null = null;
  for (const [name, symbol] of scope.symbols) {
    if (((symbol >> SCOPE_OFFSET) & SCOPE_MASK) === type || (symbol & flag) !== 0) (names ??= []).push(name);
  }
  if (names !== null && names.length > 1) names.sort(compareCodePoints);
  return names;
}

/** co_freevars of a block: sorted in every version. */
export function freevarsOf(scope: SymbolTableEntry): readonly string[] {
  return namesByType(scope, Scope.FREE, SymbolFlags.DEF_FREE_CLASS) ?? NO_NAMES;
}

/** The cell variables of a block as code generation numbers them. CPython: compiler_enter_scope(). */
export function unitCellvarsOf(scope: SymbolTableEntry): readonly string[] {
  const names = namesByType(scope, Scope.CELL, SymbolFlags.DEF_COMP_CELL);
  if (!scope.needsClassClosure && !scope.needsClassDict && !scope.hasConditionalAnnotations) {
    return names ?? NO_NAMES;
  }
  // The cells that the compiler makes up come last, unless the class body mentions them itself.
  const cells = new Set(names);
  if (scope.needsClassClosure) cells.add('__class__');
  if (scope.needsClassDict) cells.add('__classdict__');
  if (scope.hasConditionalAnnotations) cells.add('__conditional_annotations__');
  return [...cells];
}

/** co_cellvars of a block whose co_varnames are known. */
export function cellvarsOf(
  scope: SymbolTableEntry,
  varnames: ReadonlyMap<string, number>,
  dialect: CompilerDialect,
): readonly string[] {
  const names = unitCellvarsOf(scope);
  if (dialect.cellvarsOrder === 'sorted' || names.length === 0 || varnames.size === 0) return names;
  const locals = names.filter(name => varnames.has(name));
  if (locals.length === 0) return names;
  const cells = new Set(names);
  const ordered = [...varnames.keys()].filter(name => cells.has(name));
  return [...ordered, ...names.filter(name => !varnames.has(name))];
}
