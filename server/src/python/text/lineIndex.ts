// Where lines begin, and what column an offset is: the one place that turns UTF-16 offsets into CPython's
// lineno and col_offset (UTF-8 bytes). Lines end at \n, \r\n and \r, as CPython's newline translation has it.

const NOT_ASCII = /[\u0080-\uffff]/;

function indexFrom(text: string, char: string, from: number): number {
  const index = text.indexOf(char, from);
  return index < 0 ? Infinity : index;
}

/** Line starts of a text; lines are numbered from 1, columns from 0. */
export class LineIndex {
  /** Offset of each line's first code unit, UTF-16; `starts[0]` is 0. */
  readonly starts: Int32Array;
  /** Whether every character is ASCII: then UTF-8 and UTF-16 columns are the same. */
  readonly ascii: boolean;

  /** The line that was asked for last, from 0: most questions are about it or its neighbour. */
  private recent = 0;
  /** By line, from 0: 1 if it has a character that is not ASCII. Made when a column is first asked for. */
  private wide: Uint8Array | undefined;
  /** See `checkpointsOf`; made when a long line is first asked about. */
  private checkpoints: Int32Array | undefined;

  constructor(readonly text: string) {
    let starts = new Int32Array(Math.max(16, text.length >> 4));
    let count = 1;
    // What the engine looks for itself is found several times as fast as what is looked at character by character.
    let lineFeed = indexFrom(text, '\n', 0);
    let carriageReturn = indexFrom(text, '\r', 0);
    for (;;) {
      const end = Math.min(lineFeed, carriageReturn);
      if (end === Infinity) break;
      const start = carriageReturn + 1 === lineFeed ? lineFeed + 1 : end + 1;
      if (count === starts.length) {
        const larger = new Int32Array(count * 2);
        larger.set(starts);
        starts = larger;
      }
      starts[count++] = start;
      if (lineFeed < start) lineFeed = indexFrom(text, '\n', start);
      if (carriageReturn < start) carriageReturn = indexFrom(text, '\r', start);
    }
    this.starts = starts.subarray(0, count);
    this.ascii = !NOT_ASCII.test(text);
  }

  /** The line, from 1, that holds a UTF-16 offset. Binary search, unless it is the last answer or the line after it. */
  lineno(offset: number): number {
    const { starts } = this;
    const count = starts.length;
    let low = 0;
    let high = count;
    const { recent } = this;
    if (starts[recent] <= offset) {
      if (recent + 1 >= count || offset < starts[recent + 1]) return recent + 1;
      if (recent + 2 >= count || offset < starts[recent + 2]) return (this.recent = recent + 1) + 1;
      low = recent + 2;
    } else high = recent;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    this.recent = low;
    return low + 1;
  }

  /**
   * CPython's col_offset: UTF-8 bytes between the start of the offset's line and the offset. However long the line is,
   * that takes no more than a few steps.
   */
  colOffset(offset: number): number {
    return this.columnIn(this.lineno(offset), offset);
  }

  /** The same where the offset's line, from 1, is known. */
  columnIn(lineno: number, offset: number): number {
    const start = this.starts[lineno - 1];
    if (this.ascii || (this.wide ??= wideLines(this))[lineno - 1] === 0) return offset - start;
    return offset - start <= STRIDE
      ? utf8Length(this.text, start, offset)
      : this.bytesTo(offset) - this.bytesTo(start);
  }

  /** The UTF-16 offset of a line, from 1, and a UTF-8 column in it; the line's end for a column beyond. */
  offsetOf(lineno: number, colOffset: number): number {
    const { starts, text } = this;
    const start = starts[lineno - 1];
    const end = lineno < starts.length ? starts[lineno] : text.length;
    if (this.ascii) return Math.min(start + colOffset, end);
    let at = start;
    let left = colOffset;
    if (colOffset > STRIDE) {
      const bytes = this.bytesTo(start) + colOffset;
      const checkpoint = lastUpTo(this.checkpoints!, bytes);
      if (checkpoint << STRIDE_BITS > start) {
        at = checkpoint << STRIDE_BITS;
        left = bytes - this.checkpoints![checkpoint];
      }
    }
    while (at < end && left > 0) {
      const next = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
      left -= utf8Length(text, at, next);
      at = next;
    }
    return at;
  }

  /** The UTF-8 bytes of the text before an offset. */
  private bytesTo(offset: number): number {
    this.checkpoints ??= checkpointsOf(this.text);
    const at = Math.min(offset, this.text.length) >> STRIDE_BITS;
    return this.checkpoints[at] + utf8Length(this.text, at << STRIDE_BITS, offset);
  }
}

function wideLines({ text, starts }: LineIndex): Uint8Array {
  const wide = new Uint8Array(starts.length);
  const wanted = new RegExp(NOT_ASCII, 'g');
  let line = 0;
  for (let found = wanted.exec(text); found; found = wanted.exec(text)) {
    while (line + 1 < starts.length && starts[line + 1] <= found.index) line++;
    wide[line++] = 1;
    if (line === starts.length) break;
    wanted.lastIndex = starts[line];
  }
  return wide;
}

const STRIDE_BITS = 7;
const STRIDE = 1 << STRIDE_BITS;

/**
 * How many UTF-8 bytes the text has before every offset that is a multiple of STRIDE. Where that is between the halves
 * of a surrogate pair, the first half counts one: `utf8Length` counts three for the second.
 */
function checkpointsOf(text: string): Int32Array {
  const checkpoints = new Int32Array((text.length >> STRIDE_BITS) + 1);
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    if ((i & (STRIDE - 1)) === 0) checkpoints[i >> STRIDE_BITS] = bytes;
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes++;
    else if (unit < 0x800) bytes += 2;
    else bytes += (unit & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00 ? 1 : 3;
  }
  if ((text.length & (STRIDE - 1)) === 0) checkpoints[text.length >> STRIDE_BITS] = bytes;
  return checkpoints;
}

/** The index of the last number that is not above `most`; numbers ascend. */
function lastUpTo(numbers: Int32Array, most: number): number {
  let low = 0;
  let high = numbers.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] <= most) low = middle;
    else high = middle;
  }
  return low;
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
