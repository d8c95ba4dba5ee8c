// Tests: jumps on conditions, `and`, `or`, `x if y else z`. CPython: Python/codegen.c, codegen_jump_if(), codegen_boolop(),
// codegen_ifexp().
import { BoolOperator, CompareOperator, NodeKind, UnaryOperator } from '../../ast/kinds.ts';
import type { BoolOp, Compare, Expression, IfExp, UnaryOp } from '../../ast/expressions.ts';
import { ConstantType } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Place } from '../unit/frameBlocks.ts';
import { Label } from '../unit/instructions.ts';
import { NO_LOCATION } from '../unit/location.ts';
import { compare, visitComparison } from './comparisons.ts';
import { constantTruth } from './constantTests.ts';
import type { CodeGenerator } from './generator.ts';
import { comparisonUnderNot } from '../../ast/invertedComparisons.ts';

/** A constant test in facts: the jump is taken always or never. */
function factsOfConstantTest(g: CodeGenerator, e: Expression, next: Label, condition: boolean): boolean {
  const truth = constantTruth(g, e);
  if (truth === undefined) return false;
  g.expression(e);
  if (truth === condition) g.emit.jump(Op.JUMP, next, NO_LOCATION);
  return true;
}

// ---- Jumps ------------------------------------------------------------------------------------------------------

/** `not (a in b)` as the AST optimiser rewrites it: the comparison, to be inverted. CPython: fold_not(). */
export function invertedComparison(g: CodeGenerator, e: UnaryOp): Compare | undefined {
  return g.foldsTree ? comparisonUnderNot(e) : undefined;
}

/** Jumps to `next` if the test is `condition`. `at` is the statement's place. CPython: codegen_jump_if(). */
export function jumpIf(g: CodeGenerator, at: Place, e: Expression, next: Label, condition: boolean): void {
  const { emit } = g;
  if (!g.records && factsOfConstantTest(g, e, next, condition)) return;
  switch (e.kind) {
    case NodeKind.UnaryOp:
      if (e.op !== UnaryOperator.Not || (g.records && (g.constantOf(e) || invertedComparison(g, e)))) break;
      jumpIf(g, at, e.operand, next, !condition);
      return;
    case NodeKind.BoolOp:
      jumpIfBoolOp(g, at, e, next, condition);
      return;
    case NodeKind.IfExp: {
      const end = new Label();
      const orelse = new Label();
      jumpIf(g, at, e.test, orelse, false);
      jumpIf(g, at, e.body, next, condition);
      emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
      emit.use(orelse);
      jumpIf(g, at, e.orelse, next, condition);
      emit.use(end);
      return;
    }
    case NodeKind.Compare:
      if (g.records) {
        g.setPartLocation(e);
        if (e.ops.length === 1) break;
        jumpIfChain(g, e, next, condition);
        return;
      }
      // A chain's comparisons jump too, but always both ways.
      if (!g.dialect.jumpsIfNone || !isNoneTest(e)) break;
      g.expression(e.left);
      g.expression(e.comparators[0]);
      emit.branch(Op.POP_JUMP_IF_NONE, next, e);
      return;
  }
  const inverted = g.records && e.kind === NodeKind.UnaryOp ? invertedComparison(g, e) : undefined;
  if (inverted) g.setPartLocation(inverted);
  g.expression(e);
  const place = inverted ?? e;
  emit.toBool(place);
  emit.branch(condition ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE, next, place);
  emit.nextBlock();
}

function jumpIfChain(g: CodeGenerator, e: Compare, next: Label, condition: boolean): void {
  const { emit } = g;
  const cleanup = new Label();
  const last = e.ops.length - 1;
  g.expression(e.left);
  for (let i = 0; i < last; i++) {
    g.expression(e.comparators[i]);
    emit.copyUnder(e);
    compare(g, e.ops[i], e);
    emit.toBool(e);
    emit.branch(Op.POP_JUMP_IF_FALSE, cleanup, e);
    emit.nextBlock();
  }
  visitComparison(g, e, last);
  emit.toBool(e);
  emit.branch(condition ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE, next, e);
  emit.nextBlock();
  const end = new Label();
  emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  emit.use(cleanup);
  emit.op(Op.POP_TOP, 0, e);
  if (!condition) emit.jump(Op.JUMP_NO_INTERRUPT, next, NO_LOCATION);
  emit.use(end);
}

/** `x is None`, `x is not None`: as tests they are instructions that jump, and load no None. */
function isNoneTest({ ops, comparators }: Compare): boolean {
  const [op] = ops;
  const [right] = comparators;
  return (
    ops.length === 1 &&
    (op === CompareOperator.Is || op === CompareOperator.IsNot) &&
    right.kind === NodeKind.Constant &&
    right.value.type === ConstantType.None
  );
}

function jumpIfBoolOp(g: CodeGenerator, at: Place, e: BoolOp, next: Label, condition: boolean): void {
  const decides = e.op === BoolOperator.Or;
  const shortcut = decides === condition ? next : new Label();
  const last = e.values.length - 1;
  for (let i = 0; i < last; i++) jumpIf(g, at, e.values[i], shortcut, decides);
  if (last >= 0) jumpIf(g, at, e.values[last], next, condition);
  if (shortcut !== next) g.emit.use(shortcut);
}

// ---- Values -----------------------------------------------------------------------------------------------------

/** The value of `a and b`. CPython: codegen_boolop(). */
export function visitBoolOp(g: CodeGenerator, e: BoolOp): void {
  const { emit } = g;
  const end = new Label();
  const decides = e.op === BoolOperator.Or;
  const last = e.values.length - 1;
  for (let i = 0; i <= last; i++) {
    const truth = i < last && !g.records ? constantTruth(g, e.values[i]) : undefined;
    g.expression(e.values[i]);
    if (i === last || (!g.records && g.dialect.constantBranches === 'notEmitted')) continue;
    if (truth === decides) emit.jump(Op.JUMP, end, NO_LOCATION);
    if (truth !== undefined) continue;
    if (g.dialect.boolOps === 'orPop') {
      emit.branch(decides ? Op.JUMP_IF_TRUE_OR_POP : Op.JUMP_IF_FALSE_OR_POP, end, e);
      emit.use(new Label());
      continue;
    }
    if (g.dialect.boolOps === 'jumpIf') emit.branch(decides ? Op.JUMP_IF_TRUE : Op.JUMP_IF_FALSE, end, e);
    else {
      emit.copyTop(e);
      emit.toBool(e);
      emit.branch(decides ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE, end, e);
    }
    emit.op(Op.POP_TOP, 0, e);
  }
  emit.use(end);
}

/** CPython: codegen_ifexp(). A chain of them is walked in a loop. */
export function visitIfExp(g: CodeGenerator, first: IfExp): void {
  const { emit } = g;
  const ends: Label[] = [];
  let e: Expression = first;
  while (e.kind === NodeKind.IfExp) {
    const end = new Label();
    const orelse = new Label();
    ends.push(end);
    emit.moveTo(e);
    jumpIf(g, e, e.test, orelse, false);
    g.expression(e.body);
    emit.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
    emit.use(orelse);
    e = e.orelse;
  }
  g.expression(e);
  for (let end = ends.pop(); end; end = ends.pop()) emit.use(end);
}
