// What changes between versions in the symbol table.
import { rowsAt, type Change } from './rows.ts';

export interface SymtableDialect {
  /** Order of visits: decorators before annotations, bases and keywords. */
  readonly decoratorsFirst: boolean;
  /** Order of visits: a try's `else` before its handlers. */
  readonly elseBeforeHandlers: boolean;
  /**
   * Annotations are visited in place; or hidden where `from __future__ import annotations` makes strings of them;
   * or in a block of their own, `__annotate__` (PEP 649).
   */
  readonly annotations: 'inPlace' | 'hiddenIfFuture' | 'annotate';
  /** Hidden blocks that are called with a format have the parameter `.format`. */
  readonly formatParameter: boolean;
  /** Errors of names point at the name; before, at the beginning of the block. */
  readonly errorsAtNames: boolean;
  /** Errors have an end. */
  readonly errorRanges: boolean;
  /** `from __future__` after another statement of the first ones' line: refused before any other pass. */
  readonly lateFutureOnSameLine: boolean;
  /** `from .__future__` counts too. */
  readonly relativeFuture: boolean;
  /** The `symtable` module reads `from __future__`, as the compiler does, and refuses what is wrong there. */
  readonly moduleReadsFuture: boolean;
  /** The `ast` module does so, too. */
  readonly astModuleReadsFuture: boolean;
  /** Unknown features are refused at their name; before, at the statement. */
  readonly futureErrorsAtNames: boolean;
  /** The symbol table is the pass that refuses `__debug__` as a target, misplaced `await`s and late `__future__`s. */
  readonly checksInSymtable: boolean;
  /** Where `yield` in a comprehension is refused: at the `yield`, or at the comprehension when all of it is seen. */
  readonly yieldInComprehension: 'atEnd' | 'atYield';
  /** What is said of `yield`, `await` and `:=` in annotations. */
  readonly annotationMessages: 'none' | 'quoted' | 'plain';
  /** An asynchronous comprehension makes the block around a coroutine. */
  readonly asyncComprehensionsSpread: boolean;
  /** `:=` looks its target up in the blocks around as a private name. */
  readonly namedExprMangles: boolean;
  /** `:=` may not rebind names in a comprehension's targets: any, or those that are bound there. */
  readonly namedExprConflict: 'any' | 'bound';
  /** Private names around a generic class: mangled all, even after the class; or its type parameters alone. */
  readonly genericClassMangling: 'leaks' | 'all' | 'typeParameters';
  /** Lambdas and comprehensions in annotation scopes of a class. */
  readonly classAnnotationScopes: 'plain' | 'nested';
  /** PEP 709: comprehensions that are compiled into the block around them. */
  readonly inlineComprehensions: boolean;
  /** Names of `classNames` that are global in a comprehension that is inlined into a class body. */
  readonly globalWhenInlined: readonly string[];
  /** Functions in such a comprehension have them from the class; before, no one has, and the compiler breaks down. */
  readonly classCellsThroughInlined: boolean;
  /** A block's use of a local also counts where it stands in an inlined comprehension. */
  readonly inlinedUsesCount: boolean;
  /** Names that blocks in a class body find in the class. */
  readonly classNames: readonly string[];
  /** DEF_FREE_CLASS is set whatever the class does with the name. */
  readonly freeClassAnyUse: boolean;
  /** Constraints and defaults of type variables are called so in errors. */
  readonly typeVariableInfo: boolean;
  readonly reservedTypeParameters: readonly string[];
  /** `lambda`, `genexpr` and their like are called `<lambda>`, `<genexpr>`. */
  readonly bracketedNames: boolean;
  /** PEP 810: where `lazy import` is allowed. */
  readonly lazyImports: boolean;
  /** What errors call a parameter. */
  readonly parameterWord: 'argument' | 'parameter';
  /** How deep statements, expressions and patterns may be nested, counting those of the module as 1. */
  readonly recursionLimit: number;
  /** What the `symtable` module calls blocks of type variables and of type parameters. */
  readonly typeBlockNames: readonly [typeVariable: string, typeParameters: string];
  /** Which flags the `symtable` module shows: not those of type parameters, comprehensions and classes, or all. */
  readonly shownFlags: 'some' | 'all';
}

const BASE: SymtableDialect = {
  decoratorsFirst: false,
  elseBeforeHandlers: true,
  annotations: 'inPlace',
  formatParameter: false,
  errorsAtNames: false,
  errorRanges: false,
  lateFutureOnSameLine: true,
  relativeFuture: true,
  moduleReadsFuture: false,
  astModuleReadsFuture: false,
  futureErrorsAtNames: false,
  checksInSymtable: false,
  yieldInComprehension: 'atEnd',
  annotationMessages: 'none',
  asyncComprehensionsSpread: false,
  namedExprMangles: false,
  namedExprConflict: 'any',
  genericClassMangling: 'leaks',
  classAnnotationScopes: 'plain',
  inlineComprehensions: false,
  globalWhenInlined: [],
  classCellsThroughInlined: false,
  inlinedUsesCount: false,
  classNames: ['__class__'],
  freeClassAnyUse: false,
  typeVariableInfo: false,
  reservedTypeParameters: [],
  bracketedNames: false,
  lazyImports: false,
  parameterWord: 'argument',
  recursionLimit: 3000,
  typeBlockNames: ['TypeVar bound', 'type parameter'],
  shownFlags: 'some',
};

const CHANGES: readonly Change<SymtableDialect>[] = [
  {
    since: [10],
    rows: {
      annotations: 'hiddenIfFuture',
      moduleReadsFuture: true,
      errorsAtNames: true,
      errorRanges: true,
      yieldInComprehension: 'atYield',
      annotationMessages: 'quoted',
    },
  },
  { since: [11], rows: { asyncComprehensionsSpread: true } },
  {
    since: [12],
    rows: {
      decoratorsFirst: true,
      lateFutureOnSameLine: false,
      inlineComprehensions: true,
      annotationMessages: 'plain',
      classNames: ['__class__', '__classdict__'],
      freeClassAnyUse: true,
      namedExprConflict: 'bound',
    },
  },
  {
    since: [12, 4],
    rows: {
      namedExprMangles: true,
      genericClassMangling: 'typeParameters',
      globalWhenInlined: ['__class__'],
      recursionLimit: 20000,
    },
  },
  {
    since: [13],
    rows: {
      elseBeforeHandlers: false,
      recursionLimit: 10000,
      typeBlockNames: ['type variable', 'type parameters'],
      relativeFuture: false,
      classAnnotationScopes: 'nested',
      typeVariableInfo: true,
    },
  },
  {
    since: [14],
    rows: {
      annotations: 'annotate',
      astModuleReadsFuture: true,
      formatParameter: true,
      inlinedUsesCount: true,
      checksInSymtable: true,
      classNames: ['__class__', '__classdict__', '__conditional_annotations__'],
      recursionLimit: Infinity,
      shownFlags: 'all',
    },
  },
  // Patch releases: the first ones that are known to do so.
  { since: [13, 1], rows: { futureErrorsAtNames: true } },
  { since: [13, 5], rows: { reservedTypeParameters: ['__classdict__'] } },
  { since: [13, 18], rows: { globalWhenInlined: ['__class__', '__classdict__'] } },
  { since: [14], until: [14, 10], rows: { inlinedUsesCount: false, globalWhenInlined: ['__class__'] } },
  {
    since: [14, 10],
    rows: {
      globalWhenInlined: ['__class__', '__classdict__', '__conditional_annotations__'],
      classCellsThroughInlined: true,
    },
  },
  { since: [15], rows: { bracketedNames: true, lazyImports: true, parameterWord: 'parameter' } },
  { since: [15], until: [15, 1], rows: { inlinedUsesCount: false } },
];

export const symtableDialect = (minor: number, patch: number): SymtableDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
