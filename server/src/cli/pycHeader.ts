// Which inputs are .pyc files, and their headers in words and as JSON.
import { isPyc, type Pyc } from '../python/code/marshal/pyc.ts';
import type { MarshalError } from '../python/code/marshal/reader.ts';
import type { Input } from './inputs.ts';

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

/** What is wrong with a .pyc file, in words. */
export const problemText = ({ message, offset }: MarshalError): string => `${message}, at byte ${offset}`;

/** Whether what was read is a .pyc file: by its name, or by a header that no source can begin with. */
export const isPycInput = ({ name, bytes }: Input): boolean => name.endsWith('.pyc') || isPyc(bytes);
