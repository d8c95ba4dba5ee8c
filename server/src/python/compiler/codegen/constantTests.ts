// Which tests are constant, as facts see them before there are instructions. CPython: the optimiser's view of a jump
// behind LOAD_CONST.
import { NodeKind, Operator } from '../../ast/kinds.ts';
import type { Expression } from '../../ast/expressions.ts';
import { isTrue } from '../../constants/folding.ts';
import { ConstantType } from '../../constants/values.ts';
import type { CodeGenerator } from './generator.ts';

/**
 * What an expression is known to be worth as a test: true, false, or undefined if that is seen at run time only.
 * Known are expressions whose last instruction, as the optimiser finds it, is LOAD_CONST.
 */
export function constantTruth(g: CodeGenerator, e: Expression): boolean | undefined {
  switch (e.kind) {
    case NodeKind.Constant:
      return isTrue(e.value);
    case NodeKind.Name:
      return e.id === '__debug__' ? foldedTruth(g, e) : undefined;
    case NodeKind.JoinedStr: {
      if (g.dialect.constantBranches === 'notEmitted') return undefined;
      if (e.values.length === 0) return g.dialect.emptyJoinedStrIsConstant ? false : undefined;
      const [only] = e.values;
      return e.values.length === 1 && only.kind === NodeKind.Constant ? isTrue(only.value) : undefined;
    }
    case NodeKind.BinOp:
      if (g.dialect.constantFolding === 'flowgraph') return isPlainFormat(e.left, e.op, e.right);
      return foldedTruth(g, e);
    case NodeKind.UnaryOp:
    case NodeKind.Tuple:
    case NodeKind.Subscript:
      return g.foldsTree ? foldedTruth(g, e) : undefined;
    default:
      return undefined;
  }
}

function foldedTruth(g: CodeGenerator, e: Expression): boolean | undefined {
  const value = g.constantOf(e);
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
