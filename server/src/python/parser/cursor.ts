// The parser's place among the tokens, and how it says that they are wrong. Everything above it is a grammar.
//
// Parsing never stops: the first error of a statement is recorded, later ones of the same statement are not (they
// would be its echoes), and the functions go on and return what they have. Only the first error of a file is
// CPython's; the others are for the editor.
import { LineIndex, utf8Length } from '../text/lineIndex.ts';
import type { ReportedPosition, SourceError, SyntaxErrorType } from '../text/syntaxError.ts';
import type { Expression } from '../ast/expressions.ts';
import { TokenKind, type Tokens } from '../tokenizer/tokens.ts';
import type { GrammarDialect } from '../versions/grammarDialect.ts';

import * as messages from './messages.ts';
import { bindsDebug, DEBUG } from './targets.ts';

/** The first error of a file, as it stands to the tokenizer's errors. */
export interface FirstFailure {
  /** Whether nothing better than "invalid syntax" was found to say. */
  readonly generic: boolean;
  /** Index of the furthest token that had been read. */
  readonly reach: number;
}

/** How deep expressions and blocks may nest: what JavaScript's stack bears with some to spare. */
const MAX_DEPTH = 400;

export abstract class Cursor {
  readonly errors: SourceError[] = [];
  readonly literalErrors: SourceError[] = [];
  firstFailure: FirstFailure | null = null;

  protected readonly kinds: Uint8Array;
  protected readonly starts: Int32Array;
  protected readonly ends: Int32Array;
  protected readonly values: Int32Array;
  protected readonly names: readonly string[];
  protected readonly count: number;
  protected pos = 0;
  /** Kind of the current token. Compare with at(): the compiler takes a compared field for settled, but it moves. */
  protected kind: TokenKind;
  /** Brackets around the text: 1 in the expression of an f-string that is parsed by itself. */
  protected outerBrackets = 0;
  /** Expressions and blocks that are open, against overflowing the stack. */
  protected depth = 0;
  /** Whether the current statement has an error already. */
  protected panic = false;
  /** The token of the statement's error, if that is a generic one; -1 otherwise. */
  protected genericAt = -1;
  /** The furthest token that an attempt has read. */
  protected furthest = 0;
  /** Whether the last attempt that failed could have said more than "invalid syntax". */
  protected attemptWasWorded = false;
  /** Whether the first failure since the beginning of an attempt was a generic one. */
  private attemptIsGeneric: boolean | null = null;
  /** Failures so far, whether recorded or not: tells an attempt whether it succeeded. */
  protected failures = 0;
  /** Token at which the innermost expression without `if` or `lambda` that was completed last begins. */
  protected lastExpression = 0;
  /** The token behind that expression. */
  protected lastExpressionEnd = 0;
  private lineIndex: LineIndex | null = null;

  constructor(
    readonly text: string,
    tokens: Tokens,
    readonly dialect: GrammarDialect,
  ) {
    this.kinds = tokens.kinds;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.values = tokens.values;
    this.names = tokens.names;
    this.count = tokens.count;
    this.kind = tokens.kinds[0];
  }

  // ---- Moving ----

  /** Whether the current token is of a kind. */
  protected at(kind: TokenKind): boolean {
    return this.kind === kind;
  }

  protected advance(): void {
    if (this.pos < this.count - 1) this.pos++;
    this.kind = this.kinds[this.pos];
  }

  protected seek(pos: number): void {
    this.pos = pos;
    this.kind = this.kinds[pos];
  }

  /** Kind of the token `distance` after the current one. */
  protected peek(distance: number): TokenKind {
    const at = this.pos + distance;
    return at < this.count ? this.kinds[at] : TokenKind.ENDMARKER;
  }

  /** End offset of the token before the current one: where the node just parsed ends. */
  protected lastEnd(): number {
    return this.pos === 0 ? this.starts[0] : this.ends[this.pos - 1];
  }

  /** End offset of the last token that is not layout. CPython: Parser/pegen.c, _PyPegen_get_last_nonnwhitespace_token(). */
  protected lastVisibleEnd(): number {
    let at = this.pos - 1;
    while (at > 0) {
      const kind = this.kinds[at];
      if (kind !== TokenKind.NEWLINE && kind !== TokenKind.INDENT && kind !== TokenKind.DEDENT) break;
      at--;
    }
    return at < 0 ? 0 : this.ends[at];
  }

  /** The current NAME's identifier. */
  protected identifier(): string {
    return this.names[this.values[this.pos]];
  }

  protected accept(kind: TokenKind): boolean {
    if (!this.at(kind)) return false;
    this.advance();
    return true;
  }

  protected expect(kind: TokenKind): boolean {
    if (this.at(kind)) {
      this.advance();
      return true;
    }
    this.unexpected();
    return false;
  }

  /** As expect(), where CPython says which token it wants. CPython: Parser/pegen.c, _PyPegen_expect_forced_token(). */
  protected force(kind: TokenKind, spelling: string): boolean {
    if (this.at(kind)) {
      this.advance();
      return true;
    }
    if (this.dialect.ll1) this.unexpected();
    else this.failAt(messages.expected(spelling), this.pos, this.pos);
    return false;
  }

  // ---- Failing ----

  /** "invalid syntax" at the current token, or what stands for it there. */
  protected unexpected(at: number = this.pos): void {
    const kind = this.kinds[at];
    if (kind === TokenKind.INDENT || kind === TokenKind.DEDENT) {
      const msg = kind === TokenKind.INDENT ? messages.UNEXPECTED_INDENT : messages.UNEXPECTED_UNINDENT;
      this.fail(msg, this.starts[at], this.ends[at], 'IndentationError', true, at, this.layoutPosition(at));
      return;
    }
    const isEnd = kind === TokenKind.ENDMARKER;
    const msg = this.dialect.eofIsUnexpected && isEnd ? messages.UNEXPECTED_EOF : messages.INVALID_SYNTAX;
    const position = isEnd ? this.endPosition(!this.dialect.eofIsUnexpected) : undefined;
    const start = kind === TokenKind.NEWLINE ? this.commentBefore(at) : this.starts[at];
    this.fail(msg, start, this.ends[at], 'SyntaxError', true, at, position);
  }

  /** Where a line's end begins: with its comment, if it has one. */
  private commentBefore(at: number): number {
    let start = at === 0 ? 0 : this.ends[at - 1];
    while (start < this.starts[at] && this.text[start] !== '#') start++;
    return start;
  }

  /** An error at the token that has been read last, which may be one of layout. CPython: RAISE_SYNTAX_ERROR */
  protected failHere(msg: string, type: SyntaxErrorType = 'SyntaxError', at: number = this.pos): void {
    this.fail(msg, this.starts[at], this.ends[at], type, false, this.pos, this.layoutPosition(at));
  }

  /** What CPython reports for a token of layout: how far its tokenizer has read in the line. */
  private layoutPosition(at: number): ReportedPosition | undefined {
    const kind = this.kinds[at];
    if (kind === TokenKind.ENDMARKER) return this.endPosition(false);
    if (kind !== TokenKind.INDENT && kind !== TokenKind.DEDENT) return undefined;
    const offset = kind === TokenKind.INDENT ? this.ends[at] : this.starts[at];
    if (this.isAtEnd(at)) return this.endPosition(false);
    const lines = this.lines();
    const lineno = lines.lineno(offset);
    const column = offset - lines.starts[lineno - 1];
    return { lineno, offset: column, end_lineno: lineno, end_offset: -1 };
  }

  private isAtEnd(at: number): boolean {
    for (let i = at; i < this.count; i++) {
      if (this.kinds[i] !== TokenKind.DEDENT && this.kinds[i] !== TokenKind.ENDMARKER) return false;
    }
    return true;
  }

  /** The end of the text, in its last line: behind it, or nowhere in it. */
  private endPosition(nowhere: boolean): ReportedPosition {
    const lines = this.lines();
    const { length } = this.text;
    const last = lines.starts.length;
    const lineno = last > 1 && lines.starts[last - 1] === length ? last - 1 : last;
    if (nowhere) return { lineno, offset: 0, end_lineno: lineno, end_offset: 0 };
    let end = length;
    while (end > lines.starts[lineno - 1] && /[\r\n]/.test(this.text[end - 1])) end--;
    return { lineno, offset: end - lines.starts[lineno - 1] + 1, end_lineno: lineno, end_offset: -1 };
  }

  /** An error that spans tokens. CPython: RAISE_SYNTAX_ERROR_KNOWN_RANGE and its like. */
  protected failAt(msg: string, first: number, last: number, type: SyntaxErrorType = 'SyntaxError'): void {
    this.fail(msg, this.starts[first], this.ends[last], type);
  }

  /** An error that spans offsets. */
  protected fail(
    msg: string,
    start: number,
    end: number,
    type: SyntaxErrorType = 'SyntaxError',
    generic = false,
    reach = this.pos,
    position?: ReportedPosition,
  ): void {
    this.failures++;
    this.attemptIsGeneric ??= generic;
    if (this.panic) return;
    this.panic = true;
    this.genericAt = generic ? reach : -1;
    this.firstFailure ??= { generic, reach: Math.max(reach, this.furthest) };
    this.errors.push(position ? { type, msg, start, end, position } : { type, msg, start, end });
  }

  /** An error in a string or a number: what CPython finds when it makes a value of it. */
  protected failLiteral(error: SourceError): void {
    this.literalErrors.push(error);
    const { type, msg, start, end, position } = error;
    this.fail(msg, start, end, type, false, this.pos, position);
  }

  /** Whether the statement's error is a generic one at token `from` or behind it. */
  protected failedGenerically(from: number): boolean {
    return this.genericAt >= from;
  }

  /** Says something better than the generic error that was said last. */
  protected reword(msg: string, start: number, end: number): void {
    const last = this.errors.pop();
    if (!last) return;
    const first = this.firstFailure;
    if (this.errors.length === 0 && first) this.firstFailure = { generic: false, reach: first.reach };
    this.errors.push({ type: 'SyntaxError', msg, start, end });
    this.genericAt = -1;
  }

  /** Refuses to bind `__debug__`, saying so at token `at`, if the target's parser is what does so. */
  protected checkName(name: string | null, at: number): void {
    if (name === DEBUG && this.dialect.refusesNames) this.failAt(messages.ASSIGN_DEBUG, at, at);
  }

  /** The same for the target at a token. */
  protected checkTarget(target: Expression, at: number): void {
    if (this.dialect.refusesNames && bindsDebug(target)) this.failAt(messages.ASSIGN_DEBUG, at, at);
  }

  /** Says that the target lacks a feature: its parser gives up at token `at`, and ours goes on. */
  protected lacks(at: number): void {
    const { panic } = this;
    this.unexpected(at);
    this.panic = panic;
  }

  /** Runs `parse` without recording errors and goes back; what it returned if it met no error, else null. */
  protected attempt<T>(parse: () => T): { value: T; end: number } | null {
    const { pos, panic, failures, lastExpression, lastExpressionEnd, depth } = this;
    const { attemptIsGeneric } = this;
    this.panic = true;
    this.attemptIsGeneric = null;
    const value = parse();
    const end = this.pos;
    this.furthest = Math.max(this.furthest, end);
    const good = this.failures === failures;
    this.attemptWasWorded = this.attemptIsGeneric === false;
    this.attemptIsGeneric = attemptIsGeneric;
    this.panic = panic;
    this.failures = failures;
    this.lastExpression = lastExpression;
    this.lastExpressionEnd = lastExpressionEnd;
    this.depth = depth;
    this.seek(pos);
    return good ? { value, end } : null;
  }

  /** Whether one more level of nesting is too many; says so. The caller returns without going deeper. */
  protected tooDeep(): boolean {
    if (this.depth < MAX_DEPTH) return false;
    this.fail(messages.TOO_COMPLEX, this.starts[this.pos], this.ends[this.pos], 'MemoryError');
    return true;
  }

  /** Index of the last token that begins at or before an offset. */
  protected tokenAt(offset: number): number {
    let at = this.pos;
    while (at > 0 && this.starts[at] > offset) at--;
    return at;
  }

  /** Brackets that are open after the token at `at` within its statement. */
  protected bracketLevel(at: number): number {
    let level = this.outerBrackets;
    for (let i = at; i >= 0; i--) {
      const kind = this.kinds[i];
      if (kind === TokenKind.NEWLINE || kind === TokenKind.INDENT || kind === TokenKind.DEDENT) break;
      if (kind === TokenKind.LPAR || kind === TokenKind.LSQB || kind === TokenKind.LBRACE) level++;
      else if (kind === TokenKind.RPAR || kind === TokenKind.RSQB || kind === TokenKind.RBRACE) level--;
    }
    return level;
  }

  // ---- Lines, wanted by few ----

  protected lines(): LineIndex {
    return (this.lineIndex ??= new LineIndex(this.text));
  }

  /** The line of a token's start. */
  protected lineOf(at: number): number {
    return this.lines().lineno(this.starts[at]);
  }

  /** Bytes of UTF-8 between two offsets. */
  protected bytesBetween(start: number, end: number): number {
    return utf8Length(this.text, start, end);
  }
}
