// What a unit is made of, and what is kept of it so that its bytecode can be generated later.
import type { Node } from '../../ast/nodes.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';

/** What kind of scope a unit is. CPython: COMPILE_SCOPE_* in Include/internal/pycore_compile.h. */
export enum ScopeType {
  Module,
  Class,
  Function,
  AsyncFunction,
  Lambda,
  Comprehension,
  /** Type parameters, their bounds and defaults, and from 3.14 values of type aliases and `__annotate__`. */
  Annotations,
}

export interface UnitDescription {
  readonly name: string;
  readonly type: ScopeType;
  readonly scope: SymbolTableEntry;
  readonly node: Node;
  /** 0 for a module that begins at the line of its first instruction. */
  readonly firstlineno: number;
  readonly argcount?: number;
  readonly posonlyargcount?: number;
  readonly kwonlyargcount?: number;
  /** The class whose body or type parameters it is. */
  readonly privateName?: string;
  /** What its first parameter is called once the code object is made: `format`, which names in it cannot clash with. */
  readonly renamedParameter?: string;
  /** StopIteration that leaves its body becomes RuntimeError (PEP 479), by a handler around it. */
  readonly guarded?: boolean;
  /** For a function's `__annotate__`: the function's name. */
  readonly functionName?: string;
}
