// What inspect's predicates look at, told of the evaluator's values.
import { CodeFlags } from '../../python/code/flags.ts';
import { type BuiltinType, type Described, predicatesOf } from '../../python/inspect/predicates.ts';
import { flagsAfterTypesCoroutine } from '../../python/inspect/suspension.ts';
import { lookup } from '../classes/members.ts';
import { inherits, metaclassOf, mroOf } from '../classes/mro.ts';
import { fullName } from '../classes/names.ts';
import type { Class, Evaluator, FunctionValue, SourceClass, Value } from '../values.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { madeOf, wrappingOf } from './definitions.ts';

/** The names of the predicates that hold for a value; undefined where too little is known of it. */
export function predicates(evaluator: Evaluator, value: Value): readonly string[] | undefined {
  const described = describe(evaluator, value);
  return described && predicatesOf(described, evaluator.modules.target.dialect.inspect);
}

/** Types of what is written in C. */
const BUILTIN_TYPES: Readonly<Record<string, BuiltinType>> = {
  'builtins.builtin_function_or_method': 'builtin',
  'builtins.method-wrapper': 'methodWrapper',
  'builtins.method_descriptor': 'methodDescriptor',
  'builtins.wrapper_descriptor': 'wrapperDescriptor',
  'builtins.classmethod_descriptor': 'classMethodDescriptor',
};

const DESCRIPTOR_TYPES = {
  staticmethod: 'staticmethod',
  classmethod: 'classmethod',
  property: 'property',
  cached_property: 'cachedProperty',
  singledispatchmethod: 'singledispatchmethod',
} as const;

function describe(evaluator: Evaluator, value: Value): Described | undefined {
  switch (value.type) {
    case 'module':
      return value.module.kind === 'source'
        ? { type: 'module', isPackage: value.module.isPackage }
        : undefined;
    case 'class':
      return { type: 'class', isAbstract: isAbstract(evaluator, value.class) };
    case 'function':
      return describeFunction(evaluator, value);
    case 'overloaded':
      return value.implementation && describe(evaluator, value.implementation);
    case 'builtin': {
      const type = BUILTIN_TYPES[value.function.type];
      return type && { type };
    }
    case 'method': {
      const func = describe(evaluator, value.function);
      return func && { type: 'method', func };
    }
    case 'partial': {
      const func = describe(evaluator, value.function);
      return func && { type: 'partial', func };
    }
    case 'descriptor': {
      if (value.descriptor !== 'partialmethod') return { type: DESCRIPTOR_TYPES[value.descriptor] };
      const inner = value.function.type === 'partial' ? value.function.function : value.function;
      const func = describe(evaluator, inner);
      return func && { type: 'partialmethod', func };
    }
    default:
      return undefined;
  }
}

function describeFunction(evaluator: Evaluator, value: FunctionValue): Described | undefined {
  const flags = codeFlags(value);
  if (flags === undefined || (value.opaqueDecorators?.length ?? 0) > 0) return undefined;
  switch (wrappingOf(evaluator, value)) {
    case 'itself':
      return { type: 'function', flags };
    case 'coroutine':
      return { type: 'function', flags: flagsAfterTypesCoroutine(flags) };
    case 'cache':
      return { type: 'lruCacheWrapper' };
    case 'wrapper':
    case 'dispatcher':
      // A plain function of the library.
      return { type: 'function', flags: CodeFlags.OPTIMIZED | CodeFlags.NEWLOCALS };
    case 'unknown':
      return undefined;
  }
}

const codeFlags = ({ module, node }: FunctionValue): number | undefined =>
  module.analysis.codeObjectOf(node)?.flags;

/** Whether abstract methods are left; false where that is not known. CPython: Lib/_py_abc.py, ABCMeta.__new__(). */
function isAbstract(evaluator: Evaluator, cls: Class): boolean {
  const metaclass = metaclassOf(evaluator, cls);
  if (!metaclass || !inherits(evaluator, metaclass, 'abc.ABCMeta')) return false;
  return mroOf(evaluator, cls).classes.some(
    base =>
      base.kind === 'source' &&
      abstractNames(evaluator, base).some(name => {
        const found = lookup(evaluator, cls, name);
        return (
          found !== undefined && found !== 'unknown' && found.values.some(value => marked(evaluator, value))
        );
      }),
  );
}

function abstractNames(evaluator: Evaluator, { node, module, entry }: SourceClass): string[] {
  return node.body.flatMap(statement => {
    if (!isFunction(statement)) return [];
    const scope = { module, entry, offset: statement.start, frame: undefined };
    return statement.decorator_list.some(decorator =>
      evaluator.evaluate(decorator, scope).some(value => ABSTRACT.has(fullName(value) ?? '')),
    )
      ? [statement.name]
      : [];
  });
}

const ABSTRACT = new Set([
  'abc.abstractmethod',
  'abc.abstractproperty',
  'abc.abstractclassmethod',
  'abc.abstractstaticmethod',
]);

function marked(evaluator: Evaluator, value: Value): boolean {
  const node = madeOf(value);
  if (!node || !isFunction(node)) return false;
  const fn = functionIn(value);
  return (
    fn !== undefined &&
    node.decorator_list.some(decorator =>
      evaluator
        .evaluate(decorator, { ...fn.scope, offset: decorator.start })
        .some(made => ABSTRACT.has(fullName(made) ?? '')),
    )
  );
}

function functionIn(value: Value): FunctionValue | undefined {
  if (value.type === 'function') return value;
  return value.type === 'descriptor' || value.type === 'method' ? functionIn(value.function) : undefined;
}
