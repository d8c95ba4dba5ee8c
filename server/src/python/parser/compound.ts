// Compound statements: those with blocks.
// CPython: Grammar/python.gram, compound_stmt and the rules below it.
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import { type Expression, type Keyword, Tuple } from '../ast/expressions.ts';
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
import { StatementParser } from './statements.ts';
import { setContext } from './targets.ts';

const { Load, Store } = ExprContext;

export abstract class CompoundParser extends StatementParser {
  /** Statements up to what ends the block or file. */
  protected statements(body: Statement[]): void {
    const strays: { end: number }[] = [];
    for (;;) {
      const before = this.pos;
      switch (this.kind) {
        case TokenKind.ENDMARKER:
          for (const stray of strays) stray.end = this.text.length;
          return;
        case TokenKind.DEDENT: {
          const stray = strays.pop();
          if (!stray) return;
          stray.end = this.starts[this.pos];
          this.advance();
          break;
        }
        case TokenKind.INDENT:
          this.unexpected();
          strays.push(this.strayBlock());
          this.advance();
          break;
        case TokenKind.NEWLINE:
          // Only after an error, or a backslash before a blank line, which 3.8 bears outside of blocks.
          if (this.depth > 0 || !this.dialect.readsAheadOnly) this.unexpected();
          this.advance();
          break;
        default:
          this.panic = false;
          this.statement(body);
      }
      if (this.pos === before) this.advance();
    }
  }

  private strayBlock(): { end: number } {
    const block = { start: this.starts[this.pos], end: -1, error: this.errors.length - 1 };
    this.strayBlocks.push(block);
    return block;
  }

  private statement(body: Statement[]): void {
    this.statementStart = this.pos;
    switch (this.kind) {
      case TokenKind.IF:
        body.push(this.ifStatement());
        return;
      case TokenKind.WHILE:
        body.push(this.whileStatement());
        return;
      case TokenKind.FOR:
        body.push(this.forStatement(this.pos));
        return;
      case TokenKind.TRY:
        body.push(this.tryStatement());
        return;
      case TokenKind.WITH:
        body.push(this.withStatement(this.pos));
        return;
      case TokenKind.DEF:
        body.push(this.functionDef(this.pos, []));
        return;
      case TokenKind.CLASS:
        body.push(this.classDef([]));
        return;
      case TokenKind.AT:
        this.decorated(body);
        return;
      case TokenKind.ASYNC:
        if (this.asyncStatement(body, [])) return;
        break;
      case TokenKind.NAME:
        if (this.isMatch()) {
          body.push(this.matchStatement());
          return;
        }
    }
    this.simpleStatements(body);
  }

  private asyncStatement(body: Statement[], decorators: Expression[]): boolean {
    const at = this.pos;
    switch (this.peek(1)) {
      case TokenKind.DEF:
        this.advance();
        body.push(this.functionDef(at, decorators));
        return true;
      case TokenKind.FOR:
        this.advance();
        body.push(this.forStatement(at));
        return true;
      case TokenKind.WITH:
        this.advance();
        body.push(this.withStatement(at));
        return true;
      default:
        this.unexpected(at + 1);
        return false;
    }
  }

  // ---- Blocks ----

  /** What ends a header: its colon. */
  private colon(): void {
    if (this.at(TokenKind.COLON)) {
      this.advance();
      return;
    }
    this.unexpected();
    // The block may follow all the same.
    for (let i = this.pos; i < this.count; i++) {
      const kind = this.kinds[i];
      if (kind === TokenKind.COLON && this.kinds[i + 1] === TokenKind.NEWLINE) {
        this.seek(i + 1);
        return;
      }
      if (kind === TokenKind.NEWLINE || kind === TokenKind.INDENT || kind === TokenKind.DEDENT) {
        this.seek(i);
        return;
      }
    }
  }

  /** The statements behind a colon. */
  private block(): Statement[] {
    const body: Statement[] = [];
    if (!this.at(TokenKind.NEWLINE)) {
      if (this.at(TokenKind.INDENT) || this.at(TokenKind.DEDENT) || this.at(TokenKind.ENDMARKER)) {
        this.unexpected();
      } else this.simpleStatements(body);
      return body;
    }
    this.advance();
    if (!this.at(TokenKind.INDENT)) {
      const known = this.errors.length;
      this.unexpected();
      // The error is at what follows, which it does not break.
      if (this.errors.length > known) this.errorPlaces[known] = this.lastVisibleEnd();
      return body;
    }
    this.advance();
    if (this.tooDeep()) {
      this.skipBlock();
      return body;
    }
    const { statementStart } = this;
    this.depth++;
    this.statements(body);
    this.depth--;
    this.statementStart = statementStart;
    if (this.at(TokenKind.DEDENT)) this.advance();
    return body;
  }

  /** From behind an INDENT to behind its DEDENT. */
  private skipBlock(): void {
    let depth = 1;
    while (depth > 0 && !this.at(TokenKind.ENDMARKER)) {
      if (this.at(TokenKind.INDENT)) depth++;
      else if (this.at(TokenKind.DEDENT)) depth--;
      this.advance();
    }
  }

  /** Where a compound statement ends whose last block is `body`. */
  private blockEnd(body: readonly Statement[]): number {
    if (this.dialect.endsAtToken || body.length === 0) return this.lastVisibleEnd();
    return body[body.length - 1].end;
  }

  // ---- if, while, for ----

  /** An `if` with all its `elif`s: the chain is folded from its end, so that its length does not matter. */
  private ifStatement(): Statement {
    const clauses: { start: number; test: Expression; body: Statement[] }[] = [];
    do {
      const at = this.pos;
      this.advance();
      const test = this.namedExpression();
      this.colon();
      clauses.push({ start: this.starts[at], test, body: this.block() });
    } while (this.at(TokenKind.ELIF));
    this.deepen(clauses.length);
    let orelse = this.elseBlock();
    const last = orelse.length > 0 ? orelse : clauses[clauses.length - 1].body;
    const end = this.blockEnd(last);
    let node: Statement | null = null;
    for (let i = clauses.length - 1; i >= 0; i--) {
      const { start, test, body } = clauses[i];
      node = new If(start, end, test, body, orelse);
      orelse = [node];
    }
    return orelse[0];
  }

  private elseBlock(): Statement[] {
    if (!this.at(TokenKind.ELSE)) return [];
    this.advance();
    this.colon();
    return this.block();
  }

  private whileStatement(): Statement {
    const at = this.pos;
    this.advance();
    const test = this.namedExpression();
    this.colon();
    const body = this.block();
    const orelse = this.elseBlock();
    return new While(this.starts[at], this.blockEnd(orelse.length > 0 ? orelse : body), test, body, orelse);
  }

  private forStatement(at: number): Statement {
    const keyword = this.pos;
    this.advance();
    const targetAt = this.pos;
    const target = this.targets();
    this.checkTargets(target, targetAt);
    this.expect(TokenKind.IN);
    const iterAt = this.pos;
    const iter = this.starExpressions();
    if (!this.dialect.starredLists) this.checkNoStar(iter, iterAt);
    this.colon();
    const body = this.block();
    const orelse = this.elseBlock();
    const end = this.blockEnd(orelse.length > 0 ? orelse : body);
    const kind = at === keyword ? NodeKind.For : NodeKind.AsyncFor;
    return new For(kind, this.starts[at], end, target, iter, body, orelse);
  }

  // ---- with ----

  private withStatement(at: number): Statement {
    const keyword = this.pos;
    this.advance();
    const items = this.parenthesizedItems() ?? this.withItems();
    this.colon();
    const body = this.block();
    const kind = at === keyword ? NodeKind.With : NodeKind.AsyncWith;
    return new With(kind, this.starts[at], this.blockEnd(body), items, body);
  }

  private withItems(): WithItem[] {
    const items: WithItem[] = [];
    for (;;) {
      items.push(this.withItem());
      if (!this.accept(TokenKind.COMMA)) return items;
    }
  }

  private withItem(): WithItem {
    const at = this.pos;
    const start = this.starts[at];
    const context = this.expression();
    let target: Expression | null = null;
    if (this.accept(TokenKind.AS)) {
      target = this.starTarget();
      this.checkTarget(target, 'assign', at);
      setContext(target, Store);
    }
    return new WithItem(start, this.lastEnd(), context, target);
  }

  private starTarget(): Expression {
    if (this.at(TokenKind.STAR) && this.dialect.readsAheadOnly) this.unexpected();
    return this.at(TokenKind.STAR) ? this.starExpression() : this.expression();
  }

  /**
   * `(a as b, c as d)` if the parentheses are the statement's own: a colon follows them and with items fill them.
   * Null, and nothing read, if they belong to an expression.
   */
  private parenthesizedItems(): WithItem[] | null {
    if (!this.at(TokenKind.LPAR)) return null;
    const close = this.closingParenthesis();
    if (close === -1) return null;
    const after = this.kinds[close + 1];
    if (after !== TokenKind.COLON && after !== TokenKind.NEWLINE) return null;
    const attempt = this.attempt(() => this.itemsInParentheses());
    if (!attempt) return null;
    if (!this.dialect.parenthesizedWith) {
      // Only what is no tuple either is new.
      const old = this.attempt(() => this.withItems());
      if (old && this.kinds[old.end] === TokenKind.COLON) return null;
      this.lacks(this.firstAs(close));
    }
    return this.itemsInParentheses();
  }

  private firstAs(close: number): number {
    for (let i = this.pos; i < close; i++) if (this.kinds[i] === TokenKind.AS) return i;
    return close;
  }

  private itemsInParentheses(): WithItem[] {
    this.advance();
    const items: WithItem[] = [];
    for (;;) {
      items.push(this.withItem());
      if (!this.accept(TokenKind.COMMA) || this.at(TokenKind.RPAR)) break;
    }
    this.expect(TokenKind.RPAR);
    return items;
  }

  /** Index of the token that closes the parenthesis here; -1 if none does in this statement. */
  private closingParenthesis(): number {
    let level = 0;
    for (let i = this.pos; i < this.count; i++) {
      const kind = this.kinds[i];
      if (kind === TokenKind.LPAR || kind === TokenKind.LSQB || kind === TokenKind.LBRACE) level++;
      else if (kind === TokenKind.RPAR || kind === TokenKind.RSQB || kind === TokenKind.RBRACE) {
        if (--level === 0) return i;
      } else if (kind === TokenKind.NEWLINE) return -1;
    }
    return -1;
  }

  // ---- try ----

  private tryStatement(): Statement {
    const at = this.pos;
    this.advance();
    this.colon();
    const body = this.block();
    const handlers: ExceptHandler[] = [];
    let starred: boolean | null = null;
    let end = this.blockEnd(body);
    while (this.at(TokenKind.EXCEPT)) {
      const keyword = this.pos;
      const star = this.peek(1) === TokenKind.STAR;
      if (starred !== null && star !== starred) this.mixedHandlers(keyword, star);
      starred ??= star;
      const handler = this.exceptHandler(star);
      handlers.push(handler);
      end = this.blockEnd(handler.body);
    }
    if (starred && !this.dialect.exceptStar && handlers.length > 0) this.panic = true;
    let orelse: Statement[] = [];
    if (handlers.length > 0 && this.at(TokenKind.ELSE)) {
      orelse = this.elseBlock();
      end = this.blockEnd(orelse);
    }
    let finalbody: Statement[] = [];
    if (this.at(TokenKind.FINALLY)) {
      this.advance();
      this.colon();
      finalbody = this.block();
      end = this.blockEnd(finalbody);
    } else if (handlers.length === 0) this.unexpected();
    const kind = starred ? NodeKind.TryStar : NodeKind.Try;
    return new Try(kind, this.starts[at], end, body, handlers, orelse, finalbody);
  }

  private mixedHandlers(keyword: number, star: boolean): void {
    if (star && STARTS_EXPRESSION[this.peek(2)] === 0) return;
    this.unexpected(star ? keyword + 1 : keyword);
  }

  private exceptHandler(star: boolean): ExceptHandler {
    const at = this.pos;
    const start = this.starts[at];
    this.advance();
    if (star) {
      if (!this.dialect.exceptStar) this.lacks(this.pos);
      this.advance();
    }
    let type: Expression | null = null;
    let name: string | null = null;
    if (this.startsExpression()) {
      const first = this.pos;
      type = this.expression();
      if (this.at(TokenKind.COMMA)) type = this.exceptionTuple(first, type);
      if (this.accept(TokenKind.AS)) {
        if (this.at(TokenKind.NAME)) {
          name = this.identifier();
          this.checkName(name, this.pos);
          this.advance();
        } else this.unexpected();
      }
    } else if (star) {
      this.unexpected();
    }
    this.colon();
    const body = this.block();
    return new ExceptHandler(start, this.blockEnd(body), type, name, body);
  }

  /** `except A, B:` */
  private exceptionTuple(first: number, type: Expression): Expression {
    const comma = this.pos;
    const elts = [type];
    while (this.accept(TokenKind.COMMA)) {
      if (!this.startsExpression()) break;
      elts.push(this.expression());
    }
    const end = this.lastEnd();
    if (!this.dialect.bareExceptTuple) this.lacks(comma);
    else if (this.at(TokenKind.AS)) this.unexpected();
    return new Tuple(this.starts[first], end, elts, Load);
  }

  // ---- Definitions ----

  private decorated(body: Statement[]): void {
    const decorators: Expression[] = [];
    while (this.accept(TokenKind.AT)) {
      const at = this.pos;
      const decorator = this.namedExpression();
      if (!this.dialect.anyDecorator) this.checkDecorator(decorator, at);
      decorators.push(decorator);
      if (!this.at(TokenKind.NEWLINE)) {
        this.unexpected();
        this.skipLine();
      } else this.advance();
    }
    if (this.at(TokenKind.DEF)) body.push(this.functionDef(this.pos, decorators));
    else if (this.at(TokenKind.CLASS)) body.push(this.classDef(decorators));
    else if (this.at(TokenKind.ASYNC) && this.peek(1) === TokenKind.DEF)
      this.asyncStatement(body, decorators);
    else this.unexpected(this.at(TokenKind.ASYNC) ? this.pos + 1 : this.pos);
  }

  /** Before 3.9: a dotted name, and one call of it. */
  private checkDecorator(decorator: Expression, at: number): void {
    let node = decorator.kind === NodeKind.Call ? decorator.func : decorator;
    while (node.kind === NodeKind.Attribute) node = node.value;
    if (node.kind === NodeKind.Name && this.kinds[at] === TokenKind.NAME) return;
    let wrong = at;
    if (this.kinds[at] === TokenKind.NAME) {
      wrong++;
      while (this.kinds[wrong] === TokenKind.DOT) wrong += 2;
      if (this.kinds[wrong] === TokenKind.LPAR) {
        let level = 0;
        do {
          if (this.kinds[wrong] === TokenKind.LPAR) level++;
          else if (this.kinds[wrong] === TokenKind.RPAR) level--;
          wrong++;
        } while (level > 0 && wrong < this.pos);
      }
    }
    this.lacks(Math.min(wrong, this.pos));
  }

  private functionDef(at: number, decorators: Expression[]): Statement {
    const keyword = this.pos;
    this.advance();
    let name = '';
    if (this.at(TokenKind.NAME)) {
      name = this.identifier();
      this.checkName(name, this.pos);
      this.advance();
    } else this.unexpected();
    const typeParams = this.typeParameters();
    this.expect(TokenKind.LPAR);
    const args = this.panic ? this.parametersAfterError() : this.parameters(TokenKind.RPAR);
    if (!this.at(TokenKind.RPAR)) this.unexpected();
    else this.advance();
    const returns = this.accept(TokenKind.RARROW) ? this.expression() : null;
    this.colon();
    const body = this.block();
    const kind = at === keyword ? NodeKind.FunctionDef : NodeKind.AsyncFunctionDef;
    return new FunctionDef(
      kind,
      this.starts[at],
      this.blockEnd(body),
      name,
      args,
      body,
      decorators,
      returns,
      typeParams,
    );
  }

  private parametersAfterError(): ReturnType<CompoundParser['noParameters']> {
    return this.kinds[this.pos - 1] === TokenKind.LPAR
      ? this.parameters(TokenKind.RPAR)
      : this.noParameters();
  }

  private classDef(decorators: Expression[]): Statement {
    const at = this.pos;
    this.advance();
    let name = '';
    if (this.at(TokenKind.NAME)) {
      name = this.identifier();
      this.advance();
    } else this.unexpected();
    const typeParams = this.typeParameters();
    const bases: Expression[] = [];
    const keywords: Keyword[] = [];
    if (this.at(TokenKind.LPAR)) {
      const open = this.pos;
      this.advance();
      if (!this.at(TokenKind.RPAR)) {
        const generator = this.callArguments(bases, keywords);
        // One that has lost its clauses is refused where it ends.
        if (generator) this.unexpected(this.tokenAt(generator.generators.at(0)?.start ?? generator.end));
      }
      this.close(TokenKind.RPAR, open);
    }
    this.colon();
    // Where there are no bases, 3.8 says so at what follows the colon or parenthesis behind the name.
    this.checkName(name, bases.length + keywords.length > 0 ? at + 1 : at + 3);
    const body = this.block();
    return new ClassDef(
      this.starts[at],
      this.blockEnd(body),
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
  private isMatch(): boolean {
    const next = this.peek(1);
    if (STARTS_EXPRESSION[next] === 0 && next !== TokenKind.STAR) return false;
    if (this.identifier() !== 'match') return false;
    for (let i = this.pos + 1; i < this.count; i++) {
      const kind = this.kinds[i];
      if (kind === TokenKind.NEWLINE || kind === TokenKind.ENDMARKER) {
        return this.kinds[i - 1] === TokenKind.COLON || this.isMatchWithoutColon(next);
      }
    }
    return false;
  }

  /** `match x` and the line's end: no other statement has an operand there. */
  private isMatchWithoutColon(next: TokenKind): boolean {
    if (!this.dialect.matchStatement) return false;
    if (next === TokenKind.LPAR || next === TokenKind.LSQB || LEVEL_AFTER_NAME.has(next)) return false;
    const subject = this.attempt(() => {
      this.advance();
      this.subject();
    });
    return subject !== null && this.kinds[subject.end] === TokenKind.NEWLINE;
  }

  private subject(): Expression {
    const start = this.starts[this.pos];
    const first = this.starNamed();
    if (!this.at(TokenKind.COMMA)) {
      if (first.kind === NodeKind.Starred) this.unexpected();
      return first;
    }
    const elts = [first];
    while (this.accept(TokenKind.COMMA)) {
      if (!this.startsExpression() && !this.at(TokenKind.STAR)) break;
      elts.push(this.starNamed());
    }
    return new Tuple(start, this.lastEnd(), elts, Load);
  }

  private matchStatement(): Statement {
    const at = this.pos;
    if (!this.dialect.matchStatement) this.lacks(this.afterMatchName(at));
    this.advance();
    const subject = this.subject();
    this.colon();
    const cases: MatchCase[] = [];
    let end = this.lastVisibleEnd();
    this.expect(TokenKind.NEWLINE);
    if (!this.at(TokenKind.INDENT)) {
      this.unexpected();
      return new Match(this.starts[at], end, subject, cases);
    }
    this.advance();
    if (this.tooDeep()) this.skipBlock();
    else {
      this.depth++;
      while (this.at(TokenKind.NAME) && this.identifier() === 'case') {
        const { panic } = this;
        this.panic = false;
        const clause = this.matchCase();
        if (panic && cases.length === 0) this.panic = panic;
        cases.push(clause);
        end = this.blockEnd(clause.body);
      }
      this.depth--;
      if (cases.length === 0) this.unexpected();
      if (this.at(TokenKind.DEDENT)) this.advance();
      else if (!this.at(TokenKind.ENDMARKER)) {
        this.unexpected();
        this.skipBlock();
      }
    }
    return new Match(this.starts[at], end, subject, cases);
  }

  /**
   * Where a target without match statements gives up: `match x:` at the second word; `match [x]:` could be a
   * subscript with an annotation, `match (x):` a call, up to the line's end.
   */
  private afterMatchName(at: number): number {
    const next = this.peek(1);
    if (next !== TokenKind.LPAR && next !== TokenKind.LSQB) return at + 1;
    let end = at + 1;
    while (this.kinds[end] !== TokenKind.NEWLINE && end < this.count - 1) end++;
    return end;
  }

  private matchCase(): MatchCase {
    const at = this.pos;
    const start = this.starts[at];
    this.advance();
    const pattern = this.patterns();
    const guard = this.accept(TokenKind.IF) ? this.namedExpression() : null;
    this.colon();
    const body = this.block();
    return new MatchCase(start, this.blockEnd(body), pattern, guard, body);
  }
}

/** Operators that may stand behind a name as well as before an operand. */
const LEVEL_AFTER_NAME: ReadonlySet<TokenKind> = new Set([
  TokenKind.MINUS,
  TokenKind.PLUS,
  TokenKind.STAR,
  TokenKind.NOT,
]);
