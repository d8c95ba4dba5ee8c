// Symbol tables: what `colens symtable` prints against `python -m symtable`.
import { compareLines, unlessRefused, type Twin } from './twin.ts';

const path = '../../../server/src/python/symtable/dump.ts';
const provider = await import(path).catch(() => undefined);

export const symtableTwin: Twin | undefined = provider && {
  name: 'symtable',
  script: 'tables',
  ours: analysis =>
    unlessRefused(
      analysis.decodingError ?? analysis.parsed.errors[0] ?? analysis.symbolTable.errors[0],
      () => [provider.dumpSymbolTable(analysis.symbolTable, '<source>'), 0],
    ),
  compare: compareLines,
};
