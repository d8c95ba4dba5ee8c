// What each kind of binding gives the name that it binds.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import type { EvaluationScope, Value, Values } from '../values.ts';
import type { Binding, PatternStep, Unpacking } from './bindings.ts';
import { asyncItems, elementsOf, enterResult } from './containers.ts';
import { withContents } from './contents.ts';
import { at, type Context } from './context.ts';
import { importedValues } from './imports.ts';
import { operatorResult } from './operators.ts';
import { parameterValues } from './parameters.ts';
import { flatMap, UNKNOWN, unite } from './unions.ts';

/** The values that a binding in a scope's block gives. The scope's offset does not matter. */
export function bindingValues(context: Context, binding: Binding, scope: EvaluationScope): Values {
  switch (binding.type) {
    case 'assign': {
      const values = context.evaluate(binding.value, at(scope, binding.value.start));
      if (binding.path.length > 0) return takeApart(context, values, binding.path, scope);
      return withContents(context, values, binding.key, scope);
    }
    case 'walrus': {
      const { value, within } = binding;
      const entry = (within && scope.module.analysis.symbolTable.block(within)) ?? scope.entry;
      return context.evaluate(value, { ...scope, entry, offset: value.start });
    }
    case 'augment': {
      const { node } = binding;
      const place = at(scope, node.start);
      return operatorResult(
        context,
        context.evaluate(node.target, place),
        node.op,
        context.evaluate(node.value, at(scope, node.value.start)),
        place,
        true,
      );
    }
    case 'annotated': {
      const { annotation, value } = binding;
      const declared = context.annotation(annotation, at(scope, annotation.start));
      const given = value ? context.evaluate(value, at(scope, value.start)) : UNKNOWN;
      // An annotation may say less than the value: `x: Any = f()`, `x: Optional[C] = None`, `x: Callable = f`.
      if (
        given.length > 0 &&
        declared.every(each => each.type === 'opaque' && each.qualname === 'typing.Callable')
      )
        return given;
      return declared.length > 0 ? declared : given;
    }
    case 'loop': {
      const iterable = context.evaluate(binding.iter, at(iterScope(binding.iter, scope), binding.iter.start));
      const items = flatMap(iterable, value =>
        binding.isAsync ? asyncItems(context, value, scope) : context.items(value, scope),
      );
      return takeApart(context, items, binding.path, scope);
    }
    case 'with': {
      const managers = context.evaluate(binding.value, at(scope, binding.value.start));
      const entered = flatMap(managers, value => enterResult(context, value, binding.isAsync, scope));
      return takeApart(context, entered, binding.path, scope);
    }
    case 'except':
      return exceptValues(context, binding, scope);
    case 'import':
    case 'from':
    case 'star':
      return importedValues(context, binding, scope);
    case 'function': {
      const values = context.decorated(context.functionValue(binding.node, at(scope, binding.start)), scope);
      return withAttributes(context, values, binding.node.name, scope);
    }
    case 'class':
      return context.decorated(
        { type: 'class', class: context.sourceClass(binding.node, at(scope, binding.start)) },
        scope,
      );
    case 'parameter':
      return parameterValues(context, binding.node, scope);
    case 'pattern': {
      let values = context.evaluate(binding.subject, at(scope, binding.subject.start));
      for (const step of binding.path) values = matched(context, values, step, scope);
      return values;
    }
    case 'typeparam': {
      const { node } = binding;
      const entry = scope.module.analysis.symbolTable.boundBlock(node) ?? scope.entry;
      const bound =
        node.kind === NodeKind.TypeVar && node.bound
          ? context.annotation(node.bound, { ...scope, entry, offset: node.bound.start })
          : UNKNOWN;
      return [{ type: 'typevar', name: node.name, bound }];
    }
    case 'typealias': {
      const { node } = binding;
      const { symbolTable } = scope.module.analysis;
      const entry = symbolTable.block(node) ?? symbolTable.typeParametersBlock(node) ?? scope.entry;
      return [
        {
          type: 'opaque',
          qualname: 'typing.TypeAliasType',
          args: [node.value],
          scope: { ...scope, entry, offset: node.end },
        },
      ];
    }
    case 'delete':
      return UNKNOWN;
  }
}

/** What is set on a function behind its def: `f.__wrapped__ = …`. */
function withAttributes(context: Context, values: Values, name: string, scope: EvaluationScope): Values {
  const { bindings } = context.index(scope.module, scope.entry);
  const read = (attribute: string): Values | undefined => {
    const last = bindings.get(`${name}.${attribute}`)?.at(-1);
    if (!last) return undefined;
    // What it is made from counts: `inspect.signature(function)`.
    if (last.type === 'assign' && last.value.kind === NodeKind.Call)
      for (const arg of last.value.args) context.evaluate(arg, at(scope, arg.start));
    return context.binding(last, scope);
  };
  const wrapped = read('__wrapped__')?.[0];
  const signature = read('__signature__');
  if (!wrapped && !signature) return values;
  return values.map(value =>
    value.type === 'function'
      ? {
          ...value,
          attributes: { ...value.attributes, ...(wrapped && { wrapped }), ...(signature && { signature }) },
        }
      : value,
  );
}

/** The first iterable of a comprehension is evaluated around it. */
function iterScope(iter: Expression, scope: EvaluationScope): EvaluationScope {
  const { node, parent } = scope.entry;
  switch (node.kind) {
    case NodeKind.ListComp:
    case NodeKind.SetComp:
    case NodeKind.DictComp:
    case NodeKind.GeneratorExp:
      return node.generators[0].iter === iter && parent ? { ...scope, entry: parent } : scope;
    default:
      return scope;
  }
}

/** Follows the way to a target in `a, (b, *c) = value`. */
export function takeApart(
  context: Context,
  values: Values,
  path: readonly Unpacking[],
  scope: EvaluationScope,
): Values {
  let result = values;
  for (const step of path) result = flatMap(result, value => unpacked(context, value, step, scope));
  return result;
}

function unpacked(context: Context, value: Value, step: Unpacking, scope: EvaluationScope): Values {
  const { index, behind, starred, afterStar } = step;
  const elements = value.type === 'instance' ? elementsOf(context, value) : undefined;
  if (starred) {
    const items = elements
      ? unite(...elements.slice(index, elements.length - behind))
      : context.items(value, scope);
    return context.instance('builtins.list', { args: [items] });
  }
  if (elements) return elements[afterStar ? elements.length - 1 - behind : index] ?? UNKNOWN;
  return context.items(value, scope);
}

function exceptValues(
  context: Context,
  { node, isStar }: Extract<Binding, { type: 'except' }>,
  scope: EvaluationScope,
): Values {
  if (!node.type) return UNKNOWN;
  const place = at(scope, node.type.start);
  const classes = flatMap(context.evaluate(node.type, place), value =>
    value.type === 'instance' ? context.items(value, place) : [value],
  );
  const caught = classes.flatMap((value): Values =>
    value.type === 'class' ? [{ type: 'instance', class: value.class }] : [],
  );
  return isStar ? context.instance('builtins.ExceptionGroup', { args: [caught] }) : caught;
}

function matched(context: Context, values: Values, step: PatternStep, scope: EvaluationScope): Values {
  switch (step.type) {
    case 'class':
      return classPattern(context, values, step.cls, scope);
    case 'attribute':
      return flatMap(classPattern(context, values, step.cls, scope), value =>
        context.attribute(value, step.name, scope),
      );
    case 'positional':
      return flatMap(classPattern(context, values, step.cls, scope), value =>
        positional(context, value, step.index, scope),
      );
    case 'value':
      return context.evaluate(step.value, at(scope, step.value.start));
    case 'item':
      return flatMap(values, value => unpacked(context, value, step.unpacking, scope));
    case 'mapping':
      return flatMap(values, value => (value.type === 'instance' ? (value.args?.[1] ?? UNKNOWN) : UNKNOWN));
    case 'unknown':
      return UNKNOWN;
  }
}

function classPattern(context: Context, values: Values, cls: Expression, scope: EvaluationScope): Values {
  return flatMap(context.evaluate(cls, at(scope, cls.start)), value => {
    if (value.type !== 'class') return UNKNOWN;
    const fitting = values.filter(candidate => context.isInstance(candidate, value.class));
    return fitting.length > 0 ? fitting : [{ type: 'instance', class: value.class }];
  });
}

/** Positional sub-patterns by `__match_args__`; builtin types match themselves. */
function positional(context: Context, value: Value, index: number, scope: EvaluationScope): Values {
  const names = flatMap(context.attribute(value, '__match_args__', scope), names =>
    names.type === 'instance' ? (names.elements?.[index] ?? UNKNOWN) : UNKNOWN,
  );
  const name = names.length === 1 ? context.stringOf(names[0]) : undefined;
  if (name !== undefined) return context.attribute(value, name, scope);
  const isBuiltin =
    value.type === 'instance' && value.class.kind === 'class' && value.class.module === 'builtins';
  return isBuiltin && index === 0 ? [value] : UNKNOWN;
}
