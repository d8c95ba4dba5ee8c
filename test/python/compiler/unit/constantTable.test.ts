// Which constants of a code object are one: what `_PyCode_ConstantKey()` makes equal. The cases are those that
// `compile("f(A); f(B)", "", "exec").co_consts` of CPython has once or twice.
import assert from 'node:assert/strict';
import { ConstantTable } from '../../../../server/src/python/compiler/unit/constantTable.ts';
import {
  ConstantType,
  NONE,
  TRUE,
  type ConstantValue,
} from '../../../../server/src/python/constants/values.ts';

const int = (value: number): ConstantValue => ({ type: ConstantType.Int, value: BigInt(value) });
const float = (value: number): ConstantValue => ({ type: ConstantType.Float, value });
const str = (value: string): ConstantValue => ({ type: ConstantType.Str, value });
const bytes = (...value: number[]): ConstantValue => ({
  type: ConstantType.Bytes,
  value: Uint8Array.from(value),
});
const complex = (real: number, imag: number): ConstantValue => ({ type: ConstantType.Complex, real, imag });
const tuple = (...items: ConstantValue[]): ConstantValue => ({ type: ConstantType.Tuple, items });
const set = (...items: ConstantValue[]): ConstantValue => ({ type: ConstantType.FrozenSet, items });

const one = (a: ConstantValue, b: ConstantValue): boolean => {
  const table = new ConstantTable();
  return table.add(a) === table.add(b);
};

describe('the table of constants', () => {
  it('has equal constants of one type once', () => {
    for (const make of [
      () => int(1),
      () => int(2 ** 60),
      () => float(1.5),
      () => float(0),
      () => float(-0),
      () => str('x'),
      () => bytes(1, 2),
      () => complex(0, -0),
      () => tuple(),
      () => tuple(int(1), tuple(str('a'), NONE)),
      () => set(int(1), int(2)),
    ]) {
      assert.ok(one(make(), make()));
    }
    assert.ok(one(set(int(1), int(2)), set(int(2), int(1))));
  });

  it('tells types, signs of zero and kinds of text apart', () => {
    const different = [
      int(0), int(1), float(0), float(-0), float(1), TRUE, complex(0, 0), complex(-0, 0), complex(0, -0),
      complex(-0, -0), complex(1, 0), str(''), str('1'), bytes(), bytes(49), NONE, tuple(), set(), tuple(int(1)),
      tuple(float(1)), tuple(TRUE), tuple(float(-0)), tuple(float(0)), tuple(tuple()), set(int(1)), set(float(1)),
      { type: ConstantType.Str, value: '\ud800', codePoints: [0xd800] },
    ] satisfies ConstantValue[]; // prettier-ignore
    const table = new ConstantTable();
    assert.deepEqual(
      different.map(value => table.add(value)),
      different.map((_, index) => index),
    );
    assert.deepEqual(table.values, different);
  });

  it('merges a NaN with itself alone, in tuples too', () => {
    const nan = float(NaN);
    assert.ok(one(nan, nan));
    assert.ok(!one(nan, float(NaN)));
    assert.ok(one(tuple(nan), tuple(nan)));
    assert.ok(!one(tuple(nan), tuple(float(NaN))));
    assert.ok(!one(complex(NaN, 0), complex(NaN, 0)));
  });
});
