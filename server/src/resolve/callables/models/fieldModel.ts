// Finds dataclass(), or whichever similar function makes methods from the fields of a class: applied as a decorator, inside
// another decorator, through a partial object, or by a metaclass. The options are what the library's own function gets.
import { ConstantType } from '../../../python/constants/values.ts';
import { className } from '../../classes/names.ts';
import type { Evaluator, FieldModel, FunctionValue, SourceClass, Value, Values } from '../../values.ts';
import type { Arguments } from '../arguments.ts';

type Maker = FieldModel['maker'];

/** What makes methods from the fields of a class; undefined if nothing is known to. */
export function fieldModelOf(evaluator: Evaluator, cls: SourceClass): FieldModel | undefined {
  const { decorator_list: decorators, bases, keywords } = cls.node;
  if (decorators.length === 0 && bases.length === 0 && keywords.length === 0) return undefined;
  for (const value of evaluator.madeClass(cls))
    if (value.type === 'class' && value.class === cls && value.fields) return value.fields;
  return undefined;
}

/** None and other constants are no class that is not known: `type.__new__(…)` gives an instance of the metaclass. */
const isOption = (value: Value): boolean =>
  value.type !== 'instance' || value.constant !== undefined || className(value.class) === 'builtins.NoneType';

/** `cls` with what the call of a maker gives it; undefined for a call without a class, which makes a decorator. */
export function markedClass(maker: Maker, args: Arguments): Values | undefined {
  const given = args.positional(0);
  const subjects = given.filter(value => value.type === 'class');
  if (subjects.length === 0) return args.count === 0 || given.some(isOption) ? undefined : [];
  return subjects.map(value => ({
    ...value,
    fields: { maker, option: (name: string) => args.keyword(name) },
  }));
}

/** A decorator's inner function is called: the options are the parameters of the one around it. */
export function markedByInner(maker: Maker, args: Arguments, inner: FunctionValue): Values | undefined {
  const { frame } = inner.scope;
  const subjects = args.positional(0).filter(value => value.type === 'class');
  if (subjects.length === 0) return undefined;
  return subjects.map(value => ({
    ...value,
    fields: { maker, option: (name: string): Values => frame?.parameter(name) ?? [] },
  }));
}

/** What an option says that is True or False; `otherwise` where it is not given, undefined where that is not known. */
export function flagOption(
  model: FieldModel,
  name: string,
  otherwise: boolean | undefined,
): boolean | undefined {
  const values = model.option(name);
  if (values.length === 0) return otherwise;
  const [value, another] = values;
  return !another && isBool(value) ? value.constant.value : undefined;
}

const isBool = (value: Value): value is Value & { constant: { type: ConstantType.Bool; value: boolean } } =>
  value.type === 'instance' && value.constant?.type === ConstantType.Bool;
