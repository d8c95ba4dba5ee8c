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
import { TypeParser } from './types.ts';

const { Del, Store } = ExprContext;

export abstract class StatementParser extends TypeParser {
  /** One or more simple statements, up to and with the line's end. */
  protected simpleStatements(body: Statement[]): void {
    for (;;) {
      this.statementStart = this.pos;
      body.push(this.simpleStatement());
      if (this.at(TokenKind.SEMI)) {
        this.advance();
        if (!this.at(TokenKind.NEWLINE)) continue;
      }
      if (this.at(TokenKind.NEWLINE)) {
        this.advance();
        return;
      }
      this.unexpected();
      this.skipLine();
      return;
    }
  }

  /** After an error: the rest of the line is given up. Statements that begin in it because of an unclosed bracket are not. */
  protected skipLine(): void {
    for (;;) {
      switch (this.kind) {
        case TokenKind.NEWLINE:
          this.advance();
          return;
        case TokenKind.ENDMARKER:
        case TokenKind.INDENT:
        case TokenKind.DEDENT:
          return;
        default:
          this.advance();
      }
    }
  }

  private simpleStatement(): Statement {
    const at = this.pos;
    const start = this.starts[at];
    switch (this.kind) {
      case TokenKind.PASS:
        this.advance();
        return new Pass(start, this.ends[at]);
      case TokenKind.BREAK:
        this.advance();
        return new Break(start, this.ends[at]);
      case TokenKind.CONTINUE:
        this.advance();
        return new Continue(start, this.ends[at]);
      case TokenKind.RETURN: {
        this.advance();
        const value = this.startsExpression() || this.at(TokenKind.STAR) ? this.starExpressions() : null;
        return new Return(start, this.lastEnd(), value);
      }
      case TokenKind.RAISE:
        return this.raise(start);
      case TokenKind.GLOBAL: {
        const names = this.nameList();
        return new Global(start, this.lastEnd(), names);
      }
      case TokenKind.NONLOCAL: {
        const names = this.nameList();
        return new Nonlocal(start, this.lastEnd(), names);
      }
      case TokenKind.DEL:
        return this.del(start);
      case TokenKind.ASSERT:
        return this.assert(start);
      case TokenKind.IMPORT:
        return this.importNames(start, false);
      case TokenKind.FROM:
        return this.importFrom(start, false);
      case TokenKind.NAME:
        if (this.isTypeAlias()) return this.typeAlias();
        if (this.isLazyImport()) return this.lazyImport();
    }
    return this.expressionStatement(start);
  }

  /** `type X = …`: no expression has two names side by side. */
  private isTypeAlias(): boolean {
    if (this.peek(1) !== TokenKind.NAME || this.identifier() !== 'type') return false;
    const next = this.peek(2);
    return next === TokenKind.EQUAL || next === TokenKind.LSQB;
  }

  private isLazyImport(): boolean {
    const next = this.peek(1);
    return (next === TokenKind.IMPORT || next === TokenKind.FROM) && this.identifier() === 'lazy';
  }

  private lazyImport(): Statement {
    const start = this.starts[this.pos];
    if (!this.dialect.lazyImports) this.lacks(this.pos + 1);
    this.advance();
    return this.at(TokenKind.IMPORT) ? this.importNames(start, true) : this.importFrom(start, true);
  }

  // ---- Expressions and assignments ----

  private expressionStatement(start: number): Statement {
    const at = this.pos;
    const first = this.annotatedRhs();
    switch (this.kind) {
      case TokenKind.NEWLINE:
      case TokenKind.SEMI:
        return new Expr(start, this.lastEnd(), first);
      case TokenKind.EQUAL:
        return this.assignment(start, at, first);
      case TokenKind.COLON:
        return this.annotatedAssignment(start, at, first);
    }
    if (AUGMENTED[this.kind] === 1) return this.augmentedAssignment(start, at, first);
    return new Expr(start, this.lastEnd(), first);
  }

  private assignment(start: number, at: number, first: Expression): Statement {
    const targets: Expression[] = [];
    let value = first;
    let begin = at;
    while (this.at(TokenKind.EQUAL)) {
      if (isYield(value)) this.failAt(messages.YIELD_TARGET, begin, this.pos - 1);
      else this.checkTarget(value, 'assign', begin);
      setContext(value, Store);
      targets.push(value);
      this.advance();
      begin = this.pos;
      value = this.annotatedRhs();
    }
    return new Assign(start, this.lastEnd(), targets, value);
  }

  private annotatedAssignment(start: number, at: number, target: Expression): Statement {
    const colon = this.pos;
    this.advance();
    const parenthesized = this.kinds[at] === TokenKind.LPAR;
    const annotation = this.annotation(target, colon);
    this.checkAnnotated(target, parenthesized, colon);
    let value: Expression | null = null;
    if (this.accept(TokenKind.EQUAL)) value = this.annotatedRhs();
    this.checkTarget(target, 'assign', at);
    setContext(target, Store);
    const simple = target.kind === NodeKind.Name && !parenthesized;
    return new AnnAssign(start, this.lastEnd(), target, annotation, value, simple);
  }

  /** What stands behind the colon. */
  private annotation(target: Expression, colon: number): Expression {
    if (this.startsExpression()) return this.expression();
    if (!ANNOTATED.has(target.kind)) this.unexpected(colon);
    return this.missing();
  }

  private missing(): Expression {
    this.unexpected();
    return this.invalid(this.starts[this.pos], this.starts[this.pos]);
  }

  private checkAnnotated(target: Expression, parenthesized: boolean, colon: number): void {
    switch (target.kind) {
      case NodeKind.Name:
      case NodeKind.Attribute:
      case NodeKind.Subscript:
      case NodeKind.Invalid:
        return;
      case NodeKind.List:
        this.fail(messages.onlySingleTarget('list'), target.start, target.end);
        return;
      case NodeKind.Tuple: {
        const bare = !parenthesized || target.start !== this.starts[colon] - (target.end - target.start);
        const isBare = target.elts.length > 0 && target.elts[0].start === target.start;
        const place = isBare && bare ? target.elts[0] : target;
        this.fail(messages.onlySingleTarget('tuple'), place.start, place.end);
        return;
      }
      case NodeKind.Starred:
      case NodeKind.Yield:
      case NodeKind.YieldFrom:
        this.unexpected(colon);
        return;
      default:
        this.fail(messages.ILLEGAL_ANNOTATION_TARGET, target.start, target.end);
    }
  }

  private augmentedAssignment(start: number, first: number, target: Expression): Statement {
    const operator: Operator = OPERATOR[this.kind];
    const at = this.pos;
    this.advance();
    const value = this.annotatedRhs();
    if (!this.dialect.starredLists) this.checkNoStar(value, at + 1);
    switch (target.kind) {
      case NodeKind.Name:
      case NodeKind.Attribute:
      case NodeKind.Subscript:
      case NodeKind.Invalid:
        this.checkTarget(target, 'assign', first);
        break;
      case NodeKind.List:
      case NodeKind.Tuple:
      case NodeKind.Starred: {
        this.checkTarget(target, 'assign', first);
        const name = expressionName(target, this.dialect.expressionNames);
        this.failAt(messages.illegalAugmented(name), first, at - 1);
        break;
      }
      case NodeKind.Yield:
      case NodeKind.YieldFrom:
        if (target.start === start) this.unexpected(at);
        else this.checkTarget(target, 'assign', first);
        break;
      default:
        this.checkTarget(target, 'assign', first);
    }
    setContext(target, Store);
    return new AugAssign(start, this.lastEnd(), target, operator, value);
  }

  /** Before 3.9: `for x in *a, b` and `x += *a, b`. */
  protected checkNoStar(node: Expression, at: number): void {
    if (node.kind === NodeKind.Starred) this.lacks(at);
    else if (node.kind === NodeKind.Tuple && node.elts[0]?.start === node.start) {
      const starred = node.elts.find(element => element.kind === NodeKind.Starred);
      if (starred) this.fail(messages.INVALID_SYNTAX, starred.start, starred.start + 1);
    }
  }

  // ---- Statements that begin with a keyword ----

  private raise(start: number): Statement {
    this.advance();
    let exc: Expression | null = null;
    let cause: Expression | null = null;
    if (this.startsExpression()) {
      exc = this.expression();
      if (this.accept(TokenKind.FROM)) {
        cause = this.expression();
      }
    }
    return new Raise(start, this.lastEnd(), exc, cause);
  }

  private nameList(): string[] {
    const names: string[] = [];
    do {
      this.advance();
      if (!this.at(TokenKind.NAME)) {
        this.unexpected();
        break;
      }
      names.push(this.identifier());
      this.advance();
    } while (this.at(TokenKind.COMMA));
    return names;
  }

  private del(start: number): Statement {
    this.advance();
    const targets: Expression[] = [];
    const begins: number[] = [];
    let before = -1;
    for (;;) {
      if (!this.startsExpression() && !this.at(TokenKind.STAR)) {
        if (targets.length === 0) this.unexpected();
        break;
      }
      if (this.pos === before) break;
      before = this.pos;
      begins.push(this.pos);
      targets.push(this.starExpression());
      if (!this.accept(TokenKind.COMMA)) break;
    }
    for (const [i, target] of targets.entries()) {
      // Stars that the compiler refuses, and not the parser.
      this.checkTarget(target, this.dialect.starredDeletion ? 'deleteStarred' : 'delete', begins[i]);
      setContext(target, Del);
    }
    return new Delete(start, this.lastEnd(), targets);
  }

  private assert(start: number): Statement {
    this.advance();
    const test = this.expression();
    const msg = this.accept(TokenKind.COMMA) ? this.expression() : null;
    return new Assert(start, this.lastEnd(), test, msg);
  }

  // ---- Imports ----

  private importNames(start: number, lazy: boolean): Statement {
    this.advance();
    const names: Alias[] = [];
    do {
      const at = this.pos;
      const name = this.dottedName();
      if (name === null) break;
      const asname = this.asName();
      this.checkName(asname ?? name, this.pos - 1);
      names.push(new Alias(this.starts[at], this.lastEnd(), name, asname));
    } while (this.accept(TokenKind.COMMA));
    return new Import(start, this.lastEnd(), names, lazy);
  }

  private asName(): string | null {
    if (!this.accept(TokenKind.AS)) return null;
    if (!this.at(TokenKind.NAME)) {
      this.unexpected();
      return null;
    }
    const name = this.identifier();
    this.advance();
    return name;
  }

  /** `a.b.c`; null after an error. */
  private dottedName(): string | null {
    if (!this.at(TokenKind.NAME)) {
      this.unexpected();
      return null;
    }
    let name = this.identifier();
    this.advance();
    while (this.accept(TokenKind.DOT)) {
      if (!this.at(TokenKind.NAME)) {
        this.unexpected();
        break;
      }
      name += '.' + this.identifier();
      this.advance();
    }
    return name;
  }

  private importFrom(start: number, lazy: boolean): Statement {
    this.advance();
    let level = 0;
    while (this.at(TokenKind.DOT) || this.at(TokenKind.ELLIPSIS)) {
      level += this.at(TokenKind.DOT) ? 1 : 3;
      this.advance();
    }
    let module: string | null = null;
    if (level === 0 || !this.at(TokenKind.IMPORT)) module = this.dottedName();
    if (!this.expect(TokenKind.IMPORT)) return new ImportFrom(start, this.lastEnd(), module, [], level, lazy);
    const names = this.importTargets();
    if (module === '__future__' && level === 0) {
      if (lazy) this.fail(messages.LAZY_FUTURE, start, start + 'lazy'.length);
      if (names.some(alias => alias.name === 'barry_as_FLUFL'))
        this.fluflFrom = Math.min(this.fluflFrom, this.pos);
    }
    return new ImportFrom(start, this.lastEnd(), module, names, level, lazy);
  }

  private importTargets(): Alias[] {
    const names: Alias[] = [];
    const at = this.pos;
    if (this.at(TokenKind.STAR)) {
      names.push(new Alias(this.starts[at], this.ends[at], '*', null));
      this.advance();
      return names;
    }
    const parenthesized = this.accept(TokenKind.LPAR);
    for (;;) {
      if (!this.at(TokenKind.NAME)) {
        if (parenthesized && names.length > 0) break;
        if (names.length > 0 && this.at(TokenKind.NEWLINE)) {
          this.failAt(messages.IMPORT_TRAILING_COMMA, this.pos, this.pos);
        } else this.unexpected();
        break;
      }
      const name = this.pos;
      const identifier = this.identifier();
      this.advance();
      const asname = this.asName();
      this.checkName(asname ?? identifier, this.pos - 1);
      names.push(new Alias(this.starts[name], this.lastEnd(), identifier, asname));
      if (!this.accept(TokenKind.COMMA)) break;
    }
    if (parenthesized) this.expect(TokenKind.RPAR);
    return names;
  }
}

/** What can be annotated. */
const ANNOTATED: ReadonlySet<NodeKind> = new Set([NodeKind.Name, NodeKind.Attribute, NodeKind.Subscript]);

const isYield = (node: Expression): boolean =>
  node.kind === NodeKind.Yield || node.kind === NodeKind.YieldFrom;
