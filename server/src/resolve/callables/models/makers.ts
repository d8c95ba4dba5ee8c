// What calls of the library's functions and classes make: partial objects, descriptors, wrappers, named tuples,
// enumerations. The keys are full names.
import type { Expression } from '../../../python/ast/expressions.ts';
import type { ClassValue, Evaluator, FieldModel, Value, Values } from '../../values.ts';
import type { Arguments } from '../arguments.ts';
import { factoryValue, fieldValue } from './attrs.ts';
import { functionalEnum } from './enums.ts';
import { markedByInner, markedClass } from './fieldModel.ts';
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

/** For a function without a source, called with options only: a decorator that will call the function with these options. */
const ownPartial = ({ written }: Arguments, callee: Value): Values | undefined => {
  if (callee.type !== 'builtin' || !written || written.call.args.length > 0) return undefined;
  const keywords = new Map<string, Expression>();
  for (const { arg, value } of written.call.keywords) if (arg !== null) keywords.set(arg, value);
  return [{ type: 'partial', function: callee, args: [], keywords, scope: written.scope }];
};

/** The parameters of what dataclass() calls in the end. CPython: Lib/dataclasses.py, _process_class() */
const PROCESSED = 'cls init repr eq order unsafe_hash frozen match_args kw_only slots weakref_slot'.split(
  ' ',
);

/** The function inside of a decorator that takes options. */
const innerOf =
  (maker: FieldModel['maker']): MakerModel =>
  (_, args, callee) =>
    callee.type === 'function' ? markedByInner(maker, args, callee) : undefined;

/** A class with EnumMeta is called: with names as well, it is a new enumeration. */
export const MAKERS: ReadonlyMap<string, MakerModel> = new Map<string, MakerModel>([
  ['builtins.property', propertyOf],
  ['dataclasses.dataclass', (_, args, callee) => markedClass('dataclass', args) ?? ownPartial(args, callee)],
  ['dataclasses.field', fieldValue],
  ['attr._make.attrib', fieldValue],
  ['attr._next_gen.field', fieldValue],
  ['attr._make.Factory', factoryValue],
  ['attr._make.attrs.<locals>.wrap', innerOf('attrs')],
  ['attr._next_gen.define.<locals>.wrap', innerOf('attrs')],
  [
    'dataclasses._process_class',
    (_, args) =>
      markedClass('dataclass', {
        ...args,
        keyword: name => args.positional(PROCESSED.indexOf(name)),
      }),
  ],
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
    (evaluator, args) => {
      const { written } = args;
      const [type] = written?.call.args ?? [];
      // A function or class stays what it is, whatever type checkers are to take it for.
      const given = args.positional(1).filter(({ type }) => type === 'function' || type === 'class');
      if (given.length > 0) return given;
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
