// The stack as data: entries, and stacks of them that share what lies below. Pushing, popping and comparing stacks that
// share their lower part takes no time for that part, so that a walk over all instructions stays linear.
import type { ConstantValue } from '../../constants/values.ts';
import { shortened } from '../../text/repr.ts';

/** Longer texts are cut: what lies on the stack is named, not told to its end. */
export const MOST_CHARACTERS = 80;
/** What could be more than this many things is told as not known. */
const MOST_ALTERNATIVES = 3;

/** How tightly the outermost operator of an expression binds; a name or a call most. */
export enum Binding {
  Tuple,
  Yield,
  Conditional,
  Or,
  And,
  Not,
  Comparison,
  BitOr,
  BitXor,
  BitAnd,
  Shift,
  Sum,
  Product,
  Sign,
  Power,
  Await,
  Primary,
}

/** What lies in one place of the stack. In angle brackets: what is no Python expression. */
export interface Entry {
  /** The expression; changes only for what is being filled: `[]` becomes `[…]`. */
  text: string;
  readonly binding: Binding;
  /** The constant that it is, if that matters to what uses it. */
  readonly constant?: ConstantValue | undefined;
  /** What is called where this and the entry above it stand for a method or a function. */
  readonly callee?: string | undefined;
  /** How it stands in a subscript or in an f-string, where that is another text. */
  readonly piece?: string | undefined;
  /** What comes of it when it has been waited for. */
  readonly result?: string | undefined;
  /** Names that a function of this code object has. */
  readonly codeName?: string | undefined;
  /** What it can be, if that is more than one thing. */
  readonly alternatives?: readonly string[] | undefined;
  readonly role?: 'finally' | 'address' | 'index' | undefined;
  /** How 3.8's `finally` was reached, in the order of FinallyWay. */
  readonly ways?: readonly FinallyWay[] | undefined;
  /** How many places it takes at most and at least; by a return address fewer than none, if values below it are gone. */
  readonly most: number;
  readonly least: number;
  /** How many places the compiler counts for it. */
  readonly counted: number;
}

/** How 3.8's `finally` is reached: from above, by CALL_FINALLY, or by an exception. */
export enum FinallyWay {
  Null = 'NULL',
  Address = 'return address',
  Exception = 'exception',
}

/** A stack: its top entry and the stack below it. The bottom has no entry. */
export interface Slot {
  readonly entry: Entry | undefined;
  readonly below: Slot | undefined;
  /** How many entries there are. */
  readonly size: number;
  /** How many places they take at most and at least; they differ where 3.8's `finally` is reached in several ways. */
  readonly depth: number;
  readonly least: number;
  /** How many places the compiler counts, by the effects of instructions; other than `depth` in 3.8's `finally` alone. */
  readonly counted: number;
  /** A stack further below, so that any is found in a logarithmic number of steps. */
  readonly skip: Slot | undefined;
}

export const EMPTY: Slot = {
  entry: undefined,
  below: undefined,
  size: 0,
  depth: 0,
  least: 0,
  counted: 0,
  skip: undefined,
};

const NOTHING_MORE = {};

/** An entry of one place. */
export function entryOf(
  text: string,
  binding = Binding.Primary,
  more: Partial<Omit<Entry, 'text' | 'binding'>> = NOTHING_MORE,
): Entry {
  const short = shortened(text, MOST_CHARACTERS);
  const { most = 1, least = 1, counted = 1 } = more;
  const { constant, callee, piece, result, codeName, alternatives, role, ways } = more;
  // Every entry has the same shape, and is made at once: there is one for nearly every instruction.
  return {
    text: short,
    binding: short === text ? binding : Binding.Primary,
    constant,
    callee,
    piece,
    result,
    codeName,
    alternatives,
    role,
    ways,
    most,
    least,
    counted,
  };
}

/** The stack with an entry on it. */
export function pushed(below: Slot, entry: Entry): Slot {
  const { skip } = below;
  // Distances grow like the digits of skew binary numbers.
  const isPair = skip?.skip !== undefined && below.size - skip.size === skip.size - skip.skip.size;
  return {
    entry,
    below,
    size: below.size + 1,
    depth: below.depth + entry.most,
    least: below.least + entry.least,
    counted: below.counted + entry.counted,
    skip: isPair ? skip.skip : below,
  };
}

/** The lower part of a stack that is `depth` places deep; undefined if there is none. */
export function lowerPart(stack: Slot, depth: number): Slot | undefined {
  let slot: Slot | undefined = stack;
  while (slot && slot.depth > depth) slot = slot.skip && slot.skip.depth >= depth ? slot.skip : slot.below;
  return slot?.depth === depth ? slot : undefined;
}

/** The entries from the top down, at most so many. */
export function entriesOf(stack: Slot, most: number): Entry[] {
  const entries: Entry[] = [];
  for (let slot = stack; slot.entry && slot.below && entries.length < most; slot = slot.below)
    entries.push(slot.entry);
  return entries;
}

// ---- Where paths meet ------------------------------------------------------------------------------------------

/**
 * What lies on the stack where `known` has been found before and another path arrives with `other`; `known` itself if
 * that tells nothing new. Undefined if the two are not equally deep, which no compiler makes. `spend` is told how many
 * entries were compared.
 */
export function merged(known: Slot, other: Slot, spend: (steps: number) => void): Slot | undefined {
  let [a, b] = [known, other];
  const pairs: [Entry, Entry][] = [];
  const path: Slot[] = [];
  while (a !== b) {
    if (!a.entry || !b.entry || !a.below || !b.below) return undefined;
    if (isFinally(a.entry) !== isFinally(b.entry)) {
      if (pairs.length > 0) return undefined;
      return mergedFinally(a, b, spend);
    }
    pairs.push([a.entry, b.entry]);
    path.push(a);
    [a, b] = [a.below, b.below];
  }
  spend(pairs.length);
  let result = a;
  for (let i = pairs.length - 1; i >= 0; i--) {
    const [mine, theirs] = pairs[i];
    const entry = either(mine, theirs);
    result = entry === mine && result === path[i].below ? path[i] : pushed(result, entry);
  }
  return result;
}

const isFinally = ({ role }: Entry): boolean => role === 'finally';

/** How many places an exception takes up to 3.10. */
const EXCEPTION_PLACES = 6;

/** What 3.8's `finally` finds on the stack, reached in these ways; `most` and `least` are the places it takes. */
export function finallyEntry(ways: Iterable<FinallyWay>, least: number, most: number): Entry {
  const all = new Set(ways);
  const ordered = Object.values(FinallyWay).filter(way => all.has(way));
  const text =
    ordered.length === 1 && ordered[0] === FinallyWay.Null ? ordered[0] : `<${ordered.join(' | ')}>`;
  return entryOf(text, Binding.Primary, {
    role: 'finally',
    ways: ordered,
    least,
    most,
    counted: EXCEPTION_PLACES,
  });
}

/** What BEGIN_FINALLY pushes. */
export const NULL_FINALLY: Entry = finallyEntry([FinallyWay.Null], 1, 1);

/** An exception that `finally` finds as one entry. */
const EXCEPTION_FINALLY: Entry = finallyEntry([FinallyWay.Exception], EXCEPTION_PLACES, EXCEPTION_PLACES);

/** The stack below what tells how a `finally` was reached. */
export function belowFinally(stack: Slot): Slot | undefined {
  if (!stack.entry) return undefined;
  if (isFinally(stack.entry)) return stack.below;
  let slot: Slot | undefined = stack;
  for (let i = 0; i < EXCEPTION_PLACES; i++) slot = slot?.below;
  return slot;
}

/** The entry that tells how a `finally` was reached; six entries of an exception count as one. */
const finallyOf = ({ entry }: Slot): Entry => (entry && isFinally(entry) ? entry : EXCEPTION_FINALLY);

function mergedFinally(known: Slot, other: Slot, spend: (steps: number) => void): Slot | undefined {
  const [a, b] = [belowFinally(known), belowFinally(other)];
  const below = a && b && merged(a, b, spend);
  return below && onFinally(known, below, finallyOf(other));
}

function onFinally(known: Slot, below: Slot, other: Entry): Slot {
  const entry = eitherFinally(finallyOf(known), other);
  return entry === known.entry && below === known.below ? known : pushed(below, entry);
}

function eitherFinally(known: Entry, other: Entry): Entry {
  const ways = [...(known.ways ?? []), ...(other.ways ?? [])];
  const entry = finallyEntry(ways, Math.min(known.least, other.least), Math.max(known.most, other.most));
  const isKnown = entry.text === known.text && entry.least === known.least && entry.most === known.most;
  return isKnown ? known : entry;
}

/**
 * The stack at the beginning of a `finally` that CALL_FINALLY calls, too: what its exceptions leave below stays, and the
 * caller may have more or less there. `called` is the stack with the return address.
 */
export function calledFinally(known: Slot, called: Slot): Slot {
  const below = belowFinally(known);
  if (!below) return known;
  const entry = finallyEntry([FinallyWay.Address], called.least - below.depth, called.depth - below.least);
  return onFinally(known, below, entry);
}

const alternativesOf = (entry: Entry): readonly string[] => entry.alternatives ?? [entry.text];

function either(known: Entry, other: Entry): Entry {
  if (known === other || known.text === UNKNOWN) return known;
  if (isFinally(known)) return eitherFinally(known, other);
  const mine = alternativesOf(known);
  const added = alternativesOf(other).filter(text => !mine.includes(text));
  if (added.length === 0) return known;
  const all = [...mine, ...added];
  if (all.length > MOST_ALTERNATIVES || all.includes(UNKNOWN)) return entryOf(UNKNOWN);
  return entryOf(`<${all.map(bare).join(' | ')}>`, Binding.Primary, { alternatives: all });
}

/** A text without angle brackets around all of it. */
const bare = (text: string): string => /^<([^<>]*)>$/.exec(text)?.[1] ?? text;

/** What could be too many things. */
const UNKNOWN = '<…>';
