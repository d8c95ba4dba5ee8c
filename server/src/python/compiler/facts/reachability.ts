// Which code can be reached: jumps, labels and tests of constants, as far as the version's control-flow-graph
// optimiser sees through them. Unreachable code is generated like any other, and takes part in the order of names;
// but nested code objects that nothing reachable loads leave co_consts. CPython: Python/flowgraph.c,
// basicblock_optimize_load_const() and remove_unreachable(); Python/codegen.c, codegen_jump_if().
import { BoolOperator, CompareOperator, NodeKind, Operator, UnaryOperator } from '../../ast/kinds.ts';
import type { BoolOp, Compare, Expression, IfExp } from '../../ast/expressions.ts';
import { foldConstant, isTrue } from '../../constants/folding.ts';
import { ConstantType } from '../../constants/values.ts';
import type { Compiler } from './compiler.ts';
import { Label } from './unit.ts';

/** An unconditional jump, after which nothing is reached until a label is. */
export function jump(c: Compiler, target: Label): void {
  if (c.unit.reached) target.reached = true;
  c.unit.reached = false;
}

/** A jump that may or may not be taken. */
export function jumpMaybe(c: Compiler, target: Label): void {
  if (c.unit.reached) target.reached = true;
}

/** CPython: USE_LABEL. */
export function useLabel(c: Compiler, label: Label): void {
  if (label.reached) c.unit.reached = true;
}

/**
 * What an expression is known to be worth as a test: true, false, or undefined if that is seen at run time only.
 * Known are expressions whose last instruction, as the optimiser finds it, is LOAD_CONST.
 */
export function constantTruth(c: Compiler, e: Expression): boolean | undefined {
  switch (e.kind) {
    case NodeKind.Constant:
      return isTrue(e.value);
    case NodeKind.Name:
      return e.id === '__debug__' ? true : undefined;
    case NodeKind.JoinedStr: {
      if (c.dialect.constantBranches === 'notEmitted') return undefined;
      if (e.values.length === 0) return c.dialect.emptyJoinedStrIsConstant ? false : undefined;
      const [only] = e.values;
      return e.values.length === 1 && only.kind === NodeKind.Constant ? isTrue(only.value) : undefined;
    }
    case NodeKind.BinOp:
      if (c.dialect.constantFolding === 'flowgraph') return isPlainFormat(e.left, e.op, e.right);
      return foldedTruth(e);
    case NodeKind.UnaryOp:
    case NodeKind.Tuple:
    case NodeKind.Subscript:
      return c.dialect.constantFolding === 'ast' ? foldedTruth(e) : undefined;
    default:
      return undefined;
  }
}

/** Whether the AST optimiser puts a constant in an expression's place; it is one in the source, or is folded. */
export function isConstant(c: Compiler, e: Expression): boolean {
  if (e.kind === NodeKind.Constant) return true;
  return c.dialect.constantFolding === 'ast' && foldConstant(e) !== undefined;
}

function foldedTruth(e: Expression): boolean | undefined {
  const value = foldConstant(e);
  return value && isTrue(value);
}

/** `'text' % ()` is an f-string for the AST optimiser, here one without fields. CPython: optimize_format(). */
function isPlainFormat(left: Expression, op: Operator, right: Expression): boolean | undefined {
  if (op !== Operator.Mod || left.kind !== NodeKind.Constant || left.value.type !== ConstantType.Str)
    return undefined;
  if (right.kind !== NodeKind.Tuple || right.elts.length > 0 || left.value.value.includes('%'))
    return undefined;
  return isTrue(left.value);
}

/** Jumps to `next` if the test is `condition`. CPython: codegen_jump_if(). */
export function jumpIf(c: Compiler, e: Expression, next: Label, condition: boolean): void {
  const truth = constantTruth(c, e);
  if (truth !== undefined) {
    c.constantTest(e);
    if (truth === condition) jump(c, next);
    return;
  }
  switch (e.kind) {
    case NodeKind.UnaryOp:
      if (e.op !== UnaryOperator.Not) break;
      jumpIf(c, e.operand, next, !condition);
      return;
    case NodeKind.BoolOp:
      jumpIfBoolOp(c, e, next, condition);
      return;
    case NodeKind.IfExp: {
      const end = new Label();
      const orelse = new Label();
      jumpIf(c, e.test, orelse, false);
      jumpIf(c, e.body, next, condition);
      jump(c, end);
      useLabel(c, orelse);
      jumpIf(c, e.orelse, next, condition);
      useLabel(c, end);
      return;
    }
    case NodeKind.Compare:
      // A chain's comparisons jump too, but always both ways.
      if (!c.dialect.jumpsIfNone || !isNoneTest(e)) break;
      c.expression(e.left);
      c.constantTest(e.comparators[0]);
      jumpMaybe(c, next);
      return;
  }
  c.expression(e);
  jumpMaybe(c, next);
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

function jumpIfBoolOp(c: Compiler, e: BoolOp, next: Label, condition: boolean): void {
  const decides = e.op === BoolOperator.Or;
  const shortcut = decides === condition ? next : new Label();
  const last = e.values.length - 1;
  for (let i = 0; i < last; i++) jumpIf(c, e.values[i], shortcut, decides);
  if (last >= 0) jumpIf(c, e.values[last], next, condition);
  if (shortcut !== next) useLabel(c, shortcut);
}

/** The value of `a and b`. CPython: codegen_boolop(). */
export function visitBoolOp(c: Compiler, e: BoolOp): void {
  const end = new Label();
  const decides = e.op === BoolOperator.Or;
  const last = e.values.length - 1;
  for (let i = 0; i <= last; i++) {
    const truth = i < last ? constantTruth(c, e.values[i]) : undefined;
    if (truth === !decides) c.constantTest(e.values[i]);
    else c.expression(e.values[i]);
    if (i === last || c.dialect.constantBranches === 'notEmitted') continue;
    if (truth === undefined) jumpMaybe(c, end);
    else if (truth === decides) jump(c, end);
  }
  useLabel(c, end);
}

/** CPython: codegen_ifexp(). A chain of them is walked in a loop. */
export function visitIfExp(c: Compiler, first: IfExp): void {
  const end = new Label();
  let e: Expression = first;
  while (e.kind === NodeKind.IfExp) {
    const orelse = new Label();
    c.at = e;
    jumpIf(c, e.test, orelse, false);
    c.expression(e.body);
    jump(c, end);
    useLabel(c, orelse);
    e = e.orelse;
  }
  c.expression(e);
  useLabel(c, end);
}
