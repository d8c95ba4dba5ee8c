// Damaged .pyc files: bytes changed, ends cut off, lengths that are not so, types and pieces exchanged, things nested
// deep, references to what refers to itself. The same for the same seed and number.
import fs from 'node:fs';
import path from 'node:path';
import { wholeCodeJson } from '../../server/src/python/code/dump.ts';
import { readPyc, writePyc } from '../../server/src/python/code/marshal/pyc.ts';
import { codeOfFile } from '../../server/src/features/codeObject/fileView.ts';
import { verify } from '../../server/src/features/verify/verify.ts';
import { analyzeBytes } from '../../server/src/python/index.ts';
import { TARGETS } from '../../server/src/python/versions/target.ts';
import { randomNumbers } from '../oracle/mutations.ts';

/** A whole file and its source. */
export interface WholeFile {
  readonly bytes: Uint8Array;
  readonly source: Uint8Array;
}

const SCRIPTS = path.join(import.meta.dirname, '../oracle/python');

/** Sources of our own, as each version would have them compiled. */
export function wholeFiles(): WholeFile[] {
  const files: WholeFile[] = [];
  const names = fs.readdirSync(SCRIPTS).filter(name => name.endsWith('.py'));
  for (const target of TARGETS) {
    for (const name of names) {
      const source = fs.readFileSync(path.join(SCRIPTS, name));
      const analysis = analyzeBytes(source, target).generateAll();
      const dialect = target.dialect.assembler;
      const stamp = { mode: 'timestamp', mtime: 1, size: source.length } as const;
      const options = { dialect, bytecode: analysis.bytecode.bind(analysis), filename: name };
      const bytes = analysis.errors.length === 0 && writePyc(analysis.code, stamp, options);
      if (bytes) files.push({ bytes, source });
    }
  }
  return files;
}

export interface Damaged {
  readonly kind: string;
  readonly bytes: Uint8Array;
  readonly source: Uint8Array;
}

type Below = (bound: number) => number;

const TYPES = Buffer.from('0NFTS.iIfgxylstr([{}cu<>aA)zZ:');
const LENGTHS = [0x7fffffff, 0xffffffff, 0x80000000, 0x00ffffff, 0x10000, 256];

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

/** Each takes the bytes after the header. */
const DAMAGES: Readonly<Record<string, (bytes: Uint8Array, below: Below, other: Uint8Array) => Uint8Array>> =
  {
    bytes(bytes, below) {
      const result = Uint8Array.from(bytes);
      for (let i = below(8); i >= 0; i--) result[below(result.length)] = below(256);
      return result;
    },
    end: (bytes, below) => bytes.subarray(0, below(bytes.length)),
    length(bytes, below) {
      const result = Uint8Array.from(bytes);
      const at = below(result.length - 4);
      new DataView(result.buffer).setUint32(at, LENGTHS[below(LENGTHS.length)], true);
      return result;
    },
    type(bytes, below) {
      const result = Uint8Array.from(bytes);
      for (let tries = 0; tries < 200; tries++) {
        const at = below(result.length);
        if (!TYPES.includes(result[at] & 0x7f)) continue;
        result[at] = TYPES[below(TYPES.length)] | (below(2) * 0x80);
        break;
      }
      return result;
    },
    piece(bytes, below, other) {
      const [from, at] = [below(other.length), below(bytes.length)];
      return joined(
        bytes.subarray(0, at),
        other.subarray(from, from + below(400)),
        bytes.subarray(at + below(400)),
      );
    },
    depth(bytes, below) {
      const at = below(bytes.length);
      // Tuples, a frozenset, a slice, a code object: each the beginning of what would hold the next.
      const openings = ['a901', '2901', '2801000000', '3e01000000', '3a', 'e3'].map(text =>
        Buffer.from(text, 'hex'),
      );
      const opening = openings[below(openings.length)];
      const times = below(6000);
      return joined(
        bytes.subarray(0, at),
        ...Array.from({ length: times }, () => opening),
        bytes.subarray(at),
      );
    },
    /** Tuples of the one before, twice: each doubles what there is when references are followed. */
    references(bytes, below) {
      const at = below(bytes.length);
      const parts: Uint8Array[] = [];
      const first = below(40);
      for (let i = 0, end = below(60); i < end; i++) {
        const tuple = Buffer.from('a9027200000000' + '7200000000', 'hex');
        tuple.writeUInt32LE(first + i, 3);
        tuple.writeUInt32LE(first + i, 8);
        parts.push(tuple);
      }
      return joined(bytes.subarray(0, at), ...parts, bytes.subarray(at));
    },
  };

const KINDS = Object.keys(DAMAGES);
const HEADER = 16;

/** The input of a number. */
export function damagedFile(seed: number, index: number, files: readonly WholeFile[]): Damaged {
  const below = randomNumbers(seed * 1_000_003 + index);
  const { bytes, source } = files[below(files.length)];
  const kind = KINDS[index % KINDS.length];
  const other = files[below(files.length)].bytes.subarray(HEADER);
  const damaged = DAMAGES[kind](bytes.subarray(HEADER), below, other);
  return { kind, bytes: joined(bytes.subarray(0, HEADER), damaged), source };
}

/** Reads a file, and prints and compares what was read; returns whether it is still one. */
export function examinePyc({ bytes, source }: Damaged): boolean {
  const pyc = readPyc(bytes);
  if ('error' in pyc) {
    if (pyc.error.message === '' || pyc.error.offset > bytes.length)
      throw new Error('an error without a place');
    return false;
  }
  let count = 0;
  for (const { code } of codeOfFile(pyc)) count += code.code.length;
  const json = wholeCodeJson(pyc.code, { target: pyc.target, bytecode: one => one });
  if (json === undefined || json.length < count) throw new Error('code objects are missing in the dump');
  JSON.stringify(verify(pyc, { bytes: source }, [0]));
  return true;
}
