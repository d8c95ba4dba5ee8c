// Type parameters and type aliases (PEP 695, PEP 696).
// CPython: Grammar/python.gram, type_alias, type_params.
import { ExprContext } from '../ast/kinds.ts';
import { type Expression, Name, Starred } from '../ast/expressions.ts';
import { ParamSpec, TypeAlias, type TypeParam, TypeVar, TypeVarTuple } from '../ast/nodes.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import { PatternParser } from './patterns.ts';

export abstract class TypeParser extends PatternParser {
  /** `[T, *Ts, **P]`, if there is one here. */
  protected typeParameters(): TypeParam[] {
    const parameters: TypeParam[] = [];
    if (!this.at(TokenKind.LSQB)) return parameters;
    if (!this.dialect.typeParameters) this.lacks(this.pos);
    this.advance();
    if (this.at(TokenKind.RSQB)) {
      this.unexpected();
    }
    while (!this.at(TokenKind.RSQB)) {
      const parameter = this.typeParameter();
      if (!parameter) break;
      parameters.push(parameter);
      if (!this.accept(TokenKind.COMMA)) break;
    }
    this.expect(TokenKind.RSQB);
    return parameters;
  }

  private typeParameter(): TypeParam | null {
    const start = this.starts[this.pos];
    const { kind } = this;
    if (kind === TokenKind.STAR || kind === TokenKind.DOUBLESTAR) this.advance();
    if (!this.at(TokenKind.NAME)) {
      this.unexpected();
      return null;
    }
    const name = this.identifier();
    this.advance();
    if (kind === TokenKind.STAR) {
      this.refuseBound();
      const value = this.typeDefault(true);
      return new TypeVarTuple(start, this.lastEnd(), name, value);
    }
    if (kind === TokenKind.DOUBLESTAR) {
      this.refuseBound();
      const value = this.typeDefault(false);
      return new ParamSpec(start, this.lastEnd(), name, value);
    }
    const bound = this.accept(TokenKind.COLON) ? this.expression() : null;
    const value = this.typeDefault(false);
    return new TypeVar(start, this.lastEnd(), name, bound, value);
  }

  private refuseBound(): void {
    if (!this.at(TokenKind.COLON)) return;
    this.unexpected();
    this.advance();
    this.expression();
  }

  private typeDefault(starred: boolean): Expression | null {
    if (!this.at(TokenKind.EQUAL)) return null;
    if (!this.dialect.typeParameterDefaults) this.lacks(this.pos);
    this.advance();
    if (!starred || !this.at(TokenKind.STAR)) return this.expression();
    const start = this.starts[this.pos];
    this.advance();
    const value = this.bitwiseOr();
    return new Starred(start, this.lastEnd(), value, ExprContext.Load);
  }

  /** `type X[T] = …`, from the soft keyword on. */
  protected typeAlias(): TypeAlias {
    const start = this.starts[this.pos];
    if (!this.dialect.typeParameters) this.lacks(this.pos + 1);
    this.advance();
    const name = new Name(this.starts[this.pos], this.ends[this.pos], this.identifier(), ExprContext.Store);
    this.advance();
    const parameters = this.typeParameters();
    this.expect(TokenKind.EQUAL);
    const value = this.expression();
    return new TypeAlias(start, this.lastEnd(), name, parameters, value);
  }
}
