// Objects that LOAD_COMMON_CONSTANT and LOAD_SPECIAL load, by number. CPython: CONSTANT_* in pycore_opcode_utils.h,
// SPECIAL___* in pycore_ceval.h.

export enum CommonConstant {
  ASSERTION_ERROR = 0,
  NOT_IMPLEMENTED_ERROR = 1,
  BUILTIN_TUPLE = 2,
  BUILTIN_ALL = 3,
  BUILTIN_ANY = 4,
  BUILTIN_LIST = 5,
  BUILTIN_SET = 6,
}

export enum SpecialMethod {
  ENTER = 0,
  EXIT = 1,
  AENTER = 2,
  AEXIT = 3,
}
