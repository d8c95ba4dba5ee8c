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
import * as messages from './messages.ts';
import { parseExpression } from './expressions.ts';
import { parseStrings } from './strings.ts';
import { parseNumberToken } from './atoms.ts';
import type { Parser } from './parser.ts';

const { Load } = ExprContext;

/** What stands behind `case`: a pattern, or a sequence of them without brackets. */
export function parsePatterns(p: Parser): Pattern {
  const start = p.starts[p.pos];
  const first = parseMaybeStarPattern(p);
  if (!p.at(TokenKind.COMMA)) {
    if (first.kind === NodeKind.MatchStar) p.unexpected();
    return first;
  }
  const patterns = [first];
  while (p.accept(TokenKind.COMMA)) {
    if (!startsPattern(p)) break;
    patterns.push(parseMaybeStarPattern(p));
  }
  return new MatchSequence(start, p.lastEnd(), patterns);
}

function startsPattern(p: Parser): boolean {
  switch (p.kind) {
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

function parseMaybeStarPattern(p: Parser): Pattern {
  if (!p.at(TokenKind.STAR)) return parsePattern(p);
  const start = p.starts[p.pos];
  p.advance();
  if (!p.at(TokenKind.NAME)) {
    p.unexpected();
    return new MatchStar(start, p.lastEnd(), null);
  }
  const name = p.identifier();
  p.advance();
  if (p.at(TokenKind.DOT) || p.at(TokenKind.LPAR) || p.at(TokenKind.EQUAL)) p.unexpected();
  return new MatchStar(start, p.lastEnd(), name === '_' ? null : name);
}

function parsePattern(p: Parser): Pattern {
  const start = p.starts[p.pos];
  if (p.tooDeep()) return noPattern(start);
  p.depth++;
  let pattern = parseOrPattern(p);
  p.depth--;
  if (p.at(TokenKind.AS)) {
    p.advance();
    const name = parseAsTarget(p);
    pattern = new MatchAs(start, p.lastEnd(), pattern, name);
  }
  return pattern;
}

function parseAsTarget(p: Parser): string | null {
  if (!p.at(TokenKind.NAME)) {
    p.unexpected();
    if (p.startsExpression()) parseExpression(p);
    return null;
  }
  const name = p.identifier();
  if (name === '_') p.failAt(messages.PATTERN_WILDCARD_TARGET, p.pos, p.pos);
  const next = p.peek(1);
  if (next === TokenKind.DOT || next === TokenKind.LPAR || next === TokenKind.EQUAL) {
    p.unexpected(p.pos + 1);
  }
  p.advance();
  return name;
}

function parseOrPattern(p: Parser): Pattern {
  const start = p.starts[p.pos];
  const first = parseClosedPattern(p);
  if (!p.at(TokenKind.VBAR)) return first;
  const patterns = [first];
  while (p.accept(TokenKind.VBAR)) patterns.push(parseClosedPattern(p));
  return new MatchOr(start, p.lastEnd(), patterns);
}

function noPattern(start: number): Pattern {
  return new MatchAs(start, start, null, null);
}

function parseClosedPattern(p: Parser): Pattern {
  const start = p.starts[p.pos];
  switch (p.kind) {
    case TokenKind.NUMBER:
    case TokenKind.MINUS:
    case TokenKind.PLUS: {
      const value = parseSignedNumber(p);
      return new MatchValue(start, p.lastEnd(), value);
    }
    case TokenKind.STRING:
    case TokenKind.FSTRING_START:
    case TokenKind.TSTRING_START: {
      const value = parseStrings(p);
      return new MatchValue(start, p.lastEnd(), value);
    }
    case TokenKind.NONE:
      return parseSingleton(p, NONE);
    case TokenKind.TRUE:
      return parseSingleton(p, TRUE);
    case TokenKind.FALSE:
      return parseSingleton(p, FALSE);
    case TokenKind.NAME:
      return parseNamePattern(p);
    case TokenKind.LPAR:
      return parseGroupPattern(p);
    case TokenKind.LSQB: {
      p.advance();
      const patterns = parseSequence(p, TokenKind.RSQB);
      return new MatchSequence(start, p.lastEnd(), patterns);
    }
    case TokenKind.LBRACE:
      return parseMapping(p);
    default:
      p.unexpected();
      return noPattern(start);
  }
}

function parseSingleton(p: Parser, value: ConstantValue): Pattern {
  const start = p.starts[p.pos];
  p.advance();
  return new MatchSingleton(start, p.lastEnd(), value);
}

/** `1`, `-1`, `-1 + 2j` */
function parseSignedNumber(p: Parser): Expression {
  const start = p.starts[p.pos];
  const real = parseSignedReal(p);
  if (!p.at(TokenKind.PLUS) && !p.at(TokenKind.MINUS)) return real;
  const operator = p.at(TokenKind.PLUS) ? Operator.Add : Operator.Sub;
  checkNumber(p, real, false);
  p.advance();
  if (!p.at(TokenKind.NUMBER)) {
    p.unexpected();
    return real;
  }
  const imaginary = parseNumberToken(p);
  checkNumber(p, imaginary, true);
  return new BinOp(start, p.lastEnd(), real, operator, imaginary);
}

function parseSignedReal(p: Parser): Expression {
  const start = p.starts[p.pos];
  const sign = p.at(TokenKind.MINUS) ? UnaryOperator.USub : p.at(TokenKind.PLUS) ? UnaryOperator.UAdd : null;
  if (sign === UnaryOperator.UAdd && !p.dialect.plusPatterns) p.lacks(p.pos);
  if (sign !== null) p.advance();
  if (!p.at(TokenKind.NUMBER)) {
    p.unexpected();
    return p.invalid(start, p.lastEnd());
  }
  const number = parseNumberToken(p);
  if (sign === UnaryOperator.UAdd && p.dialect.plusPatternIsNumber) return number;
  return sign === null ? number : new UnaryOp(start, p.lastEnd(), sign, number);
}

function checkNumber(p: Parser, node: Expression, imaginary: boolean): void {
  const number = node.kind === NodeKind.UnaryOp ? node.operand : node;
  if (number.kind !== NodeKind.Constant || (number.value.type === ConstantType.Complex) === imaginary) return;
  p.fail(imaginary ? messages.PATTERN_IMAGINARY : messages.PATTERN_REAL, number.start, number.end);
}

/** A capture, a wildcard, a dotted name or a class. */
function parseNamePattern(p: Parser): Pattern {
  const start = p.starts[p.pos];
  const next = p.peek(1);
  if (next !== TokenKind.DOT && next !== TokenKind.LPAR) {
    const name = p.identifier();
    p.advance();
    if (p.at(TokenKind.EQUAL)) p.unexpected();
    return new MatchAs(start, p.lastEnd(), null, name === '_' ? null : name);
  }
  const value = parseNameOrAttribute(p);
  if (p.at(TokenKind.LPAR)) return parseClassPattern(p, start, value);
  if (p.at(TokenKind.EQUAL)) p.unexpected();
  return new MatchValue(start, p.lastEnd(), value);
}

function parseNameOrAttribute(p: Parser): Expression {
  const start = p.starts[p.pos];
  let node: Expression = new Name(start, p.ends[p.pos], p.identifier(), Load);
  p.advance();
  while (p.accept(TokenKind.DOT)) {
    if (!p.at(TokenKind.NAME)) {
      p.unexpected();
      break;
    }
    node = new Attribute(start, p.ends[p.pos], node, p.identifier(), Load);
    p.advance();
  }
  return node;
}

function parseGroupPattern(p: Parser): Pattern {
  const open = p.pos;
  const start = p.starts[open];
  p.advance();
  if (!p.at(TokenKind.RPAR)) {
    const first = parseMaybeStarPattern(p);
    if (!p.at(TokenKind.COMMA)) {
      if (first.kind === NodeKind.MatchStar) p.unexpected();
      p.expect(TokenKind.RPAR);
      return first;
    }
    const patterns = [first];
    while (p.accept(TokenKind.COMMA)) {
      if (!startsPattern(p)) break;
      patterns.push(parseMaybeStarPattern(p));
    }
    p.expect(TokenKind.RPAR);
    return new MatchSequence(start, p.lastEnd(), patterns);
  }
  p.advance();
  return new MatchSequence(start, p.lastEnd(), []);
}

/** Patterns up to and with the closing bracket. */
function parseSequence(p: Parser, closing: TokenKind): Pattern[] {
  const patterns: Pattern[] = [];
  while (startsPattern(p)) {
    patterns.push(parseMaybeStarPattern(p));
    if (!p.accept(TokenKind.COMMA)) break;
  }
  p.expect(closing);
  return patterns;
}

function parseMapping(p: Parser): Pattern {
  const start = p.starts[p.pos];
  p.advance();
  const keys: Expression[] = [];
  const patterns: Pattern[] = [];
  let rest: string | null = null;
  while (!p.at(TokenKind.RBRACE)) {
    const before = p.pos;
    if (rest !== null) {
      p.unexpected();
      break;
    }
    if (p.at(TokenKind.DOUBLESTAR)) {
      p.advance();
      if (!p.at(TokenKind.NAME) || p.identifier() === '_') {
        p.unexpected();
        break;
      }
      rest = p.identifier();
      p.advance();
    } else {
      const key = parseMappingKey(p);
      if (!key) break;
      p.expect(TokenKind.COLON);
      keys.push(key);
      patterns.push(parsePattern(p));
    }
    if (!p.accept(TokenKind.COMMA) || p.pos === before) break;
  }
  p.expect(TokenKind.RBRACE);
  return new MatchMapping(start, p.lastEnd(), keys, patterns, rest);
}

function parseMappingKey(p: Parser): Expression | null {
  const at = p.pos;
  const start = p.starts[at];
  switch (p.kind) {
    case TokenKind.NUMBER:
    case TokenKind.MINUS:
    case TokenKind.PLUS:
      return parseSignedNumber(p);
    case TokenKind.STRING:
    case TokenKind.FSTRING_START:
    case TokenKind.TSTRING_START:
      return parseStrings(p);
    case TokenKind.NONE:
    case TokenKind.TRUE:
    case TokenKind.FALSE:
      p.advance();
      return new Constant(start, p.ends[at], SINGLETONS[p.kinds[at]] ?? NONE, null);
    case TokenKind.NAME:
      if (p.peek(1) !== TokenKind.DOT) {
        p.unexpected(at + 1);
        return null;
      }
      return parseNameOrAttribute(p);
    default:
      p.unexpected();
      return null;
  }
}

/** Whether a positional pattern follows at a distance. */
function isPositional(p: Parser, distance: number): boolean {
  const kind = p.peek(distance);
  if (kind === TokenKind.RPAR) return false;
  return kind !== TokenKind.NAME || p.peek(distance + 1) !== TokenKind.EQUAL;
}

function parseClassPattern(p: Parser, start: number, cls: Expression): Pattern {
  p.advance();
  const patterns: Pattern[] = [];
  const names: string[] = [];
  const keywordPatterns: Pattern[] = [];
  let late: Pattern | null = null;
  while (startsPattern(p) && !p.at(TokenKind.STAR)) {
    if (p.at(TokenKind.NAME) && p.peek(1) === TokenKind.EQUAL) {
      names.push(p.identifier());
      p.advance();
      p.advance();
      keywordPatterns.push(parsePattern(p));
    } else {
      const pattern = parsePattern(p);
      if (names.length > 0) late ??= pattern;
      patterns.push(pattern);
      if (late && !(p.at(TokenKind.COMMA) && isPositional(p, 1))) {
        p.fail(messages.PATTERN_ORDER, late.start, pattern.end);
      }
    }
    if (!p.accept(TokenKind.COMMA)) break;
  }
  p.expect(TokenKind.RPAR);
  return new MatchClass(start, p.lastEnd(), cls, patterns, names, keywordPatterns);
}

const SINGLETONS: Partial<Record<number, ConstantValue>> = {
  [TokenKind.NONE]: NONE,
  [TokenKind.TRUE]: TRUE,
  [TokenKind.FALSE]: FALSE,
};
