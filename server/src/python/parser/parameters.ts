// Parameters of def and lambda. One function reads both: they differ in what ends them and in annotations.
// CPython: Grammar/python.gram, parameters, lambda_parameters and their invalid_ rules.
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import { Arg, Arguments, type Expression, Starred } from '../ast/expressions.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import * as messages from './messages.ts';
import type { Parser } from './parser.ts';

/** Parameters up to, not including, `end`: the parenthesis of a def, the colon of a lambda. */
export function parseParameters(p: Parser, end: TokenKind.RPAR | TokenKind.COLON): Arguments {
  const start = p.starts[p.pos];
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
  const opening = p.pos;
  let before = -1;
  while (!p.at(end)) {
    if (p.pos === before) break;
    before = p.pos;
    const at = p.pos;
    if (p.at(TokenKind.NAME)) {
      const arg = parseParameter(p, annotated, false);
      if (kwarg) refuse(p, messages.afterKwarg(p.dialect.parameterWord), at);
      const value = parseParameterDefault(p, end);
      if (star !== -1) {
        if (p.dialect.keywordOnlyEndsAtName) arg.end = p.ends[at];
        kwonlyargs.push(arg);
        kwDefaults.push(value);
      } else {
        args.push(arg);
        if (value) defaults.push(value);
        else if (defaults.length > 0 && (p.at(TokenKind.COMMA) || p.at(end))) {
          // The tree of 3.8 is made of all parameters at once.
          if (p.dialect.readsAheadOnly) refuseMissingDefault(p, opening, p.pos - 1);
          else if (slashSeen && !p.dialect.wordsParameterRange) p.unexpected();
          else refuseMissingDefault(p, at, p.pos - 1);
        }
      }
    } else if (p.at(TokenKind.SLASH)) {
      if (kwarg) refuse(p, messages.afterKwarg(p.dialect.parameterWord), at);
      else if (slashSeen) refuse(p, messages.SLASH_ONCE, at);
      else if (star !== -1) refuse(p, messages.SLASH_BEFORE_STAR, at);
      else if (args.length === 0) {
        if (p.peek(1) === TokenKind.COMMA) refuse(p, messages.slashFirst(p.dialect.parameterWord), at);
        else p.unexpected();
      }
      p.advance();
      slashSeen = true;
      posonlyargs = args;
      args = [];
      if (p.at(TokenKind.STAR)) refuse(p, messages.COMMA_AFTER_SLASH, p.pos);
    } else if (p.at(TokenKind.STAR)) {
      if (kwarg) refuse(p, messages.afterKwarg(p.dialect.parameterWord), at);
      else if (star !== -1) refuse(p, messages.starOnce(p.dialect.parameterWord), at);
      p.advance();
      star = at;
      if (p.at(TokenKind.NAME)) {
        vararg = parseParameter(p, annotated, true);
        if (p.at(TokenKind.EQUAL)) {
          if (vararg.annotation?.kind === NodeKind.Starred) p.unexpected();
          refuseDefault(p, messages.varargDefault(p.dialect.parameterWord));
        }
      } else parseBareStar(p, at, end);
    } else if (p.at(TokenKind.DOUBLESTAR)) {
      if (kwarg) refuse(p, messages.afterKwarg(p.dialect.parameterWord), at);
      p.advance();
      if (p.at(TokenKind.NAME)) {
        kwarg = parseParameter(p, annotated, false);
        if (p.at(TokenKind.EQUAL)) refuseDefault(p, messages.kwargDefault(p.dialect.parameterWord));
      } else p.unexpected();
    } else {
      parseParenthesizedParameters(p, star === -1 && defaults.length === 0 && !slashSeen, annotated);
      break;
    }
    if (p.at(end)) break;
    if (!p.accept(TokenKind.COMMA)) {
      p.unexpected();
      break;
    }
  }
  const stop = p.pos > 0 ? Math.max(start, p.lastEnd()) : start;
  return new Arguments(start, stop, posonlyargs, args, vararg, kwonlyargs, kwDefaults, kwarg, defaults);
}

export function noParameters(p: Parser): Arguments {
  const start = p.starts[p.pos];
  return new Arguments(start, start, [], [], null, [], [], null, []);
}

function parseParameter(p: Parser, annotated: boolean, starred: boolean): Arg {
  const start = p.starts[p.pos];
  const name = p.identifier();
  p.checkName(name, p.pos);
  p.advance();
  let annotation: Expression | null = null;
  if (annotated && p.accept(TokenKind.COLON)) {
    annotation = starred && p.at(TokenKind.STAR) ? parseStarAnnotation(p) : p.expression();
  }
  return new Arg(start, p.lastEnd(), name, annotation);
}

function parseStarAnnotation(p: Parser): Expression {
  const at = p.pos;
  if (!p.dialect.starredAnnotation) p.lacks(at);
  p.advance();
  const value = p.bitwiseOr();
  return new Starred(p.starts[at], p.lastEnd(), value, ExprContext.Load);
}

function parseParameterDefault(p: Parser, end: TokenKind): Expression | null {
  if (!p.at(TokenKind.EQUAL)) return null;
  const at = p.pos;
  p.advance();
  if (!p.startsExpression()) {
    if (p.at(end) || p.at(TokenKind.COMMA)) refuse(p, messages.EXPECTED_DEFAULT, at);
    else p.unexpected();
    return p.invalid(p.starts[p.pos], p.starts[p.pos]);
  }
  return p.expression();
}

function refuseDefault(p: Parser, msg: string): void {
  refuse(p, msg, p.pos);
  p.advance();
  if (p.startsExpression()) p.expression();
}

/** Says what is wrong at a token, if the target has words for it. */
function refuse(p: Parser, msg: string, at: number): void {
  if (p.dialect.wordsParameters) p.failAt(msg, at, at);
  else p.unexpected(at);
}

function refuseMissingDefault(p: Parser, first: number, last: number): void {
  p.failAt(p.dialect.nonDefault, first, last);
}

function parseBareStar(p: Parser, at: number, end: TokenKind): void {
  // A lambda's error is placed at the last token that was read.
  const lambda = end === TokenKind.COLON;
  if (p.at(end))
    p.failAt(messages.namedAfterStar(p.dialect.parameterWord), lambda ? p.pos : at, lambda ? p.pos : at);
  else if (!p.at(TokenKind.COMMA)) p.unexpected();
  else {
    const next = p.peek(1);
    const place = lambda ? p.pos + 1 : at;
    if (next === end || next === TokenKind.DOUBLESTAR)
      p.failAt(messages.namedAfterStar(p.dialect.parameterWord), place, place);
  }
}

/** `def f((a, b))` of Python 2. */
function parseParenthesizedParameters(p: Parser, first: boolean, annotated: boolean): void {
  const open = p.pos;
  if (p.at(TokenKind.LPAR) && first && p.dialect.wordsParameters) {
    let at = open + 1;
    while (p.kinds[at] === TokenKind.NAME || p.kinds[at] === TokenKind.COMMA) at++;
    if (p.kinds[at] === TokenKind.RPAR && at > open + 1) {
      const msg = annotated ? messages.PARENTHESIZED_PARAMETERS : messages.PARENTHESIZED_LAMBDA_PARAMETERS;
      p.failAt(msg, open, at);
      return;
    }
  }
  p.unexpected();
}
