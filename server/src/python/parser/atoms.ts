// Atoms and what is written behind them: names, literals, displays and comprehensions, attributes, subscripts, calls.
// CPython: Grammar/python.gram, primary, atom and the rules below them.
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import {
  Attribute,
  Call,
  Constant,
  type Expression,
  GeneratorExp,
  Invalid,
  Keyword,
  Name,
  Slice,
  Starred,
  Subscript,
  Tuple,
} from '../ast/expressions.ts';
import { isLiteralError, parseNumber } from '../constants/literals.ts';
import { ConstantType, ELLIPSIS, FALSE, NONE, TRUE } from '../constants/values.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import * as messages from './messages.ts';
import { DisplayParser } from './displays.ts';
import { expressionName } from './targets.ts';

const { Load } = ExprContext;

export abstract class AtomParser extends DisplayParser {
  /** A name, literal or bracketed expression. Where there is none: an error and an empty Invalid. */
  protected atom(): Expression {
    const at = this.pos;
    const start = this.starts[at];
    switch (this.kind) {
      case TokenKind.NAME: {
        const name = new Name(start, this.ends[at], this.names[this.values[at]], Load);
        this.advance();
        return name;
      }
      case TokenKind.NUMBER:
        return this.number();
      case TokenKind.STRING:
      case TokenKind.FSTRING_START:
      case TokenKind.TSTRING_START:
        return this.strings();
      case TokenKind.LPAR:
        return this.parenthesized();
      case TokenKind.LSQB:
        return this.listDisplay();
      case TokenKind.LBRACE:
        return this.braceDisplay();
      case TokenKind.NONE:
        this.advance();
        return new Constant(start, this.ends[at], NONE, null);
      case TokenKind.TRUE:
        this.advance();
        return new Constant(start, this.ends[at], TRUE, null);
      case TokenKind.FALSE:
        this.advance();
        return new Constant(start, this.ends[at], FALSE, null);
      case TokenKind.ELLIPSIS:
        this.advance();
        return new Constant(start, this.ends[at], ELLIPSIS, null);
      default:
        this.unexpected();
        return new Invalid(start, start, []);
    }
  }

  protected number(): Expression {
    const start = this.starts[this.pos];
    const end = this.ends[this.pos];
    const value = parseNumber(this.text, start, end, this.dialect.integerDigitLimit);
    this.advance();
    if (!isLiteralError(value)) return new Constant(start, end, value, null);
    this.failLiteral({ type: 'SyntaxError', msg: messages.tooManyDigits(Number(value.message)), start, end });
    return new Constant(start, end, { type: ConstantType.Int, value: 0n }, null);
  }

  /** An atom with its attributes, subscripts and calls. */
  protected primary(): Expression {
    const start = this.starts[this.pos];
    let node = this.atom();
    for (;;) {
      switch (this.kind) {
        case TokenKind.DOT: {
          this.advance();
          if (!this.at(TokenKind.NAME)) {
            this.unexpected();
            return new Attribute(start, this.lastEnd(), node, '', Load);
          }
          node = new Attribute(start, this.ends[this.pos], node, this.identifier(), Load);
          this.advance();
          break;
        }
        case TokenKind.LPAR:
          node = this.call(start, node);
          break;
        case TokenKind.LSQB:
          node = this.subscript(start, node);
          break;
        default:
          return node;
      }
    }
  }

  // ---- Subscripts ----

  private subscript(start: number, value: Expression): Expression {
    const open = this.pos;
    this.advance();
    const first = this.starts[this.pos];
    let slice: Expression;
    if (this.at(TokenKind.RSQB)) {
      this.unexpected();
      slice = this.invalid(first, first);
    } else {
      slice = this.subscriptElement();
      if (this.at(TokenKind.COMMA) || slice.kind === NodeKind.Starred) {
        const elts = [slice];
        while (this.accept(TokenKind.COMMA)) {
          if (this.at(TokenKind.RSQB) || this.stuckAt(TokenKind.RSQB)) break;
          elts.push(this.subscriptElement());
        }
        slice = new Tuple(first, this.lastEnd(), elts, Load);
      }
    }
    this.close(TokenKind.RSQB, open);
    return new Subscript(start, this.lastEnd(), value, slice, Load);
  }

  private subscriptElement(): Expression {
    const start = this.starts[this.pos];
    if (this.at(TokenKind.STAR)) {
      if (!this.dialect.starredSubscript) this.lacks(this.pos);
      this.advance();
      const value = this.expression();
      return new Starred(start, this.lastEnd(), value, Load);
    }
    let lower: Expression | null = null;
    if (!this.at(TokenKind.COLON)) {
      const at = this.pos;
      lower = this.namedExpression();
      if (lower.kind === NodeKind.NamedExpr && lower.start === this.starts[at]) {
        if (this.kinds[at] !== TokenKind.LPAR) {
          if (!this.dialect.bareWalrusInSubscript) this.lacks(at + 1);
          if (this.at(TokenKind.COLON)) this.unexpected();
        }
      }
    }
    if (!this.at(TokenKind.COLON)) return lower ?? this.invalid(start, start);
    this.advance();
    const upper = this.startsExpression() ? this.expression() : null;
    let step: Expression | null = null;
    if (this.accept(TokenKind.COLON) && this.startsExpression()) step = this.expression();
    return new Slice(start, this.lastEnd(), lower, upper, step);
  }

  // ---- Calls ----

  private call(start: number, func: Expression): Expression {
    const open = this.pos;
    this.advance();
    const args: Expression[] = [];
    const keywords: Keyword[] = [];
    const generator = this.at(TokenKind.RPAR) ? null : this.callArguments(args, keywords);
    this.close(TokenKind.RPAR, open);
    const end = this.lastEnd();
    if (generator) {
      // A generator expression without parentheses of its own has those of the call.
      generator.start = this.starts[open];
      generator.end = end;
    }
    return new Call(start, end, func, args, keywords);
  }

  /**
   * The arguments of a call or class, up to the closing parenthesis. Returns the generator expression that has no
   * parentheses of its own.
   */
  protected callArguments(args: Expression[], keywords: Keyword[]): GeneratorExp | null {
    let unpacking = false;
    let before = -1;
    /** Tokens of a generator expression without parentheses of its own. */
    let bareGenerator: { readonly first: number; readonly last: number } | null = null;
    let generator: GeneratorExp | null = null;
    let count = 0;
    while (!this.at(TokenKind.RPAR)) {
      if (this.pos === before) break;
      before = this.pos;
      const at = this.pos;
      const start = this.starts[at];
      if (bareGenerator) this.refuseGenerator(bareGenerator);
      count++;
      if (this.at(TokenKind.STAR)) {
        this.advance();
        const value = this.expression();
        if (unpacking) this.failAt(messages.ITERABLE_AFTER_UNPACKING, at, this.pos - 1);
        if (this.at(TokenKind.EQUAL)) this.refuseStarAssignment();
        const end = this.dialect.starredArgumentEndsAtValue ? value.end : this.lastEnd();
        const starred = new Starred(start, end, value, Load);
        if (count === 1 && (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC))) {
          generator = this.starredGenerator(starred);
          bareGenerator = { first: at, last: this.pos - 1 };
          args.push(generator);
        } else args.push(starred);
      } else if (this.at(TokenKind.DOUBLESTAR)) {
        this.advance();
        const value = this.expression();
        if (this.at(TokenKind.EQUAL)) this.refuseStarAssignment();
        keywords.push(new Keyword(start, this.lastEnd(), null, value));
        unpacking = true;
      } else if (this.at(TokenKind.NAME) && this.peek(1) === TokenKind.EQUAL) {
        keywords.push(this.keywordArgument(at, keywords));
      } else {
        if (!this.startsExpression() && !this.at(TokenKind.YIELD)) {
          this.unexpected();
          break;
        }
        if (this.at(TokenKind.YIELD)) this.unexpected();
        let value = this.at(TokenKind.YIELD) ? this.yieldExpression() : this.namedExpression();
        if (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) {
          // An argument of 3.8 has either a walrus or clauses.
          const isBareWalrus = value.kind === NodeKind.NamedExpr && value.start === start;
          if (isBareWalrus && this.dialect.readsAheadOnly) this.unexpected();
          const generators = this.comprehensions();
          value = generator = new GeneratorExp(start, this.lastEnd(), value, generators);
          bareGenerator = { first: at, last: this.pos - 1 };
          if (count > 1) this.refuseGenerator(bareGenerator);
        } else if (this.at(TokenKind.EQUAL)) {
          value = this.refuseKeyword(at, value);
        } else if (keywords.length > 0 && (this.at(TokenKind.COMMA) || this.at(TokenKind.RPAR))) {
          this.positionalAfter(unpacking);
        }
        args.push(value);
      }
      if (this.at(TokenKind.RPAR)) break;
      if (!this.accept(TokenKind.COMMA)) {
        this.unexpected();
        break;
      }
      if (bareGenerator && this.at(TokenKind.RPAR)) this.refuseGenerator(bareGenerator);
      if (this.stuckAt(TokenKind.RPAR)) break;
    }
    return generator;
  }

  /** `f(*x for x in y)` (PEP 798). */
  private starredGenerator(element: Starred): GeneratorExp {
    if (!this.dialect.comprehensionUnpacking) this.unexpected();
    const generators = this.comprehensions();
    return new GeneratorExp(element.start, this.lastEnd(), element, generators);
  }

  /** `f(x for x in y, z)`. */
  private refuseGenerator(tokens: { readonly first: number; readonly last: number }): void {
    this.failAt(messages.GENERATOR_PARENTHESES, tokens.first, tokens.last);
  }

  /** `f(*a = 1)` */
  private refuseStarAssignment(): void {
    this.unexpected();
    this.advance();
    if (this.startsExpression()) this.expression();
  }

  private positionalAfter(unpacking: boolean): void {
    const msg = unpacking ? messages.POSITIONAL_AFTER_UNPACKING : messages.POSITIONAL_AFTER_KEYWORD;
    // CPython says so at the last token it has read, when all the arguments are behind it.
    const last = this.matchingBracket(this.pos);
    this.failAt(msg, last, last);
  }

  /** The token that closes the bracket around token `at`, or the last token of its line. */
  private matchingBracket(at: number): number {
    let level = 0;
    for (let i = at; i < this.count; i++) {
      const kind = this.kinds[i];
      if (kind === TokenKind.LPAR || kind === TokenKind.LSQB || kind === TokenKind.LBRACE) level++;
      else if (kind === TokenKind.RPAR || kind === TokenKind.RSQB || kind === TokenKind.RBRACE) {
        if (level-- === 0) return i;
      } else if (kind === TokenKind.NEWLINE) return i;
    }
    return this.count - 1;
  }

  private keywordArgument(at: number, before: readonly Keyword[]): Keyword {
    const name = this.identifier();
    this.checkName(name, at);
    if (this.dialect.refusesNames && before.some(({ arg }) => arg === name)) {
      this.failAt(messages.REPEATED_KEYWORD, at, at);
    }
    this.advance();
    this.advance();
    let value: Expression;
    if (!this.startsExpression()) {
      this.unexpected();
      value = this.invalid(this.starts[this.pos], this.starts[this.pos]);
    } else value = this.expression();
    if (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) {
      this.unexpected();
      this.comprehensions();
    }
    return new Keyword(this.starts[at], this.lastEnd(), name, value);
  }

  /** `f(a.b = 1)`, `f(True=1)`. */
  private refuseKeyword(at: number, value: Expression): Expression {
    const equal = this.pos;
    if (value.kind === NodeKind.Constant && at === equal - 1 && this.dialect.wordsConstantKeyword) {
      const { type } = value.value;
      if (type === ConstantType.None || type === ConstantType.Bool) {
        this.failAt(messages.cannotAssign(expressionName(value, this.dialect.expressionNames)), at, equal);
      }
    }
    this.fail(messages.ARGUMENT_ASSIGNMENT, value.start, this.ends[equal]);
    this.advance();
    if (this.startsExpression()) this.expression();
    return value;
  }
}
