// What code generation hands to the back end. CPython: _PyCompile_CodeUnitMetadata and the instruction sequence.
import type { Constant } from '../../code/constant.ts';
import type { Instruction, Label } from './instructions.ts';

/** The constants of a unit: `add` gives the index of an equal one that is there, or of the new one. */
export interface Constants {
  readonly values: Constant[];
  add(value: Constant): number;
}

/** Names in the order of first use, each with its index. */
export type NameTable = Map<string, number>;

export interface GeneratedUnit {
  readonly name: string;
  readonly firstlineno: number;
  /** CO_* bits. */
  readonly flags: number;
  /** All parameters, `*args` and `**kwargs` included: the first of `varnames`. */
  readonly parameters: number;
  readonly argcount: number;
  readonly posonlyargcount: number;
  readonly kwonlyargcount: number;
  readonly instructions: Instruction[];
  /** How many of them, behind the first, were put aside until the others were there. CPython: s_annotations_code. */
  readonly aside: number;
  /** The labels of which each begins a block; null where only labels count that something leads to. */
  readonly labels: readonly Label[] | null;
  readonly constants: Constants;
  readonly names: NameTable;
  readonly varnames: NameTable;
  /** Index from 0. */
  readonly cellvars: NameTable;
  /** Index after the cell variables. */
  readonly freevars: NameTable;
  /** Locals of inlined comprehensions that nothing else sees. CPython: u_fasthidden, CO_FAST_HIDDEN. */
  readonly hidden: ReadonlySet<string> | null;
}
