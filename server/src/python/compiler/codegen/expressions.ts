// Expressions in the order in which code is generated for them. CPython: Python/codegen.c, codegen_visit_expr().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Expression } from '../../ast/expressions.ts';
import { MESSAGES } from '../messages.ts';
import { visitNamedExpr } from './assignments.ts';
import { visitBoolOp, visitIfExp } from './branches.ts';
import { visitPrimary } from './calls.ts';
import { visitCompare } from './comparisons.ts';
import { visitComprehension } from './comprehensions.ts';
import { visitDict, visitSet, visitTupleOrList } from './displays.ts';
import { visitLambda } from './functions.ts';
import type { CodeGenerator } from './generator.ts';
import { visitBinOp, visitUnaryOp } from './operators.ts';
import { visitFormattedValue, visitInterpolation, visitJoinedStr, visitTemplateStr } from './strings.ts';
import { visitSlice } from './subscripts.ts';
import { visitAwait, visitYield } from './suspension.ts';
import { nameOp } from './names.ts';

export function visitExpression(g: CodeGenerator, e: Expression): void {
  if (loadFolded(g, e)) return;
  switch (e.kind) {
    case NodeKind.Name:
      // The AST optimiser puts True or False in its place.
      if (e.id === '__debug__' && g.constantOf(e)) g.emit.string('True', e);
      else nameOp(g, e.id, e.ctx, e);
      return;
    case NodeKind.Constant:
      g.emit.constant(e.value, e);
      return;
    case NodeKind.Attribute:
    case NodeKind.Call:
    case NodeKind.Subscript:
      visitPrimary(g, e);
      return;
    case NodeKind.BinOp:
      visitBinOp(g, e);
      return;
    case NodeKind.BoolOp:
      visitBoolOp(g, e);
      return;
    case NodeKind.Compare:
      visitCompare(g, e);
      return;
    case NodeKind.UnaryOp:
      visitUnaryOp(g, e);
      return;
    case NodeKind.IfExp:
      visitIfExp(g, e);
      return;
    case NodeKind.Tuple:
    case NodeKind.List:
      visitTupleOrList(g, e);
      return;
    case NodeKind.Set:
      visitSet(g, e);
      return;
    case NodeKind.Dict:
      visitDict(g, e);
      return;
    case NodeKind.JoinedStr:
      visitJoinedStr(g, e);
      return;
    case NodeKind.FormattedValue:
      visitFormattedValue(g, e);
      return;
    case NodeKind.TemplateStr:
      visitTemplateStr(g, e);
      return;
    case NodeKind.Interpolation:
      visitInterpolation(g, e);
      return;
    case NodeKind.Lambda:
      visitLambda(g, e);
      return;
    case NodeKind.ListComp:
    case NodeKind.SetComp:
    case NodeKind.DictComp:
    case NodeKind.GeneratorExp:
      visitComprehension(g, e);
      return;
    case NodeKind.NamedExpr:
      visitNamedExpr(g, e);
      return;
    case NodeKind.Yield:
    case NodeKind.YieldFrom:
      visitYield(g, e);
      return;
    case NodeKind.Await:
      visitAwait(g, e);
      return;
    case NodeKind.Starred:
      g.error(e.ctx === ExprContext.Store ? MESSAGES.starredTarget : MESSAGES.starredExpression, e);
      g.expression(e.value);
      return;
    case NodeKind.Slice:
      visitSlice(g, e);
      return;
    case NodeKind.Invalid:
      g.expressions(e.parts);
      return;
  }
}

/** Where constants count: loads the value of an expression that the AST optimiser has folded. */
function loadFolded(g: CodeGenerator, e: Expression): boolean {
  if (!g.records) return false;
  const value = g.constantOf(e);
  if (value) g.emit.constant(value, e);
  return value !== undefined;
}
