// What a def or class is bound to once its decorators have run, and what calls of the library's function makers give:
// the decorators of the library by their models, others by following their source. Where that leads nowhere the
// function stays as it is defined, and says which decorator may have made something else of it.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import { unparse } from '../../python/ast/unparse.ts';
import { fullName } from '../classes/names.ts';
import type {
  CallArguments,
  ClassValue,
  Evaluator,
  FunctionValue,
  EvaluationScope,
  Value,
  Values,
} from '../values.ts';
import { type Arguments, writtenArguments } from './arguments.ts';
import { assignedWrapped } from './attributes.ts';
import { DECORATORS, FACTORIES } from './models/decorators.ts';
import { MAKERS } from './models/makers.ts';

/** What the name of a def or class means in the end; `scope` is where its decorators are evaluated. */
export function decorated(
  evaluator: Evaluator,
  value: FunctionValue | ClassValue,
  scope: EvaluationScope,
): Values {
  const decorators = decoratorsOf(value);
  let results: Values = value.type === 'function' ? [withAttributes(evaluator, value)] : [value];
  for (let i = decorators.length - 1; i >= 0; i--) {
    const at = { ...scope, offset: decorators[i].start };
    results = results.flatMap(result => applyDecorator(evaluator, decorators[i], result, at));
  }
  return results;
}

/** A def with what its block sets on it afterwards. */
function withAttributes(evaluator: Evaluator, value: FunctionValue): FunctionValue {
  const wrapped = assignedWrapped(evaluator, value);
  return wrapped.length === 1
    ? { ...value, attributes: { ...value.attributes, wrapped: wrapped[0] } }
    : value;
}

function decoratorsOf(value: FunctionValue | ClassValue): readonly Expression[] {
  if (value.type === 'class') return value.class.kind === 'source' ? value.class.node.decorator_list : [];
  return value.node.kind === NodeKind.Lambda ? [] : value.node.decorator_list;
}

function applyDecorator(
  evaluator: Evaluator,
  decorator: Expression,
  subject: Value,
  scope: EvaluationScope,
): Values {
  const known = propertyPart(evaluator, decorator, subject, scope);
  if (known) return known;
  if (decorator.kind === NodeKind.Call) {
    for (const factory of evaluator.evaluate(decorator.func, scope)) {
      const model = FACTORIES.get(fullName(factory) ?? '');
      if (model) return model(evaluator, subject, writtenArguments(evaluator, decorator, scope));
    }
  }
  const functions = evaluator.evaluate(decorator, scope);
  for (const value of functions) {
    const model = DECORATORS.get(fullName(value) ?? '');
    if (model) return model(evaluator, subject);
  }
  const results = functions
    .flatMap(value => evaluator.apply(value, [[subject]], scope))
    .filter(result => result.type !== 'instance' || result.constant === undefined);
  // What comes from machine code replaces what is written in Python.
  const compiled = results.filter(result => result.type === 'opaque' && subject.type !== 'opaque');
  if (compiled.length > 0 && compiled.length < results.length) return compiled;
  return results.length > 0 ? results : [opaque(decorator, subject, scope)];
}

/** `@prop.setter`, `@dispatching.register`: methods of what the decorated name is already bound to. */
function propertyPart(
  evaluator: Evaluator,
  decorator: Expression,
  subject: Value,
  scope: EvaluationScope,
): Values | undefined {
  const method = decorator.kind === NodeKind.Call ? decorator.func : decorator;
  if (method.kind !== NodeKind.Attribute) return undefined;
  switch (method.attr) {
    case 'setter':
    case 'deleter':
    case 'getter': {
      const property = evaluator
        .evaluate(method.value, scope)
        .find(value => value.type === 'descriptor' && value.descriptor === 'property');
      if (property?.type !== 'descriptor') return undefined;
      return [method.attr === 'getter' ? { ...property, function: subject } : property];
    }
    case 'register': {
      // singledispatch functions and methods, ABCs: all return what they register.
      const [owner] = evaluator.evaluate(method.value, scope);
      const registers =
        owner && (owner.type === 'function' || owner.type === 'descriptor' || owner.type === 'class');
      return registers ? [subject] : undefined;
    }
    default:
      return undefined;
  }
}

function opaque(decorator: Expression, subject: Value, scope: EvaluationScope): Value {
  if (subject.type !== 'function' && subject.type !== 'class') return subject;
  const text = `@${unparse(decorator, scope.module.analysis.target.dialect)}`;
  return { ...subject, opaqueDecorators: [...(subject.opaqueDecorators ?? []), text] };
}

/** What a call of a function or class of the library gives by its model; undefined where there is none. */
export function callByModel(
  evaluator: Evaluator,
  callee: Value,
  call: CallArguments,
  scope: EvaluationScope,
): Values | undefined {
  const name = fullName(callee);
  if (name === undefined) return undefined;
  const maker = MAKERS.get(name);
  const decorator = maker ? undefined : DECORATORS.get(name);
  if (!maker && !decorator) return undefined;
  const args = writtenArguments(evaluator, call, scope);
  if (maker) return maker(evaluator, args, callee);
  const subjects = args.positional(0);
  // With options alone it gives a decorator: `lru_cache(maxsize=8)`.
  const isOption = (value: Value): boolean => value.type === 'instance' && value.constant !== undefined;
  if (args.count === 0 || (subjects.length > 0 && subjects.every(isOption))) return undefined;
  return subjects.flatMap(value => decorator!(evaluator, value));
}

/** The same with values for arguments: of a decorator that is applied. */
export function applyByModel(evaluator: Evaluator, callee: Value, args: Arguments): Values | undefined {
  const name = fullName(callee);
  if (name === undefined) return undefined;
  const maker = MAKERS.get(name);
  if (maker) return maker(evaluator, args, callee);
  const decorator = DECORATORS.get(name);
  return decorator && args.count !== 0
    ? args.positional(0).flatMap(value => decorator(evaluator, value))
    : undefined;
}
