// One block of the symbol table: a module, class, function or one of the hidden blocks.
// CPython: struct _symtable_entry in Include/internal/pycore_symtable.h.
import type { Node } from '../ast/nodes.ts';
import type { BlockType, ComprehensionType, Scope } from './flags.ts';

/** A block and the names in it. Built by symtable/build.ts, completed by symtable/analyze.ts. */
export interface SymbolTableEntry {
  readonly type: BlockType;
  /** `top`, `lambda`, `listcomp`, `__annotate__` or the name of the def or class, as CPython names the block. */
  readonly name: string;
  readonly node: Node;
  readonly parent: SymbolTableEntry | null;
  readonly children: readonly SymbolTableEntry[];
  /** SymbolFlags by (mangled) name, in the order in which the names were first met. */
  readonly symbols: ReadonlyMap<string, number>;
  /** Scope by name, after analysis. */
  readonly scopes: ReadonlyMap<string, Scope>;
  /** Parameters, mangled, in the order of co_varnames. */
  readonly varnames: readonly string[];
  readonly comprehension: ComprehensionType;
  /** Inside a function, however deep. */
  readonly nested: boolean;
  readonly generator: boolean;
  readonly coroutine: boolean;
  readonly varargs: boolean;
  readonly varkeywords: boolean;
  /** A comprehension that PEP 709 compiles into its parent. */
  readonly inlined: boolean;
  readonly needsClassClosure: boolean;
  readonly needsClassDict: boolean;
}
