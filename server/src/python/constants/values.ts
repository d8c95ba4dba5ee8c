// Python's constants as data: what a Constant node holds, what co_consts holds, what folding computes with.
// One shape per type, told apart by a numeric `type`; None, True, False and Ellipsis are single objects.

export enum ConstantType {
  None,
  Bool,
  Ellipsis,
  Int,
  Float,
  Complex,
  Str,
  Bytes,
  Tuple,
  FrozenSet,
  Slice,
  /** A nested code object: see code/constant.ts. */
  Code,
}

export interface NoneConstant {
  readonly type: ConstantType.None;
}
export interface BoolConstant {
  readonly type: ConstantType.Bool;
  readonly value: boolean;
}
export interface EllipsisConstant {
  readonly type: ConstantType.Ellipsis;
}
export interface IntConstant {
  readonly type: ConstantType.Int;
  readonly value: bigint;
}
/** A float. Not a number has its sign bit set, as x86 makes it, unless an odd number of minus signs took it away. */
export interface FloatConstant {
  readonly type: ConstantType.Float;
  readonly value: number;
  readonly positiveNan?: true;
}
/** A complex number; parts that are not a number as in a float. */
export interface ComplexConstant {
  readonly type: ConstantType.Complex;
  readonly real: number;
  readonly imag: number;
  readonly positiveNan?: true;
}
/**
 * A str. JavaScript cannot tell two adjacent surrogates from the one character they would make together, so a
 * str that has any lone surrogate carries its code points, and only then.
 */
export interface StrConstant {
  readonly type: ConstantType.Str;
  readonly value: string;
  readonly codePoints?: readonly number[];
}
export interface BytesConstant {
  readonly type: ConstantType.Bytes;
  readonly value: Uint8Array;
}
export interface TupleConstant {
  readonly type: ConstantType.Tuple;
  readonly items: readonly ConstantValue[];
}
export interface FrozenSetConstant {
  readonly type: ConstantType.FrozenSet;
  readonly items: readonly ConstantValue[];
}
export interface SliceConstant {
  readonly type: ConstantType.Slice;
  readonly start: ConstantValue;
  readonly stop: ConstantValue;
  readonly step: ConstantValue;
}

/** Any value that can stand in co_consts but a code object; the parser makes only the first eight types. */
export type ConstantValue =
  | NoneConstant
  | BoolConstant
  | EllipsisConstant
  | IntConstant
  | FloatConstant
  | ComplexConstant
  | StrConstant
  | BytesConstant
  | TupleConstant
  | FrozenSetConstant
  | SliceConstant;

export const NONE: NoneConstant = { type: ConstantType.None };
export const TRUE: BoolConstant = { type: ConstantType.Bool, value: true };
export const FALSE: BoolConstant = { type: ConstantType.Bool, value: false };
export const ELLIPSIS: EllipsisConstant = { type: ConstantType.Ellipsis };
