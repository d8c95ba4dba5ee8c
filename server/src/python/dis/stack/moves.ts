// What moves entries, jumps, or asks iterators and awaitables.
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Machine } from './machine.ts';
import { Binding, entryOf, type Entry } from './slots.ts';

/** What FOR_ITER of 3.15 counts with, where the iterable is a list or a tuple. */
const INDEX = entryOf('<index | NULL>', Binding.Primary, { role: 'index' });

/** Moves the top entry so many places down: 2 puts it below the next one. */
function rotate(machine: Machine, places: number): void {
  const all = machine.take(places);
  const top = all.pop();
  if (!top) return;
  machine.put(top);
  for (const entry of all) machine.put(entry);
}

function copy(machine: Machine, distance: number): void {
  machine.put(machine.peek(distance - 1));
}

/** The iterator of a loop, which may lie below its index. */
const iteratorOf = (machine: Machine): Entry => {
  const top = machine.peek(0);
  return top.role === 'index' ? machine.peek(1) : top;
};

/** What an instruction does that only moves entries, jumps or iterates; false if it is none. */
export function applyMove(op: Op, arg: number, jump: boolean, machine: Machine): boolean {
  const { opcodes } = machine.names.dialect;
  const effect = (): number => opcodes.stackEffect(op, arg, jump);
  switch (op) {
    case Op.NOP:
    case Op.CACHE:
    case Op.RESERVED:
    case Op.RESUME:
    case Op.EXTENDED_ARG:
    case Op.NOT_TAKEN:
    case Op.ENTER_EXECUTOR:
    case Op.TRACE_RECORD:
    case Op.MAKE_CELL:
    case Op.COPY_FREE_VARS:
    case Op.SETUP_ANNOTATIONS:
    case Op.POP_BLOCK:
    case Op.DELETE_NAME:
    case Op.DELETE_GLOBAL:
    case Op.DELETE_FAST:
    case Op.DELETE_DEREF:
    case Op.JUMP_FORWARD:
    case Op.JUMP_BACKWARD:
    case Op.JUMP_BACKWARD_NO_INTERRUPT:
    case Op.JUMP_ABSOLUTE:
      return true;
    case Op.POP_TOP:
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_TRUE:
    case Op.POP_JUMP_IF_NONE:
    case Op.POP_JUMP_IF_NOT_NONE:
    case Op.POP_JUMP_FORWARD_IF_FALSE:
    case Op.POP_JUMP_FORWARD_IF_TRUE:
    case Op.POP_JUMP_FORWARD_IF_NONE:
    case Op.POP_JUMP_FORWARD_IF_NOT_NONE:
    case Op.POP_JUMP_BACKWARD_IF_FALSE:
    case Op.POP_JUMP_BACKWARD_IF_TRUE:
    case Op.POP_JUMP_BACKWARD_IF_NONE:
    case Op.POP_JUMP_BACKWARD_IF_NOT_NONE:
    case Op.RETURN_VALUE:
    case Op.INTERPRETER_EXIT:
    case Op.EXIT_INIT_CHECK:
    case Op.GEN_START:
      machine.pop();
      return true;
    case Op.RETURN_CONST:
      return true;
    case Op.JUMP_IF_FALSE_OR_POP:
    case Op.JUMP_IF_TRUE_OR_POP:
      if (!jump) machine.pop();
      return true;
    case Op.ROT_TWO:
      rotate(machine, 2);
      return true;
    case Op.ROT_THREE:
      rotate(machine, 3);
      return true;
    case Op.ROT_FOUR:
      rotate(machine, 4);
      return true;
    case Op.ROT_N:
      rotate(machine, arg);
      return true;
    case Op.SWAP: {
      const all = machine.take(arg);
      if (all.length > 1) [all[0], all[all.length - 1]] = [all[all.length - 1], all[0]];
      for (const entry of all) machine.put(entry);
      return true;
    }
    case Op.COPY:
      copy(machine, arg);
      return true;
    case Op.DUP_TOP:
      copy(machine, 1);
      return true;
    case Op.DUP_TOP_TWO:
      copy(machine, 2);
      copy(machine, 2);
      return true;
    case Op.PUSH_NULL:
      machine.push('NULL');
      return true;
    case Op.GET_ITER:
      machine.replace(({ text }) => (/^iter\(.*\)$/.test(text) ? text : `iter(${text})`));
      if (effect() === 1) machine.put(INDEX);
      return true;
    case Op.GET_AITER:
      machine.replace(({ text }) => `aiter(${text})`);
      return true;
    case Op.GET_ANEXT:
      machine.push(`anext(${machine.peek(0).text})`);
      return true;
    case Op.GET_AWAITABLE: {
      const { text } = machine.pop();
      machine.push(`<awaitable of ${text}>`, Binding.Primary, { result: `await ${text}` });
      return true;
    }
    case Op.GET_YIELD_FROM_ITER: {
      const { text } = machine.pop();
      machine.push(`iter(${text})`, Binding.Primary, { result: `yield from ${text}` });
      return true;
    }
    case Op.FOR_ITER:
      if (!jump) machine.push(`next(${iteratorOf(machine).text})`);
      else if (effect() < 0) machine.pop();
      else machine.push('<exhausted>');
      return true;
    case Op.END_FOR:
    case Op.POP_ITER:
      machine.take(-effect());
      return true;
    case Op.YIELD_VALUE:
      machine.replace(() => '<sent value>');
      return true;
    case Op.ASYNC_GEN_WRAP:
      return true;
    case Op.RETURN_GENERATOR:
      // Up to 3.12 what calls the generator is said to have pushed it before.
      if (effect() === 1) machine.push('<sent value>');
      return true;
    case Op.YIELD_FROM: {
      const [receiver] = machine.take(2);
      pushResult(machine, receiver);
      return true;
    }
    case Op.SEND: {
      machine.pop();
      const receiver = iteratorOf(machine);
      if (!jump) machine.push(`<yielded by ${receiver.text}>`);
      else {
        if (effect() < 0) machine.pop();
        pushResult(machine, receiver);
      }
      return true;
    }
    case Op.END_SEND: {
      const value = machine.pop();
      machine.take(-effect());
      machine.put(value);
      return true;
    }
    default:
      return false;
  }
}

/** What came of awaiting, or of `yield from`. */
export function pushResult(machine: Machine, receiver: Entry | undefined): void {
  const { text = '?', result } = receiver ?? {};
  if (result?.startsWith('await')) machine.push(result, Binding.Await);
  else machine.push(result ?? `yield from ${/^iter\((.*)\)$/.exec(text)?.[1] ?? text}`, Binding.Yield);
}
