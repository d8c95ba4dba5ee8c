// What every visit of the symbol table's first pass shares: the block that is being filled, the ways of defining
// names in it, entering and leaving blocks, errors. CPython: struct symtable and symtable_add_def() and
// symtable_enter_block() in Python/symtable.c.
import type { Expression, Name } from '../ast/expressions.ts';
import type { Module, Node } from '../ast/nodes.ts';
import { ExprContext } from '../ast/kinds.ts';
import type { ReportedPlace } from '../ast/reportedPlace.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import type { ReportedPosition, SourceError } from '../text/syntaxError.ts';
import type { CompilerDialect } from '../versions/compilerDialect.ts';
import type { SymtableDialect } from '../versions/symtableDialect.ts';
import { SymbolTableEntry } from './entry.ts';
import { BlockType, SymbolFlags } from './flags.ts';
import { maybeMangle } from './mangle.ts';
import * as messages from './messages.ts';
import { SymbolTable, type BlockRole } from './table.ts';

const { DEF_GLOBAL, DEF_LOCAL, DEF_PARAM, DEF_NONLOCAL, USE, DEF_IMPORT, DEF_COMP_ITER, DEF_TYPE_PARAM } =
  SymbolFlags;

/** Definitions that need more than their bit set: order of parameters, duplicates, the module's knowledge of globals. */
const NEEDS_CARE = DEF_PARAM | DEF_TYPE_PARAM | DEF_GLOBAL;

/** A `global` or `nonlocal` or the like, for the errors that only the analysis can find. */
export interface Directive {
  readonly entry: SymbolTableEntry;
  /** Mangled. */
  readonly name: string;
  readonly at: Node;
}

/** What of the block around is put aside while a block inside is filled. */
interface OuterBlock {
  readonly entry: SymbolTableEntry;
  readonly compIterTarget: boolean;
  readonly inConditionalBlock: boolean;
  readonly inTryBlock: boolean;
}

/** Where the AST optimiser, which comes first, puts constants. */
export type FoldedPlaces = Pick<
  CompilerDialect,
  'foldsNamedExpressions' | 'foldsTextAnnotations' | 'foldsPatternNames' | 'foldsDeletedDebug'
>;

/** The visit of expressions, which every other visit needs. */
export type VisitExpression = (b: Builder, node: Expression) => void;

export class Builder {
  readonly table: SymbolTable;
  /** The block that is being filled, CPython's st_cur. */
  entry: SymbolTableEntry;
  /** The class whose private names are mangled. */
  privateName: string | null = null;
  /** In the target of a comprehension's `for`, in this very block. */
  compIterTarget = false;
  /** How many iterables of comprehensions are around, whatever the block. */
  compIterExpr = 0;
  /** In a statement whose body may not be run, in this very block. */
  inConditionalBlock = false;
  /** In any part of a try statement, in this very block. */
  inTryBlock = false;
  /** The block of an annotation of a local variable, which 3.14 never evaluates: its names do not count. */
  unevaluatedAnnotation: SymbolTableEntry | null = null;
  /** Where the AST optimiser does not come: `__debug__` is a name there. */
  isUnfolded = false;
  /** What type variable blocks are called in errors, e.g. `a TypeVar bound`. */
  scopeInfo = '';
  /** How deep statements, expressions and patterns are nested, as CPython counts. */
  depth = 0;
  /** Expressions whose left part is being visited, and how deep each of them is. */
  readonly spine: Expression[] = [];
  readonly spineDepths: number[] = [];
  /** How often the visit of expressions is inside of itself. */
  nesting = 0;
  readonly directives: Directive[] = [];
  private tooDeep = false;

  private symbols: Map<string, number>;
  private readonly outer: OuterBlock[] = [];
  private readonly globals: Map<string, number>;

  constructor(
    module: Module,
    readonly lines: LineIndex,
    readonly dialect: SymtableDialect,
    private readonly reported: ReadonlyMap<Node, ReportedPlace> | undefined,
    private readonly visitor: VisitExpression,
    readonly folds: FoldedPlaces,
  ) {
    this.entry = new SymbolTableEntry(BlockType.Module, 'top', module, null);
    this.table = new SymbolTable(this.entry, dialect.relativeFuture);
    this.table.register('blocks', module, this.entry);
    this.symbols = this.globals = this.entry.symbols;
  }

  visitExpression(node: Expression): void {
    this.visitor(this, node);
  }

  visitExpressions(nodes: readonly (Expression | null)[]): void {
    for (const node of nodes) if (node !== null) this.visitExpression(node);
  }

  // ---- Names ---------------------------------------------------------------------------------------------

  /** Defines or uses a name in the current block. CPython: symtable_add_def(). */
  addDef(name: string, flag: SymbolFlags, at: Node, ctx = ExprContext.Store): void {
    if (this.dialect.checksInSymtable && (flag & (DEF_PARAM | DEF_LOCAL | DEF_IMPORT)) !== 0) {
      this.checkName(name, at, ctx);
    }
    const { entry } = this;
    if ((flag & DEF_TYPE_PARAM) !== 0) entry.mangledNames?.add(name);
    const mangled = this.privateName === null ? name : maybeMangle(this.privateName, entry, name);
    const known = this.symbols.get(mangled);
    if (!this.compIterTarget && (flag & NEEDS_CARE) === 0) {
      if (known === undefined) this.symbols.set(mangled, flag);
      else if ((known & flag) !== flag) this.symbols.set(mangled, known | flag);
      return;
    }
    this.define(entry, name, mangled, flag, at);
  }

  /** The same in a block further out, mangled as in the current one. CPython: symtable_add_def_helper(). */
  addDefIn(entry: SymbolTableEntry, name: string, flag: SymbolFlags, at: Node): void {
    this.define(entry, name, this.mangled(name), flag, at);
  }

  mangled(name: string): string {
    return maybeMangle(this.privateName, this.entry, name);
  }

  private define(entry: SymbolTableEntry, name: string, mangled: string, flag: SymbolFlags, at: Node): void {
    let value = entry.symbols.get(mangled) ?? 0;
    if ((flag & value & DEF_PARAM) !== 0) {
      this.error(
        messages.duplicateArgument(name, this.dialect.parameterWord),
        this.dialect.errorsAtNames ? at : this.blockRange(entry),
      );
      return;
    }
    if ((flag & value & DEF_TYPE_PARAM) !== 0) {
      this.error(messages.duplicateTypeParameter(name), at);
      return;
    }
    value |= flag;
    if (entry === this.entry && this.compIterTarget) {
      if ((value & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0) {
        this.error(
          messages.innerLoopRebindsNamedExpr(name),
          this.dialect.errorsAtNames ? at : this.blockRange(entry),
        );
        return;
      }
      value |= DEF_COMP_ITER;
    }
    entry.symbols.set(mangled, value);
    if ((flag & DEF_PARAM) !== 0) entry.varnames.push(mangled);
    else if ((flag & DEF_GLOBAL) !== 0) this.globals.set(mangled, (this.globals.get(mangled) ?? 0) | flag);
  }

  /** How a name is known in a block so far, mangled as in the current block. CPython: symtable_lookup_entry(). */
  lookup(name: string, entry = this.entry): number {
    return entry.symbols.get(this.mangled(name)) ?? 0;
  }

  use(name: string, at: Node): void {
    this.addDef(name, USE, at);
  }

  /** CPython: symtable_record_directive(). */
  recordDirective(name: string, at: Node): void {
    this.directives.push({ entry: this.entry, name: this.mangled(name), at });
  }

  /** `__debug__` cannot be bound; where the symbol table is the pass that says so. CPython: check_name(). */
  checkName(name: string, at: Node, ctx: ExprContext): void {
    if (name !== '__debug__' || ctx === ExprContext.Load || !this.dialect.checksInSymtable) return;
    this.error(ctx === ExprContext.Store ? messages.assignToDebug : messages.deleteDebug, at);
  }

  /** Whether a `__debug__` is True or False by now. */
  isConstant({ ctx }: Name): boolean {
    if (ctx === ExprContext.Del) return this.folds.foldsDeletedDebug;
    return ctx === ExprContext.Load && !this.isUnfolded;
  }

  /** Visits what the AST optimiser leaves alone, if it does. */
  visitUnfolded(node: Expression, isUnfolded: boolean): void {
    const outer = this.isUnfolded;
    this.isUnfolded ||= isUnfolded;
    this.visitExpression(node);
    this.isUnfolded = outer;
  }

  // ---- Blocks --------------------------------------------------------------------------------------------

  get isModule(): boolean {
    return this.symbols === this.globals;
  }

  /** What a block without a name of its own is called. */
  anonymous(name: string): string {
    return this.dialect.bracketedNames ? `<${name}>` : name;
  }

  /** A new block inside the current one, which is not entered yet. CPython: ste_new(). */
  newBlock(type: BlockType, name: string, node: Node, role: BlockRole = 'blocks'): SymbolTableEntry {
    const parent = this.entry;
    const entry = new SymbolTableEntry(type, name, node, parent);
    entry.method = type === BlockType.Function && parent.type === BlockType.Class;
    this.table.register(role, node, entry);
    return entry;
  }

  /** `hidden`: nothing in the block is to count. CPython: symtable_enter_block(). */
  enterBlock(type: BlockType, name: string, node: Node, role: BlockRole = 'blocks', hidden = false): void {
    this.enterExistingBlock(this.newBlock(type, name, node, role), hidden);
    if (this.dialect.formatParameter) {
      if (type === BlockType.Annotation || type === BlockType.TypeVariable || type === BlockType.TypeAlias) {
        this.addDef('.format', DEF_PARAM, node);
        this.addDef('.format', USE, node);
      }
    }
  }

  /** CPython: symtable_enter_existing_block(). */
  enterExistingBlock(entry: SymbolTableEntry, hidden = false): void {
    const { compIterTarget, inConditionalBlock, inTryBlock } = this;
    this.outer.push({ entry: this.entry, compIterTarget, inConditionalBlock, inTryBlock });
    if (entry.type !== BlockType.Class) entry.mangledNames = this.entry.mangledNames;
    if (!hidden) this.entry.children.push(entry);
    this.entry = entry;
    this.symbols = entry.symbols;
    this.compIterTarget = this.inConditionalBlock = this.inTryBlock = false;
  }

  exitBlock(): void {
    const outer = this.outer.pop()!;
    this.entry = outer.entry;
    this.symbols = outer.entry.symbols;
    this.compIterTarget = outer.compIterTarget;
    this.inConditionalBlock = outer.inConditionalBlock;
    this.inTryBlock = outer.inTryBlock;
  }

  // ---- Errors --------------------------------------------------------------------------------------------

  /** Older versions place some errors at the block's beginning: line 0 of a module. */
  private blockRange(entry: SymbolTableEntry): Node {
    return entry.node;
  }

  error(msg: string, at: Node, type: SourceError['type'] = 'SyntaxError'): void {
    this.table.errors.push({ type, msg, start: at.start, end: at.end, position: this.position(at) });
  }

  /** 3.8 and 3.9 forget to count columns from 1 in the errors of `:=`. */
  errorAtNamedExpr(msg: string, at: Node): void {
    if (this.dialect.errorRanges) this.error(msg, at);
    else this.errorAtPoint(msg, at, 0);
  }

  /** An error that CPython gives a beginning but no end. */
  errorAtPoint(msg: string, at: Node, firstColumn = 1): void {
    const { lineno, offset } = this.position(at);
    const start = { lineno, offset: offset! - 1 + firstColumn };
    const position = this.dialect.errorRanges ? { ...start, end_lineno: lineno } : start;
    this.table.errors.push({ type: 'SyntaxError', msg, start: at.start, end: at.end, position });
  }

  /** `col_offset`s count UTF-8 bytes, and CPython puts them into its errors as they are. */
  private position(at: Node): ReportedPosition {
    const known = this.reported?.get(at);
    if (known !== undefined) {
      const start = { lineno: known.lineno, offset: known.col_offset + 1 };
      if (!this.dialect.errorRanges) return start;
      return { ...start, end_lineno: known.end_lineno, end_offset: known.end_col_offset + 1 };
    }
    const { lines } = this;
    const start = { lineno: lines.lineno(at.start), offset: lines.colOffset(at.start) + 1 };
    if (!this.dialect.errorRanges) return start;
    return { ...start, end_lineno: lines.lineno(at.end), end_offset: lines.colOffset(at.end) + 1 };
  }

  /** One level deeper, as CPython counts; an error, once, where it would not go so deep. */
  enterRecursive(at: Node): void {
    if (++this.depth <= this.dialect.recursionLimit || this.tooDeep) return;
    this.tooDeep = true;
    const { start, end } = at;
    this.table.errors.push({
      type: 'RecursionError',
      msg: messages.recursionError,
      start,
      end,
      position: {},
    });
  }
}
