// What a test is worth that is the same at every run. CPython: Python/flowgraph.c, Python/codegen.c, codegen_jump_if().
import { BoolOperator, NodeKind, UnaryOperator } from '../ast/kinds.ts';
import type { Expression } from '../ast/nodes.ts';
import { foldConstant, isTrue } from '../constants/folding.ts';
import type { CompilerDialect } from '../versions/compilerDialect.ts';

const MOST_DEPTH = 500;

/** What a test is known to be worth to the compiler. */
export function constantTruth(test: Expression, dialect: CompilerDialect, depth = 0): boolean | undefined {
  if (depth > MOST_DEPTH) return undefined;
  switch (test.kind) {
    case NodeKind.Constant:
      return isTrue(test.value);
    case NodeKind.Name:
      return test.id === '__debug__' ? true : undefined;
    case NodeKind.UnaryOp: {
      if (test.op !== UnaryOperator.Not) break;
      const truth = constantTruth(test.operand, dialect, depth + 1);
      return truth === undefined ? undefined : !truth;
    }
    case NodeKind.BoolOp: {
      // 3.8 and 3.9 leave out what is after a constant alone.
      if (dialect.constantBranches === 'notEmitted') return undefined;
      const decides = test.op === BoolOperator.Or;
      const truths = test.values.map(value => constantTruth(value, dialect, depth + 1));
      if (truths.includes(decides)) return decides;
      return truths.includes(undefined) ? undefined : !decides;
    }
  }
  // Later expressions are folded only when the jumps are made already.
  const value = dialect.constantFolding === 'ast' ? foldConstant(test) : undefined;
  return value && isTrue(value);
}
