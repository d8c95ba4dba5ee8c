// The control-flow graph of one code object: basic blocks in the order of the code, and the questions that passes ask
// of them. CPython: the first part of Python/flowgraph.c.
import type { Dialect } from '../../versions/dialect.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP, OP_COUNT, type OpcodeTable } from '../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../unit/instructions.ts';

/** What a version brings to the back end. */
export interface BackEndContext {
  readonly opcodes: OpcodeTable;
  readonly dialect: Dialect;
}

/** Changes the graph in place; may add to the unit's constants, or remove some. */
export type Pass = (graph: FlowGraph, unit: GeneratedUnit, context: BackEndContext) => void;

/** What some passes only look for: bits of `FlowGraph.traits`. */
export enum Trait {
  /** An instruction that may leave a variable unbound. */
  Unbinds = 1,
  /** A pseudo-op that is replaced once the passes are done; what puts handlers in force apart. */
  Replaced = 2,
}

/** By Op: its bits of `Trait`. */
export const TRAITS = new Uint8Array(OP_COUNT);
for (const op of [Op.DELETE_FAST, Op.LOAD_FAST_AND_CLEAR, Op.STORE_FAST_MAYBE_NULL])
  TRAITS[op] |= Trait.Unbinds;
for (const op of [Op.LOAD_CLOSURE, Op.STORE_FAST_MAYBE_NULL, Op.POP_BLOCK]) TRAITS[op] |= Trait.Replaced;

/**
 * How often passes have made something that other passes clear up: NOPs, and instructions without a line. A pass that
 * finds its counter as it left it, and left nothing behind, has nothing to do.
 */
export const made = { nops: 0, lineless: 0 };

export class FlowGraph {
  /** How deep the stack gets; known after `calculateStackdepth`. */
  stacksize = 0;
  /** Whether the last removal of NOPs left any, which the removal of others may make redundant. */
  hasNops = true;
  /** `made.nops` after the last removal. */
  nopsMade = -1;
  /** Whether instructions without a line may be left since lines were last resolved. */
  hasLineless = true;
  /** `made.lineless` then. */
  linelessMade = -1;

  constructor(
    /** Where the code begins; the others follow by `next`. */
    public entry: BasicBlock,
    /** Whether any instruction puts an exception handler in force: without one there are no handlers. */
    readonly hasHandlers: boolean,
    /** All blocks from the youngest to the oldest, where blocks have ages. CPython: u_blocks and b_list. */
    readonly byAge: readonly BasicBlock[] = [],
    /** The traits of the instructions that the graph was built of; no pass adds one that has any. */
    readonly traits: number = Trait.Unbinds | Trait.Replaced,
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
  if (op === Op.NOP) made.nops++;
  instruction.op = op;
  instruction.arg = arg;
}
