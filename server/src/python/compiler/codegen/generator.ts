// What code generation carries with it through a file: the unit it is in, names, nested code objects, errors. The walk
// itself is in the files around this one; they reach each other through `Visitors`. CPython: Python/compile.c.
import type { BinOp, Expression } from '../../ast/expressions.ts';
import type { ImportFrom, Node, Statement, Try, With } from '../../ast/nodes.ts';
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import { unparse, type ExpressionDialect } from '../../ast/unparse.ts';
import type { Bytecode } from '../../code/bytecode.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import type { Constant } from '../../code/constant.ts';
import { CodeFlags } from '../../code/flags.ts';
import { foldBinary, foldConstant } from '../../constants/folding.ts';
import { ConstantType, FALSE, TRUE, type ConstantValue } from '../../constants/values.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { type Scope, SCOPE_MASK, SCOPE_OFFSET } from '../../symtable/flags.ts';
import { maybeMangle } from '../../symtable/mangle.ts';
import type { SymbolTable } from '../../symtable/table.ts';
import { utf8Length, type LineIndex } from '../../text/lineIndex.ts';
import type { ReportedPosition, SourceError } from '../../text/syntaxError.ts';
import type { CompilerDialect } from '../../versions/compilerDialect.ts';
import type { Dialect } from '../../versions/dialect.ts';
import type { FoldingDialect } from '../../versions/foldingDialect.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import { ConstantTable } from '../unit/constantTable.ts';
import { ScopeType, type UnitDescription } from '../unit/description.ts';
import { codeFlags } from '../unit/flags.ts';
import type { ExceptionBlock, Place } from '../unit/frameBlocks.ts';
import type { GeneratedUnit, NameTable } from '../unit/generatedUnit.ts';
import { Label } from '../unit/instructions.ts';
import { cellvarsOf } from '../unit/localsplus.ts';
import { LINE_ZERO, Location, NO_LOCATION } from '../unit/location.ts';
import { qualnameOf } from '../unit/qualname.ts';
import type { Trace } from '../unit/trace.ts';
import { CompilerUnit, type ChildConstant } from '../unit/unit.ts';
import { Emitter, NO_NAMES, wholeSequence, type Recording } from './emitter.ts';
import { Intrinsic1 } from './intrinsics.ts';
import { Locator, startOfLine } from './locations.ts';
import { holdsNan } from './notNumbers.ts';
import type { ReportedPlace } from '../../ast/reportedPlace.ts';
import type { SavedNames } from './passedNames.ts';

/** The walk's two entry points; handed in, because statements, expressions and everything below need each other. */
export interface Visitors {
  statement(g: CodeGenerator, s: Statement): void;
  expression(g: CodeGenerator, e: Expression): void;
}

/**
 * How a version handles exceptions: what try and with statements are made of, and what leaving one takes. A strategy, as
 * its parts change together; statements do not know which one it is. `exceptions/models.ts` chooses by a row.
 */
export interface ExceptionModel {
  /** try with whatever parts, except* too. CPython: codegen_try(), codegen_try_star(). */
  visitTry(g: CodeGenerator, s: Try): void;
  /** with and async with, of several items too. CPython: codegen_with(), codegen_async_with(). */
  visitWith(g: CodeGenerator, s: With): void;
  /**
   * Generates what control runs on its way out of a block, which is no longer among the unit's; gives where what comes
   * next is placed. `preserves`: a value on top of the stack is kept. CPython: codegen_unwind_fblock().
   */
  unwind(g: CodeGenerator, block: ExceptionBlock, at: Place, preserves: boolean): Place;
}

/** What is kept of a unit so that its bytecode can be generated when something asks for it. */
interface Origin {
  readonly description: UnitDescription;
  readonly body: () => void;
  readonly privateName: string | null;
  readonly staticAttributes: Set<string> | null;
  readonly moduleSymbols: ReadonlyMap<string, number> | null;
  readonly isUnfolded: boolean;
}

/** Deeper nesting is not walked, to save the JavaScript stack; CPython gives up long before. */
const MAX_DEPTH = 1500;

/** Code objects with a NaN are not made more often than this for copies of what is around them, which are exponentially many. */
const MAX_COPIES = 2_000;

type Span = Pick<Node, 'start' | 'end'>;

const DEBUG = '__debug__';

/** Code that suspends itself. */
const SUSPENDS = CodeFlags.GENERATOR | CodeFlags.COROUTINE | CodeFlags.ASYNC_GENERATOR;

/** The argument of RESUME where a generator expression makes its iterator. */
const RESUME_AT_ITERATOR = 4;

/** Where a module begins, before its first line. */
const MODULE_START = new Location(0, 1, 0, 0);

export class CodeGenerator {
  readonly dialect: CompilerDialect;
  readonly folding: FoldingDialect;
  readonly locator: Locator;
  readonly lines: LineIndex;
  /** The innermost unit; null only before and after the module's. */
  unit!: CompilerUnit;
  /** Where the innermost unit's instructions go. */
  emit!: Emitter;
  readonly errors: SourceError[] = [];
  readonly byNode = new Map<Node, CodeObject>();
  /** The bytecode that has been made; undefined of units that met a limit. */
  private readonly bytecode = new Map<CodeObject, Bytecode | undefined>();
  /** Code objects that are equal to another, and so that one in the constants. */
  readonly equalTo = new Map<CodeObject, CodeObject>();
  /** 3.8 and 3.9, in `if 0:`: names and constants are looked at for their errors only. */
  notEmitting = 0;
  /** Up to 3.9, within the value of `:=`, where the AST optimiser does not look. */
  isUnfolded = false;
  /** The module's symbols as an inlined comprehension of its own has changed them, for all code within. */
  moduleSymbols: ReadonlyMap<string, number> | null = null;
  private readonly byScope = new Map<SymbolTableEntry, CodeObject>();
  private readonly byPrivateName = new Map<string | null, Map<SymbolTableEntry, CodeObject>>();
  /** The same of code in `if 0:`, which a finally body around a `break` there makes no less whole elsewhere. */
  private readonly notEmitted = new Map<SymbolTableEntry, CodeObject>();
  private readonly origins = new Map<CodeObject, Origin>();
  private readonly folded = new Map<Expression, ConstantValue | null>();
  private readonly expressionDialect: ExpressionDialect;
  private readonly everyLabelStartsBlock: boolean;
  private readonly implicitLabels: Uint16Array | null;
  /** 3.14 and later: constants that have been met give a NaN. */
  meetsNan = false;
  /** How many code objects have been made once more for that. */
  private copies = 0;
  private depth = 0;
  private muted = false;
  /** Where something asks: the statements, `elif`s and cases that control can reach. */
  reached: Set<Node> | null = null;
  /** What is noted of the unit that is generated. */
  private trace: Trace | null = null;
  /** Something was too deep to be walked, or is an error: what is recorded is not whole. */
  private incomplete = false;

  constructor(
    readonly symbolTable: SymbolTable,
    lines: LineIndex,
    dialect: Dialect,
    reported: ReadonlyMap<Node, ReportedPlace>,
    private readonly visitors: Visitors,
    /** What try and with statements are made of. */
    readonly exceptions: ExceptionModel,
    /** The level of `-O`: 1 leaves out asserts, 2 docstrings too. */
    readonly optimize: number,
    /** Makes a unit's bytecode. */
    private readonly backEnd: (unit: GeneratedUnit) => Bytecode,
    /** Facts and bytecode are made in one walk. */
    readonly generatesAll: boolean,
    /** What decides where CPython's order is that of hashes, if that is known. */
    readonly savedNames?: SavedNames,
  ) {
    this.dialect = dialect.compiler;
    this.folding = dialect.folding;
    this.expressionDialect = dialect;
    this.everyLabelStartsBlock = dialect.flowgraph.everyLabelStartsBlock;
    const { blocksHaveAges } = dialect.flowgraph;
    this.implicitLabels =
      blocksHaveAges && dialect.compiler.blocksBegin === 'behindJumps' ? dialect.opcodes.flags : null;
    this.lines = lines;
    this.locator = new Locator(lines, reported, dialect.compiler.constantFolding === 'ast');
  }

  // ---- The walk ----

  /** Notes that the walk is at a statement, `elif` or case, where something asks which can be reached. */
  comesTo(node: Node): void {
    if (this.reached === null || this.records) return;
    if (this.emit.reached && !this.emit.isSilent) this.reached.add(node);
  }

  statement(s: Statement): void {
    if (this.depth === MAX_DEPTH || this.emit.overflowed) {
      this.incomplete = true;
      return;
    }
    this.depth++;
    this.emit.begin(s);
    this.comesTo(s);
    this.visitors.statement(this, s);
    this.depth--;
  }

  statements(body: readonly Statement[]): void {
    for (let i = 0; i < body.length; i++) this.statement(body[i]);
  }

  expression(e: Expression): void {
    if (this.depth === MAX_DEPTH) {
      this.incomplete = true;
      return;
    }
    const { emit } = this;
    const outer = emit.at;
    this.depth++;
    emit.moveTo(e);
    this.visitors.expression(this, e);
    emit.moveTo(outer);
    this.depth--;
  }

  expressions(list: readonly Expression[]): void {
    for (let i = 0; i < list.length; i++) this.expression(list[i]);
  }

  /** The line that CPython gives a node: the true one, or what 3.8 to 3.11 make of nodes in f-strings. */
  lineno(node: Node): number {
    return this.locator.lineno(node);
  }

  /** Up to 3.11: where what is generated next comes from. CPython: SET_LOC, and UNSET_LOC for NO_LOCATION. */
  setLocation(at: Place | null): void {
    if (this.records) this.emit.moveTo(at);
  }

  /** The same for what is less than a statement or expression, and for places that are in no line, from 3.10 on. */
  setPartLocation(at: Place | null): void {
    if (this.dialect.placesParts) this.setLocation(at);
  }

  /** Whether the walk finds facts out: errors, and what units tell each other. Generating a unit later tells no more. */
  get learns(): boolean {
    return !this.muted;
  }

  /** Something was too deep or too long to be recorded whole. */
  get isIncomplete(): boolean {
    return this.incomplete;
  }

  /** Whether the AST optimiser folds constants, here. */
  get foldsTree(): boolean {
    return this.dialect.constantFolding === 'ast' && !this.isUnfolded;
  }

  /** Whether instructions are recorded, not only facts. */
  get records(): boolean {
    return this.emit.recording !== null;
  }

  // ---- Units ----

  /**
   * Makes the code object of a scope, or finds it if the scope has been walked (bodies of finally and tests of while
   * are generated more than once). CPython: compiler_enter_scope(), optimize_and_assemble(), compiler_exit_scope().
   */
  codeObject(description: UnitDescription, body: () => void): CodeObject {
    const outer = this.unit;
    const privateName = description.privateName ?? outer?.privateName ?? null;
    const made = this.madeWith(privateName);
    const known = made.get(description.scope);
    if (known && !this.isMadeAnew(known)) return known;
    const { depth, emit } = this;
    const unit = this.enter(description, outer ?? null, privateName);
    unit.qualname = qualnameOf(unit, description.functionName ?? null);
    if (unit.type === ScopeType.Class) unit.staticAttributes = new Set();
    // A unit within a unit takes more of the stack than an expression in another.
    this.depth = Math.min(this.depth + 2, MAX_DEPTH);
    const children: CodeObject[] = [];
    const code = this.generatesAll
      ? this.whole(unit, description, body, children)
      : this.facts(unit, description, body, children);
    made.set(description.scope, code);
    this.origins.set(code, {
      description,
      body,
      privateName,
      staticAttributes: unit.staticAttributes,
      moduleSymbols: this.moduleSymbols,
      isUnfolded: this.isUnfolded,
    });
    if (outer) this.unit = outer;
    this.emit = emit;
    if (this.dialect.unusedConstants === 'trimTail' && unit.children.some(child => !child.used)) {
      // Whether such a child is in the tail that is cut off depends on every constant of the unit.
      const consts = this.bytecodeOf(code)?.consts;
      if (consts) children.splice(0, children.length, ...codeConstants(consts));
    }
    this.depth = depth;
    return code;
  }

  /** The code objects by scope, of those whose names are mangled with a class's, where a generic class changes that. */
  private madeWith(privateName: string | null): Map<SymbolTableEntry, CodeObject> {
    if (this.notEmitting > 0) return this.notEmitted;
    if (!this.dialect.genericClassMangles) return this.byScope;
    let made = this.byPrivateName.get(privateName);
    if (!made) this.byPrivateName.set(privateName, (made = new Map<SymbolTableEntry, CodeObject>()));
    return made;
  }

  /** Whether a code object that has been made is another one in each copy of what is around it. */
  private isMadeAnew(code: CodeObject): boolean {
    if (!this.meetsNan || !this.generatesAll) return false;
    if (!holdsNan(code, unit => this.bytecode.get(unit))) return false;
    if (++this.copies > MAX_COPIES) this.incomplete = true;
    return !this.incomplete;
  }

  private facts(
    unit: CompilerUnit,
    description: UnitDescription,
    body: () => void,
    children: CodeObject[],
  ): CodeObject {
    const at = this.emit?.at ?? null;
    this.emit = new Emitter(unit, null, this.locator, this.dialect);
    this.emit.at = at;
    body();
    for (const child of unit.children) if (this.isKept(child)) children.push(child.code);
    if (unit.firstlineno === 0) unit.firstlineno = this.firstInstructionLine(description, body);
    return this.assemble(unit, description.renamedParameter, children);
  }

  /** The line of a module's first instruction, if it is in the first block. CPython up to 3.9: the end of assemble(). */
  private firstInstructionLine(description: UnitDescription, body: () => void): number {
    const before = this.state();
    this.muted = true;
    const { instructions, labels } = this.record(this.enter(description, null, null), description, 0, body);
    Object.assign(this, before);
    // The return at the end, the last two, is in a block of its own.
    const isInFirstBlock = instructions.length > 2 && (labels.length === 0 || labels[0].index > 0);
    return (isInFirstBlock && instructions[0].location.lineno) || 1;
  }

  /** The same with bytecode, whose constants tell which nested code objects are left. */
  private whole(
    unit: CompilerUnit,
    description: UnitDescription,
    body: () => void,
    children: CodeObject[],
  ): CodeObject {
    const recording = this.record(unit, description, this.flagsOf(unit, false), body);
    const code = this.assemble(unit, description.renamedParameter, children);
    this.incomplete ||= this.emit.overflowed;
    if (this.incomplete) return code;
    const bytecode = this.backEnd(generatedUnit(code, unit, recording, this.everyLabelStartsBlock));
    this.bytecode.set(code, bytecode);
    children.push(...codeConstants(bytecode.consts));
    return code;
  }

  private enter(
    description: UnitDescription,
    parent: CompilerUnit | null,
    privateName: string | null,
  ): CompilerUnit {
    const { name, type, scope, node, firstlineno } = description;
    const unit = new CompilerUnit(name, type, scope, node, parent, privateName, firstlineno);
    unit.argcount = description.argcount ?? 0;
    unit.posonlyargcount = description.posonlyargcount ?? 0;
    unit.kwonlyargcount = description.kwonlyargcount ?? 0;
    this.unit = unit;
    return unit;
  }

  /**
   * The bytecode of a code object, without those nested in it; undefined if that met a limit. May be asked for in the
   * middle of a walk.
   */
  bytecodeOf(code: CodeObject): Bytecode | undefined {
    if (this.bytecode.has(code)) return this.bytecode.get(code);
    const generated = this.generatedUnitOf(code);
    const bytecode = generated && this.backEnd(generated);
    this.bytecode.set(code, bytecode);
    return bytecode;
  }

  /**
   * What the bytecode of a code object is made of, anew each time, with notes of its instructions in `trace`; undefined if
   * that met a limit.
   */
  generatedUnitOf(code: CodeObject, trace: Trace | null = null): GeneratedUnit | undefined {
    const before = this.state();
    this.trace = trace;
    const generated = this.generate(code);
    Object.assign(this, before);
    return generated;
  }

  /** Where the walk stands, to be put back after another unit has been generated in the middle of it. */
  private state(): object {
    const { unit, emit, muted, incomplete, depth, moduleSymbols, notEmitting, isUnfolded, trace } = this;
    return { unit, emit, muted, incomplete, depth, moduleSymbols, notEmitting, isUnfolded, trace };
  }

  /**
   * Generates the instructions of a code object, without those nested in it; undefined if that met a limit. The facts
   * have been made before: nested code objects, and what units learn of each other, are theirs.
   */
  private generate(code: CodeObject): GeneratedUnit | undefined {
    const origin = this.origins.get(code);
    if (!origin) return undefined;
    const { description } = origin;
    const unit = this.enter(description, null, origin.privateName);
    unit.qualname = code.qualname;
    unit.staticAttributes = origin.staticAttributes;
    this.muted = true;
    this.incomplete = false;
    this.depth = 0;
    this.moduleSymbols = origin.moduleSymbols;
    this.isUnfolded = origin.isUnfolded;
    this.notEmitting = 0;
    const recording = this.record(unit, description, code.flags, origin.body);
    if (this.incomplete || this.emit.overflowed) return undefined;
    return generatedUnit(code, unit, recording, this.everyLabelStartsBlock);
  }

  private record(
    unit: CompilerUnit,
    description: UnitDescription,
    flags: number,
    body: () => void,
  ): Recording {
    const { cells, frees } = unit.closureNames;
    const cellvars = cells.length === 0 ? NO_NAMES : tableOf(cells, 0);
    const freevars = frees.length === 0 ? NO_NAMES : tableOf(frees, cells.length);
    const recording: Recording = {
      instructions: [],
      constants: new ConstantTable(),
      names: new Map(),
      cellvars,
      freevars,
      aside: null,
      labels: [],
      implicitLabels: this.implicitLabels,
    };
    this.emit = new Emitter(unit, recording, this.locator, this.dialect);
    this.emit.trace = this.trace;
    this.enterScope(description, flags);
    body();
    return recording;
  }

  /** What every code object begins with. CPython: codegen_enter_scope(), codegen_wrap_in_stopiteration_handler(). */
  private enterScope(description: UnitDescription, flags: number): void {
    const { emit, unit, dialect } = this;
    if (description.guarded) unit.stopIteration = new Label();
    if (dialect.generatorsBeginThemselves && (flags & SUSPENDS) !== 0) {
      // A generator expression makes its iterator first.
      if (unit.node.kind === NodeKind.GeneratorExp) emit.op(Op.RESUME, RESUME_AT_ITERATOR, NO_LOCATION);
      else this.beginGenerator();
      return;
    }
    if (unit.stopIteration !== null) emit.branch(Op.SETUP_CLEANUP, unit.stopIteration, NO_LOCATION);
    const start = startOfLine(unit.firstlineno);
    emit.resume(0, unit.type === ScopeType.Module ? MODULE_START : start);
    if (dialect.marksGenerators && (flags & SUSPENDS) !== 0) {
      emit.op(Op.GEN_START, generatorKind(flags), NO_LOCATION);
    }
    const isPlaced =
      dialect.scopesBegin === 'definition' ||
      (dialect.scopesBegin === 'classesPlaced' && unit.type === ScopeType.Class);
    this.setLocation(isPlaced ? start : LINE_ZERO);
  }

  /** 3.15 and later: the instructions from which on a generator runs when it is resumed. */
  beginGenerator(): void {
    const { emit, unit } = this;
    if (!this.records) return;
    const { firstlineno } = unit;
    const at = new Location(firstlineno, firstlineno, -1, -1);
    emit.op(Op.RETURN_GENERATOR, 0, at);
    emit.op(Op.POP_TOP, 0, at);
    if (unit.stopIteration !== null) emit.branch(Op.SETUP_CLEANUP, unit.stopIteration, NO_LOCATION);
    emit.op(Op.RESUME, 0, startOfLine(firstlineno));
  }

  /** The end of a generator's body: StopIteration that it raises becomes RuntimeError. */
  closeGuard(): void {
    const { emit, unit } = this;
    if (unit.stopIteration === null) return;
    emit.none(NO_LOCATION);
    emit.leave(Op.RETURN_VALUE, 0, NO_LOCATION);
    emit.use(unit.stopIteration);
    emit.op(Op.CALL_INTRINSIC_1, Intrinsic1.STOPITERATION_ERROR, NO_LOCATION);
    emit.leave(Op.RERAISE, 1, NO_LOCATION);
  }

  /** The return at the end of a code object; `none` if it returns None. CPython: add_return_at_end(). */
  returnAtEnd(none: boolean): void {
    if (this.dialect.returnsAtEnd === 'unlessReturned' && this.emit.hasReturned) return;
    if (none) this.emit.none(NO_LOCATION);
    this.emit.leave(Op.RETURN_VALUE, 0, NO_LOCATION);
  }

  private flagsOf({ scope }: CompilerUnit, hasCellsOrFrees: boolean): number {
    return codeFlags(scope, this.symbolTable.futureFeatures, hasCellsOrFrees, this.dialect, this.optimize);
  }

  private assemble(
    unit: CompilerUnit,
    renamedParameter: string | undefined,
    children: readonly CodeObject[],
  ): CodeObject {
    const { scope } = unit;
    const { cells, frees } = unit.closureNames;
    const cellvars = cellvarsOf(cells, unit.varnames, this.dialect);
    const freevars = unit.addedFreevars === null ? frees : [...frees, ...unit.addedFreevars];
    const hasCellsOrFrees = cellvars.length + freevars.length > 0;
    const varnames = [...unit.varnames.keys()];
    if (renamedParameter !== undefined) varnames[0] = renamedParameter;
    return {
      name: unit.name,
      qualname: unit.qualname,
      argcount: unit.posonlyargcount + unit.argcount,
      posonlyargcount: unit.posonlyargcount,
      kwonlyargcount: unit.kwonlyargcount,
      nlocals: unit.varnames.size,
      flags: this.flagsOf(unit, hasCellsOrFrees),
      firstlineno: unit.firstlineno,
      varnames,
      cellvars,
      freevars,
      children,
      node: unit.node,
      scope,
    };
  }

  private isKept({ used, isFirst }: ChildConstant): boolean {
    const { unusedConstants } = this.dialect;
    return used || unusedConstants === 'keep' || (unusedConstants === 'dropAllButFirst' && isFirst);
  }

  // ---- Constants ----

  /**
   * The constant that the AST optimiser puts in an expression's place, or that stands there. Undefined where constants
   * are folded on the flow graph, but for `__debug__`. CPython: Python/ast_opt.c, astfold_expr().
   */
  constantOf(e: Expression): ConstantValue | undefined {
    if (this.isUnfolded) return e.kind === NodeKind.Constant ? e.value : undefined;
    switch (e.kind) {
      case NodeKind.Constant:
        return e.value;
      case NodeKind.Name:
        return e.id === DEBUG && this.foldsDebug(e.ctx) ? this.debug : undefined;
      case NodeKind.BinOp:
      case NodeKind.UnaryOp:
      case NodeKind.Tuple:
      case NodeKind.Subscript: {
        if (this.dialect.constantFolding !== 'ast') return undefined;
        let value = this.folded.get(e);
        if (value === undefined) this.folded.set(e, (value = this.fold(e) ?? null));
        return value ?? undefined;
      }
      default:
        return undefined;
    }
  }

  private foldsDebug(ctx: ExprContext): boolean {
    return ctx === ExprContext.Load || (ctx === ExprContext.Del && this.dialect.foldsDeletedDebug);
  }

  /** The value of an expression of constants, whichever pass computes it. */
  fold(e: Expression): ConstantValue | undefined {
    return foldConstant(e, this.folding, this.debug);
  }

  /** The value of a link of a chain of operators on constants: one for all copies, as that of `constantOf` is. */
  foldLink(e: BinOp, left: ConstantValue, right: ConstantValue): ConstantValue | undefined {
    let value = this.folded.get(e);
    if (value === undefined) {
      this.folded.set(e, (value = foldBinary(e.op, left, right, this.folding) ?? null));
    }
    return value ?? undefined;
  }

  private get debug(): ConstantValue {
    return this.optimize > 0 ? FALSE : TRUE;
  }

  /** The values of expressions that are all constants. */
  constantsOf(list: readonly (Expression | null)[]): ConstantValue[] | undefined {
    const values: ConstantValue[] = [];
    for (const e of list) {
      const value = e === null ? undefined : this.constantOf(e);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  }

  /** Loads a constant that stands in the place of an expression, as `expression` would. */
  constantAt(value: ConstantValue, at: Place): void {
    const { emit } = this;
    const outer = emit.at;
    this.setLocation(at);
    emit.constant(value, at);
    this.setLocation(outer);
  }

  /** The text of an annotation, which is a constant of its own; made only where constants count. */
  annotationText(e: Expression): string {
    return this.records ? unparse(e, this.expressionDialect, this.debug) : '';
  }

  /** Builds a tuple of expressions, none starred, and of strings. */
  buildTuple(elements: readonly (Expression | string)[], at: Place): void {
    const { emit } = this;
    for (const element of elements) {
      if (typeof element === 'string') emit.string(element, at);
      else this.expression(element);
    }
    emit.op(Op.BUILD_TUPLE, elements.length, at);
  }

  // ---- Names ----

  /** A name as the innermost class mangles it. */
  mangle(name: string): string {
    const { unit } = this;
    return unit.privateName === null ? name : maybeMangle(unit.privateName, unit.scope, name);
  }

  /** The scope of a mangled name where code generation is. CPython: _PyST_GetScope(). */
  scopeOf(mangled: string): Scope {
    const { unit } = this;
    const symbol = unit.tweakedSymbols?.get(mangled) ?? unit.scope.symbols.get(mangled) ?? 0;
    return (symbol >> SCOPE_OFFSET) & SCOPE_MASK;
  }

  /** A name's symbol in the module, as it is while code is generated here. CPython: _PyST_GetSymbol(c->c_st->st_top). */
  moduleSymbol(name: string): number {
    return this.moduleSymbols?.get(name) ?? this.symbolTable.top.symbols.get(name) ?? 0;
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
        ? { lineno: this.lineno(this.nodeAt ?? keyword), offset: lines.colOffset(keyword.start) + 1 }
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

  errorIn(place: 'current' | 'node', msg: string, node: Place): void {
    const at = place === 'current' || node instanceof Location ? (this.nodeAt ?? node) : node;
    if (!(at instanceof Location)) this.errorAt(msg, at);
  }

  /** The node that the walk is at. */
  private get nodeAt(): Node | null {
    const { at } = this.emit;
    return at === null || at instanceof Location ? null : (at as Node);
  }

  /** Refuses the file at a node, in every version. */
  errorAt(msg: string, at: Span, position?: ReportedPosition): void {
    if (this.muted) return;
    const error: SourceError = { type: 'SyntaxError', msg, start: at.start, end: at.end };
    const reported = position ?? this.oddPosition(at);
    this.errors.push(reported ? { ...error, position: reported } : error);
  }

  /** Where CPython reports a node if its offsets do not give it. */
  private oddPosition(at: Span): ReportedPosition | undefined {
    const { lines } = this;
    const place = this.locator.reportedPlace(at);
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

function generatedUnit(
  code: CodeObject,
  unit: CompilerUnit,
  recording: Recording,
  everyLabelStartsBlock: boolean,
): GeneratedUnit {
  return {
    name: code.name,
    firstlineno: code.firstlineno,
    flags: code.flags,
    parameters: unit.scope.varnames.length,
    argcount: code.argcount,
    posonlyargcount: code.posonlyargcount,
    kwonlyargcount: code.kwonlyargcount,
    instructions: wholeSequence(recording),
    aside: recording.aside?.length ?? 0,
    labels: everyLabelStartsBlock ? recording.labels : null,
    constants: recording.constants,
    names: recording.names,
    // With the name that a parameter is shown by.
    varnames: hasNames(unit.varnames, code.varnames) ? unit.varnames : tableOf(code.varnames, 0),
    cellvars: recording.cellvars,
    freevars: recording.freevars,
    hidden: unit.everHidden,
  };
}

/** The nested code objects among constants. */
function codeConstants(consts: readonly Constant[]): CodeObject[] {
  const found: CodeObject[] = [];
  for (const constant of consts) if (constant.type === ConstantType.Code) found.push(constant.code);
  return found;
}

/** The argument of GEN_START. */
const generatorKind = (flags: number): number =>
  flags & CodeFlags.COROUTINE ? 1 : flags & CodeFlags.ASYNC_GENERATOR ? 2 : 0;

const hasNames = (table: NameTable, names: readonly string[]): boolean =>
  table.size === names.length && (names.length === 0 || table.get(names[0]) === 0);

function tableOf(names: readonly string[], first: number): NameTable {
  const table: NameTable = new Map();
  for (const name of names) table.set(name, first + table.size);
  return table;
}

/** A range as CPython's compiler reports it: columns are UTF-8 bytes and begin at 1. */
function bytePosition(lines: LineIndex, { start, end }: { readonly start: number; readonly end: number }) {
  const lineno = lines.lineno(start);
  const end_lineno = lines.lineno(end);
  const column = (line: number, offset: number) => utf8Length(lines.text, lines.starts[line - 1], offset) + 1;
  return { lineno, offset: column(lineno, start), end_lineno, end_offset: column(end_lineno, end) };
}
