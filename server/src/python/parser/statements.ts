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
import { AUGMENTED, LEVEL, OPERATOR, STARTS_EXPRESSION } from './classes.ts';
import * as messages from './messages.ts';
import { expressionName, invalidTarget, setContext } from './targets.ts';
import { TypeParser } from './types.ts';

const { Del, Store } = ExprContext;

export abstract class StatementParser extends TypeParser {
  /** One or more simple statements, up to and with the line's end. */
  protected simpleStatements(body: Statement[]): void {
    for (;;) {
      const before = this.pos;
      body.push(this.simpleStatement());
      if (this.at(TokenKind.SEMI)) {
        this.advance();
        if (!this.at(TokenKind.NEWLINE)) continue;
      }
      if (this.at(TokenKind.NEWLINE)) {
        this.advance();
        return;
      }
      this.unexpectedAfterStatement(before);
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

  private unexpectedAfterStatement(before: number): void {
    if (!this.panic) {
      if (this.kinds[before] === TokenKind.NAME && this.legacyCall(this.lastExpression)) return;
      if (this.startsExpression() && this.legacyCall(before)) return;
      this.readOn();
      if (this.dialect.wordsStatement) this.statementBeforeIf(before);
      // CPython has tried a type alias.
      const alias =
        this.pos === before + 1 && this.at(TokenKind.NAME) && this.names[this.values[before]] === 'type';
      if (alias && this.dialect.typeParameters) return this.unexpected(before + 2);
    }
    this.unexpected();
  }

  /**
   * Reads as far as CPython does when it looks for what to say of expressions side by side: it may meet an error of
   * the tokenizer there. CPython: invalid_expression, invalid_legacy_expression
   */
  private readOn(): void {
    if (this.lastExpressionEnd !== this.pos || !this.startsExpression()) return;
    const { pos } = this;
    this.seek(this.lastExpression);
    for (let words = 0; words < MOST_WORDS; words++) {
      if (this.partOfString(this.pos)) break;
      this.attempt(() => {
        this.expression();
        if (this.startsExpression()) this.expression();
      });
      const next = this.peek(1);
      if (!this.at(TokenKind.NAME) || next === TokenKind.LPAR || STARTS_EXPRESSION[next] === 0) break;
      this.advance();
    }
    this.seek(pos);
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
    if (AUGMENTED[this.kind] === 1) return this.augmentedAssignment(start, first);
    return new Expr(start, this.lastEnd(), first);
  }

  private assignment(start: number, at: number, first: Expression): Statement {
    const targets: Expression[] = [];
    const firstEqual = this.pos;
    let value = first;
    let begin = at;
    while (this.at(TokenKind.EQUAL)) {
      const wrong = isYield(value) ? value : invalidTarget(value, 'assign');
      if (wrong && !this.panic) this.refuseTarget(wrong, first, at, firstEqual);
      this.checkTarget(value, begin);
      setContext(value, Store);
      targets.push(value);
      this.advance();
      begin = this.pos;
      value = this.annotatedRhs();
    }
    return new Assign(start, this.lastEnd(), targets, value);
  }

  /** At the `=` behind a wrong target. What is wrong behind the `=`, and can be named, comes first. */
  private refuseTarget(wrong: Expression, first: Expression, at: number, firstEqual: number): void {
    if (this.rightSideIsWorse()) return;
    const last = lastElement(first, this.starts[at]);
    if (this.comparisonMeant(last, this.elementStart(at, firstEqual), firstEqual)) return;
    const msg =
      isYield(wrong) && this.isBareYield(wrong)
        ? messages.YIELD_TARGET
        : messages.cannotAssign(expressionName(wrong, this.dialect.expressionNames));
    this.fail(msg, wrong.start, wrong.end);
  }

  private isBareYield(node: Expression): boolean {
    return isYield(node) && node.end === this.lastEnd();
  }

  private rightSideIsWorse(): boolean {
    const { pos } = this;
    this.advance();
    const worse = this.attempt(() => this.annotatedRhs()) === null && this.attemptWasWorded;
    this.seek(pos);
    return worse;
  }

  /** First token of the last element of a list without brackets, between two tokens. */
  private elementStart(from: number, to: number): number {
    let level = 0;
    for (let i = to - 1; i > from; i--) {
      const kind = this.kinds[i];
      if (kind === TokenKind.RPAR || kind === TokenKind.RSQB || kind === TokenKind.RBRACE) level++;
      else if (kind === TokenKind.LPAR || kind === TokenKind.LSQB || kind === TokenKind.LBRACE) level--;
      else if (kind === TokenKind.COMMA && level === 0) return i + 1;
    }
    return from;
  }

  private annotatedAssignment(start: number, at: number, target: Expression): Statement {
    const colon = this.pos;
    this.advance();
    const parenthesized = this.kinds[at] === TokenKind.LPAR;
    const annotation = this.annotation(target, colon);
    this.checkAnnotated(target, parenthesized, colon);
    let value: Expression | null = null;
    if (this.accept(TokenKind.EQUAL)) value = this.annotatedRhs();
    this.checkTarget(target, at);
    setContext(target, Store);
    const simple = target.kind === NodeKind.Name && !parenthesized;
    return new AnnAssign(start, this.lastEnd(), target, annotation, value, simple);
  }

  /** What stands behind the colon; if nothing can stand before it, that is looked at only if it is an expression. */
  private annotation(target: Expression, colon: number): Expression {
    if (this.startsExpression()) {
      const good = ANNOTATED.has(target.kind) || this.attempt(() => this.expression()) !== null;
      if (!good) this.unexpected(colon);
      return this.expression();
    }
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

  private augmentedAssignment(start: number, target: Expression): Statement {
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
        this.checkTarget(target, this.tokenAt(start));
        setContext(target, Store);
        break;
      default:
        if (target.start === start && isYield(target)) this.unexpected(at);
        else
          this.fail(
            messages.illegalAugmented(expressionName(target, this.dialect.expressionNames)),
            target.start,
            target.end,
          );
    }
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
        if (this.dialect.wordsClauses && !this.startsExpression()) {
          this.failAt(messages.RAISE_FROM_NOTHING, this.pos - 1, this.pos - 1);
        }
        cause = this.expression();
      }
    } else if (this.at(TokenKind.FROM) && this.dialect.wordsClauses) {
      this.failAt(messages.RAISE_FROM, this.pos - 1, this.pos);
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
    let before = -1;
    for (;;) {
      if (!this.startsExpression() && !this.at(TokenKind.STAR)) {
        if (targets.length === 0) this.unexpected();
        break;
      }
      if (this.pos === before) break;
      before = this.pos;
      targets.push(this.starExpression());
      if (!this.accept(TokenKind.COMMA)) break;
    }
    for (const target of targets) {
      // Until 3.9 the compiler is the one that refuses stars.
      const wrong = invalidTarget(target, this.dialect.ll1 ? 'assign' : 'delete');
      if (wrong)
        this.fail(
          messages.cannotDelete(expressionName(wrong, this.dialect.expressionNames)),
          wrong.start,
          wrong.end,
        );
      setContext(target, Del);
    }
    return new Delete(start, this.lastEnd(), targets);
  }

  private assert(start: number): Statement {
    this.advance();
    const test = this.asserted();
    const msg = this.accept(TokenKind.COMMA) ? this.asserted() : null;
    return new Assert(start, this.lastEnd(), test, msg);
  }

  /** The condition of an assert or its message. */
  private asserted(): Expression {
    const at = this.pos;
    const node = this.expression();
    if (!this.dialect.wordsClauses || (!this.at(TokenKind.EQUAL) && !this.at(TokenKind.COLONEQUAL)))
      return node;
    const equal = this.at(TokenKind.EQUAL);
    const { pos } = this;
    this.advance();
    const right = this.attempt(() => this.expression());
    this.seek(pos);
    if (!right) return node;
    const msg = equal
      ? messages.cannotAssignHere(expressionName(node, this.dialect.expressionNames))
      : messages.BARE_NAMED;
    const isName = node.kind === NodeKind.Name && at === pos - 1;
    if (equal || isName) this.fail(msg, node.start, right.value.end);
    return node;
  }

  // ---- Imports ----

  private importNames(start: number, lazy: boolean): Statement {
    const keyword = this.pos;
    this.advance();
    const names: Alias[] = [];
    if (this.at(TokenKind.NEWLINE) && this.dialect.wordsImport) {
      this.failAt(messages.IMPORT_NAMES, this.pos, this.pos);
    }
    do {
      const at = this.pos;
      const name = this.dottedName();
      if (name === null) break;
      const asname = this.asName();
      this.checkName(asname ?? name, this.pos - 1);
      names.push(new Alias(this.starts[at], this.lastEnd(), name, asname));
    } while (this.accept(TokenKind.COMMA));
    if (this.at(TokenKind.FROM) && this.dialect.wordsImport && this.peek(1) === TokenKind.NAME && !lazy) {
      if (names.every(alias => alias.asname === null)) {
        const from = this.attempt(() => {
          this.advance();
          this.dottedName();
        });
        if (from) this.failAt(messages.IMPORT_FROM, keyword, from.end - 1);
      }
    }
    return new Import(start, this.lastEnd(), names, lazy);
  }

  private asName(): string | null {
    if (!this.accept(TokenKind.AS)) return null;
    if (!this.at(TokenKind.NAME)) {
      this.refuseAsName();
      return null;
    }
    const name = this.identifier();
    this.advance();
    if (this.dialect.wordsImportTarget && LATER_IMPORT_PARTS.has(this.kind)) this.refuseAsName(this.pos - 1);
    return name;
  }

  /** `import a as b.c`. CPython: invalid_dotted_as_name, invalid_import_from_as_name */
  private refuseAsName(at: number = this.pos): void {
    const { pos } = this;
    this.seek(at);
    const target =
      this.dialect.wordsImportTarget && this.startsExpression()
        ? this.attempt(() => this.expression())
        : null;
    this.seek(pos);
    if (target)
      this.fail(
        messages.importTarget(expressionName(target.value, this.dialect.expressionNames)),
        target.value.start,
        target.value.end,
      );
    else this.unexpected();
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
    if (this.at(TokenKind.NEWLINE) && this.dialect.wordsImport) {
      this.failAt(messages.IMPORT_NAMES, this.pos, this.pos);
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

/** How many words side by side are read on. */
const MOST_WORDS = 100;

/** Tokens that make more than a name of what stands behind `as`. */
const LATER_IMPORT_PARTS: ReadonlySet<TokenKind> = new Set([
  TokenKind.DOT,
  TokenKind.LPAR,
  TokenKind.LSQB,
  ...Array.from(LEVEL.keys()).filter(kind => LEVEL[kind] > 0),
]);

/** What can be annotated. */
const ANNOTATED: ReadonlySet<NodeKind> = new Set([NodeKind.Name, NodeKind.Attribute, NodeKind.Subscript]);

const isYield = (node: Expression): boolean =>
  node.kind === NodeKind.Yield || node.kind === NodeKind.YieldFrom;

/** The last of the elements of a tuple without parentheses; any other expression itself. */
function lastElement(node: Expression, start: number): Expression {
  if (node.kind !== NodeKind.Tuple || node.elts.length === 0 || node.start !== start) return node;
  return node.elts[0].start === start || node.elts.length === 0 ? node.elts[node.elts.length - 1] : node;
}
