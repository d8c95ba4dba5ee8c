// What the scanning functions of the tokenizer share: the text, the place in it, what is open there, and where the
// tokens and refusals go.
import type { TokenizerDialect } from '../versions/tokenizerDialect.ts';
import { Char, EOF } from './characters.ts';
import type { Refusal } from './messages.ts';
import { NameTable } from './nameTable.ts';
import { Refusals } from './refusals.ts';
import { TokenBuffer } from './tokenBuffer.ts';
import type { TokenKind } from './tokens.ts';

/** What the first pass found no end of. */
export interface Unfinished {
  /** Offsets of brackets and of f-strings that are tokens. */
  readonly offsets: ReadonlySet<number>;
  /** Whether a triple-quoted string goes on to the end of the file: one of the quotes before it is to blame. */
  readonly tripleQuotes: boolean;
}

export interface TokenizeOptions {
  /** COMMENT and NL tokens too, and CPython's leniency when its tokenize module asks for them. */
  readonly extraTokens?: boolean;
  /** The part of the text to tokenize, in UTF-16 offsets; all of it by default. */
  readonly start?: number;
  readonly end?: number;
  /** The part is an expression, as if in parentheses: line breaks and indentation mean nothing. */
  readonly expression?: boolean;
  /** Numbers the names; give the result's own to tokenize a part of the same file again. */
  readonly nameTable?: NameTable;
  /**
   * What was unfinished when the text was tokenized before: brackets, strings and blocks end where the lines look like
   * it (recovery.ts), so that the rest of a broken file keeps its statements.
   */
  readonly recover?: Unfinished;
}

/** A part of the text of which recovery has guessed what is in a string and what is not, or which block it belongs to. */
export interface Guess {
  readonly start: number;
  end: number;
  /** The block with which it ends; 0 if it does not. */
  readonly level: number;
}

/** An f-string or t-string whose end has not come yet. CPython: tokenizer_mode */
export interface FormattedString {
  readonly start: number;
  readonly letter: 'f' | 't';
  readonly raw: boolean;
  readonly quote: number;
  readonly quoteSize: number;
  /** A line break ends it, in its text at least. */
  readonly inOneLine: boolean;
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

export class TokenizerState {
  readonly end: number;
  readonly extraTokens: boolean;
  readonly recover: Unfinished | undefined;
  readonly names: NameTable;
  readonly buffer: TokenBuffer;
  readonly refusals: Refusals;
  position: number;
  /** The next character is a line's first, and its column means something. */
  atLineStart: boolean;
  /** Where the line begins that CPython counts the columns of some refusals from. */
  bufferStart: number;
  /** Columns of the open blocks, with tabs of 8 and of 1. */
  readonly indents: number[] = [0];
  readonly alternativeIndents: number[] = [0];
  /** Which of the open blocks are bodies of classes. */
  readonly classBlocks: boolean[] = [false];
  /** The first token of the line. */
  lineToken = 0;
  /** Offsets of brackets and f-strings whose end did not come. */
  readonly unfinished = new Set<number>();
  /** One of the triple quotes to come is to blame for a string without an end. */
  quotesAreOdd: boolean;
  /** A triple-quoted string had no end. */
  unfinishedTriple = false;
  /** Where recovery has guessed, in the order of the text. */
  readonly guesses: Guess[] = [];
  /** Those of blocks that have not ended, outer ones first. */
  private readonly openGuesses: Guess[] = [];
  /** By quote: the triple quotes that were found last, and from where they are the first. */
  readonly closings = new Map<number, { readonly from: number; readonly close: number }>();
  /** Offsets of the open brackets. */
  readonly brackets: number[] = [];
  /** Brackets that are open before the text begins: 1 in an expression. */
  readonly outerBrackets: number;
  readonly formattedStrings: FormattedString[] = [];
  /** The innermost open f-string. */
  formatted: FormattedString | undefined = undefined;

  constructor(
    readonly text: string,
    readonly dialect: TokenizerDialect,
    options: TokenizeOptions,
  ) {
    const { start = 0, expression = false } = options;
    this.position = this.bufferStart = start;
    this.end = options.end ?? text.length;
    this.extraTokens = options.extraTokens ?? false;
    this.recover = options.recover;
    this.quotesAreOdd = options.recover?.tripleQuotes ?? false;
    this.names = options.nameTable ?? new NameTable();
    this.outerBrackets = expression ? 1 : 0;
    this.atLineStart = !expression;
    this.refusals = new Refusals(text, dialect, expression ? start : undefined, this.extraTokens);
    this.buffer = new TokenBuffer(this.end - start);
  }

  /** Notes a guess about what follows, to the end of the block at a level. */
  guess(start: number, level: number): void {
    const around = this.openGuesses.at(-1);
    if (around && around.level <= level) return;
    const guess = { start, end: this.end, level };
    this.guesses.push(guess);
    this.openGuesses.push(guess);
  }

  /** Ends the guesses about blocks above a level. */
  endGuesses(offset: number, level: number): void {
    while ((this.openGuesses.at(-1)?.level ?? 0) > level) this.openGuesses.pop()!.end = offset;
  }

  /** The character at an offset, or EOF. */
  at(offset: number): number {
    return offset < this.end ? this.text.charCodeAt(offset) : EOF;
  }

  get inBrackets(): boolean {
    return this.brackets.length + this.outerBrackets > 0;
  }

  /** Whether a string of one line ends there. The tokenize module takes `\r` alone for a character like others. */
  isLineBreak(c: number): boolean {
    return c === Char.LF || (c === Char.CR && !this.extraTokens);
  }

  /** Whether a `\\r` breaks no line: the tokenize module asks, and neither a line feed nor the end follows. */
  ignoresReturn(offset: number): boolean {
    return this.extraTokens && offset + 1 < this.end && this.at(offset + 1) !== Char.LF;
  }

  /** Whether a backslash takes the character behind this one, too: this is a `\\r` that does not break the line alone. */
  skipsCarriageReturn(offset: number): boolean {
    return this.at(offset) === Char.CR && (this.extraTokens || this.at(offset + 1) === Char.LF);
  }

  /** Where the line that holds an offset ends: the offset of its line break, or the end of the text. */
  lineEnd(offset: number): number {
    const { text, end } = this;
    for (let i = offset; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c === Char.LF || c === Char.CR) return i;
    }
    return end;
  }

  /** The start of the line after a line break. */
  afterLineBreak(offset: number): number {
    if (offset >= this.end) return this.end;
    if (this.text.charCodeAt(offset) === Char.CR && this.at(offset + 1) === Char.LF) return offset + 2;
    return offset + 1;
  }

  push(kind: TokenKind, start: number, length: number): void {
    this.position = start + length;
    this.buffer.push(kind, start, start + length, 0);
  }

  /** Records a refusal that strikes before the next token (see `Refusals.at`). */
  refuse(refusal: Refusal, start: number, end: number, read: number, line = start): void {
    this.refusals.at(refusal, this.buffer.count, start, end, read, line);
  }
}
