// A file's identifiers, each stored once: an open-addressing hash table over character codes, so that finding the
// name of a token makes no substring. The hard keywords come first, so that a name's number tells whether it is one.
import { KEYWORDS, SOFT_KEYWORDS } from './tokens.ts';

/** Start value of a name's hash; each character code goes in by `hashStep`. */
export const HASH_SEED = 0x811c9dc5 | 0;

/** One step of the hash (FNV-1a) that `NameTable.intern` takes. */
export const hashStep = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

function hashOf(name: string): number {
  let hash = HASH_SEED;
  for (let i = 0; i < name.length; i++) hash = hashStep(hash, name.charCodeAt(i));
  return hash;
}

const slotOf = (hash: number): number => hash ^ (hash >>> 15);

/** Whether `text[start, end)` is `name`. */
function equals(name: string, text: string, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) {
    if (name.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  }
  return true;
}

/** Numbers for names; the first are those of KEYWORDS, then of SOFT_KEYWORDS, in their order. */
export class NameTable {
  /** Each name once, by number: equal names are the same string object. */
  readonly names: string[] = [];
  private hashes = new Int32Array(512);
  /** By slot: the number of a name, plus 1; 0 for a free slot. Its length is a power of two. */
  private slots = new Int32Array(1024);

  constructor() {
    for (const keyword of KEYWORDS) this.internString(keyword);
    for (const keyword of SOFT_KEYWORDS) this.internString(keyword);
  }

  /** The number of the name `text[start, end)`, whose hash the caller has computed. */
  intern(text: string, start: number, end: number, hash: number): number {
    const { slots, hashes, names } = this;
    const mask = slots.length - 1;
    let slot = slotOf(hash) & mask;
    for (let id = slots[slot]; id !== 0; id = slots[slot]) {
      if (hashes[id - 1] === hash && equals(names[id - 1], text, start, end)) return id - 1;
      slot = (slot + 1) & mask;
    }
    return this.add(text.slice(start, end), hash, slot);
  }

  /** The number of a name that does not stand in the text as it is: a normalised one. */
  internString(name: string): number {
    return this.intern(name, 0, name.length, hashOf(name));
  }

  private add(name: string, hash: number, slot: number): number {
    const id = this.names.push(name) - 1;
    if (id === this.hashes.length) {
      const larger = new Int32Array(id * 2);
      larger.set(this.hashes);
      this.hashes = larger;
    }
    this.hashes[id] = hash;
    this.slots[slot] = id + 1;
    if (this.names.length * 2 > this.slots.length) this.rehash();
    return id;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.names.length; id++) {
      let slot = slotOf(this.hashes[id]) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.slots = slots;
  }
}
