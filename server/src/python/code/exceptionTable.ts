// Reads co_exceptiontable, 3.11 and later. CPython: Lib/dis.py, _parse_exception_table(); the format is told in
// InternalDocs/exception_handling.md.

/** Where exceptions that are raised in `[start, end)` are handled. Offsets count bytes. */
export interface ExceptionEntry {
  readonly start: number;
  readonly end: number;
  readonly target: number;
  /** How many values stay on the stack. */
  readonly depth: number;
  /** Whether the offset of the instruction that raised is pushed before the exception. */
  readonly lasti: boolean;
}

/** The entries of an exception table; one that is cut short at the end is left out. */
export function readExceptionTable(table: Uint8Array): ExceptionEntry[] {
  const result: ExceptionEntry[] = [];
  let at = 0;
  const item = (): number => {
    let byte = table[at++];
    let value = byte & 63;
    while ((byte & 64) !== 0 && at < table.length) {
      byte = table[at++];
      value = (value << 6) | (byte & 63);
    }
    return value;
  };
  while (at < table.length) {
    const start = item() * 2;
    const end = start + item() * 2;
    const target = item() * 2;
    if (at >= table.length) break;
    const depthAndLasti = item();
    result.push({ start, end, target, depth: depthAndLasti >> 1, lasti: (depthAndLasti & 1) !== 0 });
  }
  return result;
}
