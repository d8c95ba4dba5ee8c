// Which argument goes to which parameter: inspect.Signature.bind() and bind_partial(), with their TypeErrors in the
// target's words. What an argument is does not matter here: a value, a node, a number.
// CPython: Lib/inspect.py, Signature._bind() and class BoundArguments.
import type { InspectDialect } from '../versions/inspectDialect.ts';
import { Messages } from './messages.ts';
import { type Parameter, ParameterKind } from './parameter.ts';
import type { Signature } from './signature.ts';

/** What a parameter is bound to: `*args` to a list, `**kwargs` to a map, any other parameter to one argument. */
export type Binding<T> =
  | { readonly type: 'one'; readonly value: T }
  | { readonly type: 'positional'; readonly values: readonly T[] }
  | { readonly type: 'keywords'; readonly values: ReadonlyMap<string, T> };

/** What a call binds, by parameter name and in the order of binding. CPython: class BoundArguments. */
export class BoundArguments<T> {
  constructor(
    readonly signature: Signature,
    readonly bindings: ReadonlyMap<string, Binding<T>>,
  ) {}

  /** The arguments that would be passed by position: up to the first parameter that is not bound. */
  get args(): T[] {
    const args: T[] = [];
    for (const { name, kind } of this.signature.parameters) {
      if (kind === ParameterKind.VAR_KEYWORD || kind === ParameterKind.KEYWORD_ONLY) break;
      const binding = this.bindings.get(name);
      if (!binding) break;
      if (binding.type === 'positional') for (const value of binding.values) args.push(value);
      else if (binding.type === 'one') args.push(binding.value);
    }
    return args;
  }

  /** The arguments that would be passed by keyword: all from the first parameter on that `args` leaves out. */
  get kwargs(): Map<string, T> {
    const kwargs = new Map<string, T>();
    let started = false;
    for (const { name, kind } of this.signature.parameters) {
      const binding = this.bindings.get(name);
      if (kind === ParameterKind.VAR_KEYWORD || kind === ParameterKind.KEYWORD_ONLY || !binding)
        started = true;
      if (!started || !binding) continue;
      if (binding.type === 'keywords') for (const [key, value] of binding.values) kwargs.set(key, value);
      else if (binding.type === 'one') kwargs.set(name, binding.value);
    }
    return kwargs;
  }

  /**
   * The bindings completed: an empty list and map for `*args` and `**kwargs`, and `defaultOf` for other parameters
   * that have a default; in the order of the parameters. CPython: BoundArguments.apply_defaults().
   */
  applyDefaults(defaultOf: (parameter: Parameter) => T): BoundArguments<T> {
    const bindings = new Map<string, Binding<T>>();
    for (const parameter of this.signature.parameters) {
      const { name, kind } = parameter;
      const binding = this.bindings.get(name);
      if (binding) bindings.set(name, binding);
      else if (parameter.default !== undefined)
        bindings.set(name, { type: 'one', value: defaultOf(parameter) });
      else if (kind === ParameterKind.VAR_POSITIONAL) bindings.set(name, { type: 'positional', values: [] });
      else if (kind === ParameterKind.VAR_KEYWORD)
        bindings.set(name, { type: 'keywords', values: new Map() });
    }
    return new BoundArguments(this.signature, bindings);
  }
}

/** Why arguments do not fit: the message of CPython's TypeError. */
export interface BindError {
  readonly typeError: string;
}

/** Binds the arguments of a call; a parameter without default that gets none is an error. CPython: Signature.bind(). */
export function bind<T>(
  signature: Signature,
  args: readonly T[],
  kwargs: ReadonlyMap<string, T>,
  dialect: InspectDialect,
): BoundArguments<T> | BindError {
  return new Binder(signature, args, kwargs, dialect, false).run();
}

/** Binds the arguments there are; missing ones are no error. CPython: Signature.bind_partial(). */
export function bindPartial<T>(
  signature: Signature,
  args: readonly T[],
  kwargs: ReadonlyMap<string, T>,
  dialect: InspectDialect,
): BoundArguments<T> | BindError {
  return new Binder(signature, args, kwargs, dialect, true).run();
}

/** One binding under way. CPython: Signature._bind(), whose two phases are the two methods. */
class Binder<T> {
  private readonly bindings = new Map<string, Binding<T>>();
  /** Positional-only parameters whose names came as keywords. */
  private readonly misnamed: Parameter[] = [];
  /** Index of the first parameter that the positional phase leaves to the keyword phase. */
  private next = 0;

  constructor(
    private readonly signature: Signature,
    private readonly args: readonly T[],
    private readonly kwargs: ReadonlyMap<string, T>,
    private readonly dialect: InspectDialect,
    private readonly partial: boolean,
  ) {}

  run(): BoundArguments<T> | BindError {
    const typeError = this.bindPositional() ?? this.bindMissing() ?? this.bindKeywords();
    return typeError === undefined ? new BoundArguments(this.signature, this.bindings) : { typeError };
  }

  /** Gives the positional arguments to parameters, one by one. */
  private bindPositional(): string | undefined {
    const { parameters } = this.signature;
    for (let i = 0; i < this.args.length; i++) {
      const parameter = parameters[this.next++];
      if (
        parameter === undefined ||
        parameter.kind === ParameterKind.VAR_KEYWORD ||
        parameter.kind === ParameterKind.KEYWORD_ONLY
      ) {
        return Messages.tooManyPositional;
      }
      if (parameter.kind === ParameterKind.VAR_POSITIONAL) {
        this.bindings.set(parameter.name, { type: 'positional', values: this.args.slice(i) });
        return undefined;
      }
      if (this.kwargs.has(parameter.name) && parameter.kind !== ParameterKind.POSITIONAL_ONLY) {
        return Messages.multipleValues(parameter.name);
      }
      this.bindings.set(parameter.name, { type: 'one', value: this.args[i] });
    }
    return undefined;
  }

  /** Looks at the first parameter that got no positional argument, and past the positional-only ones named. */
  private bindMissing(): string | undefined {
    const { parameters } = this.signature;
    const last = parameters[this.next - 1];
    if (last?.kind === ParameterKind.VAR_POSITIONAL) return undefined;
    const { positionalOnlyAsKeyword, missingSaysKeywordOnly } = this.dialect;
    for (; this.next < parameters.length; this.next++) {
      const parameter = parameters[this.next];
      const { kind, name } = parameter;
      if (kind === ParameterKind.VAR_POSITIONAL) return undefined;
      if (!this.kwargs.has(name)) {
        if (kind === ParameterKind.VAR_KEYWORD || parameter.default !== undefined || this.partial)
          return undefined;
        const keywordOnly = missingSaysKeywordOnly && kind === ParameterKind.KEYWORD_ONLY;
        return Messages.missingRequired(name, keywordOnly);
      }
      if (kind !== ParameterKind.POSITIONAL_ONLY) return undefined;
      if (positionalOnlyAsKeyword === 'refused') return Messages.positionalOnlyAsKeyword(name);
      if (positionalOnlyAsKeyword === 'missing' && parameter.default === undefined) {
        return Messages.missingPositionalOnly(name);
      }
      this.misnamed.push(parameter);
    }
    return undefined;
  }

  /** Gives the keyword arguments to the parameters that are left. */
  private bindKeywords(): string | undefined {
    const left = new Map(this.kwargs);
    let collector: Parameter | undefined;
    for (const parameter of this.signature.parameters.slice(this.next)) {
      const { name, kind } = parameter;
      if (kind === ParameterKind.VAR_KEYWORD) collector = parameter;
      if (kind === ParameterKind.VAR_KEYWORD || kind === ParameterKind.VAR_POSITIONAL) continue;
      const value = left.get(name);
      if (value !== undefined || left.has(name)) {
        // A positional-only parameter after one that was skipped for its default.
        if (kind === ParameterKind.POSITIONAL_ONLY && this.dialect.positionalOnlyAsKeyword === 'refused') {
          return Messages.positionalOnlyAsKeyword(name);
        }
        left.delete(name);
        this.bindings.set(name, { type: 'one', value: value as T });
      } else if (!this.partial && parameter.default === undefined) {
        return Messages.missingRequired(name, false);
      }
    }
    if (left.size === 0) return undefined;
    if (collector) {
      this.bindings.set(collector.name, { type: 'keywords', values: left });
      return undefined;
    }
    if (this.misnamed.length > 0) {
      return Messages.positionalOnlyAsKeywords(this.misnamed.map(({ name }) => name));
    }
    return Messages.unexpectedKeyword([...left.keys()][0]);
  }
}
