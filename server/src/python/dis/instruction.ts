// What `dis` says of an instruction's argument. CPython: Lib/dis.py, ArgResolver; before 3.13
// _get_instructions_bytes().
import type { Bytecode } from '../code/bytecode.ts';
import type { CodeFacts } from '../code/codeObject.ts';
import type { Constant } from '../code/constant.ts';
import { jumpTarget, nameOf, type CodeInstruction } from '../code/instructions.ts';
import { COMMON_CONSTANTS } from '../constants/common.ts';
import { repr } from '../constants/repr.ts';
import { ConstantType } from '../constants/values.ts';
import { shortened } from '../text/repr.ts';
import type { Dialect } from '../versions/dialect.ts';
import { Op } from '../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP } from '../versions/opcodes/opcodeTable.ts';

const CONVERSIONS = ['', 'str', 'repr', 'ascii'];
const FUNCTION_ATTRIBUTES = ['defaults', 'kwdefaults', 'annotations', 'closure', 'annotate'];
/** Of FORMAT_VALUE's argument: there is a format specification. */
const WITH_FORMAT = 4;
/** Of COMPARE_OP's argument, from 3.13 on. */
const TO_BOOL = 16;

/** What the arguments of a code object's instructions are told with. */
export interface ArgumentContext<Code extends CodeFacts> {
  readonly code: Code;
  readonly bytecode: Bytecode<Code>;
  readonly dialect: Dialect;
  /** co_filename of nested code objects. */
  readonly filename: string;
  /** The numbers of places, by offset, where the version numbers them. */
  readonly labels: ReadonlyMap<number, number>;
  /** Longer texts of constants are cut; by default none is. */
  readonly most?: number;
}

/** `repr()` of a code object, at address 0. */
export function reprCode({ name, firstlineno }: CodeFacts, filename: string): string {
  return `<code object ${name} at 0x0, file "${filename}", line ${firstlineno === 0 ? -1 : firstlineno}>`;
}

/** `repr()` of what stands in co_consts, cut if it is longer than `most` UTF-16 units. */
export function reprConstant<Code extends CodeFacts>(
  constant: Constant<Code>,
  dialect: Dialect,
  filename: string,
  most = Infinity,
): string {
  if (constant.type === ConstantType.Code) return reprCode(constant.code, filename);
  return shortened(repr(constant, dialect.tokenizer.unicode, most), most);
}

/** Whether an instruction has an argument that means something. */
export const hasArgument = ({ op, opcode }: CodeInstruction, { opcodes }: Dialect): boolean =>
  op < 0 ? opcode >= opcodes.haveArgument : (opcodes.flags[op] & Has.Arg) !== 0;

/** The meaning of an argument, as `dis` has it in parentheses; empty if it says nothing. */
export function argumentText<Code extends CodeFacts>(
  instruction: CodeInstruction,
  context: ArgumentContext<Code>,
): string {
  const { arg } = instruction;
  const { bytecode, dialect } = context;
  const { opcodes, dis } = dialect;
  if (instruction.op < 0 || !hasArgument(instruction, dialect)) return '';
  const op = instruction.op as Op;
  const flags = opcodes.flags[op];
  if ((flags & Has.Const) !== 0) {
    if (dis.constantsOfLoadsOnly && op !== Op.LOAD_CONST) return '';
    return arg in bytecode.consts
      ? reprConstant(bytecode.consts[arg], dialect, context.filename, context.most)
      : '';
  }
  if ((flags & Has.Name) !== 0) return nameText(op, arg, bytecode.names, dialect);
  if ((flags & HAS_JUMP) !== 0) {
    if ((flags & Has.JumpAbsolute) !== 0 && !dis.absoluteTargets) return '';
    const target = jumpTarget(instruction, opcodes, dialect.assembler)!;
    if (!dis.labels) return `to ${target}`;
    return `${op === Op.END_ASYNC_FOR ? 'from' : 'to'} L${context.labels.get(target)}`;
  }
  if ((flags & (Has.Local | Has.Free)) !== 0) return variableText(op, arg, flags, context);
  if ((flags & Has.Compare) !== 0) {
    const operator = opcodes.facts.compareOperators[arg >> dis.compareShift] ?? '';
    return dis.comparesToBool && (arg & TO_BOOL) !== 0 ? `bool(${operator})` : operator;
  }
  return otherText(op, arg, dialect);
}

/** What `dis` tells of an argument as a value: constants, names, places and operators in the place of numbers. */
export type ArgumentValue<Code extends CodeFacts> =
  | { readonly kind: 'none' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'constant'; readonly constant: Constant<Code> };

/** `Instruction.argval`; what is not known is none. */
export function argumentValue<Code extends CodeFacts>(
  instruction: CodeInstruction,
  context: ArgumentContext<Code>,
): ArgumentValue<Code> {
  const { op, arg } = instruction;
  const { bytecode, dialect } = context;
  const { opcodes, dis } = dialect;
  if (op < 0 || !hasArgument(instruction, dialect)) return { kind: 'none' };
  const flags = opcodes.flags[op];
  const value = (told: unknown): ArgumentValue<Code> => ({ kind: 'value', value: told });
  if ((flags & Has.Const) !== 0) {
    const isTold = arg in bytecode.consts && !(dis.constantsOfLoadsOnly && (op as Op) !== Op.LOAD_CONST);
    return isTold ? { kind: 'constant', constant: bytecode.consts[arg] } : { kind: 'none' };
  }
  if ((flags & Has.Name) !== 0) return value(nameOf(op as Op, arg, bytecode.names, dis));
  if ((flags & HAS_JUMP) !== 0) {
    const isTold = (flags & Has.JumpAbsolute) === 0 || dis.absoluteTargets;
    return value(isTold ? jumpTarget(instruction, opcodes, dialect.assembler) : arg);
  }
  if ((flags & (Has.Local | Has.Free)) !== 0) {
    const text = variableText(op as Op, arg, flags, context);
    return value(isPair(op as Op) ? text.split(', ') : text);
  }
  if ((flags & Has.Compare) !== 0)
    return value(opcodes.facts.compareOperators[arg >> dis.compareShift] ?? '');
  switch (op as Op) {
    case Op.FORMAT_VALUE:
      return value([CONVERSIONS[arg & 3] || null, (arg & WITH_FORMAT) !== 0]);
    case Op.CONVERT_VALUE:
      return value(CONVERSIONS[arg] || null);
    case Op.LOAD_COMMON_CONSTANT:
      return dis.commonConstantsAreValues
        ? commonConstant(opcodes.facts.commonConstants[arg] ?? '')
        : value(arg);
    default:
      return value(arg);
  }
}

/** A constant, or the name of a class or function, by what `repr` shows of it. */
function commonConstant<Code extends CodeFacts>(shown: string): ArgumentValue<Code> {
  const constant = COMMON_CONSTANTS.get(shown);
  if (constant) return { kind: 'constant', constant };
  return { kind: 'value', value: /^<(?:class '|built-in function )(\w+)'?>$/.exec(shown)?.[1] ?? null };
}

function nameText(op: Op, arg: number, names: readonly string[], dialect: Dialect): string {
  const { dis } = dialect;
  const name = nameOf(op, arg, names, dis);
  const push = (what: string): string =>
    dis.extraPush === 'before' ? `${what} + ${name}` : `${name} + ${what}`;
  if (op === Op.LOAD_GLOBAL && dis.extraPush !== 'none') return (arg & 1) !== 0 ? push('NULL') : name;
  if (dis.attributeBits && (op === Op.LOAD_ATTR || op === Op.LOAD_SUPER_ATTR))
    return (arg & 1) !== 0 ? push('NULL|self') : name;
  if (dis.importBits && op === Op.IMPORT_NAME && name !== '')
    return (arg & 1) !== 0 ? `${name} + lazy` : (arg & 2) !== 0 ? `${name} + eager` : name;
  return name;
}

/** Whether an argument numbers two variables. */
function isPair(op: Op): boolean {
  switch (op) {
    case Op.LOAD_FAST_LOAD_FAST:
    case Op.LOAD_FAST_BORROW_LOAD_FAST_BORROW:
    case Op.STORE_FAST_LOAD_FAST:
    case Op.STORE_FAST_STORE_FAST:
      return true;
    default:
      return false;
  }
}

function variableText<Code extends CodeFacts>(
  op: Op,
  arg: number,
  flags: number,
  { code, bytecode, dialect }: ArgumentContext<Code>,
): string {
  const name = (index: number): string => bytecode.localsplus[index]?.name ?? '';
  if (isPair(op)) return `${name(arg >> 4)}, ${name(arg & 15)}`;
  const isAfterLocals = (flags & Has.Free) !== 0 && !dialect.assembler.fastLocals;
  return name(isAfterLocals ? code.varnames.length + arg : arg);
}

function otherText(op: Op, arg: number, { opcodes: { facts }, dis }: Dialect): string {
  switch (op) {
    case Op.FORMAT_VALUE: {
      const conversion = CONVERSIONS[arg & 3];
      if ((arg & WITH_FORMAT) === 0) return conversion;
      return conversion ? `${conversion}, with format` : 'with format';
    }
    case Op.CONVERT_VALUE:
      return CONVERSIONS[arg] ?? '';
    case Op.MAKE_FUNCTION:
    case Op.SET_FUNCTION_ATTRIBUTE:
      return FUNCTION_ATTRIBUTES.filter((_, bit) => (arg & (1 << bit)) !== 0).join(', ');
    case Op.BINARY_OP:
      return facts.binaryOperators[arg]?.[1] ?? '';
    case Op.CALL_INTRINSIC_1:
      return facts.unaryIntrinsics[arg] ?? '';
    case Op.CALL_INTRINSIC_2:
      return facts.binaryIntrinsics[arg] ?? '';
    case Op.LOAD_COMMON_CONSTANT: {
      const constant = facts.commonConstants[arg] ?? '';
      return /^<class '(.*)'>$/.exec(constant)?.[1] ?? constant;
    }
    case Op.LOAD_SPECIAL:
      return facts.specialMethods[arg] ?? '';
    case Op.IS_OP:
      return dis.containmentOperators ? (arg ? 'is not' : 'is') : '';
    case Op.CONTAINS_OP:
      return dis.containmentOperators ? (arg ? 'not in' : 'in') : '';
    default:
      return '';
  }
}
