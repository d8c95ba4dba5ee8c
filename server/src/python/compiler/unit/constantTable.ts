// The constants of a code object in the making, each once, in the order in which the code generator adds them. What
// counts as one constant is said in constants/key.ts; the common types are found without building such keys.
// CPython: dict_add_o(), merge_consts_recursive() in Python/compile.c. That merging makes equal items of tuples one
// object as well, which nothing here can tell.
import type { Constant } from '../../code/constant.ts';
import { constantKey } from '../../constants/key.ts';
import { ConstantType, NONE, type ConstantValue } from '../../constants/values.ts';

/** Stands for -0.0, which a Map takes for 0. */
const NEGATIVE_ZERO = {};
/** Stands for `...`. */
const ELLIPSIS = {};

/** As long as there are no more, they are looked through; that takes less than keeping an index. */
const FEW = 8;

export class ConstantTable {
  /** The constants by index. */
  readonly values: Constant[] = [];
  /** Indices by what no two different constants share: strings, bigints of ints, numbers of floats, single objects. */
  private direct: Map<unknown, number> | null = null;
  /** Indices of all others, by key, as far as `keyedCount`. */
  private keyed: Map<string, number> | null = null;
  private keyedCount = 0;
  /** The index of None, which is asked for most. */
  private none = -1;

  /** The constant's index, a new one if it was not there. Code objects are told apart by identity. */
  add(value: Constant): number {
    if (value !== NONE) return this.addAny(value);
    if (this.none < 0) this.none = this.addAny(value);
    return this.none;
  }

  private addAny(value: Constant): number {
    const { values } = this;
    if (this.direct === null) {
      for (let i = 0; i < values.length; i++) if (isSame(values[i], value)) return i;
      if (values.length < FEW) {
        return isOpaque(value) ? this.addByKey(value as ConstantValue) : values.push(value) - 1;
      }
      this.direct = new Map();
      for (let i = 0; i < values.length; i++)
        if (!needsKey(values[i])) this.direct.set(directKey(values[i]), i);
    }
    return needsKey(value)
      ? this.addByKey(value as ConstantValue)
      : this.addTo(this.direct, directKey(value), value);
  }

  private addByKey(value: ConstantValue): number {
    const { values } = this;
    const keyed = (this.keyed ??= new Map<string, number>());
    for (; this.keyedCount < values.length; this.keyedCount++) {
      const known = values[this.keyedCount];
      if (needsKey(known)) keyed.set(constantKey(known as ConstantValue), this.keyedCount);
    }
    const index = this.addTo(keyed, constantKey(value), value);
    this.keyedCount = values.length;
    return index;
  }

  private addTo(map: Map<unknown, number>, key: unknown, value: Constant): number {
    const known = map.get(key);
    if (known !== undefined) return known;
    const index = this.values.push(value) - 1;
    map.set(key, index);
    return index;
  }
}

/** Whether a constant is told from others by a key that is made for that. */
function needsKey(value: Constant): boolean {
  switch (value.type) {
    case ConstantType.Str:
      return value.codePoints !== undefined;
    case ConstantType.Int:
    case ConstantType.Float:
    case ConstantType.Bool:
    case ConstantType.None:
    case ConstantType.Ellipsis:
    case ConstantType.Code:
      return false;
    default:
      return true;
  }
}

/** Whether `isSame` does not tell what the constant is equal to: only its key does. */
const isOpaque = (value: Constant): boolean =>
  value.type === ConstantType.Tuple ? value.items.some(isOpaque) : needsKey(value);

/** Whether two constants are one, as far as that is seen at once. */
function isSame(a: Constant, b: Constant): boolean {
  if (a === b) return true;
  switch (b.type) {
    case ConstantType.Str:
      return a.type === b.type && a.value === b.value && !a.codePoints && !b.codePoints;
    case ConstantType.Int:
    case ConstantType.Bool:
      return a.type === b.type && a.value === b.value;
    case ConstantType.Float:
      // NaN is not equal to itself: two are one constant only if they are one object.
      return a.type === b.type && a.value === b.value && Object.is(a.value, b.value);
    case ConstantType.None:
    case ConstantType.Ellipsis:
      return a.type === b.type;
    case ConstantType.Code:
      return a.type === b.type && a.code === b.code;
    case ConstantType.Tuple:
      return (
        a.type === b.type &&
        a.items.length === b.items.length &&
        a.items.every((item, i) => isSame(item, b.items[i]))
      );
    default:
      return false;
  }
}

function directKey(value: Constant): unknown {
  switch (value.type) {
    case ConstantType.Str:
    case ConstantType.Int:
    case ConstantType.Bool:
      return value.value;
    case ConstantType.Float:
      if (Object.is(value.value, -0)) return NEGATIVE_ZERO;
      return Number.isNaN(value.value) ? value : value.value;
    case ConstantType.Code:
      return value.code;
    case ConstantType.None:
      return NONE;
    case ConstantType.Ellipsis:
      return ELLIPSIS;
    default:
      return value;
  }
}
