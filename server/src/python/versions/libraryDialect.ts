// What changes between versions in what the standard library makes of classes and functions at run time.
import { rowsAt, type Change } from './rows.ts';

export interface LibraryDialect {
  /** functools.partial as a class attribute is bound like a function. */
  readonly partialIsMethod: boolean;
  /** `__replace__` of data classes and named tuples (copy.replace). */
  readonly replaceMethod: boolean;
  /** What total_ordering() adds has a third parameter. */
  readonly totalOrderingNotImplemented: boolean;
  /** How a call of an enumeration is described: by EnumMeta.__call__, or by whether it has members. */
  readonly enumSignature: 'call' | 'members';
  /** Flags have the operators of Flag, also where a data type has some. */
  readonly flagOperators: boolean;
  /** Enumerations keep what makes and shows their values: `_new_member_`, `_value_repr_`. */
  readonly enumKeepsFactories: boolean;
  /** repr() of a union in typing: `typing.Union[int, NoneType]`, `typing.Optional[int]`, `int | None`. */
  readonly unionRepr: 'union' | 'optional' | 'bar';
  /** NamedTuple makes typing's types of the annotations: NoneType, ForwardRef. */
  readonly namedTupleChecksTypes: boolean;
  /** `NamedTuple('P', [('x', int)])` annotates the parameters of `__new__`. */
  readonly namedTupleCallAnnotates: boolean;
  /** TypedDict's classes have a `__new__` written in Python. */
  readonly typedDictNew: boolean;
  /** A function evaluates annotations when they are asked for, in one of several formats: `__annotate_func__` of a class. */
  readonly annotateFunction: boolean;
  /** `staticmethod` objects can be called. */
  readonly staticMethodsAreCallable: boolean;
  /** inspect takes the `__call__` of an instance that is written in C. */
  readonly slotsAreCalled: boolean;
  /** warnings.warn() has a text signature that inspect can read. */
  readonly warnSignature: boolean;
  /** inspect drops the first parameter of `__call__` also where that is a static or class method. */
  readonly callLosesFirst: boolean;
}

const BASE: LibraryDialect = {
  partialIsMethod: false,
  replaceMethod: false,
  totalOrderingNotImplemented: true,
  enumSignature: 'call',
  flagOperators: false,
  enumKeepsFactories: false,
  unionRepr: 'union',
  namedTupleChecksTypes: false,
  namedTupleCallAnnotates: false,
  typedDictNew: true,
  annotateFunction: false,
  staticMethodsAreCallable: false,
  slotsAreCalled: false,
  warnSignature: true,
  callLosesFirst: true,
};

const CHANGES: readonly Change<LibraryDialect>[] = [
  {
    since: [9],
    rows: {
      namedTupleChecksTypes: true,
      namedTupleCallAnnotates: true,
      unionRepr: 'optional',
      typedDictNew: false,
    },
  },
  { since: [10], rows: { staticMethodsAreCallable: true } },
  {
    since: [11],
    rows: { totalOrderingNotImplemented: false, flagOperators: true, enumKeepsFactories: true },
  },
  { since: [12], rows: { enumSignature: 'members', warnSignature: false } },
  { since: [13], rows: { replaceMethod: true, callLosesFirst: false, slotsAreCalled: true } },
  { since: [13, 18], rows: { warnSignature: true } },
  {
    since: [14],
    rows: { partialIsMethod: true, unionRepr: 'bar', annotateFunction: true, warnSignature: false },
  },
  { since: [14, 10], rows: { warnSignature: true } },
  { since: [15], rows: { warnSignature: false } },
  { since: [15, 1], rows: { warnSignature: true } },
];

export const libraryDialect = (minor: number, patch: number): LibraryDialect =>
  rowsAt(BASE, CHANGES, minor, patch);
