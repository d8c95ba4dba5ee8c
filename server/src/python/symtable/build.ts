// AST → symbol table: which names every block defines and uses, and, by analyze.ts, where each of them lives.
// CPython: Python/symtable.c, _PySymtable_Build().
import type { Module } from '../ast/nodes.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import type { SymtableDialect } from '../versions/symtableDialect.ts';
import { SymbolTableEntry } from './entry.ts';
import { BlockType } from './flags.ts';
import { SymbolTable } from './table.ts';

/**
 * The symbol table of a file, also of a broken one: after an error (`errors`, CPython's first) the table is completed
 * as well as can be.
 */
export function buildSymbolTable(module: Module, _lines: LineIndex, _dialect: SymtableDialect): SymbolTable {
  return new SymbolTable(new SymbolTableEntry(BlockType.Module, 'top', module, null));
}
