// Symbol tables: what `colens symtable` prints against `python -m symtable`.
import { dumpSymbolTable, symtableModuleError } from '../../../server/src/python/symtable/dump.ts';
import { compareLines, unlessRefused, type Twin } from './twin.ts';

/** What tables.py calls every source. */
const NAME = '<source>';

/** Names that a block only passes on to those in it: CPython has them in the order of a set, the script sorted. */
const PASSED_ON = /(?:^ *free symbol .*: \n){2,}/gm;
const sorted = (lines: string): string =>
  `${lines
    .trimEnd()
    .split('\n')
    .map(line => `${line.trimEnd()} `)
    .sort()
    .join('\n')}\n`;

export const symtableTwin: Twin = {
  name: 'symtable',
  script: 'tables',
  ours({ decodingError, parsed, symbolTable, target }) {
    const dialect = target.dialect.symtable;
    const error = decodingError ?? parsed.errors[0] ?? symtableModuleError(symbolTable, dialect);
    return unlessRefused(error, () => {
      const text = dumpSymbolTable(symbolTable, NAME, dialect);
      return text.replace(/\n$/, '').replace(PASSED_ON, sorted);
    });
  },
  compare: compareLines,
};
