// Room for numbers by index that one function needs while it runs: typed arrays are dear to make for each unit.

let room = new Int32Array(1024);

/** At least `count` zeros, until the next call. */
export function zeroed(count: number): Int32Array {
  if (room.length < count) room = new Int32Array(2 * count);
  else room.fill(0, 0, count);
  return room;
}
