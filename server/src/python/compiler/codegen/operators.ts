// Unary and binary operators, and chains of them. CPython: Python/codegen.c, codegen_visit_expr(), case BinOp_kind.
import { NodeKind, UnaryOperator } from '../../ast/kinds.ts';
import type { BinOp, Expression, UnaryOp } from '../../ast/expressions.ts';
import { percentFormat } from '../../constants/percentFormat.ts';
import { foldBinary } from '../../constants/folding.ts';
import { ConstantType, type ConstantValue } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { binary } from './binaryOperators.ts';
import { invertedComparison } from './branches.ts';
import { visitCompare } from './comparisons.ts';
import type { CodeGenerator } from './generator.ts';
import { isInverted } from '../../ast/invertedComparisons.ts';
import { Intrinsic1 } from './intrinsics.ts';
import { isNan } from './notNumbers.ts';
import { visitFormat } from './strings.ts';

export function visitUnaryOp(g: CodeGenerator, e: UnaryOp): void {
  const { emit } = g;
  const inverted = g.records ? invertedComparison(g, e) : undefined;
  if (inverted) {
    g.setLocation(inverted);
    visitCompare(g, inverted, isInverted(e));
    return;
  }
  g.expression(e.operand);
  switch (e.op) {
    case UnaryOperator.Not:
      emit.toBool(e);
      emit.op(Op.UNARY_NOT, 0, e);
      return;
    case UnaryOperator.UAdd:
      emit.intrinsic(Intrinsic1.UNARY_POSITIVE, e);
      return;
    case UnaryOperator.Invert:
      emit.op(Op.UNARY_INVERT, 0, e);
      return;
    case UnaryOperator.USub:
      emit.op(Op.UNARY_NEGATIVE, 0, e);
      return;
  }
}

/**
 * A chain that leans to the left is walked in a loop, as it may be thousands of links long. What is constant of its left
 * end is one constant. CPython: fold_binop().
 */
export function visitBinOp(g: CodeGenerator, e: BinOp): void {
  const chain = [e];
  let { left } = e;
  while (left.kind === NodeKind.BinOp) {
    chain.push(left);
    left = left.left;
  }
  const folds = g.foldsTree;
  if (g.dialect.constantFolding !== 'ast') g.meetsNan ||= computesNan(g, chain, left);
  let at: Expression = left;
  let value = g.constantOf(left);
  if (!value) {
    g.setLocation(chain[chain.length - 1]);
    g.expression(left);
  }
  for (let i = chain.length - 1; i >= 0; i--) {
    const link = chain[i];
    const { op, right } = link;
    if (value) {
      if (visitFormatted(g, value, link)) {
        value = undefined;
        continue;
      }
      const constant = folds ? g.constantOf(right) : undefined;
      const result: ConstantValue | undefined = constant && g.foldLink(link, value, constant);
      if (!result) {
        g.setLocation(link);
        g.constantAt(value, at);
      }
      value = result;
      at = link;
      if (result) continue;
    }
    g.setLocation(link);
    g.expression(right);
    binary(g, op, link);
  }
  if (value) g.constantAt(value, at);
}

/** Whether a chain of operators (the last one first) on `left` computes a NaN of constants at its left end. */
function computesNan(g: CodeGenerator, chain: readonly BinOp[], left: Expression): boolean {
  let value = g.fold(left);
  for (let i = chain.length - 1; value && isNumber(value) && i >= 0; i--) {
    const right = g.fold(chain[i].right);
    value = right && foldBinary(chain[i].op, value, right, g.folding);
    if (value && isNan(value)) return true;
  }
  return false;
}

const isNumber = ({ type }: ConstantValue): boolean =>
  type === ConstantType.Float ||
  type === ConstantType.Complex ||
  type === ConstantType.Int ||
  type === ConstantType.Bool;

/** `'text %s' % (a, b)` as the f-string that the optimiser makes of it; false if it makes none. CPython: optimize_format(). */
function visitFormatted(g: CodeGenerator, left: ConstantValue, e: BinOp): boolean {
  const pieces = g.dialect.formatsAtCompileTime && percentFormat(left, e.op, e.right, g.folding);
  if (!pieces || g.constantOf(e.right)) return false;
  g.setLocation(e);
  visitFormat(g, pieces, e);
  return true;
}
