// Which constants are one: the key by which the code generator merges them. CPython: _PyCode_ConstantKey() in
// Objects/codeobject.c: type and value, -0.0 apart from 0.0, recursively in tuples and frozensets. NaN is not equal to
// itself, so that two are one constant only if they are one object.
import { ConstantType, type ConstantValue } from './values.ts';

const floatBits = new DataView(new ArrayBuffer(8));

/** Numbers of the objects that have a NaN and have been asked for. */
const nanNumbers = new WeakMap<ConstantValue, number>();
let nanCount = 0;

function nanKey(constant: ConstantValue): string {
  let number = nanNumbers.get(constant);
  if (number === undefined) nanNumbers.set(constant, (number = nanCount++));
  return `n${number}`;
}

function floatKey(value: number): string {
  floatBits.setFloat64(0, value);
  return floatBits.getBigUint64(0).toString(16);
}

const joined = (tag: string, keys: readonly string[]): string =>
  `${tag}${keys.map(key => `${key.length}:${key}`).join('')})`;

/** Equal for two constants exactly if co_consts has them once. A nested code object has no key: it is compared. */
export function constantKey(value: ConstantValue): string {
  switch (value.type) {
    case ConstantType.None:
      return 'None';
    case ConstantType.Bool:
      return value.value ? 'True' : 'False';
    case ConstantType.Ellipsis:
      return '...';
    case ConstantType.Int:
      return `i${value.value.toString(16)}`;
    case ConstantType.Float:
      return Number.isNaN(value.value) ? nanKey(value) : `f${floatKey(value.value)}`;
    case ConstantType.Complex:
      if (Number.isNaN(value.real) || Number.isNaN(value.imag)) return nanKey(value);
      return `c${floatKey(value.real)},${floatKey(value.imag)}`;
    case ConstantType.Str:
      return value.codePoints ? `cp${value.codePoints.join(',')}` : `s${value.value}`;
    case ConstantType.Bytes:
      return `b${value.value.join(',')}`;
    case ConstantType.Tuple:
      return joined('(', value.items.map(constantKey));
    case ConstantType.FrozenSet:
      return joined('{', value.items.map(constantKey).sort());
    case ConstantType.Slice:
      return joined('[', [value.start, value.stop, value.step].map(constantKey));
  }
}

/** Equal for two constants exactly if `==` says so and a dict has room for one of them: `1`, `1.0` and `True` are equal. */
export function equalityKey(value: ConstantValue): string {
  switch (value.type) {
    case ConstantType.Bool:
      return value.value ? 'i1' : 'i0';
    case ConstantType.Float:
      return Number.isInteger(value.value) ? `i${BigInt(value.value).toString(16)}` : constantKey(value);
    case ConstantType.Complex:
      if (Number.isNaN(value.real) || Number.isNaN(value.imag)) return nanKey(value);
      if (value.imag === 0) return equalityKey({ type: ConstantType.Float, value: value.real });
      return `c${floatKey(value.real + 0)},${floatKey(value.imag)}`;
    case ConstantType.Tuple:
      return joined('(', value.items.map(equalityKey));
    case ConstantType.FrozenSet:
      return joined('{', value.items.map(equalityKey).sort());
    default:
      return constantKey(value);
  }
}
