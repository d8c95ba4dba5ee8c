// Symbol tables: what `colens symtable` prints against `python -m symtable`.
import { dumpSymbolTable, symtableModuleError } from '../../../server/src/python/symtable/dump.ts';
import { compareLines, unlessRefused, type Twin } from './twin.ts';

/** What tables.py calls every source. */
const NAME = '<source>';

/**
 * Names that a block only passes on to those in it: CPython has them in the order of a set, by hash, the script sorted.
 * They have no flags but those that they get later; from 3.14 on comprehensions that are inlined may add a use.
 */
const PASSED_ON = /(?:^ *(?:free symbol .*: (?:def_free_class)?|\w+ symbol .*: )\n){2,}/gm;
const PASSED_ON_OR_USED =
  /(?:^ *(?:free symbol .*: (?:use)?(?:, )?(?:def_free_class)?|\w+ symbol .*: )\n){2,}/gm;

function sorted(run: string): string {
  const lines = run.slice(0, -1).split('\n');
  const nameOf = (line: string): string => line.slice(line.indexOf(' symbol '), line.lastIndexOf(':'));
  lines.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return `${lines.join('\n')}\n`;
}

export const symtableTwin: Twin = {
  name: 'symtable',
  script: 'tables',
  ours({ decodingError, parsed, symbolTable, target }) {
    const dialect = target.dialect.symtable;
    const error = decodingError ?? parsed.errors[0] ?? symtableModuleError(symbolTable, dialect);
    return unlessRefused(error, () => {
      const text = dumpSymbolTable(symbolTable, NAME, dialect);
      return text
        .replace(/\n$/, '')
        .replace(dialect.shownFlags === 'all' ? PASSED_ON_OR_USED : PASSED_ON, sorted);
    });
  },
  compare: compareLines,
};
