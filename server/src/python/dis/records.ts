// The instructions of a code object as data: every attribute that the version's `dis.Instruction` has, under its name, and
// what lies on the stack around each. CPython: Lib/dis.py, Instruction, Bytecode.__iter__().
import type { Bytecode } from '../code/bytecode.ts';
import type { CodeFacts } from '../code/codeObject.ts';
import { constantJson } from '../code/dump.ts';
import type { ExceptionEntry } from '../code/exceptionTable.ts';
import { positionsOf } from '../code/lineTable.ts';
import { ConstantType } from '../constants/values.ts';
import { Op } from '../versions/opcodes/op.generated.ts';
import { HAS_JUMP } from '../versions/opcodes/opcodeTable.ts';
import { jumpTarget } from '../code/instructions.ts';
import { argumentText, argumentValue, hasArgument, reprCode } from './instruction.ts';
import { lineStarts, readCode } from './reading.ts';
import type { ListingOptions } from './listing.ts';
import { stackTexts, symbolicStack } from './stack.ts';
import type { Slot } from './stack/slots.ts';

/** Values of JSON, under the names of CPython's attributes. */
export type InstructionRecord = Readonly<Record<string, unknown>>;

/** A code object with its instructions. */
export interface CodeRecord {
  readonly name: string;
  readonly qualname?: string;
  readonly firstlineno: number;
  readonly stacksize: number;
  readonly instructions: readonly InstructionRecord[];
  /** From 3.11 on. */
  readonly exception_table?: readonly ExceptionEntry[];
  /** Those among its constants, in order. */
  readonly nested: readonly CodeRecord[];
}

/** What lies on the stack: how deep it is, at least if that differs, and the entries, the bottom first. */
interface StackRecord {
  readonly depth: number;
  readonly least?: number;
  readonly entries: readonly string[];
}

const stackRecord = (stack: Slot | undefined): StackRecord | null =>
  stack
    ? {
        depth: stack.depth,
        ...(stack.least < stack.depth && { least: stack.least }),
        entries: stackTexts(stack),
      }
    : null;

/** Where the table ends before the code. */
const NOWHERE = [null, null, null, null] as const;

/** The code object and those among its constants; undefined if one of them has no bytecode. */
export function codeRecord<Code extends CodeFacts>(
  code: Code,
  options: ListingOptions<Code>,
): CodeRecord | undefined {
  const bytecode = options.bytecode(code);
  if (!bytecode) return undefined;
  const nested: CodeRecord[] = [];
  for (const constant of bytecode.consts) {
    if (constant.type !== ConstantType.Code) continue;
    const record = codeRecord(constant.code, options);
    if (!record) return undefined;
    nested.push(record);
  }
  const { dialect, filename, show } = options;
  const read = readCode(code, bytecode, dialect, filename, show?.has('specialized') ?? false);
  return {
    name: code.name,
    ...(dialect.compiler.hasQualnameAttribute && { qualname: code.qualname }),
    firstlineno: code.firstlineno,
    stacksize: bytecode.stacksize,
    instructions: instructionRecords(code, bytecode, read),
    ...(dialect.assembler.exceptionTable && { exception_table: read.entries }),
    nested,
  };
}

function instructionRecords<Code extends CodeFacts>(
  code: Code,
  bytecode: Bytecode<Code>,
  { instructions, ranges, fresh, context }: ReturnType<typeof readCode<Code>>,
): InstructionRecord[] {
  const { dialect, labels } = context;
  const { opcodes, assembler, dis } = dialect;
  const starts = lineStarts(ranges, dialect);
  const positions = dis.attributes === 'lines' ? [] : positionsOf(ranges);
  const stacks = symbolicStack(code, bytecode, instructions, dialect);
  let line: number | null = null;
  return instructions.map((instruction, i) => {
    const { offset, start, end, op, arg: number } = instruction;
    const { before, after, afterJump } = stacks[i];
    const next = instructions[i + 1];
    const opname = fresh.opname(instruction, next);
    const opcode = fresh.opcode(instruction, next);
    const arg = hasArgument(instruction, dialect) ? number : null;
    const told = {
      opname,
      opcode,
      arg,
      argval: argval(i),
      argrepr: argumentText(instruction, context),
      offset,
    };
    const begins = starts.get(offset);
    if (begins !== undefined) line = begins;
    const stack = {
      stack_before: stackRecord(before),
      stack_after: stackRecord(after),
      ...(afterJump && { stack_after_jump: stackRecord(afterJump) }),
    };
    const [lineno, end_lineno, col_offset, end_col_offset] = positions.at(offset / 2) ?? NOWHERE;
    const place = { lineno, end_lineno, col_offset, end_col_offset };
    if (dis.attributes !== 'labels') {
      return {
        ...told,
        starts_line: begins ?? null,
        is_jump_target: labels.has(offset),
        ...(dis.attributes === 'positions' && { positions: place }),
        ...stack,
      };
    }
    const isJump = op >= 0 && (opcodes.flags[op] & HAS_JUMP) !== 0;
    const caches = fresh.cacheEntries(instruction);
    return {
      ...told,
      start_offset: op === Op.EXTENDED_ARG ? offset : start,
      starts_line: begins !== undefined,
      line_number: line,
      label: labels.get(offset) ?? null,
      positions: place,
      cache_info: caches.length === 0 ? null : caches.map(({ name, size, value }) => [name, size, value]),
      oparg: arg,
      baseopcode: instruction.opcode,
      baseopname: opcodes.opname(instruction.opcode),
      cache_offset: offset + 2,
      end_offset: end,
      jump_target: isJump ? jumpTarget(instruction, opcodes, assembler) : null,
      is_jump_target: labels.has(offset),
      ...stack,
    };
  });

  /** Constants as a dump has them; of a code object its repr(). */
  function argval(index: number): unknown {
    const found = argumentValue(instructions[index], context);
    switch (found.kind) {
      case 'none':
        return null;
      case 'value':
        return found.value;
      case 'constant':
        return JSON.parse(
          constantJson(found.constant, one => JSON.stringify(reprCode(one, context.filename))),
        ) as unknown;
    }
  }
}
