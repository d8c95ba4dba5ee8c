// What a pass says of a source that CPython would refuse. Errors are values: passes collect them and go on.

/** CPython's exception types for sources that do not compile. */
export type SyntaxErrorType =
  | 'SyntaxError'
  | 'IndentationError'
  | 'TabError'
  | 'UnicodeDecodeError'
  | 'UnicodeEncodeError'
  | 'ValueError'
  | 'RecursionError'
  | 'MemoryError'
  | 'OverflowError'
  /** CPython breaks down: a bug of its own, not of the source. */
  | 'SystemError';

/**
 * A refusal, in CPython's words. `start` and `end` are UTF-16 offsets, for the editor. `position` is what
 * CPython reports where that is not what the offsets give: lineno from 1, offsets from 1 in code points.
 */
export interface SourceError {
  readonly type: SyntaxErrorType;
  readonly msg: string;
  readonly start: number;
  readonly end: number;
  readonly position?: ReportedPosition;
  /** CPython reports columns in bytes of UTF-8 (from 1, as those in characters are). `position` has characters then. */
  readonly inBytes?: boolean;
}

/** The last line of the exception's traceback: what has no words is its type alone. CPython: traceback.py, _format_final_exc_line() */
export const exceptionLine = ({ type, msg }: SourceError): string => (msg === '' ? type : `${type}: ${msg}`);

export interface ReportedPosition {
  readonly lineno?: number;
  readonly offset?: number;
  readonly end_lineno?: number;
  readonly end_offset?: number;
}
