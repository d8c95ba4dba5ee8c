// Code objects that hold a NaN, where constants are folded on the flow graph: each copy of a finally body computes its own,
// which is equal to none, so that what holds it is another constant in each copy. CPython: _PyCode_ConstantKey() in
// Objects/codeobject.c.
import type { Bytecode } from '../../code/bytecode.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import type { Constant } from '../../code/constant.ts';
import { ConstantType, type ConstantValue } from '../../constants/values.ts';

/** Whether a NaN is among the constants of a code object or of those nested in it. */
export function holdsNan(code: CodeObject, bytecodeOf: (code: CodeObject) => Bytecode | undefined): boolean {
  const holds = (constant: Constant): boolean =>
    constant.type === ConstantType.Code ? holdsNan(constant.code, bytecodeOf) : isNan(constant);
  return bytecodeOf(code)?.consts.some(holds) ?? false;
}

export function isNan(value: ConstantValue): boolean {
  switch (value.type) {
    case ConstantType.Float:
      return Number.isNaN(value.value);
    case ConstantType.Complex:
      return Number.isNaN(value.real) || Number.isNaN(value.imag);
    case ConstantType.Tuple:
    case ConstantType.FrozenSet:
      return value.items.some(isNan);
    case ConstantType.Slice:
      return isNan(value.start) || isNan(value.stop) || isNan(value.step);
    default:
      return false;
  }
}
