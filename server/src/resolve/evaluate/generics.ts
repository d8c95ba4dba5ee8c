// Type parameters: what a type variable is in a call that is followed, by what the call passes for the parameters that
// mention it, and what instances of generic classes hold.
import { NodeKind, Operator } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import { isFunction } from '../../python/ast/parts.ts';
import type {
  ClassValue,
  Frame,
  InstanceValue,
  EvaluationScope,
  SourceClass,
  Value,
  Values,
} from '../values.ts';
import { valueArguments } from './arguments.ts';
import type { Arguments, Context } from './context.ts';
import { classAround } from './methods.ts';
import { frameFor } from './parameters.ts';
import { flatMap, UNKNOWN, unite, widen } from './unions.ts';

const MOST_DEPTH = 4;

/** What a type variable is in a call and the calls around it; unknown if their arguments do not tell. */
export function solveTypeVariable(
  context: Context,
  name: string,
  frame: Frame,
  scope: EvaluationScope,
): Values {
  for (let call: Frame | undefined = frame; call; call = call.outer) {
    const { entry } = call;
    const { node } = entry;
    if (!isFunction(node)) continue;
    for (const { arg, annotation } of [
      ...node.args.posonlyargs,
      ...node.args.args,
      ...node.args.kwonlyargs,
    ]) {
      if (!annotation || !mentions(annotation, name, 0)) continue;
      const passed = call.parameter(mangledIn(entry, arg));
      const found = match(context, annotation, name, passed, scope, 0);
      if (found.length > 0) return widen(found);
    }
    const [first] = entry.varnames;
    if (first === undefined || !classAround(entry)) continue;
    for (const self of call.parameter(first)) {
      if (self.type !== 'instance' || !self.args || self.class.kind !== 'source') continue;
      const held = self.args[typeParameters(self.class).indexOf(name)];
      if (held?.length) return held;
    }
  }
  return UNKNOWN;
}

function mentions(node: Expression, name: string, depth: number): boolean {
  switch (node.kind) {
    case NodeKind.Name:
      return node.id === name;
    case NodeKind.BinOp:
      return (
        depth < MOST_DEPTH && (mentions(node.left, name, depth + 1) || mentions(node.right, name, depth + 1))
      );
    case NodeKind.Subscript:
      return depth < MOST_DEPTH && argumentsOf(node.slice).some(part => mentions(part, name, depth + 1));
    default:
      return false;
  }
}

const argumentsOf = (slice: Expression): readonly Expression[] =>
  slice.kind === NodeKind.Tuple ? slice.elts : [slice];

/** What the variable is where an annotation that mentions it stands for some values. */
function match(
  context: Context,
  annotation: Expression,
  name: string,
  values: Values,
  scope: EvaluationScope,
  depth: number,
): Values {
  if (depth > MOST_DEPTH || values.length === 0) return UNKNOWN;
  const none = context.builtinClass('builtins.NoneType');
  const given = values.filter(value => value.type !== 'instance' || value.class !== none);
  const inner = (part: Expression, held: Values): Values =>
    match(context, part, name, held, scope, depth + 1);
  switch (annotation.kind) {
    case NodeKind.Name:
      return annotation.id === name ? given : UNKNOWN;
    case NodeKind.BinOp:
      if (annotation.op !== Operator.BitOr) return UNKNOWN;
      return unite(inner(annotation.left, given), inner(annotation.right, given));
    case NodeKind.Subscript: {
      const { value: base } = annotation;
      const form = base.kind === NodeKind.Name ? base.id : base.kind === NodeKind.Attribute ? base.attr : '';
      const parts = argumentsOf(annotation.slice);
      switch (form) {
        case 'Optional':
        case 'Union':
          return unite(...parts.map(part => inner(part, given)));
        case 'type':
        case 'Type':
          return inner(
            parts[0],
            given.flatMap((value): Values =>
              value.type === 'class' ? [{ ...value, type: 'instance' }] : [],
            ),
          );
        case 'Callable':
          return parts.length === 2
            ? inner(
                parts[1],
                flatMap(given, value =>
                  context.callWith(value, { ...valueArguments([], scope), isOpen: true }, scope),
                ),
              )
            : UNKNOWN;
        default:
          return unite(
            ...parts.map((part, i) => {
              if (!mentions(part, name, 0)) return UNKNOWN;
              return inner(
                part,
                flatMap(given, value => {
                  if (value.type !== 'instance') return UNKNOWN;
                  if (parts.length > 1) return value.elements?.[i] ?? value.args?.[i] ?? UNKNOWN;
                  return value.class.kind === 'source' && value.args
                    ? value.args[0]
                    : context.items(value, scope);
                }),
              );
            }),
          );
      }
    }
    default:
      return UNKNOWN;
  }
}

/** The names of a class's type parameters, in order: PEP 695's, or those of Generic, Protocol and other bases. */
function typeParameters({ node }: SourceClass): readonly string[] {
  if (node.type_params.length > 0) return node.type_params.map(({ name }) => name);
  const bases = node.bases.flatMap(base => (base.kind === NodeKind.Subscript ? [base] : []));
  const generic = bases.find(({ value }) => {
    const name =
      value.kind === NodeKind.Name ? value.id : value.kind === NodeKind.Attribute ? value.attr : '';
    return name === 'Generic' || name === 'Protocol';
  });
  return generic
    ? argumentsOf(generic.slice).flatMap(part => (part.kind === NodeKind.Name ? [part.id] : []))
    : [];
}

/** What the arguments of a constructor tell of the type parameters of its class; undefined where nothing. */
export function constructedArguments(
  context: Context,
  value: ClassValue,
  args: Arguments,
  scope: EvaluationScope,
): readonly Values[] | undefined {
  const { class: cls } = value;
  if (cls.kind !== 'source') return undefined;
  const names = typeParameters(cls);
  if (names.length === 0) return undefined;
  const self: Value = { type: 'instance', class: cls };
  for (const method of context.attribute(self, '__init__', scope)) {
    if (method.type !== 'method' || method.function.type !== 'function') continue;
    const frame = frameFor(context, method.function, args, self);
    const solved = frame && names.map(name => solveTypeVariable(context, name, frame, scope));
    if (solved?.some(values => values.length > 0)) return solved;
  }
  return undefined;
}

/** An instance with what its class says that it holds: `class Stack(list[int])`. */
export function withBaseArguments(context: Context, value: InstanceValue): InstanceValue {
  const { class: cls } = value;
  if (value.args || value.elements || cls.kind !== 'source') return value;
  for (const base of cls.node.bases) {
    if (base.kind !== NodeKind.Subscript) continue;
    for (const found of context.evaluate(base, { ...cls.scope, offset: base.start })) {
      if (found.type === 'class' && found.class.kind === 'class' && found.args?.some(list => list.length > 0))
        return { ...value, args: found.args };
    }
  }
  return value;
}
