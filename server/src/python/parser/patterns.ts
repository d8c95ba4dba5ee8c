// Patterns of match statements (PEP 634).
// CPython: Grammar/python.gram, patterns … keyword_pattern.
import { ExprContext, NodeKind, Operator, UnaryOperator } from '../ast/kinds.ts';
import { Attribute, BinOp, Constant, type Expression, Name, UnaryOp } from '../ast/expressions.ts';
import {
  MatchAs,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  MatchSingleton,
  MatchStar,
  MatchValue,
  type Pattern,
} from '../ast/nodes.ts';
import { ConstantType, type ConstantValue, FALSE, NONE, TRUE } from '../constants/values.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import { ExpressionParser } from './expressions.ts';
import * as messages from './messages.ts';

const { Load } = ExprContext;

export abstract class PatternParser extends ExpressionParser {
  /** What stands behind `case`: a pattern, or a sequence of them without brackets. */
  protected patterns(): Pattern {
    const start = this.starts[this.pos];
    const first = this.maybeStarPattern();
    if (!this.at(TokenKind.COMMA)) {
      if (first.kind === NodeKind.MatchStar) this.unexpected();
      return first;
    }
    const patterns = [first];
    while (this.accept(TokenKind.COMMA)) {
      if (!this.startsPattern()) break;
      patterns.push(this.maybeStarPattern());
    }
    return new MatchSequence(start, this.lastEnd(), patterns);
  }

  private startsPattern(): boolean {
    switch (this.kind) {
      case TokenKind.NAME:
      case TokenKind.NUMBER:
      case TokenKind.MINUS:
      case TokenKind.PLUS:
      case TokenKind.STRING:
      case TokenKind.FSTRING_START:
      case TokenKind.TSTRING_START:
      case TokenKind.NONE:
      case TokenKind.TRUE:
      case TokenKind.FALSE:
      case TokenKind.LPAR:
      case TokenKind.LSQB:
      case TokenKind.LBRACE:
      case TokenKind.STAR:
        return true;
      default:
        return false;
    }
  }

  private maybeStarPattern(): Pattern {
    if (!this.at(TokenKind.STAR)) return this.pattern();
    const start = this.starts[this.pos];
    this.advance();
    if (!this.at(TokenKind.NAME)) {
      this.unexpected();
      return new MatchStar(start, this.lastEnd(), null);
    }
    const name = this.identifier();
    this.advance();
    if (this.at(TokenKind.DOT) || this.at(TokenKind.LPAR) || this.at(TokenKind.EQUAL)) this.unexpected();
    return new MatchStar(start, this.lastEnd(), name === '_' ? null : name);
  }

  private pattern(): Pattern {
    const start = this.starts[this.pos];
    if (this.tooDeep()) return this.noPattern(start);
    this.depth++;
    let pattern = this.orPattern();
    this.depth--;
    if (this.at(TokenKind.AS)) {
      this.advance();
      const name = this.asTarget();
      pattern = new MatchAs(start, this.lastEnd(), pattern, name);
    }
    return pattern;
  }

  private asTarget(): string | null {
    if (!this.at(TokenKind.NAME)) {
      this.unexpected();
      if (this.startsExpression()) this.expression();
      return null;
    }
    const name = this.identifier();
    if (name === '_') this.failAt(messages.PATTERN_WILDCARD_TARGET, this.pos, this.pos);
    const next = this.peek(1);
    if (next === TokenKind.DOT || next === TokenKind.LPAR || next === TokenKind.EQUAL) {
      this.unexpected(this.pos + 1);
    }
    this.advance();
    return name;
  }

  private orPattern(): Pattern {
    const start = this.starts[this.pos];
    const first = this.closedPattern();
    if (!this.at(TokenKind.VBAR)) return first;
    const patterns = [first];
    while (this.accept(TokenKind.VBAR)) patterns.push(this.closedPattern());
    return new MatchOr(start, this.lastEnd(), patterns);
  }

  private noPattern(start: number): Pattern {
    return new MatchAs(start, start, null, null);
  }

  private closedPattern(): Pattern {
    const start = this.starts[this.pos];
    switch (this.kind) {
      case TokenKind.NUMBER:
      case TokenKind.MINUS:
      case TokenKind.PLUS: {
        const value = this.signedNumber();
        return new MatchValue(start, this.lastEnd(), value);
      }
      case TokenKind.STRING:
      case TokenKind.FSTRING_START:
      case TokenKind.TSTRING_START: {
        const value = this.strings();
        return new MatchValue(start, this.lastEnd(), value);
      }
      case TokenKind.NONE:
        return this.singleton(NONE);
      case TokenKind.TRUE:
        return this.singleton(TRUE);
      case TokenKind.FALSE:
        return this.singleton(FALSE);
      case TokenKind.NAME:
        return this.namePattern();
      case TokenKind.LPAR:
        return this.groupPattern();
      case TokenKind.LSQB: {
        this.advance();
        const patterns = this.sequence(TokenKind.RSQB);
        return new MatchSequence(start, this.lastEnd(), patterns);
      }
      case TokenKind.LBRACE:
        return this.mapping();
      default:
        this.unexpected();
        return this.noPattern(start);
    }
  }

  private singleton(value: ConstantValue): Pattern {
    const start = this.starts[this.pos];
    this.advance();
    return new MatchSingleton(start, this.lastEnd(), value);
  }

  /** `1`, `-1`, `-1 + 2j` */
  private signedNumber(): Expression {
    const start = this.starts[this.pos];
    const real = this.signedReal();
    if (!this.at(TokenKind.PLUS) && !this.at(TokenKind.MINUS)) return real;
    const operator = this.at(TokenKind.PLUS) ? Operator.Add : Operator.Sub;
    this.checkNumber(real, false);
    this.advance();
    if (!this.at(TokenKind.NUMBER)) {
      this.unexpected();
      return real;
    }
    const imaginary = this.number();
    this.checkNumber(imaginary, true);
    return new BinOp(start, this.lastEnd(), real, operator, imaginary);
  }

  private signedReal(): Expression {
    const start = this.starts[this.pos];
    const sign = this.at(TokenKind.MINUS)
      ? UnaryOperator.USub
      : this.at(TokenKind.PLUS)
        ? UnaryOperator.UAdd
        : null;
    if (sign === UnaryOperator.UAdd && !this.dialect.plusPatterns) this.lacks(this.pos);
    if (sign !== null) this.advance();
    if (!this.at(TokenKind.NUMBER)) {
      this.unexpected();
      return this.invalid(start, this.lastEnd());
    }
    const number = this.number();
    return sign === null ? number : new UnaryOp(start, this.lastEnd(), sign, number);
  }

  private checkNumber(node: Expression, imaginary: boolean): void {
    const number = node.kind === NodeKind.UnaryOp ? node.operand : node;
    if (number.kind !== NodeKind.Constant || (number.value.type === ConstantType.Complex) === imaginary)
      return;
    this.fail(imaginary ? messages.PATTERN_IMAGINARY : messages.PATTERN_REAL, number.start, number.end);
  }

  /** A capture, a wildcard, a dotted name or a class. */
  private namePattern(): Pattern {
    const start = this.starts[this.pos];
    const next = this.peek(1);
    if (next !== TokenKind.DOT && next !== TokenKind.LPAR) {
      const name = this.identifier();
      this.advance();
      if (this.at(TokenKind.EQUAL)) this.unexpected();
      return new MatchAs(start, this.lastEnd(), null, name === '_' ? null : name);
    }
    const value = this.nameOrAttribute();
    if (this.at(TokenKind.LPAR)) return this.classPattern(start, value);
    if (this.at(TokenKind.EQUAL)) this.unexpected();
    return new MatchValue(start, this.lastEnd(), value);
  }

  private nameOrAttribute(): Expression {
    const start = this.starts[this.pos];
    let node: Expression = new Name(start, this.ends[this.pos], this.identifier(), Load);
    this.advance();
    while (this.accept(TokenKind.DOT)) {
      if (!this.at(TokenKind.NAME)) {
        this.unexpected();
        break;
      }
      node = new Attribute(start, this.ends[this.pos], node, this.identifier(), Load);
      this.advance();
    }
    return node;
  }

  private groupPattern(): Pattern {
    const open = this.pos;
    const start = this.starts[open];
    this.advance();
    if (!this.at(TokenKind.RPAR)) {
      const first = this.maybeStarPattern();
      if (!this.at(TokenKind.COMMA)) {
        if (first.kind === NodeKind.MatchStar) this.unexpected();
        this.expect(TokenKind.RPAR);
        return first;
      }
      const patterns = [first];
      while (this.accept(TokenKind.COMMA)) {
        if (!this.startsPattern()) break;
        patterns.push(this.maybeStarPattern());
      }
      this.expect(TokenKind.RPAR);
      return new MatchSequence(start, this.lastEnd(), patterns);
    }
    this.advance();
    return new MatchSequence(start, this.lastEnd(), []);
  }

  /** Patterns up to and with the closing bracket. */
  private sequence(closing: TokenKind): Pattern[] {
    const patterns: Pattern[] = [];
    while (this.startsPattern()) {
      patterns.push(this.maybeStarPattern());
      if (!this.accept(TokenKind.COMMA)) break;
    }
    this.expect(closing);
    return patterns;
  }

  private mapping(): Pattern {
    const start = this.starts[this.pos];
    this.advance();
    const keys: Expression[] = [];
    const patterns: Pattern[] = [];
    let rest: string | null = null;
    while (!this.at(TokenKind.RBRACE)) {
      const before = this.pos;
      if (rest !== null) {
        this.unexpected();
        break;
      }
      if (this.at(TokenKind.DOUBLESTAR)) {
        this.advance();
        if (!this.at(TokenKind.NAME) || this.identifier() === '_') {
          this.unexpected();
          break;
        }
        rest = this.identifier();
        this.advance();
      } else {
        const key = this.mappingKey();
        if (!key) break;
        this.expect(TokenKind.COLON);
        keys.push(key);
        patterns.push(this.pattern());
      }
      if (!this.accept(TokenKind.COMMA) || this.pos === before) break;
    }
    this.expect(TokenKind.RBRACE);
    return new MatchMapping(start, this.lastEnd(), keys, patterns, rest);
  }

  private mappingKey(): Expression | null {
    const at = this.pos;
    const start = this.starts[at];
    switch (this.kind) {
      case TokenKind.NUMBER:
      case TokenKind.MINUS:
      case TokenKind.PLUS:
        return this.signedNumber();
      case TokenKind.STRING:
      case TokenKind.FSTRING_START:
      case TokenKind.TSTRING_START:
        return this.strings();
      case TokenKind.NONE:
      case TokenKind.TRUE:
      case TokenKind.FALSE:
        this.advance();
        return new Constant(start, this.ends[at], SINGLETONS[this.kinds[at]] ?? NONE, null);
      case TokenKind.NAME:
        if (this.peek(1) !== TokenKind.DOT) {
          this.unexpected(at + 1);
          return null;
        }
        return this.nameOrAttribute();
      default:
        this.unexpected();
        return null;
    }
  }

  /** Whether a positional pattern follows at a distance. */
  private isPositional(distance: number): boolean {
    const kind = this.peek(distance);
    if (kind === TokenKind.RPAR) return false;
    return kind !== TokenKind.NAME || this.peek(distance + 1) !== TokenKind.EQUAL;
  }

  private classPattern(start: number, cls: Expression): Pattern {
    this.advance();
    const patterns: Pattern[] = [];
    const names: string[] = [];
    const keywordPatterns: Pattern[] = [];
    let late: Pattern | null = null;
    while (this.startsPattern() && !this.at(TokenKind.STAR)) {
      if (this.at(TokenKind.NAME) && this.peek(1) === TokenKind.EQUAL) {
        names.push(this.identifier());
        this.advance();
        this.advance();
        keywordPatterns.push(this.pattern());
      } else {
        const pattern = this.pattern();
        if (names.length > 0) late ??= pattern;
        patterns.push(pattern);
        if (late && !(this.at(TokenKind.COMMA) && this.isPositional(1))) {
          this.fail(messages.PATTERN_ORDER, late.start, pattern.end);
        }
      }
      if (!this.accept(TokenKind.COMMA)) break;
    }
    this.expect(TokenKind.RPAR);
    return new MatchClass(start, this.lastEnd(), cls, patterns, names, keywordPatterns);
  }
}

const SINGLETONS: Partial<Record<number, ConstantValue>> = {
  [TokenKind.NONE]: NONE,
  [TokenKind.TRUE]: TRUE,
  [TokenKind.FALSE]: FALSE,
};
