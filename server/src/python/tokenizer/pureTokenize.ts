// The tokenize module of CPython up to 3.11, which is not the compiler's tokenizer: it works line by line with patterns
// of its own, takes what it does not know for ERRORTOKEN, and goes on. Here each pattern is a function that says where its match ends.
import { isIdentifierStart, isWordCharacter } from '../text/unicode.ts';
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';
import { Char, isDigit, isHexDigit } from './characters.ts';
import { Messages } from './messages.ts';
import { OPERATOR_NAMES } from './operatorNames.ts';
import { isStringPrefix } from './prefixes.ts';
import {
  PhysicalLines,
  TokenLines,
  type TokenizeModuleError,
  type TokenizeModuleResult,
} from './tokenLines.ts';

/**
 * What `python -m tokenize -e` of CPython up to 3.11 prints of a text.
 *
 * CPython: Lib/tokenize.py, _tokenize()
 *
 * @param output gets the tokens
 */
export function pureTokenize(
  text: string,
  encoding: string,
  dialect: TokenizerDialect,
  output = new TokenLines(dialect.unicode),
): TokenizeModuleResult {
  return new PureTokenizer(text, encoding, dialect, output).run();
}

/** No match: the offset that the patterns' functions return then. */
const NONE = -1;
const TAB_SIZE = 8;

/** A string that goes on in the next line. */
interface OpenString {
  readonly start: number;
  readonly line: number;
  readonly quote: number;
  readonly triple: boolean;
}

class PureTokenizer {
  private readonly lines: PhysicalLines;
  private readonly indents: number[] = [0];
  private depth = 0;
  /** The line before ended with a backslash. */
  private continued = false;
  private open: OpenString | undefined = undefined;
  /** The current line from 0, its start and its end with the line break; UTF-16 offsets. */
  private line = 0;
  private start = 0;
  private end = 0;

  constructor(
    private readonly text: string,
    encoding: string,
    private readonly dialect: TokenizerDialect,
    private readonly output: TokenLines,
  ) {
    this.lines = new PhysicalLines(text);
    this.output.add('ENCODING', encoding, 0, 0, 0, 0);
  }

  run(): TokenizeModuleResult {
    const lineCount = this.text === '' ? 0 : this.lines.count;
    for (; this.line < lineCount; this.line++) {
      this.start = this.lines.start(this.line);
      this.end = this.lines.start(this.line + 1);
      let position = this.start;
      if (this.open) position = this.stringGoesOn(this.open);
      else if (this.depth === 0 && !this.continued) {
        const indented = this.indentation();
        if (typeof indented === 'object') return this.output.result(indented);
        // White space that the file ends with is no line.
        if (indented === NONE) return this.atEnd(this.line);
        position = indented;
      } else this.continued = false;
      while (position < this.end) position = this.token(position);
    }
    if (this.open) {
      const { line, start } = this.open;
      const column = this.lines.column(line, start);
      return this.output.result({ message: 'EOF in multi-line string', lineno: line + 1, column });
    }
    if (this.depth !== 0 || this.continued) {
      return this.output.result({ message: 'EOF in multi-line statement', lineno: lineCount + 1, column: 0 });
    }
    return this.atEnd(lineCount);
  }

  /** The tokens after the last line; `line` is the one from 0 that could not be read any more. */
  private atEnd(line: number): TokenizeModuleResult {
    const last = this.text.slice(this.lines.start(line - 1), this.lines.start(line));
    const ended = last === '' || last.endsWith('\n') || last.endsWith('\r');
    const comment = this.dialect.finalCommentHasNewline ? false : isComment(last);
    if (line > 0 && !ended && !comment) {
      const column = this.lines.column(line - 1, this.lines.start(line));
      this.output.add('NEWLINE', '', line, column, line, column + 1);
    }
    for (let i = 1; i < this.indents.length; i++) this.output.add('DEDENT', '', line + 1, 0, line + 1, 0);
    this.output.add('ENDMARKER', '', line + 1, 0, line + 1, 0);
    return this.output.result();
  }

  private add(type: string, start: number, end: number): void {
    const { lines, line, output, text } = this;
    const column = lines.column(line, start);
    output.add(type, text.slice(start, end), line + 1, column, line + 1, lines.column(line, end));
  }

  /** Where the first token of a line is, or NONE at the file's end; blank lines and comments are tokens here already. */
  private indentation(): number | TokenizeModuleError {
    const { text, end, indents } = this;
    let i = this.start;
    let column = 0;
    for (; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c === Char.SPACE) column++;
      else if (c === Char.TAB) column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE;
      else if (c === Char.FF) column = 0;
      else break;
    }
    if (i === end) return NONE;
    const c = text.charCodeAt(i);
    if (c === Char.HASH || c === Char.CR || c === Char.LF) {
      if (c === Char.HASH) {
        let commentEnd = end;
        while (isLineBreak(text.charCodeAt(commentEnd - 1))) commentEnd--;
        this.add('COMMENT', i, commentEnd);
        i = commentEnd;
      }
      this.add('NL', i, end);
      return end;
    }
    if (column > indents[indents.length - 1]) {
      indents.push(column);
      this.add('INDENT', this.start, i);
    }
    while (column < indents[indents.length - 1]) {
      if (!indents.includes(column)) {
        return {
          message: Messages.unindent().msg,
          lineno: this.line + 1,
          column: this.lines.column(this.line, i),
        };
      }
      indents.pop();
      this.add('DEDENT', i, i);
    }
    return i;
  }

  /** The line after one that a string did not end in; where the tokens after it are. */
  private stringGoesOn(open: OpenString): number {
    const { text, end, lines, output } = this;
    const close = this.stringEnd(this.start, open.quote, open.triple);
    const column = lines.column(open.line, open.start);
    if (close !== NONE) {
      this.open = undefined;
      const endColumn = lines.column(this.line, close);
      output.add('STRING', text.slice(open.start, close), open.line + 1, column, this.line + 1, endColumn);
      return close;
    }
    if (!open.triple && !this.lineEndsWithBackslash()) {
      this.open = undefined;
      const endColumn = lines.column(this.line, end);
      output.add('ERRORTOKEN', text.slice(open.start, end), open.line + 1, column, this.line + 1, endColumn);
    }
    return end;
  }

  private lineEndsWithBackslash(): boolean {
    const { text, end } = this;
    return text.endsWith('\\\n', end) || text.endsWith('\\\r\n', end);
  }

  /** The offset after the quotes that end a string; a backslash does not escape a line break. */
  private stringEnd(from: number, quote: number, triple: boolean): number {
    const { text, end } = this;
    for (let i = from; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c === Char.BACKSLASH) {
        i++;
        if (i >= end || text.charCodeAt(i) === Char.LF) return NONE;
      } else if (c === quote) {
        if (!triple) return i + 1;
        if (i + 2 < end && text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote) return i + 3;
      }
    }
    return NONE;
  }

  /** Makes the next token of a line; the offset after it. */
  private token(position: number): number {
    const { text, end } = this;
    let i = position;
    let c = text.charCodeAt(i);
    while (i < end && (c === Char.SPACE || c === Char.TAB || c === Char.FF)) c = text.charCodeAt(++i);
    if (i >= end) return end;
    if (c === Char.BACKSLASH) {
      const next = lineBreakAt(text, i + 1);
      if (next === NONE) return this.unknown(position);
      this.continued = true;
      return next;
    }
    if (c === Char.HASH) {
      let commentEnd = i;
      while (commentEnd < end && !isLineBreak(text.charCodeAt(commentEnd))) commentEnd++;
      this.add('COMMENT', i, commentEnd);
      return commentEnd;
    }
    const string = this.string(i);
    if (string !== NONE) return string;
    const number = numberEnd(text, i);
    if (number !== NONE) {
      this.add('NUMBER', i, number);
      return number;
    }
    const newline = lineBreakAt(text, i);
    if (newline !== NONE) {
      this.add(this.depth > 0 ? 'NL' : 'NEWLINE', i, newline);
      return newline;
    }
    for (let length = Math.min(3, end - i); length > 0; length--) {
      const name = OPERATOR_NAMES.get(text.slice(i, i + length));
      if (name === undefined || name === 'EXCLAMATION') continue;
      if (length === 1 && '([{'.includes(text[i])) this.depth++;
      if (length === 1 && ')]}'.includes(text[i])) this.depth--;
      this.add(name, i, i + length);
      return i + length;
    }
    return this.word(i, position);
  }

  private word(start: number, position: number): number {
    const { text, end } = this;
    const { unicode } = this.dialect;
    let i = start;
    while (i < end) {
      const code = text.codePointAt(i) as number;
      if (!isWordCharacter(code, unicode)) break;
      i += code > 0xffff ? 2 : 1;
    }
    if (i === start) return this.unknown(position);
    const isName = isIdentifierStart(text.codePointAt(start) as number, unicode);
    this.add(isName ? 'NAME' : 'OP', start, i);
    return i;
  }

  /** A character that no pattern matches: white space before it is one, too. */
  private unknown(position: number): number {
    const next = position + ((this.text.codePointAt(position) as number) > 0xffff ? 2 : 1);
    this.add('ERRORTOKEN', position, next);
    return next;
  }

  /** A string with its prefix; NONE if none begins at `start`. */
  private string(start: number): number {
    const { text, end } = this;
    let i = start;
    while (i < start + 2 && !isQuote(text.charCodeAt(i))) i++;
    const quote = text.charCodeAt(i);
    if (!isQuote(quote) || (i > start && !isStringPrefix(text, start, i, this.dialect))) return NONE;
    const triple = i + 2 < end && text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote;
    if (triple) {
      const close = this.stringEnd(i + 3, quote, true);
      if (close === NONE) return this.stringStays(start, quote, true);
      this.add('STRING', start, close);
      return close;
    }
    for (let k = i + 1; k < end; k++) {
      const c = text.charCodeAt(k);
      if (c === quote) {
        this.add('STRING', start, k + 1);
        return k + 1;
      }
      if (c === Char.LF) return NONE;
      if (c !== Char.BACKSLASH) continue;
      if (lineBreakAt(text, k + 1) === end) return this.stringStays(start, quote, false);
      if (k + 1 >= end || text.charCodeAt(k + 1) === Char.LF) return NONE;
      k++;
    }
    return NONE;
  }

  private stringStays(start: number, quote: number, triple: boolean): number {
    this.open = { start, line: this.line, quote, triple };
    return this.end;
  }
}

const isQuote = (c: number): boolean => c === Char.QUOTE || c === Char.DOUBLE_QUOTE;
const isLineBreak = (c: number): boolean => c === Char.CR || c === Char.LF;

/** Whether a line holds nothing but a comment. */
const isComment = (line: string): boolean => /^\s*#/.test(line);

/** The offset after `\n` or `\r\n`; NONE if neither is there. */
function lineBreakAt(text: string, i: number): number {
  const c = text.charCodeAt(i);
  if (c === Char.LF) return i + 1;
  return c === Char.CR && text.charCodeAt(i + 1) === Char.LF ? i + 2 : NONE;
}

/** The end of a run of digits that may have single underscores between; NONE if there is no digit. */
function digitsEnd(text: string, start: number, accepts: (c: number) => boolean): number {
  if (!accepts(text.charCodeAt(start))) return NONE;
  let i = start + 1;
  for (;;) {
    if (accepts(text.charCodeAt(i))) i++;
    else if (text.charCodeAt(i) === Char.UNDERSCORE && accepts(text.charCodeAt(i + 1))) i += 2;
    else return i;
  }
}

const RADIXES: Readonly<Record<string, (c: number) => boolean>> = {
  x: isHexDigit,
  o: c => c >= Char.ZERO && c < Char.ZERO + 8,
  b: c => c === Char.ZERO || c === Char.ZERO + 1,
};

/** The end of the number that the patterns of the tokenize module find; NONE if there is none. */
function numberEnd(text: string, start: number): number {
  const whole = digitsEnd(text, start, isDigit);
  const float = floatEnd(text, start, whole);
  if (isImaginary(text, whole)) return whole + 1;
  if (float !== NONE) return isImaginary(text, float) ? float + 1 : float;
  if (whole === NONE || text.charCodeAt(start) !== Char.ZERO) return whole;
  const radix = text.charAt(start + 1).toLowerCase();
  if (radix in RADIXES) {
    // One underscore may come before the first digit.
    const first = text.charCodeAt(start + 2) === Char.UNDERSCORE ? start + 3 : start + 2;
    const end = digitsEnd(text, first, RADIXES[radix]);
    if (end !== NONE) return end;
  }
  return digitsEnd(text, start, c => c === Char.ZERO);
}

const isImaginary = (text: string, i: number): boolean => i !== NONE && (text[i] === 'j' || text[i] === 'J');

/** The end of a number with a period or an exponent. */
function floatEnd(text: string, start: number, whole: number): number {
  let end: number = NONE;
  if (whole !== NONE) {
    if (text.charCodeAt(whole) === Char.DOT) end = Math.max(whole + 1, digitsEnd(text, whole + 1, isDigit));
  } else if (text.charCodeAt(start) === Char.DOT) end = digitsEnd(text, start + 1, isDigit);
  const mantissa = end === NONE ? whole : end;
  if (mantissa === NONE) return NONE;
  const letter = text[mantissa];
  if (letter === 'e' || letter === 'E') {
    const sign = text[mantissa + 1];
    const exponent = digitsEnd(text, mantissa + (sign === '+' || sign === '-' ? 2 : 1), isDigit);
    if (exponent !== NONE) return exponent;
  }
  return end;
}
