// What `import … from 'colens'` gives: a few names, for Node and for browsers. Everything else stays inside, and may
// change with any release.
import { codeObjectIndex } from '../features/codeObject/codeObjectIndex.ts';
import { codeObjectView } from '../features/codeObject/view.ts';
import { dumpPieces } from '../python/ast/dump.ts';
import type { CodeObject } from '../python/code/codeObject.ts';
import { CodeFlags, flagName } from '../python/code/flags.ts';
import { type Analysis, analyze as analyzeText, analyzeBytes } from '../python/index.ts';
import { dumpSymbolTable } from '../python/symtable/dump.ts';
import type { SourceError } from '../python/text/syntaxError.ts';
import { DEFAULT_TARGET, parseTarget as targetOf, type Target, TARGETS } from '../python/versions/target.ts';

export { CodeFlags };
export type { Analysis, CodeObject, SourceError, Target };

/** The versions that can be asked for, oldest first, each at its newest patch level. */
export const targets: readonly Target[] = TARGETS;

/** The target of `3.13` or, with a patch level, `3.13.2`; undefined for a version that is not known. */
export function parseTarget(version: string): Target | undefined {
  return targetOf(version);
}

/**
 * What CPython's compiler makes of a source, a text or the bytes of a file. Each pass runs when something asks for its
 * result: `.code` is the module's code object, `.errors` why CPython would refuse the source, if it would.
 *
 * @param target a target or its version; the newest stable one if not given
 * @throws RangeError for a version that is not known; never for anything in the source
 */
export function analyze(source: string | Uint8Array, target: Target | string = DEFAULT_TARGET): Analysis {
  const known = typeof target === 'string' ? targetOf(target) : target;
  if (!known) throw new RangeError(`unknown target '${target as string}'`);
  return typeof source === 'string' ? analyzeText(source, known) : analyzeBytes(source, known);
}

/** All code objects of a source in its order, outer ones before those inside. */
export function codeObjects(analysis: Analysis): readonly CodeObject[] {
  return codeObjectIndex(analysis).all;
}

/** The names of the flags of a code object, lowest bit first: `CO_OPTIMIZED`, `CO_GENERATOR`. */
export function flagNames(code: CodeObject): string[] {
  return Object.values(CodeFlags)
    .filter((bit): bit is CodeFlags => typeof bit === 'number' && (code.flags & bit) !== 0)
    .map(flagName);
}

/** The listing of a code object for people, as `colens show` prints it; the module's if none is given. */
export function listing(analysis: Analysis, code: CodeObject = analysis.code): string {
  return codeObjectView(analysis, code).text;
}

/** What `ast.dump()` gives, with an indentation of so many blanks. */
export function dumpAst(analysis: Analysis, indent = 3): string {
  const { module, lines, parsed, target } = analysis;
  const options = { includeAttributes: false, indent, lines, reported: parsed.reported };
  return [...dumpPieces(module, target.dialect.grammar, options)].join('');
}

/** What `python -m symtable` prints. */
export function dumpSymbols(analysis: Analysis, fileName = '<string>'): string {
  return dumpSymbolTable(analysis.symbolTable, fileName, analysis.target.dialect.symtable);
}
