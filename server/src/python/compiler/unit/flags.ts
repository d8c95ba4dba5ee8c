// co_flags. CPython: Python/compile.c, compute_code_flags().
import { CodeFlags } from '../../code/flags.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { BlockType } from '../../symtable/flags.ts';
import type { CompilerDialect } from '../../versions/compilerDialect.ts';

/** The flags of a block's code object; `futureFeatures` are the CO_FUTURE_* bits of the file, `optimize` is the level of `-O`. */
export function codeFlags(
  scope: SymbolTableEntry,
  futureFeatures: number,
  hasCellsOrFrees: boolean,
  dialect: CompilerDialect,
  optimize: number,
): number {
  let flags = futureFeatures;
  if (scope.isFunctionLike) {
    flags |= CodeFlags.OPTIMIZED | CodeFlags.NEWLOCALS;
    if (scope.nested) flags |= CodeFlags.NESTED;
    if (scope.generator) flags |= scope.coroutine ? CodeFlags.ASYNC_GENERATOR : CodeFlags.GENERATOR;
    else if (scope.coroutine) flags |= CodeFlags.COROUTINE;
    if (scope.varargs) flags |= CodeFlags.VARARGS;
    if (scope.varkeywords) flags |= CodeFlags.VARKEYWORDS;
    if (dialect.docstringAndMethodFlags) {
      // At level 2 docstrings are gone before there is a symbol table.
      if (optimize < 2 && scope.hasDocstring && scope.type === BlockType.Function)
        flags |= CodeFlags.HAS_DOCSTRING;
      if (scope.method) flags |= CodeFlags.METHOD;
    }
  }
  if (dialect.nofreeFlag && !hasCellsOrFrees) flags |= CodeFlags.NOFREE;
  return flags;
}
