// The bits of co_flags. CPython: Include/cpython/code.h and Include/cpython/compile.h.

/** Bits of `CodeObject.flags`; shown to people with the prefix `CO_`. */
export enum CodeFlags {
  OPTIMIZED = 0x1,
  NEWLOCALS = 0x2,
  VARARGS = 0x4,
  VARKEYWORDS = 0x8,
  NESTED = 0x10,
  GENERATOR = 0x20,
  /** 3.8 to 3.10 only: neither free nor cell variables. */
  NOFREE = 0x40,
  COROUTINE = 0x80,
  /** Never set by the compiler: types.coroutine() sets it at run time. */
  ITERABLE_COROUTINE = 0x100,
  ASYNC_GENERATOR = 0x200,
  FUTURE_DIVISION = 0x20000,
  FUTURE_ABSOLUTE_IMPORT = 0x40000,
  FUTURE_WITH_STATEMENT = 0x80000,
  FUTURE_PRINT_FUNCTION = 0x100000,
  FUTURE_UNICODE_LITERALS = 0x200000,
  FUTURE_BARRY_AS_BDFL = 0x400000,
  FUTURE_GENERATOR_STOP = 0x800000,
  FUTURE_ANNOTATIONS = 0x1000000,
  NO_MONITORING_EVENTS = 0x2000000,
  /** 3.14 and later: the first constant is a docstring. */
  HAS_DOCSTRING = 0x4000000,
  /** 3.14 and later: a function defined in a class body. */
  METHOD = 0x8000000,
}

/** A bit as CPython names it: `CO_GENERATOR`. */
export function flagName(bit: CodeFlags): string {
  return `CO_${CodeFlags[bit]}`;
}
