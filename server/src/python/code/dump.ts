// The canonical dump of code objects as JSON text: sorted keys, ASCII, no spaces, so that equal code objects give
// equal bytes. Facts alone have nested code objects under "children"; whole code objects have them among "consts".
import { ConstantType } from '../constants/values.ts';
import type { Target } from '../versions/target.ts';
import type { Bytecode } from './bytecode.ts';
import type { CodeFacts, CodeObject } from './codeObject.ts';
import type { Constant } from './constant.ts';
import { codeRanges, positionsOf } from './lineTable.ts';

/** The fields of a code object's record but "children", sorted. */
export const CODE_FIELDS = [
  'argcount',
  'cellvars',
  'firstlineno',
  'flags',
  'freevars',
  'kwonlyargcount',
  'name',
  'nlocals',
  'posonlyargcount',
  'qualname',
  'varnames',
] as const;

export type CodeField = (typeof CODE_FIELDS)[number];

const NON_ASCII = /[^ -~]/;

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A value as JSON text of ASCII characters alone, keys sorted. */
export function asciiJson(value: unknown): string {
  const sorted =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  const json = JSON.stringify(sorted);
  return NON_ASCII.test(json) ? json.replace(/[^ -~]/g, escaped) : json;
}

/** Texts with commas between them. Joining would copy a nested code object once for each level around it. */
function separated(texts: readonly string[]): string {
  let all = '';
  for (const text of texts) all += all === '' ? text : ',' + text;
  return all;
}

/**
 * A code object, and those nested in it, as JSON text.
 *
 * @param fields those to show, a sorted selection of CODE_FIELDS; co_qualname only where the target has it
 */
export function codeJson(
  code: CodeObject,
  target: Target,
  fields: readonly CodeField[] = CODE_FIELDS,
): string {
  return factsJson(code, target, fields, ({ children }) => children);
}

/** As codeJson(), of code objects that have those nested in them elsewhere. */
export function factsJson<Code extends CodeFacts>(
  code: Code,
  target: Target,
  fields: readonly CodeField[],
  childrenOf: (code: Code) => readonly Code[],
): string {
  const { hasQualnameAttribute } = target.dialect.compiler;
  const shown = fields.filter(field => field !== 'qualname' || hasQualnameAttribute);
  const before = shown.filter(field => field < 'children');
  const after = shown.filter(field => field > 'children');
  const record = (c: Code): string => {
    const member = (field: CodeField): string => `"${field}":${asciiJson(c[field])}`;
    const children = `"children":[${separated(childrenOf(c).map(record))}]`;
    return `{${separated([...before.map(member), children, ...after.map(member)])}}`;
  };
  return record(code);
}

const float = new DataView(new ArrayBuffer(8));

/** The eight IEEE 754 bytes, big-endian, as hexadecimal digits. */
function floatHex(value: number, positiveNan = false): string {
  if (Number.isNaN(value)) return positiveNan ? '7ff8000000000000' : 'fff8000000000000';
  float.setFloat64(0, value);
  return float.getBigUint64(0).toString(16).padStart(16, '0');
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function bytesHex(bytes: Uint8Array): string {
  let hex = '';
  for (let i = 0; i < bytes.length; i++) hex += HEX[bytes[i]];
  return hex;
}

/**
 * A constant as JSON text: an array that begins with a tag.
 *
 * @param record makes the JSON text of a nested code object
 */
export function constantJson<Code extends CodeFacts>(
  constant: Constant<Code>,
  record: (code: Code) => string,
): string {
  const inner = (item: Constant<Code>): string => constantJson(item, record);
  switch (constant.type) {
    case ConstantType.None:
      return '["None"]';
    case ConstantType.Bool:
      return constant.value ? '["True"]' : '["False"]';
    case ConstantType.Ellipsis:
      return '["..."]';
    case ConstantType.Int:
      return `["i","${constant.value.toString(16)}"]`;
    case ConstantType.Float:
      return `["f","${floatHex(constant.value, constant.positiveNan)}"]`;
    case ConstantType.Complex:
      return `["c","${floatHex(constant.real, constant.positiveNan)}","${floatHex(constant.imag, constant.positiveNan)}"]`;
    case ConstantType.Str:
      // Only a str with lone surrogates has its code points apart.
      return constant.codePoints
        ? `["cp",[${constant.codePoints.join(',')}]]`
        : `["s",${asciiJson(constant.value)}]`;
    case ConstantType.Bytes:
      return `["b","${bytesHex(constant.value)}"]`;
    case ConstantType.Tuple:
      return `["t",[${constant.items.map(inner).join(',')}]]`;
    case ConstantType.FrozenSet:
      // CPython's own order is by hash.
      return `["fs",[${constant.items.map(inner).sort().join(',')}]]`;
    case ConstantType.Slice:
      return `["sl",${inner(constant.start)},${inner(constant.stop)},${inner(constant.step)}]`;
    case ConstantType.Code:
      return `["code",${record(constant.code)}]`;
  }
}

// ---- Whole code objects -----------------------------------------------------------------------------------------

/** How a whole record is made. */
export interface WholeDump<Code extends CodeFacts = CodeObject> {
  readonly target: Target;
  /** The bytecode of a code object; it is called for each that the dump comes to. */
  readonly bytecode: (code: Code) => Bytecode<Code> | undefined;
  /** Whether records have `positions`: the place of each code unit, 3.11 and later. */
  readonly positions?: boolean;
}

/**
 * Every field of a code object, nested ones among its constants, as JSON text; undefined if one has no bytecode.
 * Fields that the target's code objects do not have are not there.
 */
export function wholeCodeJson<Code extends CodeFacts>(code: Code, dump: WholeDump<Code>): string | undefined {
  const { target } = dump;
  const { compiler, assembler } = target.dialect;
  let whole = true;
  const record = (c: Code): string => {
    const bytecode = whole ? dump.bytecode(c) : undefined;
    if (!bytecode) {
      whole = false;
      return '';
    }
    const members: string[] = [];
    const add = (field: string, json: string): void => void members.push(`"${field}":${json}`);
    const hex = (field: string, bytes: Uint8Array): void => add(field, `"${bytesHex(bytes)}"`);
    add('argcount', String(c.argcount));
    add('cellvars', asciiJson(c.cellvars));
    hex('code', bytecode.code);
    add('consts', `[${separated(bytecode.consts.map(constant => constantJson(constant, record)))}]`);
    if (bytecode.exceptiontable) hex('exceptiontable', bytecode.exceptiontable);
    add('firstlineno', String(c.firstlineno));
    add('flags', String(c.flags));
    add('freevars', asciiJson(c.freevars));
    add('kwonlyargcount', String(c.kwonlyargcount));
    const isLnotab = assembler.lineTable === 'lnotab';
    if (!isLnotab) hex('linetable', bytecode.linetable);
    else hex('lnotab', bytecode.linetable);
    add('name', asciiJson(c.name));
    add('names', asciiJson(bytecode.names));
    add('nlocals', String(c.nlocals));
    if (dump.positions && assembler.lineTable === 'locations')
      add('positions', positionsJson(c, bytecode, target));
    add('posonlyargcount', String(c.posonlyargcount));
    if (compiler.hasQualnameAttribute) add('qualname', asciiJson(c.qualname));
    add('stacksize', String(bytecode.stacksize));
    add('varnames', asciiJson(c.varnames));
    return `{${separated(members)}}`;
  };
  const json = record(code);
  return whole ? json : undefined;
}

function positionsJson<Code extends CodeFacts>(
  { firstlineno }: CodeFacts,
  { code, linetable }: Bytecode<Code>,
  target: Target,
): string {
  const ranges = codeRanges({ code, linetable, firstlineno }, target.dialect.assembler);
  return asciiJson(positionsOf(ranges));
}
