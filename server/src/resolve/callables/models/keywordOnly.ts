// Decorators of packages that announce that parameters become keyword-only: they put `__signature__` on a wrapper that
// still takes them by position, which is a caveat to what is shown.
import { type Parameter, ParameterKind } from '../../../python/inspect/parameter.ts';
import type { Evaluator, Value, Values } from '../../values.ts';
import { argumentExpression, type Arguments, stringOf, stringsOf } from '../arguments.ts';

const isPositional = ({ kind }: Parameter): boolean =>
  kind === ParameterKind.POSITIONAL_ONLY || kind === ParameterKind.POSITIONAL_OR_KEYWORD;

type Change = (parameters: readonly Parameter[]) => readonly Parameter[] | undefined;

/** The function with other parameters; what is no def becomes something that is not known. */
const changed = (subject: Value, decorator: string, change: Change | undefined): Values =>
  subject.type === 'function' && change
    ? [
        {
          ...subject,
          attributes: { ...subject.attributes, parameters: change },
          opaqueDecorators: [...(subject.opaqueDecorators ?? []), decorator],
        },
      ]
    : [{ type: 'opaque', qualname: 'builtins.function' }];

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
