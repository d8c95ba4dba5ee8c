// What a real call of a function binds, and what it complains of; and inspect.getcallargs(), which imitates it.
// CPython: Python/ceval.c, initialize_locals() (_PyEval_EvalCode() up to 3.10); Lib/inspect.py, getcallargs().
import type { InspectDialect } from '../versions/inspectDialect.ts';
import { BoundArguments, type BindError, type Binding } from './bind.ts';
import { Messages } from './messages.ts';
import { ParameterKind } from './parameter.ts';
import type { Signature } from './signature.ts';
import { suggestion } from './suggestions.ts';

/** A function as a call sees it: its whole signature, `self` included, which an argument fills like any other. */
export interface CalledFunction {
  /** `__name__` */
  readonly name: string;
  readonly qualname: string;
  readonly signature: Signature;
}

/** The parameters of a code object, by kind. */
class Layout {
  readonly positionalOnly: readonly string[];
  /** Positional-only ones included: co_argcount of them. */
  readonly positional: readonly string[];
  readonly keywordOnly: readonly string[];
  readonly varPositional: string | undefined;
  readonly varKeyword: string | undefined;
  readonly withDefault: ReadonlySet<string>;
  /** Positional parameters that have no default. */
  readonly required: readonly string[];

  constructor(readonly signature: Signature) {
    const { parameters } = signature;
    const of = (...kinds: ParameterKind[]): string[] =>
      parameters.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
    this.positionalOnly = of(ParameterKind.POSITIONAL_ONLY);
    this.positional = [...this.positionalOnly, ...of(ParameterKind.POSITIONAL_OR_KEYWORD)];
    this.keywordOnly = of(ParameterKind.KEYWORD_ONLY);
    [this.varPositional] = of(ParameterKind.VAR_POSITIONAL);
    [this.varKeyword] = of(ParameterKind.VAR_KEYWORD);
    this.withDefault = new Set(parameters.filter(p => p.default !== undefined).map(({ name }) => name));
    this.required = this.positional.filter(name => !this.withDefault.has(name));
  }
}

/**
 * What a call of a function binds: its locals before defaults are filled in, or the message of its TypeError.
 *
 * @param args all that comes by position; of a bound method `self` is the first
 */
export function callFunction<T>(
  callee: CalledFunction,
  args: readonly T[],
  kwargs: ReadonlyMap<string, T>,
  dialect: InspectDialect,
): BoundArguments<T> | BindError {
  const layout = new Layout(callee.signature);
  const { positionalOnly, positional, keywordOnly, varKeyword } = layout;
  const name = dialect.callsSayQualname ? callee.qualname : callee.name;
  const refuse = (message: string): BindError => ({ typeError: `${name}() ${message}` });

  const bound = new Map<string, T>();
  const collected = new Map<string, T>();
  args.slice(0, positional.length).forEach((arg, i) => bound.set(positional[i], arg));
  const byKeyword = [...positional.slice(positionalOnly.length), ...keywordOnly];
  for (const [keyword, value] of kwargs) {
    if (byKeyword.includes(keyword)) {
      if (bound.has(keyword)) return refuse(Messages.callMultipleValues(keyword));
      bound.set(keyword, value);
    } else if (varKeyword !== undefined) collected.set(keyword, value);
    else {
      const misnamed = positionalOnly.filter(parameter => kwargs.has(parameter));
      if (misnamed.length > 0) return refuse(Messages.positionalOnlyAsKeywords(misnamed));
      const meant = dialect.callsSuggestKeywords ? suggestion(keyword, byKeyword) : undefined;
      const hint = meant === undefined ? '' : Messages.didYouMean(meant);
      return refuse(Messages.unexpectedKeyword(keyword) + hint);
    }
  }
  const problem = count(layout, args.length, bound, true);
  if (problem !== undefined) return refuse(problem);

  return boundArguments(layout, bound, args, collected);
}

/** What is wrong with how many arguments there are: too many by position, or missing ones. */
function count(
  layout: Layout,
  given: number,
  bound: ReadonlyMap<string, unknown>,
  lastComma: boolean,
): string | undefined {
  const { positional, keywordOnly, varPositional, withDefault, required } = layout;
  if (given > positional.length && varPositional === undefined) {
    const named = keywordOnly.filter(parameter => bound.has(parameter)).length;
    return Messages.callTooMany(required.length, positional.length, given, named);
  }
  const isMissing = (parameter: string): boolean => !bound.has(parameter) && !withDefault.has(parameter);
  const missing = required.filter(isMissing);
  if (missing.length > 0) return Messages.callMissing(missing, true, lastComma);
  const missingKeywords = keywordOnly.filter(isMissing);
  if (missingKeywords.length > 0) return Messages.callMissing(missingKeywords, false, lastComma);
  return undefined;
}

/** The bindings in the order of the signature. */
function boundArguments<T>(
  { signature, positional }: Layout,
  bound: ReadonlyMap<string, T>,
  args: readonly T[],
  collected: ReadonlyMap<string, T>,
): BoundArguments<T> {
  const bindings = new Map<string, Binding<T>>();
  for (const { name, kind } of signature.parameters) {
    if (kind === ParameterKind.VAR_POSITIONAL) {
      bindings.set(name, { type: 'positional', values: args.slice(positional.length) });
    } else if (kind === ParameterKind.VAR_KEYWORD)
      bindings.set(name, { type: 'keywords', values: collected });
    else if (bound.has(name)) bindings.set(name, { type: 'one', value: bound.get(name) as T });
  }
  return new BoundArguments(signature, bindings);
}

/**
 * What inspect.getcallargs() answers. It takes positional-only parameters by keyword, names the function by its
 * `__name__`, counts all required parameters that are not there, and makes no suggestions.
 */
export function getCallArgs<T>(
  { name, signature }: CalledFunction,
  args: readonly T[],
  kwargs: ReadonlyMap<string, T>,
): BoundArguments<T> | BindError {
  const layout = new Layout(signature);
  const { positional, keywordOnly, varKeyword } = layout;
  const refuse = (message: string): BindError => ({ typeError: `${name}() ${message}` });
  const bound = new Map<string, T>();
  const collected = new Map<string, T>();
  args.slice(0, positional.length).forEach((arg, i) => bound.set(positional[i], arg));
  const known = [...positional, ...keywordOnly];
  for (const [keyword, value] of kwargs) {
    if (known.includes(keyword)) {
      if (bound.has(keyword)) return refuse(Messages.callMultipleValues(keyword));
      bound.set(keyword, value);
    } else if (varKeyword === undefined) return refuse(Messages.unexpectedKeyword(keyword));
    else collected.set(keyword, value);
  }
  const problem = count(layout, args.length, bound, false);
  if (problem !== undefined) return refuse(problem);
  return boundArguments(layout, bound, args, collected);
}
