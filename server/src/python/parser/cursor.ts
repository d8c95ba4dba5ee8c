// The parser's place among the tokens, and how it says that they are wrong. Everything above it is a grammar.
//
// Parsing never stops: the first error of a statement is recorded, later ones of the same statement are not (they
// would be its echoes), and the functions go on and return what they have. Only the first error of a file is
// CPython's; the others are for the editor.
import { LineIndex } from '../text/lineIndex.ts';
import type { ReportedPosition, SourceError, SyntaxErrorType } from '../text/syntaxError.ts';
import type { Expression } from '../ast/expressions.ts';
import { TokenKind, type Tokens } from '../tokenizer/tokens.ts';
import type { GrammarDialect } from '../versions/grammarDialect.ts';

import * as messages from './messages.ts';
import { bindsDebug, DEBUG, expressionName, invalidTarget, type TargetUse } from './targets.ts';

/** How deep expressions and blocks may nest: what JavaScript's stack bears with some to spare. */
const MAX_DEPTH = 400;

export class Cursor {
  readonly errors: SourceError[] = [];
  readonly literalErrors: SourceError[] = [];
  /** For each error the token at which its statement begins. */
  readonly errorStatements: number[] = [];
  /** For each error the offset of what it breaks: where it is, unless something is missing before that. */
  readonly errorPlaces: number[] = [];
  /** Blocks where none could be: the tree has their statements in the block around. */
  readonly strayBlocks: { readonly start: number; end: number; readonly error: number }[] = [];
  statementStart = 0;

  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly values: Int32Array;
  readonly names: readonly string[];
  readonly count: number;
  pos = 0;
  /** Kind of the current token. Compare with at(): the compiler takes a compared field for settled, but it moves. */
  kind: TokenKind;
  /** Expressions and blocks that are open, against overflowing the stack. */
  depth = 0;
  /** How deep any of them was: whether CPython's own limits may be near. */
  deepest = 0;
  /** Whether the current statement has an error already. */
  panic = false;
  /** Failures so far, whether recorded or not: tells an attempt whether it succeeded. */
  failures = 0;
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
  at(kind: TokenKind): boolean {
    return this.kind === kind;
  }

  advance(): void {
    if (this.pos < this.count - 1) this.pos++;
    this.kind = this.kinds[this.pos];
  }

  seek(pos: number): void {
    this.pos = pos;
    this.kind = this.kinds[pos];
  }

  /** Kind of the token `distance` after the current one. */
  peek(distance: number): TokenKind {
    const at = this.pos + distance;
    return at < this.count ? this.kinds[at] : TokenKind.ENDMARKER;
  }

  /** End offset of the token before the current one: where the node just parsed ends. */
  lastEnd(): number {
    return this.pos === 0 ? this.starts[0] : this.ends[this.pos - 1];
  }

  /** End offset of the last token that is not layout. CPython: Parser/pegen.c, _PyPegen_get_last_nonnwhitespace_token(). */
  lastVisibleEnd(): number {
    let at = this.pos - 1;
    while (at > 0) {
      const kind = this.kinds[at];
      if (kind !== TokenKind.NEWLINE && kind !== TokenKind.INDENT && kind !== TokenKind.DEDENT) break;
      at--;
    }
    return at < 0 ? 0 : this.ends[at];
  }

  /** The current NAME's identifier. */
  identifier(): string {
    return this.names[this.values[this.pos]];
  }

  accept(kind: TokenKind): boolean {
    if (!this.at(kind)) return false;
    this.advance();
    return true;
  }

  expect(kind: TokenKind): boolean {
    if (this.at(kind)) {
      this.advance();
      return true;
    }
    this.unexpected();
    return false;
  }

  // ---- Failing ----

  /** The current token, or another, is none that could stand there. What CPython says of that is found out later. */
  unexpected(at: number = this.pos): void {
    const kind = this.kinds[at];
    if (kind === TokenKind.INDENT || kind === TokenKind.DEDENT) {
      const msg = kind === TokenKind.INDENT ? messages.UNEXPECTED_INDENT : messages.UNEXPECTED_UNINDENT;
      this.fail(msg, this.starts[at], this.ends[at], 'IndentationError');
    } else this.fail(messages.INVALID_SYNTAX, this.starts[at], this.ends[at]);
  }

  /** An error that spans tokens. CPython: RAISE_SYNTAX_ERROR_KNOWN_RANGE and its like. */
  failAt(msg: string, first: number, last: number, type: SyntaxErrorType = 'SyntaxError'): void {
    this.fail(msg, this.starts[first], this.ends[last], type);
  }

  /** An error that spans offsets. */
  fail(
    msg: string,
    start: number,
    end: number,
    type: SyntaxErrorType = 'SyntaxError',
    position?: ReportedPosition,
  ): void {
    this.failures++;
    if (this.panic) return;
    this.panic = true;
    this.errors.push(position ? { type, msg, start, end, position } : { type, msg, start, end });
    this.errorStatements.push(this.statementStart);
    this.errorPlaces.push(start);
  }

  /** An error in a string or a number: what CPython finds when it makes a value of it. */
  failLiteral(error: SourceError): void {
    this.literalErrors.push(error);
    const { type, msg, start, end, position } = error;
    this.fail(msg, start, end, type, position);
  }

  /** Refuses to bind `__debug__`, saying so at token `at`, if the target's parser is what does so. */
  checkName(name: string | null, at: number): void {
    if (name === DEBUG && this.dialect.refusesNames) this.failAt(messages.ASSIGN_DEBUG, at, at);
  }

  /** Refuses what cannot be a target, saying so at the token at which it begins. CPython 3.8: Python/ast.c, set_context() */
  checkTarget(target: Expression, use: TargetUse, at: number): void {
    const wrong = invalidTarget(target, use);
    const deletes = use === 'delete' || use === 'deleteStarred';
    if (wrong) {
      const name = expressionName(wrong, this.dialect.expressionNames);
      this.failAt(deletes ? messages.cannotDelete(name) : messages.cannotAssign(name), at, at);
    } else if (this.dialect.refusesNames && !deletes && bindsDebug(target))
      this.failAt(messages.ASSIGN_DEBUG, at, at);
  }

  /** Says that the target lacks a feature: its parser gives up at token `at`, and ours goes on. */
  lacks(at: number): void {
    const { panic } = this;
    this.unexpected(at);
    this.panic = panic;
  }

  /**
   * Runs `parse` without recording errors and goes back; what it returned if it met no error, else null. Only headers of
   * statements are tried so, and no statement is part of a header: no attempt is made within another, and none is made
   * of what a longer one has tried, so that nothing is read more than three times.
   */
  attempt<T>(parse: () => T): { value: T; end: number } | null {
    const { pos, panic, failures, depth } = this;
    this.panic = true;
    const value = parse();
    const end = this.pos;
    const good = this.failures === failures;
    this.panic = panic;
    this.failures = failures;
    this.depth = depth;
    this.seek(pos);
    return good ? { value, end } : null;
  }

  /** Whether one more level of nesting is too many; says so. The caller returns without going deeper. */
  tooDeep(): boolean {
    this.deepen(0);
    if (this.depth < MAX_DEPTH) return false;
    this.fail(this.dialect.tooComplex, this.starts[this.pos], this.ends[this.pos], 'MemoryError', {});
    return true;
  }

  /** Notes levels of nesting that are read in a loop here, and not so by CPython. */
  deepen(levels: number): void {
    if (this.depth + levels > this.deepest) this.deepest = this.depth + levels;
  }

  /** Index of the last token that begins at or before an offset. */
  tokenAt(offset: number): number {
    let at = this.pos;
    while (at > 0 && this.starts[at] > offset) at--;
    return at;
  }

  // ---- Lines, wanted by few ----

  lines(): LineIndex {
    return (this.lineIndex ??= new LineIndex(this.text));
  }
}
