// Assignments, but for annotated ones. CPython: Python/codegen.c, codegen_augassign() and codegen_visit_stmt().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { NamedExpr } from '../../ast/expressions.ts';
import type { Assign, AugAssign } from '../../ast/nodes.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { inplace } from './binaryOperators.ts';
import { attribute, attributePlace } from './calls.ts';
import type { CodeGenerator } from './generator.ts';
import { isTwoElementSlice, subscript, visitBounds, visitIndex } from './subscripts.ts';
import { nameOp } from './names.ts';

export function visitAssign(g: CodeGenerator, s: Assign): void {
  const { value, targets } = s;
  g.expression(value);
  for (let i = 0; i < targets.length; i++) {
    if (i < targets.length - 1) g.emit.copyTop(s);
    g.expression(targets[i]);
  }
}

export function visitNamedExpr(g: CodeGenerator, e: NamedExpr): void {
  const { isUnfolded } = g;
  g.isUnfolded ||= !g.dialect.foldsNamedExpressions;
  g.expression(e.value);
  g.isUnfolded = isUnfolded;
  g.emit.copyTop(e);
  g.expression(e.target);
}

/** 3.8 visits a target that is stored to as an expression, and then goes back to where the statement is. */
function leaveTarget(g: CodeGenerator, s: AugAssign): void {
  if (g.dialect.linesOnce) g.setLocation(s);
}

/** CPython: codegen_augassign(). */
export function visitAugAssign(g: CodeGenerator, s: AugAssign): void {
  const { emit } = g;
  const { target, value, op } = s;
  switch (target.kind) {
    case NodeKind.Name:
      if (!g.dialect.linesOnce) g.setLocation(target);
      nameOp(g, target.id, ExprContext.Load, target);
      g.setLocation(s);
      g.expression(value);
      inplace(g, op, s);
      if (!g.dialect.linesOnce) emit.moveTo(target);
      nameOp(g, target.id, ExprContext.Store, target);
      return;
    case NodeKind.Attribute:
      g.setLocation(target);
      g.expression(target.value);
      emit.copyTop(target);
      attribute(g, target, ExprContext.Load);
      g.setLocation(s);
      g.expression(value);
      inplace(g, op, s);
      if (g.records) {
        const at = attributePlace(g, target, target);
        g.setLocation(at);
        emit.swapTop(at);
      }
      attribute(g, target, ExprContext.Store);
      leaveTarget(g, s);
      return;
    case NodeKind.Subscript: {
      const { slice } = target;
      g.setLocation(target);
      g.expression(target.value);
      if (isTwoElementSlice(g, slice)) {
        visitBounds(g, slice);
        for (let i = 0; i < 3; i++) emit.op(Op.COPY, 3, target);
        emit.op(Op.BINARY_SLICE, 0, target);
        g.expression(value);
        inplace(g, op, s);
        for (let depth = 4; depth > 1; depth--) emit.op(Op.SWAP, depth, target);
        emit.op(Op.STORE_SLICE, 0, target);
        return;
      }
      visitIndex(g, slice);
      emit.copyTwo(target);
      subscript(g, target);
      g.setLocation(s);
      g.expression(value);
      inplace(g, op, s);
      g.setLocation(target);
      emit.rotateThree(target);
      emit.op(Op.STORE_SUBSCR, 0, target);
      leaveTarget(g, s);
      return;
    }
    default:
      g.expression(target);
      g.expression(value);
  }
}
