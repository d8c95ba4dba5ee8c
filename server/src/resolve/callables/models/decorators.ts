// What the library's decorators make of a function or class. The keys are full names, as `__module__` and
// `__qualname__` of the decorators give them.
import type { Evaluator, Value, Values } from '../../values.ts';
import type { Arguments } from '../arguments.ts';
import { contextManagerResult } from './contextManager.ts';
import { markedClass } from './fieldModel.ts';
import { wrapsModel } from './wraps.ts';

type DecoratorModel = (evaluator: Evaluator, subject: Value) => Values;
type FactoryModel = (evaluator: Evaluator, subject: Value, args: Arguments) => Values;

/** What comes out is called, bound and described like what went in. */
const same: DecoratorModel = (_, subject) => [subject];

const descriptor =
  (
    name: 'staticmethod' | 'classmethod' | 'property' | 'cached_property' | 'singledispatchmethod',
  ): DecoratorModel =>
  (_, subject) => [{ type: 'descriptor', descriptor: name, function: subject }];

/** Decorators that leave a function as it is for who calls or describes it, directly or through `__wrapped__`. */
const TRANSPARENT =
  'abc.abstractmethod abc.ABCMeta.register atexit.register enum.global_enum enum.unique ' +
  'functools._lru_cache_wrapper functools.cache functools.lru_cache functools.singledispatch ' +
  'functools.total_ordering types.coroutine typing.final typing.no_type_check typing.override ' +
  'typing.runtime_checkable';

/** Called with arguments of their own, they give such a decorator. */
const TRANSPARENT_FACTORIES =
  'enum._simple_enum enum.verify functools.lru_cache typing.dataclass_transform warnings.deprecated ' +
  '_py_warnings.deprecated';

/** `@name` */
export const DECORATORS: ReadonlyMap<string, DecoratorModel> = new Map<string, DecoratorModel>([
  ...TRANSPARENT.split(' ').map((name): [string, DecoratorModel] => [name, same]),
  ['builtins.staticmethod', descriptor('staticmethod')],
  ['builtins.classmethod', descriptor('classmethod')],
  ['builtins.property', descriptor('property')],
  ['abc.abstractproperty', descriptor('property')],
  ['abc.abstractclassmethod', descriptor('classmethod')],
  ['abc.abstractstaticmethod', descriptor('staticmethod')],
  ['enum.property', descriptor('property')],
  ['types.DynamicClassAttribute', descriptor('property')],
  ['functools.cached_property', descriptor('cached_property')],
  ['functools.singledispatchmethod', descriptor('singledispatchmethod')],
  ['contextlib.contextmanager', (evaluator, subject) => [contextManagerResult(evaluator, subject, false)]],
  [
    'contextlib.asynccontextmanager',
    (evaluator, subject) => [contextManagerResult(evaluator, subject, true)],
  ],
  [
    'typing.overload',
    (_, subject) => [{ type: 'overloaded', overloads: [subject], implementation: undefined }],
  ],
]);

/** `@name(...)` */
export const FACTORIES: ReadonlyMap<string, FactoryModel> = new Map<string, FactoryModel>([
  ...TRANSPARENT_FACTORIES.split(' ').map((name): [string, FactoryModel] => [name, same]),
  [
    'dataclasses.dataclass',
    (_, subject, args) =>
      markedClass('dataclass', { ...args, count: 1, positional: () => [subject] }) ?? [subject],
  ],
  ['functools.wraps', (_, subject, args) => wrapsModel(subject, args.positional(0))],
]);
