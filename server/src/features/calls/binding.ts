// The arguments of a call in the tree, and which parameter each of them goes to: the rules of inspect.Signature.bind(),
// made to bear unpackings whose items nobody knows and calls that do not fit.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Call, Expression, Keyword } from '../../python/ast/expressions.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { bind } from '../../python/inspect/bind.ts';
import { type Parameter, ParameterKind } from '../../python/inspect/parameter.ts';
import type { Signature } from '../../python/inspect/signature.ts';
import type { InspectDialect } from '../../python/versions/inspectDialect.ts';

/** An argument, or an item of an unpacked display. */
export interface CallArgument {
  /** Without stars and keyword. */
  readonly value: Expression;
  /** `*` and `**` where what is unpacked is not known, so that one argument stands for any number of them. */
  readonly stars: '' | '*' | '**';
  readonly keyword?: string;
}

/** The arguments of a call, displays unpacked. */
export interface CallArguments {
  readonly args: readonly CallArgument[];
  readonly kwargs: ReadonlyMap<string, CallArgument>;
  /** How many of `args` are at the index that they have in the call: all before the first star. */
  readonly certain: number;
  /** The mappings whose keys are not known. */
  readonly mappings: readonly CallArgument[];
}

/** What a parameter gets in a call. */
export interface ParameterBinding {
  readonly parameter: Parameter;
  /** `given`: by an argument. `unpacked`: perhaps, by what is unpacked. `empty`: of `*args` and `**kwargs` without any. */
  readonly state: 'given' | 'unpacked' | 'default' | 'empty' | 'missing';
  /** Several for `*args` and `**kwargs`, and where more than one unpacking may be it. */
  readonly args: readonly CallArgument[];
}

/** How a call binds. */
export interface CallBinding {
  /** One for each parameter, in the order of the signature. */
  readonly parameters: readonly ParameterBinding[];
  /** Arguments that no parameter takes. */
  readonly leftOver: readonly CallArgument[];
}

/** A keyword that comes twice is refused by the compiler, or known at run time alone: then the last one counts. */
export function callArguments({ args: nodes, keywords }: Pick<Call, 'args' | 'keywords'>): CallArguments {
  const args: CallArgument[] = [];
  for (const node of nodes) {
    if (node.kind !== NodeKind.Starred) args.push({ value: node, stars: '' });
    else {
      const items = unpackedItems(node.value) ?? [{ value: node.value, stars: '*' as const }];
      for (const item of items) args.push(item);
    }
  }
  const kwargs = new Map<string, CallArgument>();
  const mappings: CallArgument[] = [];
  for (const keyword of keywords) {
    const items = keywordItems(keyword);
    if (!items) mappings.push({ value: keyword.value, stars: '**' });
    else for (const [name, value] of items) kwargs.set(name, { value, stars: '', keyword: name });
  }
  const star = args.findIndex(({ stars }) => stars === '*');
  return { args, kwargs, certain: star < 0 ? args.length : star, mappings };
}

/** Whether it is known which arguments there are. */
export const isComplete = ({ args, certain, mappings }: CallArguments): boolean =>
  certain === args.length && mappings.length === 0;

/** `*(a, b)` */
function unpackedItems(node: Expression): CallArgument[] | undefined {
  if (node.kind !== NodeKind.Tuple && node.kind !== NodeKind.List) return undefined;
  if (node.elts.some(({ kind }) => kind === NodeKind.Starred)) return undefined;
  return node.elts.map(value => ({ value, stars: '' }));
}

/** `a=1`, `**{'a': 1}` */
function keywordItems({ arg, value }: Keyword): (readonly [string, Expression])[] | undefined {
  if (arg !== null) return [[arg, value]];
  if (value.kind !== NodeKind.Dict) return undefined;
  const items: (readonly [string, Expression])[] = [];
  for (const [i, key] of value.keys.entries()) {
    if (key?.kind !== NodeKind.Constant || key.value.type !== ConstantType.Str) return undefined;
    items.push([key.value.value, value.values[i]]);
  }
  return items;
}

/** The message of the TypeError that bind() raises, if any; undefined too where unpackings leave it open. */
export function bindError(
  signature: Signature,
  call: CallArguments,
  dialect: InspectDialect,
): string | undefined {
  if (!isComplete(call)) return undefined;
  const bound = bind(signature, call.args, call.kwargs, dialect);
  return 'typeError' in bound ? bound.typeError : undefined;
}

/** Which parameter gets what, also where the call does not fit. */
export function bindCall(signature: Signature, call: CallArguments): CallBinding {
  const { args, certain, mappings } = call;
  const kwargs = new Map(call.kwargs);
  const known = args.slice(0, certain);
  const open = args.slice(certain);
  const parameters = signature.parameters.map((parameter): ParameterBinding => {
    const bound = (state: ParameterBinding['state'], given: readonly CallArgument[]): ParameterBinding => ({
      parameter,
      state,
      args: given,
    });
    const { kind, name } = parameter;
    const positional = kind === ParameterKind.POSITIONAL_ONLY || kind === ParameterKind.POSITIONAL_OR_KEYWORD;
    if (kind === ParameterKind.VAR_POSITIONAL) {
      const collected = [...known.splice(0), ...open];
      return bound(collected.length > 0 ? 'given' : 'empty', collected);
    }
    if (kind === ParameterKind.VAR_KEYWORD) {
      const collected = [...kwargs.values(), ...mappings];
      kwargs.clear();
      return bound(collected.length > 0 ? 'given' : 'empty', collected);
    }
    const first = positional ? known.shift() : undefined;
    if (first) return bound('given', [first]);
    const named = kind === ParameterKind.POSITIONAL_ONLY ? undefined : kwargs.get(name);
    if (named) {
      kwargs.delete(name);
      return bound('given', [named]);
    }
    const perhaps = [
      ...(positional ? open : []),
      ...(kind === ParameterKind.POSITIONAL_ONLY ? [] : mappings),
    ];
    if (perhaps.length > 0) return bound('unpacked', perhaps);
    return bound(parameter.default === undefined ? 'missing' : 'default', []);
  });
  return { parameters, leftOver: [...known, ...kwargs.values()] };
}
