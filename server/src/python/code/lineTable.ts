// Reads the three formats that tell where in the source code units come from (3.8 and 3.9's co_lnotab, 3.10's and
// 3.11's co_linetable) into one: ranges of bytes, each at one place. What they tell beyond the end of the code is left
// out. CPython: Objects/codeobject.c, advance_with_locations() and lineiter_next(); Lib/dis.py, findlinestarts().
import type { AssemblerDialect } from '../versions/assemblerDialect.ts';

/** Bytes of co_code that come from one place. Lines count from 1, columns are UTF-8 bytes from 0; -1: not told. */
export interface CodeRange {
  readonly start: number;
  readonly end: number;
  readonly lineno: number;
  readonly endLineno: number;
  readonly colOffset: number;
  readonly endColOffset: number;
}

/** Bytes of co_code that come from one line, or from none. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
  readonly lineno: number | null;
}

type Position = readonly [
  lineno: number | null,
  endLineno: number | null,
  colOffset: number | null,
  endColOffset: number | null,
];

/** What the tables of a code object are read with. */
export interface Located {
  readonly code: Uint8Array;
  readonly linetable: Uint8Array;
  readonly firstlineno: number;
}

/** The ranges of a code object's bytes, in order and without gaps, as its table has them. */
export function codeRanges(located: Located, { lineTable }: AssemblerDialect): CodeRange[] {
  switch (lineTable) {
    case 'lnotab':
      return readLnotab(located);
    case 'ranges':
      return readRanges(located);
    case 'locations':
      return readLocations(located);
  }
}

/** `co_lines()`: neighbours at one line are one, but in 3.11. */
export function linesOf(ranges: readonly CodeRange[], { joinsLines }: AssemblerDialect): LineRange[] {
  const result: LineRange[] = [];
  for (let i = 0; i < ranges.length;) {
    const { start, lineno } = ranges[i];
    let { end } = ranges[i];
    for (i++; joinsLines && i < ranges.length && ranges[i].lineno === lineno; i++) ({ end } = ranges[i]);
    result.push({ start, end, lineno: orNull(lineno) });
  }
  return result;
}

/** `co_positions()`: the place of each code unit. */
export function positionsOf(ranges: readonly CodeRange[]): Position[] {
  const result: Position[] = [];
  for (const { start, end, lineno, endLineno, colOffset, endColOffset } of ranges) {
    const position: Position = [orNull(lineno), orNull(endLineno), orNull(colOffset), orNull(endColOffset)];
    for (let offset = start; offset < end; offset += 2) result.push(position);
  }
  return result;
}

const orNull = (value: number): number | null => (value === -1 ? null : value);

const line = (start: number, end: number, lineno: number): CodeRange => ({
  start,
  end,
  lineno,
  endLineno: -1,
  colOffset: -1,
  endColOffset: -1,
});

const signed = (byte: number): number => (byte << 24) >> 24;

function readLnotab({ code, linetable, firstlineno }: Located): CodeRange[] {
  const result: CodeRange[] = [];
  let lineno = firstlineno;
  let start = 0;
  let end = 0;
  for (let i = 0; i + 1 < linetable.length; i += 2) {
    end += linetable[i];
    if (end >= code.length) break;
    if (linetable[i] > 0) {
      result.push(line(start, end, lineno));
      start = end;
    }
    lineno += signed(linetable[i + 1]);
  }
  if (start < code.length) result.push(line(start, code.length, lineno));
  return result;
}

/** In the place of a number of lines. */
const NO_LINE = -128;

function readRanges({ code, linetable, firstlineno }: Located): CodeRange[] {
  const result: CodeRange[] = [];
  let lineno = firstlineno;
  let start = 0;
  for (let i = 0; i + 1 < linetable.length && start < code.length; i += 2) {
    const lines = signed(linetable[i + 1]);
    if (lines !== NO_LINE) lineno += lines;
    const end = Math.min(start + linetable[i], code.length);
    if (end > start) result.push(line(start, end, lines === NO_LINE ? -1 : lineno));
    start = end;
  }
  return result;
}

/** Kinds of entries; 0 to 9 are short. CPython: _PyCodeLocationInfoKind. */
const ONE_LINE = 10;
const NO_COLUMNS = 13;
const LONG = 14;
const NONE = 15;

/** A place in a table. Past its end there are zeros: tables of files may be anything. */
class Cursor {
  at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    return this.at < this.bytes.length ? this.bytes[this.at++] : 0;
  }

  varint(): number {
    let read = this.byte();
    let value = read & 63;
    for (let shift = 6; (read & 64) !== 0; shift += 6) {
      read = this.byte();
      if (shift < 32) value |= (read & 63) << shift;
    }
    return value;
  }

  signedVarint(): number {
    const value = this.varint();
    return (value & 1) === 0 ? value >>> 1 : -(value >>> 1);
  }
}

function readLocations({ code, linetable, firstlineno }: Located): CodeRange[] {
  const result: CodeRange[] = [];
  const cursor = new Cursor(linetable);
  let current = firstlineno;
  let start = 0;
  while (!cursor.isAtEnd && start < code.length) {
    const first = cursor.byte();
    const kind = (first >> 3) & 15;
    const end = Math.min(start + ((first & 7) + 1) * 2, code.length);
    let lines = 0;
    let colOffset = -1;
    let endColOffset = -1;
    if (kind === LONG) {
      current += cursor.signedVarint();
      lines = cursor.varint();
      colOffset = cursor.varint() - 1;
      endColOffset = cursor.varint() - 1;
    } else if (kind === NO_COLUMNS) {
      current += cursor.signedVarint();
    } else if (kind >= ONE_LINE && kind < NO_COLUMNS) {
      current += kind - ONE_LINE;
      colOffset = cursor.byte();
      endColOffset = cursor.byte();
    } else if (kind < ONE_LINE) {
      const columns = cursor.byte();
      colOffset = (kind << 3) | (columns >> 4);
      endColOffset = colOffset + (columns & 15);
    }
    const lineno = kind === NONE ? -1 : current;
    const endLineno = kind === NONE ? -1 : current + lines;
    result.push({ start, end, lineno, endLineno, colOffset, endColOffset });
    start = end;
  }
  return result;
}
