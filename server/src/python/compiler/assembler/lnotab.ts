// co_lnotab, 3.8 and 3.9: pairs of bytes, by how many bytes of code and by how many lines the next line is further.
// CPython: Python/compile.c, assemble_lnotab(); the format is told in Objects/lnotab_notes.txt.
import { ByteWriter } from '../../code/byteWriter.ts';
import type { Instruction } from '../unit/instructions.ts';
import type { Layout } from './layout.ts';

const MAX_BYTES = 255;
const MAX_LINES = 127;
const MIN_LINES = -128;

const writer = new ByteWriter(256);

function writePair(bytes: number, lines: number): void {
  const buffer = writer.reserve(2);
  buffer[writer.length++] = bytes;
  buffer[writer.length++] = lines;
}

/** Writes the step to another line. What is too far for a pair is divided, so that the last pair may have nothing left. */
function writeStep(bytes: number, lines: number): void {
  if (bytes > MAX_BYTES) {
    for (; bytes >= MAX_BYTES; bytes -= MAX_BYTES) writePair(MAX_BYTES, 0);
  }
  if (lines < MIN_LINES || lines > MAX_LINES) {
    const most = lines < 0 ? MIN_LINES : MAX_LINES;
    for (; Math.abs(lines) >= Math.abs(most); lines -= most, bytes = 0) writePair(bytes, most);
  }
  writePair(bytes, lines);
}

/**
 * The line table of instructions that have been laid out. An instruction without line belongs to the one before;
 * `repeats`: one that tells the line of those before it has an entry nevertheless.
 */
export function lnotab(
  instructions: readonly Instruction[],
  { offsets }: Layout,
  firstlineno: number,
  repeats: boolean,
): Uint8Array {
  let line = firstlineno;
  let from = 0;
  for (let i = 0; i < instructions.length; i++) {
    const { lineno } = instructions[i].location;
    if (lineno <= 0 || (lineno === line && !(repeats && offsets[i] > from))) continue;
    writeStep((offsets[i] - from) * 2, lineno - line);
    line = lineno;
    from = offsets[i];
  }
  return writer.take();
}
