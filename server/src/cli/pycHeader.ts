// The header of a .pyc file in words and as JSON.
import type { Pyc } from '../python/code/marshal/pyc.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The header as JSON has it. */
export function headerRecord({ header: { magic, flags, stamp }, target }: Pyc): object {
  const { mode } = stamp;
  const about =
    stamp.mode === 'timestamp' ? { mtime: stamp.mtime, size: stamp.size } : { hash: hex(stamp.hash) };
  return { header: { flags, magic, mode, ...about, version: target.series } };
}

/** `magic 3571 (CPython 3.13) · flags 0x0 · timestamp 2026-01-02T03:04:05Z · 1234 bytes` */
export function headerText({ header: { magic, flags, stamp }, target }: Pyc): string {
  const about =
    stamp.mode === 'timestamp'
      ? `timestamp ${new Date(stamp.mtime * 1000).toISOString().replace('.000Z', 'Z')} · source of ${stamp.size} bytes`
      : `${stamp.mode} ${hex(stamp.hash)}`;
  return `magic ${magic} (CPython ${target.series}) · flags 0x${flags.toString(16)} · ${about}`;
}
