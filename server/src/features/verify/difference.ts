// Where two code objects differ first: one that was made of source, and one of a file, which may hold anything. They
// are walked side by side, so that what is looked at is never more than the source came to.
import type { Bytecode, WholeCode } from '../../python/code/bytecode.ts';
import type { CodeFacts, CodeObject } from '../../python/code/codeObject.ts';
import type { Constant } from '../../python/code/constant.ts';
import { type ExceptionEntry, readExceptionTable } from '../../python/code/exceptionTable.ts';
import { type CodeInstruction, jumpTarget, readInstructions } from '../../python/code/instructions.ts';
import { type CodeRange, codeRanges } from '../../python/code/lineTable.ts';
import { constantKey } from '../../python/constants/key.ts';
import { ConstantType, type ConstantValue } from '../../python/constants/values.ts';
import { argumentText, hasArgument } from '../../python/dis/instruction.ts';
import { shortened } from '../../python/text/repr.ts';
import type { Dialect } from '../../python/versions/dialect.ts';
import { MOST_CHARACTERS, shortConstant, shortText } from './shortText.ts';

/** What differs, in words. */
export interface Difference {
  /** The code object's qualified name in the source. */
  readonly qualname: string;
  /** `co_code`, `co_consts`, … */
  readonly field: string;
  /** The place in the field: an index, or an offset in bytes. */
  readonly at?: number | undefined;
  readonly source: string;
  readonly file: string;
}

/** What the code objects of a source are compared with. */
interface Sides {
  readonly bytecode: (code: CodeObject) => Bytecode | undefined;
  readonly dialect: Dialect;
  /** co_filename of the module in the file: all nested code objects have the same. */
  readonly filename: string;
}

/** In the place of a difference: a code object of the source is too long, or nested too deep. */
export const NO_BYTECODE = 'no bytecode';

/** Where code objects, and those nested in them, differ first; undefined if they do not. */
export function firstDifference(
  ours: CodeObject,
  theirs: WholeCode,
  sides: Sides,
): Difference | typeof NO_BYTECODE | undefined {
  const bytecode = sides.bytecode(ours);
  if (!bytecode) return NO_BYTECODE;
  const own = ownDifference(ours, bytecode, theirs, sides);
  if (own) return { qualname: ours.qualname, ...own };
  for (let i = 0; i < bytecode.consts.length; i++) {
    const [a, b] = [bytecode.consts[i], theirs.consts[i]];
    if (a.type !== ConstantType.Code || b.type !== ConstantType.Code) continue;
    const nested = firstDifference(a.code, b.code, sides);
    if (nested) return nested;
  }
  return undefined;
}

type Found = Omit<Difference, 'qualname'>;

function ownDifference(
  ours: CodeObject,
  bytecode: Bytecode,
  theirs: WholeCode,
  { dialect, filename }: Sides,
): Found | undefined {
  const numbers = [
    'argcount',
    'posonlyargcount',
    'kwonlyargcount',
    'nlocals',
    'flags',
    'firstlineno',
  ] as const;
  for (const field of numbers) {
    if (ours[field] === theirs[field]) continue;
    const shown = (value: number): string =>
      field === 'flags' ? `0x${(value >>> 0).toString(16)}` : String(value);
    return { field: `co_${field}`, source: shown(ours[field]), file: shown(theirs[field]) };
  }
  if (ours.name !== theirs.name) return texts('co_name', ours.name, theirs.name);
  if (dialect.assembler.fastLocals && ours.qualname !== theirs.qualname)
    return texts('co_qualname', ours.qualname, theirs.qualname);
  if (filename !== theirs.filename) return texts('co_filename', filename, theirs.filename);
  return (
    names('co_names', bytecode.names, theirs.names) ??
    variables(ours, bytecode, theirs, dialect) ??
    constants(bytecode.consts, theirs.consts) ??
    instructions(ours, bytecode, theirs, dialect) ??
    stackSize(bytecode, theirs) ??
    lines(ours, bytecode, theirs, dialect) ??
    handlers(bytecode, theirs)
  );
}

const texts = (field: string, ours: string, theirs: string): Found => ({
  field,
  source: shortText(ours),
  file: shortText(theirs),
});

function names(field: string, ours: readonly string[], theirs: readonly string[]): Found | undefined {
  return items(field, ours, theirs, (a, b) => a === b, shortText);
}

/** The first of two lists' items that are not the same. */
function items<A, B>(
  field: string,
  ours: readonly A[],
  theirs: readonly B[],
  isSame: (a: A, b: B) => boolean,
  shown: (item: A | B) => string,
): Found | undefined {
  for (let at = 0; at < ours.length || at < theirs.length; at++) {
    if (at < ours.length && at < theirs.length && isSame(ours[at], theirs[at])) continue;
    return {
      field,
      at,
      source: at < ours.length ? shown(ours[at]) : NOTHING,
      file: at < theirs.length ? shown(theirs[at]) : NOTHING,
    };
  }
  return undefined;
}

const NOTHING = 'nothing';

function variables(
  ours: CodeObject,
  bytecode: Bytecode,
  theirs: WholeCode,
  { assembler }: Dialect,
): Found | undefined {
  if (!assembler.fastLocals) {
    return (
      names('co_varnames', ours.varnames, theirs.varnames) ??
      names('co_freevars', ours.freevars, theirs.freevars) ??
      names('co_cellvars', ours.cellvars, theirs.cellvars)
    );
  }
  return items(
    'co_localsplus',
    bytecode.localsplus,
    theirs.localsplus,
    (a, b) => a.name === b.name && a.kind === b.kind,
    ({ name, kind }) => `${shortText(name)} of kind 0x${kind.toString(16)}`,
  );
}

// ---- Constants -------------------------------------------------------------------------------------------------

function constants(ours: readonly Constant[], theirs: readonly Constant<WholeCode>[]): Found | undefined {
  return items<Constant, Constant<WholeCode>>('co_consts', ours, theirs, isSameConstant, shortConstant);
}

/** Whether values are of one type and equal; nested code objects are looked into later. */
function isSameConstant(a: Constant, b: Constant<WholeCode>): boolean {
  if (a.type !== b.type) return false;
  switch (a.type) {
    case ConstantType.Code:
      return true;
    case ConstantType.Int:
      return a.value === (b as typeof a).value;
    case ConstantType.Str: {
      const other = b as typeof a;
      if (a.value !== other.value) return false;
      return String(a.codePoints ?? '') === String(other.codePoints ?? '');
    }
    case ConstantType.Bytes:
      return sameBytes(a.value, (b as typeof a).value);
    case ConstantType.Float:
      return Number.isNaN(a.value) ? sameNan(a, b as typeof a) : sameKey(a, b as typeof a);
    case ConstantType.Complex:
      return Number.isNaN(a.real) || Number.isNaN(a.imag)
        ? sameNan(a, b as typeof a) &&
            Object.is(a.real, (b as typeof a).real) &&
            Object.is(a.imag, (b as typeof a).imag)
        : sameKey(a, b as typeof a);
    case ConstantType.Tuple: {
      const other = b as typeof a;
      return (
        a.items.length === other.items.length &&
        a.items.every((item, i) => isSameConstant(item, other.items[i]))
      );
    }
    case ConstantType.Slice: {
      const other = b as typeof a;
      return (
        isSameConstant(a.start, other.start) &&
        isSameConstant(a.stop, other.stop) &&
        isSameConstant(a.step, other.step)
      );
    }
    case ConstantType.FrozenSet:
      return a.items.length === (b as typeof a).items.length && sameKey(a, b as typeof a);
    default:
      return sameKey(a, b as ConstantValue);
  }
}

interface WithNan {
  readonly value?: number;
  readonly positiveNan?: true;
}

const sameNan = (a: WithNan, b: WithNan): boolean =>
  Object.is(a.value, b.value) && a.positiveNan === b.positiveNan;

const sameKey = (a: ConstantValue, b: ConstantValue): boolean => constantKey(a) === constantKey(b);

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

// ---- Code and tables -------------------------------------------------------------------------------------------

const NO_LABELS: ReadonlyMap<number, number> = new Map();

/** The first byte at which bytes differ. */
function firstByte(a: Uint8Array, b: Uint8Array): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
}

/** Bytes that mean the same, or nothing. */
function otherBytes(field: string, ours: Uint8Array, theirs: Uint8Array): Found {
  const at = firstByte(ours, theirs);
  const shown = (bytes: Uint8Array): string =>
    at < bytes.length ? `byte 0x${bytes[at].toString(16)}` : NOTHING;
  return { field, at, source: shown(ours), file: shown(theirs) };
}

function instructions(
  ours: CodeObject,
  bytecode: Bytecode,
  theirs: WholeCode,
  dialect: Dialect,
): Found | undefined {
  if (sameBytes(bytecode.code, theirs.code)) return undefined;
  const [a, b] = [bytecode.code, theirs.code].map(code => readInstructions(code, dialect.opcodes, true));
  const text = <Code extends CodeFacts>(
    instruction: CodeInstruction | undefined,
    code: Code,
    all: Bytecode<Code>,
  ): string => {
    if (!instruction) return NOTHING;
    const name = dialect.opcodes.opname(instruction.opcode);
    if (!hasArgument(instruction, dialect)) return name;
    const target = jumpTarget(instruction, dialect.opcodes, dialect.assembler);
    const context = { code, bytecode: all, dialect, filename: '', labels: NO_LABELS, most: MOST_CHARACTERS };
    const meaning = target === undefined ? argumentText(instruction, context) : `to ${target}`;
    return `${name} ${instruction.arg}${meaning && ` (${shortened(meaning, MOST_CHARACTERS)})`}`;
  };
  for (let i = 0; i < a.length || i < b.length; i++) {
    const [x, y] = [a.at(i), b.at(i)];
    if (x && y && x.offset === y.offset && x.opcode === y.opcode && x.arg === y.arg) continue;
    return {
      field: 'co_code',
      at: (x ?? y)!.offset,
      source: text(x, ours, bytecode),
      file: text(y, theirs, theirs),
    };
  }
  return otherBytes('co_code', bytecode.code, theirs.code);
}

function stackSize(bytecode: Bytecode, theirs: WholeCode): Found | undefined {
  if (bytecode.stacksize === theirs.stacksize) return undefined;
  return { field: 'co_stacksize', source: String(bytecode.stacksize), file: String(theirs.stacksize) };
}

function lines(
  { firstlineno }: CodeObject,
  { code, linetable }: Bytecode,
  theirs: WholeCode,
  { assembler }: Dialect,
): Found | undefined {
  if (sameBytes(linetable, theirs.linetable)) return undefined;
  const field = assembler.lineTable === 'lnotab' ? 'co_lnotab' : 'co_linetable';
  const [a, b] = [linetable, theirs.linetable].map(table =>
    codeRanges({ code, linetable: table, firstlineno }, assembler),
  );
  const shown = (range: CodeRange): string => {
    const { start, end, lineno, endLineno, colOffset, endColOffset } = range;
    const from = lineno < 0 ? 'no line' : colOffset < 0 ? `line ${lineno}` : `${lineno}:${colOffset}`;
    return `${start} to ${end}: ${from}${endColOffset < 0 ? '' : `-${endLineno}:${endColOffset}`}`;
  };
  const found = items<CodeRange, CodeRange>(field, a, b, (x, y) => shown(x) === shown(y), shown);
  return found
    ? { ...found, at: (a[found.at!] ?? b[found.at!]).start }
    : otherBytes(field, linetable, theirs.linetable);
}

function handlers({ exceptiontable }: Bytecode, theirs: WholeCode): Found | undefined {
  const [ours, other] = [exceptiontable ?? NO_BYTES, theirs.exceptiontable ?? NO_BYTES];
  if (sameBytes(ours, other)) return undefined;
  const shown = ({ start, end, target, depth, lasti }: ExceptionEntry): string =>
    `${start} to ${end} -> ${target} [${depth}]${lasti ? ' lasti' : ''}`;
  const field = 'co_exceptiontable';
  const [a, b] = [readExceptionTable(ours), readExceptionTable(other)];
  return (
    items<ExceptionEntry, ExceptionEntry>(field, a, b, (x, y) => shown(x) === shown(y), shown) ??
    otherBytes(field, ours, other)
  );
}

const NO_BYTES = new Uint8Array(0);
