// What enters and leaves `with`, `try` and handlers. Up to 3.10 a handler finds six entries, three of the exception that
// was being handled before and three of the new one; from 3.11 on one, with the place it was raised at below it if the
// exception table says so.
import { Op } from '../../versions/opcodes/op.generated.ts';
import { type Machine, primary } from './machine.ts';
import { pushResult } from './moves.ts';
import {
  belowFinally,
  Binding,
  EMPTY,
  type Entry,
  entryOf,
  finallyEntry,
  FinallyWay,
  NULL_FINALLY,
} from './slots.ts';

/** What a handler finds up to 3.10, from the bottom up. */
const HANDLED = [
  '<previous traceback>',
  '<previous exception>',
  '<previous type>',
  '<traceback>',
  '<exception>',
  '<exception type>',
].map(text => entryOf(text));

export const EXCEPTION = entryOf('<exception>');
export const LASTI = entryOf('<lasti>');
const PREVIOUS = entryOf('<previous exception>');

/** Where 3.8's CALL_FINALLY goes on. */
const ADDRESS = entryOf('<return address>', Binding.Primary, { role: 'address' });

/** What WITH_CLEANUP_START of 3.8 puts where `__exit__` and the exception were: NULL keeps one place of the two. */
const EXIT_PLACE = entryOf('NULL');
const NULL_WITHOUT_EXIT: Entry = { ...NULL_FINALLY, counted: NULL_FINALLY.counted + 1 };

const pushHandled = (machine: Machine): void => HANDLED.forEach(entry => machine.put(entry));

/** Pops what tells how a `finally` was reached; the entry, or undefined if those were six of an exception. */
function popFinally(machine: Machine): Entry | undefined {
  const { entry } = machine.stack;
  const below = belowFinally(machine.stack);
  if (!below) machine.missing++;
  machine.stack = below ?? EMPTY;
  return entry?.role === 'finally' ? entry : undefined;
}

/** Calls `__exit__`, which lies below NULL or the exception. CPython: WITH_CLEANUP_START */
function startCleanup(machine: Machine): void {
  const found = popFinally(machine);
  machine.pop();
  if (!found) {
    HANDLED.slice(0, 3).forEach(entry => machine.put(entry));
    machine.put(EXIT_PLACE);
    HANDLED.slice(3).forEach(entry => machine.put(entry));
    machine.push('<exception type>');
  } else if (found.ways?.includes(FinallyWay.Exception)) {
    // An exception keeps the place of `__exit__`, NULL does not.
    const both = finallyEntry(found.ways, found.least, found.most + 1);
    machine.put({ ...both, counted: both.counted + 1 });
    machine.push('<exception type | None>');
  } else {
    machine.put(NULL_WITHOUT_EXIT);
    machine.push('None');
  }
  machine.push('<result of __exit__>');
}

/** Where `__exit__` gave something true, NULL is all that is left of the exception. CPython: WITH_CLEANUP_FINISH */
function finishCleanup(machine: Machine): void {
  machine.take(2);
  const found = machine.stack.entry?.role === 'finally' ? machine.pop() : undefined;
  if (!found) machine.take(HANDLED.length + 1);
  const isNullAlone = found && !found.ways?.includes(FinallyWay.Exception);
  const most = found?.most ?? HANDLED.length + 1;
  machine.put(isNullAlone ? NULL_FINALLY : finallyEntry([FinallyWay.Null, FinallyWay.Exception], 1, most));
}

/** What an instruction does that enters or leaves `with`, `try` or a handler; false if it is none. */
export function applyException(op: Op, arg: number, jump: boolean, machine: Machine): boolean {
  const { opcodes } = machine.names.dialect;
  const effect = (): number => opcodes.stackEffect(op, arg, jump);
  switch (op) {
    case Op.SETUP_FINALLY:
      if (jump) pushHandled(machine);
      return true;
    case Op.SETUP_WITH: {
      const manager = primary(machine.pop());
      machine.push(`${manager}.__exit__`);
      if (jump) pushHandled(machine);
      else machine.push(`${manager}.__enter__()`);
      return true;
    }
    case Op.SETUP_ASYNC_WITH:
      if (!jump) return true;
      machine.pop();
      pushHandled(machine);
      return true;
    case Op.BEFORE_WITH:
    case Op.BEFORE_ASYNC_WITH: {
      const manager = primary(machine.pop());
      const a = op === Op.BEFORE_WITH ? '' : 'a';
      machine.push(`${manager}.__${a}exit__`);
      machine.push(`${manager}.__${a}enter__()`);
      return true;
    }
    case Op.WITH_EXCEPT_START:
      machine.push('<result of __exit__>');
      return true;
    case Op.PUSH_EXC_INFO: {
      const raised = machine.pop();
      machine.put(PREVIOUS);
      machine.put(raised);
      return true;
    }
    case Op.CHECK_EXC_MATCH: {
      const type = machine.pop();
      machine.push(`<matches ${type.text}>`);
      return true;
    }
    case Op.CHECK_EG_MATCH: {
      const [group, type] = machine.take(2);
      machine.push(`<rest of ${group?.text ?? '?'}>`);
      machine.push(`<those of ${type?.text ?? '?'} | None>`);
      return true;
    }
    case Op.PREP_RERAISE_STAR:
      machine.take(2);
      machine.push('<exception to raise | None>');
      return true;
    case Op.JUMP_IF_NOT_EXC_MATCH:
      machine.take(2);
      return true;
    case Op.POP_EXCEPT:
    case Op.RERAISE:
    case Op.END_ASYNC_FOR:
    case Op.RAISE_VARARGS:
      machine.take(-effect());
      return true;
    case Op.CLEANUP_THROW: {
      const [receiver] = machine.take(3);
      machine.push('None');
      pushResult(machine, receiver);
      return true;
    }
    case Op.BEGIN_FINALLY:
      machine.put(NULL_FINALLY);
      return true;
    case Op.CALL_FINALLY:
      if (jump) machine.put(ADDRESS);
      return true;
    case Op.END_FINALLY:
      popFinally(machine);
      return true;
    case Op.POP_FINALLY: {
      const kept = arg === 0 ? undefined : machine.pop();
      popFinally(machine);
      if (kept) machine.put(kept);
      return true;
    }
    case Op.WITH_CLEANUP_START:
      startCleanup(machine);
      return true;
    case Op.WITH_CLEANUP_FINISH:
      finishCleanup(machine);
      return true;
    default:
      return false;
  }
}
