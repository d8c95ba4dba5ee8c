// The state of one code object while code generation is in it. CPython: struct compiler_unit in Python/compile.c.
import type { Expression } from '../../ast/expressions.ts';
import type { Node, Statement } from '../../ast/nodes.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import type { ScopeType } from './description.ts';
import type { FrameBlock } from './frameBlocks.ts';
import type { Label } from './instructions.ts';
import type { NameTable } from './generatedUnit.ts';
import { closureNames, type ClosureNames } from './localsplus.ts';

/** A nested code object among the constants, once for all its uses. */
export interface ChildConstant {
  readonly code: CodeObject;
  /** Whether a reachable instruction loads it. */
  used: boolean;
  /** No constant came before it: the optimiser keeps the first one, used or not. */
  readonly isFirst: boolean;
}

/** An annotation that `__annotate__` evaluates, if its assignment was reached. */
export interface DeferredAnnotation {
  readonly name: string;
  readonly annotation: Expression;
  readonly at: Node;
  /** Its number among those that may not run; null for one that runs always. */
  readonly index: number | null;
}

/** How a finally body that has been walked behaves: see codegen/frameBlocks.ts. */
export interface FinallyOutcome {
  /** What names were mangled with where it began. */
  readonly privateName: string | null;
  /** It was walked as code that is generated, not as that of `if 0:` in 3.8 and 3.9. */
  readonly emitted: boolean;
  /** It was walked as reachable code. */
  reached: boolean;
  /** Control reaches its end. */
  fallsThrough: boolean;
  /** The annotations in it that are deferred: each copy has them anew. */
  annotations: readonly DeferredAnnotation[];
}

const namesOf = (names: readonly string[]): NameTable => {
  const table: NameTable = new Map();
  for (const name of names) table.set(name, table.size);
  return table;
};

export class CompilerUnit {
  qualname: string;
  argcount = 0;
  posonlyargcount = 0;
  kwonlyargcount = 0;
  /** co_varnames so far: parameters, then fast locals in order of first use. */
  varnames: NameTable;
  /** A constant has been added. */
  hasConstants = false;
  children: ChildConstant[] = [];
  childOf: Map<CodeObject, ChildConstant> | null = null;
  /** Nested code objects that might be equal. */
  lookalikes: Map<string, CodeObject[]> | null = null;
  frameBlocks: FrameBlock[] = [];
  finallyOutcomes: Map<Statement[], FinallyOutcome[]> | null = null;
  /** How deep in inlined comprehensions. CPython: u_in_inlined_comp. */
  inlinedComprehensions = 0;
  /** Symbols as an inlined comprehension sees them, over those of `scope`. */
  tweakedSymbols: Map<string, number> | null = null;
  /** In a class or module: names that are fast locals within the inlined comprehension. CPython: u_fasthidden. */
  fastHidden: Set<string> | null = null;
  /** All that have ever been in `fastHidden`, false. CPython: CO_FAST_HIDDEN. */
  everHidden: Set<string> | null = null;
  /** For a generator or coroutine, 3.12 and later: where StopIteration becomes RuntimeError. */
  stopIteration: Label | null = null;
  /** 3.14 and later: annotated assignments whose annotations go into `__annotate__`. */
  deferredAnnotations: DeferredAnnotation[] | null = null;
  /** How many of them may not run. CPython: u_next_conditional_annotation_index. */
  conditionalAnnotations = 0;
  /** How deep in statements that may not run all of their bodies. CPython: u_in_conditional_block. */
  conditionalBlocks = 0;
  /** Found when they are first asked for. */
  private closure: ClosureNames | null = null;
  /** Free variables that the symbol table does not know of: of `__annotate__`. */
  addedFreevars: string[] | null = null;
  /** For a class: what methods store as `self.name`. CPython: u_static_attributes. */
  staticAttributes: Set<string> | null = null;

  constructor(
    readonly name: string,
    readonly type: ScopeType,
    readonly scope: SymbolTableEntry,
    readonly node: Node,
    readonly parent: CompilerUnit | null,
    /** The class whose private names are mangled here. CPython: u_private. */
    public privateName: string | null,
    /** 0 until it is known. */
    public firstlineno: number,
  ) {
    this.qualname = name;
    this.varnames = namesOf(scope.varnames);
  }

  /** Its cells and free variables. */
  get closureNames(): ClosureNames {
    return (this.closure ??= closureNames(this.scope));
  }
}
