// What a string token is made of before it has a value, and where the rare things are that make one slow to read.
// CPython: Parser/string_parser.c, _PyPegen_parse_string().
import type { Constant, FormattedValue, Interpolation } from '../ast/expressions.ts';

/** What the letters before a string's quotes say, and where its body is. */
export interface StringShape {
  readonly bytes: boolean;
  readonly raw: boolean;
  readonly formatted: boolean;
  /** The prefix is a small `u`, which Constant.kind remembers. */
  readonly u: boolean;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** Reads prefix and quotes of the STRING `text[start, end)`; a string that never ends has a body all the same. */
export function stringShape(text: string, start: number, end: number): StringShape {
  let i = start;
  let bytes = false;
  let raw = false;
  let formatted = false;
  for (; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22 || unit === 0x27) break;
    const letter = unit | 32;
    if (letter === 0x62) bytes = true;
    else if (letter === 0x72) raw = true;
    else if (letter === 0x66) formatted = true;
  }
  const quote = text.charCodeAt(i);
  const triple = i + 3 <= end && text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote;
  const size = triple && end - i >= 6 ? 3 : 1;
  const closed = text.charCodeAt(end - 1) === quote && end - size >= i + size;
  return {
    bytes,
    raw,
    formatted,
    u: text.charCodeAt(start) === 0x75,
    bodyStart: Math.min(i + size, end),
    bodyEnd: closed ? end - size : end,
  };
}

/** The parts of an f-string: text that is still being gathered, and what lies between. */
export type StringPart = Constant | FormattedValue | Interpolation;

/**
 * Whether something rare occurs within a range of the text, without a search for each range: remembers where the next
 * one is. Ranges mostly grow, but go back where the parser does.
 */
export class Occurrences {
  private from = 0;
  private next = -1;

  /** `find` gives the first at or after an offset, or -1. */
  constructor(private readonly find: (from: number) => number) {}

  within(start: number, end: number): boolean {
    if (start < this.from || start > this.next) {
      this.from = start;
      const found = this.find(start);
      this.next = found === -1 ? Infinity : found;
    }
    return this.next < end;
  }
}
