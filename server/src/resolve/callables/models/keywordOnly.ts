// Decorators of packages that put a `__signature__` with other parameters on their wrapper: some that become keyword-only
// and are still taken by position, some of the wrapper's own. That is a caveat to what is shown.
import { type Parameter, ParameterKind } from '../../../python/inspect/parameter.ts';
import type { Evaluator, Value, Values } from '../../values.ts';
import { argumentExpression, type Arguments, stringOf, stringsOf } from '../arguments.ts';

const isPositional = ({ kind }: Parameter): boolean =>
  kind === ParameterKind.POSITIONAL_ONLY || kind === ParameterKind.POSITIONAL_OR_KEYWORD;

type Change = (parameters: readonly Parameter[]) => readonly Parameter[] | undefined;

/** The function with other parameters; what is no def becomes something that is not known. */
function changed(subject: Value, decorator: string, change: Change | undefined): Values {
  if (subject.type !== 'function' || !change) return [{ type: 'opaque', qualname: 'builtins.function' }];
  const { attributes, opaqueDecorators = [] } = subject;
  const before = attributes?.parameters;
  const both: Change = parameters => {
    const own = before ? before(parameters) : parameters;
    return own && change(own);
  };
  return [
    {
      ...subject,
      attributes: { ...attributes, parameters: before ? both : change },
      opaqueDecorators: [...opaqueDecorators, decorator],
    },
  ];
}

/** `@_preprocess_data(…)` of matplotlib, with or without arguments: `data=None` comes before the other keywords. */
export const preprocessData = (_: Evaluator, subject: Value): Values => {
  const data: Parameter = { name: 'data', kind: ParameterKind.KEYWORD_ONLY, default: 'None' };
  const change: Change = parameters => {
    const hasKeywords = parameters.some(({ kind }) => kind === ParameterKind.VAR_KEYWORD);
    return hasKeywords ? [...parameters.slice(0, -1), data, ...parameters.slice(-1)] : [...parameters, data];
  };
  return changed(subject, '@_preprocess_data', change);
};

/** `@make_keyword_only(since, name)` of matplotlib: from `name` on what can be given either way is keyword-only. */
export function makeKeywordOnly(_: Evaluator, subject: Value, args: Arguments): Values {
  const name = stringOf(args.positional(1)) ?? stringOf(args.keyword('name'));
  const change: Change = parameters => {
    const first = parameters.findIndex(parameter => parameter.name === name);
    if (first < 0) return undefined;
    return parameters.map((parameter, i) =>
      i >= first && parameter.kind === ParameterKind.POSITIONAL_OR_KEYWORD
        ? { ...parameter, kind: ParameterKind.KEYWORD_ONLY }
        : parameter,
    );
  };
  return changed(subject, '@make_keyword_only', name === undefined ? undefined : change);
}

/**
 * `@deprecate_nonkeyword_arguments(version, allowed_args)` of pandas: what is not allowed is keyword-only; where nothing
 * is said, what has a default.
 */
export function deprecateNonkeywordArguments(evaluator: Evaluator, subject: Value, args: Arguments): Values {
  const { written } = args;
  const list = written && argumentExpression(written.call, 1, 'allowed_args');
  const allowed = list && stringsOf(evaluator, list, written.scope);
  const change: Change = parameters =>
    parameters
      .map(parameter => {
        const isAllowed = allowed ? allowed.includes(parameter.name) : parameter.default === undefined;
        return isPositional(parameter) && !isAllowed
          ? { ...parameter, kind: ParameterKind.KEYWORD_ONLY }
          : parameter;
      })
      .sort((a, b) => a.kind - b.kind);
  return changed(subject, '@deprecate_nonkeyword_arguments', list && !allowed ? undefined : change);
}
