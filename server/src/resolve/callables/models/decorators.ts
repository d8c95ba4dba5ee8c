// What the library's decorators make of a function or class. The keys are full names, as `__module__` and
// `__qualname__` of the decorators give them.
import type { Parameter } from '../../../python/inspect/parameter.ts';
import type { Evaluator, FunctionAttributes, Value, Values } from '../../values.ts';
import type { Arguments } from '../arguments.ts';
import { contextManagerResult } from './contextManager.ts';
import { parametersNamed } from './generate.ts';
import { markedClass } from './fieldModel.ts';
import { deprecateNonkeywordArguments, makeKeywordOnly, preprocessData } from './keywordOnly.ts';
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

/** `cache_clear()` and its like are there on what lru_cache() makes. */
const cached: DecoratorModel = (_, subject) =>
  withAttributes(subject, { type: 'functools._lru_cache_wrapper' });

const dispatching: DecoratorModel = (_, subject) => withAttributes(subject, { members: DISPATCHING });

const withAttributes = (subject: Value, attributes: FunctionAttributes): Values => [
  subject.type === 'function'
    ? { ...subject, attributes: { ...subject.attributes, ...attributes } }
    : subject,
];

/** What singledispatch() sets on its wrapper. CPython: Lib/functools.py, singledispatch() */
const DISPATCHING: ReadonlyMap<string, Value> = new Map(
  [
    { name: 'register', parameters: [...parametersNamed(['cls']), ...optional('func')] },
    { name: 'dispatch', parameters: parametersNamed(['cls']) },
  ].map(({ name, parameters }): [string, Value] => [
    name,
    {
      type: 'builtin',
      function: {
        kind: 'function',
        name,
        qualname: `singledispatch.<locals>.${name}`,
        module: 'functools',
        type: 'builtins.function',
        signature: { parameters },
      },
    },
  ]),
);

function optional(name: string): Parameter[] {
  return parametersNamed([name]).map(parameter => ({ ...parameter, default: 'None' }));
}

/** Decorators after which a function is called and described as before, directly or through `__wrapped__`. */
const TRANSPARENT =
  'abc.abstractmethod abc.ABCMeta.register atexit.register enum.global_enum enum.unique ' +
  'functools._lru_cache_wrapper ' +
  'functools.total_ordering types.coroutine typing.final typing.no_type_check typing.override ' +
  'typing.runtime_checkable';

/** Called with arguments of their own, they give such a decorator. */
const TRANSPARENT_FACTORIES =
  'enum._simple_enum enum.verify typing.dataclass_transform warnings.deprecated ' + '_py_warnings.deprecated';

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
  ['functools.cache', cached],
  ['functools.lru_cache', cached],
  ['functools.singledispatch', dispatching],
  ['functools.singledispatchmethod', descriptor('singledispatchmethod')],
  ['contextlib.contextmanager', (evaluator, subject) => [contextManagerResult(evaluator, subject, false)]],
  [
    'contextlib.asynccontextmanager',
    (evaluator, subject) => [contextManagerResult(evaluator, subject, true)],
  ],
  ['matplotlib._preprocess_data', preprocessData],
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
  ['functools.lru_cache', cached],
  ['matplotlib._api.deprecation.make_keyword_only', makeKeywordOnly],
  ['matplotlib._preprocess_data', preprocessData],
  ['pandas.util._decorators.deprecate_nonkeyword_arguments', deprecateNonkeywordArguments],
  ['functools.wraps', (_, subject, args) => wrapsModel(subject, args.positional(0))],
]);
