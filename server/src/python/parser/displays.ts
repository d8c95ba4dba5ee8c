// Displays and comprehensions: what stands in brackets, and the assignment expressions and targets in them.
// CPython: Grammar/python.gram, list, tuple, group, genexp, set, dict, for_if_clauses, named_expression.
import { ExprContext, NodeKind, UnaryOperator } from '../ast/kinds.ts';
import {
  Comprehension,
  Dict,
  DictComp,
  type Expression,
  GeneratorExp,
  List,
  ListComp,
  Name,
  NamedExpr,
  Set as SetNode,
  SetComp,
  Starred,
  Tuple,
} from '../ast/expressions.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import { Level } from './classes.ts';
import * as messages from './messages.ts';
import { expressionName, setContext } from './targets.ts';
import type { Parser } from './parser.ts';

const { Load, Store } = ExprContext;

/** What stands behind a star, and wherever else an expression is none with `or`, `and`, `not` or comparisons. */
export function parseBitwiseOr(p: Parser): Expression {
  if (p.tooDeep()) return p.invalid(p.starts[p.pos], p.starts[p.pos]);
  p.depth++;
  const node = p.binary(Level.BITOR);
  p.depth--;
  return node;
}

// ---- Brackets ----

/**
 * Whether the list of elements cannot go on here though its bracket is not closed: the text ends, or a new
 * statement begins. Says so; the caller leaves the list.
 */
export function stuckAt(p: Parser, closing: TokenKind): boolean {
  if (p.startsExpression() || p.at(closing)) return false;
  switch (p.kind) {
    case TokenKind.NEWLINE:
    case TokenKind.ENDMARKER:
    case TokenKind.INDENT:
    case TokenKind.DEDENT:
      p.unexpected();
      return true;
    default:
      return false;
  }
}

/** The closing bracket of the one at token `open`. */
export function close(p: Parser, closing: TokenKind, open: number): void {
  if (p.at(closing)) {
    p.advance();
    return;
  }
  p.unexpected();
  recoverBracket(p, closing, open);
}

/** After an error in brackets: goes on behind the closing bracket, if it stands in the same statement. */
function recoverBracket(p: Parser, closing: TokenKind, open: number): void {
  let level = 0;
  const limit = Math.min(p.count, p.pos + RECOVERY_TOKENS);
  for (let i = Math.max(p.pos, open + 1); i < limit; i++) {
    const kind = p.kinds[i];
    if (kind === TokenKind.LPAR || kind === TokenKind.LSQB || kind === TokenKind.LBRACE) level++;
    else if (kind === TokenKind.RPAR || kind === TokenKind.RSQB || kind === TokenKind.RBRACE) {
      if (level === 0) {
        if (kind === closing) p.seek(i + 1);
        return;
      }
      level--;
    } else if (kind === TokenKind.NEWLINE || kind === TokenKind.INDENT || kind === TokenKind.DEDENT) return;
  }
}

/** `(…)`: an empty tuple, a tuple, a generator expression, or the expression in it. */
export function parseParenthesized(p: Parser): Expression {
  const open = p.pos;
  const start = p.starts[open];
  p.advance();
  if (p.at(TokenKind.RPAR)) {
    p.advance();
    return new Tuple(start, p.lastEnd(), [], Load);
  }
  if (p.at(TokenKind.YIELD)) {
    const value = p.yieldExpression();
    close(p, TokenKind.RPAR, open);
    return value;
  }
  if (p.at(TokenKind.DOUBLESTAR)) return parseDoubleStarredGroup(p, open);
  const at = p.pos;
  const first = parseStarNamed(p, parseUnpacked);
  if (p.at(TokenKind.COMMA)) {
    const elts = [first];
    parseElements(p, elts, TokenKind.RPAR);
    if (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) p.unexpected();
    close(p, TokenKind.RPAR, open);
    return new Tuple(start, p.lastEnd(), elts, Load);
  }
  if (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) {
    const generators = parseComprehensions(p);
    checkUnpacking(p, first, at);
    close(p, TokenKind.RPAR, open);
    return new GeneratorExp(start, p.lastEnd(), first, generators);
  }
  if (first.kind === NodeKind.Starred && !p.dialect.starredGroup) {
    if (p.at(TokenKind.RPAR)) p.fail(p.dialect.cannot(messages.STARRED_HERE), first.start, first.end);
    else p.unexpected();
  }
  close(p, TokenKind.RPAR, open);
  return first;
}

/**
 * The expression of a field that is parsed on its own, between offsets, as if in parentheses: a tuple or a
 * generator expression takes the braces for them.
 */
export function parseFieldValue(p: Parser, open: number, close: number): Expression {
  const at = p.pos;
  const first = parseStarNamed(p);
  if (p.at(TokenKind.COMMA)) {
    const elts = [first];
    parseElements(p, elts, TokenKind.ENDMARKER);
    return new Tuple(open, close, elts, Load);
  }
  if (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) {
    const generators = parseComprehensions(p);
    checkUnpacking(p, first, at);
    return new GeneratorExp(open, close, first, generators);
  }
  if (first.kind === NodeKind.Starred && !p.dialect.starredGroup) p.unexpected();
  return first;
}

function parseDoubleStarredGroup(p: Parser, open: number): Expression {
  p.unexpected();
  p.advance();
  const value = p.expression();
  close(p, TokenKind.RPAR, open);
  return value;
}

/** `, element, …` up to the closing bracket. */
function parseElements(p: Parser, elts: Expression[], closing: TokenKind): void {
  while (p.accept(TokenKind.COMMA)) {
    if (p.at(closing) || stuckAt(p, closing)) return;
    const before = p.pos;
    const element = parseStarNamed(p);
    elts.push(element);
    if (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) {
      p.unexpected();
      return;
    }
    if (p.pos === before) return;
  }
  if (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) p.unexpected();
}

export function parseListDisplay(p: Parser): Expression {
  const open = p.pos;
  const start = p.starts[open];
  p.advance();
  const elts: Expression[] = [];
  if (!p.at(TokenKind.RSQB) && !stuckAt(p, TokenKind.RSQB)) {
    const at = p.pos;
    const first = parseStarNamed(p);
    elts.push(first);
    if (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) {
      const generators = parseComprehensions(p);
      checkUnpacking(p, first, at);
      close(p, TokenKind.RSQB, open);
      return new ListComp(start, p.lastEnd(), first, generators);
    }
    if (p.at(TokenKind.COMMA)) parseElements(p, elts, TokenKind.RSQB);
  }
  close(p, TokenKind.RSQB, open);
  return new List(start, p.lastEnd(), elts, Load);
}

/** PEP 798 or an error: the element of a comprehension has a star. */
function checkUnpacking(p: Parser, element: Expression, at: number): void {
  if (element.kind !== NodeKind.Starred || p.dialect.comprehensionUnpacking) return;
  if (p.kinds[at] === TokenKind.STAR) p.fail(messages.UNPACKING_IN_COMPREHENSION, element.start, element.end);
}

/** `{…}`: a dict or a set, or a comprehension of either. */
export function parseBraceDisplay(p: Parser): Expression {
  const open = p.pos;
  const start = p.starts[open];
  p.advance();
  if (p.at(TokenKind.RBRACE) || stuckAt(p, TokenKind.RBRACE)) {
    close(p, TokenKind.RBRACE, open);
    return new Dict(start, p.lastEnd(), [], []);
  }
  if (p.at(TokenKind.DOUBLESTAR)) return parseDict(p, open, start, null);
  const at = p.pos;
  const first = parseStarNamed(p);
  if (p.at(TokenKind.COLON) && first.kind !== NodeKind.Starred && !isBareWalrus(p, first, at)) {
    return parseDict(p, open, start, first);
  }
  checkWalrusInSet(p, first, at);
  const elts = [first];
  if (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) {
    const generators = parseComprehensions(p);
    checkUnpacking(p, first, at);
    close(p, TokenKind.RBRACE, open);
    return new SetComp(start, p.lastEnd(), first, generators);
  }
  while (p.at(TokenKind.COMMA)) {
    p.advance();
    if (p.at(TokenKind.RBRACE) || stuckAt(p, TokenKind.RBRACE)) break;
    const element = p.pos;
    const node = parseStarNamed(p);
    checkWalrusInSet(p, node, element);
    elts.push(node);
    if (p.pos === element) break;
  }
  if (p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) p.unexpected();
  close(p, TokenKind.RBRACE, open);
  return new SetNode(start, p.lastEnd(), elts);
}

function isBareWalrus(p: Parser, node: Expression, at: number): boolean {
  return node.kind === NodeKind.NamedExpr && node.start === p.starts[at];
}

function checkWalrusInSet(p: Parser, node: Expression, at: number): void {
  if (!p.dialect.bareWalrusInSet && isBareWalrus(p, node, at)) p.lacks(at + 1);
}

/** Operators that bind less than `|`. */
const bindsLoosely = (e: Expression): boolean =>
  e.kind === NodeKind.BoolOp ||
  e.kind === NodeKind.Compare ||
  e.kind === NodeKind.IfExp ||
  e.kind === NodeKind.Lambda ||
  (e.kind === NodeKind.UnaryOp && e.op === UnaryOperator.Not);

/** What is unpacked behind stars: any expression if a comprehension follows, or else operands of `|`. */
function parseUnpacked(p: Parser): Expression {
  if (!p.dialect.comprehensionUnpacking) return parseBitwiseOr(p);
  const start = p.starts[p.pos];
  const value = p.expression();
  const isLoose = bindsLoosely(value) && value.start === start;
  if (isLoose && !p.at(TokenKind.FOR) && !p.at(TokenKind.ASYNC)) p.unexpected();
  return value;
}

function parseDict(p: Parser, open: number, start: number, firstKey: Expression | null): Expression {
  const keys: (Expression | null)[] = [];
  const values: Expression[] = [];
  let key = firstKey;
  let before = -1;
  for (;;) {
    if (p.at(TokenKind.DOUBLESTAR) && !key) {
      p.advance();
      const value = values.length === 0 ? parseUnpacked(p) : parseBitwiseOr(p);
      keys.push(null);
      values.push(value);
      if ((p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) && values.length === 1) {
        if (!p.dialect.comprehensionUnpacking) p.failAt(messages.DICT_UNPACKING_IN_COMPREHENSION, open, open);
        const generators = parseComprehensions(p);
        close(p, TokenKind.RBRACE, open);
        return new DictComp(start, p.lastEnd(), value, null, generators);
      }
    } else {
      key ??= p.expression();
      keys.push(key);
      const value = parseDictValue(p);
      values.push(value);
      if ((p.at(TokenKind.FOR) || p.at(TokenKind.ASYNC)) && values.length === 1) {
        const generators = parseComprehensions(p);
        close(p, TokenKind.RBRACE, open);
        return new DictComp(start, p.lastEnd(), key, value, generators);
      }
    }
    key = null;
    if (!p.at(TokenKind.COMMA) || p.pos === before) break;
    before = p.pos;
    p.advance();
    if (p.at(TokenKind.RBRACE) || stuckAt(p, TokenKind.RBRACE)) break;
  }
  close(p, TokenKind.RBRACE, open);
  return new Dict(start, p.lastEnd(), keys, values);
}

function parseDictValue(p: Parser): Expression {
  if (!p.at(TokenKind.COLON)) {
    p.unexpected();
    return p.invalid(p.lastEnd(), p.lastEnd());
  }
  p.advance();
  if (p.at(TokenKind.RBRACE) || p.at(TokenKind.COMMA)) {
    p.unexpected();
    return p.invalid(p.lastEnd(), p.lastEnd());
  }
  if (p.at(TokenKind.STAR)) {
    p.unexpected();
    p.advance();
  }
  return p.expression();
}

// ---- Comprehensions ----

/** One or more `for … in … if …`. */
export function parseComprehensions(p: Parser): Comprehension[] {
  const generators: Comprehension[] = [];
  if (p.tooDeep()) return generators;
  p.depth++;
  let conditions = 0;
  while (p.at(TokenKind.FOR) || (p.at(TokenKind.ASYNC) && p.peek(1) === TokenKind.FOR)) {
    const start = p.starts[p.pos];
    const isAsync = p.accept(TokenKind.ASYNC);
    p.advance();
    const at = p.pos;
    const target = parseTargets(p);
    checkTargets(p, target, at);
    p.expect(TokenKind.IN);
    const iter = p.binary(Level.OR);
    const ifs: Expression[] = [];
    while (p.accept(TokenKind.IF)) {
      if (p.at(TokenKind.LAMBDA) && p.dialect.lambdaInComprehensionIf) ifs.push(p.lambda());
      else ifs.push(p.binary(Level.OR));
    }
    conditions += ifs.length;
    generators.push(new Comprehension(start, p.lastEnd(), target, iter, ifs, isAsync));
  }
  p.depth--;
  p.deepen(generators.length + conditions);
  if (generators.length === 0) p.unexpected(p.at(TokenKind.ASYNC) ? p.pos + 1 : p.pos);
  return generators;
}

/** What `for` assigns to: up to `in`, which does not count as an operator here. */
export function parseTargets(p: Parser): Expression {
  const start = p.starts[p.pos];
  const target = parseLoopTarget(p);
  if (!p.at(TokenKind.COMMA)) return target;
  const elts = [target];
  while (p.accept(TokenKind.COMMA)) {
    if (!p.startsExpression() && !p.at(TokenKind.STAR)) break;
    elts.push(parseLoopTarget(p));
  }
  // 3.8 has it begin with its first element, without the parentheses around that.
  const begin = p.dialect.readsAheadOnly ? target.start : start;
  return new Tuple(begin, p.lastEnd(), elts, Load);
}

/** Makes targets of what `for` assigns to, which begins at a token. */
export function checkTargets(p: Parser, target: Expression, at: number): void {
  const bare = target.kind === NodeKind.Tuple && target.start === target.elts[0]?.start;
  let begin = at;
  for (const element of bare ? target.elts : [target]) {
    if (element !== target) {
      // The element may be in parentheses, which are not its own.
      while (p.starts[begin] < element.start) begin++;
      while (begin > at && p.kinds[begin - 1] === TokenKind.LPAR) begin--;
    }
    p.checkTarget(element, 'for', begin);
  }
  setContext(target, Store);
}

function parseLoopTarget(p: Parser): Expression {
  if (!p.at(TokenKind.STAR)) return p.binary(Level.BITOR);
  const start = p.starts[p.pos];
  p.advance();
  if (p.at(TokenKind.STAR)) p.unexpected();
  const value = p.binary(Level.BITOR);
  return new Starred(start, p.lastEnd(), value, Load);
}

// ---- Assignment expressions ----

/** An element of a display: starred, or with `:=`. */
export function parseStarNamed(p: Parser, parseValue = parseBitwiseOr): Expression {
  if (!p.at(TokenKind.STAR)) return parseNamedExpression(p);
  const start = p.starts[p.pos];
  p.advance();
  const value = parseValue(p);
  return new Starred(start, p.lastEnd(), value, Load);
}

/** An expression, or `name := expression`. */
export function parseNamedExpression(p: Parser): Expression {
  const at = p.pos;
  const start = p.starts[at];
  if (p.at(TokenKind.NAME) && p.peek(1) === TokenKind.COLONEQUAL) {
    const target = new Name(start, p.ends[at], p.identifier(), Store);
    p.checkName(target.id, at);
    p.advance();
    p.advance();
    const value = p.expression();
    return new NamedExpr(start, p.lastEnd(), target, value);
  }
  const node = p.expression();
  if (!p.at(TokenKind.COLONEQUAL)) return node;
  // In 3.8 the parentheses around a name do not matter.
  if (node.kind === NodeKind.Name && p.dialect.readsAheadOnly) node.ctx = Store;
  else p.fail(messages.cannotName(expressionName(node, p.dialect.expressionNames)), node.start, node.end);
  p.advance();
  const value = p.expression();
  return new NamedExpr(start, p.lastEnd(), node, value);
}

/** How far an unclosed bracket is followed: far enough for any call, near enough to stay linear. */
const RECOVERY_TOKENS = 2000;
