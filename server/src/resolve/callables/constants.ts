// Values of expressions that are made of constants and of names for such: `LIMIT = 2 ** 16`, `SIZE * 20`. A name counts
// if its module binds it once, at its top.
import { NodeKind, UnaryOperator } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import type { Statement } from '../../python/ast/nodes.ts';
import { foldBinary, foldConstant } from '../../python/constants/folding.ts';
import { ConstantType, type ConstantValue } from '../../python/constants/values.ts';
import type { Evaluator, EvaluationScope, SourceModule, Value } from '../values.ts';

const MOST_DEPTH = 10;

/** The constant that an expression gives; undefined if it gives none or is not known. */
export function constantOf(
  evaluator: Evaluator,
  node: Expression,
  scope: EvaluationScope,
  depth = 0,
): ConstantValue | undefined {
  if (depth > MOST_DEPTH) return undefined;
  const folded = foldConstant(node);
  if (folded) return folded;
  const inner = (part: Expression): ConstantValue | undefined =>
    constantOf(evaluator, part, scope, depth + 1);
  switch (node.kind) {
    case NodeKind.UnaryOp: {
      const operand = node.op === UnaryOperator.USub ? inner(node.operand) : undefined;
      return operand?.type === ConstantType.Int ? { ...operand, value: -operand.value } : undefined;
    }
    case NodeKind.BinOp: {
      const left = inner(node.left);
      const right = left && inner(node.right);
      return right && foldBinary(node.op, left, right);
    }
    case NodeKind.Tuple: {
      const items = node.elts.map(inner);
      return items.every(item => item !== undefined) ? { type: ConstantType.Tuple, items } : undefined;
    }
    case NodeKind.Name:
    case NodeKind.Attribute: {
      const values = evaluator.evaluate(node, { ...scope, offset: Math.max(scope.offset, node.start) });
      if (values.length !== 1) return undefined;
      return constantValue(values[0]) ?? namedConstant(evaluator, node, scope, values[0], depth);
    }
    default:
      return undefined;
  }
}

const constantValue = (value: Value): ConstantValue | undefined =>
  value.type === 'instance' ? value.constant : undefined;

/** What a name is bound to at the top of this module, or of the one whose attribute it is. */
function namedConstant(
  evaluator: Evaluator,
  node: Extract<Expression, { kind: NodeKind.Name | NodeKind.Attribute }>,
  scope: EvaluationScope,
  value: Value,
  depth: number,
): ConstantValue | undefined {
  if (value.type !== 'instance' || value.class.kind !== 'class' || value.class.module !== 'builtins')
    return undefined;
  let module: SourceModule = scope.module;
  if (node.kind === NodeKind.Attribute) {
    const [owner] = evaluator.evaluate(node.value, scope);
    if (owner?.type !== 'module' || owner.module.kind !== 'source') return undefined;
    module = owner.module;
  }
  const { module: root, symbolTable } = module.analysis;
  const definition = onlyAssignment(root.body, node.kind === NodeKind.Name ? node.id : node.attr);
  if (!definition) return undefined;
  const place = { module, entry: symbolTable.top, offset: definition.start, frame: undefined };
  return constantOf(evaluator, definition, place, depth + 1);
}

/** The value of the only assignment to a name; undefined if there are others, or none at the top. */
function onlyAssignment(body: readonly Statement[], name: string): Expression | undefined {
  const assigned = body.flatMap(statement => {
    const targets =
      statement.kind === NodeKind.Assign
        ? statement.targets
        : statement.kind === NodeKind.AnnAssign
          ? [statement.target]
          : [];
    return targets.some(target => target.kind === NodeKind.Name && target.id === name) ? [statement] : [];
  });
  const [only] = assigned;
  if (assigned.length !== 1 || (only.kind !== NodeKind.Assign && only.kind !== NodeKind.AnnAssign))
    return undefined;
  return only.value ?? undefined;
}
