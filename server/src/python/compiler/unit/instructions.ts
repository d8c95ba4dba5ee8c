// Instructions on their way from code generation through the flow graph to the assembler. One object of one shape serves
// all three, so that no pass copies what it only passes on. CPython: Python/instruction_sequence.c and the structs at
// the head of Python/flowgraph.c.
import type { Op } from '../../versions/opcodes/op.generated.ts';
import type { Location } from './location.ts';

let labelsMade = 0;

/** A place in the code that jumps lead to. CPython: _PyJumpTargetLabel; up to 3.11 the block that begins there. */
export class Label {
  /** Grows from label to label: up to 3.11 passes go through blocks in the order in which they have been made. */
  readonly age = labelsMade++;
  /** Whether a jump from reachable code leads here. */
  reached = false;
  /** Index of the instruction that it stands before; -1 until it is used. */
  index = -1;
  /** The basic block that begins there, once there is a graph. */
  block: BasicBlock | null = null;
}

/** CPython: _PyInstruction and cfg_instr. */
export class Instruction {
  /** In the graph: the block that a jump, or a block push, leads to. */
  target: BasicBlock | null = null;
  /** In the graph: the block that handles an exception raised here. CPython: i_except. */
  handler: BasicBlock | null = null;

  constructor(
    public op: Op,
    public arg: number,
    public location: Location,
    /** For a jump or block push, as code generation leaves it: where it leads. */
    readonly label: Label | null,
  ) {}

  /** Another instruction that does the same; the graph has some code more than once. */
  copy(): Instruction {
    const result = new Instruction(this.op, this.arg, this.location, this.label);
    result.target = this.target;
    result.handler = this.handler;
    return result;
  }
}

/** Instructions that run one after another, entered at the first alone. CPython: basicblock. */
export class BasicBlock {
  instructions: Instruction[] = [];
  /** The `age` of its label; -1 for the first block. Kept up to 3.11. CPython: the order of b_list. */
  age = -1;
  /** The next block in the order of the code; null at its end. */
  next: BasicBlock | null = null;
  /** A jump led here when the graph was built, or was made to later. CPython: b_label. */
  isLabelled = false;
  /** How many ways lead here. */
  predecessors = 0;
  /** Depth of the stack at the start; -1 until it is known. */
  startDepth = -1;
  /** A handler that needs the offset of the instruction that raised. */
  preservesLasti = false;
  visited = false;
  isExceptHandler = false;
  isCold = false;
  isWarm = false;
  /**
   * What handled exceptions of the instructions that stood behind the last before they were removed, by index. CPython
   * does not clear these slots, and an instruction put there is taken to have that handler.
   */
  staleHandlers: (BasicBlock | null)[] | null = null;
  /** Once the graph is flat: index of the first instruction. */
  index = -1;
  /** The handlers in force at the start. CPython: b_exceptstack. */
  handlers: HandlerStack | null = null;
  /** Locals that may be unbound, 64 bits in two halves. CPython: b_unsafe_locals_mask. */
  unsafeLow = 0;
  unsafeHigh = 0;
}

/** Handlers in force, innermost first; a stack that is pushed to stays as it is. CPython: _PyCfgExceptStack. */
export interface HandlerStack {
  readonly handler: BasicBlock;
  readonly below: HandlerStack | null;
  /** How many there are, with those below. */
  readonly depth: number;
}
