// Diagnostics of calls that cannot bind, in the words of the TypeError that they raise. Only where it is certain what
// is called and with what: everything else is silent.
import type { Call } from '../../python/ast/expressions.ts';
import { callablesOf } from '../../resolve/callable.ts';
import type { RequestEvaluator } from '../../resolve/evaluate/evaluator.ts';
import type { Evaluator, EvaluationScope, SourceModule } from '../../resolve/values.ts';
import { callArguments, isComplete } from './binding.ts';
import { isCertain } from './certainty.ts';
import { callsIn, realCallError } from './calls.ts';

export interface CallProblem {
  /** The call, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** `f() missing 1 required positional argument: 'a'` */
  readonly message: string;
}

/** The calls of a module that raise a TypeError before anything runs, in the order of the source. */
export function callDiagnostics(evaluator: RequestEvaluator, module: SourceModule): CallProblem[] {
  return [...callProblems(evaluator, module)].filter(problem => problem !== undefined);
}

/** The same call by call, so that a caller can do other things in between; undefined for a call that is all right. */
export function* callProblems(
  evaluator: RequestEvaluator,
  module: SourceModule,
): Generator<CallProblem | undefined, void> {
  const { text } = module.analysis;
  for (const { call, scope } of callsIn(module, { start: 0, end: text.length })) {
    const message = evaluator.request(() => problemOf(evaluator, call, scope));
    yield message === undefined ? undefined : { start: call.start, end: call.end, message };
  }
}

function problemOf(evaluator: Evaluator, call: Call, scope: EvaluationScope): string | undefined {
  const given = callArguments(call);
  if (!isComplete(given)) return undefined;
  const callables = callablesOf(evaluator, call.func, scope);
  if (callables.length !== 1 || callables[0].overloads) return undefined;
  const message = realCallError(evaluator, callables[0], given, scope.module.analysis.target);
  return message !== undefined && isCertain(evaluator, call.func, scope) ? message : undefined;
}
