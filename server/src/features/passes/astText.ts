// The tree as text, as `python -m ast` prints it, and what the compiler's earlier passes have to say against it.
import { dumpPieces, type DumpOptions } from '../../python/ast/dump.ts';
import type { Analysis } from '../../python/index.ts';
import type { SourceError } from '../../python/text/syntaxError.ts';

/**
 * Why CPython has no tree of a source. The symbol table and the compiler are not asked, a tree there is before they
 * refuse anything; but from 3.14 on `from __future__` is read first. CPython: Python/compile.c, _PyCompile_AstPreprocess()
 */
export function treeError(analysis: Analysis): SourceError | undefined {
  const error = analysis.decodingError ?? analysis.parsed.errors[0];
  if (error || !analysis.target.dialect.symtable.astModuleReadsFuture) return error;
  const { errors, futureErrorCount } = analysis.symbolTable;
  return futureErrorCount > 0 ? errors[0] : undefined;
}

/** The text of `ast.dump()`, with the positions that the target reports, piece by piece. */
export function treePieces(
  { module, lines, parsed, target }: Analysis,
  options: Pick<DumpOptions, 'includeAttributes' | 'indent' | 'printed'>,
): Iterable<string> {
  return dumpPieces(module, target.dialect.grammar, { ...options, lines, reported: parsed.reported });
}
