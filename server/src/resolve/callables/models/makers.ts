// What calls of the library's functions and classes make: partial objects, descriptors, wrappers, named tuples,
// enumerations. The keys are full names.
import type { ClassValue, Evaluator, Value, Values } from '../../values.ts';
import type { Arguments } from '../arguments.ts';
import { functionalEnum } from './enums.ts';
import { madeClass } from './madeClass.ts';
import { makeDataclass } from './makeDataclass.ts';
import { typedDict } from './typedDict.ts';
import { namedTuple, typedNamedTuple } from './namedTuple.ts';
import { partialModel } from './partial.ts';
import { typeVariable, unsigned } from './typeVariable.ts';
import { wrapsModel } from './wraps.ts';

/** undefined where the model does not apply after all, and the call is one like others. */
type MakerModel = (evaluator: Evaluator, args: Arguments, callee: Value) => Values | undefined;

const propertyOf: MakerModel = (_, args) => {
  const getters = args.count === 0 ? args.keyword('fget') : args.positional(0);
  return getters.map((getter): Value => ({ type: 'descriptor', descriptor: 'property', function: getter }));
};

/** A class with EnumMeta is called: with names as well, it is a new enumeration. */
export const MAKERS: ReadonlyMap<string, MakerModel> = new Map<string, MakerModel>([
  ['builtins.property', propertyOf],
  ['functools.partial', (_, args) => partialModel(args)],
  [
    'functools.partialmethod',
    (_, args) =>
      partialModel(args)?.map(partial => ({
        type: 'descriptor',
        descriptor: 'partialmethod',
        function: partial,
      })),
  ],
  [
    'functools.update_wrapper',
    (_, args) => {
      const wrapped = args.count === 1 ? args.keyword('wrapped') : args.positional(1);
      const wrappers = args.positional(0);
      // A wrapper that is not known is at least described like what it wraps.
      return wrappers.length > 0 ? wrappers.flatMap(wrapper => wrapsModel(wrapper, wrapped)) : wrapped;
    },
  ],
  ['builtins.type', (evaluator, args) => madeClass(evaluator, args)],
  [
    'builtins.method',
    (_, args) => {
      const [self] = args.positional(1);
      if (self?.type !== 'instance' && self?.type !== 'class') return undefined;
      return args.positional(0).map((value): Value => ({ type: 'method', function: value, self }));
    },
  ],
  [
    'typing.cast',
    (evaluator, { written }) => {
      const [type] = written?.call.args ?? [];
      return type && written ? evaluator.annotation(type, written.scope) : undefined;
    },
  ],
  ['typing.TypeVar', (evaluator, args) => typeVariable(evaluator, args)],
  ['typing.ParamSpec', (evaluator, args) => typeVariable(evaluator, args)],
  ['typing.TypeVarTuple', (evaluator, args) => typeVariable(evaluator, args)?.map(unsigned)],
  ['collections.namedtuple', (evaluator, args) => namedTuple(evaluator, args)],
  ['typing.NamedTuple', (evaluator, args) => typedNamedTuple(evaluator, args)],
  ['dataclasses.make_dataclass', (evaluator, args) => makeDataclass(evaluator, args)],
  ['typing.TypedDict', (evaluator, args) => typedDict(evaluator, args)],
  ['enum.Enum', functionalEnumOf],
  ['enum.IntEnum', functionalEnumOf],
  ['enum.StrEnum', functionalEnumOf],
  ['enum.Flag', functionalEnumOf],
  ['enum.IntFlag', functionalEnumOf],
]);

function functionalEnumOf(evaluator: Evaluator, args: Arguments, callee: Value): Values | undefined {
  return functionalEnum(evaluator, args, callee as ClassValue);
}
