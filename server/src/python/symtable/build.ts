// AST → symbol table: which names every block defines and uses, and, by analyze.ts, where each of them lives.
// CPython: Python/symtable.c, _PySymtable_Build().
import type { Module, Node } from '../ast/nodes.ts';
import type { ReportedPlace } from '../ast/reportedPlace.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import type { SymtableDialect } from '../versions/symtableDialect.ts';
import { Analyzer } from './analyze.ts';
import { Builder, type FoldedPlaces } from './builder.ts';
import { visitExpression } from './expressions.ts';
import { hasDocstring, readFuture } from './future.ts';
import { visitBody } from './statements.ts';
import type { SymbolTable } from './table.ts';

/**
 * The symbol table of a file, also of a broken one: after an error (`errors`, CPython's first) the table is completed
 * as well as can be. `reported`: positions that CPython believes nodes in f-strings to have, where they are wrong.
 */
export function buildSymbolTable(
  module: Module,
  lines: LineIndex,
  dialect: SymtableDialect,
  folds: FoldedPlaces,
  reported?: ReadonlyMap<Node, ReportedPlace>,
): SymbolTable {
  const builder = new Builder(module, lines, dialect, reported, visitExpression, folds);
  readFuture(builder, module);
  builder.table.futureErrorCount = builder.table.errors.length;
  builder.entry.hasDocstring = hasDocstring(module.body);
  visitBody(builder, module.body);
  new Analyzer(builder).analyze();
  return builder.table;
}
