// The growing parallel arrays that the tokenizer writes its tokens to.
import type { TokenKind } from './tokens.ts';

export class TokenBuffer {
  count = 0;
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  values: Int32Array;

  /** @param length of the text; real code has a token for every four or five characters */
  constructor(length: number) {
    const capacity = (length >> 2) + 64;
    this.kinds = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.values = new Int32Array(capacity);
  }

  push(kind: TokenKind, start: number, end: number, value: number): void {
    const index = this.count;
    if (index === this.kinds.length) this.grow();
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.ends[index] = end;
    this.values[index] = value;
    this.count = index + 1;
  }

  /** The kind of the token written last; undefined if there is none. */
  lastKind(): TokenKind | undefined {
    return this.count === 0 ? undefined : this.kinds[this.count - 1];
  }

  private grow(): void {
    const capacity = this.kinds.length * 2;
    const kinds = new Uint8Array(capacity);
    const starts = new Int32Array(capacity);
    const ends = new Int32Array(capacity);
    const values = new Int32Array(capacity);
    kinds.set(this.kinds);
    starts.set(this.starts);
    ends.set(this.ends);
    values.set(this.values);
    this.kinds = kinds;
    this.starts = starts;
    this.ends = ends;
    this.values = values;
  }
}
