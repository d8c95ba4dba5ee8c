// The control-flow graph of one code object: basic blocks in the order of the code, and the questions that passes ask
// of them. CPython: the first part of Python/flowgraph.c.
import type { Dialect } from '../../versions/dialect.ts';
import type { Op } from '../../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP, type OpcodeTable } from '../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../unit/instructions.ts';

/** What a version brings to the back end. */
export interface BackEndContext {
  readonly opcodes: OpcodeTable;
  readonly dialect: Dialect;
}

/** Changes the graph in place; may add to the unit's constants, or remove some. */
export type Pass = (graph: FlowGraph, unit: GeneratedUnit, context: BackEndContext) => void;

export class FlowGraph {
  /** How deep the stack gets; known after `calculateStackdepth`. */
  stacksize = 0;
  /** Whether the last removal of NOPs left any, which the removal of others may make redundant. */
  hasNops = true;

  constructor(
    /** Where the code begins; the others follow by `next`. */
    public entry: BasicBlock,
    /** Whether any instruction puts an exception handler in force: without one there are no handlers. */
    readonly hasHandlers: boolean,
    /** All blocks from the youngest to the oldest, where blocks have ages. CPython: u_blocks and b_list. */
    readonly byAge: readonly BasicBlock[] = [],
  ) {}

  /** Makes all blocks unvisited, as each traversal begins. CPython: make_cfg_traversal_stack(). */
  forgetVisits(): void {
    for (let block: BasicBlock | null = this.entry; block; block = block.next) block.visited = false;
  }
}

/** `flags` of jumps and of what puts a handler in force. CPython: HAS_TARGET(). */
export const HAS_TARGET = HAS_JUMP | Has.BlockPush;
/** Whether flags are those of a jump, not of what puts a handler in force, which up to 3.10 has the form of a jump. */
export const isJump = (flags: number): boolean => (flags & HAS_JUMP) !== 0 && (flags & Has.BlockPush) === 0;

/** `flags` of what the next instruction does not follow. CPython: BB_NO_FALLTHROUGH(). */
export const ENDS_FLOW = Has.ScopeExit | Has.Unconditional;

export const lastOf = ({ instructions }: BasicBlock): Instruction | undefined =>
  instructions.length > 0 ? instructions[instructions.length - 1] : undefined;

/** The bits of `Has` of a block's last instruction; 0 for an empty block. */
export const lastFlags = ({ instructions }: BasicBlock, flags: Uint16Array): number =>
  instructions.length > 0 ? flags[instructions[instructions.length - 1].op] : 0;

/** Whether the next block may follow. CPython: BB_HAS_FALLTHROUGH(). */
export const fallsThrough = (block: BasicBlock, flags: Uint16Array): boolean =>
  (lastFlags(block, flags) & ENDS_FLOW) === 0;

/** Whether the block ends with leaving the code object. CPython: basicblock_exits_scope(). */
export const exitsScope = (block: BasicBlock, flags: Uint16Array): boolean =>
  (lastFlags(block, flags) & Has.ScopeExit) !== 0;

/** The first block from `block` on that is not empty. CPython: next_nonempty_block(). */
export function nextNonEmpty(block: BasicBlock | null): BasicBlock | null {
  let found = block;
  while (found && found.instructions.length === 0) found = found.next;
  return found;
}

/** Leads a jump or block push past empty blocks. */
export function skipEmptyTarget(instruction: Instruction): void {
  let { target } = instruction;
  while (target?.next && target.instructions.length === 0) target = target.next;
  instruction.target = target;
}

/** Whether no instruction has a line; an empty block has none. CPython: basicblock_has_no_lineno(). */
export function hasNoLine({ instructions }: BasicBlock): boolean {
  for (let i = 0; i < instructions.length; i++) {
    if (instructions[i].location.lineno >= 0) return false;
  }
  return true;
}

/** How long a block that leaves the code object may be to be copied. CPython: MAX_COPY_SIZE. */
export const MAX_COPY_SIZE = 4;

/** Appends copies of a block's instructions to another. CPython: basicblock_append_instructions(). */
export function appendCopies(to: BasicBlock, from: BasicBlock): void {
  for (let i = 0; i < from.instructions.length; i++) to.instructions.push(from.instructions[i].copy());
}

/** Makes an instruction another one in the same place. CPython: INSTR_SET_OP0, INSTR_SET_OP1. */
export function setOp(instruction: Instruction, op: Op, arg: number): void {
  instruction.op = op;
  instruction.arg = arg;
}
