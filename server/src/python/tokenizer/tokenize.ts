// Text to tokens: CPython's C tokenizer. It never throws and never stops early: what CPython refuses is recorded,
// with the token at which CPython would find it, and the rest of the file becomes tokens all the same.
import { invalidIdentifierOffset, normalizeIdentifier } from '../text/identifiers.ts';
import { isPrintable } from '../text/unicode.ts';
import { undecodedMessage } from '../text/utf8.ts';
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';
import {
  Char,
  CharClass,
  CLASS_OF,
  DOUBLED_OPERATOR,
  DOUBLED_OPERATOR_EQUAL,
  EOF,
  isDigit,
  NAME_PART,
  OPERATOR,
  OPERATOR_EQUAL,
} from './characters.ts';
import { Messages, type Refusal } from './messages.ts';
import { HASH_SEED, hashStep, NameTable } from './nameTable.ts';
import { scanNumber } from './numbers.ts';
import { incompatiblePrefixes, isStringPrefix, MAX_PREFIX } from './prefixes.ts';
import { Refusals, type TokenizerError } from './refusals.ts';
import { TokenBuffer } from './tokenBuffer.ts';
import { KEYWORDS, TokenKind, type Tokens } from './tokens.ts';

export interface TokenizeOptions {
  /** COMMENT and NL tokens too, as CPython's tokenize module has them. */
  readonly extraTokens?: boolean;
  /** The part of the text to tokenize, in UTF-16 offsets; all of it by default. */
  readonly start?: number;
  readonly end?: number;
  /** The part is an expression, as if in parentheses: line breaks and indentation mean nothing. */
  readonly expression?: boolean;
  /** Numbers the names; give the result's own to tokenize a part of the same file again. */
  readonly nameTable?: NameTable;
}

export interface TokenizeResult {
  readonly tokens: Tokens;
  /** In the order of their tokens: the first is the one that CPython raises. */
  readonly errors: readonly TokenizerError[];
  readonly nameTable: NameTable;
  /** What the text was tokenized by. */
  readonly dialect: TokenizerDialect;
}

/**
 * The tokens of a text.
 *
 * CPython: Parser/lexer/lexer.c, tok_get() (before 3.12 Parser/tokenizer.c)
 */
export function tokenize(
  text: string,
  dialect: TokenizerDialect,
  options: TokenizeOptions = {},
): TokenizeResult {
  return new Tokenizer(text, dialect, options).run();
}

const FIRST_KEYWORD: number = TokenKind.FALSE;
const MAX_INDENTS = 100;
const MAX_PARENTHESES = 200;
const MAX_FSTRINGS = 150;
const MAX_EXPRESSION_NESTING = 3;
const TAB_SIZE = 8;

/** An f-string or t-string whose end has not come yet. CPython: tokenizer_mode */
interface FormattedString {
  readonly start: number;
  readonly letter: 'f' | 't';
  readonly raw: boolean;
  readonly quote: number;
  readonly quoteSize: number;
  /** How many brackets were open before it. */
  readonly outerDepth: number;
  /** Reading literal text, and not an expression. */
  inMiddle: boolean;
  inFormatSpec: boolean;
  /** Open brackets inside the string. */
  bracketDepth: number;
  /** Depth of the replacement fields, from 0; -1 outside of any. */
  fieldDepth: number;
  /** Where the open fields begin, by depth. */
  readonly fieldStarts: number[];
}

class Tokenizer {
  private readonly end: number;
  private readonly extraTokens: boolean;
  private readonly names: NameTable;
  private readonly buffer: TokenBuffer;
  private readonly refusals: Refusals;
  private position: number;
  private atLineStart: boolean;
  /** Where the line begins that CPython counts the columns of some refusals from. */
  private bufferStart: number;
  /** Columns of the open blocks, with tabs of 8 and of 1. */
  private readonly indents: number[] = [0];
  private readonly alternativeIndents: number[] = [0];
  /** Offsets of the open brackets. */
  private readonly brackets: number[] = [];
  /** Brackets that are open before the text begins: 1 in an expression. */
  private readonly outerBrackets: number;
  private readonly formattedStrings: FormattedString[] = [];
  /** The innermost open f-string. */
  private formatted: FormattedString | undefined = undefined;

  constructor(
    private readonly text: string,
    private readonly dialect: TokenizerDialect,
    options: TokenizeOptions,
  ) {
    this.position = options.start ?? 0;
    this.bufferStart = this.position;
    this.end = options.end ?? text.length;
    this.extraTokens = options.extraTokens ?? false;
    this.names = options.nameTable ?? new NameTable();
    this.outerBrackets = options.expression ? 1 : 0;
    this.atLineStart = !options.expression;
    this.refusals = new Refusals(
      text,
      dialect,
      options.expression ? this.position : undefined,
      this.extraTokens,
    );
    this.buffer = new TokenBuffer(this.end - this.position);
  }

  run(): TokenizeResult {
    while (this.step());
    const { count, kinds, starts, ends, values } = this.buffer;
    return {
      tokens: { count, kinds, starts, ends, values, names: this.names.names },
      errors: this.refusals.errors,
      nameTable: this.names,
      dialect: this.dialect,
    };
  }

  /** The character at an offset, or EOF. */
  private at(offset: number): number {
    return offset < this.end ? this.text.charCodeAt(offset) : EOF;
  }

  private get inBrackets(): boolean {
    return this.brackets.length + this.outerBrackets > 0;
  }

  /** Makes the tokens up to a place where the mode may have changed. False after the last. */
  private step(): boolean {
    if (this.formatted?.inMiddle) {
      this.middle(this.formatted);
      return true;
    }
    if (this.atLineStart) this.indentation();
    const { text, end } = this;
    let i = this.position;
    let c = i < end ? text.charCodeAt(i) : EOF;
    while (c === Char.SPACE || c === Char.TAB || c === Char.FF) c = ++i < end ? text.charCodeAt(i) : EOF;
    this.position = i;
    switch (c < 128 ? CLASS_OF[c] : c === EOF ? -1 : CharClass.NAME) {
      case CharClass.NAME:
        this.name(i, c);
        return true;
      case CharClass.OPERATOR:
        this.operator(i, c);
        return true;
      case CharClass.BRACKET:
        this.bracket(i, c);
        return true;
      case CharClass.DOT:
        this.dot(i);
        return true;
      case CharClass.NEWLINE:
        this.newline(i, c);
        return true;
      case CharClass.QUOTE:
        this.string(i, i, c);
        return true;
      case CharClass.DIGIT:
        this.number(i);
        return true;
      case CharClass.COMMENT:
        this.comment(i);
        return true;
      case CharClass.BACKSLASH:
        this.continuation(i);
        return true;
      case CharClass.OTHER:
        this.stray(i, c);
        return true;
      default:
        this.endOfFile();
        return false;
    }
  }

  // ---- Lines

  /** Skips blank lines; the first line with tokens gets INDENT or DEDENT tokens if its column says so. */
  private indentation(): void {
    const { text, end } = this;
    this.atLineStart = false;
    let i = this.position;
    let lineStart = i;
    let column = 0;
    let alternative = 0;
    let continued = 0;
    for (;;) {
      const c = i < end ? text.charCodeAt(i) : EOF;
      if (c === Char.SPACE) {
        column++;
        alternative++;
      } else if (c === Char.TAB) {
        column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE;
        alternative++;
      } else if (c === Char.FF) column = alternative = 0;
      else if (c === Char.HASH || c === Char.LF || c === Char.CR) {
        if (this.extraTokens) {
          if (c === Char.CR && this.at(i + 1) !== Char.LF) {
            this.position = i;
            return;
          }
          if (c === Char.HASH) {
            const start = i;
            i = this.lineEnd(i);
            this.buffer.push(TokenKind.COMMENT, start, i, 0);
          }
          const lineEnd = i;
          i = this.afterLineBreak(i);
          this.buffer.push(TokenKind.NL, lineEnd, i, 0);
        } else i = this.afterLineBreak(c === Char.HASH ? this.lineEnd(i) : i);
        lineStart = i;
        column = alternative = continued = 0;
        continue;
      } else if (c === Char.BACKSLASH) {
        const { indentationBackslash } = this.dialect;
        if (indentationBackslash === 'token') break;
        if (indentationBackslash === 'blank') {
          // The line counts as a blank one: whatever follows it belongs to the block as it is.
          this.position = i;
          this.bufferStart = lineStart;
          return;
        }
        continued ||= column;
        this.bufferStart = lineStart;
        const next = this.afterContinuation(i);
        if (next === undefined) break;
        i = lineStart = next;
        continue;
      } else if (c === EOF) {
        if (this.extraTokens && i > lineStart) this.buffer.push(TokenKind.NL, i, i, 0);
        column = alternative = continued = 0;
        break;
      } else break;
      i++;
    }
    this.position = i;
    this.bufferStart = lineStart;
    if (continued) column = alternative = continued;
    const { indents, alternativeIndents } = this;
    const top = indents.length - 1;
    if (column === indents[top]) {
      if (alternative !== alternativeIndents[top]) this.refuseIndentation(Messages.tabs(), i);
    } else if (column > indents[top]) {
      if (top + 1 >= MAX_INDENTS) this.refuseIndentation(Messages.tooManyIndents(), i);
      else if (alternative <= alternativeIndents[top]) this.refuseIndentation(Messages.tabs(), i);
      indents.push(column);
      alternativeIndents.push(alternative);
      this.buffer.push(TokenKind.INDENT, lineStart, i, 0);
    } else this.dedent(column, alternative, i);
  }

  private dedent(column: number, alternative: number, offset: number): void {
    const { indents, alternativeIndents } = this;
    let top = indents.length - 1;
    while (top > 0 && column < indents[top]) top--;
    if (column !== indents[top]) {
      this.refusals.atLineEnd(Messages.unindent(), this.buffer.count, offset, offset, this.bufferStart);
      // The line goes on with the innermost block that it could belong to.
      indents[++top] = column;
      alternativeIndents[top] = alternative;
    } else if (alternative !== alternativeIndents[top]) this.refuseIndentation(Messages.tabs(), offset);
    for (let dedents = indents.length - 1 - top; dedents > 0; dedents--) {
      this.buffer.push(TokenKind.DEDENT, offset, offset, 0);
    }
    indents.length = alternativeIndents.length = top + 1;
  }

  /** Where the line that holds an offset ends: the offset of its line break, or the end of the text. */
  private lineEnd(offset: number): number {
    const { text, end } = this;
    for (let i = offset; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c === Char.LF || c === Char.CR) return i;
    }
    return end;
  }

  /** The start of the line after a line break. */
  private afterLineBreak(offset: number): number {
    if (offset >= this.end) return this.end;
    if (this.text.charCodeAt(offset) === Char.CR && this.at(offset + 1) === Char.LF) return offset + 2;
    return offset + 1;
  }

  /** Whether a string of one line ends there. The tokenize module takes `\r` alone for a character like others. */
  private isLineBreak(c: number): boolean {
    return c === Char.LF || (c === Char.CR && !this.extraTokens);
  }

  private newline(i: number, c: number): void {
    const next = c === Char.CR && this.at(i + 1) === Char.LF ? i + 2 : i + 1;
    if (!this.isLineBreak(c) && next === i + 1) {
      // CPython drops the `\r` and finds an operator in the next character, whatever that is.
      this.push(TokenKind.ERRORTOKEN, i, (this.text.codePointAt(i + 1) ?? 0) > 0xffff ? 3 : 2);
      return;
    }
    this.position = next;
    if (!this.extraTokens || !this.formatted) this.bufferStart = next;
    if (this.inBrackets) {
      if (this.extraTokens) this.buffer.push(TokenKind.NL, i, next, 0);
      return;
    }
    this.buffer.push(TokenKind.NEWLINE, i, i, 0);
    this.atLineStart = true;
  }

  private unexpectedEOF(i: number): void {
    if (this.extraTokens) this.refuseEnd(this.bufferStart);
    else this.refuse(Messages.unexpectedEOF(), i, this.end, this.end);
  }

  private comment(i: number): void {
    const end = this.lineEnd(i);
    if (this.extraTokens) this.buffer.push(TokenKind.COMMENT, i, end, 0);
    this.position = end;
  }

  private continuation(i: number): void {
    this.position = this.afterContinuation(i) ?? i + 1;
  }

  /** The offset after a backslash and its line break; if CPython refuses it, undefined after noting that. */
  private afterContinuation(i: number): number | undefined {
    const c = this.at(i + 1);
    if (c !== Char.LF && c !== Char.CR) {
      if (c === EOF) {
        this.unexpectedEOF(i);
        return undefined;
      }
      const { refusals, buffer, bufferStart } = this;
      const column = refusals.characters(bufferStart, i + 1);
      const refusal = Messages.characterAfterContinuation();
      refusals.inLine(refusal, buffer.count, i + 1, i + 2, column, bufferStart);
      return undefined;
    }
    const next = this.afterLineBreak(i + 1);
    if (next >= this.end) {
      this.unexpectedEOF(i);
      return undefined;
    }
    return next;
  }

  private endOfFile(): void {
    const { buffer, end } = this;
    if (this.extraTokens && this.inBrackets) this.refuseEnd(this.formatted ? this.bufferStart : end);
    const last = buffer.lastKind();
    const lineIsOpen =
      last !== undefined && last !== TokenKind.NEWLINE && last !== TokenKind.NL && last !== TokenKind.DEDENT;
    if (lineIsOpen && this.outerBrackets === 0) buffer.push(TokenKind.NEWLINE, end, end, 0);
    for (let i = this.indents.length - 1; i > 0; i--) buffer.push(TokenKind.DEDENT, end, end, 0);
    buffer.push(TokenKind.ENDMARKER, end, end, 0);
  }

  // ---- Names, numbers, strings

  private name(start: number, first: number): void {
    const { text, end } = this;
    let i = start;
    let c = first;
    let hash = HASH_SEED;
    do {
      hash = hashStep(hash, c);
      c = ++i < end ? text.charCodeAt(i) : EOF;
    } while (c < 128 && NAME_PART[c] === 1 && first < 128);
    if ((c >= 128 && c !== EOF) || first >= 128) {
      this.unicodeName(start, first < 128 ? i : start);
      return;
    }
    if ((c === Char.QUOTE || c === Char.DOUBLE_QUOTE) && i - start <= MAX_PREFIX) {
      if (isStringPrefix(text, start, i, this.dialect)) {
        this.string(start, i, c);
        return;
      }
      const refusal = this.dialect.templateStrings ? incompatiblePrefixes(text, start, i) : undefined;
      if (refusal) this.refusals.range(refusal, this.buffer.count, start, i, i + 1);
    }
    this.position = i;
    const id = this.names.intern(text, start, i, hash);
    this.buffer.push(id < KEYWORDS.length ? FIRST_KEYWORD + id : TokenKind.NAME, start, i, id);
  }

  /** A name with characters beyond ASCII, the first of them at `i` or later. It is never a keyword. */
  private unicodeName(start: number, i: number): void {
    const { text } = this;
    while (i < this.end) {
      const c = text.charCodeAt(i);
      if (c < 128 && NAME_PART[c] === 0) break;
      i++;
    }
    this.position = i;
    const word = text.slice(start, i);
    const invalid = invalidIdentifierOffset(word, this.dialect.unicode);
    if (invalid < 0 || this.extraTokens) {
      this.buffer.push(TokenKind.NAME, start, i, this.names.internString(normalizeIdentifier(word)));
    } else {
      this.refuseName(start, i, start + invalid);
      this.buffer.push(TokenKind.ERRORTOKEN, start, i, 0);
    }
  }

  private refuseName(start: number, end: number, invalid: number): void {
    const { text, dialect } = this;
    if (!dialect.namesInvalidCharacter) {
      this.refuse(Messages.invalidIdentifier(), start, end, end);
      return;
    }
    const problem = undecodedMessage(text, start, end);
    if (problem !== undefined) {
      this.refuse(Messages.undecoded(problem), start, end, end);
      return;
    }
    const codePoint = text.codePointAt(invalid) as number;
    const next = invalid + (codePoint > 0xffff ? 2 : 1);
    const refusal = isPrintable(codePoint, dialect.unicode)
      ? Messages.invalidCharacter(codePoint)
      : Messages.nonPrintable(codePoint);
    this.refuse(refusal, invalid, next, next);
  }

  private number(start: number): void {
    const { text, end } = this;
    let i = start;
    let c = text.charCodeAt(i);
    const first = c;
    do c = ++i < end ? text.charCodeAt(i) : EOF;
    while (isDigit(c));
    const plain =
      c < 128
        ? NAME_PART[c] === 0 && c !== Char.DOT
        : c === EOF || this.dialect.verifyEndOfNumber !== 'unicode';
    if (plain && (first !== Char.ZERO || i === start + 1)) {
      this.position = i;
      this.buffer.push(TokenKind.NUMBER, start, i, 0);
    } else this.fullNumber(start);
  }

  private fullNumber(start: number): void {
    const scan = scanNumber(this.text, start, this.dialect, this.extraTokens);
    let { end } = scan;
    if (!scan.refusal) this.buffer.push(TokenKind.NUMBER, start, end, 0);
    else {
      while (end < this.end) {
        const c = this.text.charCodeAt(end);
        if (c < 128 && NAME_PART[c] === 0) break;
        end++;
      }
      end = Math.max(end, start + 1);
      if (scan.rangeEnd === undefined) this.refuse(scan.refusal, start, end, scan.read);
      else this.refusals.range(scan.refusal, this.buffer.count, start, end, scan.rangeEnd);
      this.buffer.push(TokenKind.ERRORTOKEN, start, end, 0);
    }
    this.position = end;
  }

  /** A string that begins at `start` and whose first quote is at `i`. */
  private string(start: number, i: number, quote: number): void {
    const { text, end } = this;
    if (this.dialect.fstringTokens && i > start) {
      const letters = text.slice(start, i).toLowerCase();
      const letter = letters.includes('f') ? 'f' : letters.includes('t') ? 't' : undefined;
      if (letter) {
        this.formattedStringStart(start, i, quote, letter, letters.includes('r'));
        return;
      }
    }
    let escapedQuote = false;
    if (this.at(i + 1) === quote) {
      if (this.at(i + 2) !== quote) {
        this.endString(start, i + 2);
        return;
      }
      for (let k = i + 3; k < end; k++) {
        const c = text.charCodeAt(k);
        if (c === Char.BACKSLASH) k++;
        else if (c === quote && this.at(k + 1) === quote && this.at(k + 2) === quote) {
          this.endString(start, k + 3);
          return;
        }
      }
      this.unterminatedString(start, i, 3, end, false);
      return;
    }
    let k = i + 1;
    for (; k < end; k++) {
      const c = text.charCodeAt(k);
      if (c === quote) {
        this.endString(start, k + 1);
        return;
      }
      if (c === Char.BACKSLASH) {
        k++;
        if (this.at(k) === quote) escapedQuote = true;
        else if (this.at(k) === Char.CR && this.at(k + 1) === Char.LF) k++;
      } else if (this.isLineBreak(c)) break;
    }
    this.unterminatedString(start, i, 1, Math.min(k, end), escapedQuote);
  }

  private endString(start: number, end: number): void {
    this.position = end;
    this.buffer.push(TokenKind.STRING, start, end, 0);
  }

  /** A string whose closing quotes are missing: it goes on to the end of its line, or of the file. */
  private unterminatedString(
    start: number,
    quotes: number,
    quoteSize: 1 | 3,
    end: number,
    escapedQuote: boolean,
  ): void {
    const { dialect, formatted, refusals } = this;
    if (formatted && formatted.quoteSize === quoteSize && formatted.quote === this.at(quotes)) {
      // It is the end of the f-string around it, whose field has no end.
      const opening = dialect.expectingBraceTellsLine
        ? refusals.lineno(formatted.fieldStarts[formatted.fieldDepth])
        : undefined;
      const openedOn = opening === refusals.lineno(start) ? undefined : opening;
      const refusal = Messages.expectingBrace(formatted.letter, openedOn);
      this.refuse(refusal, start, quotes + quoteSize, start + 1);
      this.closeFormatted(formatted, quotes, quotes + quoteSize);
      return;
    }
    // CPython has put a line break after the last line, and may have met it already.
    const line = quoteSize === 3 || end === this.end ? refusals.linenoBefore(end) : refusals.lineno(end);
    const refusal =
      quoteSize === 3
        ? Messages.unterminatedTripleQuotedString(line, dialect)
        : Messages.unterminatedString(line, escapedQuote, dialect);
    if (dialect.unterminatedString === 'EOL') {
      refusals.atBufferEnd(refusal, this.buffer.count, start, end, this.bufferStart);
    } else this.refuse(refusal, start, end, start + 1);
    this.endString(start, end);
  }

  // ---- f-strings and t-strings of PEP 701

  private formattedStringStart(
    start: number,
    i: number,
    quote: number,
    letter: 'f' | 't',
    raw: boolean,
  ): void {
    const quoteSize = this.at(i + 1) === quote && this.at(i + 2) === quote ? 3 : 1;
    this.position = i + quoteSize;
    if (this.formattedStrings.length + 1 >= MAX_FSTRINGS) {
      this.refuse(Messages.tooManyNestedFStrings(this.dialect), start, this.position, this.position);
    }
    this.formatted = {
      start,
      letter,
      raw,
      quote,
      quoteSize,
      outerDepth: this.brackets.length,
      inMiddle: true,
      inFormatSpec: false,
      bracketDepth: 0,
      fieldDepth: -1,
      fieldStarts: [],
    };
    this.formattedStrings.push(this.formatted);
    this.buffer.push(
      letter === 'f' ? TokenKind.FSTRING_START : TokenKind.TSTRING_START,
      start,
      this.position,
      0,
    );
  }

  /** Whether the closing quotes of a string stand at an offset. */
  private endsFormatted(string: FormattedString, i: number): boolean {
    if (this.at(i) !== string.quote) return false;
    return string.quoteSize === 1 || (this.at(i + 1) === string.quote && this.at(i + 2) === string.quote);
  }

  private endFormatted(string: FormattedString, start: number, end: number): void {
    this.position = end;
    this.buffer.push(string.letter === 'f' ? TokenKind.FSTRING_END : TokenKind.TSTRING_END, start, end, 0);
    this.formattedStrings.pop();
    this.formatted = this.formattedStrings.at(-1);
  }

  /** Literal text up to a replacement field, or the string's end. CPython: tok_get_fstring_mode() */
  private middle(string: FormattedString): void {
    const { text, end } = this;
    const start = this.position;
    if (this.at(start) === Char.LBRACE && this.at(start + 1) !== Char.LBRACE) {
      this.openField(string);
      return;
    }
    if (this.endsFormatted(string, start)) {
      this.endFormatted(string, start, start + string.quoteSize);
      return;
    }
    const inFormatSpec = string.inFormatSpec && string.fieldDepth >= 0;
    let namedEscape = false;
    let i = start;
    for (; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c === string.quote) {
        if (this.endsFormatted(string, i)) {
          this.endMiddle(string, start, i, i);
          return;
        }
      } else if (c === Char.LBRACE) {
        if (this.at(i + 1) === Char.LBRACE && !inFormatSpec) this.endMiddle(string, start, i + 1, i + 2);
        else {
          this.endMiddle(string, start, i, i);
          this.openField(string);
        }
        return;
      } else if (c === Char.RBRACE) {
        if (namedEscape) this.endMiddle(string, start, i + 1, i + 1);
        else if (this.at(i + 1) === Char.RBRACE && !inFormatSpec && string.bracketDepth === 0) {
          this.endMiddle(string, start, i + 1, i + 2);
        } else {
          this.endMiddle(string, start, i, i);
          string.inMiddle = false;
          string.inFormatSpec = false;
        }
        return;
      } else if (c === Char.BACKSLASH) {
        const next = this.at(i + 1);
        if (next === Char.LBRACE || next === Char.RBRACE) continue;
        i++;
        if (next === Char.CR && this.at(i + 1) === Char.LF) i++;
        else if (!string.raw && next === UPPER_N && this.at(i + 1) === Char.LBRACE) {
          namedEscape = true;
          i++;
        }
      } else if (string.quoteSize === 1 && this.isLineBreak(c)) {
        this.unterminatedMiddle(string, start, i, true);
        return;
      }
    }
    // CPython has put a line break after the last line, if it had none; a backslash takes that, too.
    const last = text.charCodeAt(end - 1);
    this.unterminatedMiddle(string, start, end, i === end && last !== Char.LF && last !== Char.CR);
  }

  private endMiddle(string: FormattedString, start: number, end: number, next: number): void {
    this.position = next;
    this.buffer.push(
      string.letter === 'f' ? TokenKind.FSTRING_MIDDLE : TokenKind.TSTRING_MIDDLE,
      start,
      end,
      0,
    );
  }

  private openField(string: FormattedString): void {
    string.inMiddle = false;
    string.inFormatSpec = false;
    string.fieldDepth++;
    string.fieldStarts[string.fieldDepth] = this.position;
    if (string.fieldDepth >= MAX_EXPRESSION_NESTING) {
      this.refuse(Messages.nestedTooDeeply(string.letter), this.position, this.position + 1, this.position);
    }
  }

  /** The string ends nowhere, or a line ends it. It is closed as if its quotes stood there. */
  private unterminatedMiddle(
    string: FormattedString,
    start: number,
    end: number,
    atLineBreak: boolean,
  ): void {
    const { letter, quoteSize } = string;
    const inFormatSpec = atLineBreak && quoteSize === 1 && string.inFormatSpec && string.fieldDepth >= 0;
    if (inFormatSpec && !this.dialect.refusesNewlineInFormatSpec) {
      this.endMiddle(string, start, end, end);
      string.inMiddle = false;
      string.inFormatSpec = false;
      return;
    }
    if (inFormatSpec) this.refuse(Messages.newlineInFormatSpec(letter), string.start, end, end + 1, end);
    else {
      const { refusals } = this;
      const line = end === this.end ? refusals.linenoBefore(end) : refusals.lineno(end);
      const refusal = Messages.unterminatedFString(line, quoteSize === 3, letter);
      this.refuse(refusal, string.start, end, string.start + 1);
    }
    this.endMiddle(string, start, end, end);
    this.closeFormatted(string, end, end);
  }

  /** Ends a string that CPython has refused, and with it the brackets that are open in it. */
  private closeFormatted(string: FormattedString, start: number, end: number): void {
    this.brackets.length = Math.min(this.brackets.length, string.outerDepth);
    this.endFormatted(string, start, end);
  }

  // ---- Operators

  private operator(i: number, c: number): void {
    const string = this.formatted;
    if (string && c === Char.COLON && string.bracketDepth - 1 === string.fieldDepth) {
      this.push(TokenKind.COLON, i, 1);
      string.inMiddle = true;
      string.inFormatSpec = true;
      return;
    }
    const c2 = this.at(i + 1);
    if (c2 === Char.EQUAL && OPERATOR_EQUAL[c] !== 0) this.push(OPERATOR_EQUAL[c], i, 2);
    else if (c2 === c && DOUBLED_OPERATOR[c] !== 0) {
      if (this.at(i + 2) === Char.EQUAL) this.push(DOUBLED_OPERATOR_EQUAL[c], i, 3);
      else this.push(DOUBLED_OPERATOR[c], i, 2);
    } else if (c === Char.MINUS && c2 === Char.GREATER) this.push(TokenKind.RARROW, i, 2);
    else if (c === Char.LESS && c2 === Char.GREATER) this.push(TokenKind.NOTEQUAL, i, 2);
    else this.push(OPERATOR[c], i, 1);
  }

  private push(kind: TokenKind, start: number, length: number): void {
    this.position = start + length;
    this.buffer.push(kind, start, start + length, 0);
  }

  private dot(i: number): void {
    const c = this.at(i + 1);
    if (isDigit(c)) this.fullNumber(i);
    else if (c === Char.DOT && this.at(i + 2) === Char.DOT) this.push(TokenKind.ELLIPSIS, i, 3);
    else this.push(TokenKind.DOT, i, 1);
  }

  private bracket(i: number, c: number): void {
    const { brackets, formatted } = this;
    if (c === Char.LPAR || c === Char.LSQB || c === Char.LBRACE) {
      if (brackets.length >= MAX_PARENTHESES) this.refuse(Messages.tooManyParentheses(), i, i + 1, i + 1);
      brackets.push(i);
      if (formatted) formatted.bracketDepth++;
      this.push(OPERATOR[c], i, 1);
    } else {
      const closed = this.closeBracket(i, c);
      if (closed) this.push(OPERATOR[c], i, 1);
      else this.push(TokenKind.ERRORTOKEN, i, 1);
      if (formatted) this.afterClosing(formatted, i, c);
    }
  }

  private closeBracket(i: number, c: number): boolean {
    const { brackets, formatted, text } = this;
    const closing = text[i];
    if (formatted && formatted.bracketDepth === 0 && c === Char.RBRACE) {
      this.refuse(Messages.singleBrace(formatted.letter), i, i + 1, i + 1);
      formatted.inMiddle = true;
      formatted.bracketDepth++;
      return false;
    }
    const opening = brackets.pop();
    if (opening === undefined) {
      if (this.outerBrackets === 0 && !this.extraTokens)
        this.refuse(Messages.unmatched(closing), i, i + 1, i + 1);
      return true;
    }
    const open = text.charCodeAt(opening);
    const matching = open === Char.LPAR ? Char.RPAR : open === Char.LSQB ? Char.RSQB : Char.RBRACE;
    if (c === matching || this.extraTokens) return true;
    if (formatted && open === Char.LBRACE && formatted.bracketDepth - 1 === formatted.fieldDepth) {
      this.refuse(Messages.unmatchedInFString(closing, formatted.letter), i, i + 1, i + 1);
      brackets.push(opening);
      formatted.bracketDepth++;
      return false;
    }
    const line = this.refusals.lineno(opening);
    const otherLine = line === this.refusals.lineno(i) ? undefined : line;
    this.refuse(Messages.mismatched(closing, text[opening], otherLine), i, i + 1, i + 1);
    return true;
  }

  /** In an f-string: the brace that ends a replacement field leads back to the literal text. */
  private afterClosing(string: FormattedString, i: number, c: number): void {
    string.bracketDepth--;
    if (string.bracketDepth < 0) {
      this.refuse(Messages.unmatchedInFString(this.text[i], string.letter), i, i + 1, i + 1);
      string.bracketDepth = 0;
    } else if (c === Char.RBRACE && string.bracketDepth === string.fieldDepth) {
      string.fieldDepth--;
      string.inMiddle = true;
      string.inFormatSpec = false;
    }
  }

  /** A character that begins no token. Those that print get no refusal: the parser has no use for them. */
  private stray(i: number, c: number): void {
    if (c < 32 || c === 127) this.refuse(Messages.nonPrintable(c), i, i + 1, i + 1);
    this.push(TokenKind.ERRORTOKEN, i, 1);
  }

  // ---- Errors

  private refuseEnd(bufferStart: number): void {
    this.refusals.endOfFile(Messages.endInStatement(), this.buffer.count, this.end, bufferStart);
  }

  private refuseIndentation(refusal: Refusal, offset: number): void {
    this.refusals.inLine(refusal, this.buffer.count, offset, offset, 0, this.bufferStart);
  }

  /** Records a refusal that strikes before the next token (see `Refusals.at`). */
  private refuse(refusal: Refusal, start: number, end: number, read: number, line = start): void {
    this.refusals.at(refusal, this.buffer.count, start, end, read, line);
  }
}

const UPPER_N = 78;
