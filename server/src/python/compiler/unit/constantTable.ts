// The constants of a code object in the making, each once, in the order in which the code generator adds them. What
// counts as one constant is said in constants/key.ts; the common types are found without building such keys.
// CPython: dict_add_o(), merge_consts_recursive() in Python/compile.c. That merging makes equal items of tuples one
// object as well, which nothing here can tell.
import type { Constant } from '../../code/constant.ts';
import type { CodeObject } from '../../code/codeObject.ts';
import { constantKey } from '../../constants/key.ts';
import { ConstantType, type ConstantValue } from '../../constants/values.ts';

/** Stands for -0.0, which a Map takes for 0. */
const NEGATIVE_ZERO = {};

export class ConstantTable {
  /** The constants by index. */
  readonly values: Constant[] = [];
  /** Indices by what no two different constants share: strings, bigints of ints, numbers of floats, single objects. */
  private readonly direct = new Map<unknown, number>();
  /** Indices of all others, by key. */
  private keyed: Map<string, number> | null = null;

  /** The constant's index, a new one if it was not there. Code objects are told apart by identity. */
  add(value: Constant): number {
    switch (value.type) {
      case ConstantType.Str:
        return value.codePoints ? this.addByKey(value) : this.addTo(this.direct, value.value, value);
      case ConstantType.Int:
        return this.addTo(this.direct, value.value, value);
      case ConstantType.Float: {
        const number = value.value;
        if (Object.is(number, -0)) return this.addTo(this.direct, NEGATIVE_ZERO, value);
        // NaN is not equal to itself: two are one constant only if they are one object.
        return this.addTo(this.direct, Number.isNaN(number) ? value : number, value);
      }
      case ConstantType.Bool:
        return this.addTo(this.direct, value.value, value);
      case ConstantType.None:
      case ConstantType.Ellipsis:
        return this.addTo(this.direct, value, value);
      case ConstantType.Code:
        return this.addTo(this.direct, value.code, value);
      default:
        return this.addByKey(value);
    }
  }

  /** Where a nested code object is; -1 if it is not there. */
  indexOfCode(code: CodeObject): number {
    return this.direct.get(code) ?? -1;
  }

  private addByKey(value: ConstantValue): number {
    return this.addTo((this.keyed ??= new Map<string, number>()), constantKey(value), value);
  }

  private addTo(map: Map<unknown, number>, key: unknown, value: Constant): number {
    const known = map.get(key);
    if (known !== undefined) return known;
    const index = this.values.push(value) - 1;
    map.set(key, index);
    return index;
  }
}
