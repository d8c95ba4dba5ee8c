// The tokenizer's errors as it meets them: each with the token at which it strikes and the position that CPython reports.
import { LineIndex, utf8Length } from '../text/lineIndex.ts';
import type { ReportedPosition, SourceError } from '../text/syntaxError.ts';
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';
import type { Refusal } from './messages.ts';

/** A refusal of the tokenizer, and the token that CPython's parser asks for when it is raised. */
export interface TokenizerError extends SourceError {
  /** Index of the first token that CPython never gets to see. */
  readonly token: number;
}

/** CPython raises the first and is done. More than these few help nobody. */
const MAX_ERRORS = 20;

/**
 * Collects refusals. Their positions are those of the whole text, unless it is an expression that is tokenized by
 * itself: CPython sees that in parentheses of its own, so that lines count from its start and columns from one before it.
 */
export class Refusals {
  readonly errors: TokenizerError[] = [];
  private lines: LineIndex | undefined = undefined;

  constructor(
    private readonly text: string,
    private readonly dialect: TokenizerDialect,
    /** Where the expression begins that is tokenized by itself. */
    private readonly expressionStart: number | undefined,
    /** The tokenize module asks, which reports some refusals in another place than the parser. */
    private readonly forTokenizeModule: boolean,
  ) {}

  /** There are enough: no more are kept, and to place one in a long line takes time. */
  private get full(): boolean {
    return this.errors.length >= MAX_ERRORS;
  }

  /** The line, from 1, that holds an offset. */
  lineno(offset: number): number {
    const { lineIndex, expressionStart } = this;
    const first = expressionStart === undefined ? 1 : lineIndex.lineno(expressionStart);
    return lineIndex.lineno(offset) - first + 1;
  }

  /** The line that CPython is in when it has read all before an offset: a line break belongs to the line it ends. */
  linenoBefore(offset: number): number {
    const line = this.lineno(Math.max(0, offset - 1));
    return this.hasEmptyLineMore(offset) ? line + 1 : line;
  }

  /** Whether an offset is the end of a text to which CPython adds a line break that it does not need. */
  hasEmptyLineMore(offset: number): boolean {
    return this.dialect.finalCrlfCountsTwice && offset === this.text.length && this.text.endsWith('\r\n');
  }

  /**
   * A refusal in the middle of a line, of which CPython has read all before `read`: it reports the last character read.
   *
   * CPython: Parser/tokenizer/helpers.c, _PyTokenizer_syntaxerror()
   *
   * @param start and `end` are for the editor; `line` is an offset in the line that is reported
   */
  at(refusal: Refusal, token: number, start: number, end: number, read: number, line = start): void {
    if (this.full) return;
    if (this.errors.length >= MAX_ERRORS) return;
    const offset = this.characters(this.lineStart(line), read);
    this.add(refusal, token, start, end, this.position(line, offset, offset));
  }

  /** A refusal of a range of a line. CPython: _PyTokenizer_syntaxerror_known_range() */
  range(refusal: Refusal, token: number, start: number, end: number, rangeEnd: number): void {
    if (this.full) return;
    const lineStart = this.lineStart(start);
    const column = this.dialect.knownRangeInBytes
      ? (offset: number): number => utf8Length(this.text, lineStart, offset) + this.indent(lineStart)
      : (offset: number): number => this.characters(lineStart, offset);
    this.add(refusal, token, start, end, this.position(start, column(start) + 1, column(rangeEnd)));
  }

  /**
   * A refusal that the parser reports by a column of the tokenizer's line. CPython: tokenizer_error()
   *
   * @param readTo the offset whose column it is, counted from `bufferStart`, where the lines begin that CPython's
   * tokenizer holds
   */
  inLine(
    refusal: Refusal,
    token: number,
    start: number,
    end: number,
    readTo: number,
    bufferStart: number,
  ): void {
    if (this.full) return;
    const column = this.characters(bufferStart, readTo);
    if (this.dialect.lineRefusalsAtEnd || this.forTokenizeModule) {
      this.atLineEnd(refusal, token, start, end, bufferStart);
    } else {
      const { lineColumnsEndWithLine } = this.dialect;
      const last = lineColumnsEndWithLine
        ? this.characters(this.lineStart(start), this.lineEnd(start)) + 1
        : column;
      this.add(refusal, token, start, end, this.position(start, Math.min(column, last) + 1, 0));
    }
  }

  /** A refusal that is reported past the line, whose rest CPython has dropped. CPython: E_DEDENT in tokenizer_error() */
  atLineEnd(refusal: Refusal, token: number, start: number, end: number, bufferStart: number): void {
    if (this.full) return;
    const lineEnd = this.lineEnd(start);
    const { lineRefusalsAtEnd } = this.dialect;
    const from = this.forTokenizeModule || lineRefusalsAtEnd ? bufferStart : this.lineStart(start);
    this.add(refusal, token, start, end, this.position(start, this.characters(from, lineEnd) + 1, -1));
  }

  /**
   * A refusal that CPython 3.8 and 3.9 find at the end of a string without an end: columns count from the start of
   * what they hold in their buffer, over all its lines, with the line break that they have put after the last line.
   */
  atBufferEnd(refusal: Refusal, token: number, start: number, end: number, bufferStart: number): void {
    if (this.full) return;
    const { text } = this;
    const last = text.charCodeAt(end - 1);
    const lineIsRead = end === text.length && (last === 10 || last === 13) && !this.hasEmptyLineMore(end);
    const offset = this.characters(bufferStart, end) + (lineIsRead ? 0 : 1);
    const lineno = end === text.length ? this.linenoBefore(end) : this.lineno(end);
    this.add(refusal, token, start, end, { lineno, offset });
  }

  /** The refusal of a file that ends too early, as the tokenize module has it. */
  endOfFile(refusal: Refusal, token: number, end: number, bufferStart: number): void {
    if (this.full) return;
    const newline = bufferStart < end && !this.text.endsWith('\n') ? 1 : 0;
    const offset = utf8Length(this.text, bufferStart, end) + newline;
    this.add(refusal, token, end, end, { lineno: this.linenoBefore(end), offset });
  }

  private add(refusal: Refusal, token: number, start: number, end: number, position: ReportedPosition): void {
    this.errors.push({ ...refusal, start, end, position, token });
  }

  private position(line: number, offset: number, endOffset: number): ReportedPosition {
    const lineno = this.lineno(line);
    return { lineno, offset, end_lineno: lineno, end_offset: endOffset };
  }

  /** The lines of the text. To the tokenize module, `\r` alone is a character like others. */
  private get lineIndex(): LineIndex {
    const { text } = this;
    this.lines ??= new LineIndex(this.forTokenizeModule ? text.replace(/\r(?!\n)/g, ' ') : text);
    return this.lines;
  }

  private lineEnd(offset: number): number {
    const { text } = this;
    let i = offset;
    for (; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && !this.forTokenizeModule)) break;
    }
    return i;
  }

  /** The start of an offset's line; in an expression by itself, at most the expression's. */
  private lineStart(offset: number): number {
    return Math.max(this.lineIndex.starts[this.lineIndex.lineno(offset) - 1], this.expressionStart ?? 0);
  }

  /** The parenthesis that an expression by itself has before it. */
  private indent(lineStart: number): number {
    return lineStart === this.expressionStart ? 1 : 0;
  }

  /** Characters between a line's start and an offset; a line break is one. */
  characters(lineStart: number, offset: number): number {
    const { text } = this;
    let count = this.indent(lineStart);
    for (let i = lineStart; i < offset; i++) {
      const unit = text.charCodeAt(i);
      const trailing = (unit & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800;
      const oneBreak = unit === 13 && text.charCodeAt(i + 1) === 10 && !this.forTokenizeModule;
      if (!trailing && !oneBreak) count++;
    }
    return count;
  }
}
