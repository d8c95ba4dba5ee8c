// What the flow graph hands to the assembler: instructions in their final order, and what only the graph knows.
import type { Instruction } from './instructions.ts';

/**
 * Instructions in the order of co_code, none of them a pseudo-op but JUMP and JUMP_NO_INTERRUPT. Of jumps,
 * `target.index` is the index of the instruction that they lead to; of protected instructions, `handler` is the block
 * that handles exceptions, with its `index`, `startDepth` and `preservesLasti`.
 */
export interface FlatCode {
  readonly instructions: readonly Instruction[];
  readonly stacksize: number;
}
