// The arguments of a call that is followed: as written, evaluated when asked for, or as values.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { CallArguments, EvaluationScope, Values } from '../values.ts';
import type { Arguments, Context } from './context.ts';
import { at } from './context.ts';

export function writtenArguments(context: Context, call: CallArguments, scope: EvaluationScope): Arguments {
  const { args, keywords } = call;
  const starred = args.findIndex(arg => arg.kind === NodeKind.Starred);
  const count = starred < 0 ? args.length : starred;
  const evaluate = (node: (typeof args)[number]): Values =>
    context.evaluate(node, at(scope, Math.max(scope.offset, node.start)));
  return {
    count,
    isOpen: starred >= 0 || keywords.some(({ arg }) => arg === null),
    positional: index => (index < count ? evaluate(args[index]) : undefined),
    keyword: name => {
      const keyword = keywords.find(({ arg }) => arg === name);
      return keyword && evaluate(keyword.value);
    },
    written: call,
    scope,
  };
}

/** Positional arguments that are known by their values. */
export function valueArguments(args: readonly Values[], scope?: EvaluationScope): Arguments {
  return {
    count: args.length,
    isOpen: false,
    positional: index => args[index],
    keyword: () => undefined,
    written: undefined,
    scope: scope ?? NOWHERE,
  };
}

const NOWHERE = {} as EvaluationScope;

/** The arguments behind some that were given before. */
export function prepended(first: readonly Values[], rest: Arguments): Arguments {
  return {
    ...rest,
    count: first.length + rest.count,
    positional: index => (index < first.length ? first[index] : rest.positional(index - first.length)),
    written: undefined,
  };
}
