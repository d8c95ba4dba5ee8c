// Symbol tables: what `colens symtable` prints against `python -m symtable`.
import { dumpSymbolTable } from '../../../server/src/python/symtable/dump.ts';
import { compareLines, unlessRefused, type Twin } from './twin.ts';

/** What tables.py calls every source. */
const NAME = '<source>';

export const symtableTwin: Twin = {
  name: 'symtable',
  script: 'tables',
  ours({ decodingError, parsed, symbolTable, target }) {
    const error = decodingError ?? parsed.errors[0] ?? symbolTable.errors[0];
    return unlessRefused(error, () => {
      const text = dumpSymbolTable(symbolTable, NAME, target.dialect.symtable);
      return text.replace(/\n$/, '');
    });
  },
  compare: compareLines,
};
