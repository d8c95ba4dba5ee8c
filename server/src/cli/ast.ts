// `colens ast`: prints what `python -m ast --no-type-comments` prints.
import { dumpPieces, type DumpOptions } from '../python/ast/dump.ts';
import type { Command } from './command.ts';
import { eachAnalysis } from './each.ts';
import { PATH_HELP, readCount, readOptions, readTarget, TARGET_HELP, TARGET_OPTION } from './options.ts';
import type { Analysis } from '../python/index.ts';
import type { SourceError } from '../python/text/syntaxError.ts';

const DEFAULT_INDENT = 3;

export const ast: Command = {
  name: 'ast',
  summary: 'what python -m ast prints',
  help: `usage: colens ast [--target VERSION] [-a] [-i N] PATH...

Prints the abstract syntax trees of sources as ast.dump() of the target does.

  -a, --include-attributes  with line numbers and column offsets
  -i N, --indent N          indentation of nodes (${DEFAULT_INDENT})
${TARGET_HELP}

${PATH_HELP}`,

  run(args, io) {
    const { values, positionals } = readOptions(args, {
      ...TARGET_OPTION,
      'include-attributes': { type: 'boolean', short: 'a' },
      indent: { type: 'string', short: 'i' },
    });
    const target = readTarget(values.target);
    const indent = readCount('--indent', values.indent) ?? DEFAULT_INDENT;
    const includeAttributes = values['include-attributes'] ?? false;
    return eachAnalysis(positionals, target, io, treeError, async analysis => {
      for (const piece of treePieces(analysis, { includeAttributes, indent })) await io.write(piece);
      await io.write('\n');
    });
  },
};

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
  options: Pick<DumpOptions, 'includeAttributes' | 'indent'>,
): Iterable<string> {
  return dumpPieces(module, target.dialect.grammar, { ...options, lines, reported: parsed.reported });
}
