// Makes an input small that does something: parts are left out as long as it still does it.

/** So many tries at most: what hangs takes long to try. */
const MOST_TRIES = 1500;
const MOST_MS = 60_000;

/** Delta debugging (Zeller): halves, quarters, … are left out, then single characters. */
export async function minimised(
  bytes: Uint8Array,
  does: (bytes: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let tries = 0;
  const end = performance.now() + MOST_MS;
  const isOver = (): boolean => tries > MOST_TRIES || performance.now() > end;
  const attempt = async (smaller: Uint8Array): Promise<boolean> =>
    ++tries <= MOST_TRIES && !isOver() && (await does(smaller));
  let small = bytes;
  if (!(await attempt(small))) return small;
  for (let size = bytes.length >> 1; size >= 1;) {
    let left = false;
    for (let at = 0; at < small.length && !isOver();) {
      const without = new Uint8Array([...small.slice(0, at), ...small.slice(at + size)]);
      if (await attempt(without)) {
        small = without;
        left = true;
      } else at += size;
    }
    if (isOver()) break;
    if (!left || size > small.length) size >>= 1;
  }
  return small;
}
