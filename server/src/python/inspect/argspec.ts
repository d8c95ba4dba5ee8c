// inspect.getfullargspec(): a signature by lists of names. CPython: Lib/inspect.py, getfullargspec().
import { type Parameter, ParameterKind } from './parameter.ts';
import type { Signature } from './signature.ts';

/** The fields of FullArgSpec, with texts where it has objects; null for None. */
export interface FullArgSpec {
  /** Positional-only parameters first. */
  readonly args: readonly string[];
  readonly varargs: string | null;
  readonly varkw: string | null;
  /** Of the last of `args`; null if none has a default. */
  readonly defaults: readonly string[] | null;
  readonly kwonlyargs: readonly string[];
  readonly kwonlydefaults: ReadonlyMap<string, string> | null;
  /** `return` first. */
  readonly annotations: ReadonlyMap<string, string>;
}

/** The argument specification of a function. It has `self` and `cls` in it, and knows of no wrapper. */
export function getFullArgSpec({ parameters, returnAnnotation }: Signature): FullArgSpec {
  const of = (...kinds: ParameterKind[]): Parameter[] =>
    parameters.filter(({ kind }) => kinds.includes(kind));
  const positional = [...of(ParameterKind.POSITIONAL_ONLY), ...of(ParameterKind.POSITIONAL_OR_KEYWORD)];
  const keywordOnly = of(ParameterKind.KEYWORD_ONLY);
  const withDefault = (some: readonly Parameter[]): [string, string][] =>
    some.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]]));
  const name = ([parameter]: readonly Parameter[]): string | null => parameter?.name ?? null;
  const defaults = withDefault(positional).map(([, value]) => value);
  const keywordDefaults = new Map(withDefault(keywordOnly));
  const annotations = new Map<string, string>();
  if (returnAnnotation !== undefined) annotations.set('return', returnAnnotation);
  for (const { name: key, annotation } of parameters) {
    if (annotation !== undefined) annotations.set(key, annotation);
  }
  return {
    args: positional.map(parameter => parameter.name),
    varargs: name(of(ParameterKind.VAR_POSITIONAL)),
    varkw: name(of(ParameterKind.VAR_KEYWORD)),
    defaults: defaults.length > 0 ? defaults : null,
    kwonlyargs: keywordOnly.map(parameter => parameter.name),
    kwonlydefaults: keywordDefaults.size > 0 ? keywordDefaults : null,
    annotations,
  };
}
