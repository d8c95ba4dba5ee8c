// Type parameters and type aliases (PEP 695, PEP 696).
// CPython: Grammar/python.gram, type_alias, type_params.
import { ExprContext } from '../ast/kinds.ts';
import { type Expression, Name, Starred } from '../ast/expressions.ts';
import { ParamSpec, TypeAlias, type TypeParam, TypeVar, TypeVarTuple } from '../ast/nodes.ts';
import { TokenKind } from '../tokenizer/tokens.ts';
import { parseExpression } from './expressions.ts';
import { parseBitwiseOr } from './displays.ts';
import type { Parser } from './parser.ts';

/** `[T, *Ts, **P]`, if there is one here. */
export function parseTypeParameters(p: Parser): TypeParam[] {
  const parameters: TypeParam[] = [];
  if (!p.at(TokenKind.LSQB)) return parameters;
  if (!p.dialect.typeParameters) p.lacks(p.pos);
  p.advance();
  if (p.at(TokenKind.RSQB)) {
    p.unexpected();
  }
  while (!p.at(TokenKind.RSQB)) {
    const parameter = parseTypeParameter(p);
    if (!parameter) break;
    parameters.push(parameter);
    if (!p.accept(TokenKind.COMMA)) break;
  }
  p.expect(TokenKind.RSQB);
  return parameters;
}

function parseTypeParameter(p: Parser): TypeParam | null {
  const start = p.starts[p.pos];
  const { kind } = p;
  if (kind === TokenKind.STAR || kind === TokenKind.DOUBLESTAR) p.advance();
  if (!p.at(TokenKind.NAME)) {
    p.unexpected();
    return null;
  }
  const name = p.identifier();
  p.advance();
  if (kind === TokenKind.STAR) {
    refuseBound(p);
    const value = parseTypeDefault(p, true);
    return new TypeVarTuple(start, p.lastEnd(), name, value);
  }
  if (kind === TokenKind.DOUBLESTAR) {
    refuseBound(p);
    const value = parseTypeDefault(p, false);
    return new ParamSpec(start, p.lastEnd(), name, value);
  }
  const bound = p.accept(TokenKind.COLON) ? parseExpression(p) : null;
  const value = parseTypeDefault(p, false);
  return new TypeVar(start, p.lastEnd(), name, bound, value);
}

function refuseBound(p: Parser): void {
  if (!p.at(TokenKind.COLON)) return;
  p.unexpected();
  p.advance();
  parseExpression(p);
}

function parseTypeDefault(p: Parser, starred: boolean): Expression | null {
  if (!p.at(TokenKind.EQUAL)) return null;
  if (!p.dialect.typeParameterDefaults) p.lacks(p.pos);
  p.advance();
  if (!starred || !p.at(TokenKind.STAR)) return parseExpression(p);
  const start = p.starts[p.pos];
  p.advance();
  const value = parseBitwiseOr(p);
  return new Starred(start, p.lastEnd(), value, ExprContext.Load);
}

/** `type X[T] = …`, from the soft keyword on. */
export function parseTypeAlias(p: Parser): TypeAlias {
  const start = p.starts[p.pos];
  if (!p.dialect.typeParameters) p.lacks(p.pos + 1);
  p.advance();
  const name = new Name(p.starts[p.pos], p.ends[p.pos], p.identifier(), ExprContext.Store);
  p.advance();
  const parameters = parseTypeParameters(p);
  p.expect(TokenKind.EQUAL);
  const value = parseExpression(p);
  return new TypeAlias(start, p.lastEnd(), name, parameters, value);
}
