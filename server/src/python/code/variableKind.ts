// The bits of a variable's kind. CPython: CO_FAST_… in Include/internal/pycore_code.h.

/** What a variable of the frame is; bits of `LocalPlus.kind`. */
export enum VariableKind {
  /** From 3.14 on: a parameter that takes a positional argument. */
  ARG_POS = 0x02,
  /** From 3.14 on: a parameter that takes a keyword argument. */
  ARG_KW = 0x04,
  /** From 3.14 on: `*args` or `**kwargs`. */
  ARG_VAR = 0x08,
  /** A local of an inlined comprehension that nothing else sees; from 3.12 on. */
  HIDDEN = 0x10,
  LOCAL = 0x20,
  CELL = 0x40,
  FREE = 0x80,
}
