// The half of a code object that code generation makes. Fields are CPython's without `co_`.
import type { Constant } from './constant.ts';
import type { CodeFacts, CodeObject } from './codeObject.ts';

/** A variable of the frame, with its kind. CPython: co_localsplusnames and co_localspluskinds (3.11 and later). */
export interface LocalPlus {
  readonly name: string;
  /** CO_FAST_* bits. */
  readonly kind: number;
}

export interface Bytecode<Code extends CodeFacts = CodeObject> {
  /** co_code: bytes; from 3.11 with inline caches, all zeros. */
  readonly code: Uint8Array;
  readonly consts: readonly Constant<Code>[];
  readonly names: readonly string[];
  readonly stacksize: number;
  /** co_lnotab (3.8, 3.9) or co_linetable. */
  readonly linetable: Uint8Array;
  /** co_exceptiontable: 3.11 and later. */
  readonly exceptiontable: Uint8Array | undefined;
  readonly localsplus: readonly LocalPlus[];
}

/** A code object as a file has it: facts and bytecode in one, and those of nested code objects with it. */
export interface WholeCode extends CodeFacts, Bytecode<WholeCode> {
  /** co_filename */
  readonly filename: string;
}
