// What a test is worth that is the same at every run. CPython: Python/flowgraph.c, Python/codegen.c, codegen_jump_if().
import { BoolOperator, NodeKind, UnaryOperator } from '../ast/kinds.ts';
import type { Expression } from '../ast/nodes.ts';
import { foldConstant, isTrue } from '../constants/folding.ts';

const MOST_DEPTH = 500;

/** What a test is known to be worth. */
export function constantTruth(test: Expression, depth = 0): boolean | undefined {
  if (depth > MOST_DEPTH) return undefined;
  switch (test.kind) {
    case NodeKind.Name:
      return test.id === '__debug__' ? true : undefined;
    case NodeKind.UnaryOp: {
      if (test.op !== UnaryOperator.Not) break;
      const truth = constantTruth(test.operand, depth + 1);
      return truth === undefined ? undefined : !truth;
    }
    case NodeKind.BoolOp: {
      const decides = test.op === BoolOperator.Or;
      const truths = test.values.map(value => constantTruth(value, depth + 1));
      if (truths.includes(decides)) return decides;
      return truths.includes(undefined) ? undefined : !decides;
    }
  }
  const value = foldConstant(test);
  return value && isTrue(value);
}
