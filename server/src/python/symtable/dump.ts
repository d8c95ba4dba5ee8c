// The symbol table as text: what `python -m symtable FILE` prints, which Python has since 3.13. For earlier targets
// it is what the same code would print with the `symtable` module of that version.
// CPython: Lib/symtable.py, main().
import { reprStr } from '../constants/repr.ts';
import type { SourceError } from '../text/syntaxError.ts';
import type { SymtableDialect } from '../versions/symtableDialect.ts';
import type { SymbolTableEntry } from './entry.ts';
import { BlockType, Scope, SymbolFlags } from './flags.ts';
import type { SymbolTable } from './table.ts';

/** Why the `symtable` module refuses a source that can be parsed, if it does. */
export function symtableModuleError(table: SymbolTable, dialect: SymtableDialect): SourceError | undefined {
  return table.errors[dialect.moduleReadsFuture ? 0 : table.futureErrorCount];
}

/** A line of the text: the head of a block, a name of it, or the empty line at its end. */
export interface SymbolTableLine {
  readonly text: string;
  readonly entry: SymbolTableEntry;
  readonly name?: string;
}

/** Every block with its names, their scopes and flags, ending in a newline. `filename` is shown as it is given. */
export function dumpSymbolTable(table: SymbolTable, filename: string, dialect: SymtableDialect): string {
  return symbolTableLines(table, filename, dialect)
    .map(({ text }) => `${text}\n`)
    .join('');
}

/** The same, line by line. */
export function symbolTableLines(
  table: SymbolTable,
  filename: string,
  dialect: SymtableDialect,
): SymbolTableLine[] {
  const out: SymbolTableLine[] = [];
  // A stack, not recursion: lambdas can be nested thousands deep.
  const stack: { entry: SymbolTableEntry; indent: string }[] = [{ entry: table.top, indent: '' }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { entry, indent } = item;
    const nested = entry.nested ? 'nested ' : '';
    const what =
      entry.type === BlockType.Module
        ? `from file ${reprStr({ value: filename })}`
        : reprStr({ value: entry.name });
    out.push({ text: `${indent}symbol table for ${nested}${typeName(entry.type, dialect)} ${what}:`, entry });
    for (const name of entry.symbols.keys()) {
      const scope = Scope[entry.scope(name)].toLowerCase();
      const flags = flagNames(entry.flags(name), dialect);
      out.push({ text: `    ${indent}${scope} symbol ${reprStr({ value: name })}: ${flags}`, entry, name });
    }
    out.push({ text: '', entry });
    const inner = indent + '    ';
    for (let i = entry.children.length - 1; i >= 0; i--)
      stack.push({ entry: entry.children[i], indent: inner });
  }
  return out;
}

function typeName(type: BlockType, { typeBlockNames }: SymtableDialect): string {
  switch (type) {
    case BlockType.Function:
      return 'function';
    case BlockType.Class:
      return 'class';
    case BlockType.Module:
      return 'module';
    case BlockType.Annotation:
      return 'annotation';
    case BlockType.TypeAlias:
      return 'type alias';
    case BlockType.TypeVariable:
      return typeBlockNames[0];
    case BlockType.TypeParameters:
      return typeBlockNames[1];
  }
}

type FlagName = keyof typeof SymbolFlags;

/** The flags that are shown, in order. */
const SHOWN_FLAGS: Readonly<Record<SymtableDialect['shownFlags'], readonly FlagName[]>> = {
  some: [
    'USE',
    'DEF_GLOBAL',
    'DEF_NONLOCAL',
    'DEF_LOCAL',
    'DEF_PARAM',
    'DEF_IMPORT',
    'DEF_BOUND',
    'DEF_ANNOT',
  ],
  all: [
    'USE',
    'DEF_GLOBAL',
    'DEF_NONLOCAL',
    'DEF_LOCAL',
    'DEF_PARAM',
    'DEF_TYPE_PARAM',
    'DEF_FREE_CLASS',
    'DEF_IMPORT',
    'DEF_BOUND',
    'DEF_ANNOT',
    'DEF_COMP_ITER',
    'DEF_COMP_CELL',
  ],
};

function flagNames(flags: number, dialect: SymtableDialect): string {
  const shown = (flags & SymbolFlags.CONSTANT_USE) !== 0 ? flags | SymbolFlags.USE : flags;
  return SHOWN_FLAGS[dialect.shownFlags]
    .filter(name => (shown & SymbolFlags[name]) === SymbolFlags[name])
    .join(', ')
    .toLowerCase();
}
