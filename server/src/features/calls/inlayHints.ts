// Inlay hints: the names of the parameters that positional arguments go to.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Call, Expression } from '../../python/ast/expressions.ts';
import { ParameterKind, type Parameter } from '../../python/inspect/parameter.ts';
import type { RequestEvaluator } from '../../resolve/evaluate/evaluator.ts';
import type { Evaluator, EvaluationScope, SourceModule } from '../../resolve/values.ts';
import type { Span } from '../../python/locate/path.ts';
import { callArguments } from './binding.ts';
import { callsIn, candidatesOf } from './calls.ts';

export interface InlayHintAt {
  /** Where the hint stands: before this UTF-16 offset. */
  readonly offset: number;
  /** `name=` */
  readonly label: string;
}

/** The hints at the arguments that begin in a range, in the order of the source. */
export function inlayHints(evaluator: RequestEvaluator, module: SourceModule, range: Span): InlayHintAt[] {
  const hints: InlayHintAt[] = [];
  for (const { call, scope } of callsIn(module, range)) {
    for (const hint of evaluator.request(() => callHints(evaluator, call, scope, range))) hints.push(hint);
  }
  return hints.sort((a, b) => a.offset - b.offset);
}

function callHints(
  evaluator: Evaluator,
  call: Call,
  scope: EvaluationScope,
  { start, end }: Span,
): InlayHintAt[] {
  const { args, certain } = callArguments(call);
  const inRange = args.slice(0, certain).some(({ value }) => start <= value.start && value.start < end);
  if (!inRange) return [];
  const names = parameterNames(evaluator, call, scope);
  const hints: InlayHintAt[] = [];
  for (const [i, { value }] of args.slice(0, certain).entries()) {
    const name = names[i];
    if (name === undefined || value.start < start || value.start >= end) continue;
    // Items of an unpacked display are no arguments of the call as it is written.
    if (!call.args.includes(value) || !tells(name, value)) continue;
    hints.push({ offset: value.start, label: `${name}=` });
  }
  return hints;
}

/** The names of the positional parameters, as far as all that the callee can be agree on them. */
function parameterNames(
  evaluator: Evaluator,
  call: Call,
  scope: EvaluationScope,
): readonly (string | undefined)[] {
  const candidates = candidatesOf(evaluator, call, scope);
  const lists = candidates.map(({ signature, caveats, isInferred }) =>
    signature && caveats.length === 0 && !isInferred ? signature.parameters.filter(isPositional) : [],
  );
  const [first = [], ...others] = lists;
  return first.map(({ name }, i) => (others.every(list => list[i]?.name === name) ? name : undefined));
}

const isPositional = ({ kind }: Parameter): boolean =>
  kind === ParameterKind.POSITIONAL_ONLY || kind === ParameterKind.POSITIONAL_OR_KEYWORD;

/** Whether a hint says more than the argument does itself, and more than nothing. */
function tells(name: string, argument: Expression): boolean {
  if (name.length < 2 || name.startsWith('_')) return false;
  if (argument.kind === NodeKind.Name) return argument.id !== name;
  if (argument.kind === NodeKind.Attribute) return argument.attr !== name;
  return true;
}
