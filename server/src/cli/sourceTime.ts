// When a source was written, as .pyc files have it stored.
import type { BigIntStats } from 'node:fs';

const NANOSECONDS = 1_000_000_000n;

/** Seconds since 1970, as os.stat() has them in a float, and of them the low 32 bits. */
export const mtimeOf = ({ mtimeNs }: BigIntStats): number =>
  Math.trunc(Number(mtimeNs / NANOSECONDS) + 1e-9 * Number(mtimeNs % NANOSECONDS)) >>> 0;
