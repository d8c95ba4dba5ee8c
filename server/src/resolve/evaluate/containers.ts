// What containers hold: iteration, subscripts, unpacking, `with`, `await`. Sources answer with their own methods,
// modules without source with what CPython has been seen to give.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression, Slice } from '../../python/ast/expressions.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { className, fullName } from '../classes/names.ts';
import { inherits, mroOf } from '../classes/mro.ts';
import type { Class, InstanceValue, EvaluationScope, Value, Values } from '../values.ts';
import { namedTupleElements } from '../callables/models/namedTuple.ts';
import { typedDictValue } from '../callables/models/typedDict.ts';
import { valueArguments } from './arguments.ts';
import { bundledResult, typeArgument } from './bundledResults.ts';
import { at, type Context } from './context.ts';
import { withBaseArguments } from './generics.ts';
import { flatMap, UNKNOWN, unite } from './unions.ts';

const NO_ARGUMENTS = valueArguments([]);

/** Calls a method of a value; unknown if it has none. */
export function callMethod(
  context: Context,
  value: Value,
  name: string,
  args: readonly Values[],
  scope: EvaluationScope,
): Values {
  const given = args.length > 0 ? valueArguments(args, scope) : NO_ARGUMENTS;
  return flatMap(context.attribute(value, name, scope), method => context.callWith(method, given, scope));
}

/** What iteration gives. CPython: Objects/abstract.c, PyObject_GetIter(). */
export function itemsOf(context: Context, value: Value, scope: EvaluationScope): Values {
  switch (value.type) {
    case 'instance':
      return instanceItems(context, value, scope);
    case 'class':
      if (inherits(context, value.class, 'enum.Enum')) return [{ type: 'instance', class: value.class }];
      return UNKNOWN;
    case 'typevar':
      return flatMap(value.bound, bound => itemsOf(context, bound, scope));
    default:
      return UNKNOWN;
  }
}

/** The items of a tuple one by one, if they are known so: also those of a named tuple that iterates as tuples do. */
export function elementsOf(context: Context, value: InstanceValue): readonly Values[] | undefined {
  if (value.elements) return value.elements;
  if (value.class.kind === 'class') return undefined;
  for (const cls of mroOf(context, value.class).classes) {
    if (cls.kind === 'class') return undefined;
    const elements = namedTupleElements(context, cls);
    if (elements) return elements;
    if (context.ownMember(cls, '__iter__').length > 0 || context.ownMember(cls, '__getitem__').length > 0)
      return undefined;
  }
  return undefined;
}

function instanceItems(context: Context, given: InstanceValue, scope: EvaluationScope): Values {
  const value = withBaseArguments(context, given);
  const elements = elementsOf(context, value);
  if (elements) return unite(...elements);
  for (const cls of mroOf(context, value.class).classes) {
    if (cls.kind === 'class') {
      if (cls.itemType) return bundledResult(context, cls.itemType, { self: value });
      return value.args?.[0] ?? UNKNOWN;
    }
    if (context.ownMember(cls, '__iter__').length > 0) {
      const items = flatMap(callMethod(context, value, '__iter__', [], scope), iterator =>
        nextOf(context, iterator, scope),
      );
      return items.length > 0 ? items : (value.args?.[0] ?? UNKNOWN);
    }
    if (context.ownMember(cls, '__getitem__').length > 0)
      return callMethod(context, value, '__getitem__', [context.instance('builtins.int')], scope);
  }
  return value.args?.[0] ?? UNKNOWN;
}

/** `next(iterator)` */
export function nextOf(context: Context, iterator: Value, scope: EvaluationScope): Values {
  if (iterator.type !== 'instance') return UNKNOWN;
  if (iterator.class.kind === 'class' || iterator.args) return instanceItems(context, iterator, scope);
  return callMethod(context, iterator, '__next__', [], scope);
}

/** `async for` */
export function asyncItems(context: Context, value: Value, scope: EvaluationScope): Values {
  if (value.type !== 'instance') return UNKNOWN;
  if (value.args?.[0]) return value.args[0];
  return flatMap(callMethod(context, value, '__aiter__', [], scope), iterator => {
    if (iterator.type === 'instance' && iterator.args?.[0]) return iterator.args[0];
    return flatMap(callMethod(context, iterator, '__anext__', [], scope), result =>
      awaited(context, result, scope),
    );
  });
}

/** `await value` */
export function awaited(context: Context, value: Value, scope: EvaluationScope): Values {
  if (value.type !== 'instance') return UNKNOWN;
  const name = fullName({ type: 'class', class: value.class });
  if (name === 'collections.abc.Coroutine' || name === '_collections_abc.Coroutine')
    return value.args?.[2] ?? UNKNOWN;
  if (value.args?.[0]) return value.args[0];
  return flatMap(callMethod(context, value, '__await__', [], scope), generator => generatorResult(generator));
}

/** What `yield from` gives: what the generator returns. */
export function generatorResult(value: Value): Values {
  return value.type === 'instance' ? (value.args?.[2] ?? UNKNOWN) : UNKNOWN;
}

/** `with value as …` */
export function enterResult(
  context: Context,
  value: Value,
  isAsync: boolean,
  scope: EvaluationScope,
): Values {
  if (value.type === 'instance' && value.args?.[0]) {
    const name = fullName({ type: 'class', class: value.class });
    if (name?.startsWith('contextlib.')) return value.args[0];
  }
  if (!isAsync && value.type === 'instance' && value.class.kind === 'class') {
    // What is written in C and says nothing else gives itself.
    const enter = value.class.lookup('__enter__');
    if (enter?.kind === 'method' && !enter.result) return [value];
  }
  const entered = callMethod(context, value, isAsync ? '__aenter__' : '__enter__', [], scope);
  return isAsync ? flatMap(entered, result => awaited(context, result, scope)) : entered;
}

// ---- Subscripts ------------------------------------------------------------------------------------------------

const SEQUENCES = new Set([
  'builtins.list',
  'builtins.tuple',
  'builtins.str',
  'builtins.bytes',
  'builtins.bytearray',
]);

/** `value[slice]` of anything but a class or typing form. */
export function subscript(context: Context, value: Value, slice: Expression, scope: EvaluationScope): Values {
  if (value.type === 'class') {
    // An enum's members by name.
    return inherits(context, value.class, 'enum.Enum') ? [{ type: 'instance', class: value.class }] : UNKNOWN;
  }
  if (value.type === 'typevar') return flatMap(value.bound, bound => subscript(context, bound, slice, scope));
  if (value.type !== 'instance') return UNKNOWN;
  const elements = elementsOf(context, value);
  if (elements) {
    if (slice.kind === NodeKind.Slice) return slicedTuple(context, value, elements, slice);
    const index = integer(slice);
    if (index !== undefined) return elements.at(index) ?? UNKNOWN;
    return unite(...elements);
  }
  if (slice.kind === NodeKind.Constant && slice.value.type === ConstantType.Str) {
    const declared = typedDictValue(context, value.class, slice.value.value);
    if (declared) return declared;
  }
  for (const cls of mroOf(context, value.class).classes) {
    if (cls.kind === 'class')
      return builtinSubscript(context, withBaseArguments(context, value), cls, slice, scope);
    if (context.ownMember(cls, '__getitem__').length > 0) break;
  }
  return getItem(context, value, slice, scope);
}

function builtinSubscript(
  context: Context,
  value: InstanceValue,
  cls: Class,
  slice: Expression,
  scope: EvaluationScope,
): Values {
  const name = className(cls);
  if (slice.kind === NodeKind.Slice) {
    // A slice of a subclass is of the builtin class.
    if (!SEQUENCES.has(name)) return getItem(context, value, slice, scope);
    return [{ type: 'instance', class: cls, ...(value.args && { args: value.args }) }];
  }
  switch (name) {
    case 'builtins.list':
    case 'builtins.tuple':
    case 'collections.deque':
      return typeArgument(value, 0);
    case 'builtins.dict':
    case 'builtins.mappingproxy':
    case 'collections.OrderedDict':
    case 'collections.defaultdict':
      return value.args?.[1] ?? UNKNOWN;
    case 'builtins.bytes':
    case 'builtins.bytearray':
    case 'builtins.range':
      return context.instance('builtins.int');
    default:
      return getItem(context, value, slice, scope);
  }
}

/** `value.__getitem__(slice)` */
function getItem(context: Context, value: InstanceValue, slice: Expression, scope: EvaluationScope): Values {
  const key = context.evaluate(slice, at(scope, Math.max(scope.offset, slice.start)));
  const found = callMethod(context, value, '__getitem__', [key], scope);
  return found.length > 0 ? found : (value.args?.at(-1) ?? UNKNOWN);
}

function slicedTuple(
  context: Context,
  value: InstanceValue,
  elements: readonly Values[],
  slice: Slice,
): Values {
  const lower = slice.lower ? integer(slice.lower) : 0;
  const upper = slice.upper ? integer(slice.upper) : elements.length;
  if (lower === undefined || upper === undefined || slice.step)
    return context.instance('builtins.tuple', { args: [unite(...elements)] });
  const sliced = elements.slice(lower, upper);
  return value.elements
    ? [{ type: 'instance', class: value.class, elements: sliced }]
    : context.instance('builtins.tuple', { elements: sliced });
}

/** An integer literal, negative ones too. */
function integer(node: Expression): number | undefined {
  if (node.kind === NodeKind.Constant && node.value.type === ConstantType.Int)
    return Number(node.value.value);
  if (node.kind === NodeKind.UnaryOp && node.operand.kind === NodeKind.Constant) {
    const inner = integer(node.operand);
    return inner === undefined ? undefined : -inner;
  }
  return undefined;
}
