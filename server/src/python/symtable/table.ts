// The symbol table of one file, and which block belongs to which node. CPython: struct symtable, _PySymtable_Lookup().
import type { ClassDef, FunctionDef, ImportFrom, Module, Node, TypeAlias, TypeParam } from '../ast/nodes.ts';
import { CodeFlags } from '../code/flags.ts';
import type { SourceError } from '../text/syntaxError.ts';
import type { SymbolTableEntry } from './entry.ts';

/** Made by buildSymbolTable(). Every lookup gives undefined where the version makes no such block. */
export class SymbolTable {
  /** In CPython's order: the first is the one that it raises. */
  readonly errors: SourceError[] = [];
  /** How many of `errors` are of `from __future__`; they come first. */
  futureErrorCount = 0;
  /** CO_FUTURE_* bits of the `from __future__` imports that have an effect. */
  futureFeatures = 0;
  /** The last `from __future__` import of those that begin the file. */
  lastFuture: ImportFrom | null = null;

  /** Annotations are strings: `from __future__ import annotations`. */
  get futureAnnotations(): boolean {
    return (this.futureFeatures & CodeFlags.FUTURE_ANNOTATIONS) !== 0;
  }

  private readonly blocks = new Map<Node, SymbolTableEntry>();
  private readonly typeParameters = new Map<Node, SymbolTableEntry>();
  private readonly annotations = new Map<Node, SymbolTableEntry>();
  private readonly defaults = new Map<Node, SymbolTableEntry>();

  /** `relativeFuture`: whether `from .__future__` is as good as `from __future__`. */
  constructor(
    readonly top: SymbolTableEntry,
    private readonly relativeFuture: boolean,
  ) {}

  /** Whether an import turns features on, or would if it stood at the beginning of the file. */
  isFutureImport({ module, level }: ImportFrom): boolean {
    return module === '__future__' && (level === 0 || this.relativeFuture);
  }

  /** The block of a module, def, class, lambda or comprehension; of a type alias that of its value. */
  block(node: Node): SymbolTableEntry | undefined {
    return this.blocks.get(node);
  }

  /** The block around a generic def, class or type alias. */
  typeParametersBlock(node: FunctionDef | ClassDef | TypeAlias): SymbolTableEntry | undefined {
    return this.typeParameters.get(node);
  }

  /** The `__annotate__` of a def, class or module, 3.14 and later. */
  annotationBlock(node: FunctionDef | ClassDef | Module): SymbolTableEntry | undefined {
    return this.annotations.get(node);
  }

  /** The block of a type variable's bound or constraints. */
  boundBlock(node: TypeParam): SymbolTableEntry | undefined {
    return this.blocks.get(node);
  }

  /** The block of a type parameter's default, 3.13 and later. */
  defaultBlock(node: TypeParam): SymbolTableEntry | undefined {
    return this.defaults.get(node);
  }

  /** For symtable/build.ts alone. */
  register(role: BlockRole, node: Node, entry: SymbolTableEntry): void {
    if (role !== 'hidden') this[role].set(node, entry);
  }
}

/** Which lookup finds a block; `hidden` ones nobody looks up. */
export type BlockRole = 'blocks' | 'typeParameters' | 'annotations' | 'defaults' | 'hidden';
