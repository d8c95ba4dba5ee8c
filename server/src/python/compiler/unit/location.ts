// Where in the source an instruction comes from, as the location table keeps it.
// CPython: _Py_SourceLocation in Include/internal/pycore_symtable.h.

/** A range of the source: lines from 1, columns in UTF-8 bytes from 0; -1 where there is none. */
export class Location {
  constructor(
    readonly lineno: number,
    readonly endLineno: number,
    readonly colOffset: number,
    readonly endColOffset: number,
  ) {}
}

/** An instruction that belongs to no line. CPython: NO_LOCATION. */
export const NO_LOCATION = new Location(-1, -1, -1, -1);

/** Up to 3.10, what comes before the first statement: a line that is none, and that of the instruction before in tables. */
export const LINE_ZERO = new Location(0, 0, 0, 0);

/**
 * What belongs to no line from 3.12 on, and before to that of what has been generated last, which another statement may
 * have left behind.
 */
export const LAST_LOCATION = new Location(-1, -1, -1, -1);

/** An instruction that belongs where the next one does. CPython: NEXT_LOCATION. */
export const NEXT_LOCATION = new Location(-2, -2, -2, -2);

/** Whether two locations are equal in all four parts. CPython: same_location(). */
export const sameLocation = (a: Location, b: Location): boolean =>
  a === b ||
  (a.lineno === b.lineno &&
    a.endLineno === b.endLineno &&
    a.colOffset === b.colOffset &&
    a.endColOffset === b.endColOffset);
