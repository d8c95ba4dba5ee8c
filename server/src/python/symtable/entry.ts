// One block of the symbol table: a module, class, function or one of the hidden blocks.
// CPython: struct _symtable_entry in Include/internal/pycore_symtable.h.
import type { Node } from '../ast/nodes.ts';
import {
  BlockType,
  ComprehensionType,
  SCOPE_MASK,
  SCOPE_OFFSET,
  type Scope,
  type SymbolFlags,
} from './flags.ts';

/** A block and the names in it. Filled by symtable/build.ts, completed by symtable/analyze.ts; then read only. */
export class SymbolTableEntry {
  /** Blocks directly inside, in the order of the version's visits; those of inlined comprehensions come up here. */
  children: SymbolTableEntry[] = [];
  /**
   * SymbolFlags by mangled name, in the order in which the names were first met, with the Scope above
   * SCOPE_OFFSET: use `flags()` and `scope()`. Names that are only passed through to inner blocks come last.
   */
  readonly symbols = new Map<string, number>();
  /** Parameters, mangled, in the order of co_varnames. */
  readonly varnames: string[] = [];
  comprehension = ComprehensionType.None;
  /** Inside a function, however deep. */
  readonly nested: boolean;
  /** A yield is in this very block; of comprehensions, generator expressions alone. */
  generator = false;
  /** An async def, or something is awaited in this very block. */
  coroutine = false;
  varargs = false;
  varkeywords = false;
  /** `return` with a value, anywhere in this very block. */
  returnsValue = false;
  /** A comprehension that PEP 709 compiles into its parent, and so is not among the parent's children. */
  inlined = false;
  /** For a class: a method uses `__class__` or super(). */
  needsClassClosure = false;
  /** For a class: an annotation or type parameter scope looks names up in the class's namespace. */
  needsClassDict = false;
  /** An annotation or type parameter scope directly in a class. */
  canSeeClassScope = false;
  /** 3.14 and later, of a module or class: it keeps `__conditional_annotations__`. */
  hasConditionalAnnotations = false;
  /** 3.14 and later: the body begins with a docstring. */
  hasDocstring = false;
  /** 3.14 and later: a function directly in a class body. */
  method = false;
  /** 3.14 and later, of an annotation block: whether any annotation needs to be evaluated. */
  annotationsUsed = false;
  /** 3.14 and later, of a module or class: its `__annotate__`, if it has annotations. */
  annotationBlock: SymbolTableEntry | null = null;
  /** Names that are mangled here, and no others; null where all are. Of the type parameters of a generic class. */
  mangledNames: Set<string> | null = null;

  constructor(
    readonly type: BlockType,
    /** `top`, `lambda`, `listcomp`, `__annotate__` or the name of the def or class, as CPython names the block. */
    readonly name: string,
    readonly node: Node,
    readonly parent: SymbolTableEntry | null,
  ) {
    this.nested = parent !== null && (parent.nested || parent.isFunctionLike);
  }

  /** Names are looked up here like in a function: fast locals, cells, closures. CPython: _PyST_IsFunctionLike(). */
  get isFunctionLike(): boolean {
    return this.type !== BlockType.Class && this.type !== BlockType.Module;
  }

  /** How a name, mangled, is defined and used in this block; 0 if it is not. */
  flags(name: string): SymbolFlags {
    return (this.symbols.get(name) ?? 0) & ((1 << SCOPE_OFFSET) - 1);
  }

  /** Where a name, mangled, lives; Scope.UNKNOWN if the block does not know it. CPython: _PyST_GetScope(). */
  scope(name: string): Scope {
    return ((this.symbols.get(name) ?? 0) >> SCOPE_OFFSET) & SCOPE_MASK;
  }
}
