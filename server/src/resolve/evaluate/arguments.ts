// The arguments of a call that is followed: as written, evaluated when asked for, or as values.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { CallArguments, EvaluationScope, Values } from '../values.ts';
import type { Arguments, Context } from './context.ts';
import { at } from './context.ts';

export function writtenArguments(context: Context, call: CallArguments, scope: EvaluationScope): Arguments {
  const { keywords } = call;
  const unpacked = scope.frame && unpackedArguments(context, call, scope);
  if (unpacked) return unpacked;
  const { args } = call;
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
    keywords: keywords.flatMap(({ arg }) => (arg === null ? [] : [arg])),
    written: call,
    scope,
  };
}

/** In a call that is followed: `f(*args, **kwargs)`, where it is known what those are. */
function unpackedArguments(
  context: Context,
  { args, keywords }: CallArguments,
  scope: EvaluationScope,
): Arguments | undefined {
  if (!args.some(({ kind }) => kind === NodeKind.Starred) && keywords.every(({ arg }) => arg !== null))
    return undefined;
  const values: Values[] = [];
  for (const arg of args) {
    const place = at(scope, Math.max(scope.offset, arg.start));
    if (arg.kind !== NodeKind.Starred) {
      values.push(context.evaluate(arg, place));
      continue;
    }
    const [only, another] = context.evaluate(arg.value, place);
    if (another || only?.type !== 'instance' || !only.elements) return undefined;
    values.push(...only.elements);
  }
  const named = new Map<string, Values>();
  for (const { arg, value } of keywords) {
    const given = context.evaluate(value, at(scope, Math.max(scope.offset, value.start)));
    if (arg !== null) named.set(arg, given);
    else {
      const [only, another] = given;
      if (another || only?.type !== 'instance' || !only.entries) return undefined;
      for (const [name, held] of only.entries) named.set(name, held);
    }
  }
  return {
    ...valueArguments(values, scope),
    keyword: name => named.get(name),
    keywords: [...named.keys()],
  };
}

/** Positional arguments that are known by their values. */
export function valueArguments(args: readonly Values[], scope?: EvaluationScope): Arguments {
  return {
    count: args.length,
    isOpen: false,
    positional: index => args[index],
    keyword: () => undefined,
    keywords: [],
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
