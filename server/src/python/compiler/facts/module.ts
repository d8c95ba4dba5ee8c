// The entry of the compiler: from a module and its symbol table to the tree of code objects, and the refusals of
// CPython's compile phase. CPython: Python/compile.c, compiler_mod().
import type { Module, Node } from '../../ast/nodes.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import type { SymbolTable } from '../../symtable/table.ts';
import type { LineIndex } from '../../text/lineIndex.ts';
import type { SourceError } from '../../text/syntaxError.ts';
import type { Dialect } from '../../versions/dialect.ts';
import { visitDeferredAnnotations } from './annotations.ts';
import { visitBody } from './classes.ts';
import { Compiler, type ReportedPlace } from './compiler.ts';
import { visitExpression } from './expressions.ts';
import { firstInstructionLine } from './firstLine.ts';
import { visitStatement } from './statements.ts';
import { ScopeType } from './unit.ts';

/** The code objects of a file. */
export interface CodeObjects {
  /** The module's, the root of the tree. */
  readonly code: CodeObject;
  /** The code objects by the node they were made of, unreachable ones too, which the tree leaves out. */
  readonly byNode: ReadonlyMap<Node, CodeObject>;
  /** What CPython's compiler refuses, in its order: the first is the one that it raises. */
  readonly errors: readonly SourceError[];
}

const VISITORS = { statement: visitStatement, expression: visitExpression };

const NOTHING_REPORTED: ReadonlyMap<Node, ReportedPlace> = new Map();

/**
 * Makes the facts of every code object of a module by a walk in the order of code generation. `reported` has the
 * positions that CPython gives to nodes in f-strings, where they are not the true ones.
 */
export function buildCodeObjects(
  module: Module,
  symbolTable: SymbolTable,
  lines: LineIndex,
  dialect: Dialect,
  reported: ReadonlyMap<Node, ReportedPlace> = NOTHING_REPORTED,
): CodeObjects {
  const c = new Compiler(symbolTable, lines, dialect, reported, VISITORS);
  const firstlineno = c.dialect.moduleFirstlineno === 'one' ? 1 : firstInstructionLine(c, module);
  const code = c.codeObject(
    { name: '<module>', type: ScopeType.Module, scope: symbolTable.top, node: module, firstlineno },
    () => {
      visitBody(c, module.body);
      visitDeferredAnnotations(c, module, module.body.length > 0 ? c.lineno(module.body[0]) : 1);
      c.loadNone();
    },
  );
  c.byNode.set(module, code);
  return { code, byNode: c.byNode, errors: c.errors };
}
