// Compound statements: those with blocks.
// CPython: Grammar/python.gram, compound_stmt and the rules below it.
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import { type Arguments, type Expression, type Keyword, Tuple } from '../ast/expressions.ts';
import {
  ClassDef,
  ExceptHandler,
  For,
  FunctionDef,
  If,
  Match,
  MatchCase,
  type Statement,
  Try,
  While,
  With,
  WithItem,
} from '../ast/nodes.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import { STARTS_EXPRESSION } from './classes.ts';
import { setContext } from './targets.ts';
import { checkNoStar, parseSimpleStatements, skipLine } from './statements.ts';
import { checkTargets, close, parseNamedExpression, parseStarNamed, parseTargets } from './displays.ts';
import { parseExpression, parseStarExpression, parseStarExpressions } from './expressions.ts';
import { parseTypeParameters } from './types.ts';
import { noParameters, parseParameters } from './parameters.ts';
import { parseCallArguments } from './atoms.ts';
import { parsePatterns } from './patterns.ts';
import type { Parser } from './parser.ts';

const { Load, Store } = ExprContext;

/** Statements up to what ends the block or file. */
export function parseStatements(p: Parser, body: Statement[]): void {
  const strays: { end: number }[] = [];
  for (;;) {
    const before = p.pos;
    switch (p.kind) {
      case TokenKind.ENDMARKER:
        for (const stray of strays) stray.end = p.text.length;
        return;
      case TokenKind.DEDENT: {
        const stray = strays.pop();
        if (!stray) return;
        stray.end = p.starts[p.pos];
        p.advance();
        break;
      }
      case TokenKind.INDENT:
        p.unexpected();
        strays.push(parseStrayBlock(p));
        p.advance();
        break;
      case TokenKind.NEWLINE:
        // Only after an error, or a backslash before a blank line, which 3.8 bears outside of blocks.
        if (p.depth > 0 || !p.dialect.readsAheadOnly) p.unexpected();
        p.advance();
        break;
      default:
        p.panic = false;
        parseStatement(p, body);
    }
    if (p.pos === before) p.advance();
  }
}

function parseStrayBlock(p: Parser): { end: number } {
  const block = { start: p.starts[p.pos], end: -1, error: p.errors.length - 1 };
  p.strayBlocks.push(block);
  return block;
}

function parseStatement(p: Parser, body: Statement[]): void {
  p.statementStart = p.pos;
  switch (p.kind) {
    case TokenKind.IF:
      body.push(parseIfStatement(p));
      return;
    case TokenKind.WHILE:
      body.push(parseWhileStatement(p));
      return;
    case TokenKind.FOR:
      body.push(parseForStatement(p, p.pos));
      return;
    case TokenKind.TRY:
      body.push(parseTryStatement(p));
      return;
    case TokenKind.WITH:
      body.push(parseWithStatement(p, p.pos));
      return;
    case TokenKind.DEF:
      body.push(parseFunctionDef(p, p.pos, []));
      return;
    case TokenKind.CLASS:
      body.push(parseClassDef(p, []));
      return;
    case TokenKind.AT:
      parseDecorated(p, body);
      return;
    case TokenKind.ASYNC:
      if (parseAsyncStatement(p, body, [])) return;
      break;
    case TokenKind.NAME:
      if (isMatch(p)) {
        body.push(parseMatchStatement(p));
        return;
      }
  }
  parseSimpleStatements(p, body);
}

function parseAsyncStatement(p: Parser, body: Statement[], decorators: Expression[]): boolean {
  const at = p.pos;
  switch (p.peek(1)) {
    case TokenKind.DEF:
      p.advance();
      body.push(parseFunctionDef(p, at, decorators));
      return true;
    case TokenKind.FOR:
      p.advance();
      body.push(parseForStatement(p, at));
      return true;
    case TokenKind.WITH:
      p.advance();
      body.push(parseWithStatement(p, at));
      return true;
    default:
      p.unexpected(at + 1);
      return false;
  }
}

// ---- Blocks ----

/** What ends a header: its colon. */
function expectColon(p: Parser): void {
  if (p.at(TokenKind.COLON)) {
    p.advance();
    return;
  }
  p.unexpected();
  // The block may follow all the same.
  for (let i = p.pos; i < p.count; i++) {
    const kind = p.kinds[i];
    if (kind === TokenKind.COLON && p.kinds[i + 1] === TokenKind.NEWLINE) {
      p.seek(i + 1);
      return;
    }
    if (kind === TokenKind.NEWLINE || kind === TokenKind.INDENT || kind === TokenKind.DEDENT) {
      p.seek(i);
      return;
    }
  }
}

/** The statements behind a colon. */
function parseBlock(p: Parser): Statement[] {
  const body: Statement[] = [];
  if (!p.at(TokenKind.NEWLINE)) {
    if (p.at(TokenKind.INDENT) || p.at(TokenKind.DEDENT) || p.at(TokenKind.ENDMARKER)) {
      p.unexpected();
    } else parseSimpleStatements(p, body);
    return body;
  }
  p.advance();
  if (!p.at(TokenKind.INDENT)) {
    const known = p.errors.length;
    p.unexpected();
    // The error is at what follows, which it does not break.
    if (p.errors.length > known) p.errorPlaces[known] = p.lastVisibleEnd();
    return body;
  }
  p.advance();
  if (p.tooDeep()) {
    skipBlock(p);
    return body;
  }
  const { statementStart } = p;
  p.depth++;
  parseStatements(p, body);
  p.depth--;
  p.statementStart = statementStart;
  if (p.at(TokenKind.DEDENT)) p.advance();
  return body;
}

/** From behind an INDENT to behind its DEDENT. */
function skipBlock(p: Parser): void {
  let depth = 1;
  while (depth > 0 && !p.at(TokenKind.ENDMARKER)) {
    if (p.at(TokenKind.INDENT)) depth++;
    else if (p.at(TokenKind.DEDENT)) depth--;
    p.advance();
  }
}

/** Where a compound statement ends whose last block is `body`. */
function parseBlockEnd(p: Parser, body: readonly Statement[]): number {
  if (p.dialect.endsAtToken || body.length === 0) return p.lastVisibleEnd();
  return body[body.length - 1].end;
}

// ---- if, while, for ----

/** An `if` with all its `elif`s: the chain is folded from its end, so that its length does not matter. */
function parseIfStatement(p: Parser): Statement {
  const clauses: { start: number; test: Expression; body: Statement[] }[] = [];
  do {
    const at = p.pos;
    p.advance();
    const test = parseNamedExpression(p);
    expectColon(p);
    clauses.push({ start: p.starts[at], test, body: parseBlock(p) });
  } while (p.at(TokenKind.ELIF));
  p.deepen(clauses.length);
  let orelse = parseElseBlock(p);
  const last = orelse.length > 0 ? orelse : clauses[clauses.length - 1].body;
  const end = parseBlockEnd(p, last);
  let node: Statement | null = null;
  for (let i = clauses.length - 1; i >= 0; i--) {
    const { start, test, body } = clauses[i];
    node = new If(start, end, test, body, orelse);
    orelse = [node];
  }
  return orelse[0];
}

function parseElseBlock(p: Parser): Statement[] {
  if (!p.at(TokenKind.ELSE)) return [];
  p.advance();
  expectColon(p);
  return parseBlock(p);
}

function parseWhileStatement(p: Parser): Statement {
  const at = p.pos;
  p.advance();
  const test = parseNamedExpression(p);
  expectColon(p);
  const body = parseBlock(p);
  const orelse = parseElseBlock(p);
  return new While(p.starts[at], parseBlockEnd(p, orelse.length > 0 ? orelse : body), test, body, orelse);
}

function parseForStatement(p: Parser, at: number): Statement {
  const keyword = p.pos;
  p.advance();
  const targetAt = p.pos;
  const target = parseTargets(p);
  checkTargets(p, target, targetAt);
  p.expect(TokenKind.IN);
  const iterAt = p.pos;
  const iter = parseStarExpressions(p);
  if (!p.dialect.starredLists) checkNoStar(p, iter, iterAt);
  expectColon(p);
  const body = parseBlock(p);
  const orelse = parseElseBlock(p);
  const end = parseBlockEnd(p, orelse.length > 0 ? orelse : body);
  const kind = at === keyword ? NodeKind.For : NodeKind.AsyncFor;
  return new For(kind, p.starts[at], end, target, iter, body, orelse);
}

// ---- with ----

function parseWithStatement(p: Parser, at: number): Statement {
  const keyword = p.pos;
  p.advance();
  const items = parseParenthesizedItems(p) ?? parseWithItems(p);
  expectColon(p);
  const body = parseBlock(p);
  const kind = at === keyword ? NodeKind.With : NodeKind.AsyncWith;
  return new With(kind, p.starts[at], parseBlockEnd(p, body), items, body);
}

function parseWithItems(p: Parser): WithItem[] {
  const items: WithItem[] = [];
  for (;;) {
    items.push(parseWithItem(p));
    if (!p.accept(TokenKind.COMMA)) return items;
  }
}

function parseWithItem(p: Parser): WithItem {
  const at = p.pos;
  const start = p.starts[at];
  const context = parseExpression(p);
  let target: Expression | null = null;
  if (p.accept(TokenKind.AS)) {
    target = parseStarTarget(p);
    p.checkTarget(target, 'assign', at);
    setContext(target, Store);
  }
  return new WithItem(start, p.lastEnd(), context, target);
}

function parseStarTarget(p: Parser): Expression {
  if (p.at(TokenKind.STAR) && p.dialect.readsAheadOnly) p.unexpected();
  return p.at(TokenKind.STAR) ? parseStarExpression(p) : parseExpression(p);
}

/**
 * `(a as b, c as d)` if the parentheses are the statement's own: a colon follows them and with items fill them.
 * Null, and nothing read, if they belong to an expression.
 */
function parseParenthesizedItems(p: Parser): WithItem[] | null {
  if (!p.at(TokenKind.LPAR)) return null;
  const close = closeParenthesis(p);
  if (close === -1) return null;
  const after = p.kinds[close + 1];
  if (after !== TokenKind.COLON && after !== TokenKind.NEWLINE) return null;
  const attempt = p.attempt(() => parseItemsInParentheses(p));
  if (!attempt) return null;
  if (!p.dialect.parenthesizedWith) {
    // Only what is no tuple either is new.
    const old = p.attempt(() => parseWithItems(p));
    if (old && p.kinds[old.end] === TokenKind.COLON) return null;
    p.lacks(firstAs(p, close));
  }
  return parseItemsInParentheses(p);
}

function firstAs(p: Parser, close: number): number {
  for (let i = p.pos; i < close; i++) if (p.kinds[i] === TokenKind.AS) return i;
  return close;
}

function parseItemsInParentheses(p: Parser): WithItem[] {
  p.advance();
  const items: WithItem[] = [];
  for (;;) {
    items.push(parseWithItem(p));
    if (!p.accept(TokenKind.COMMA) || p.at(TokenKind.RPAR)) break;
  }
  p.expect(TokenKind.RPAR);
  return items;
}

/** Index of the token that closes the parenthesis here; -1 if none does in this statement. */
function closeParenthesis(p: Parser): number {
  let level = 0;
  for (let i = p.pos; i < p.count; i++) {
    const kind = p.kinds[i];
    if (kind === TokenKind.LPAR || kind === TokenKind.LSQB || kind === TokenKind.LBRACE) level++;
    else if (kind === TokenKind.RPAR || kind === TokenKind.RSQB || kind === TokenKind.RBRACE) {
      if (--level === 0) return i;
    } else if (kind === TokenKind.NEWLINE) return -1;
  }
  return -1;
}

// ---- try ----

function parseTryStatement(p: Parser): Statement {
  const at = p.pos;
  p.advance();
  expectColon(p);
  const body = parseBlock(p);
  const handlers: ExceptHandler[] = [];
  let starred: boolean | null = null;
  let end = parseBlockEnd(p, body);
  while (p.at(TokenKind.EXCEPT)) {
    const keyword = p.pos;
    const star = p.peek(1) === TokenKind.STAR;
    if (starred !== null && star !== starred) mixedHandlers(p, keyword, star);
    starred ??= star;
    const handler = parseExceptHandler(p, star);
    handlers.push(handler);
    end = parseBlockEnd(p, handler.body);
  }
  if (starred && !p.dialect.exceptStar && handlers.length > 0) p.panic = true;
  let orelse: Statement[] = [];
  if (handlers.length > 0 && p.at(TokenKind.ELSE)) {
    orelse = parseElseBlock(p);
    end = parseBlockEnd(p, orelse);
  }
  let finalbody: Statement[] = [];
  if (p.at(TokenKind.FINALLY)) {
    p.advance();
    expectColon(p);
    finalbody = parseBlock(p);
    end = parseBlockEnd(p, finalbody);
  } else if (handlers.length === 0) p.unexpected();
  const kind = starred ? NodeKind.TryStar : NodeKind.Try;
  return new Try(kind, p.starts[at], end, body, handlers, orelse, finalbody);
}

function mixedHandlers(p: Parser, keyword: number, star: boolean): void {
  if (star && STARTS_EXPRESSION[p.peek(2)] === 0) return;
  p.unexpected(star ? keyword + 1 : keyword);
}

function parseExceptHandler(p: Parser, star: boolean): ExceptHandler {
  const at = p.pos;
  const start = p.starts[at];
  p.advance();
  if (star) {
    if (!p.dialect.exceptStar) p.lacks(p.pos);
    p.advance();
  }
  let type: Expression | null = null;
  let name: string | null = null;
  if (p.startsExpression()) {
    const first = p.pos;
    type = parseExpression(p);
    if (p.at(TokenKind.COMMA)) type = parseExceptionTuple(p, first, type);
    if (p.accept(TokenKind.AS)) {
      if (p.at(TokenKind.NAME)) {
        name = p.identifier();
        p.checkName(name, p.pos);
        p.advance();
      } else p.unexpected();
    }
  } else if (star) {
    p.unexpected();
  }
  expectColon(p);
  const body = parseBlock(p);
  return new ExceptHandler(start, parseBlockEnd(p, body), type, name, body);
}

/** `except A, B:` */
function parseExceptionTuple(p: Parser, first: number, type: Expression): Expression {
  const comma = p.pos;
  const elts = [type];
  while (p.accept(TokenKind.COMMA)) {
    if (!p.startsExpression()) break;
    elts.push(parseExpression(p));
  }
  const end = p.lastEnd();
  if (!p.dialect.bareExceptTuple) p.lacks(comma);
  else if (p.at(TokenKind.AS)) p.unexpected();
  return new Tuple(p.starts[first], end, elts, Load);
}

// ---- Definitions ----

function parseDecorated(p: Parser, body: Statement[]): void {
  const decorators: Expression[] = [];
  while (p.accept(TokenKind.AT)) {
    const at = p.pos;
    const decorator = parseNamedExpression(p);
    if (!p.dialect.anyDecorator) checkDecorator(p, decorator, at);
    decorators.push(decorator);
    if (!p.at(TokenKind.NEWLINE)) {
      p.unexpected();
      skipLine(p);
    } else p.advance();
  }
  if (p.at(TokenKind.DEF)) body.push(parseFunctionDef(p, p.pos, decorators));
  else if (p.at(TokenKind.CLASS)) body.push(parseClassDef(p, decorators));
  else if (p.at(TokenKind.ASYNC) && p.peek(1) === TokenKind.DEF) parseAsyncStatement(p, body, decorators);
  else p.unexpected(p.at(TokenKind.ASYNC) ? p.pos + 1 : p.pos);
}

/** Before 3.9: a dotted name, and one call of it. */
function checkDecorator(p: Parser, decorator: Expression, at: number): void {
  let node = decorator.kind === NodeKind.Call ? decorator.func : decorator;
  while (node.kind === NodeKind.Attribute) node = node.value;
  if (node.kind === NodeKind.Name && p.kinds[at] === TokenKind.NAME) return;
  let wrong = at;
  if (p.kinds[at] === TokenKind.NAME) {
    wrong++;
    while (p.kinds[wrong] === TokenKind.DOT) wrong += 2;
    if (p.kinds[wrong] === TokenKind.LPAR) {
      let level = 0;
      do {
        if (p.kinds[wrong] === TokenKind.LPAR) level++;
        else if (p.kinds[wrong] === TokenKind.RPAR) level--;
        wrong++;
      } while (level > 0 && wrong < p.pos);
    }
  }
  p.lacks(Math.min(wrong, p.pos));
}

function parseFunctionDef(p: Parser, at: number, decorators: Expression[]): Statement {
  const keyword = p.pos;
  p.advance();
  let name = '';
  if (p.at(TokenKind.NAME)) {
    name = p.identifier();
    p.checkName(name, p.pos);
    p.advance();
  } else p.unexpected();
  const typeParams = parseTypeParameters(p);
  p.expect(TokenKind.LPAR);
  const args = p.panic ? parseParametersAfterError(p) : parseParameters(p, TokenKind.RPAR);
  if (!p.at(TokenKind.RPAR)) p.unexpected();
  else p.advance();
  const returns = p.accept(TokenKind.RARROW) ? parseExpression(p) : null;
  expectColon(p);
  const body = parseBlock(p);
  const kind = at === keyword ? NodeKind.FunctionDef : NodeKind.AsyncFunctionDef;
  return new FunctionDef(
    kind,
    p.starts[at],
    parseBlockEnd(p, body),
    name,
    args,
    body,
    decorators,
    returns,
    typeParams,
  );
}

function parseParametersAfterError(p: Parser): Arguments {
  return p.kinds[p.pos - 1] === TokenKind.LPAR ? parseParameters(p, TokenKind.RPAR) : noParameters(p);
}

function parseClassDef(p: Parser, decorators: Expression[]): Statement {
  const at = p.pos;
  p.advance();
  let name = '';
  if (p.at(TokenKind.NAME)) {
    name = p.identifier();
    p.advance();
  } else p.unexpected();
  const typeParams = parseTypeParameters(p);
  const bases: Expression[] = [];
  const keywords: Keyword[] = [];
  if (p.at(TokenKind.LPAR)) {
    const open = p.pos;
    p.advance();
    if (!p.at(TokenKind.RPAR)) {
      const generator = parseCallArguments(p, bases, keywords);
      // One that has lost its clauses is refused where it ends.
      if (generator) p.unexpected(p.tokenAt(generator.generators.at(0)?.start ?? generator.end));
    }
    close(p, TokenKind.RPAR, open);
  }
  expectColon(p);
  // Where there are no bases, 3.8 says so at what follows the colon or parenthesis behind the name.
  p.checkName(name, bases.length + keywords.length > 0 ? at + 1 : at + 3);
  const body = parseBlock(p);
  return new ClassDef(
    p.starts[at],
    parseBlockEnd(p, body),
    name,
    bases,
    keywords,
    body,
    decorators,
    typeParams,
  );
}

// ---- match ----

/**
 * Whether the NAME here begins a match statement: `match`, then a subject, and a colon at the line's end, where
 * no simple statement has one.
 */
function isMatch(p: Parser): boolean {
  const next = p.peek(1);
  if (STARTS_EXPRESSION[next] === 0 && next !== TokenKind.STAR) return false;
  if (p.identifier() !== 'match') return false;
  for (let i = p.pos + 1; i < p.count; i++) {
    const kind = p.kinds[i];
    if (kind === TokenKind.NEWLINE || kind === TokenKind.ENDMARKER) {
      return p.kinds[i - 1] === TokenKind.COLON || isMatchWithoutColon(p, next);
    }
  }
  return false;
}

/** `match x` and the line's end: no other statement has an operand there. */
function isMatchWithoutColon(p: Parser, next: TokenKind): boolean {
  if (!p.dialect.matchStatement) return false;
  if (next === TokenKind.LPAR || next === TokenKind.LSQB || LEVEL_AFTER_NAME.has(next)) return false;
  const subject = p.attempt(() => {
    p.advance();
    parseSubject(p);
  });
  return subject !== null && p.kinds[subject.end] === TokenKind.NEWLINE;
}

function parseSubject(p: Parser): Expression {
  const start = p.starts[p.pos];
  const first = parseStarNamed(p);
  if (!p.at(TokenKind.COMMA)) {
    if (first.kind === NodeKind.Starred) p.unexpected();
    return first;
  }
  const elts = [first];
  while (p.accept(TokenKind.COMMA)) {
    if (!p.startsExpression() && !p.at(TokenKind.STAR)) break;
    elts.push(parseStarNamed(p));
  }
  return new Tuple(start, p.lastEnd(), elts, Load);
}

function parseMatchStatement(p: Parser): Statement {
  const at = p.pos;
  if (!p.dialect.matchStatement) p.lacks(parseAfterMatchName(p, at));
  p.advance();
  const subject = parseSubject(p);
  expectColon(p);
  const cases: MatchCase[] = [];
  let end = p.lastVisibleEnd();
  p.expect(TokenKind.NEWLINE);
  if (!p.at(TokenKind.INDENT)) {
    p.unexpected();
    return new Match(p.starts[at], end, subject, cases);
  }
  p.advance();
  if (p.tooDeep()) skipBlock(p);
  else {
    p.depth++;
    while (p.at(TokenKind.NAME) && p.identifier() === 'case') {
      const { panic } = p;
      p.panic = false;
      const clause = parseMatchCase(p);
      if (panic && cases.length === 0) p.panic = panic;
      cases.push(clause);
      end = parseBlockEnd(p, clause.body);
    }
    p.depth--;
    if (cases.length === 0) p.unexpected();
    if (p.at(TokenKind.DEDENT)) p.advance();
    else if (!p.at(TokenKind.ENDMARKER)) {
      p.unexpected();
      skipBlock(p);
    }
  }
  return new Match(p.starts[at], end, subject, cases);
}

/**
 * Where a target without match statements gives up: `match x:` at the second word; `match [x]:` could be a
 * subscript with an annotation, `match (x):` a call, up to the line's end.
 */
function parseAfterMatchName(p: Parser, at: number): number {
  const next = p.peek(1);
  if (next !== TokenKind.LPAR && next !== TokenKind.LSQB) return at + 1;
  let end = at + 1;
  while (p.kinds[end] !== TokenKind.NEWLINE && end < p.count - 1) end++;
  return end;
}

function parseMatchCase(p: Parser): MatchCase {
  const at = p.pos;
  const start = p.starts[at];
  p.advance();
  const pattern = parsePatterns(p);
  const guard = p.accept(TokenKind.IF) ? parseNamedExpression(p) : null;
  expectColon(p);
  const body = parseBlock(p);
  return new MatchCase(start, parseBlockEnd(p, body), pattern, guard, body);
}

/** Operators that may stand behind a name as well as before an operand. */
const LEVEL_AFTER_NAME: ReadonlySet<TokenKind> = new Set([
  TokenKind.MINUS,
  TokenKind.PLUS,
  TokenKind.STAR,
  TokenKind.NOT,
]);
