// `colens symtable`: prints what `python -m symtable` prints, which came with 3.13, for every target.
import { dumpSymbolTable, symtableModuleError } from '../python/symtable/dump.ts';
import type { Command } from './command.ts';
import { eachAnalysis } from './each.ts';
import { PATH_HELP, readOptions, readTarget, TARGET_HELP, TARGET_OPTION } from './options.ts';

export const symtable: Command = {
  name: 'symtable',
  summary: 'what python -m symtable prints',
  help: `usage: colens symtable [--target VERSION] PATH...

Prints the symbol tables of sources: every block with its names, their scopes and how they are used.

${TARGET_HELP}

${PATH_HELP}`,

  run(args, io) {
    const { values, positionals } = readOptions(args, TARGET_OPTION);
    const target = readTarget(values.target);
    const dialect = target.dialect.symtable;
    return eachAnalysis(
      positionals,
      target,
      io,
      // Compilation goes no further than the symbol table.
      ({ decodingError, parsed, symbolTable }) =>
        decodingError ?? parsed.errors[0] ?? symtableModuleError(symbolTable, dialect),
      (analysis, { location }) => io.write(dumpSymbolTable(analysis.symbolTable, location, dialect)),
    );
  },
};
