// Where lines begin, and what column an offset is: the one place that turns UTF-16 offsets into CPython's
// lineno and col_offset (UTF-8 bytes). Lines end at \n, \r\n and \r, as CPython's newline translation has it.

/** Line starts of a text; lines are numbered from 1, columns from 0. */
export class LineIndex {
  /** Offset of each line's first code unit, UTF-16; `starts[0]` is 0. */
  readonly starts: Int32Array;
  /** Whether every character is ASCII: then UTF-8 and UTF-16 columns are the same. */
  readonly ascii: boolean;

  constructor(readonly text: string) {
    let starts = new Int32Array(Math.max(16, text.length >> 4));
    let count = 1;
    let union = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      union |= unit;
      if (unit !== 10 && unit !== 13) continue;
      if (unit === 13 && text.charCodeAt(i + 1) === 10) i++;
      if (count === starts.length) {
        const larger = new Int32Array(count * 2);
        larger.set(starts);
        starts = larger;
      }
      starts[count++] = i + 1;
    }
    this.starts = starts.subarray(0, count);
    this.ascii = union < 0x80;
  }

  /** The line, from 1, that holds a UTF-16 offset. Binary search. */
  lineno(offset: number): number {
    const { starts } = this;
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** CPython's col_offset: UTF-8 bytes between the start of the offset's line and the offset. */
  colOffset(offset: number): number {
    const start = this.starts[this.lineno(offset) - 1];
    return this.ascii ? offset - start : utf8Length(this.text, start, offset);
  }
}

/** The bytes that `text[start, end)` takes in UTF-8; a lone surrogate counts three, as with "surrogatepass". */
export function utf8Length(text: string, start: number, end: number): number {
  let length = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length++;
    else if (unit < 0x800) length += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < end && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length += 4;
      i++;
    } else length += 3;
  }
  return length;
}
