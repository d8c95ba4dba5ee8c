// The entry of the compiler: from a module and its symbol table to the tree of code objects, the refusals of CPython's
// compile phase, and the bytecode of a code object when it is asked for. CPython: Python/compile.c, compiler_mod().
import type { Module, Node } from '../ast/nodes.ts';
import type { Bytecode } from '../code/bytecode.ts';
import type { CodeObject } from '../code/codeObject.ts';
import type { SymbolTable } from '../symtable/table.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import type { SourceError } from '../text/syntaxError.ts';
import type { Dialect } from '../versions/dialect.ts';
import { Op } from '../versions/opcodes/op.generated.ts';
import { CONDITIONAL_ANNOTATIONS, visitDeferredAnnotations } from './codegen/annotations.ts';
import { visitBody } from './codegen/classes.ts';
import { firstInTree } from './codegen/docstrings.ts';
import { exceptionModelOf } from './codegen/exceptions/models.ts';
import { visitExpression } from './codegen/expressions.ts';
import { CodeGenerator } from './codegen/generator.ts';
import { startOfLine } from './codegen/locations.ts';
import type { SavedNames } from './codegen/passedNames.ts';
import { visitStatement } from './codegen/statements.ts';
import { ScopeType } from './unit/description.ts';
import type { GeneratedUnit } from './unit/generatedUnit.ts';
import type { ReportedPlace } from '../ast/reportedPlace.ts';
import { Trace, type TracedBytecode } from './unit/trace.ts';
import { bytecodeOf as bytecodeOfUnit, tracedBytecodeOf } from './assembler/backEnds.ts';

/** The code objects of a file. */
export interface CodeObjects {
  /** The module's, the root of the tree. */
  readonly code: CodeObject;
  /** The code objects by the node they were made of, unreachable ones too, which the tree leaves out. */
  readonly byNode: ReadonlyMap<Node, CodeObject>;
  /** What CPython's compiler refuses, in its order: the first is the one that it raises. */
  readonly errors: readonly SourceError[];
  /** The bytecode of one code object; undefined if the unit met a limit. */
  readonly bytecode: (code: CodeObject) => Bytecode | undefined;
  /** The instructions that bytecode is made of. Each call makes them anew, so that the caller may change them. */
  readonly generated: (code: CodeObject) => GeneratedUnit | undefined;
  /** Bytecode that is generated once more, with what nodes its instructions come from. */
  readonly traced: (code: CodeObject) => TracedBytecode | undefined;
  /** The statements, `elif`s and cases that the compiler takes to be reachable; in nested functions from their own start. */
  readonly reachedNodes: () => ReadonlySet<Node>;
}

const VISITORS = { statement: visitStatement, expression: visitExpression };

const NOTHING_REPORTED: ReadonlyMap<Node, ReportedPlace> = new Map();

/**
 * Makes the facts of every code object of a module by a walk in the order of code generation. `reported` has the
 * positions that CPython gives to nodes in f-strings, where they are not the true ones; `optimize` is the level of `-O`.
 * With `generatesAll` the walk makes the bytecode, too, where it can: the answers are the same.
 * `savedNames` decides where CPython's order is that of hashes.
 */
export function buildCodeObjects(
  module: Module,
  symbolTable: SymbolTable,
  lines: LineIndex,
  dialect: Dialect,
  reported: ReadonlyMap<Node, ReportedPlace> = NOTHING_REPORTED,
  optimize = 0,
  generatesAll = false,
  savedNames?: SavedNames,
): CodeObjects {
  const exceptions = exceptionModelOf(dialect.compiler);
  const walk = (generatesAll: boolean, reached: Set<Node> | null = null): [CodeGenerator, CodeObject] => {
    const g = new CodeGenerator(
      symbolTable,
      lines,
      dialect,
      reported,
      VISITORS,
      exceptions,
      optimize,
      unit => backEnd(unit, dialect),
      generatesAll,
      savedNames,
    );
    g.reached = reached;
    return [g, moduleCode(g, module)];
  };
  const tracedOf = (g: CodeGenerator, code: CodeObject): TracedBytecode | undefined => {
    if (g.generatesAll) {
      // What was generated in one walk cannot be generated again.
      const [again] = walk(false);
      const same = again.byNode.get(code.node);
      return same && tracedOf(again, same);
    }
    const trace = new Trace();
    const unit = g.generatedUnitOf(code, trace);
    return unit && tracedBytecodeOf(unit, trace, { opcodes: dialect.opcodes, dialect });
  };
  const reachedNodes = (): ReadonlySet<Node> => {
    const reached = new Set<Node>();
    walk(false, reached);
    return reached;
  };
  const answer = (g: CodeGenerator, code: CodeObject): CodeObjects => ({
    code,
    byNode: g.byNode,
    errors: g.errors,
    bytecode: unit => g.bytecodeOf(unit),
    generated: unit => g.generatedUnitOf(unit),
    traced: unit => tracedOf(g, unit),
    reachedNodes,
  });
  // Facts have less that can be too deep or too long, and tell errors in their own order.
  const inOneWalk = (): CodeObjects | undefined => {
    const [g, code] = walk(true);
    return g.errors.length === 0 && !g.isIncomplete ? answer(g, code) : undefined;
  };
  const oneWalk = isOneWalk(dialect);
  const whole = generatesAll && oneWalk ? inOneWalk() : undefined;
  if (whole) return whole;
  const [g, code] = walk(false);
  // How many code objects hold a NaN, their constants alone tell.
  const counted = g.meetsNan && oneWalk && !generatesAll ? inOneWalk() : undefined;
  return counted ?? answer(g, code);
}

/** Whether one walk finds facts and bytecode: what bytecode leaves out, and what is equal, facts need not know before. */
const isOneWalk = (dialect: Dialect): boolean =>
  dialect.compiler.equalCode === 'never' && dialect.compiler.constantBranches === 'optimized';

function moduleCode(g: CodeGenerator, module: Module): CodeObject {
  const { top } = g.symbolTable;
  const firstlineno = g.dialect.moduleFirstlineno === 'one' ? 1 : 0;
  const code = g.codeObject(
    { name: '<module>', type: ScopeType.Module, scope: top, node: module, firstlineno },
    () => {
      const first = firstInTree(g, module.body);
      const at = module.body.length > 0 ? first : startOfLine(1);
      if (top.hasConditionalAnnotations) {
        g.emit.op(Op.BUILD_SET, 0, at);
        g.emit.name(Op.STORE_NAME, CONDITIONAL_ANNOTATIONS, at);
      }
      visitBody(g, module.body, at);
      visitDeferredAnnotations(g, module, at, module.body.length > 0 ? g.lineno(first) : 1);
      g.returnAtEnd(true);
    },
  );
  g.byNode.set(module, code);
  return code;
}

const backEnd = (unit: GeneratedUnit, dialect: Dialect): Bytecode =>
  bytecodeOfUnit(unit, { opcodes: dialect.opcodes, dialect });
