// SipHash, by which .pyc files know their source. CPython: Python/pyhash.c, _Py_KeyedHash(): SipHash-2-4, from 3.11
// on SipHash-1-3, with the key in the first half of SipHash's own.

/** How many rounds there are for each eight bytes, and at the end. */
export interface SipRounds {
  readonly each: number;
  readonly last: number;
}

/**
 * The hash of bytes, eight bytes, the lowest first.
 *
 * @param key its low 32 bits; the others are zero, as those of magic numbers are
 */
export function sipHash(key: number, bytes: Uint8Array, { each, last }: SipRounds): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // v0 to v3, each as its high and its low 32 bits.
  const state = Int32Array.of(
    0x736f6d65,
    0x70736575 ^ key,
    0x646f7261,
    0x6e646f6d,
    0x6c796765,
    0x6e657261 ^ key,
    0x74656462,
    0x79746573,
  );
  const whole = bytes.length - (bytes.length % 8);
  for (let i = 0; i < whole; i += 8) word(state, view.getInt32(i + 4, true), view.getInt32(i, true), each);
  const rest = new DataView(new ArrayBuffer(8));
  for (let i = whole; i < bytes.length; i++) rest.setUint8(i - whole, bytes[i]);
  rest.setUint8(7, bytes.length & 0xff);
  word(state, rest.getInt32(4, true), rest.getInt32(0, true), each);
  state[5] ^= 0xff;
  rounds(state, last);
  rest.setInt32(4, state[0] ^ state[2] ^ state[4] ^ state[6], true);
  rest.setInt32(0, state[1] ^ state[3] ^ state[5] ^ state[7], true);
  return new Uint8Array(rest.buffer);
}

function word(state: Int32Array, high: number, low: number, each: number): void {
  state[6] ^= high;
  state[7] ^= low;
  rounds(state, each);
  state[0] ^= high;
  state[1] ^= low;
}

/** Whether the sum of two low halves, of which `low` is left, carries into the high one. */
const carry = (low: number, summand: number): number => (low >>> 0 < summand >>> 0 ? 1 : 0);

function rounds(state: Int32Array, count: number): void {
  let ah = state[0];
  let al = state[1];
  let bh = state[2];
  let bl = state[3];
  let ch = state[4];
  let cl = state[5];
  let dh = state[6];
  let dl = state[7];
  for (let i = 0; i < count; i++) {
    al = (al + bl) | 0;
    ah = (ah + bh + carry(al, bl)) | 0;
    cl = (cl + dl) | 0;
    ch = (ch + dh + carry(cl, dl)) | 0;
    let high = bh;
    bh = ((bh << 13) | (bl >>> 19)) ^ ah;
    bl = ((bl << 13) | (high >>> 19)) ^ al;
    high = dh;
    dh = ((dh << 16) | (dl >>> 16)) ^ ch;
    dl = ((dl << 16) | (high >>> 16)) ^ cl;
    high = ah;
    ah = al;
    al = high;
    cl = (cl + bl) | 0;
    ch = (ch + bh + carry(cl, bl)) | 0;
    al = (al + dl) | 0;
    ah = (ah + dh + carry(al, dl)) | 0;
    high = bh;
    bh = ((bh << 17) | (bl >>> 15)) ^ ch;
    bl = ((bl << 17) | (high >>> 15)) ^ cl;
    high = dh;
    dh = ((dh << 21) | (dl >>> 11)) ^ ah;
    dl = ((dl << 21) | (high >>> 11)) ^ al;
    high = ch;
    ch = cl;
    cl = high;
  }
  state[0] = ah;
  state[1] = al;
  state[2] = bh;
  state[3] = bl;
  state[4] = ch;
  state[5] = cl;
  state[6] = dh;
  state[7] = dl;
}
