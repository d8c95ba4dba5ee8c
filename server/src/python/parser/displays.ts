// Displays and comprehensions: what stands in brackets, and the assignment expressions and targets in them.
// CPython: Grammar/python.gram, list, tuple, group, genexp, set, dict, for_if_clauses, named_expression.
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import {
  Comprehension,
  Dict,
  DictComp,
  type Expression,
  GeneratorExp,
  Invalid,
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
import { Level, STARTS_EXPRESSION } from './classes.ts';
import * as messages from './messages.ts';
import { ParameterParser } from './parameters.ts';
import { expressionName, setContext } from './targets.ts';

const { Load, Store } = ExprContext;

export abstract class DisplayParser extends ParameterParser {
  protected abstract binary(level: number): Expression;
  protected abstract unary(): Expression;
  protected abstract yieldExpression(): Expression;
  protected abstract lambda(): Expression;

  protected startsExpression(): boolean {
    return STARTS_EXPRESSION[this.kind] === 1;
  }

  protected invalid(start: number, end: number): Expression {
    return new Invalid(start, end, []);
  }

  /** What stands behind a star, and wherever else an expression is none with `or`, `and`, `not` or comparisons. */
  protected bitwiseOr(): Expression {
    if (this.tooDeep()) return this.invalid(this.starts[this.pos], this.starts[this.pos]);
    this.depth++;
    const node = this.binary(Level.BITOR);
    this.depth--;
    return node;
  }

  // ---- Brackets ----

  /**
   * Whether the list of elements cannot go on here though its bracket is not closed: the text ends, or a new
   * statement begins. Says so; the caller leaves the list.
   */
  protected stuckAt(closing: TokenKind): boolean {
    if (this.startsExpression() || this.at(closing)) return false;
    switch (this.kind) {
      case TokenKind.NEWLINE:
      case TokenKind.ENDMARKER:
      case TokenKind.INDENT:
      case TokenKind.DEDENT:
        this.unexpected();
        return true;
      default:
        return false;
    }
  }

  /** The closing bracket of the one at token `open`. */
  protected close(closing: TokenKind, open: number): void {
    if (this.at(closing)) {
      this.advance();
      return;
    }
    this.unexpected();
    this.recoverBracket(closing, open);
  }

  /** After an error in brackets: goes on behind the closing bracket, if it stands in the same statement. */
  private recoverBracket(closing: TokenKind, open: number): void {
    let level = 0;
    const limit = Math.min(this.count, this.pos + RECOVERY_TOKENS);
    for (let i = Math.max(this.pos, open + 1); i < limit; i++) {
      const kind = this.kinds[i];
      if (kind === TokenKind.LPAR || kind === TokenKind.LSQB || kind === TokenKind.LBRACE) level++;
      else if (kind === TokenKind.RPAR || kind === TokenKind.RSQB || kind === TokenKind.RBRACE) {
        if (level === 0) {
          if (kind === closing) this.seek(i + 1);
          return;
        }
        level--;
      } else if (kind === TokenKind.NEWLINE || kind === TokenKind.INDENT || kind === TokenKind.DEDENT) return;
    }
  }

  /** `(…)`: an empty tuple, a tuple, a generator expression, or the expression in it. */
  protected parenthesized(): Expression {
    const open = this.pos;
    const start = this.starts[open];
    this.advance();
    if (this.at(TokenKind.RPAR)) {
      this.advance();
      return new Tuple(start, this.lastEnd(), [], Load);
    }
    if (this.at(TokenKind.YIELD)) {
      const value = this.yieldExpression();
      this.close(TokenKind.RPAR, open);
      return value;
    }
    if (this.at(TokenKind.DOUBLESTAR)) return this.doubleStarredGroup(open);
    const at = this.pos;
    const first = this.starNamed();
    if (this.at(TokenKind.COMMA)) {
      const elts = [first];
      this.elements(elts, TokenKind.RPAR);
      if (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) this.unexpected();
      this.close(TokenKind.RPAR, open);
      return new Tuple(start, this.lastEnd(), elts, Load);
    }
    if (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) {
      const generators = this.comprehensions();
      this.checkUnpacking(first, at);
      this.close(TokenKind.RPAR, open);
      return new GeneratorExp(start, this.lastEnd(), first, generators);
    }
    if (first.kind === NodeKind.Starred && !this.dialect.starredGroup) {
      if (this.at(TokenKind.RPAR))
        this.fail(this.dialect.cannot(messages.STARRED_HERE), first.start, first.end);
      else this.unexpected();
    }
    this.close(TokenKind.RPAR, open);
    return first;
  }

  /**
   * The expression of a field that is parsed on its own, between offsets, as if in parentheses: a tuple or a
   * generator expression takes the braces for them.
   */
  protected fieldValue(open: number, close: number): Expression {
    const first = this.starNamed();
    if (this.at(TokenKind.COMMA)) {
      const elts = [first];
      this.elements(elts, TokenKind.ENDMARKER);
      return new Tuple(open, close, elts, Load);
    }
    if (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) {
      const generators = this.comprehensions();
      return new GeneratorExp(open, close, first, generators);
    }
    if (first.kind === NodeKind.Starred && !this.dialect.starredGroup) this.unexpected();
    return first;
  }

  private doubleStarredGroup(open: number): Expression {
    this.unexpected();
    this.advance();
    const value = this.expression();
    this.close(TokenKind.RPAR, open);
    return value;
  }

  /** `, element, …` up to the closing bracket. */
  private elements(elts: Expression[], closing: TokenKind): void {
    while (this.accept(TokenKind.COMMA)) {
      if (this.at(closing) || this.stuckAt(closing)) return;
      const before = this.pos;
      const element = this.starNamed();
      elts.push(element);
      if (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) {
        this.unexpected();
        return;
      }
      if (this.pos === before) return;
    }
    if (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) this.unexpected();
  }

  protected listDisplay(): Expression {
    const open = this.pos;
    const start = this.starts[open];
    this.advance();
    const elts: Expression[] = [];
    if (!this.at(TokenKind.RSQB) && !this.stuckAt(TokenKind.RSQB)) {
      const at = this.pos;
      const first = this.starNamed();
      elts.push(first);
      if (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) {
        const generators = this.comprehensions();
        this.checkUnpacking(first, at);
        this.close(TokenKind.RSQB, open);
        return new ListComp(start, this.lastEnd(), first, generators);
      }
      if (this.at(TokenKind.COMMA)) this.elements(elts, TokenKind.RSQB);
    }
    this.close(TokenKind.RSQB, open);
    return new List(start, this.lastEnd(), elts, Load);
  }

  /** PEP 798 or an error: the element of a comprehension has a star. */
  private checkUnpacking(element: Expression, at: number): void {
    if (element.kind !== NodeKind.Starred || this.dialect.comprehensionUnpacking) return;
    if (this.kinds[at] === TokenKind.STAR)
      this.fail(messages.UNPACKING_IN_COMPREHENSION, element.start, element.end);
  }

  /** `{…}`: a dict or a set, or a comprehension of either. */
  protected braceDisplay(): Expression {
    const open = this.pos;
    const start = this.starts[open];
    this.advance();
    if (this.at(TokenKind.RBRACE) || this.stuckAt(TokenKind.RBRACE)) {
      this.close(TokenKind.RBRACE, open);
      return new Dict(start, this.lastEnd(), [], []);
    }
    if (this.at(TokenKind.DOUBLESTAR)) return this.dict(open, start, null);
    const at = this.pos;
    const first = this.starNamed();
    if (this.at(TokenKind.COLON) && first.kind !== NodeKind.Starred && !this.isBareWalrus(first, at)) {
      return this.dict(open, start, first);
    }
    this.checkWalrusInSet(first, at);
    const elts = [first];
    if (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) {
      const generators = this.comprehensions();
      this.checkUnpacking(first, at);
      this.close(TokenKind.RBRACE, open);
      return new SetComp(start, this.lastEnd(), first, generators);
    }
    while (this.at(TokenKind.COMMA)) {
      this.advance();
      if (this.at(TokenKind.RBRACE) || this.stuckAt(TokenKind.RBRACE)) break;
      const element = this.pos;
      const node = this.starNamed();
      this.checkWalrusInSet(node, element);
      elts.push(node);
      if (this.pos === element) break;
    }
    if (this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) this.unexpected();
    this.close(TokenKind.RBRACE, open);
    return new SetNode(start, this.lastEnd(), elts);
  }

  private isBareWalrus(node: Expression, at: number): boolean {
    return node.kind === NodeKind.NamedExpr && node.start === this.starts[at];
  }

  private checkWalrusInSet(node: Expression, at: number): void {
    if (!this.dialect.bareWalrusInSet && this.isBareWalrus(node, at)) this.lacks(at + 1);
  }

  private dict(open: number, start: number, firstKey: Expression | null): Expression {
    const keys: (Expression | null)[] = [];
    const values: Expression[] = [];
    let key = firstKey;
    let before = -1;
    for (;;) {
      if (this.at(TokenKind.DOUBLESTAR) && !key) {
        this.advance();
        const value = this.bitwiseOr();
        keys.push(null);
        values.push(value);
        if ((this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) && values.length === 1) {
          if (!this.dialect.comprehensionUnpacking)
            this.failAt(messages.DICT_UNPACKING_IN_COMPREHENSION, open, open);
          const generators = this.comprehensions();
          this.close(TokenKind.RBRACE, open);
          return new DictComp(start, this.lastEnd(), value, null, generators);
        }
      } else {
        key ??= this.expression();
        keys.push(key);
        const value = this.dictValue();
        values.push(value);
        if ((this.at(TokenKind.FOR) || this.at(TokenKind.ASYNC)) && values.length === 1) {
          const generators = this.comprehensions();
          this.close(TokenKind.RBRACE, open);
          return new DictComp(start, this.lastEnd(), key, value, generators);
        }
      }
      key = null;
      if (!this.at(TokenKind.COMMA) || this.pos === before) break;
      before = this.pos;
      this.advance();
      if (this.at(TokenKind.RBRACE) || this.stuckAt(TokenKind.RBRACE)) break;
    }
    this.close(TokenKind.RBRACE, open);
    return new Dict(start, this.lastEnd(), keys, values);
  }

  private dictValue(): Expression {
    if (!this.at(TokenKind.COLON)) {
      this.unexpected();
      return this.invalid(this.lastEnd(), this.lastEnd());
    }
    this.advance();
    if (this.at(TokenKind.RBRACE) || this.at(TokenKind.COMMA)) {
      this.unexpected();
      return this.invalid(this.lastEnd(), this.lastEnd());
    }
    if (this.at(TokenKind.STAR)) {
      this.unexpected();
      this.advance();
    }
    return this.expression();
  }

  // ---- Comprehensions ----

  /** One or more `for … in … if …`. */
  protected comprehensions(): Comprehension[] {
    const generators: Comprehension[] = [];
    if (this.tooDeep()) return generators;
    this.depth++;
    let conditions = 0;
    while (this.at(TokenKind.FOR) || (this.at(TokenKind.ASYNC) && this.peek(1) === TokenKind.FOR)) {
      const start = this.starts[this.pos];
      const isAsync = this.accept(TokenKind.ASYNC);
      this.advance();
      const at = this.pos;
      const target = this.targets();
      this.checkTargets(target, at);
      this.expect(TokenKind.IN);
      const iter = this.binary(Level.OR);
      const ifs: Expression[] = [];
      while (this.accept(TokenKind.IF)) {
        if (this.at(TokenKind.LAMBDA) && this.dialect.lambdaInComprehensionIf) ifs.push(this.lambda());
        else ifs.push(this.binary(Level.OR));
      }
      conditions += ifs.length;
      generators.push(new Comprehension(start, this.lastEnd(), target, iter, ifs, isAsync));
    }
    this.depth--;
    this.deepen(generators.length + conditions);
    if (generators.length === 0) this.unexpected(this.at(TokenKind.ASYNC) ? this.pos + 1 : this.pos);
    return generators;
  }

  /** What `for` assigns to: up to `in`, which does not count as an operator here. */
  protected targets(): Expression {
    const start = this.starts[this.pos];
    const target = this.loopTarget();
    if (!this.at(TokenKind.COMMA)) return target;
    const elts = [target];
    while (this.accept(TokenKind.COMMA)) {
      if (!this.startsExpression() && !this.at(TokenKind.STAR)) break;
      elts.push(this.loopTarget());
    }
    // 3.8 has it begin with its first element, without the parentheses around that.
    const begin = this.dialect.readsAheadOnly ? target.start : start;
    return new Tuple(begin, this.lastEnd(), elts, Load);
  }

  /** Makes targets of what `for` assigns to, which begins at a token. */
  protected checkTargets(target: Expression, at: number): void {
    const bare = target.kind === NodeKind.Tuple && target.start === target.elts[0]?.start;
    let begin = at;
    for (const element of bare ? target.elts : [target]) {
      if (element !== target) {
        // The element may be in parentheses, which are not its own.
        while (this.starts[begin] < element.start) begin++;
        while (begin > at && this.kinds[begin - 1] === TokenKind.LPAR) begin--;
      }
      this.checkTarget(element, 'for', begin);
    }
    setContext(target, Store);
  }

  private loopTarget(): Expression {
    if (!this.at(TokenKind.STAR)) return this.binary(Level.BITOR);
    const start = this.starts[this.pos];
    this.advance();
    if (this.at(TokenKind.STAR)) this.unexpected();
    const value = this.binary(Level.BITOR);
    return new Starred(start, this.lastEnd(), value, Load);
  }

  // ---- Assignment expressions ----

  /** An element of a display: starred, or with `:=`. */
  protected starNamed(): Expression {
    if (!this.at(TokenKind.STAR)) return this.namedExpression();
    const start = this.starts[this.pos];
    this.advance();
    const value = this.bitwiseOr();
    return new Starred(start, this.lastEnd(), value, Load);
  }

  /** An expression, or `name := expression`. */
  protected namedExpression(): Expression {
    const at = this.pos;
    const start = this.starts[at];
    if (this.at(TokenKind.NAME) && this.peek(1) === TokenKind.COLONEQUAL) {
      const target = new Name(start, this.ends[at], this.identifier(), Store);
      this.checkName(target.id, at);
      this.advance();
      this.advance();
      const value = this.expression();
      return new NamedExpr(start, this.lastEnd(), target, value);
    }
    const node = this.expression();
    if (!this.at(TokenKind.COLONEQUAL)) return node;
    // In 3.8 the parentheses around a name do not matter.
    if (node.kind === NodeKind.Name && this.dialect.readsAheadOnly) node.ctx = Store;
    else
      this.fail(
        messages.cannotName(expressionName(node, this.dialect.expressionNames)),
        node.start,
        node.end,
      );
    this.advance();
    const value = this.expression();
    return new NamedExpr(start, this.lastEnd(), node, value);
  }
}

/** How far an unclosed bracket is followed: far enough for any call, near enough to stay linear. */
const RECOVERY_TOKENS = 2000;
