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
import { expressionName } from './targets.ts';
import { parseStrings } from './strings.ts';
import {
  close,
  parseBraceDisplay,
  parseComprehensions,
  parseListDisplay,
  parseNamedExpression,
  parseParenthesized,
  stuckAt,
} from './displays.ts';
import type { Parser } from './parser.ts';

const { Load } = ExprContext;

/** A name, literal or bracketed expression. Where there is none: an error and an empty Invalid. */
function parseAtom(p: Parser): Expression {
  const at = p.pos;
  const start = p.starts[at];
  switch (p.kind) {
    case TokenKind.NAME: {
      const name = new Name(start, p.ends[at], p.names[p.values[at]], Load);
      p.advance();
      return name;
    }
    case TokenKind.NUMBER:
      return parseNumberToken(p);
    case TokenKind.STRING:
    case TokenKind.FSTRING_START:
    case TokenKind.TSTRING_START:
      return parseStrings(p);
    case TokenKind.LPAR:
      return parseParenthesized(p);
    case TokenKind.LSQB:
      return parseListDisplay(p);
    case TokenKind.LBRACE:
      return parseBraceDisplay(p);
    case TokenKind.NONE:
      p.advance();
      return new Constant(start, p.ends[at], NONE, null);
    case TokenKind.TRUE:
      p.advance();
      return new Constant(start, p.ends[at], TRUE, null);
    case TokenKind.FALSE:
      p.advance();
      return new Constant(start, p.ends[at], FALSE, null);
    case TokenKind.ELLIPSIS:
      p.advance();
      return new Constant(start, p.ends[at], ELLIPSIS, null);
    default:
      p.unexpected();
      return new Invalid(start, start, []);
  }
}

export function parseNumberToken(p: Parser): Expression {
  const start = p.starts[p.pos];
  const end = p.ends[p.pos];
  const value = parseNumber(p.text, start, end, p.dialect.integerDigitLimit);
  p.advance();
  if (!isLiteralError(value)) return new Constant(start, end, value, null);
  p.failLiteral({ type: 'SyntaxError', msg: messages.tooManyDigits(Number(value.message)), start, end });
  return new Constant(start, end, { type: ConstantType.Int, value: 0n }, null);
}

/** An atom with its attributes, subscripts and calls. */
export function parsePrimary(p: Parser): Expression {
  const start = p.starts[p.pos];
  let node = parseAtom(p);
  for (;;) {
    switch (p.kind) {
      case TokenKind.DOT: {
        p.advance();
        if (!p.at(TokenKind.NAME)) {
          p.unexpected();
          return new Attribute(start, p.lastEnd(), node, '', Load);
        }
        node = new Attribute(start, p.ends[p.pos], node, p.identifier(), Load);
        p.advance();
        break;
      }
      case TokenKind.LPAR:
        node = parseCall(p, start, node);
        break;
      case TokenKind.LSQB:
        node = parseSubscript(p, start, node);
        break;
      default:
        return node;
    }
  }
}

// ---- Subscripts ----

function parseSubscript(p: Parser, start: number, value: Expression): Expression {
  const open = p.pos;
  p.advance();
  const first = p.starts[p.pos];
  let slice: Expression;
  if (p.at(TokenKind.RSQB)) {
    p.unexpected();
    slice = p.invalid(first, first);
  } else {
    slice = parseSubscriptElement(p);
    if (p.at(TokenKind.COMMA) || slice.kind === NodeKind.Starred) {
      const elts = [slice];
      while (p.accept(TokenKind.COMMA)) {
        if (p.at(TokenKind.RSQB) || stuckAt(p, TokenKind.RSQB)) break;
        elts.push(parseSubscriptElement(p));
      }
      slice = new Tuple(first, p.lastEnd(), elts, Load);
    }
  }
  close(p, TokenKind.RSQB, open);
  return new Subscript(start, p.lastEnd(), value, slice, Load);
}

function parseSubscriptElement(p: Parser): Expression {
  const start = p.starts[p.pos];
  if (p.at(TokenKind.STAR)) {
    if (!p.dialect.starredSubscript) p.lacks(p.pos);
    p.advance();
    const value = p.expression();
    return new Starred(start, p.lastEnd(), value, Load);
  }
  let lower: Expression | null = null;
  if (!p.at(TokenKind.COLON)) {
    const at = p.pos;
    lower = parseNamedExpression(p);
    if (lower.kind === NodeKind.NamedExpr && lower.start === p.starts[at]) {
      if (p.kinds[at] !== TokenKind.LPAR) {
        if (!p.dialect.bareWalrusInSubscript) p.lacks(at + 1);
        if (p.at(TokenKind.COLON)) p.unexpected();
      }
    }
  }
  if (!p.at(TokenKind.COLON)) return lower ?? p.invalid(start, start);
  p.advance();
  const upper = p.startsExpression() ? p.expression() : null;
  let step: Expression | null = null;
  if (p.accept(TokenKind.COLON) && p.startsExpression()) step = p.expression();
  return new Slice(start, p.lastEnd(), lower, upper, step);
}

// ---- Calls ----

function parseCall(p: Parser, start: number, func: Expression): Expression {
  const open = p.pos;
  p.advance();
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  const generator = p.at(TokenKind.RPAR) ? null : parseCallArguments(p, args, keywords);
  close(p, TokenKind.RPAR, open);
  const end = p.lastEnd();
  if (generator) {
    // A generator expression without parentheses of its own has those of the call.
    generator.start = p.starts[open];
    generator.end = end;
  }
  return new Call(start, end, func, args, keywords);
}

/**
 * The arguments of a call or class, up to the closing parenthesis. Returns the generator expression that has no
 * parentheses of its own.
 */
export function parseCallArguments(p: Parser, args: Expression[], keywords: Keyword[]): GeneratorExp | null {
  let unpacking = false;
  let before = -1;
  /** Tokens of a generator expression without parentheses of its own. */
  let bareGenerator: { readonly first: number; readonly last: number } | null = null;
  let generator: GeneratorExp | null = null;
  let count = 0;
  while (!p.at(TokenKind.RPAR)) {
    if (p.pos === before) break;
    before = p.pos;
    const at = p.pos;
    const start = p.starts[at];
    if (bareGenerator) refuseGenerator(p, bareGenerator);
    count++;
    if (p.at(TokenKind.STAR)) {
      p.advance();
      const value = p.expression();
      if (unpacking) p.failAt(messages.ITERABLE_AFTER_UNPACKING, at, p.pos - 1);
      if (p.at(TokenKind.EQUAL)) refuseStarAssignment(p);
      const end = p.dialect.starredArgumentEndsAtValue ? value.end : p.lastEnd();
      const starred = new Starred(start, end, value, Load);
      if (count === 1 && (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC))) {
        generator = parseStarredGenerator(p, starred);
        bareGenerator = { first: at, last: p.pos - 1 };
        args.push(generator);
      } else args.push(starred);
    } else if (p.at(TokenKind.DOUBLESTAR)) {
      p.advance();
      const value = p.expression();
      if (p.at(TokenKind.EQUAL)) refuseStarAssignment(p);
      keywords.push(new Keyword(start, p.lastEnd(), null, value));
      unpacking = true;
    } else if (p.at(TokenKind.NAME) && p.peek(1) === TokenKind.EQUAL) {
      keywords.push(parseKeywordArgument(p, at, keywords));
    } else {
      if (!p.startsExpression() && !p.at(TokenKind.YIELD)) {
        p.unexpected();
        break;
      }
      if (p.at(TokenKind.YIELD)) p.unexpected();
      let value = p.at(TokenKind.YIELD) ? p.yieldExpression() : parseNamedExpression(p);
      if (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) {
        // An argument of 3.8 has either a walrus or clauses.
        const isBareWalrus = value.kind === NodeKind.NamedExpr && value.start === start;
        if (isBareWalrus && p.dialect.readsAheadOnly) p.unexpected();
        const generators = parseComprehensions(p);
        value = generator = new GeneratorExp(start, p.lastEnd(), value, generators);
        bareGenerator = { first: at, last: p.pos - 1 };
        if (count > 1) refuseGenerator(p, bareGenerator);
      } else if (p.at(TokenKind.EQUAL)) {
        value = refuseKeyword(p, at, value);
      } else if (keywords.length > 0 && (p.at(TokenKind.COMMA) || p.at(TokenKind.RPAR))) {
        positionalAfter(p, at, unpacking);
      }
      args.push(value);
    }
    if (p.at(TokenKind.RPAR)) break;
    if (!p.accept(TokenKind.COMMA)) {
      p.unexpected();
      break;
    }
    if (bareGenerator && p.at(TokenKind.RPAR)) refuseGenerator(p, bareGenerator);
    if (stuckAt(p, TokenKind.RPAR)) break;
  }
  return generator;
}

/** `f(*x for x in y)` (PEP 798). */
function parseStarredGenerator(p: Parser, element: Starred): GeneratorExp {
  if (!p.dialect.comprehensionUnpacking) p.unexpected();
  const generators = parseComprehensions(p);
  return new GeneratorExp(element.start, p.lastEnd(), element, generators);
}

/** `f(x for x in y, z)`. */
function refuseGenerator(p: Parser, tokens: { readonly first: number; readonly last: number }): void {
  p.failAt(messages.GENERATOR_PARENTHESES, tokens.first, tokens.last);
}

/** `f(*a = 1)` */
function refuseStarAssignment(p: Parser): void {
  p.unexpected();
  p.advance();
  if (p.startsExpression()) p.expression();
}

function positionalAfter(p: Parser, at: number, unpacking: boolean): void {
  const msg = unpacking ? messages.POSITIONAL_AFTER_UNPACKING : messages.POSITIONAL_AFTER_KEYWORD;
  // Other parsers than 3.8's say so at the last token that they have read, when all the arguments are behind it.
  const last = p.dialect.readsAheadOnly ? at : matchingBracket(p, p.pos);
  p.failAt(msg, last, last);
}

/** The token that closes the bracket around token `at`, or the last token of its line. */
function matchingBracket(p: Parser, at: number): number {
  let level = 0;
  for (let i = at; i < p.count; i++) {
    const kind = p.kinds[i];
    if (kind === TokenKind.LPAR || kind === TokenKind.LSQB || kind === TokenKind.LBRACE) level++;
    else if (kind === TokenKind.RPAR || kind === TokenKind.RSQB || kind === TokenKind.RBRACE) {
      if (level-- === 0) return i;
    } else if (kind === TokenKind.NEWLINE) return i;
  }
  return p.count - 1;
}

function parseKeywordArgument(p: Parser, at: number, before: readonly Keyword[]): Keyword {
  const name = p.identifier();
  p.checkName(name, at);
  if (p.dialect.refusesNames && before.some(({ arg }) => arg === name)) {
    p.failAt(messages.REPEATED_KEYWORD, at, at);
  }
  p.advance();
  p.advance();
  let value: Expression;
  if (!p.startsExpression()) {
    p.unexpected();
    value = p.invalid(p.starts[p.pos], p.starts[p.pos]);
  } else value = p.expression();
  if (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) {
    p.unexpected();
    parseComprehensions(p);
  }
  return new Keyword(p.starts[at], p.lastEnd(), name, value);
}

/** `f(a.b = 1)`, `f(True=1)`. */
function refuseKeyword(p: Parser, at: number, value: Expression): Expression {
  const equal = p.pos;
  if (value.kind === NodeKind.Constant && at === equal - 1 && p.dialect.wordsConstantKeyword) {
    const { type } = value.value;
    if (type === ConstantType.None || type === ConstantType.Bool) {
      p.failAt(messages.cannotAssign(expressionName(value, p.dialect.expressionNames)), at, equal);
    }
  }
  p.fail(messages.ARGUMENT_ASSIGNMENT, value.start, p.ends[equal]);
  p.advance();
  if (p.startsExpression()) p.expression();
  return value;
}
