// .pyc files: a header of sixteen bytes that tells which CPython wrote the file and which source it is of, and the
// marshalled code object of the module. CPython: Lib/importlib/_bootstrap_external.py, _classify_pyc() and
// _code_to_timestamp_pyc(); PEP 552.
import type { AssemblerDialect } from '../../versions/assemblerDialect.ts';
import { TARGETS, targetOfMagic, type Target } from '../../versions/target.ts';
import type { WholeCode } from '../bytecode.ts';
import type { CodeFacts } from '../codeObject.ts';
import { readMarshal, type MarshalError } from './reader.ts';
import { sipHash } from './sipHash.ts';
import { writeMarshal, type MarshalOptions } from './writer.ts';

/** What a .pyc file knows of its source: when it was written, and its size; or its hash, which imports look at or not. */
export type SourceStamp =
  | {
      readonly mode: 'timestamp';
      /** Seconds since 1970, its low 32 bits. */
      readonly mtime: number;
      /** Bytes, its low 32 bits. */
      readonly size: number;
    }
  | {
      readonly mode: 'checked-hash' | 'unchecked-hash';
      /** Eight bytes. */
      readonly hash: Uint8Array;
    };

/** CPython: py_compile.PycInvalidationMode. */
export type InvalidationMode = SourceStamp['mode'];

export interface PycHeader {
  /** The number that the first two bytes are. */
  readonly magic: number;
  readonly flags: number;
  readonly stamp: SourceStamp;
}

/** A .pyc file. */
export interface Pyc {
  readonly header: PycHeader;
  /** The newest patch level of the version that wrote it: files do not tell which one it was. */
  readonly target: Target;
  readonly code: WholeCode;
}

export const HEADER_SIZE = 16;

const HASH_BASED = 1;
const CHECK_SOURCE = 2;

/** Whether bytes begin as .pyc files of these versions do, and no source does: it has no zeros. */
export const isPyc = (bytes: Uint8Array): boolean => 'header' in readHeader(bytes);

/** The header of a .pyc file of any of the versions; offsets of errors count bytes. */
export function readHeader(
  bytes: Uint8Array,
): { header: PycHeader; target: Target } | { error: MarshalError } {
  const fail = (message: string, offset: number): { error: MarshalError } => ({ error: { message, offset } });
  if (bytes.length < 4 || bytes[2] !== 0x0d || bytes[3] !== 0x0a)
    return fail('no .pyc file: bad magic number', 0);
  const magic = bytes[0] | (bytes[1] << 8);
  const target = targetOfMagic(magic);
  if (!target) {
    const known = `${TARGETS[0].series} to ${TARGETS[TARGETS.length - 1].series}`;
    return fail(`the magic number ${magic} is of no release of CPython ${known}`, 0);
  }
  if (bytes.length < HEADER_SIZE) return fail('reached EOF while reading pyc header', bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint32(4, true);
  if ((flags & ~(HASH_BASED | CHECK_SOURCE)) !== 0) return fail(`invalid flags 0x${flags.toString(16)}`, 4);
  const stamp: SourceStamp =
    (flags & HASH_BASED) === 0
      ? { mode: 'timestamp', mtime: view.getUint32(8, true), size: view.getUint32(12, true) }
      : {
          mode: (flags & CHECK_SOURCE) === 0 ? 'unchecked-hash' : 'checked-hash',
          hash: Uint8Array.from(bytes.subarray(8, HEADER_SIZE)),
        };
  return { header: { magic, flags, stamp }, target };
}

/** Reads a .pyc file of any of the versions, whatever the bytes are; what follows the code object is not looked at. */
export function readPyc(bytes: Uint8Array): Pyc | { error: MarshalError } {
  const read = readHeader(bytes);
  if ('error' in read) return read;
  const { header, target } = read;
  const result = readMarshal(bytes, target.dialect.assembler, HEADER_SIZE);
  return 'error' in result ? result : { header, target, code: result.code };
}

/** The bytes of a .pyc file; undefined if a code object has no bytecode. */
export function writePyc<Code extends CodeFacts>(
  code: Code,
  stamp: SourceStamp,
  options: MarshalOptions<Code>,
): Uint8Array | undefined {
  const data = writeMarshal(code, options);
  if (!data) return undefined;
  const bytes = new Uint8Array(HEADER_SIZE + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, rawMagic(options.dialect.magic), true);
  view.setUint32(4, flagsOf(stamp), true);
  if (stamp.mode === 'timestamp') {
    view.setUint32(8, stamp.mtime, true);
    view.setUint32(12, stamp.size, true);
  } else bytes.set(stamp.hash, 8);
  bytes.set(data, HEADER_SIZE);
  return bytes;
}

function flagsOf({ mode }: SourceStamp): number {
  switch (mode) {
    case 'timestamp':
      return 0;
    case 'unchecked-hash':
      return HASH_BASED;
    case 'checked-hash':
      return HASH_BASED | CHECK_SOURCE;
  }
}

/** The hash of a source, eight bytes. CPython: importlib.util.source_hash(). */
export function sourceHash(source: Uint8Array, { magic, sourceHashRounds }: AssemblerDialect): Uint8Array {
  return sipHash(rawMagic(magic), source, sourceHashRounds);
}

/** The first four bytes as a number. */
const rawMagic = (magic: number): number => (magic | 0x0a0d0000) >>> 0;
