// The order in which classes are looked through for an attribute: C3 linearisation, and why CPython refuses a class.
// CPython: Objects/typeobject.c, mro_implementation(), pmerge(), set_mro_error().
import type { InspectDialect } from '../versions/inspectDialect.ts';
import { Messages } from './messages.ts';

/** Classes, which are told apart by ===. */
export interface ClassLookup<Cls> {
  readonly name: (cls: Cls) => string;
  /** `cls.__mro__`, the class itself first. */
  readonly mro: (cls: Cls) => readonly Cls[];
}

/** Why there can be no such class: the message of the TypeError. */
export interface MroError {
  readonly typeError: string;
}

/** The words about bases without order end within so many bytes. */
const LONGEST_MESSAGE = 999;

/**
 * `__mro__` of a class with the given bases, none of which may be missing: `object` where none is written.
 *
 * @param cls the class itself, which its bases do not know of
 */
export function mroOf<Cls>(
  cls: Cls,
  bases: readonly Cls[],
  lookup: ClassLookup<Cls>,
  dialect: InspectDialect,
): readonly Cls[] | MroError {
  // With one base there is nothing to decide, and nothing is checked.
  if (bases.length === 1) return [cls, ...lookup.mro(bases[0])];
  const duplicate = bases.find((base, i) => bases.indexOf(base) < i);
  if (duplicate !== undefined) return { typeError: Messages.duplicateBase(lookup.name(duplicate)) };
  const merged = merge([...bases.map(lookup.mro), bases]);
  if (!('heads' in merged)) return [cls, ...merged];
  const text = Messages.inconsistentMro(merged.heads.map(lookup.name), dialect.mroErrorBreak);
  return { typeError: text.slice(0, LONGEST_MESSAGE) };
}

/**
 * Takes, again and again, the first head of a list that is in no list's tail. If there is none the heads that are left
 * are what cannot be put in order.
 */
function merge<Cls>(lists: readonly (readonly Cls[])[]): readonly Cls[] | { readonly heads: readonly Cls[] } {
  const result: Cls[] = [];
  const next = lists.map(() => 0);
  // How many lists have a class behind their head.
  const inTails = new Map<Cls, number>();
  for (const list of lists) for (const cls of list.slice(1)) inTails.set(cls, (inTails.get(cls) ?? 0) + 1);
  for (;;) {
    const open = lists.flatMap((list, i) => (next[i] < list.length ? [i] : []));
    if (open.length === 0) return result;
    const chosen = open.find(i => (inTails.get(lists[i][next[i]]) ?? 0) === 0);
    if (chosen === undefined) return { heads: [...new Set(open.map(i => lists[i][next[i]]))] };
    const candidate = lists[chosen][next[chosen]];
    result.push(candidate);
    for (const i of open) {
      if (lists[i][next[i]] !== candidate) continue;
      next[i]++;
      const head = lists[i].at(next[i]);
      if (head !== undefined && next[i] < lists[i].length) inTails.set(head, inTails.get(head)! - 1);
    }
  }
}
