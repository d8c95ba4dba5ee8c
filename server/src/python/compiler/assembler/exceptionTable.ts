// co_exceptiontable, 3.11 and later: for a range of code units the handler of its exceptions, the depth that the stack
// is cut to, and whether the offset of what raised is pushed. CPython: Python/assemble.c, assemble_exception_table().
import { ByteWriter } from '../../code/byteWriter.ts';
import type { BasicBlock, Instruction } from '../unit/instructions.ts';
import type { Layout } from './layout.ts';

/** Four numbers of up to five bytes. */
const MAX_ENTRY = 20;
/** An entry begins at a byte with this bit. */
const FIRST = 0x80;
const CONTINUED = 0x40;
const NOTHING = new Uint8Array(0);

const writer = new ByteWriter(256);

/** Writes a number in groups of six bits, the highest first. */
function writeItem(bytes: Uint8Array, value: number, first: number): void {
  for (let shift = 24; shift > 0; shift -= 6) {
    if (value >= 1 << shift) {
      bytes[writer.length++] = ((value >> shift) & 0x3f) | CONTINUED | first;
      first = 0;
    }
  }
  bytes[writer.length++] = (value & 0x3f) | first;
}

function writeEntry(start: number, end: number, handler: BasicBlock, offsets: Int32Array): void {
  const bytes = writer.reserve(MAX_ENTRY);
  const depth = handler.startDepth - (handler.preservesLasti ? 2 : 1);
  writeItem(bytes, start, FIRST);
  writeItem(bytes, end - start, 0);
  writeItem(bytes, offsets[handler.index], 0);
  writeItem(bytes, (depth << 1) | (handler.preservesLasti ? 1 : 0), 0);
}

/** The exception table of instructions that have been laid out. */
export function exceptionTable(instructions: readonly Instruction[], { offsets }: Layout): Uint8Array {
  let handler: BasicBlock | null = null;
  let start = 0;
  for (let i = 0; i < instructions.length; i++) {
    const next = instructions[i].handler;
    if (next === handler) continue;
    if (handler !== null) writeEntry(start, offsets[i], handler, offsets);
    start = offsets[i];
    handler = next;
  }
  if (handler !== null) writeEntry(start, offsets[instructions.length], handler, offsets);
  return writer.length === 0 ? NOTHING : writer.take();
}
