// Parameters of def and lambda. One function reads both: they differ in what ends them and in annotations.
// CPython: Grammar/python.gram, parameters, lambda_parameters and their invalid_ rules.
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import { Arg, Arguments, type Expression, Starred } from '../ast/expressions.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import * as messages from './messages.ts';
import { StringParser } from './strings.ts';

export abstract class ParameterParser extends StringParser {
  protected abstract expression(): Expression;
  protected abstract bitwiseOr(): Expression;
  protected abstract startsExpression(): boolean;
  /** Parameters up to, not including, `end`: the parenthesis of a def, the colon of a lambda. */
  protected parameters(end: TokenKind.RPAR | TokenKind.COLON): Arguments {
    const start = this.starts[this.pos];
    const annotated = end === TokenKind.RPAR;
    let posonlyargs: Arg[] = [];
    let args: Arg[] = [];
    const kwonlyargs: Arg[] = [];
    const defaults: Expression[] = [];
    const kwDefaults: (Expression | null)[] = [];
    let vararg: Arg | null = null;
    let kwarg: Arg | null = null;
    let slashSeen = false;
    let star = -1;
    let before = -1;
    while (!this.at(end)) {
      if (this.pos === before) break;
      before = this.pos;
      const at = this.pos;
      if (this.at(TokenKind.NAME)) {
        const arg = this.parameter(annotated, false);
        if (kwarg) this.refuse(messages.afterKwarg(this.dialect.parameterWord), at);
        const value = this.parameterDefault(end);
        if (star !== -1) {
          if (this.dialect.keywordOnlyEndsAtName) arg.end = this.ends[at];
          kwonlyargs.push(arg);
          kwDefaults.push(value);
        } else {
          args.push(arg);
          if (value) defaults.push(value);
          else if (defaults.length > 0 && (this.at(TokenKind.COMMA) || this.at(end))) {
            if (slashSeen && !this.dialect.wordsParameterRange) this.unexpected();
            else this.nonDefault(at, this.pos - 1);
          }
        }
      } else if (this.at(TokenKind.SLASH)) {
        if (kwarg) this.refuse(messages.afterKwarg(this.dialect.parameterWord), at);
        else if (slashSeen) this.refuse(messages.SLASH_ONCE, at);
        else if (star !== -1) this.refuse(messages.SLASH_BEFORE_STAR, at);
        else if (args.length === 0) {
          if (this.peek(1) === TokenKind.COMMA)
            this.refuse(messages.slashFirst(this.dialect.parameterWord), at);
          else this.unexpected();
        }
        this.advance();
        slashSeen = true;
        posonlyargs = args;
        args = [];
        if (this.at(TokenKind.STAR)) this.refuse(messages.COMMA_AFTER_SLASH, this.pos);
      } else if (this.at(TokenKind.STAR)) {
        if (kwarg) this.refuse(messages.afterKwarg(this.dialect.parameterWord), at);
        else if (star !== -1) this.refuse(messages.starOnce(this.dialect.parameterWord), at);
        this.advance();
        star = at;
        if (this.at(TokenKind.NAME)) {
          vararg = this.parameter(annotated, true);
          if (this.at(TokenKind.EQUAL)) {
            if (vararg.annotation?.kind === NodeKind.Starred) this.unexpected();
            this.refuseDefault(messages.varargDefault(this.dialect.parameterWord));
          }
        } else this.bareStar(at, end);
      } else if (this.at(TokenKind.DOUBLESTAR)) {
        if (kwarg) this.refuse(messages.afterKwarg(this.dialect.parameterWord), at);
        this.advance();
        if (this.at(TokenKind.NAME)) {
          kwarg = this.parameter(annotated, false);
          if (this.at(TokenKind.EQUAL)) this.refuseDefault(messages.kwargDefault(this.dialect.parameterWord));
        } else this.unexpected();
      } else {
        this.parenthesizedParameters(star === -1 && defaults.length === 0 && !slashSeen, annotated);
        break;
      }
      if (this.at(end)) break;
      if (!this.accept(TokenKind.COMMA)) {
        this.unexpected();
        break;
      }
    }
    const stop = this.pos > 0 ? Math.max(start, this.lastEnd()) : start;
    return new Arguments(start, stop, posonlyargs, args, vararg, kwonlyargs, kwDefaults, kwarg, defaults);
  }

  protected noParameters(): Arguments {
    const start = this.starts[this.pos];
    return new Arguments(start, start, [], [], null, [], [], null, []);
  }

  private parameter(annotated: boolean, starred: boolean): Arg {
    const start = this.starts[this.pos];
    const name = this.identifier();
    this.checkName(name, this.pos);
    this.advance();
    let annotation: Expression | null = null;
    if (annotated && this.accept(TokenKind.COLON)) {
      annotation = starred && this.at(TokenKind.STAR) ? this.starAnnotation() : this.expression();
    }
    return new Arg(start, this.lastEnd(), name, annotation);
  }

  private starAnnotation(): Expression {
    const at = this.pos;
    if (!this.dialect.starredAnnotation) this.lacks(at);
    this.advance();
    const value = this.bitwiseOr();
    return new Starred(this.starts[at], this.lastEnd(), value, ExprContext.Load);
  }

  private parameterDefault(end: TokenKind): Expression | null {
    if (!this.at(TokenKind.EQUAL)) return null;
    const at = this.pos;
    this.advance();
    if (!this.startsExpression()) {
      if (this.at(end) || this.at(TokenKind.COMMA)) this.refuse(messages.EXPECTED_DEFAULT, at);
      else this.unexpected();
      return this.invalid(this.starts[this.pos], this.starts[this.pos]);
    }
    return this.expression();
  }

  private refuseDefault(msg: string): void {
    this.refuse(msg, this.pos);
    this.advance();
    if (this.startsExpression()) this.expression();
  }

  /** Says what is wrong at a token, if the target has words for it. */
  private refuse(msg: string, at: number): void {
    if (this.dialect.wordsParameters) this.failAt(msg, at, at);
    else this.unexpected(at);
  }

  private nonDefault(first: number, last: number): void {
    this.failAt(this.dialect.nonDefault, first, last);
  }

  private bareStar(at: number, end: TokenKind): void {
    // A lambda's error is placed at the last token that was read.
    const lambda = end === TokenKind.COLON;
    if (this.at(end))
      this.failAt(
        messages.namedAfterStar(this.dialect.parameterWord),
        lambda ? this.pos : at,
        lambda ? this.pos : at,
      );
    else if (!this.at(TokenKind.COMMA)) this.unexpected();
    else {
      const next = this.peek(1);
      const place = lambda ? this.pos + 1 : at;
      if (next === end || next === TokenKind.DOUBLESTAR)
        this.failAt(messages.namedAfterStar(this.dialect.parameterWord), place, place);
    }
  }

  /** `def f((a, b))` of Python 2. */
  private parenthesizedParameters(first: boolean, annotated: boolean): void {
    const open = this.pos;
    if (this.at(TokenKind.LPAR) && first && this.dialect.wordsParameters) {
      let at = open + 1;
      while (this.kinds[at] === TokenKind.NAME || this.kinds[at] === TokenKind.COMMA) at++;
      if (this.kinds[at] === TokenKind.RPAR && at > open + 1) {
        const msg = annotated ? messages.PARENTHESIZED_PARAMETERS : messages.PARENTHESIZED_LAMBDA_PARAMETERS;
        this.failAt(msg, open, at);
        return;
      }
    }
    this.unexpected();
  }
}
