// Loads of local variables that need not own what they push, because the variable outlives its use.
// CPython: optimize_load_fast() in Python/flowgraph.c, from 3.14 on.
import type { FlowgraphDialect } from '../../../versions/flowgraphDialect.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { OP_COUNT, type OpcodeTable } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock, Instruction } from '../../unit/instructions.ts';
import { fallsThrough, HAS_TARGET, type BackEndContext, type FlowGraph } from '../graph.ts';

/** Stands for a variable where what was pushed is none's value, and for an instruction where an earlier block pushed it. */
const NONE = -1;

export function optimizeLoadFast(
  graph: FlowGraph,
  { varnames, cellvars, freevars }: GeneratedUnit,
  { opcodes, dialect: { flowgraph } }: BackEndContext,
): void {
  if (varnames.size + cellvars.size + freevars.size === 0) return;
  simulation.begin(opcodes, flowgraph);
  graph.forgetVisits();
  graph.entry.visited = true;
  simulation.todo.push(graph.entry);
  for (let block = simulation.todo.pop(); block; block = simulation.todo.pop()) simulation.runBlock(block);
}

/** A run through blocks that notes, for each load, whether what it pushes is used up in time. */
class Simulation {
  readonly todo: BasicBlock[] = [];
  /** The stack: the index of the instruction that pushed each item, and the variable that it is the value of. */
  private pushers = new Int32Array(64);
  private variables = new Int32Array(64);
  private depth = 0;
  /** By index of an instruction: whether its item outlives the variable's value, the block, or is stored. */
  private escapes = new Uint8Array(64);

  private opcodes!: OpcodeTable;
  private dialect!: FlowgraphDialect;

  begin(opcodes: OpcodeTable, dialect: FlowgraphDialect): void {
    this.opcodes = opcodes;
    this.dialect = dialect;
  }

  runBlock(block: BasicBlock): void {
    const { instructions } = block;
    const { flags } = this.opcodes;
    if (this.escapes.length < instructions.length) this.escapes = new Uint8Array(2 * instructions.length);
    else this.escapes.fill(0, 0, instructions.length);
    this.depth = 0;
    for (let i = 0; i < block.startDepth; i++) this.push(NONE, NONE);
    for (let i = 0; i < instructions.length; i++) this.run(instructions[i], i);
    if (
      block.next &&
      (instructions.length > 0 || this.dialect.borrowsPastEmptyBlocks) &&
      fallsThrough(block, flags)
    ) {
      this.visit(block.next);
    }
    const { pushers, depth } = this;
    for (let i = 0; i < depth; i++) {
      if (pushers[i] !== NONE) this.escapes[pushers[i]] = 1;
    }
    for (let i = 0; i < instructions.length; i++) {
      if (this.escapes[i] !== 0) continue;
      const instruction = instructions[i];
      if (instruction.op === Op.LOAD_FAST) instruction.op = Op.LOAD_FAST_BORROW;
      else if (instruction.op === Op.LOAD_FAST_LOAD_FAST)
        instruction.op = Op.LOAD_FAST_BORROW_LOAD_FAST_BORROW;
    }
  }

  private run(instruction: Instruction, at: number): void {
    const { op, arg } = instruction;
    switch (op) {
      case Op.DELETE_FAST:
        this.unbind(arg);
        break;
      case Op.LOAD_FAST:
        this.push(at, arg);
        break;
      case Op.LOAD_FAST_AND_CLEAR:
        this.unbind(arg);
        this.push(at, arg);
        break;
      case Op.LOAD_FAST_LOAD_FAST:
        this.push(at, arg >> 4);
        this.push(at, arg & 15);
        break;
      case Op.STORE_FAST:
        this.store(arg);
        break;
      case Op.STORE_FAST_LOAD_FAST:
        this.store(arg >> 4);
        this.push(at, arg & 15);
        break;
      case Op.STORE_FAST_STORE_FAST:
        this.store(arg >> 4);
        this.store(arg & 15);
        break;

      case Op.COPY:
        this.pushAgain(this.depth - arg);
        break;
      case Op.SWAP:
        this.swap(arg);
        break;

      // What leaves all that it uses on the stack.
      case Op.FORMAT_SIMPLE:
      case Op.GET_ANEXT:
      case Op.GET_LEN:
      case Op.GET_YIELD_FROM_ITER:
      case Op.IMPORT_FROM:
      case Op.MATCH_KEYS:
      case Op.MATCH_MAPPING:
      case Op.MATCH_SEQUENCE:
      case Op.WITH_EXCEPT_START:
      // What leaves some of it, and pushes nothing.
      case Op.DICT_MERGE:
      case Op.DICT_UPDATE:
      case Op.LIST_APPEND:
      case Op.LIST_EXTEND:
      case Op.MAP_ADD:
      case Op.RERAISE:
      case Op.SET_ADD:
      case Op.SET_UPDATE:
        this.change(this.opcodes.stackEffect(op, arg, false), at);
        break;

      // From 3.15 on it leaves what it iterates over.
      case Op.GET_ITER:
        if (this.opcodes.stackEffect(op, arg, false) > 0) this.push(at, NONE);
        else this.runOther(instruction, at);
        break;

      // What leaves the top of the stack, and takes what is below.
      case Op.END_SEND:
      case Op.SET_FUNCTION_ATTRIBUTE:
        this.dropBelowTop(-this.opcodes.stackEffect(op, arg, false));
        break;
      case Op.CHECK_EXC_MATCH:
        this.pop(1);
        this.push(at, NONE);
        break;
      case Op.FOR_ITER:
        this.visitTarget(instruction);
        this.push(at, NONE);
        break;
      case Op.SEND:
        this.visitTarget(instruction);
        this.pop(1);
        this.push(at, NONE);
        break;
      case Op.LOAD_ATTR:
      case Op.LOAD_SUPER_ATTR: {
        // The call of a method may push the object again.
        const self = this.depth - 1;
        const pusher = this.pushers[self];
        const variable = this.variables[self];
        this.pop(op === Op.LOAD_ATTR ? 1 : 3);
        this.push(at, NONE);
        if (arg & 1) this.push(pusher, variable);
        break;
      }
      case Op.LOAD_SPECIAL:
      case Op.PUSH_EXC_INFO: {
        const top = this.depth - 1;
        this.pushAgain(top);
        this.pushers[top] = at;
        this.variables[top] = NONE;
        break;
      }

      default:
        this.runOther(instruction, at);
    }
  }

  /** An instruction that uses up all its inputs. */
  private runOther(instruction: Instruction, at: number): void {
    const { op, arg } = instruction;
    if (this.opcodes.flags[op] & HAS_TARGET) this.visitTarget(instruction);
    const effect = this.opcodes.stackEffect(op, arg, false);
    const popped = inputs(op, effect);
    this.pop(popped);
    for (let i = popped + effect; i > 0; i--) this.push(at, NONE);
  }

  private push(pusher: number, variable: number): void {
    if (this.depth === this.pushers.length) this.grow();
    this.pushers[this.depth] = pusher;
    this.variables[this.depth++] = variable;
  }

  private grow(): void {
    const { pushers, variables, depth } = this;
    this.pushers = new Int32Array(2 * depth);
    this.pushers.set(pushers);
    this.variables = new Int32Array(2 * depth);
    this.variables.set(variables);
  }

  private pushAgain(index: number): void {
    this.push(this.pushers[index], this.variables[index]);
  }

  private pop(count: number): void {
    this.depth -= count;
  }

  private change(effect: number, at: number): void {
    if (effect < 0) this.pop(-effect);
    for (let i = 0; i < effect; i++) this.push(this.dialect.blamesFirstLoad ? i : at, NONE);
  }

  private dropBelowTop(count: number): void {
    const top = this.depth - 1;
    this.pushers[top - count] = this.pushers[top];
    this.variables[top - count] = this.variables[top];
    this.pop(count);
  }

  private swap(depth: number): void {
    const { pushers, variables } = this;
    const top = this.depth - 1;
    const other = this.depth - depth;
    const pusher = pushers[top];
    const variable = variables[top];
    pushers[top] = pushers[other];
    variables[top] = variables[other];
    pushers[other] = pusher;
    variables[other] = variable;
  }

  private store(variable: number): void {
    const pusher = this.pushers[this.depth - 1];
    this.pop(1);
    this.unbind(variable);
    if (pusher !== NONE) this.escapes[pusher] = 1;
  }

  /** What was loaded from a variable and is still on the stack outlives the variable's value. CPython: kill_local(). */
  private unbind(variable: number): void {
    for (let i = 0; i < this.depth; i++) {
      if (this.variables[i] === variable) this.escapes[this.pushers[i]] = 1;
    }
  }

  private visitTarget({ target }: Instruction): void {
    if (target) this.visit(target);
  }

  private visit(block: BasicBlock): void {
    if (block.visited) return;
    block.visited = true;
    this.todo.push(block);
  }
}

/** One serves all units: its arrays are dear to make. */
const simulation = new Simulation();

/** By Op: how many values it pushes, of the many that push one or none whatever their argument. */
const pushed = new Uint8Array(OP_COUNT).fill(1);
for (const op of [
  Op.COPY_FREE_VARS,
  Op.DELETE_ATTR,
  Op.DELETE_DEREF,
  Op.DELETE_GLOBAL,
  Op.DELETE_NAME,
  Op.DELETE_SUBSCR,
  Op.END_ASYNC_FOR,
  Op.END_FOR,
  Op.JUMP,
  Op.JUMP_NO_INTERRUPT,
  Op.MAKE_CELL,
  Op.NOP,
  Op.NOT_TAKEN,
  Op.POP_EXCEPT,
  Op.POP_ITER,
  Op.POP_JUMP_IF_FALSE,
  Op.POP_JUMP_IF_NONE,
  Op.POP_JUMP_IF_NOT_NONE,
  Op.POP_JUMP_IF_TRUE,
  Op.POP_TOP,
  Op.RAISE_VARARGS,
  Op.RESUME,
  Op.SETUP_ANNOTATIONS,
  Op.STORE_ATTR,
  Op.STORE_DEREF,
  Op.STORE_GLOBAL,
  Op.STORE_NAME,
  Op.STORE_SLICE,
  Op.STORE_SUBSCR,
  // Replaced before, but where the first passes run alone. What pushes a block pushes a value only where that leads.
  Op.POP_BLOCK,
  Op.SETUP_CLEANUP,
  Op.SETUP_FINALLY,
  Op.SETUP_WITH,
  Op.STORE_FAST_MAYBE_NULL,
]) {
  pushed[op] = 0;
}

/** How many values an instruction takes, by its effect on the stack. CPython: _PyOpcode_num_popped(). */
function inputs(op: Op, effect: number): number {
  switch (op) {
    case Op.UNPACK_SEQUENCE:
    case Op.UNPACK_EX:
      return 1;
    case Op.CHECK_EG_MATCH:
      return 2;
    case Op.CLEANUP_THROW:
      return 3;
    default:
      return Math.max(pushed[op] - effect, 0);
  }
}
