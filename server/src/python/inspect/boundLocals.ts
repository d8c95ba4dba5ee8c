// Which locals are bound at instructions of a function: those bound on every way there, and those bound on some. A data
// flow over the instructions; up to 3.10 along with the blocks that they have put in force, as the interpreter keeps them.
import type { Bytecode } from '../code/bytecode.ts';
import type { CodeObject } from '../code/codeObject.ts';
import { ControlFlow } from '../code/controlFlow.ts';
import { readInstructions, type CodeInstruction } from '../code/instructions.ts';
import { VariableKind } from '../code/variableKind.ts';
import { isTrue } from '../constants/folding.ts';
import { ConstantType } from '../constants/values.ts';
import type { TracedBytecode } from '../compiler/unit/trace.ts';
import { SymbolFlags } from '../symtable/flags.ts';
import type { Dialect } from '../versions/dialect.ts';
import { Op } from '../versions/opcodes/op.generated.ts';
import { Has } from '../versions/opcodes/opcodeTable.ts';

/** Names in order; none is in both. */
export interface BoundLocals {
  readonly bound: readonly string[];
  /** Those bound some of the time. */
  readonly maybeBound: readonly string[];
}

/** Gives the locals bound around any of some instructions, by their offsets; undefined if no way leads to one of them. */
export type BoundAt = (offsets: readonly number[]) => BoundLocals | undefined;

/**
 * Follows the instructions of a function. `bytecodeOf` is asked for nested functions that bind its variables: they may do
 * so whenever they have been made. undefined if there are too many ways through its finally bodies.
 */
export function boundLocals(
  code: CodeObject,
  traced: TracedBytecode,
  dialect: Dialect,
  bytecodeOf: BytecodeOf,
): BoundAt | undefined {
  const flow = new LocalsFlow(code, traced, dialect);
  if (!flow.run()) return undefined;
  const within = changesWithin(code, dialect, bytecodeOf);
  return offsets => flow.at(offsets, within);
}

type BytecodeOf = (code: CodeObject) => Bytecode | undefined;

/** The variables of a function that functions within it bind, and delete. */
interface Changes {
  readonly binds: Set<string>;
  readonly unbinds: Set<string>;
}

function changesWithin(code: CodeObject, dialect: Dialect, bytecodeOf: BytecodeOf): Changes {
  const changes: Changes = { binds: new Set(), unbinds: new Set() };
  const cells = new Set(code.cellvars);
  const stack = [...code.children];
  for (let child = stack.pop(); child; child = stack.pop()) {
    const { scope, varnames } = child;
    const found = child.freevars.filter(name => cells.has(name));
    if (found.length === 0) continue;
    stack.push(...child.children);
    const isChanged = (name: string): boolean => ((scope.symbols.get(name) ?? 0) & CHANGED) !== 0;
    const bytecode = found.some(isChanged) ? bytecodeOf(child) : undefined;
    if (!bytecode) continue;
    const first = dialect.assembler.fastLocals ? 0 : varnames.length;
    for (const { op, arg } of readInstructions(bytecode.code, dialect.opcodes)) {
      if (op === Op.STORE_DEREF) changes.binds.add(bytecode.localsplus[first + arg].name);
      else if (op === Op.DELETE_DEREF) changes.unbinds.add(bytecode.localsplus[first + arg].name);
    }
  }
  return changes;
}

/** Symbols that are assigned or deleted. */
const CHANGED = SymbolFlags.DEF_LOCAL | SymbolFlags.DEF_NONLOCAL;

// ---- What is kept of each instruction ----------------------------------------------------------------------------

/** Sets of locals, a bit for each. */
interface State {
  readonly bound: bigint;
  /** Those of `bound` too. */
  readonly maybe: bigint;
}

function merged(a: State | undefined, b: State): State {
  if (!a) return b;
  const bound = a.bound & b.bound;
  const maybe = a.maybe | b.maybe;
  return bound === a.bound && maybe === a.maybe ? a : { bound, maybe };
}

enum Block {
  None,
  /** Put in force by SETUP_…: exceptions lead to `at`. */
  Handler,
  /** An exception is being handled. */
  Exception,
  /** 3.8: a finally body has been reached without an exception, or was called and goes back to `at`. */
  Reached,
  Called,
}

/** The blocks in force up to 3.10, innermost first; equal ones are one object. */
class Blocks {
  private readonly above = new Map<number, Blocks>();
  /** By index of an instruction that is reached with these blocks. */
  readonly states: (State | undefined)[] = [];

  constructor(
    readonly kind: Block,
    readonly at: number,
    readonly below: Blocks | undefined,
  ) {}

  pushed(kind: Block, at = 0): Blocks {
    const key = at * 8 + kind;
    let blocks = this.above.get(key);
    if (!blocks) this.above.set(key, (blocks = new Blocks(kind, at, this)));
    return blocks;
  }

  /** Without the innermost one, if that is of a kind. */
  without(kind: Block): Blocks {
    return this.kind === kind && this.below ? this.below : this;
  }
}

/** Instructions that raise nothing, or nothing new. What handlers of signals raise, which may come anywhere, does not count. */
const SAFE: ReadonlySet<Op | -1> = new Set([
  Op.BEGIN_FINALLY,
  Op.CALL_FINALLY,
  Op.COPY,
  Op.DUP_TOP,
  Op.END_FINALLY,
  Op.JUMP_ABSOLUTE,
  Op.JUMP_BACKWARD,
  Op.JUMP_BACKWARD_NO_INTERRUPT,
  Op.JUMP_FORWARD,
  Op.LOAD_CLOSURE,
  Op.LOAD_COMMON_CONSTANT,
  Op.LOAD_CONST,
  Op.LOAD_FAST_AND_CLEAR,
  Op.LOAD_FAST_BORROW,
  Op.LOAD_SMALL_INT,
  Op.NOP,
  Op.NOT_TAKEN,
  Op.POP_BLOCK,
  Op.POP_EXCEPT,
  Op.POP_FINALLY,
  Op.POP_TOP,
  Op.PUSH_NULL,
  Op.ROT_FOUR,
  Op.ROT_THREE,
  Op.ROT_TWO,
  Op.SETUP_FINALLY,
  Op.STORE_DEREF,
  Op.STORE_FAST,
  Op.STORE_FAST_STORE_FAST,
  Op.SWAP,
]);

/** Instructions that raise an exception if their local is not bound, and for no other reason. */
const NEEDS_FAST: ReadonlySet<Op | -1> = new Set([Op.DELETE_FAST, Op.LOAD_FAST, Op.LOAD_FAST_CHECK]);
const NEEDS_CELL: ReadonlySet<Op | -1> = new Set([Op.DELETE_DEREF, Op.LOAD_DEREF]);

/** Jumps on what is on the stack; true if they jump where that is true. */
const TESTS: ReadonlyMap<Op | -1, boolean> = new Map([
  [Op.JUMP_IF_FALSE_OR_POP, false],
  [Op.JUMP_IF_TRUE_OR_POP, true],
  [Op.POP_JUMP_IF_FALSE, false],
  [Op.POP_JUMP_IF_TRUE, true],
]);

/** No code that a compiler made of a program comes near so many instructions, each counted for all blocks around it. */
const MOST_STATES = 1_000_000;

// ---- The flow ------------------------------------------------------------------------------------------------------

class LocalsFlow {
  private readonly instructions: readonly CodeInstruction[];
  private readonly flow: ControlFlow;
  private readonly indexOf = new Map<string, number>();
  /** The number of a local, by what instructions on it have as their argument; -1 for a free variable. */
  private readonly fast: number[] = [];
  private readonly cells: number[] = [];
  /** Numbers for values that inlined comprehensions have put aside. */
  private readonly aside = new Map<unknown, Map<number, number>>();
  private count = 0;
  private states = 0;
  private readonly ground = new Blocks(Block.None, 0, undefined);
  private readonly all: Blocks[] = [];
  /** By instruction: the blocks with which it is to be looked at. */
  private readonly dirty: Set<Blocks>[] = [];
  private again = 0;

  constructor(
    code: CodeObject,
    private readonly traced: TracedBytecode,
    private readonly dialect: Dialect,
  ) {
    const { bytecode } = traced;
    this.instructions = readInstructions(bytecode.code, dialect.opcodes);
    this.flow = new ControlFlow(this.instructions, bytecode, dialect);
    const isJoint = dialect.assembler.fastLocals;
    bytecode.localsplus.forEach(({ name, kind }, i) => {
      const number = (kind & VariableKind.FREE) !== 0 ? -1 : this.numberOf(name);
      if (isJoint) this.fast[i] = this.cells[i] = number;
      else if (i < code.varnames.length) this.fast[i] = number;
      else this.cells[i - code.varnames.length] = number;
    });
    const parameters = code.scope.varnames.length;
    let bound = 0n;
    for (const name of code.varnames.slice(0, parameters)) bound |= bit(this.numberOf(name));
    this.arrive(0, this.ground, { bound, maybe: bound });
  }

  private numberOf(name: string): number {
    let number = this.indexOf.get(name);
    if (number === undefined) this.indexOf.set(name, (number = this.count++));
    return number;
  }

  /** Goes through the instructions in order, again from where a jump backwards changes something. */
  run(): boolean {
    const { length } = this.instructions;
    while (this.again < length && this.states <= MOST_STATES) {
      let i = this.again;
      this.again = length;
      for (; i < length && this.again > i; i++) {
        const blocks = this.dirty[i];
        if (!blocks) continue;
        for (const found of [...blocks]) {
          blocks.delete(found);
          this.visit(i, found, found.states[i]!);
        }
      }
    }
    return this.states <= MOST_STATES;
  }

  at(offsets: readonly number[], within: Changes): BoundLocals | undefined {
    let together: State | undefined;
    for (const offset of offsets) {
      const index = this.flow.indexAt(offset) ?? -1;
      for (const { states } of this.all) {
        const state = states[index];
        if (state) together = merged(together, state);
      }
    }
    if (!together) return undefined;
    const bound: string[] = [];
    const maybeBound: string[] = [];
    for (const [name, number] of this.indexOf) {
      const isShared = (together.maybe & bit(this.asideOf(SHARED, number))) !== 0n;
      if ((together.bound & bit(number)) !== 0n && !(isShared && within.unbinds.has(name))) bound.push(name);
      else if ((together.maybe & bit(number)) !== 0n || (isShared && within.binds.has(name)))
        maybeBound.push(name);
    }
    return { bound: bound.sort(), maybeBound: maybeBound.sort() };
  }

  private arrive(index: number, blocks: Blocks, state: State): void {
    if (index >= this.instructions.length) return;
    const before = blocks.states[index];
    const together = merged(before, state);
    if (together === before) return;
    if (!before) this.states++;
    if (blocks.states.length === 0) this.all.push(blocks);
    blocks.states[index] = together;
    (this.dirty[index] ??= new Set()).add(blocks);
    if (index < this.again) this.again = index;
  }

  private visit(index: number, blocks: Blocks, before: State): void {
    const { op } = this.instructions[index];
    const failed = SAFE.has(op) ? undefined : this.failed(index, before);
    if (failed) this.raise(index, blocks, failed);
    const state = this.after(index, before);
    const next = index + 1;
    switch (op) {
      case Op.POP_BLOCK:
        this.arrive(next, blocks.without(Block.Handler), state);
        return;
      case Op.POP_EXCEPT:
      case Op.END_ASYNC_FOR:
        this.arrive(next, blocks.without(Block.Exception), state);
        return;
      case Op.BEGIN_FINALLY:
        this.arrive(next, blocks.pushed(Block.Reached), state);
        return;
      case Op.CALL_FINALLY:
        this.arrive(this.targetOf(index), blocks.pushed(Block.Called, next), state);
        return;
      case Op.POP_FINALLY:
        this.arrive(next, blocks.below ?? blocks, state);
        return;
      case Op.END_FINALLY:
        if (blocks.kind === Block.Called) this.arrive(blocks.at, blocks.below ?? blocks, state);
        else if (blocks.kind === Block.Reached) this.arrive(next, blocks.below ?? blocks, state);
        else this.raise(index, blocks, state);
        return;
      case Op.WITH_CLEANUP_FINISH:
        this.arrive(next, blocks, state);
        if (blocks.kind === Block.Exception)
          this.arrive(next, blocks.without(Block.Exception).pushed(Block.Reached), state);
        return;
      case Op.LOAD_CONST:
        this.arrive(this.behindTest(index) ?? next, blocks, state);
        return;
    }
    if (this.flow.jumps(index)) {
      const target = this.targetOf(index);
      // Its exceptions get there, and nothing else does.
      if ((this.dialect.opcodes.flags[op] & Has.BlockPush) !== 0) {
        this.arrive(next, blocks.pushed(Block.Handler, target), state);
        return;
      }
      this.arrive(target, blocks, state);
    }
    if (this.flow.goesOn(index)) this.arrive(next, blocks, state);
  }

  /** Where a test of a constant leads, which 3.8 and 3.9 leave behind LOAD_CONST. */
  private behindTest(index: number): number | undefined {
    const constant = this.traced.bytecode.consts[this.instructions[index].arg];
    const onTrue = TESTS.get(this.instructions[index + 1]?.op);
    if (onTrue === undefined) return undefined;
    const truth = constant.type === ConstantType.Code || isTrue(constant);
    return truth === onTrue ? this.targetOf(index + 1) : index + 2;
  }

  private targetOf(index: number): number {
    return this.flow.targetOf(index) ?? this.instructions.length;
  }

  /** Leads to what handles an exception that an instruction raises. */
  private raise(index: number, blocks: Blocks, state: State): void {
    const entry = this.flow.entryOf(index);
    if (entry >= 0) {
      const handler = this.flow.indexAt(this.flow.entries[entry].target);
      if (handler !== undefined) this.arrive(handler, blocks, state);
      return;
    }
    let around: Blocks | undefined = blocks;
    while (around && around.kind !== Block.Handler) around = around.below;
    if (around?.below) this.arrive(around.at, around.below.pushed(Block.Exception), state);
  }

  // ---- What instructions do to locals ----

  /** The state after an instruction has raised an exception; undefined if it does not: its local is bound. */
  private failed(index: number, state: State): State | undefined {
    const { op, arg } = this.instructions[index];
    const local = NEEDS_FAST.has(op) ? this.fast[arg] : NEEDS_CELL.has(op) ? this.cells[arg] : -1;
    if (op === Op.LOAD_FAST && this.isCell(arg)) return undefined;
    if (!(local >= 0)) return state;
    return (state.bound & bit(local)) === 0n ? unbind(state, local) : undefined;
  }

  private after(index: number, state: State): State {
    const { op, arg, offset } = this.instructions[index];
    switch (op) {
      case Op.STORE_FAST: {
        const note = this.traced.notes.get(offset);
        const aside =
          note?.does === 'restore' ? this.aside.get(note.comprehension)?.get(this.fast[arg]) : undefined;
        return aside === undefined ? bind(state, this.fast[arg]) : copied(state, aside, this.fast[arg]);
      }
      case Op.STORE_FAST_STORE_FAST:
        return bind(bind(state, this.fast[arg >> 4]), this.fast[arg & 15]);
      case Op.STORE_FAST_LOAD_FAST:
        return bind(state, this.fast[arg >> 4]);
      case Op.STORE_DEREF:
        return bind(state, this.cells[arg]);
      case Op.DELETE_FAST:
        return unbind(state, this.fast[arg]);
      case Op.DELETE_DEREF:
        return unbind(state, this.cells[arg]);
      case Op.LOAD_FAST_AND_CLEAR: {
        const note = this.traced.notes.get(offset);
        const saved =
          note?.does === 'save'
            ? copied(state, this.fast[arg], this.asideOf(note.comprehension, this.fast[arg]))
            : state;
        return unbind(saved, this.fast[arg]);
      }
      // What was loaded, or is not there and has raised an error, is bound.
      case Op.LOAD_FAST_CHECK:
        return bind(state, this.fast[arg]);
      case Op.LOAD_FAST:
      case Op.LOAD_FAST_BORROW:
        return this.isCell(arg) ? this.shared(state, this.fast[arg]) : bind(state, this.fast[arg]);
      case Op.LOAD_CLOSURE:
        return this.shared(state, this.cells[arg]);
      case Op.LOAD_DEREF:
        return bind(state, this.cells[arg]);
      default:
        return state;
    }
  }

  /** Whether what LOAD_FAST loads is a cell, which may be empty. */
  private isCell(arg: number): boolean {
    const { localsplus } = this.traced.bytecode;
    return this.dialect.assembler.fastLocals && (localsplus[arg].kind & VariableKind.CELL) !== 0;
  }

  /** A function gets the cell of a local. */
  private shared(state: State, local: number): State {
    return bind(state, this.asideOf(SHARED, local));
  }

  /** The number for a local that a comprehension puts aside. */
  private asideOf(comprehension: unknown, local: number): number {
    let numbers = this.aside.get(comprehension);
    if (!numbers) this.aside.set(comprehension, (numbers = new Map<number, number>()));
    let number = numbers.get(local);
    if (number === undefined) numbers.set(local, (number = this.count++));
    return number;
  }
}

/** Locals that nested functions have are numbered as if they were put aside for this. */
const SHARED = {};

const bit = (number: number): bigint => 1n << BigInt(number);

function bind(state: State, number: number): State {
  if (!(number >= 0)) return state;
  const { bound, maybe } = state;
  return { bound: bound | bit(number), maybe: maybe | bit(number) };
}

function unbind(state: State, number: number): State {
  if (!(number >= 0)) return state;
  const { bound, maybe } = state;
  return { bound: bound & ~bit(number), maybe: maybe & ~bit(number) };
}

function copied(state: State, from: number, to: number): State {
  const copy = (set: bigint): bigint => (set & bit(from) ? set | bit(to) : set & ~bit(to));
  return { bound: copy(state.bound), maybe: copy(state.maybe) };
}
