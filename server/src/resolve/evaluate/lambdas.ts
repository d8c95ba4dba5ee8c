// What a function that is handed to another one is called with: `sorted(items, key=lambda item: …)`, `map(lambda item: …,
// items)`, and what the annotation of the parameter that takes it says, `Callable[[A], B]`.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Arg, Call, Expression, Lambda } from '../../python/ast/expressions.ts';
import type { FunctionDef } from '../../python/ast/nodes.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { pathTo } from '../../python/locate/path.ts';
import type { EvaluationScope, FunctionValue, Value, Values } from '../values.ts';
import { at, type Context } from './context.ts';
import { flatMap, UNKNOWN, unite } from './unions.ts';

/** Builtins that call what they are given with the items of something: by keyword, or by its place. */
const WITH_ITEMS: ReadonlyMap<string, { readonly keyword?: string; readonly positional?: number }> = new Map([
  ['builtins.sorted', { keyword: 'key' }],
  ['builtins.min', { keyword: 'key' }],
  ['builtins.max', { keyword: 'key' }],
  ['builtins.list.sort', { keyword: 'key' }],
  ['builtins.map', { positional: 0 }],
  ['builtins.filter', { positional: 0 }],
]);

/** What a parameter of a lambda is that stands among the arguments of a call; `scope` is that of its block. */
export function passedToLambda(context: Context, arg: Arg, node: Lambda, scope: EvaluationScope): Values {
  const index = [...node.args.posonlyargs, ...node.args.args].indexOf(arg);
  if (index < 0) return UNKNOWN;
  const path = pathTo(scope.module.analysis, node.start);
  const place = path.findIndex(located => located.node === node);
  for (let i = place - 1; i >= 0 && i >= place - 2; i--) {
    const { node: call, entry } = path[i];
    if (call.kind !== NodeKind.Call || call.func === node) continue;
    const around: EvaluationScope = { ...scope, entry, offset: call.start };
    return flatMap(context.evaluate(call.func, at(around, call.func.start)), callee =>
      passedBy(context, callee, call, node, index, around),
    );
  }
  return UNKNOWN;
}

function passedBy(
  context: Context,
  callee: Value,
  call: Call,
  node: Lambda,
  index: number,
  scope: EvaluationScope,
): Values {
  const keyword = call.keywords.find(({ value }) => value === node)?.arg ?? undefined;
  const position = call.args.indexOf(node);
  if (callee.type === 'method' && callee.function.type === 'builtin') {
    const way = WITH_ITEMS.get(nameOf(callee.function));
    return way?.keyword !== undefined && way.keyword === keyword && index === 0
      ? context.items(callee.self, scope)
      : UNKNOWN;
  }
  if (callee.type === 'builtin' || callee.type === 'class') {
    const way = WITH_ITEMS.get(nameOf(callee));
    if (way && (way.keyword === undefined ? way.positional === position : way.keyword === keyword))
      return itemsPassed(context, call, index, way.keyword !== undefined, scope);
  }
  const target = definitionOf(context, callee);
  const parameter = target && parameterFor(target, position, keyword);
  return parameter?.annotation
    ? byAnnotation(context, parameter.annotation, target!.function, index)
    : UNKNOWN;
}

/** Items of the first argument; of `map(f, a, b)` those of the argument of the same number. */
function itemsPassed(
  context: Context,
  { args }: Call,
  index: number,
  isKey: boolean,
  scope: EvaluationScope,
): Values {
  const items = (of: Expression): Values =>
    flatMap(context.evaluate(of, at(scope, of.start)), value => context.items(value, scope));
  if (!isKey) return index + 1 < args.length ? items(args[index + 1]) : UNKNOWN;
  if (index > 0 || args.length === 0) return UNKNOWN;
  // `max(a, b, key=…)` calls it with its arguments.
  return args.length === 1
    ? items(args[0])
    : unite(...args.map(given => context.evaluate(given, at(scope, given.start))));
}

function nameOf(value: Value): string {
  if (value.type === 'builtin') return `${value.function.module}.${value.function.qualname}`;
  return value.type === 'class' && value.class.kind === 'class'
    ? `${value.class.module}.${value.class.qualname}`
    : '';
}

interface Definition {
  readonly function: FunctionValue;
  readonly node: FunctionDef;
  /** How many parameters are filled before the arguments of a call. */
  readonly bound: number;
}

function definitionOf(context: Context, callee: Value): Definition | undefined {
  switch (callee.type) {
    case 'function':
      return isFunction(callee.node) ? { function: callee, node: callee.node, bound: 0 } : undefined;
    case 'method': {
      const inner = definitionOf(context, callee.function);
      return inner && { ...inner, bound: 1 };
    }
    case 'class': {
      if (callee.class.kind !== 'source') return undefined;
      const [constructor] = context.ownMember(callee.class, '__init__');
      const inner = constructor ? definitionOf(context, constructor) : undefined;
      return inner && { ...inner, bound: 1 };
    }
    default:
      return undefined;
  }
}

function parameterFor(
  { node, bound }: Definition,
  position: number,
  keyword: string | undefined,
): Arg | undefined {
  const { posonlyargs, args, kwonlyargs } = node.args;
  if (keyword !== undefined) return [...args, ...kwonlyargs].find(({ arg }) => arg === keyword);
  return position < 0 ? undefined : [...posonlyargs, ...args].at(position + bound);
}

/** `Callable[[A, B], R]` */
function byAnnotation(
  context: Context,
  annotation: Expression,
  { scope }: FunctionValue,
  index: number,
): Values {
  return flatMap(context.annotation(annotation, at(scope, annotation.start)), value => {
    if (value.type !== 'opaque' || value.qualname !== 'typing.Callable' || !value.scope) return UNKNOWN;
    const [list] = value.args ?? [];
    const item = list?.kind === NodeKind.List ? list.elts.at(index) : undefined;
    return item ? context.annotation(item, at(value.scope, item.start)) : UNKNOWN;
  });
}
