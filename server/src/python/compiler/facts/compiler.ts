// What the walk carries with it through a file: the unit it is in, names, constants, errors. The walk itself is in
// the files around this one; they reach each other through `Visitors`. CPython: Python/compile.c.
import type { Expression } from '../../ast/expressions.ts';
import type { ImportFrom, Node, Statement } from '../../ast/nodes.ts';
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import { unparse, type ExpressionDialect } from '../../ast/unparse.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import { foldConstant } from '../../constants/folding.ts';
import { constantKey } from '../../constants/key.ts';
import { ConstantType, type ConstantValue } from '../../constants/values.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { Scope, SCOPE_MASK, SCOPE_OFFSET } from '../../symtable/flags.ts';
import { maybeMangle } from '../../symtable/mangle.ts';
import type { SymbolTable } from '../../symtable/table.ts';
import { utf8Length, type LineIndex } from '../../text/lineIndex.ts';
import type { ReportedPosition, SourceError } from '../../text/syntaxError.ts';
import type { CompilerDialect } from '../../versions/compilerDialect.ts';
import type { Dialect } from '../../versions/dialect.ts';
import { MESSAGES } from '../messages.ts';
import { sameCode } from './codeEquality.ts';
import { codeFlags } from './flags.ts';
import { cellvarsOf, freevarsOf } from './localsplus.ts';
import { qualnameOf } from './qualname.ts';
import { CompilerUnit, ConstantTable, ScopeType, type ChildConstant } from './unit.ts';

/** The walk's two entry points; handed in, because statements, expressions and everything below need each other. */
export interface Visitors {
  statement(c: Compiler, s: Statement): void;
  expression(c: Compiler, e: Expression): void;
}

/** Where CPython places a node in an f-string, if that is not its true place: lines from 1, columns in bytes from 0. */
export interface ReportedPlace {
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
}

/** What a unit is made of. */
export interface UnitDescription {
  readonly name: string;
  readonly type: ScopeType;
  readonly scope: SymbolTableEntry;
  readonly node: Node;
  readonly firstlineno: number;
  readonly argcount?: number;
  readonly posonlyargcount?: number;
  readonly kwonlyargcount?: number;
  /** The class whose body or type parameters it is. */
  readonly privateName?: string;
  /** What its first parameter is called once the code object is made: `format`, which names in it cannot clash with. */
  readonly renamedParameter?: string;
  /** Of a function's `__annotate__`: the function's name. */
  readonly functionName?: string;
}

/** Deeper nesting is not walked, to save the JavaScript stack; CPython gives up long before. */
const MAX_DEPTH = 1500;

const DEBUG = '__debug__';
const CLASS_DICT = '__classdict__';

export class Compiler {
  readonly dialect: CompilerDialect;
  /** The innermost unit; null only before and after the module's. */
  unit!: CompilerUnit;
  readonly errors: SourceError[] = [];
  readonly byNode = new Map<Node, CodeObject>();
  /** 3.8 and 3.9, in `if 0:`: names and constants are looked at for their errors only. */
  notEmitting = 0;
  /** What the walk is at: the expression, or else the last statement. Up to 3.11 errors are reported there. */
  at: Node | null = null;

  private readonly byScope = new Map<SymbolTableEntry, CodeObject>();
  /** The same of code in `if 0:`, which a finally body around a `break` there makes no less whole elsewhere. */
  private readonly notEmitted = new Map<SymbolTableEntry, CodeObject>();
  private readonly expressionDialect: ExpressionDialect;
  private depth = 0;
  private muted = false;

  constructor(
    readonly symbolTable: SymbolTable,
    readonly lines: LineIndex,
    dialect: Dialect,
    private readonly reported: ReadonlyMap<Node, ReportedPlace>,
    private readonly visitors: Visitors,
  ) {
    this.dialect = dialect.compiler;
    this.expressionDialect = dialect;
  }

  // ---- The walk ----

  statement(s: Statement): void {
    if (this.depth === MAX_DEPTH) return;
    this.depth++;
    this.at = s;
    this.visitors.statement(this, s);
    this.depth--;
  }

  statements(body: readonly Statement[]): void {
    for (let i = 0; i < body.length; i++) this.statement(body[i]);
  }

  expression(e: Expression): void {
    if (this.depth === MAX_DEPTH) return;
    const outer = this.at;
    this.depth++;
    this.at = e;
    this.visitors.expression(this, e);
    this.at = outer;
    this.depth--;
  }

  expressions(list: readonly Expression[]): void {
    for (let i = 0; i < list.length; i++) this.expression(list[i]);
  }

  /** The line that CPython gives a node: the true one, or what 3.8 to 3.11 make of nodes in f-strings. */
  lineno(node: Node): number {
    return this.reported.get(node)?.lineno ?? this.lines.lineno(node.start);
  }

  // ---- Units ----

  /**
   * Makes the code object of a scope, or finds it if the scope has been walked (bodies of finally and tests of while
   * are generated more than once). CPython: compiler_enter_scope(), optimize_and_assemble(), compiler_exit_scope().
   */
  codeObject(description: UnitDescription, body: () => void): CodeObject {
    const made = this.notEmitting > 0 ? this.notEmitted : this.byScope;
    const known = made.get(description.scope);
    if (known) return known;
    const outer = this.unit;
    const { at } = this;
    const { scope } = description;
    const unit = new CompilerUnit(
      description.name,
      description.type,
      scope,
      description.node,
      outer ?? null,
      description.privateName ?? outer?.privateName ?? null,
      description.firstlineno,
    );
    unit.argcount = description.argcount ?? 0;
    unit.posonlyargcount = description.posonlyargcount ?? 0;
    unit.kwonlyargcount = description.kwonlyargcount ?? 0;
    unit.qualname = qualnameOf(unit, description.functionName ?? null);
    this.unit = unit;
    body();
    if (this.dialect.unusedConstants === 'trimTail' && unit.children.some(child => !child.used)) {
      // Whether such a child is in the tail that is cut off depends on every constant of the unit.
      const muted = this.muted;
      this.muted = true;
      unit.rewind(new ConstantTable());
      body();
      this.muted = muted;
    }
    const code = this.assemble(unit, description.renamedParameter);
    made.set(scope, code);
    if (outer) this.unit = outer;
    this.at = at;
    return code;
  }

  private assemble(unit: CompilerUnit, renamedParameter: string | undefined): CodeObject {
    const { scope } = unit;
    const cellvars = cellvarsOf(scope, unit.varnames, this.dialect);
    const freevars = [...freevarsOf(scope), ...(unit.addedFreevars ?? [])];
    const hasCellsOrFrees = cellvars.length + freevars.length > 0;
    const children: CodeObject[] = [];
    for (const child of unit.children) if (this.isKept(unit, child)) children.push(child.code);
    const varnames = [...unit.varnames];
    if (renamedParameter !== undefined) varnames[0] = renamedParameter;
    return {
      name: unit.name,
      qualname: unit.qualname,
      argcount: unit.posonlyargcount + unit.argcount,
      posonlyargcount: unit.posonlyargcount,
      kwonlyargcount: unit.kwonlyargcount,
      nlocals: unit.varnames.size,
      flags: codeFlags(scope, this.symbolTable.futureFeatures, hasCellsOrFrees, this.dialect),
      firstlineno: unit.firstlineno,
      varnames,
      cellvars,
      freevars,
      children,
      node: unit.node,
      scope,
    };
  }

  private isKept(unit: CompilerUnit, child: ChildConstant): boolean {
    if (child.used) return true;
    switch (this.dialect.unusedConstants) {
      case 'keep':
        return true;
      case 'trimTail':
        return unit.constants !== null && unit.constants.keeps(child.index);
      case 'dropAllButFirst':
        return child.isFirst;
    }
  }

  /** Loads a nested code object to make a function of it. CPython: compiler_make_closure(). */
  makeClosure(code: CodeObject): void {
    if (this.notEmitting > 0) return;
    const { unit, dialect } = this;
    if (code.freevars.length > 0) this.checkClosure(code);
    let child = unit.childOf.get(code) ?? this.equalChild(code);
    if (!child) {
      const index = unit.constants?.add(`code ${unit.children.length}`, unit.reached) ?? 0;
      child = { code, used: unit.reached, isFirst: !unit.hasConstants, index };
      unit.children.push(child);
      unit.hasConstants = true;
    } else if (unit.reached) {
      child.used = true;
      unit.constants?.use(child.index);
    }
    unit.childOf.set(code, child);
    if (unit.constants !== null && dialect.qualnameConstants) {
      const isClass = code.node.kind === NodeKind.ClassDef;
      unit.constants.add(`s${isClass ? code.name : code.qualname}`, unit.reached);
    }
  }

  /**
   * Free variables of a nested code object come from cells or free variables of this one. Where an inlined comprehension
   * has lost them CPython has a bug, and gives up. CPython: compiler_lookup_arg(), get_ref_type().
   */
  private checkClosure(code: CodeObject): void {
    const { unit } = this;
    for (const name of code.freevars) {
      const cell = unit.type === ScopeType.Class ? hasClassCell(unit.scope, name) : undefined;
      if (cell === false) this.errorInClosure(MESSAGES.lostCell(name, unit.name, code), code.node);
      else if (cell === undefined && !unit.scope.symbols.has(name) && !unit.tweakedSymbols?.has(name)) {
        this.errorInClosure(MESSAGES.unknownScope(name, unit.name), code.node);
      }
    }
  }

  private errorInClosure(msg: string, { start, end }: Node): void {
    if (!this.muted) this.errors.push({ type: 'SystemError', msg, start, end, position: {} });
  }

  /** A code object of another node that is equal for CPython, where columns do not tell them apart. */
  private equalChild(code: CodeObject): ChildConstant | undefined {
    const { equalCode } = this.dialect;
    if (equalCode === 'never') return undefined;
    if (equalCode === 'constantLambdas' && !this.isConstantLambda(code.node)) return undefined;
    const { lookalikes } = this.unit;
    const key = `${code.firstlineno} ${code.name} ${code.varnames.join()}`;
    const candidates = lookalikes.get(key);
    const equal = candidates?.find(other => sameCode(other, code));
    if (equal) return this.unit.childOf.get(equal);
    if (candidates) candidates.push(code);
    else lookalikes.set(key, [code]);
    return undefined;
  }

  /** `lambda: 1`, all in one line. */
  private isConstantLambda(node: Node): boolean {
    if (node.kind !== NodeKind.Lambda || !foldConstant(node.body)) return false;
    return this.lineno(node) === this.lineno(node.body);
  }

  // ---- Constants ----

  /** CPython: ADDOP_LOAD_CONST. */
  loadConstant(value: ConstantValue): void {
    const { unit } = this;
    unit.hasConstants = true;
    if (unit.constants !== null) unit.constants.add(constantKey(value), unit.reached);
  }

  loadString(value: string): void {
    const { unit } = this;
    unit.hasConstants = true;
    if (unit.constants !== null) unit.constants.add(`s${value}`, unit.reached);
  }

  loadStrings(values: readonly string[]): void {
    const { unit } = this;
    unit.hasConstants = true;
    if (unit.constants === null) return;
    const items = values.map((value): ConstantValue => ({ type: ConstantType.Str, value }));
    this.loadConstant({ type: ConstantType.Tuple, items });
  }

  loadInt(value: number): void {
    const { unit } = this;
    unit.hasConstants = true;
    if (unit.constants !== null) unit.constants.add(`i${value.toString(16)}`, unit.reached);
  }

  loadNone(): void {
    const { unit } = this;
    unit.hasConstants = true;
    if (unit.constants !== null) unit.constants.add('None', unit.reached);
  }

  /** The text of an annotation, which is a constant of its own; needed, and so made, only where every constant counts. */
  annotationText(e: Expression): string {
    return this.unit.constants === null ? '' : unparse(e, this.expressionDialect);
  }

  /**
   * Builds a tuple of expressions, none starred, and of strings. If all are constants the optimiser makes a constant of
   * the tuple, and those for its elements are not loaded. CPython: BUILD_TUPLE, fold_tuple_on_constants().
   */
  buildTuple(elements: readonly (Expression | string)[]): void {
    const { constants, reached } = this.unit;
    const items = constants === null ? undefined : this.constantItems(elements);
    if (constants !== null && items) {
      for (const item of items) constants.add(constantKey(item), false);
      if (reached) constants.addFoldedTuple(constantKey({ type: ConstantType.Tuple, items }));
      return;
    }
    for (const element of elements) {
      if (typeof element === 'string') this.loadString(element);
      else this.expression(element);
    }
  }

  private constantItems(elements: readonly (Expression | string)[]): ConstantValue[] | undefined {
    const items: ConstantValue[] = [];
    for (const element of elements) {
      const item: ConstantValue | undefined =
        typeof element === 'string' ? { type: ConstantType.Str, value: element } : foldConstant(element);
      if (!item) return undefined;
      items.push(item);
    }
    return items;
  }

  /** Evaluates an expression whose value nothing uses, as the optimiser sees that it is constant. */
  constantTest(e: Expression): void {
    const { constants } = this.unit;
    const value = constants === null ? undefined : foldConstant(e);
    if (constants !== null && value) constants.add(constantKey(value), false);
    else this.expression(e);
  }

  /** Adds a constant that no instruction loads: docstrings, and the None that stands for a missing one. */
  addDocstring(value: ConstantValue): void {
    this.unit.hasConstants = true;
    this.unit.constants?.add(constantKey(value), false);
  }

  // ---- Names ----

  /** A name as the innermost class mangles it. */
  mangle(name: string): string {
    const { unit } = this;
    return unit.privateName === null ? name : maybeMangle(unit.privateName, unit.scope, name);
  }

  /** Loads, stores or deletes a name; `at` is where an error would be. CPython: compiler_nameop(). */
  name(name: string, context: ExprContext, at: Node): void {
    if (context !== ExprContext.Load && this.isForbidden(name, context, at)) return;
    const { unit } = this;
    if (unit.varnames.has(name)) return;
    const mangled = unit.privateName === null ? name : maybeMangle(unit.privateName, unit.scope, name);
    if (this.notEmitting > 0) return;
    if (unit.scope.canSeeClassScope && context === ExprContext.Load) this.loadClassDict(mangled);
    if (this.isFast(mangled)) unit.varnames.add(mangled);
  }

  /**
   * What may be a name of the class around is looked for in the class first: its dict is a free variable, which the
   * symbol table does not know of if the class has a variable of that name. CPython: codegen_nameop().
   */
  private loadClassDict(mangled: string): void {
    const { unit } = this;
    const scope = scopeOf(unit.scope, mangled);
    if (scope !== Scope.FREE && scope !== Scope.GLOBAL_IMPLICIT) return;
    if (scopeOf(unit.scope, CLASS_DICT) === Scope.FREE || unit.addedFreevars?.includes(CLASS_DICT)) return;
    (unit.addedFreevars ??= []).push(CLASS_DICT);
  }

  private isFast(mangled: string): boolean {
    const { unit } = this;
    if (unit.scope.isFunctionLike) {
      const symbol = unit.tweakedSymbols?.get(mangled) ?? unit.scope.symbols.get(mangled) ?? 0;
      return ((symbol >> SCOPE_OFFSET) & SCOPE_MASK) === Scope.LOCAL;
    }
    if (unit.fastHidden === null || !unit.fastHidden.has(mangled)) return false;
    const symbol = unit.tweakedSymbols?.get(mangled) ?? unit.scope.symbols.get(mangled) ?? 0;
    return ((symbol >> SCOPE_OFFSET) & SCOPE_MASK) === Scope.LOCAL;
  }

  /** Refuses to bind `__debug__`. CPython: forbidden_name(). */
  isForbidden(name: string, context: ExprContext, at: Node): boolean {
    if (name !== DEBUG || !this.dialect.refusesAssigningDebug) return false;
    if (context === ExprContext.Store) {
      this.errorIn(this.dialect.debugPlace, MESSAGES.assignDebug, at);
      return true;
    }
    if (context === ExprContext.Del && this.dialect.refusesDeletingDebug) {
      this.errorIn(this.dialect.debugPlace, MESSAGES.deleteDebug, at);
      return true;
    }
    return false;
  }

  // ---- Errors ----

  /** Refuses a keyword that a call has twice. */
  errorRepeatedKeyword(name: string, keyword: Node): void {
    const { dialect, lines } = this;
    const msg = dialect.repeatedKeywordIsNamed
      ? MESSAGES.repeatedKeyword(name)
      : MESSAGES.repeatedKeywordUnnamed;
    const position =
      dialect.repeatedKeywordLine === 'call'
        ? { lineno: this.lineno(this.at ?? keyword), offset: lines.colOffset(keyword.start) + 1 }
        : undefined;
    this.errorAt(msg, keyword, position);
  }

  /** Whether a `from __future__` import comes before anything that it would be too late after. */
  isFutureStatement(s: ImportFrom): boolean {
    const { lastFuture } = this.symbolTable;
    if (this.dialect.checksInSymtable) return true;
    if (lastFuture === null) return false;
    return this.dialect.lateFutureByLine
      ? this.lines.lineno(s.start) <= this.lines.lineno(lastFuture.start)
      : s.start <= lastFuture.start;
  }

  /** Refuses the file at a node, or where the walk is. CPython: compiler_error(), whose columns are UTF-8 bytes. */
  error(msg: string, node: Node): void {
    this.errorIn(this.dialect.errorPlace, msg, node);
  }

  errorIn(place: 'current' | 'node', msg: string, node: Node): void {
    this.errorAt(msg, place === 'current' ? (this.at ?? node) : node);
  }

  /** Refuses the file at a node, in every version. */
  errorAt(msg: string, at: Node, position?: ReportedPosition): void {
    if (this.muted) return;
    const error: SourceError = { type: 'SyntaxError', msg, start: at.start, end: at.end };
    const reported = position ?? this.oddPosition(at);
    this.errors.push(reported ? { ...error, position: reported } : error);
  }

  /** Where CPython reports a node if its offsets do not give it. */
  private oddPosition(at: Node): ReportedPosition | undefined {
    const { lines } = this;
    const place = this.reported.get(at);
    if (!place && lines.ascii) return undefined;
    const { lineno, offset, end_lineno, end_offset } = place
      ? {
          ...place,
          offset: place.col_offset + 1,
          end_offset: place.end_col_offset + 1,
        }
      : bytePosition(lines, at);
    return this.dialect.errorEnds ? { lineno, offset, end_lineno, end_offset } : { lineno, offset };
  }
}

const scopeOf = (block: SymbolTableEntry, name: string): Scope =>
  ((block.symbols.get(name) ?? 0) >> SCOPE_OFFSET) & SCOPE_MASK;

/** Whether a class has a cell that the compiler makes up; undefined for other names. */
function hasClassCell(scope: SymbolTableEntry, name: string): boolean | undefined {
  switch (name) {
    case '__class__':
      return scope.needsClassClosure;
    case '__classdict__':
      return scope.needsClassDict;
    case '__conditional_annotations__':
      return scope.hasConditionalAnnotations;
    default:
      return undefined;
  }
}

/** A range as CPython's compiler reports it: columns are UTF-8 bytes and begin at 1. */
function bytePosition(lines: LineIndex, { start, end }: { readonly start: number; readonly end: number }) {
  const lineno = lines.lineno(start);
  const end_lineno = lines.lineno(end);
  const column = (line: number, offset: number) => utf8Length(lines.text, lines.starts[line - 1], offset) + 1;
  return { lineno, offset: column(lineno, start), end_lineno, end_offset: column(end_lineno, end) };
}
