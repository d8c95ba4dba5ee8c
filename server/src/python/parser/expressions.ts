// Expressions from the ternary down to unary operators. Binary operators are parsed by precedence climbing: one
// loop for all levels, so that `a + b + …` makes no deeper calls than `a`.
// CPython: Grammar/python.gram, expression, disjunction … await_primary.
import { BoolOperator, CompareOperator, ExprContext, Operator, UnaryOperator } from '../ast/kinds.ts';
import {
  type Arguments,
  Await,
  BinOp,
  BoolOp,
  Compare,
  type Expression,
  IfExp,
  Lambda,
  Starred,
  Tuple,
  UnaryOp,
  Yield,
  YieldFrom,
} from '../ast/expressions.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import { COMPARE, LEVEL, Level, OPERATOR, STARTS_EXPRESSION } from './classes.ts';
import { noParameters, parseParameters } from './parameters.ts';
import { parsePrimary } from './atoms.ts';
import { parseBitwiseOr } from './displays.ts';
import type { Parser } from './parser.ts';

const { Load } = ExprContext;

const SIGNS = {
  [TokenKind.MINUS]: UnaryOperator.USub,
  [TokenKind.PLUS]: UnaryOperator.UAdd,
  [TokenKind.TILDE]: UnaryOperator.Invert,
};

/** What stands before the end of a chain of signs and powers: a sign, or a base with its `**`. */
type Link =
  | { readonly start: number; readonly operator: UnaryOperator }
  | { readonly start: number; readonly base: Expression };

/** An expression without commas: a lambda, a ternary or what operators combine. */
export function parseExpression(p: Parser): Expression {
  if (p.tooDeep()) return p.invalid(p.starts[p.pos], p.starts[p.pos]);
  p.depth++;
  const node = p.at(TokenKind.LAMBDA) ? parseLambda(p) : parseTest(p);
  p.depth--;
  return node;
}

function parseTest(p: Parser): Expression {
  const at = p.pos;
  const node = parseBinary(p, Level.OR);
  return p.at(TokenKind.IF) ? parseTernary(p, node, at) : node;
}

/** `a if b else c if d else …`, without a deeper call for each. */
function parseTernary(p: Parser, first: Expression, firstToken: number): Expression {
  const bodies: { body: Expression; test: Expression; start: number }[] = [];
  let node = first;
  let start = p.starts[firstToken];
  while (p.at(TokenKind.IF)) {
    p.advance();
    const test = parseBinary(p, Level.OR);
    bodies.push({ body: node, test, start });
    if (!p.at(TokenKind.ELSE)) {
      p.unexpected();
      node = p.invalid(p.lastEnd(), p.lastEnd());
      break;
    }
    p.advance();
    start = p.starts[p.pos];
    if (p.at(TokenKind.LAMBDA)) {
      node = parseLambda(p);
      break;
    }
    node = parseBinary(p, Level.OR);
  }
  p.deepen(bodies.length);
  const end = p.lastEnd();
  for (let i = bodies.length - 1; i >= 0; i--) {
    node = new IfExp(bodies[i].start, end, bodies[i].test, bodies[i].body, node);
  }
  return node;
}

/** A lambda, with those that are nothing but each other's bodies: read in a loop, folded from the end. */
export function parseLambda(p: Parser): Expression {
  const heads: { readonly start: number; readonly args: Arguments }[] = [];
  let body: Expression | null = null;
  while (p.at(TokenKind.LAMBDA) && !body) {
    const start = p.starts[p.pos];
    p.advance();
    const args = p.at(TokenKind.COLON) ? noParameters(p) : parseParameters(p, TokenKind.COLON);
    heads.push({ start, args });
    if (p.accept(TokenKind.COLON)) continue;
    p.unexpected();
    body = p.invalid(p.lastEnd(), p.lastEnd());
  }
  p.deepen(heads.length);
  body ??= parseExpression(p);
  const end = p.lastEnd();
  for (let i = heads.length - 1; i >= 0; i--) body = new Lambda(heads[i].start, end, heads[i].args, body);
  return body;
}

/**
 * Operands joined by operators that bind at least as strongly as `level`.
 */
export function parseBinary(p: Parser, level: number): Expression {
  const start = p.starts[p.pos];
  let left = p.at(TokenKind.NOT) ? parseNegation(p, level) : parseUnary(p);
  for (;;) {
    const next = LEVEL[p.kind];
    if (next < level || next === Level.NONE) return left;
    if (next > Level.COMPARE) {
      const operator: Operator = OPERATOR[p.kind];
      p.advance();
      const right = parseBinary(p, next + 1);
      left = new BinOp(start, p.lastEnd(), left, operator, right);
    } else if (next === Level.COMPARE) {
      if (p.at(TokenKind.NOT) && p.peek(1) !== TokenKind.IN) return left;
      left = parseComparison(p, start, left);
    } else left = parseBoolean(p, start, left, next);
  }
}

/** The rest of `a or b or …` or `a and b and …`. */
function parseBoolean(p: Parser, start: number, first: Expression, level: number): Expression {
  const operator = p.kind;
  const values = [first];
  while (p.at(operator)) {
    p.advance();
    values.push(parseBinary(p, level + 1));
  }
  return new BoolOp(
    start,
    p.lastEnd(),
    operator === TokenKind.OR ? BoolOperator.Or : BoolOperator.And,
    values,
  );
}

/** The rest of `a < b <= …`. */
function parseComparison(p: Parser, start: number, left: Expression): Expression {
  const ops: CompareOperator[] = [];
  const comparators: Expression[] = [];
  while (LEVEL[p.kind] === Level.COMPARE) {
    let operator: CompareOperator = COMPARE[p.kind];
    if (p.at(TokenKind.NOT)) {
      if (p.peek(1) !== TokenKind.IN) break;
      p.advance();
    } else if (p.at(TokenKind.IS) && p.peek(1) === TokenKind.NOT) {
      operator = CompareOperator.IsNot;
      p.advance();
    } else if (p.at(TokenKind.NOTEQUAL)) checkNotEqual(p);
    p.advance();
    ops.push(operator);
    comparators.push(parseBinary(p, Level.BITOR));
  }
  return new Compare(start, p.lastEnd(), left, ops, comparators);
}

/** `<>` is not an operator any more, unless `from __future__ import barry_as_FLUFL` says that it is the only one. */
function checkNotEqual(p: Parser): void {
  const old = p.text.charCodeAt(p.starts[p.pos]) === 0x3c;
  if (old === (p.dialect.readsFlufl && p.pos > p.fluflFrom)) return;
  p.unexpected();
}

/** `not not … a` */
function parseNegation(p: Parser, level: number): Expression {
  const starts: number[] = [];
  const at = p.pos;
  while (p.at(TokenKind.NOT)) {
    starts.push(p.starts[p.pos]);
    p.advance();
  }
  if (level > Level.NOT) p.unexpected(at);
  p.deepen(starts.length);
  let node = parseBinary(p, Level.COMPARE);
  const end = p.lastEnd();
  for (let i = starts.length - 1; i >= 0; i--) node = new UnaryOp(starts[i], end, UnaryOperator.Not, node);
  return node;
}

/** `-a`, `a ** b` and tighter. */
export function parseUnary(p: Parser): Expression {
  const { kind } = p;
  if (kind === TokenKind.MINUS || kind === TokenKind.PLUS || kind === TokenKind.TILDE)
    return parseChain(p, []);
  const start = p.starts[p.pos];
  const base = parseAwait(p);
  if (!p.at(TokenKind.DOUBLESTAR)) return base;
  p.advance();
  return parseChain(p, [{ start, base }]);
}

/** A chain of signs and powers, read in a loop and folded from its end. */
function parseChain(p: Parser, links: Link[]): Expression {
  let node: Expression;
  for (;;) {
    const start = p.starts[p.pos];
    const { kind } = p;
    if (kind === TokenKind.MINUS || kind === TokenKind.PLUS || kind === TokenKind.TILDE) {
      links.push({ start, operator: SIGNS[kind] });
      p.advance();
    } else if (kind === TokenKind.NOT) {
      const isOperand = 'operator' in links[links.length - 1];
      if (isOperand) p.unexpected();
      node = parseNegation(p, isOperand ? Level.NOT : Level.TERM);
      break;
    } else {
      node = parseAwait(p);
      if (!p.at(TokenKind.DOUBLESTAR)) break;
      links.push({ start, base: node });
      p.advance();
    }
  }
  p.deepen(links.length);
  const end = p.lastEnd();
  for (let i = links.length - 1; i >= 0; i--) {
    const link = links[i];
    node =
      'operator' in link
        ? new UnaryOp(link.start, end, link.operator, node)
        : new BinOp(link.start, end, link.base, Operator.Pow, node);
  }
  return node;
}

/** `await a` and tighter. */
function parseAwait(p: Parser): Expression {
  if (!p.at(TokenKind.AWAIT)) return parsePrimary(p);
  const start = p.starts[p.pos];
  p.advance();
  const value = parsePrimary(p);
  return new Await(start, p.lastEnd(), value);
}

// ---- Lists of expressions without brackets ----

/** One expression, or a tuple of several; each may have a star. */
export function parseStarExpressions(p: Parser): Expression {
  const start = p.starts[p.pos];
  const first = parseStarExpression(p);
  if (!p.at(TokenKind.COMMA)) return first;
  const elts = [first];
  while (p.accept(TokenKind.COMMA)) {
    if (STARTS_EXPRESSION[p.kind] === 0 && !p.at(TokenKind.STAR)) break;
    elts.push(parseStarExpression(p));
  }
  return new Tuple(start, p.lastEnd(), elts, Load);
}

export function parseStarExpression(p: Parser): Expression {
  if (!p.at(TokenKind.STAR)) return parseExpression(p);
  const start = p.starts[p.pos];
  p.advance();
  const value = parseBitwiseOr(p);
  return new Starred(start, p.lastEnd(), value, Load);
}

/** What stands right of `=`, or in a replacement field. */
export function parseAnnotatedRhs(p: Parser): Expression {
  return p.at(TokenKind.YIELD) ? parseYieldExpression(p) : parseStarExpressions(p);
}

export function parseYieldExpression(p: Parser): Expression {
  const start = p.starts[p.pos];
  p.advance();
  if (p.accept(TokenKind.FROM)) {
    const value = parseExpression(p);
    return new YieldFrom(start, p.lastEnd(), value);
  }
  const more = p.startsExpression() || p.at(TokenKind.STAR);
  const value = more ? parseStarExpressions(p) : null;
  return new Yield(start, p.lastEnd(), value);
}
