// The second pass: where every name lives, from what the first pass has collected. Where CPython hands sets of
// bound and global names down from block to block, this looks the name up in the blocks around, which comes to the
// same and costs nothing for names that nobody asks for. CPython: Python/symtable.c, symtable_analyze().
import type { Builder } from './builder.ts';
import type { SymbolTableEntry } from './entry.ts';
import { BlockType, ComprehensionType, SCOPE_MASK, SCOPE_OFFSET, Scope, SymbolFlags } from './flags.ts';
import * as messages from './messages.ts';

const {
  CONSTANT_USE,
  DEF_GLOBAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_BOUND,
  DEF_FREE_CLASS,
  DEF_TYPE_PARAM,
  DEF_COMP_CELL,
  USE,
} = SymbolFlags;

const FLAGS_MASK = (1 << SCOPE_OFFSET) - 1;

const scopeOf = (value: number): Scope => (value >> SCOPE_OFFSET) & SCOPE_MASK;
const withScope = (flags: number, scope: Scope): number => flags | (scope << SCOPE_OFFSET);

/** A block under analysis. */
interface Frame {
  readonly entry: SymbolTableEntry;
  /** The class whose names the block sees, if it is a hidden one in a class. */
  readonly classEntry: SymbolTableEntry | null;
  /** Names that are free here, then also those free in the children: CPython's `newfree`. */
  free: Set<string> | null;
  /** Free in the block itself. */
  readonly ownFree: readonly string[] | null;
  /** Cells of comprehensions that were inlined here. */
  inlinedCells: Set<string> | null;
  nextChild: number;
}

/** What a name is to the blocks inside of `entry`, or for `isTypeParameter` whether it is one. */
const enum Binding {
  None,
  Global,
  Bound,
}

export class Analyzer {
  /** Names that blocks got from inlined comprehensions: blocks inside do not see them. */
  private readonly inlinedNames = new Map<SymbolTableEntry, Set<string>>();

  constructor(private readonly b: Builder) {}

  /** Sets the scope of every name of every block. No recursion: lambdas can be nested thousands deep. */
  analyze(): void {
    const stack: Frame[] = [this.open(this.b.table.top, null)];
    while (stack.length > 0) {
      const frame = stack[stack.length - 1];
      const { entry } = frame;
      if (frame.nextChild < entry.children.length) {
        const child = entry.children[frame.nextChild++];
        stack.push(this.open(child, this.classEntryFor(child, frame)));
        continue;
      }
      this.close(frame);
      stack.pop();
      const outer = stack.length > 0 ? stack[stack.length - 1] : null;
      if (outer !== null) this.join(frame, outer);
    }
  }

  private classEntryFor(child: SymbolTableEntry, frame: Frame): SymbolTableEntry | null {
    if (!child.canSeeClassScope) return null;
    return frame.entry.type === BlockType.Class ? frame.entry : frame.classEntry;
  }

  /** CPython: analyze_block(), up to the children. */
  private open(entry: SymbolTableEntry, classEntry: SymbolTableEntry | null): Frame {
    let ownFree: string[] | null = null;
    for (const [name, value] of entry.symbols) {
      const flags = value & FLAGS_MASK;
      const scope = this.analyzeName(entry, classEntry, name, flags);
      if (scope === Scope.FREE) (ownFree ??= []).push(name);
      entry.symbols.set(name, withScope(flags, scope));
    }
    return { entry, classEntry, free: null, ownFree, inlinedCells: null, nextChild: 0 };
  }

  /** CPython: analyze_name(). */
  private analyzeName(
    entry: SymbolTableEntry,
    classEntry: SymbolTableEntry | null,
    name: string,
    flags: number,
  ): Scope {
    if ((flags & DEF_GLOBAL) !== 0) {
      if ((flags & DEF_NONLOCAL) !== 0) this.errorAtDirective(messages.nonlocalAndGlobal(name), entry, name);
      return Scope.GLOBAL_EXPLICIT;
    }
    if ((flags & DEF_NONLOCAL) !== 0) {
      if (entry.parent === null) {
        this.errorAtDirective(messages.nonlocalAtModuleLevel, entry, name);
        return Scope.GLOBAL_IMPLICIT;
      }
      if (this.bindingAround(entry, name) !== Binding.Bound) {
        this.errorAtDirective(messages.nonlocalUnbound(name), entry, name);
        return Scope.GLOBAL_IMPLICIT;
      }
      if (this.isTypeParameterAround(entry, name)) {
        this.errorAtDirective(messages.nonlocalTypeParameter(name), entry, name);
      }
      return Scope.FREE;
    }
    if ((flags & DEF_BOUND) !== 0) return Scope.LOCAL;
    if (flags === CONSTANT_USE) return Scope.GLOBAL_IMPLICIT;
    if (classEntry !== null) {
      // A name of the class hides one of the functions around the class; what the class has is found at run time.
      const inClass = classEntry.symbols.get(name) ?? 0;
      if ((inClass & DEF_GLOBAL) !== 0) return Scope.GLOBAL_EXPLICIT;
      if ((inClass & DEF_BOUND) !== 0 && (inClass & DEF_NONLOCAL) === 0) return Scope.GLOBAL_IMPLICIT;
    }
    return this.bindingAround(entry, name) === Binding.Bound ? Scope.FREE : Scope.GLOBAL_IMPLICIT;
  }

  /** What the blocks around make of a name that is not bound here. CPython: the sets `bound` and `global`. */
  private bindingAround(entry: SymbolTableEntry, name: string): Binding {
    for (let around = entry.parent; around !== null; around = around.parent) {
      if (around.type === BlockType.Class) {
        if (this.b.dialect.classNames.includes(name)) return Binding.Bound;
        continue;
      }
      const flags = around.symbols.get(name);
      if (flags === undefined) continue;
      if ((flags & DEF_GLOBAL) !== 0) return Binding.Global;
      if ((flags & DEF_NONLOCAL) !== 0) continue;
      if ((flags & DEF_BOUND) !== 0 && around.isFunctionLike && !this.inlinedNames.get(around)?.has(name)) {
        return Binding.Bound;
      }
    }
    return Binding.None;
  }

  /** CPython: the set `type_params`, in which classes have their say too. */
  private isTypeParameterAround(entry: SymbolTableEntry, name: string): boolean {
    for (let around = entry.parent; around !== null; around = around.parent) {
      if (this.inlinedNames.get(around)?.has(name)) continue;
      const flags = around.symbols.get(name) ?? 0;
      if ((flags & (DEF_GLOBAL | DEF_NONLOCAL)) === 0 && (flags & DEF_BOUND) !== 0) {
        return (flags & DEF_TYPE_PARAM) !== 0;
      }
    }
    return false;
  }

  /** CPython: analyze_block(), after the children. */
  private close({ entry, free, inlinedCells }: Frame): void {
    this.spliceInlined(entry);
    if (free === null && inlinedCells === null) return;
    if (entry.type === BlockType.Class) this.dropClassFree(entry, free);
    else if (entry.isFunctionLike) this.analyzeCells(entry, free, inlinedCells);
    this.updateSymbols(entry, free, inlinedCells);
  }

  /** The children of inlined comprehensions become children of the block around. */
  private spliceInlined(entry: SymbolTableEntry): void {
    if (!entry.children.some(child => child.inlined)) return;
    entry.children = entry.children.flatMap(child => (child.inlined ? child.children : child));
  }

  /** Locals that a child needs are cells. CPython: analyze_cells(). */
  private analyzeCells(
    entry: SymbolTableEntry,
    free: Set<string> | null,
    inlinedCells: Set<string> | null,
  ): void {
    const toCell = (name: string): void => {
      const value = entry.symbols.get(name);
      if (value === undefined || scopeOf(value) !== Scope.LOCAL) return;
      entry.symbols.set(name, withScope(value & FLAGS_MASK, Scope.CELL));
      free?.delete(name);
    };
    if (free !== null) for (const name of free) toCell(name);
    if (inlinedCells !== null) for (const name of inlinedCells) toCell(name);
  }

  /** CPython: drop_class_free(). */
  private dropClassFree(entry: SymbolTableEntry, free: Set<string> | null): void {
    if (free === null) return;
    const { classNames } = this.b.dialect;
    for (const name of classNames) {
      if (!free.delete(name)) continue;
      if (name === '__class__') entry.needsClassClosure = true;
      else if (name === '__classdict__') entry.needsClassDict = true;
      else entry.hasConditionalAnnotations = true;
    }
  }

  /** CPython: update_symbols(). */
  private updateSymbols(
    entry: SymbolTableEntry,
    free: Set<string> | null,
    inlinedCells: Set<string> | null,
  ): void {
    const { symbols } = entry;
    if (inlinedCells !== null) {
      for (const name of inlinedCells) {
        const value = symbols.get(name);
        if (value !== undefined) symbols.set(name, value | DEF_COMP_CELL);
      }
    }
    if (free === null) return;
    const classFlag = entry.type === BlockType.Class || entry.canSeeClassScope;
    for (const name of free) {
      const value = symbols.get(name);
      if (value === undefined) {
        if (entry.parent !== null && this.bindingAround(entry, name) !== Binding.Bound) continue;
        symbols.set(name, withScope(0, Scope.FREE));
      } else if (classFlag && (this.b.dialect.freeClassAnyUse || (value & (DEF_BOUND | DEF_GLOBAL)) !== 0)) {
        symbols.set(name, value | DEF_FREE_CLASS);
      }
    }
  }

  /** Hands what is free in a block on to the block around, which may take a comprehension in. */
  private join(frame: Frame, outer: Frame): void {
    const { entry, ownFree } = frame;
    if (ownFree !== null) {
      frame.free ??= new Set();
      for (const name of ownFree) frame.free.add(name);
    }
    const { free } = frame;
    const inline =
      this.b.dialect.inlineComprehensions &&
      entry.comprehension !== ComprehensionType.None &&
      entry.comprehension !== ComprehensionType.Generator &&
      !outer.entry.canSeeClassScope;
    if (inline) {
      this.inlineComprehension(entry, free, outer);
      entry.inlined = true;
    }
    if (free === null) return;
    if (outer.free === null) outer.free = free;
    else for (const name of free) outer.free.add(name);
  }

  /** PEP 709: the comprehension's names become names of the block around. CPython: inline_comprehension(). */
  private inlineComprehension(comprehension: SymbolTableEntry, free: Set<string> | null, outer: Frame): void {
    const { symbols, type } = outer.entry;
    const { globalWhenInlined } = this.b.dialect;
    let removed: string[] | null = null;
    for (const [name, value] of comprehension.symbols) {
      const flags = value & FLAGS_MASK;
      if ((flags & DEF_PARAM) !== 0) continue;
      let scope = scopeOf(value);
      if (scope === Scope.CELL || (flags & DEF_COMP_CELL) !== 0) (outer.inlinedCells ??= new Set()).add(name);
      if (scope === Scope.FREE && type === BlockType.Class && globalWhenInlined.includes(name)) {
        // The class's own cells are not to be seen from its body, but from functions in the comprehension.
        scope = Scope.GLOBAL_IMPLICIT;
        const isNeeded =
          this.b.dialect.classCellsThroughInlined &&
          comprehension.children.some(child => child.scope(name) === Scope.FREE);
        if (!isNeeded) free?.delete(name);
        (removed ??= []).push(name);
      }
      const existing = symbols.get(name);
      if (existing === undefined) {
        symbols.set(name, withScope(flags, scope));
        let inlined = this.inlinedNames.get(outer.entry);
        if (inlined === undefined) this.inlinedNames.set(outer.entry, (inlined = new Set()));
        inlined.add(name);
      } else if (type !== BlockType.Class) {
        if (scope === Scope.FREE && this.b.dialect.inlinedUsesCount)
          symbols.set(name, existing | (flags & USE));
        if ((existing & DEF_BOUND) === 0) continue;
        // What was free is simply a local now, unless a child of the comprehension needs it.
        if (!comprehension.children.some(child => child.scope(name) === Scope.FREE)) free?.delete(name);
      }
    }
    if (removed !== null) for (const name of removed) comprehension.symbols.delete(name);
  }

  private errorAtDirective(msg: string, entry: SymbolTableEntry, name: string): void {
    const directive = this.b.directives.find(it => it.entry === entry && it.name === name);
    this.b.error(msg, directive?.at ?? entry.node);
  }
}
