// Simple statements: those that fit on a line.
// CPython: Grammar/python.gram, simple_stmt and the rules below it.
import { ExprContext, NodeKind, type Operator } from '../ast/kinds.ts';
import { type Expression } from '../ast/expressions.ts';
import {
  Alias,
  AnnAssign,
  Assert,
  Assign,
  AugAssign,
  Break,
  Continue,
  Delete,
  Expr,
  Global,
  Import,
  ImportFrom,
  Nonlocal,
  Pass,
  Raise,
  Return,
  type Statement,
} from '../ast/nodes.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import { AUGMENTED, OPERATOR } from './classes.ts';
import * as messages from './messages.ts';
import { expressionName, setContext } from './targets.ts';
import {
  parseAnnotatedRhs,
  parseExpression,
  parseStarExpression,
  parseStarExpressions,
} from './expressions.ts';
import { parseTypeAlias } from './types.ts';
import type { Parser } from './parser.ts';

const { Del, Store } = ExprContext;

/** One or more simple statements, up to and with the line's end. */
export function parseSimpleStatements(p: Parser, body: Statement[]): void {
  for (;;) {
    p.statementStart = p.pos;
    body.push(parseSimpleStatement(p));
    if (p.at(TokenKind.SEMI)) {
      p.advance();
      if (!p.at(TokenKind.NEWLINE)) continue;
    }
    if (p.at(TokenKind.NEWLINE)) {
      p.advance();
      return;
    }
    p.unexpected();
    skipLine(p);
    return;
  }
}

/** After an error: the rest of the line is given up. Statements that begin in it because of an unclosed bracket are not. */
export function skipLine(p: Parser): void {
  for (;;) {
    switch (p.kind) {
      case TokenKind.NEWLINE:
        p.advance();
        return;
      case TokenKind.ENDMARKER:
      case TokenKind.INDENT:
      case TokenKind.DEDENT:
        return;
      default:
        p.advance();
    }
  }
}

function parseSimpleStatement(p: Parser): Statement {
  const at = p.pos;
  const start = p.starts[at];
  switch (p.kind) {
    case TokenKind.PASS:
      p.advance();
      return new Pass(start, p.ends[at]);
    case TokenKind.BREAK:
      p.advance();
      return new Break(start, p.ends[at]);
    case TokenKind.CONTINUE:
      p.advance();
      return new Continue(start, p.ends[at]);
    case TokenKind.RETURN: {
      p.advance();
      const value = p.startsExpression() || p.at(TokenKind.STAR) ? parseStarExpressions(p) : null;
      return new Return(start, p.lastEnd(), value);
    }
    case TokenKind.RAISE:
      return parseRaise(p, start);
    case TokenKind.GLOBAL: {
      const names = parseNameList(p);
      return new Global(start, p.lastEnd(), names);
    }
    case TokenKind.NONLOCAL: {
      const names = parseNameList(p);
      return new Nonlocal(start, p.lastEnd(), names);
    }
    case TokenKind.DEL:
      return parseDelete(p, start);
    case TokenKind.ASSERT:
      return parseAssert(p, start);
    case TokenKind.IMPORT:
      return parseImportNames(p, start, false);
    case TokenKind.FROM:
      return parseImportFrom(p, start, false);
    case TokenKind.NAME:
      if (isTypeAlias(p)) return parseTypeAlias(p);
      if (isLazyImport(p)) return parseLazyImport(p);
  }
  return parseExpressionStatement(p, start);
}

/** `type X = …`: no expression has two names side by side. */
function isTypeAlias(p: Parser): boolean {
  if (p.peek(1) !== TokenKind.NAME || p.identifier() !== 'type') return false;
  const next = p.peek(2);
  return next === TokenKind.EQUAL || next === TokenKind.LSQB;
}

function isLazyImport(p: Parser): boolean {
  const next = p.peek(1);
  return (next === TokenKind.IMPORT || next === TokenKind.FROM) && p.identifier() === 'lazy';
}

function parseLazyImport(p: Parser): Statement {
  const start = p.starts[p.pos];
  if (!p.dialect.lazyImports) p.lacks(p.pos + 1);
  p.advance();
  return p.at(TokenKind.IMPORT) ? parseImportNames(p, start, true) : parseImportFrom(p, start, true);
}

// ---- Expressions and assignments ----

function parseExpressionStatement(p: Parser, start: number): Statement {
  const at = p.pos;
  const first = parseAnnotatedRhs(p);
  switch (p.kind) {
    case TokenKind.NEWLINE:
    case TokenKind.SEMI:
      return new Expr(start, p.lastEnd(), first);
    case TokenKind.EQUAL:
      return parseAssignment(p, start, at, first);
    case TokenKind.COLON:
      return parseAnnotatedAssignment(p, start, at, first);
  }
  if (AUGMENTED[p.kind] === 1) return parseAugmentedAssignment(p, start, at, first);
  return new Expr(start, p.lastEnd(), first);
}

function parseAssignment(p: Parser, start: number, at: number, first: Expression): Statement {
  const targets: Expression[] = [];
  let value = first;
  let begin = at;
  while (p.at(TokenKind.EQUAL)) {
    if (isYield(value)) p.failAt(messages.YIELD_TARGET, begin, p.pos - 1);
    else p.checkTarget(value, 'assign', begin);
    setContext(value, Store);
    targets.push(value);
    p.advance();
    begin = p.pos;
    value = parseAnnotatedRhs(p);
  }
  return new Assign(start, p.lastEnd(), targets, value);
}

function parseAnnotatedAssignment(p: Parser, start: number, at: number, target: Expression): Statement {
  const colon = p.pos;
  p.advance();
  const parenthesized = p.kinds[at] === TokenKind.LPAR;
  const annotation = parseAnnotation(p, target, colon);
  checkAnnotated(p, target, parenthesized, colon);
  let value: Expression | null = null;
  if (p.accept(TokenKind.EQUAL)) value = parseAnnotatedRhs(p);
  p.checkTarget(target, 'assign', at);
  setContext(target, Store);
  const simple = target.kind === NodeKind.Name && !parenthesized;
  return new AnnAssign(start, p.lastEnd(), target, annotation, value, simple);
}

/** What stands behind the colon. */
function parseAnnotation(p: Parser, target: Expression, colon: number): Expression {
  if (p.startsExpression()) return parseExpression(p);
  if (!ANNOTATED.has(target.kind)) p.unexpected(colon);
  return missing(p);
}

function missing(p: Parser): Expression {
  p.unexpected();
  return p.invalid(p.starts[p.pos], p.starts[p.pos]);
}

function checkAnnotated(p: Parser, target: Expression, parenthesized: boolean, colon: number): void {
  switch (target.kind) {
    case NodeKind.Name:
    case NodeKind.Attribute:
    case NodeKind.Subscript:
    case NodeKind.Invalid:
      return;
    case NodeKind.List:
      p.fail(messages.onlySingleTarget('list'), target.start, target.end);
      return;
    case NodeKind.Tuple: {
      const bare = !parenthesized || target.start !== p.starts[colon] - (target.end - target.start);
      const isBare = target.elts.length > 0 && target.elts[0].start === target.start;
      const place = isBare && bare ? target.elts[0] : target;
      p.fail(messages.onlySingleTarget('tuple'), place.start, place.end);
      return;
    }
    case NodeKind.Starred:
    case NodeKind.Yield:
    case NodeKind.YieldFrom:
      p.unexpected(colon);
      return;
    default:
      p.fail(messages.ILLEGAL_ANNOTATION_TARGET, target.start, target.end);
  }
}

function parseAugmentedAssignment(p: Parser, start: number, first: number, target: Expression): Statement {
  const operator: Operator = OPERATOR[p.kind];
  const at = p.pos;
  p.advance();
  const value = parseAnnotatedRhs(p);
  if (!p.dialect.starredLists) checkNoStar(p, value, at + 1);
  switch (target.kind) {
    case NodeKind.Name:
    case NodeKind.Attribute:
    case NodeKind.Subscript:
    case NodeKind.Invalid:
      p.checkTarget(target, 'assign', first);
      break;
    case NodeKind.List:
    case NodeKind.Tuple:
    case NodeKind.Starred: {
      p.checkTarget(target, 'assign', first);
      const name = expressionName(target, p.dialect.expressionNames);
      p.failAt(messages.illegalAugmented(name), first, at - 1);
      break;
    }
    case NodeKind.Yield:
    case NodeKind.YieldFrom:
      if (target.start === start) p.unexpected(at);
      else p.checkTarget(target, 'assign', first);
      break;
    default:
      p.checkTarget(target, 'assign', first);
  }
  setContext(target, Store);
  return new AugAssign(start, p.lastEnd(), target, operator, value);
}

/** Before 3.9: `for x in *a, b` and `x += *a, b`. */
export function checkNoStar(p: Parser, node: Expression, at: number): void {
  if (node.kind === NodeKind.Starred) p.lacks(at);
  else if (node.kind === NodeKind.Tuple && node.elts[0]?.start === node.start) {
    const starred = node.elts.find(element => element.kind === NodeKind.Starred);
    if (starred) p.fail(messages.INVALID_SYNTAX, starred.start, starred.start + 1);
  }
}

// ---- Statements that begin with a keyword ----

function parseRaise(p: Parser, start: number): Statement {
  p.advance();
  let exc: Expression | null = null;
  let cause: Expression | null = null;
  if (p.startsExpression()) {
    exc = parseExpression(p);
    if (p.accept(TokenKind.FROM)) {
      cause = parseExpression(p);
    }
  }
  return new Raise(start, p.lastEnd(), exc, cause);
}

function parseNameList(p: Parser): string[] {
  const names: string[] = [];
  do {
    p.advance();
    if (!p.at(TokenKind.NAME)) {
      p.unexpected();
      break;
    }
    names.push(p.identifier());
    p.advance();
  } while (p.at(TokenKind.COMMA));
  return names;
}

function parseDelete(p: Parser, start: number): Statement {
  p.advance();
  const targets: Expression[] = [];
  const begins: number[] = [];
  let before = -1;
  for (;;) {
    if (!p.startsExpression() && !p.at(TokenKind.STAR)) {
      if (targets.length === 0) p.unexpected();
      break;
    }
    if (p.pos === before) break;
    before = p.pos;
    begins.push(p.pos);
    targets.push(parseStarExpression(p));
    if (!p.accept(TokenKind.COMMA)) break;
  }
  for (const [i, target] of targets.entries()) {
    // Stars that the compiler refuses, and not the parser.
    p.checkTarget(target, p.dialect.starredDeletion ? 'deleteStarred' : 'delete', begins[i]);
    setContext(target, Del);
  }
  return new Delete(start, p.lastEnd(), targets);
}

function parseAssert(p: Parser, start: number): Statement {
  p.advance();
  const test = parseExpression(p);
  const msg = p.accept(TokenKind.COMMA) ? parseExpression(p) : null;
  return new Assert(start, p.lastEnd(), test, msg);
}

// ---- Imports ----

function parseImportNames(p: Parser, start: number, lazy: boolean): Statement {
  p.advance();
  const names: Alias[] = [];
  do {
    const at = p.pos;
    const name = parseDottedName(p);
    if (name === null) break;
    const asname = parseAsName(p);
    p.checkName(asname ?? name, p.pos - 1);
    names.push(new Alias(p.starts[at], p.lastEnd(), name, asname));
  } while (p.accept(TokenKind.COMMA));
  return new Import(start, p.lastEnd(), names, lazy);
}

function parseAsName(p: Parser): string | null {
  if (!p.accept(TokenKind.AS)) return null;
  if (!p.at(TokenKind.NAME)) {
    p.unexpected();
    return null;
  }
  const name = p.identifier();
  p.advance();
  return name;
}

/** A NAME as it stands in the text, not normalised. */
const nameAsWritten = (p: Parser, at: number): string => p.text.slice(p.starts[at], p.ends[at]);

/** `a.b.c`; null after an error. */
function parseDottedName(p: Parser): string | null {
  const { dottedNamesAsWritten } = p.dialect;
  if (!p.at(TokenKind.NAME)) {
    p.unexpected();
    return null;
  }
  const first = p.pos;
  let name = p.identifier();
  p.advance();
  while (p.accept(TokenKind.DOT)) {
    if (!p.at(TokenKind.NAME)) {
      p.unexpected();
      break;
    }
    if (dottedNamesAsWritten && p.pos === first + 2) name = nameAsWritten(p, first);
    name += '.' + (dottedNamesAsWritten ? nameAsWritten(p, p.pos) : p.identifier());
    p.advance();
  }
  return name;
}

function parseImportFrom(p: Parser, start: number, lazy: boolean): Statement {
  p.advance();
  let level = 0;
  while (p.at(TokenKind.DOT) || p.at(TokenKind.ELLIPSIS)) {
    level += p.at(TokenKind.DOT) ? 1 : 3;
    p.advance();
  }
  let module: string | null = null;
  if (level === 0 || !p.at(TokenKind.IMPORT)) module = parseDottedName(p);
  if (!p.expect(TokenKind.IMPORT)) return new ImportFrom(start, p.lastEnd(), module, [], level, lazy);
  const names = parseImportTargets(p);
  if (module === '__future__' && level === 0) {
    if (lazy) p.fail(messages.LAZY_FUTURE, start, start + 'lazy'.length);
    if (names.some(alias => alias.name === 'barry_as_FLUFL')) p.fluflFrom = Math.min(p.fluflFrom, p.pos);
  }
  return new ImportFrom(start, p.lastEnd(), module, names, level, lazy);
}

function parseImportTargets(p: Parser): Alias[] {
  const names: Alias[] = [];
  const at = p.pos;
  if (p.at(TokenKind.STAR)) {
    names.push(new Alias(p.starts[at], p.ends[at], '*', null));
    p.advance();
    return names;
  }
  const parenthesized = p.accept(TokenKind.LPAR);
  for (;;) {
    if (!p.at(TokenKind.NAME)) {
      if (parenthesized && names.length > 0) break;
      if (names.length > 0 && p.at(TokenKind.NEWLINE)) {
        p.failAt(messages.IMPORT_TRAILING_COMMA, p.pos, p.pos);
      } else p.unexpected();
      break;
    }
    const name = p.pos;
    const identifier = p.identifier();
    p.advance();
    const asname = parseAsName(p);
    p.checkName(asname ?? identifier, p.pos - 1);
    names.push(new Alias(p.starts[name], p.lastEnd(), identifier, asname));
    if (!p.accept(TokenKind.COMMA)) break;
  }
  if (parenthesized) p.expect(TokenKind.RPAR);
  return names;
}

/** What can be annotated. */
const ANNOTATED: ReadonlySet<NodeKind> = new Set([NodeKind.Name, NodeKind.Attribute, NodeKind.Subscript]);

const isYield = (node: Expression): boolean =>
  node.kind === NodeKind.Yield || node.kind === NodeKind.YieldFrom;
