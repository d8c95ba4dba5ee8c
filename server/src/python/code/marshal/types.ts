// The type codes of marshalled data, and its limits. CPython: the head of Python/marshal.c.

/** The first byte of each object, without FLAG_REF. */
export enum Type {
  /** `0` */
  NULL = 0x30,
  /** `N` */
  NONE = 0x4e,
  /** `F` */
  FALSE = 0x46,
  /** `T` */
  TRUE = 0x54,
  /** `S` */
  STOP_ITERATION = 0x53,
  /** `.` */
  ELLIPSIS = 0x2e,
  /** `i` */
  INT = 0x69,
  /** `I` */
  INT64 = 0x49,
  /** `f` */
  FLOAT = 0x66,
  /** `g` */
  BINARY_FLOAT = 0x67,
  /** `x` */
  COMPLEX = 0x78,
  /** `y` */
  BINARY_COMPLEX = 0x79,
  /** `l` */
  LONG = 0x6c,
  /** `s` */
  STRING = 0x73,
  /** `t` */
  INTERNED = 0x74,
  /** `r` */
  REF = 0x72,
  /** `(` */
  TUPLE = 0x28,
  /** `[` */
  LIST = 0x5b,
  /** `{` */
  DICT = 0x7b,
  /** `}` */
  FROZEN_DICT = 0x7d,
  /** `c` */
  CODE = 0x63,
  /** `u` */
  UNICODE = 0x75,
  /** `<` */
  SET = 0x3c,
  /** `>` */
  FROZENSET = 0x3e,
  /** `a` */
  ASCII = 0x61,
  /** `A` */
  ASCII_INTERNED = 0x41,
  /** `)` */
  SMALL_TUPLE = 0x29,
  /** `z` */
  SHORT_ASCII = 0x7a,
  /** `Z` */
  SHORT_ASCII_INTERNED = 0x5a,
  /** `:` */
  SLICE = 0x3a,
}

/** A bit of the first byte: the object is numbered, so that it can be referred to. */
export const FLAG_REF = 0x80;

/**
 * How deep objects may nest. CPython has 2000 (MAX_MARSHAL_STACK_DEPTH), which is more than JavaScript's stack has room
 * for; no source nests so deep, for it may have 200 parentheses and 100 blocks in each other.
 */
export const MAX_DEPTH = 800;
