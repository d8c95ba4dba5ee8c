// What a test is worth that is the same at every run. CPython: Python/flowgraph.c, Python/codegen.c, codegen_jump_if().
import { BoolOperator, NodeKind, UnaryOperator } from '../ast/kinds.ts';
import type { Expression } from '../ast/expressions.ts';
import type { MatchCase, Pattern } from '../ast/nodes.ts';
import { foldConstant, isTrue } from '../constants/folding.ts';
import type { CompilerDialect } from '../versions/compilerDialect.ts';

const MOST_DEPTH = 500;

/** Whether a case takes all that reaches it. */
export function takesAll({ pattern, guard }: MatchCase, dialect: CompilerDialect): boolean {
  return isIrrefutable(pattern) && (guard === null || constantTruth(guard, dialect) === true);
}

function isIrrefutable(pattern: Pattern, depth = 0): boolean {
  if (depth > MOST_DEPTH) return false;
  if (pattern.kind === NodeKind.MatchAs)
    return pattern.pattern === null || isIrrefutable(pattern.pattern, depth + 1);
  const last = pattern.kind === NodeKind.MatchOr ? pattern.patterns.at(-1) : undefined;
  return last !== undefined && isIrrefutable(last, depth + 1);
}

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
    case NodeKind.IfExp: {
      if (dialect.constantBranches === 'notEmitted') return undefined;
      const truth = constantTruth(test.test, dialect, depth + 1);
      const body = truth === false ? undefined : constantTruth(test.body, dialect, depth + 1);
      const orelse = truth === true ? undefined : constantTruth(test.orelse, dialect, depth + 1);
      if (truth !== undefined) return truth ? body : orelse;
      return body === orelse ? body : undefined;
    }
    case NodeKind.JoinedStr: {
      if (dialect.constantBranches === 'notEmitted') return undefined;
      if (test.values.length === 0) return dialect.emptyJoinedStrIsConstant ? false : undefined;
      const [only] = test.values;
      return test.values.length === 1 && only.kind === NodeKind.Constant ? isTrue(only.value) : undefined;
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
