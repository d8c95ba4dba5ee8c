// What instances an annotation promises. Strings are parsed, `Optional` and unions taken apart, what says nothing
// (`Any`, a type variable without bound) promises nothing.
import { NodeKind, Operator } from '../../python/ast/kinds.ts';
import type { Constant, Expression } from '../../python/ast/expressions.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { analyze } from '../../python/index.ts';
import { className } from '../classes/names.ts';
import type { OpaqueValue, EvaluationScope, Value, Values } from '../values.ts';
import { at, type Context, frameOf } from './context.ts';
import { solveTypeVariable } from './generics.ts';
import { Reads } from './memo.ts';
import { flatMap, UNKNOWN, unite } from './unions.ts';

export function annotationValues(context: Context, node: Expression, scope: EvaluationScope): Values {
  const place = at(scope, Math.max(scope.offset, node.start));
  switch (node.kind) {
    case NodeKind.Constant: {
      if (node.value.type === ConstantType.None) return context.instance('builtins.NoneType');
      const parsed = node.value.type === ConstantType.Str ? parseString(node, scope) : undefined;
      return parsed ? context.annotation(parsed, place) : UNKNOWN;
    }
    case NodeKind.BinOp:
      if (node.op !== Operator.BitOr) return UNKNOWN;
      return unite(context.annotation(node.left, place), context.annotation(node.right, place));
    case NodeKind.Subscript: {
      const args = node.slice.kind === NodeKind.Tuple ? node.slice.elts : [node.slice];
      return flatMap(context.evaluate(node.value, place), base => subscripted(context, base, args, place));
    }
    case NodeKind.Name:
    case NodeKind.Attribute:
      return flatMap(context.evaluate(node, place), value => promised(context, value, place));
    default:
      return UNKNOWN;
  }
}

const parsedStrings = new WeakMap<Constant, Expression | null>();

/** The expression in a string; undefined if it is none. */
function parseString(node: Constant, { module }: EvaluationScope): Expression | undefined {
  let parsed = parsedStrings.get(node);
  if (parsed === undefined) {
    parsed = null;
    if (node.value.type === ConstantType.Str) {
      // As eval() has it: in parentheses, so that lines may be broken.
      const { module: tree, parsed: result } = analyze(`(${node.value.value})`, module.analysis.target);
      const [statement] = tree.body;
      if (result.errors.length === 0 && statement.kind === NodeKind.Expr) parsed = statement.value;
    }
    parsedStrings.set(node, parsed);
  }
  return parsed ?? undefined;
}

/** Instances of what a value stands for in an annotation. */
export function promised(context: Context, value: Value, scope: EvaluationScope): Values {
  switch (value.type) {
    case 'class':
      return [instanceOf(value)];
    case 'typevar': {
      context.read(Reads.Parameters | Reads.Self);
      const solved = scope.frame ? solveTypeVariable(context, value.name, scope.frame, scope) : UNKNOWN;
      return solved.length > 0 ? solved : value.bound;
    }
    case 'instance':
      // None is written for its type.
      return className(value.class) === 'builtins.NoneType' ? [value] : UNKNOWN;
    case 'opaque':
      if (value.args && value.scope) return form(context, value, value.args, value.scope);
      switch (value.qualname) {
        case 'typing.Self':
          return selfInstance(context, scope);
        case 'typing.Type':
          return context.instance('builtins.type');
        case 'typing.Tuple':
          return context.instance('builtins.tuple');
        case 'typing.LiteralString':
          return context.instance('builtins.str');
        default:
          return UNKNOWN;
      }
    default:
      return UNKNOWN;
  }
}

function instanceOf(value: Extract<Value, { type: 'class' }>): Value {
  const { class: cls, args, elements } = value;
  return {
    type: 'instance',
    class: cls,
    ...(args && { args }),
    ...(elements && { elements }),
  };
}

/** `base[args]` */
function subscripted(
  context: Context,
  base: Value,
  args: readonly Expression[],
  scope: EvaluationScope,
): Values {
  if (base.type === 'opaque') return form(context, base, args, scope);
  const value = subscriptedClass(context, base, args, scope);
  if (value && args.length === 1 && className(value.class) === 'builtins.type')
    return classesOf(context.annotation(args[0], scope));
  return value ? [instanceOf(value)] : UNKNOWN;
}

/** `list[int]` as a value: the class, and what its instances hold. */
export function subscriptedClass(
  context: Context,
  base: Value,
  args: readonly Expression[],
  scope: EvaluationScope,
): Extract<Value, { type: 'class' }> | undefined {
  if (base.type !== 'class') return undefined;
  const name = className(base.class);
  if (name === 'builtins.tuple') {
    const isVariadic = args.length === 2 && isEllipsis(args[1]);
    if (isVariadic) return { ...base, args: [context.annotation(args[0], scope)] };
    return { ...base, elements: args.map(arg => context.annotation(arg, scope)) };
  }
  return { ...base, args: args.map(arg => context.annotation(arg, scope)) };
}

const isEllipsis = (node: Expression): boolean =>
  node.kind === NodeKind.Constant && node.value.type === ConstantType.Ellipsis;

function form(
  context: Context,
  value: OpaqueValue,
  args: readonly Expression[],
  scope: EvaluationScope,
): Values {
  const first = (): Values => (args[0] ? context.annotation(args[0], scope) : UNKNOWN);
  switch (value.qualname) {
    case 'typing.Optional':
      return unite(first(), context.instance('builtins.NoneType'));
    case 'typing.Union':
      return unite(...args.map(arg => context.annotation(arg, scope)));
    case 'typing.Annotated':
    case 'typing.ClassVar':
    case 'typing.Final':
    case 'typing.Required':
    case 'typing.NotRequired':
    case 'typing.ReadOnly':
    case 'typing.TypeAliasType':
      return first();
    case 'typing.TypeGuard':
    case 'typing.TypeIs':
      return context.instance('builtins.bool');
    case 'typing.Literal':
      return unite(...args.map(arg => context.evaluate(arg, at(scope, Math.max(scope.offset, arg.start)))));
    case 'typing.Callable':
      return [{ type: 'opaque', qualname: 'typing.Callable', args, scope }];
    case 'typing.Type':
      return classesOf(first());
    case 'typing.Tuple': {
      const tuple = context.builtinClass('builtins.tuple');
      const cls = tuple && subscriptedClass(context, { type: 'class', class: tuple }, args, scope);
      return cls ? [instanceOf(cls)] : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** The classes of instances: what `type[X]` is. */
export function classesOf(instances: Values): Values {
  return unite(
    ...instances.map((value): Values =>
      value.type === 'instance' ? [{ type: 'class', class: value.class }] : UNKNOWN,
    ),
  );
}

/** What calling a `Callable[…, R]` gives. */
export function callableResult(context: Context, value: OpaqueValue): Values {
  const { args, scope } = value;
  return args?.length === 2 && scope ? context.annotation(args[1], scope) : UNKNOWN;
}

/** `Self`: of the call that is followed, else of the class around. */
function selfInstance(context: Context, scope: EvaluationScope): Values {
  const frame = frameOf(scope.entry, scope.frame) ?? scope.frame;
  const first = frame?.entry.varnames[0];
  if (frame && first !== undefined) {
    const self = frame.parameter(first);
    if (self.length > 0)
      return self.map((value): Value =>
        value.type === 'class' ? { type: 'instance', class: value.class } : value,
      );
  }
  context.read(Reads.Self);
  const cls = context.classAround(scope);
  return cls ? [{ type: 'instance', class: cls }] : UNKNOWN;
}
