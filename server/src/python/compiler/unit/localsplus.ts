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

/** The variables of a block that are not its own alone. */
export interface ClosureNames {
  /** In the order in which code generation numbers them; co_cellvars may have another: `cellvarsOf`. */
  readonly cells: readonly string[];
  /** co_freevars, but for what the symbol table does not know of. Sorted in every version. */
  readonly frees: readonly string[];
}

const NONE: ClosureNames = { cells: NO_NAMES, frees: NO_NAMES };

/** CPython: compiler_enter_scope(), dictbytype(). */
export function closureNames(scope: SymbolTableEntry): ClosureNames {
  let cells: string[] | null = null;
  let frees: string[] | null = null;
  for (const [name, symbol] of scope.symbols) {
    const type: Scope = (symbol >> SCOPE_OFFSET) & SCOPE_MASK;
    if (type === Scope.CELL || (symbol & SymbolFlags.DEF_COMP_CELL) !== 0) (cells ??= []).push(name);
    if (type === Scope.FREE || (symbol & SymbolFlags.DEF_FREE_CLASS) !== 0) (frees ??= []).push(name);
  }
  const isPlain = !scope.needsClassClosure && !scope.needsClassDict && !scope.hasConditionalAnnotations;
  if (isPlain && cells === null && frees === null) return NONE;
  cells?.sort(compareCodePoints);
  frees?.sort(compareCodePoints);
  return { cells: isPlain ? (cells ?? NO_NAMES) : withMadeUp(scope, cells), frees: frees ?? NO_NAMES };
}

/** The cells that the compiler makes up come last, unless the class body mentions them itself. */
function withMadeUp(scope: SymbolTableEntry, names: readonly string[] | null): readonly string[] {
  const cells = new Set(names);
  if (scope.needsClassClosure) cells.add('__class__');
  if (scope.needsClassDict) cells.add('__classdict__');
  if (scope.hasConditionalAnnotations) cells.add('__conditional_annotations__');
  return [...cells];
}

/** co_cellvars of a block whose co_varnames are known; `names` are its cells. */
export function cellvarsOf(
  names: readonly string[],
  varnames: ReadonlyMap<string, number>,
  dialect: CompilerDialect,
): readonly string[] {
  if (dialect.cellvarsOrder === 'sorted' || names.length === 0 || varnames.size === 0) return names;
  const locals = names.filter(name => varnames.has(name));
  if (locals.length === 0) return names;
  const cells = new Set(names);
  const ordered = [...varnames.keys()].filter(name => cells.has(name));
  return [...ordered, ...names.filter(name => !varnames.has(name))];
}
