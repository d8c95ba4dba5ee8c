// A stack that an instruction works on: what instructions do is written with this.
import type { ConstantValue } from '../../constants/values.ts';
import type { Dialect } from '../../versions/dialect.ts';
import { Binding, entryOf, pushed, type Entry, type Slot } from './slots.ts';

/** What the texts of entries are made with. */
export interface Names {
  readonly dialect: Dialect;
  /** The entry of a constant. */
  readonly constant: (index: number) => Entry;
  readonly name: (index: number) => string;
  /** The name of a variable, and whether what lies there is its cell. */
  readonly local: (index: number) => { readonly name: string; readonly isCell: boolean };
  /** Of co_cellvars + co_freevars, up to 3.10; as `local` from 3.11 on. */
  readonly cell: (index: number) => string;
}

/** What is missing where a stack is not deep enough. */
const MISSING = entryOf('<?>');
/** No instruction looks into more entries by their place. */
const MOST_MISSING = 8;

export class Machine {
  /** How often something was popped off an empty stack, which no compiler makes. */
  missing = 0;
  /** How much was pushed and popped, to end what would take too long. */
  steps = 0;
  /** The names of the keywords of the next call, by KW_NAMES. */
  keywords: readonly string[] = [];

  constructor(
    readonly names: Names,
    public stack: Slot,
    /** How deep the stack may get. */
    private readonly deepest = Number.MAX_SAFE_INTEGER,
  ) {}

  /** Whether there is room for one more: arguments of a file may be anything. */
  canPush(): boolean {
    if (this.stack.counted < this.deepest) return true;
    this.missing++;
    return false;
  }

  push(text: string, binding = Binding.Primary, more: Partial<Omit<Entry, 'text' | 'binding'>> = {}): void {
    this.put(entryOf(text, binding, more));
  }

  put(entry: Entry): void {
    this.steps++;
    this.stack = pushed(this.stack, entry);
  }

  pop(): Entry {
    this.steps++;
    const { entry, below } = this.stack;
    if (!entry || !below) {
      this.missing++;
      return MISSING;
    }
    this.stack = below;
    return entry;
  }

  /** Pops so many entries; the lowest is the first. Where there are fewer, what comes back is enough to be looked into. */
  take(count: number): Entry[] {
    if (count < 0 || count > this.stack.size) {
      this.missing++;
      return new Array<Entry>(Math.min(Math.max(count, 0), MOST_MISSING)).fill(MISSING);
    }
    const entries: Entry[] = [];
    for (let i = 0; i < count; i++) entries.push(this.pop());
    return entries.reverse();
  }

  /** The entry so far below the top, which is 0. */
  peek(distance: number): Entry {
    let slot: Slot | undefined = this.stack;
    for (let i = 0; i < distance && slot; i++) slot = slot.below;
    this.steps += distance;
    if (slot?.entry) return slot.entry;
    this.missing++;
    return MISSING;
  }

  /** Takes the top entry's place. */
  replace(text: (top: Entry) => string, binding = Binding.Primary): void {
    const top = this.pop();
    this.push(text(top), binding);
  }
}

/** The text of an operand, in parentheses where its operator binds less than `binding`. */
export const operand = ({ text, binding }: Entry, least: Binding): string =>
  binding < least ? `(${text})` : text;

/** The text of what stands before a dot, a call or a subscript. */
export const primary = (entry: Entry): string =>
  /^[\d.]+$/.test(entry.text) ? `(${entry.text})` : operand(entry, Binding.Primary);

/** Texts with commas between them; not to the end if there are very many. */
export function listed(texts: Iterable<string>): string {
  let result = '';
  let first = true;
  for (const text of texts) {
    if (!first) result += ', ';
    first = false;
    if (result.length > 90) return `${result}…`;
    result += text;
  }
  return result;
}

export const isNull = ({ text }: Entry): boolean => text === 'NULL';

/** The names that a tuple of texts holds. */
export const keywordsOf = (constant: ConstantValue | undefined): readonly string[] =>
  constant && 'items' in constant
    ? constant.items.map(item => ('value' in item && typeof item.value === 'string' ? item.value : '?'))
    : [];
