// What the symbol table knows of a name. CPython: Include/internal/pycore_symtable.h.

/** How a name is defined and used in one block: bits, with CPython's names. */
export enum SymbolFlags {
  DEF_GLOBAL = 1,
  DEF_LOCAL = 2,
  DEF_PARAM = 4,
  DEF_NONLOCAL = 8,
  USE = 16,
  DEF_FREE = 32,
  DEF_FREE_CLASS = 64,
  DEF_IMPORT = 128,
  DEF_ANNOT = 256,
  DEF_COMP_ITER = 512,
  DEF_TYPE_PARAM = 1024,
  DEF_COMP_CELL = 2048,
  /** Of `__debug__`, which is a name for the `symtable` module; for the compiler it has become a constant. */
  CONSTANT_USE = 4096,
  /** DEF_LOCAL | DEF_PARAM | DEF_IMPORT: the name is bound in this block. */
  DEF_BOUND = 134,
}

/** Where the Scope begins in a symbol's number, above the SymbolFlags. */
export const SCOPE_OFFSET = 13;
export const SCOPE_MASK = 7;

/** Where a name lives, as analyze_name() decides. */
export enum Scope {
  UNKNOWN = 0,
  LOCAL = 1,
  GLOBAL_EXPLICIT = 2,
  GLOBAL_IMPLICIT = 3,
  FREE = 4,
  CELL = 5,
}

/** What kind of block an entry stands for. */
export enum BlockType {
  Function,
  Class,
  Module,
  /** 3.14's `__annotate__`, and before that only a place to keep annotations out of the way. */
  Annotation,
  /** PEP 695: bound or default of a type variable, value of a type alias, type parameters of a def or class. */
  TypeVariable,
  TypeAlias,
  TypeParameters,
}

/** Which comprehension a function block is, if any. */
export enum ComprehensionType {
  None,
  List,
  Dict,
  Set,
  Generator,
}
