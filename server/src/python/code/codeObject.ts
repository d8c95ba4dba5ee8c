// The code object: what CPython's compiler makes of a module, class, function, lambda, comprehension or
// annotation scope. Fields are CPython's without `co_`. What needs code generation is absent until it exists.
import type { Node } from '../ast/nodes.ts';
import type { SymbolTableEntry } from '../symtable/entry.ts';

/** A code object's facts: all that can be told without generating code. */
export interface CodeFacts {
  readonly name: string;
  readonly qualname: string;
  readonly argcount: number;
  readonly posonlyargcount: number;
  readonly kwonlyargcount: number;
  readonly nlocals: number;
  readonly flags: number;
  /** Line of the first decorator, or of the definition; from 1 (0 for 3.15's empty modules and their like). */
  readonly firstlineno: number;
  readonly varnames: readonly string[];
  readonly cellvars: readonly string[];
  readonly freevars: readonly string[];
}

/** A code object that was made of source. */
export interface CodeObject extends CodeFacts {
  /** The nested code objects, in the order in which co_consts has them. */
  readonly children: readonly CodeObject[];
  /** The AST node that the code object was made of: Module, FunctionDef, Lambda, ClassDef, ListComp, … */
  readonly node: Node;
  /** The block of the symbol table that the code object was made of. */
  readonly scope: SymbolTableEntry;
}
