// The chain of `__wrapped__`, which functools.wraps() leaves behind. CPython: Lib/inspect.py, unwrap().
import type { InspectDialect } from '../versions/inspectDialect.ts';
import { Messages } from './messages.ts';
import type { InvalidSignature } from './parameter.ts';

/** Objects, which are told apart by ===. */
export interface WrapperLookup<Value> {
  /** `value.__wrapped__` */
  readonly wrapped: (value: Value) => Value | undefined;
  readonly isClass: (value: Value) => boolean;
  readonly repr: (value: Value) => string;
}

/** sys.getrecursionlimit() */
const MOST_WRAPPERS = 1000;

/**
 * What an object wraps in the end, or the words of the ValueError about wrappers that go round in a circle.
 *
 * @param stop is asked of each object that wraps another whether to stop there
 */
export function unwrap<Value>(
  value: Value,
  lookup: WrapperLookup<Value>,
  dialect: InspectDialect,
  stop?: (value: Value) => boolean,
): { readonly value: Value } | InvalidSignature {
  const seen = new Set([value]);
  for (let current = value; ;) {
    if (dialect.unwrapStopsAtClasses && lookup.isClass(current)) return { value: current };
    const next = lookup.wrapped(current);
    if (next === undefined || stop?.(current)) return { value: current };
    if (seen.has(next) || seen.size >= MOST_WRAPPERS) {
      return { valueError: Messages.wrapperLoop(lookup.repr(value)) };
    }
    seen.add(next);
    current = next;
  }
}
