// Reads marshalled code objects, what .pyc files hold. The data may be anything: whatever it claims, time and memory
// stay in proportion to its length, and what is wrong is told. CPython: Python/marshal.c, r_object().
import {
  ConstantType,
  ELLIPSIS,
  FALSE,
  NONE,
  TRUE,
  type ConstantValue,
  type StrConstant,
} from '../../constants/values.ts';
import { decodeWith } from '../../text/textDecoder.ts';
import type { AssemblerDialect } from '../../versions/assemblerDialect.ts';
import type { LocalPlus, WholeCode } from '../bytecode.ts';
import type { Constant } from '../constant.ts';
import { VariableKind } from '../variableKind.ts';
import { decodeSurrogates } from './surrogates.ts';
import { FLAG_REF, MAX_DEPTH, Type } from './types.ts';

/** Why data is no marshalled code object, and where that showed. */
export interface MarshalError {
  readonly message: string;
  /** In bytes. */
  readonly offset: number;
}

export type MarshalResult = { readonly code: WholeCode } | { readonly error: MarshalError };

/** What a constant can be, and what fields of code objects are. */
type Item = Constant<WholeCode>;

/**
 * How many values and bytes of text there may be when every reference is followed: so many for each byte of the file,
 * and some besides. References let a few bytes stand for any number of values, which those that print or compare them
 * would meet one by one.
 */
const EXPANDED_PER_BYTE = 16;
const EXPANDED_BESIDES = 1 << 20;
const MAX_EXPANDED = 1 << 26;

/** The most digits of an int, of 15 bits each. JavaScript's own limit is not far beyond. */
const MAX_DIGITS = 1 << 24;

/** Reads a code object that begins at `offset`. What follows it is not looked at, as in CPython. */
export function readMarshal(bytes: Uint8Array, dialect: AssemblerDialect, offset = 0): MarshalResult {
  const reader = new Reader(bytes, dialect, offset);
  const item = reader.item();
  if (item === null) return { error: reader.error! };
  if (item.type !== ConstantType.Code) {
    return { error: { message: 'marshal data holds no code object', offset } };
  }
  return { code: item.code };
}

class Reader {
  error: MarshalError | undefined;
  private at: number;
  private depth = 0;
  private readonly view: DataView;
  /** What references number: null while it is being read. */
  private readonly references: (Item | undefined)[] = [];
  private readonly weights: number[] = [];
  private weight = 0;
  private readonly mostWeight: number;
  /** Whether the last NaN that was read has no sign. */
  private positiveNan = false;
  /** Tuples that hold code objects: none but co_consts may. */
  private readonly holdingCode = new Set<Item>();

  private readonly bytes: Uint8Array;

  constructor(
    bytes: Uint8Array,
    private readonly dialect: AssemblerDialect,
    offset: number,
  ) {
    this.at = offset;
    this.mostWeight = Math.min(MAX_EXPANDED, bytes.length * EXPANDED_PER_BYTE + EXPANDED_BESIDES);
    // Node's Buffers are of another class, whose slices are no copies.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next object; undefined if there is none, and then `error` says why. */
  item(): Item | null {
    if (this.at >= this.bytes.length) return this.fail('EOF read where object expected');
    if (this.depth >= MAX_DEPTH) return this.fail('recursion limit exceeded');
    this.depth++;
    const before = this.weight++;
    const first = this.bytes[this.at++];
    let reference = -1;
    if ((first & FLAG_REF) !== 0) {
      reference = this.references.length;
      this.references.push(undefined);
      this.weights.push(0);
    }
    const item = this.body(first & ~FLAG_REF);
    this.depth--;
    if (item === null) return null;
    if (this.weight > this.mostWeight)
      return this.fail('bad marshal data (too large when references are followed)');
    if (reference >= 0) {
      this.references[reference] = item;
      this.weights[reference] = this.weight - before;
    }
    return item;
  }

  private fail(message: string): null {
    this.error ??= { message, offset: this.at };
    return null;
  }

  private body(type: number): Item | null {
    switch (type as Type) {
      case Type.NONE:
        return NONE;
      case Type.FALSE:
        return FALSE;
      case Type.TRUE:
        return TRUE;
      case Type.ELLIPSIS:
        return ELLIPSIS;
      case Type.INT: {
        const value = this.long();
        return value === null ? null : { type: ConstantType.Int, value: BigInt(value) };
      }
      case Type.INT64: {
        if (!this.has(8)) return null;
        this.at += 8;
        return { type: ConstantType.Int, value: this.view.getBigInt64(this.at - 8, true) };
      }
      case Type.LONG:
        return this.bigInt();
      case Type.FLOAT: {
        const value = this.textFloat();
        return value === null ? null : this.floatOf(value);
      }
      case Type.BINARY_FLOAT: {
        const value = this.binaryFloat();
        return value === null ? null : this.floatOf(value);
      }
      case Type.COMPLEX: {
        const real = this.textFloat();
        const imag = real === null ? null : this.textFloat();
        return imag === null ? null : this.complexOf(real!, imag);
      }
      case Type.BINARY_COMPLEX: {
        const real = this.binaryFloat();
        const imag = real === null ? null : this.binaryFloat();
        return imag === null ? null : this.complexOf(real!, imag);
      }
      case Type.STRING: {
        const bytes = this.counted('bytes object');
        return bytes && { type: ConstantType.Bytes, value: bytes.slice() };
      }
      case Type.ASCII:
      case Type.ASCII_INTERNED: {
        const bytes = this.counted('string');
        return bytes && latin1(bytes);
      }
      case Type.SHORT_ASCII:
      case Type.SHORT_ASCII_INTERNED: {
        const count = this.byte();
        const bytes = count === null ? null : this.take(count);
        return bytes && latin1(bytes);
      }
      case Type.UNICODE:
      case Type.INTERNED:
        return this.text();
      case Type.SMALL_TUPLE:
        return this.tuple(this.byte());
      case Type.TUPLE:
        return this.tuple(this.count('tuple'));
      case Type.FROZENSET:
        return this.frozenSet();
      case Type.SLICE:
        return this.dialect.marshalsSlices ? this.slice() : this.fail('bad marshal data (unknown type code)');
      case Type.CODE:
        return this.code();
      case Type.REF:
        return this.reference();
      case Type.NULL:
        return this.fail('NULL object in marshal data');
      case Type.STOP_ITERATION:
      case Type.LIST:
      case Type.DICT:
      case Type.SET:
      case Type.FROZEN_DICT:
        return this.fail(`bad marshal data (type '${String.fromCharCode(type)}' is no constant)`);
      default:
        return this.fail('bad marshal data (unknown type code)');
    }
  }

  private has(count: number): boolean {
    if (count <= this.bytes.length - this.at) return true;
    this.fail('marshal data too short');
    return false;
  }

  private byte(): number | null {
    return this.has(1) ? this.bytes[this.at++] : null;
  }

  private long(): number | null {
    if (!this.has(4)) return null;
    this.at += 4;
    return this.view.getInt32(this.at - 4, true);
  }

  /** The number of items or bytes of something. */
  private count(what: string): number | null {
    const count = this.long();
    if (count === null || count >= 0) return count;
    return this.fail(`bad marshal data (${what} size out of range)`);
  }

  private take(count: number): Uint8Array | null {
    if (!this.has(count)) return null;
    this.at += count;
    this.weight += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  private counted(what: string): Uint8Array | null {
    const count = this.count(what);
    return count === null ? null : this.take(count);
  }

  private text(): StrConstant | null {
    const bytes = this.counted('string');
    if (!bytes) return null;
    const value = decodeWith('utf-8', bytes);
    if (value !== undefined) return { type: ConstantType.Str, value };
    return decodeSurrogates(bytes) ?? this.fail('bad marshal data (string is no UTF-8)');
  }

  /** Digits of 15 bits, the lowest first. */
  private bigInt(): Item | null {
    const signedCount = this.long();
    if (signedCount === null) return null;
    const count = Math.abs(signedCount);
    if (count > MAX_DIGITS) return this.fail('bad marshal data (long size out of range)');
    if (!this.has(count * 2)) return null;
    let bits = '';
    for (let i = count - 1; i >= 0; i--) {
      const digit = this.view.getUint16(this.at + i * 2, true);
      if (digit > 0x7fff) return this.fail('bad marshal data (digit out of range in long)');
      if (i === count - 1 && digit === 0) return this.fail('bad marshal data (unnormalized long data)');
      bits += digit.toString(2).padStart(15, '0');
    }
    this.at += count * 2;
    this.weight += count;
    const value = count === 0 ? 0n : BigInt(`0b${bits}`);
    return { type: ConstantType.Int, value: signedCount < 0 ? -value : value };
  }

  private floatOf(value: number): Item {
    const type = ConstantType.Float;
    return Number.isNaN(value) && this.positiveNan ? { type, value, positiveNan: true } : { type, value };
  }

  private complexOf(real: number, imag: number): Item {
    const type = ConstantType.Complex;
    const isNan = Number.isNaN(real) || Number.isNaN(imag);
    return isNan && this.positiveNan ? { type, real, imag, positiveNan: true } : { type, real, imag };
  }

  private binaryFloat(): number | null {
    if (!this.has(8)) return null;
    this.at += 8;
    const value = this.view.getFloat64(this.at - 8, true);
    if (Number.isNaN(value)) this.positiveNan = this.bytes[this.at - 1] < 0x80;
    return value;
  }

  private textFloat(): number | null {
    const count = this.byte();
    const bytes = count === null ? null : this.take(count);
    if (!bytes) return null;
    const text = String.fromCharCode(...bytes);
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
    const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
    if (!special) return this.fail('bad marshal data (could not convert string to float)');
    const value = special[2].toLowerCase() === 'nan' ? NaN : Infinity;
    this.positiveNan = special[1] !== '-';
    return special[1] === '-' ? -value : value;
  }

  private items(count: number): Item[] | null {
    // Each item takes a byte at least.
    if (!this.has(count)) return null;
    const items: Item[] = [];
    for (let i = 0; i < count; i++) {
      const item = this.item();
      if (!item) return null;
      items.push(item);
    }
    return items;
  }

  private tuple(count: number | null): Item | null {
    const items = count === null ? null : this.items(count);
    if (!items) return null;
    let holdsCode = false;
    for (const item of items) {
      if (item.type === ConstantType.Code) holdsCode = true;
      else if (this.holdingCode.has(item)) return this.fail('bad marshal data (code object in a tuple)');
    }
    const tuple: Item = { type: ConstantType.Tuple, items: items as ConstantValue[] };
    if (holdsCode) this.holdingCode.add(tuple);
    return tuple;
  }

  /** Whether an item is a value that holds no code objects. */
  private isValue(item: Item): item is ConstantValue {
    if (item.type !== ConstantType.Code && !this.holdingCode.has(item)) return true;
    this.fail('bad marshal data (code object in a constant)');
    return false;
  }

  private frozenSet(): Item | null {
    const count = this.count('set');
    const items = count === null ? null : this.items(count);
    if (!items || !items.every(item => this.isValue(item))) return null;
    return { type: ConstantType.FrozenSet, items: items };
  }

  private slice(): Item | null {
    const items = this.items(3);
    if (!items || !items.every(item => this.isValue(item))) return null;
    const [start, stop, step] = items;
    return { type: ConstantType.Slice, start, stop, step };
  }

  private reference(): Item | null {
    const index = this.long();
    if (index === null) return null;
    const item = this.references[index];
    if (index < 0 || !item) return this.fail('bad marshal data (invalid reference)');
    this.weight += this.weights[index];
    return item;
  }

  private bytesItem(): Uint8Array | null {
    const item = this.item();
    if (item === null) return null;
    if (item.type === ConstantType.Bytes) return item.value;
    return this.fail('bad marshal data (bytes expected in code object)');
  }

  private stringItem(): string | null {
    const item = this.item();
    if (item === null) return null;
    if (item.type === ConstantType.Str) return item.value;
    return this.fail('bad marshal data (string expected in code object)');
  }

  private tupleItem(): readonly Item[] | null {
    const item = this.item();
    if (item === null) return null;
    if (item.type === ConstantType.Tuple) return item.items;
    return this.fail('bad marshal data (tuple expected in code object)');
  }

  private namesItem(): readonly string[] | null {
    const items = this.tupleItem();
    if (!items) return null;
    const names: string[] = [];
    for (const item of items) {
      if (item.type !== ConstantType.Str)
        return this.fail('bad marshal data (name tuples must contain only strings)');
      names.push(item.value);
    }
    return names;
  }

  private code(): Item | null {
    const { fastLocals } = this.dialect;
    if (!this.has(fastLocals ? 20 : 24)) return null;
    const argcount = this.long()!;
    const posonlyargcount = this.long()!;
    const kwonlyargcount = this.long()!;
    const nlocals = fastLocals ? 0 : this.long()!;
    const stacksize = this.long()!;
    const flags = this.long()!;
    const code = this.bytesItem();
    const consts = code && this.tupleItem();
    const names = consts && this.namesItem();
    const variables = names && (fastLocals ? this.localsplus() : this.threeLists());
    const filename = variables && this.stringItem();
    const name = filename === null ? null : this.stringItem();
    const qualname = name !== null && fastLocals ? this.stringItem() : name;
    const firstlineno = qualname === null ? null : this.long();
    const linetable = firstlineno === null ? null : this.bytesItem();
    const exceptiontable = linetable && fastLocals ? this.bytesItem() : null;
    if (!linetable || (fastLocals && !exceptiontable)) return null;
    const isOdd = argcount < posonlyargcount || posonlyargcount < 0 || kwonlyargcount < 0 || stacksize < 0;
    if (isOdd || code!.length % 2 !== 0)
      return this.fail('code: co_argcount, co_stacksize or co_code is not valid');
    const whole: WholeCode = {
      filename: filename!,
      name: name!,
      qualname: qualname!,
      argcount,
      posonlyargcount,
      kwonlyargcount,
      nlocals: fastLocals ? variables!.varnames.length : nlocals,
      flags,
      firstlineno: firstlineno!,
      varnames: variables!.varnames,
      cellvars: variables!.cellvars,
      freevars: variables!.freevars,
      code: code!,
      consts: consts!,
      names: names!,
      stacksize,
      linetable,
      exceptiontable: exceptiontable ?? undefined,
      localsplus: variables!.localsplus,
    };
    return { type: ConstantType.Code, code: whole };
  }

  private localsplus(): Variables | null {
    const names = this.namesItem();
    const kinds = names && this.bytesItem();
    if (!kinds) return null;
    if (kinds.length !== names.length)
      return this.fail('code: localsplusnames and localspluskinds do not agree');
    const localsplus = names.map((name, i): LocalPlus => ({ name, kind: kinds[i] }));
    const withKind = (kind: VariableKind): string[] => names.filter((_, i) => (kinds[i] & kind) !== 0);
    return {
      localsplus,
      varnames: withKind(VariableKind.LOCAL),
      cellvars: withKind(VariableKind.CELL),
      freevars: withKind(VariableKind.FREE),
    };
  }

  private threeLists(): Variables | null {
    const varnames = this.namesItem();
    const freevars = varnames && this.namesItem();
    const cellvars = freevars && this.namesItem();
    if (!cellvars) return null;
    const ofKind = (names: readonly string[], kind: VariableKind): LocalPlus[] =>
      names.map(name => ({ name, kind }));
    const localsplus = [
      ...ofKind(varnames, VariableKind.LOCAL),
      ...ofKind(cellvars, VariableKind.CELL),
      ...ofKind(freevars, VariableKind.FREE),
    ];
    return { localsplus, varnames, cellvars, freevars };
  }
}

interface Variables {
  readonly localsplus: readonly LocalPlus[];
  readonly varnames: readonly string[];
  readonly cellvars: readonly string[];
  readonly freevars: readonly string[];
}

/** Text of one byte a character: not ASCII alone, whatever the name of its type says. */
function latin1(bytes: Uint8Array): StrConstant {
  let value = '';
  if (bytes.length > 24 && bytes.every(byte => byte < 0x80)) value = decodeWith('utf-8', bytes)!;
  else for (let i = 0; i < bytes.length; i++) value += String.fromCharCode(bytes[i]);
  return { type: ConstantType.Str, value };
}
