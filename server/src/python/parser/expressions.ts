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
import { AtomParser } from './atoms.ts';
import { COMPARE, LEVEL, Level, OPERATOR, STARTS_EXPRESSION } from './classes.ts';

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

export abstract class ExpressionParser extends AtomParser {
  /** The token behind which the file wants `<>` for `!=`. */
  protected fluflFrom = Infinity;

  /** An expression without commas: a lambda, a ternary or what operators combine. */
  protected expression(): Expression {
    if (this.tooDeep()) return this.invalid(this.starts[this.pos], this.starts[this.pos]);
    this.depth++;
    const node = this.at(TokenKind.LAMBDA) ? this.lambda() : this.test();
    this.depth--;
    return node;
  }

  private test(): Expression {
    const at = this.pos;
    const node = this.binary(Level.OR);
    return this.at(TokenKind.IF) ? this.ternary(node, at) : node;
  }

  /** `a if b else c if d else …`, without a deeper call for each. */
  private ternary(first: Expression, firstToken: number): Expression {
    const bodies: { body: Expression; test: Expression; start: number }[] = [];
    let node = first;
    let start = this.starts[firstToken];
    while (this.at(TokenKind.IF)) {
      this.advance();
      const test = this.binary(Level.OR);
      bodies.push({ body: node, test, start });
      if (!this.at(TokenKind.ELSE)) {
        this.unexpected();
        node = this.invalid(this.lastEnd(), this.lastEnd());
        break;
      }
      this.advance();
      start = this.starts[this.pos];
      if (this.at(TokenKind.LAMBDA)) {
        node = this.lambda();
        break;
      }
      node = this.binary(Level.OR);
    }
    this.deepen(bodies.length);
    const end = this.lastEnd();
    for (let i = bodies.length - 1; i >= 0; i--) {
      node = new IfExp(bodies[i].start, end, bodies[i].test, bodies[i].body, node);
    }
    return node;
  }

  /** A lambda, with those that are nothing but each other's bodies: read in a loop, folded from the end. */
  protected lambda(): Expression {
    const heads: { readonly start: number; readonly args: Arguments }[] = [];
    let body: Expression | null = null;
    while (this.at(TokenKind.LAMBDA) && !body) {
      const start = this.starts[this.pos];
      this.advance();
      const args = this.at(TokenKind.COLON) ? this.noParameters() : this.parameters(TokenKind.COLON);
      heads.push({ start, args });
      if (this.accept(TokenKind.COLON)) continue;
      this.unexpected();
      body = this.invalid(this.lastEnd(), this.lastEnd());
    }
    this.deepen(heads.length);
    body ??= this.expression();
    const end = this.lastEnd();
    for (let i = heads.length - 1; i >= 0; i--) body = new Lambda(heads[i].start, end, heads[i].args, body);
    return body;
  }

  /**
   * Operands joined by operators that bind at least as strongly as `level`.
   */
  protected binary(level: number): Expression {
    const start = this.starts[this.pos];
    let left = this.at(TokenKind.NOT) ? this.negation(level) : this.unary();
    for (;;) {
      const next = LEVEL[this.kind];
      if (next < level || next === Level.NONE) return left;
      if (next > Level.COMPARE) {
        const operator: Operator = OPERATOR[this.kind];
        this.advance();
        const right = this.binary(next + 1);
        left = new BinOp(start, this.lastEnd(), left, operator, right);
      } else if (next === Level.COMPARE) {
        if (this.at(TokenKind.NOT) && this.peek(1) !== TokenKind.IN) return left;
        left = this.comparison(start, left);
      } else left = this.boolean(start, left, next);
    }
  }

  /** The rest of `a or b or …` or `a and b and …`. */
  private boolean(start: number, first: Expression, level: number): Expression {
    const operator = this.kind;
    const values = [first];
    while (this.at(operator)) {
      this.advance();
      values.push(this.binary(level + 1));
    }
    return new BoolOp(
      start,
      this.lastEnd(),
      operator === TokenKind.OR ? BoolOperator.Or : BoolOperator.And,
      values,
    );
  }

  /** The rest of `a < b <= …`. */
  private comparison(start: number, left: Expression): Expression {
    const ops: CompareOperator[] = [];
    const comparators: Expression[] = [];
    while (LEVEL[this.kind] === Level.COMPARE) {
      let operator: CompareOperator = COMPARE[this.kind];
      if (this.at(TokenKind.NOT)) {
        if (this.peek(1) !== TokenKind.IN) break;
        this.advance();
      } else if (this.at(TokenKind.IS) && this.peek(1) === TokenKind.NOT) {
        operator = CompareOperator.IsNot;
        this.advance();
      } else if (this.at(TokenKind.NOTEQUAL)) this.checkNotEqual();
      this.advance();
      ops.push(operator);
      comparators.push(this.binary(Level.BITOR));
    }
    return new Compare(start, this.lastEnd(), left, ops, comparators);
  }

  /** `<>` is not an operator any more, unless `from __future__ import barry_as_FLUFL` says that it is the only one. */
  private checkNotEqual(): void {
    const old = this.text.charCodeAt(this.starts[this.pos]) === 0x3c;
    if (old === (this.dialect.readsFlufl && this.pos > this.fluflFrom)) return;
    this.unexpected();
  }

  /** `not not … a` */
  private negation(level: number): Expression {
    const starts: number[] = [];
    const at = this.pos;
    while (this.at(TokenKind.NOT)) {
      starts.push(this.starts[this.pos]);
      this.advance();
    }
    if (level > Level.NOT) this.unexpected(at);
    this.deepen(starts.length);
    let node = this.binary(Level.COMPARE);
    const end = this.lastEnd();
    for (let i = starts.length - 1; i >= 0; i--) node = new UnaryOp(starts[i], end, UnaryOperator.Not, node);
    return node;
  }

  /** `-a`, `a ** b` and tighter. */
  protected unary(): Expression {
    const { kind } = this;
    if (kind === TokenKind.MINUS || kind === TokenKind.PLUS || kind === TokenKind.TILDE)
      return this.chain([]);
    const start = this.starts[this.pos];
    const base = this.awaited();
    if (!this.at(TokenKind.DOUBLESTAR)) return base;
    this.advance();
    return this.chain([{ start, base }]);
  }

  /** A chain of signs and powers, read in a loop and folded from its end. */
  private chain(links: Link[]): Expression {
    let node: Expression;
    for (;;) {
      const start = this.starts[this.pos];
      const { kind } = this;
      if (kind === TokenKind.MINUS || kind === TokenKind.PLUS || kind === TokenKind.TILDE) {
        links.push({ start, operator: SIGNS[kind] });
        this.advance();
      } else if (kind === TokenKind.NOT) {
        const isOperand = 'operator' in links[links.length - 1];
        if (isOperand) this.unexpected();
        node = this.negation(isOperand ? Level.NOT : Level.TERM);
        break;
      } else {
        node = this.awaited();
        if (!this.at(TokenKind.DOUBLESTAR)) break;
        links.push({ start, base: node });
        this.advance();
      }
    }
    this.deepen(links.length);
    const end = this.lastEnd();
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
  private awaited(): Expression {
    if (!this.at(TokenKind.AWAIT)) return this.primary();
    const start = this.starts[this.pos];
    this.advance();
    const value = this.primary();
    return new Await(start, this.lastEnd(), value);
  }

  // ---- Lists of expressions without brackets ----

  /** One expression, or a tuple of several; each may have a star. */
  protected starExpressions(): Expression {
    const start = this.starts[this.pos];
    const first = this.starExpression();
    if (!this.at(TokenKind.COMMA)) return first;
    const elts = [first];
    while (this.accept(TokenKind.COMMA)) {
      if (STARTS_EXPRESSION[this.kind] === 0 && !this.at(TokenKind.STAR)) break;
      elts.push(this.starExpression());
    }
    return new Tuple(start, this.lastEnd(), elts, Load);
  }

  protected starExpression(): Expression {
    if (!this.at(TokenKind.STAR)) return this.expression();
    const start = this.starts[this.pos];
    this.advance();
    const value = this.bitwiseOr();
    return new Starred(start, this.lastEnd(), value, Load);
  }

  /** What stands right of `=`, or in a replacement field. */
  protected annotatedRhs(): Expression {
    return this.at(TokenKind.YIELD) ? this.yieldExpression() : this.starExpressions();
  }

  protected yieldExpression(): Expression {
    const start = this.starts[this.pos];
    this.advance();
    if (this.accept(TokenKind.FROM)) {
      const value = this.expression();
      return new YieldFrom(start, this.lastEnd(), value);
    }
    const more = this.startsExpression() || this.at(TokenKind.STAR);
    const value = more ? this.starExpressions() : null;
    return new Yield(start, this.lastEnd(), value);
  }
}
