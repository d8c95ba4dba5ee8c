// Attributes that every module, class, function or instance has, and whose type the language fixes.
// CPython: Objects/funcobject.c, func_memberlist; Objects/typeobject.c, type_getsets; Objects/moduleobject.c.
import type { Value, Values } from '../values.ts';
import type { Context } from './context.ts';
import { UNKNOWN, unite } from './unions.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

const COMMON: Attributes = { __doc__: 'builtins.str', __module__: 'builtins.str', __dict__: 'builtins.dict' };
const NAMED: Attributes = { ...COMMON, __name__: 'builtins.str', __qualname__: 'builtins.str' };

const ATTRIBUTES: Readonly<Partial<Record<Value['type'], Attributes>>> = {
  module: {
    __doc__: 'builtins.str',
    __dict__: 'builtins.dict',
    __name__: 'builtins.str',
    __file__: 'builtins.str',
    __package__: 'builtins.str',
    __path__: 'builtins.list',
  },
  class: { ...NAMED, __dict__: 'builtins.mappingproxy' },
  instance: COMMON,
  function: {
    ...NAMED,
    __annotations__: 'builtins.dict',
    __code__: 'builtins.code',
    __globals__: 'builtins.dict',
  },
  method: NAMED,
  builtin: NAMED,
};

/** Such an attribute; unknown for any other name. */
export function wellKnownAttribute(context: Context, value: Value, name: string): Values {
  const type = ATTRIBUTES[value.type]?.[name];
  if (type === undefined) return UNKNOWN;
  const string = context.instance('builtins.str');
  const values =
    type === 'builtins.dict' || type === 'builtins.mappingproxy'
      ? context.instance(type, { args: [string, UNKNOWN] })
      : context.instance(type, type === 'builtins.list' ? { args: [string] } : undefined);
  return name === '__doc__' ? unite(values, context.instance('builtins.NoneType')) : values;
}
