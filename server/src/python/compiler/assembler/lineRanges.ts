// 3.10's co_linetable (PEP 626): pairs of bytes, how long a range of code is and by how many lines it is further.
// CPython: Python/compile.c, assemble_line_range(); the format is told in Objects/lnotab_notes.txt.
import { ByteWriter } from '../../code/byteWriter.ts';
import type { Instruction } from '../unit/instructions.ts';
import type { Layout } from './layout.ts';

const MAX_BYTES = 254;
const MAX_LINES = 127;
/** In the place of a number of lines: the range has no line. */
const NO_LINE = -128;

const writer = new ByteWriter(256);

function writePair(bytes: number, lines: number): void {
  const buffer = writer.reserve(2);
  buffer[writer.length++] = bytes;
  buffer[writer.length++] = lines;
}

/** Writes the range of a line; gives the line that the next one counts from. */
function writeRange(bytes: number, line: number, before: number): number {
  let lines = line < 0 ? NO_LINE : line - before;
  if (line >= 0) {
    for (; lines > MAX_LINES; lines -= MAX_LINES) writePair(0, MAX_LINES);
    for (; lines < -MAX_LINES; lines += MAX_LINES) writePair(0, -MAX_LINES);
  }
  for (; bytes > MAX_BYTES; bytes -= MAX_BYTES) {
    writePair(MAX_BYTES, lines);
    if (line >= 0) lines = 0;
  }
  writePair(bytes, lines);
  return line < 0 ? before : line;
}

/** Whether an instruction belongs to a line, or to line 0, which is none. CPython: assemble_lnotab(). */
const isIn = (line: number, { location: { lineno } }: Instruction): boolean =>
  lineno === line || lineno === 0;

/** The line table of instructions that have been laid out. */
export function lineRanges(
  instructions: readonly Instruction[],
  { offsets }: Layout,
  firstlineno: number,
): Uint8Array {
  let before = firstlineno;
  for (let i = 0; i < instructions.length;) {
    const lineno = instructions[i].location.lineno || firstlineno;
    let end = i + 1;
    while (end < instructions.length && isIn(lineno, instructions[end])) end++;
    before = writeRange((offsets[end] - offsets[i]) * 2, lineno, before);
    i = end;
  }
  return writer.take();
}
