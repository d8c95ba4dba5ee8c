// What lies on the stack before and after each instruction of a code object, by name: `a`, `a + b`, `NULL`,
// `iter(range(total))`, `<exception>`. One walk in the order of the code, again only for what a jump backwards changes;
// where paths meet, entries that differ become `<a | b>`. CPython has the depths alone: calculate_stackdepth().
import type { Bytecode } from '../code/bytecode.ts';
import type { CodeFacts } from '../code/codeObject.ts';
import { CodeFlags } from '../code/flags.ts';
import { ControlFlow } from '../code/controlFlow.ts';
import type { CodeInstruction } from '../code/instructions.ts';
import { VariableKind } from '../code/variableKind.ts';
import { ConstantType } from '../constants/values.ts';
import type { Dialect } from '../versions/dialect.ts';
import { Op } from '../versions/opcodes/op.generated.ts';
import { reprConstant } from './instruction.ts';
import { apply } from './stack/effects.ts';
import { EXCEPTION, LASTI } from './stack/exceptions.ts';
import { Machine, type Names } from './stack/machine.ts';
import {
  calledFinally,
  EMPTY,
  entriesOf,
  entryOf,
  lowerPart,
  merged,
  pushed,
  MOST_CHARACTERS,
  type Entry,
  type Slot,
} from './stack/slots.ts';

/** The stack around an instruction. */
export interface StackStates {
  /** Undefined where no path leads. */
  readonly before: Slot | undefined;
  /** Where the next instruction goes on; undefined where none does. */
  readonly after: Slot | undefined;
  /** Where it jumps to; undefined if it does not jump. */
  readonly afterJump: Slot | undefined;
}

/** How often what an instruction finds may change before it stays as it is. */
const MOST_VISITS = 12;
/** What is done for each instruction, on average; no code that a compiler made comes near. */
const STEPS = 64;
const LEAST_STEPS = 200_000;

const NOT_REACHED: StackStates = { before: undefined, after: undefined, afterJump: undefined };

/**
 * The stack around each of `instructions`, which are those of the code object in order, with or without EXTENDED_ARGs.
 * Code that no compiler made may leave some out; it is read in bounded time and memory.
 */
export function symbolicStack<Code extends CodeFacts>(
  code: CodeFacts,
  bytecode: Bytecode<Code>,
  instructions: readonly CodeInstruction[],
  dialect: Dialect,
): StackStates[] {
  return new Walk(code, bytecode, instructions, dialect).run();
}

/** The texts of a stack, the bottom first; below so many from the top only how many there are. */
export function stackTexts(stack: Slot, most = 100): string[] {
  const texts = entriesOf(stack, most).map(({ text }) => text);
  if (stack.size > texts.length) texts.push(`… ${stack.size - texts.length} more`);
  return texts.reverse();
}

class Walk<Code extends CodeFacts> {
  private readonly states: StackStates[];
  private readonly dirty: Uint8Array;
  private readonly visits: Uint8Array;
  private readonly names: Names;
  private readonly flow: ControlFlow;
  /** The part of the stack that each handler was last found to keep. */
  private readonly kept: (Slot | undefined)[] = [];
  private readonly deepest: number;
  private steps: number;
  /** The first instruction to look at again. */
  private again = 0;
  private keywords: readonly string[] = [];

  constructor(
    private readonly code: CodeFacts,
    bytecode: Bytecode<Code>,
    private readonly instructions: readonly CodeInstruction[],
    private readonly dialect: Dialect,
  ) {
    const count = instructions.length;
    this.states = new Array<StackStates>(count).fill(NOT_REACHED);
    this.dirty = new Uint8Array(count);
    this.visits = new Uint8Array(count);
    this.steps = count * STEPS + LEAST_STEPS;
    this.deepest = Math.max(1000, Math.min(bytecode.stacksize, bytecode.code.length * 4) + 16);
    this.flow = new ControlFlow(instructions, bytecode, dialect);
    this.names = namesOf(code, bytecode, dialect);
  }

  run(): StackStates[] {
    if (this.instructions.length === 0) return this.states;
    this.arrive(0, this.startsWithValue() ? pushed(EMPTY, entryOf('<sent value>')) : EMPTY);
    const { length } = this.instructions;
    while (this.again < length && this.steps > 0) {
      let i = this.again;
      this.again = length;
      for (; i < length && this.steps > 0; i++) {
        this.steps--;
        if (this.dirty[i] === 0) continue;
        this.dirty[i] = 0;
        this.visit(i);
        if (this.again <= i) break;
      }
    }
    return this.states;
  }

  /** In 3.10 what calls a generator pushes a value; 3.11 and 3.12 say so although RETURN_GENERATOR comes first. */
  private startsWithValue(): boolean {
    const { opcodes } = this.dialect;
    const { GENERATOR, COROUTINE, ASYNC_GENERATOR } = CodeFlags;
    if ((this.code.flags & (GENERATOR | COROUTINE | ASYNC_GENERATOR)) === 0) return false;
    if (opcodes.has(Op.GEN_START)) return true;
    return opcodes.has(Op.RETURN_GENERATOR) && opcodes.stackEffect(Op.RETURN_GENERATOR, 0, false) === 0;
  }

  private visit(index: number): void {
    const instruction = this.instructions[index];
    const { before } = this.states[index];
    const { op, arg } = instruction;
    if (!before || op < 0) return;
    this.raise(index, before);
    let afterJump: Slot | undefined;
    if (this.flow.jumps(index)) {
      afterJump = this.after(op as Op, arg, true, before);
      const target = this.flow.targetOf(index);
      if (target !== undefined && afterJump) {
        if (op === Op.CALL_FINALLY) this.arriveByCall(target, afterJump);
        else this.arrive(target, afterJump);
      }
    }
    const after = this.flow.goesOn(index) ? this.after(op as Op, arg, false, before) : undefined;
    if (after && index + 1 < this.instructions.length) this.arrive(index + 1, after);
    this.states[index] = { before, after, afterJump };
  }

  private after(op: Op, arg: number, jump: boolean, before: Slot): Slot | undefined {
    const machine = new Machine(this.names, before, this.deepest);
    machine.keywords = this.keywords;
    const known = apply(op, arg, jump, machine);
    this.keywords = machine.keywords;
    this.steps -= machine.steps;
    return known && machine.missing === 0 && machine.stack.counted <= this.deepest
      ? machine.stack
      : undefined;
  }

  /** What an exception table says of an exception that the instruction raises. */
  private raise(index: number, before: Slot): void {
    const at = this.flow.entryOf(index);
    if (at < 0) return;
    const { depth, lasti, target } = this.flow.entries[at];
    const kept = lowerPart(before, depth);
    const handler = this.flow.indexAt(target);
    if (!kept || handler === undefined || kept === this.kept[at]) return;
    this.kept[at] = kept;
    this.arrive(handler, pushed(lasti ? pushed(kept, LASTI) : kept, EXCEPTION));
  }

  private arrive(index: number, stack: Slot): void {
    const { before } = this.states[index];
    const together = before ? merged(before, stack, steps => (this.steps -= steps)) : stack;
    if (together) this.become(index, together);
  }

  /** A `finally` body that is called has been found by its exceptions before; it may be called with a value below. */
  private arriveByCall(index: number, stack: Slot): void {
    const { before } = this.states[index];
    if (before) this.become(index, calledFinally(before, stack));
  }

  private become(index: number, together: Slot): void {
    if (together === this.states[index].before || this.visits[index] >= MOST_VISITS) return;
    this.visits[index]++;
    const { after, afterJump } = this.states[index];
    this.states[index] = { before: together, after, afterJump };
    this.dirty[index] = 1;
    if (index < this.again) this.again = index;
  }
}

function namesOf<Code extends CodeFacts>(code: CodeFacts, bytecode: Bytecode<Code>, dialect: Dialect): Names {
  const { consts, names, localsplus } = bytecode;
  const constants = new Map<number, Entry>();
  const variable = (index: number): string => localsplus[index]?.name ?? '<?>';
  const isJoint = dialect.assembler.fastLocals;
  return {
    dialect,
    constant(index) {
      let entry = constants.get(index);
      if (!entry) constants.set(index, (entry = constantEntry(consts[index])));
      return entry;
    },
    name: index => names[index] ?? '<?>',
    local: index => ({
      name: variable(index),
      isCell: isJoint && ((localsplus[index]?.kind ?? 0) & (VariableKind.CELL | VariableKind.FREE)) !== 0,
    }),
    cell: index => variable(isJoint ? index : code.varnames.length + index),
  };

  function constantEntry(constant: (typeof consts)[number] | undefined): Entry {
    if (!constant) return entryOf('<?>');
    if (constant.type === ConstantType.Code) {
      const { name } = constant.code;
      return entryOf(`<code ${name}>`, undefined, { codeName: name });
    }
    return entryOf(reprConstant(constant, dialect, '', MOST_CHARACTERS), undefined, { constant });
  }
}
