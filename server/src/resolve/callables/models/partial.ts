// functools.partial and partialmethod. CPython: Lib/inspect.py, _signature_get_partial().
import type { Expression } from '../../../python/ast/expressions.ts';
import { NodeKind } from '../../../python/ast/kinds.ts';
import { bindPartial } from '../../../python/inspect/bind.ts';
import { type Parameter, ParameterKind } from '../../../python/inspect/parameter.ts';
import { defaultText, type Signature } from '../../../python/inspect/signature.ts';
import { signatureContext } from '../context.ts';
import type { Evaluator, PartialValue, Values } from '../../values.ts';
import type { Arguments } from '../arguments.ts';

/** `partial(f, 1, b=2)`; of nested ones the arguments are put together. */
export function partialModel(args: Arguments): Values | undefined {
  const { written } = args;
  if (!written || args.count === undefined || args.count === 0) return written ? [] : undefined;
  const { call, scope } = written;
  const keywords = new Map<string, Expression>();
  for (const { arg, value } of call.keywords) {
    if (arg === null) return [];
    keywords.set(arg, value);
  }
  return args.positional(0).map((value): PartialValue => ({
    type: 'partial',
    function: value,
    args: call.args.slice(1),
    keywords,
    scope,
  }));
}

/** What is left of a signature when a partial object has bound arguments; undefined if they cannot be bound. */
export function partialSignature(
  evaluator: Evaluator,
  wrapped: Signature,
  partial: PartialValue,
  boundFirst: boolean,
): Signature | undefined {
  if (partial.args.some(arg => arg.kind === NodeKind.Starred)) return undefined;
  const context = signatureContext(evaluator, partial.scope);
  const first: (Expression | undefined)[] = boundFirst ? [undefined] : [];
  const bound = bindPartial<Expression | undefined>(
    wrapped,
    [...first, ...partial.args],
    partial.keywords,
    context.dialect.inspect,
  );
  if ('typeError' in bound) return undefined;
  const parameters: Parameter[] = [];
  let keywordsOnly = false;
  for (const parameter of wrapped.parameters) {
    const { name, kind } = parameter;
    const binding = bound.bindings.get(name);
    let kept: Parameter = parameter;
    if (binding?.type === 'one') {
      const withDefault = (): Parameter => ({
        ...parameter,
        default: binding.value ? defaultText(binding.value, context) : 'None',
      });
      if (kind === ParameterKind.POSITIONAL_ONLY) continue;
      if (kind === ParameterKind.POSITIONAL_OR_KEYWORD) {
        if (!partial.keywords.has(name)) continue;
        keywordsOnly = true;
        kept = withDefault();
      } else if (kind === ParameterKind.KEYWORD_ONLY) kept = withDefault();
    }
    if (keywordsOnly) {
      if (kind === ParameterKind.VAR_POSITIONAL) continue;
      if (kind === ParameterKind.POSITIONAL_OR_KEYWORD) kept = { ...kept, kind: ParameterKind.KEYWORD_ONLY };
    }
    parameters.push(kept);
  }
  return { ...wrapped, parameters };
}
