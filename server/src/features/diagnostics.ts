// Diagnostics: why the target's CPython refuses the file, in its words. CPython stops at its first error; here those
// of the pass that found it are told, and not those of later passes, which CPython would not have reached.
import type { Analysis } from '../python/index.ts';
import type { SourceError } from '../python/text/syntaxError.ts';

/** A file of another language or garbage must not drown the editor. */
const MOST = 100;

/** The errors of the first pass that has any, in its order: the first is the one that CPython raises. */
export function diagnostics(analysis: Analysis): readonly SourceError[] {
  return firstErrors(analysis).slice(0, MOST);
}

function firstErrors(analysis: Analysis): readonly SourceError[] {
  if (analysis.decodingError) return [analysis.decodingError];
  if (analysis.parsed.errors.length > 0) return analysis.parsed.errors;
  if (analysis.symbolTable.errors.length > 0) return analysis.symbolTable.errors;
  return analysis.codeObjects.errors;
}
