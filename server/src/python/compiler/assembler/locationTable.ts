// co_linetable from 3.11 on: lines and columns of code units, an entry for at most eight of them.
// CPython: Python/assemble.c, assemble_location_info(); the format is told in InternalDocs/code_objects.md.
import { ByteWriter } from '../../code/byteWriter.ts';
import type { AssemblerDialect } from '../../versions/assemblerDialect.ts';
import { Has, type OpcodeTable } from '../../versions/opcodes/opcodeTable.ts';
import type { Instruction } from '../unit/instructions.ts';
import { NEXT_LOCATION, NO_LOCATION, sameLocation, type Location } from '../unit/location.ts';
import type { Layout } from './layout.ts';

/** The kinds of entries. CPython: _PyCodeLocationInfoKind. Kinds 0 to 9 are short: column and width in one byte. */
const ONE_LINE = 10;
const NO_COLUMNS = 13;
const LONG = 14;
const NONE = 15;

/** More than any entry takes: a first byte and four numbers of up to six bytes. */
const MAX_ENTRY = 25;
const MAX_UNITS = 8;

const writer = new ByteWriter(1024);

/** Writes a number in groups of six bits, the lowest first; gives where it ends. */
function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value >>> 0;
  while (rest >= 64) {
    bytes[at++] = 64 | (rest & 63);
    rest >>>= 6;
  }
  bytes[at++] = rest;
  return at;
}

/** The sign is the lowest bit. */
const writeSignedVarint = (bytes: Uint8Array, at: number, value: number): number =>
  writeVarint(bytes, at, value < 0 ? (-value << 1) | 1 : value << 1);

/** Writes an entry; gives the line that the next one counts from. CPython: write_location_info_entry(). */
function writeEntry(location: Location, units: number, before: number): number {
  const bytes = writer.reserve(MAX_ENTRY);
  const { lineno, endLineno, colOffset, endColOffset } = location;
  const delta = lineno - before;
  const low = 0x80 | (units - 1);
  let at = writer.length;
  if (colOffset < 0 || endColOffset < 0) {
    if (endLineno === lineno || endLineno < 0) {
      bytes[at] = low | (NO_COLUMNS << 3);
      writer.length = writeSignedVarint(bytes, at + 1, delta);
      return lineno;
    }
  } else if (endLineno === lineno) {
    if (delta === 0 && colOffset < 80 && endColOffset - colOffset < 16 && endColOffset >= colOffset) {
      bytes[at] = low | (colOffset & ~7);
      bytes[at + 1] = ((colOffset & 7) << 4) | (endColOffset - colOffset);
      writer.length = at + 2;
      return lineno;
    }
    if (delta >= 0 && delta < 3 && colOffset < 128 && endColOffset < 128) {
      bytes[at] = low | ((ONE_LINE + delta) << 3);
      bytes[at + 1] = colOffset;
      bytes[at + 2] = endColOffset;
      writer.length = at + 3;
      return lineno;
    }
  }
  bytes[at] = low | (LONG << 3);
  at = writeSignedVarint(bytes, at + 1, delta);
  at = writeVarint(bytes, at, endLineno - lineno);
  at = writeVarint(bytes, at, colOffset + 1);
  writer.length = writeVarint(bytes, at, endColOffset + 1);
  return lineno;
}

/** Gives instructions that belong where the next one does its place; at an exit there is none. */
function placeNext(instructions: readonly Instruction[], table: OpcodeTable): void {
  const terminator = Has.ScopeExit | Has.Unconditional;
  let next = NO_LOCATION;
  for (let i = instructions.length - 1; i >= 0; i--) {
    const instruction = instructions[i];
    if (instruction.location.lineno === NEXT_LOCATION.lineno) {
      instruction.location = (table.flags[instruction.op] & terminator) !== 0 ? NO_LOCATION : next;
    }
    next = instruction.location;
  }
}

/** The location table of instructions that have been laid out; it changes `location` of those at NEXT_LOCATION. */
export function locationTable(
  instructions: readonly Instruction[],
  { offsets }: Layout,
  firstlineno: number,
  table: OpcodeTable,
  dialect: AssemblerDialect,
): Uint8Array {
  if (dialect.placesNextLocation) placeNext(instructions, table);
  const { length } = instructions;
  const { joinsLocations } = dialect;
  const lastMissing = dialect.missingLine === 'negative' ? -Infinity : -1;
  let line = firstlineno;
  for (let i = 0; i < length;) {
    const { location } = instructions[i];
    let end = i + 1;
    if (joinsLocations) while (end < length && sameLocation(location, instructions[end].location)) end++;
    const { lineno } = location;
    const isMissing = lineno < 0 && lineno >= lastMissing;
    for (let units = offsets[end] - offsets[i]; units > 0; units -= MAX_UNITS) {
      const some = units < MAX_UNITS ? units : MAX_UNITS;
      if (isMissing) writer.reserve(1)[writer.length++] = 0x80 | (NONE << 3) | (some - 1);
      else line = writeEntry(location, some, line);
    }
    i = end;
  }
  return writer.take();
}
