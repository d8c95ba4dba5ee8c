// Writes code objects as .pyc files have them. What `marshal.loads()` makes of the bytes equals what the compiler
// makes; which objects have a number depends in CPython on how often something refers to them, so that the bytes need
// not be the same. CPython: Python/marshal.c, w_object() and w_complex_object().
import { constantKey } from '../../constants/key.ts';
import { ConstantType, type ConstantValue, type StrConstant } from '../../constants/values.ts';
import type { AssemblerDialect } from '../../versions/assemblerDialect.ts';
import type { Bytecode } from '../bytecode.ts';
import { ByteWriter } from '../byteWriter.ts';
import type { CodeFacts } from '../codeObject.ts';
import type { Constant } from '../constant.ts';
import { FLAG_REF, Type } from './types.ts';

/** What is written besides the code object itself. */
export interface MarshalOptions<Code extends CodeFacts> {
  readonly dialect: AssemblerDialect;
  readonly bytecode: (code: Code) => Bytecode<Code> | undefined;
  /** co_filename; bytes that are no UTF-8 as lone surrogates. */
  readonly filename: string;
}

/** A code object and those nested in it, marshalled; undefined if one of them has no bytecode. */
export function writeMarshal<Code extends CodeFacts>(
  code: Code,
  options: MarshalOptions<Code>,
): Uint8Array | undefined {
  const writer = new Writer(options);
  return writer.code(code) ? writer.out.take() : undefined;
}

/** Constants that consist of these characters alone are interned. CPython: Objects/codeobject.c, all_name_chars(). */
const NAME_CHARACTERS = /^\w*$/;
/** Fewer bytes of ASCII, or items, than this have their number in one byte. */
const SHORT = 256;
/** Ints of 32 bits are written as such, others in digits of 15 bits: three digits in base 32. */
const DIGIT_TEXT = 3;
const INT_MIN = -0x80000000n;
const INT_MAX = 0x7fffffffn;

class Writer<Code extends CodeFacts> {
  readonly out: ByteWriter;
  /** The numbers of what has been written, by value: the compiler has equal constants once for all code objects. */
  private readonly names = new Map<string, number>();
  private readonly ints = new Map<bigint, number>();
  private readonly others = new Map<string, number>();
  private readonly tuples = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly options: MarshalOptions<Code>,
    capacity = 4096,
  ) {
    this.out = new ByteWriter(capacity);
  }

  /** Whether all of a code object could be written. */
  code(code: Code): boolean {
    const bytecode = this.options.bytecode(code);
    if (!bytecode) return false;
    const { fastLocals } = this.options.dialect;
    this.type(Type.CODE);
    this.long(code.argcount);
    this.long(code.posonlyargcount);
    this.long(code.kwonlyargcount);
    if (!fastLocals) this.long(code.nlocals);
    this.long(bytecode.stacksize);
    this.long(code.flags);
    this.sharedBytes(bytecode.code);
    if (!this.constants(bytecode.consts)) return false;
    this.nameTuple(bytecode.names);
    if (fastLocals) {
      this.nameTuple(bytecode.localsplus.map(({ name }) => name));
      this.sharedBytes(Uint8Array.from(bytecode.localsplus, ({ kind }) => kind));
    } else {
      this.nameTuple(code.varnames);
      this.nameTuple(code.freevars);
      this.nameTuple(code.cellvars);
    }
    this.string({ type: ConstantType.Str, value: this.options.filename });
    this.name(code.name);
    if (fastLocals) this.name(code.qualname);
    this.long(code.firstlineno);
    this.sharedBytes(bytecode.linetable);
    if (bytecode.exceptiontable) this.sharedBytes(bytecode.exceptiontable);
    return true;
  }

  /** co_consts; those of two code objects are one tuple where they are equal and hold no code objects. */
  private constants(constants: readonly Constant<Code>[]): boolean {
    if (constants.some(({ type }) => type === ConstantType.Code)) {
      this.tupleHead(constants.length);
      for (const constant of constants) {
        if (constant.type !== ConstantType.Code) this.value(constant);
        else if (!this.code(constant.code)) return false;
      }
      return true;
    }
    const values = constants as readonly ConstantValue[];
    this.sharedTuple('c', values, value => this.numberOf(value), this.value.bind(this));
    return true;
  }

  /**
   * A tuple of a code object's. That another one is equal can be told by the numbers of its items, which all have
   * been written then; `numberOf` gives nothing for those that have not.
   */
  private sharedTuple<Item>(
    tag: string,
    items: readonly Item[],
    numberOf: (item: Item) => string | number | undefined,
    write: (item: Item) => void,
  ): void {
    if (items.length === 0) return this.tupleHead(0);
    const key = (): string => `${tag}${items.map(item => numberOf(item) ?? '-').join(',')}`;
    const before = this.tuples.get(key());
    if (before !== undefined) return this.reference(before);
    const number = this.count++;
    this.tupleHead(items.length, FLAG_REF);
    for (const item of items) write(item);
    this.tuples.set(key(), number);
  }

  /** Under which number a constant has been written. */
  private numberOf(value: ConstantValue): string | number | undefined {
    switch (value.type) {
      case ConstantType.None:
        return 'N';
      case ConstantType.Bool:
        return value.value ? 'T' : 'F';
      case ConstantType.Ellipsis:
        return '.';
      case ConstantType.Int:
        return this.ints.get(value.value);
      case ConstantType.Str:
        return isName(value) ? this.names.get(value.value) : this.others.get(stringKey(value));
      default:
        return this.others.get(constantKey(value));
    }
  }

  private value(value: ConstantValue): void {
    switch (value.type) {
      case ConstantType.None:
        return this.type(Type.NONE);
      case ConstantType.Bool:
        return this.type(value.value ? Type.TRUE : Type.FALSE);
      case ConstantType.Ellipsis:
        return this.type(Type.ELLIPSIS);
      case ConstantType.Int:
        if (!this.referred(this.ints, value.value)) this.int(value.value);
        return;
      case ConstantType.Str:
        if (isName(value)) this.name(value.value);
        else this.string(value);
        return;
    }
    if (this.referred(this.others, constantKey(value))) return;
    switch (value.type) {
      case ConstantType.Float:
        this.type(Type.BINARY_FLOAT | FLAG_REF);
        return this.double(value.value, value.positiveNan);
      case ConstantType.Complex:
        this.type(Type.BINARY_COMPLEX | FLAG_REF);
        this.double(value.real, value.positiveNan);
        return this.double(value.imag, value.positiveNan);
      case ConstantType.Bytes:
        return this.bytes(value.value, FLAG_REF);
      case ConstantType.Tuple:
        this.tupleHead(value.items.length, FLAG_REF);
        for (const item of value.items) this.value(item);
        return;
      case ConstantType.FrozenSet:
        this.type(Type.FROZENSET | FLAG_REF);
        this.long(value.items.length);
        for (const item of this.setOrder(value.items)) this.value(item);
        return;
      case ConstantType.Slice:
        this.type(Type.SLICE | FLAG_REF);
        this.value(value.start);
        this.value(value.stop);
        return this.value(value.step);
    }
  }

  /** The items of a set in the order in which they are written. */
  private setOrder(items: readonly ConstantValue[]): readonly ConstantValue[] {
    if (!this.options.dialect.sortsMarshalledSets) return items;
    const written = items.map(item => {
      const writer = new Writer(this.options, 64);
      writer.value(item);
      return { item, bytes: writer.out.take() };
    });
    return written.sort((a, b) => compareBytes(a.bytes, b.bytes)).map(({ item }) => item);
  }

  /** Whether a value has a number already, which is written then; if not it gets the next one. */
  private referred<Key>(numbers: Map<Key, number>, key: Key): boolean {
    const number = numbers.get(key);
    if (number === undefined) {
      numbers.set(key, this.count++);
      return false;
    }
    this.reference(number);
    return true;
  }

  private reference(number: number): void {
    this.type(Type.REF);
    this.long(number);
  }

  // ---- Texts -----------------------------------------------------------------------------------------------------

  private nameTuple(names: readonly string[]): void {
    this.sharedTuple('n', names, name => this.names.get(name), this.name.bind(this));
  }

  /** A text that is interned. */
  private name(text: string): void {
    if (this.referred(this.names, text)) return;
    if (isAscii(text)) this.ascii(text, Type.SHORT_ASCII_INTERNED, Type.ASCII_INTERNED);
    else this.unicode(Type.INTERNED, codePointsOf(text));
  }

  private string(constant: StrConstant): void {
    const { value, codePoints } = constant;
    if (this.referred(this.others, stringKey(constant))) return;
    if (!codePoints && isAscii(value)) this.ascii(value, Type.SHORT_ASCII, Type.ASCII);
    else this.unicode(Type.UNICODE, codePoints ?? codePointsOf(value));
  }

  private ascii(text: string, short: Type, long: Type): void {
    if (text.length < SHORT) {
      this.type(short | FLAG_REF);
      this.byte(text.length);
    } else {
      this.type(long | FLAG_REF);
      this.long(text.length);
    }
    const { out } = this;
    const bytes = out.reserve(text.length);
    for (let i = 0; i < text.length; i++) bytes[out.length + i] = text.charCodeAt(i);
    out.length += text.length;
  }

  /** UTF-8 in which surrogates are characters, too. */
  private unicode(type: Type, points: Iterable<number>): void {
    this.type(type | FLAG_REF);
    const { out } = this;
    this.long(0);
    const start = out.length;
    for (const point of points) {
      const bytes = out.reserve(4);
      if (point < 0x80) bytes[out.length++] = point;
      else {
        if (point < 0x800) bytes[out.length++] = 0xc0 | (point >> 6);
        else {
          if (point < 0x10000) bytes[out.length++] = 0xe0 | (point >> 12);
          else {
            bytes[out.length++] = 0xf0 | (point >> 18);
            bytes[out.length++] = 0x80 | ((point >> 12) & 63);
          }
          bytes[out.length++] = 0x80 | ((point >> 6) & 63);
        }
        bytes[out.length++] = 0x80 | (point & 63);
      }
    }
    const end = out.length;
    out.length = start - 4;
    this.long(end - start);
    out.length = end;
  }

  // ---- Numbers and bytes -----------------------------------------------------------------------------------------

  private type(type: number): void {
    this.byte(type);
  }

  private byte(byte: number): void {
    this.out.reserve(1)[this.out.length++] = byte;
  }

  private long(value: number): void {
    const bytes = this.out.reserve(4);
    bytes[this.out.length++] = value;
    bytes[this.out.length++] = value >> 8;
    bytes[this.out.length++] = value >> 16;
    bytes[this.out.length++] = value >> 24;
  }

  private int(value: bigint): void {
    if (value >= INT_MIN && value <= INT_MAX) {
      this.type(Type.INT | FLAG_REF);
      return this.long(Number(value));
    }
    this.type(Type.LONG | FLAG_REF);
    const digits = (value < 0n ? -value : value).toString(32);
    const count = Math.ceil(digits.length / DIGIT_TEXT);
    this.long(value < 0n ? -count : count);
    for (let end = digits.length; end > 0; end -= DIGIT_TEXT) {
      const digit = parseInt(digits.slice(Math.max(0, end - DIGIT_TEXT), end), 32);
      this.byte(digit);
      this.byte(digit >> 8);
    }
  }

  private double(value: number, positiveNan = false): void {
    const { out } = this;
    const bytes = out.reserve(8);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    if (Number.isNaN(value)) view.setBigUint64(out.length, positiveNan ? POSITIVE_NAN : NEGATIVE_NAN, true);
    else view.setFloat64(out.length, value, true);
    out.length += 8;
  }

  /** Bytes of a code object's, which are one object where they are equal. */
  private sharedBytes(bytes: Uint8Array): void {
    if (bytes.length <= 1) return this.bytes(bytes);
    if (!this.referred(this.others, `x${latin1(bytes)}`)) this.bytes(bytes, FLAG_REF);
  }

  private bytes(bytes: Uint8Array, flag = 0): void {
    this.type(Type.STRING | flag);
    this.long(bytes.length);
    this.out.reserve(bytes.length).set(bytes, this.out.length);
    this.out.length += bytes.length;
  }

  private tupleHead(count: number, flag = 0): void {
    if (count < SHORT) {
      this.type(Type.SMALL_TUPLE | flag);
      this.byte(count);
    } else {
      this.type(Type.TUPLE | flag);
      this.long(count);
    }
  }
}

const POSITIVE_NAN = 0x7ff8000000000000n;
const NEGATIVE_NAN = 0xfff8000000000000n;

/** Bytes as characters, so that a Map finds them. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += PIECE) text += String.fromCharCode(...bytes.subarray(i, i + PIECE));
  return text;
}

/** A call can safely have this many arguments. */
const PIECE = 4096;

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

const isName = ({ value, codePoints }: StrConstant): boolean => !codePoints && NAME_CHARACTERS.test(value);

const stringKey = ({ value, codePoints }: StrConstant): string =>
  codePoints ? `cp${codePoints.join()}` : `s${value}`;

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function* codePointsOf(text: string): Generator<number> {
  for (const character of text) yield character.codePointAt(0)!;
}
