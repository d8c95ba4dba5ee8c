// `colens ast`: prints what `python -m ast --no-type-comments` prints.
import { treeError, treePieces } from '../features/passes/astText.ts';
import type { Command } from './command.ts';
import { eachAnalysis } from './each.ts';
import { PATH_HELP, readCount, readOptions, readTarget, TARGET_HELP, TARGET_OPTION } from './options.ts';

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
