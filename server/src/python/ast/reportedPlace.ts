// Where CPython places a node, if that is not its true place: nodes in f-strings before PEP 701.

/** Lines from 1, columns in UTF-8 bytes from 0. */
export interface ReportedPlace {
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
}
