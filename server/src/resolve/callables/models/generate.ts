// Methods that the library makes at run time: functions without a source, but with a signature.
import type { BundledType } from '../../bundled/library.ts';
import { type Parameter, ParameterKind } from '../../../python/inspect/parameter.ts';
import type { Signature } from '../../../python/inspect/signature.ts';
import { classModule, classQualname } from '../../classes/names.ts';
import type { BuiltinFunctionValue, Class, Value } from '../../values.ts';

const KINDS: Readonly<Record<string, ParameterKind>> = {
  '*': ParameterKind.VAR_POSITIONAL,
  '**': ParameterKind.VAR_KEYWORD,
  '/': ParameterKind.POSITIONAL_ONLY,
};

/** Parameters from their names: `['/self', '**changes']` is `(self, /, **changes)`. */
export const parametersNamed = (names: readonly string[]): Parameter[] =>
  names.map(text => {
    const [, mark, name] = /^(\*{0,2}|\/)(\w+)$/.exec(text)!;
    return { name, kind: KINDS[mark] ?? ParameterKind.POSITIONAL_OR_KEYWORD };
  });

/** A method of a class as the class has it, `self` included. */
export const generatedMethod = (
  cls: Class,
  name: string,
  signature: Signature,
  result?: BundledType,
): BuiltinFunctionValue => ({
  type: 'builtin',
  function: {
    kind: 'method',
    name,
    qualname: `${classQualname(cls)}.${name}`,
    module: classModule(cls),
    type: 'builtins.function',
    signature,
    ...(result && { result: [result] }),
  },
});

/** A method that is there, of which nothing is known. */
export const UNKNOWN_METHOD: Value = { type: 'opaque', qualname: '' };

export const asClassMethod = (method: Value): Value => ({
  type: 'descriptor',
  descriptor: 'classmethod',
  function: method,
});

export const asStaticMethod = (method: Value): Value => ({
  type: 'descriptor',
  descriptor: 'staticmethod',
  function: method,
});

export const BOOL: BundledType = { type: 'instance', name: 'builtins.bool', args: [] };
export const STR: BundledType = { type: 'instance', name: 'builtins.str', args: [] };
export const INT: BundledType = { type: 'instance', name: 'builtins.int', args: [] };
export const NONE_TYPE: BundledType = { type: 'instance', name: 'builtins.NoneType', args: [] };
export const SELF: BundledType = { type: 'self' };
