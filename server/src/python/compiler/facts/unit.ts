// The state of one code object while the walk is in it. CPython: struct compiler_unit in Python/compile.c.
import type { Expression } from '../../ast/expressions.ts';
import type { Node, Statement } from '../../ast/nodes.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';

/** What kind of scope a unit is. CPython: COMPILE_SCOPE_* in Include/internal/pycore_compile.h. */
export enum ScopeType {
  Module,
  Class,
  Function,
  AsyncFunction,
  Lambda,
  Comprehension,
  /** Type parameters, their bounds and defaults, and from 3.14 values of type aliases and `__annotate__`. */
  Annotations,
}

/** A place in the code that jumps lead to: whether any of them comes from reachable code. */
export class Label {
  reached = false;
}

/** Why a frame block is on the stack. CPython: enum fblocktype, those that unwinding tells apart. */
export enum FrameBlockType {
  WhileLoop,
  ForLoop,
  FinallyTry,
  /** Of a handler with a name, which is deleted at its end. */
  HandlerCleanup,
  With,
  ExceptionGroupHandler,
  Other,
}

/** CPython: struct fblockinfo. */
export interface FrameBlock {
  readonly type: FrameBlockType;
  /** Of a loop: where break leads. */
  readonly exit: Label | null;
  /** Of a try with finally: the finally body. */
  readonly finalbody: Statement[] | null;
}

/** A nested code object among the constants, once for all its uses. */
export interface ChildConstant {
  readonly code: CodeObject;
  /** Whether a reachable instruction loads it. */
  used: boolean;
  /** No constant came before it: the optimiser keeps the first one, used or not. */
  readonly isFirst: boolean;
  /** Where it is in `ConstantTable`, if that is kept. */
  readonly index: number;
}

/** An annotation that `__annotate__` evaluates, and whether only if its assignment was reached. */
export interface DeferredAnnotation {
  readonly annotation: Expression;
  readonly conditional: boolean;
}

/** How a finally body that has been walked behaves: see frameBlocks.ts. */
export interface FinallyOutcome {
  /** It was walked as code that is generated, not as that of `if 0:` in 3.8 and 3.9. */
  readonly emitted: boolean;
  /** It was walked as reachable code. */
  reached: boolean;
  /** Control reaches its end. */
  fallsThrough: boolean;
}

/** The constants of a unit, by key, in the order in which the code generator adds them. */
export class ConstantTable {
  private readonly indices = new Map<string, number>();
  private readonly foldedTuples = new Set<string>();
  private lastUsed = 0;

  /** Adds a constant unless it is there; `used` if a reachable instruction loads it. Returns its index. */
  add(key: string, used: boolean): number {
    let index = this.indices.get(key);
    if (index === undefined) this.indices.set(key, (index = this.indices.size));
    if (used) this.use(index);
    return index;
  }

  /** A reachable instruction loads the constant. */
  use(index: number): void {
    if (index > this.lastUsed) this.lastUsed = index;
  }

  /** A tuple that the optimiser makes of constants after code generation, where reachable code builds it. */
  addFoldedTuple(key: string): void {
    this.foldedTuples.add(key);
  }

  /** Whether it stays when the unused constants at the end are cut off. CPython 3.11: trim_unused_consts(). */
  keeps(index: number): boolean {
    for (const key of this.foldedTuples) {
      const folded = this.indices.get(key);
      // A new constant comes after all others.
      if (folded === undefined) return true;
      this.use(folded);
    }
    return index <= this.lastUsed;
  }
}

export class CompilerUnit {
  qualname: string;
  argcount = 0;
  posonlyargcount = 0;
  kwonlyargcount = 0;
  /** co_varnames so far: parameters, then fast locals in order of first use. */
  varnames: Set<string>;
  /** Whether the instruction that would come next can be reached. */
  reached = true;
  /** A constant has been added. */
  hasConstants = false;
  /** Kept only where the fate of an unreachable nested code object depends on it. */
  constants: ConstantTable | null = null;
  children: ChildConstant[] = [];
  readonly childOf = new Map<CodeObject, ChildConstant>();
  /** Nested code objects that might be equal. */
  readonly lookalikes = new Map<string, CodeObject[]>();
  frameBlocks: FrameBlock[] = [];
  finallyOutcomes: Map<Statement[], FinallyOutcome> | null = null;
  /** How deep in inlined comprehensions. CPython: u_in_inlined_comp. */
  inlinedComprehensions = 0;
  /** Symbols as an inlined comprehension sees them, over those of `scope`. */
  tweakedSymbols: Map<string, number> | null = null;
  /** In a class or module: names that are fast locals within the inlined comprehension. CPython: u_fasthidden. */
  fastHidden: Set<string> | null = null;
  /** 3.14 and later: annotated assignments whose annotations go into `__annotate__`. */
  deferredAnnotations: DeferredAnnotation[] | null = null;
  /** How deep in statements that may not run all of their bodies. CPython: u_in_conditional_block. */
  conditionalBlocks = 0;
  /** Free variables that the symbol table does not know of: of `__annotate__`. */
  addedFreevars: string[] | null = null;

  constructor(
    readonly name: string,
    readonly type: ScopeType,
    readonly scope: SymbolTableEntry,
    readonly node: Node,
    readonly parent: CompilerUnit | null,
    /** The class whose private names are mangled here. CPython: u_private. */
    readonly privateName: string | null,
    readonly firstlineno: number,
  ) {
    this.qualname = name;
    this.varnames = new Set(scope.varnames);
  }

  /** Back to the start of the unit, to walk it again. */
  rewind(constants: ConstantTable): void {
    this.varnames = new Set(this.scope.varnames);
    this.reached = true;
    this.hasConstants = false;
    this.constants = constants;
    this.children = [];
    this.childOf.clear();
    this.lookalikes.clear();
    this.frameBlocks = [];
    this.finallyOutcomes = null;
    this.deferredAnnotations = null;
  }
}
