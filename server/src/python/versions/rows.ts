// The mechanics behind every dialect section: rows by version, each made from the one before it.

/** From which release on some rows hold; `[13]` is 3.13.0, `[13, 4]` 3.13.4. Rows before 3.8 are the base. */
export interface Change<Rows> {
  readonly since: readonly [minor: number, patch?: number];
  /** Before this release they no longer hold; a patch level of the same minor version. */
  readonly until?: readonly [minor: number, patch?: number];
  readonly rows: Partial<Rows>;
}

const reached = (minor: number, patch: number, [m, p = 0]: readonly [number, number?]): boolean =>
  minor > m || (minor === m && patch >= p);

/** The rows of 3.`minor`.`patch`: those of 3.8, with each change that has happened by then spread over them. */
export function rowsAt<Rows extends object>(
  base: Rows,
  changes: readonly Change<Rows>[],
  minor: number,
  patch: number,
): Readonly<Rows> {
  const result = { ...base };
  for (const { since, until, rows } of changes) {
    if (!reached(minor, patch, since)) continue;
    if (until && reached(minor, patch, until)) continue;
    Object.assign(result, rows);
  }
  return Object.freeze(result);
}
