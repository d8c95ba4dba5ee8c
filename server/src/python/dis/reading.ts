// What a listing is made of: the instructions of a code object with their places, labels and handlers. CPython:
// Lib/dis.py, _make_labels_map() and findlinestarts().
import type { Bytecode } from '../code/bytecode.ts';
import type { CodeFacts } from '../code/codeObject.ts';
import { readExceptionTable, type ExceptionEntry } from '../code/exceptionTable.ts';
import { jumpTarget, readInstructions, type CodeInstruction } from '../code/instructions.ts';
import { codeRanges, linesOf, type CodeRange } from '../code/lineTable.ts';
import type { Dialect } from '../versions/dialect.ts';
import { freshCode, type FreshCode } from './freshCode.ts';
import type { ArgumentContext } from './instruction.ts';

/** What is read of a code object. */
export interface ReadCode<Code extends CodeFacts> {
  /** EXTENDED_ARGs are among them. */
  readonly instructions: readonly CodeInstruction[];
  readonly entries: readonly ExceptionEntry[];
  readonly ranges: readonly CodeRange[];
  readonly fresh: FreshCode;
  readonly context: ArgumentContext<Code>;
}

const NOTHING = new Uint8Array(0);

/** Reads a code object; `specialized` as the interpreter has it before it first runs. */
export function readCode<Code extends CodeFacts>(
  code: Code,
  bytecode: Bytecode<Code>,
  dialect: Dialect,
  filename: string,
  specialized: boolean,
): ReadCode<Code> {
  const instructions = readInstructions(bytecode.code, dialect.opcodes, true);
  const entries = readExceptionTable(bytecode.exceptiontable ?? NOTHING);
  const located = { code: bytecode.code, linetable: bytecode.linetable, firstlineno: code.firstlineno };
  const ranges = codeRanges(located, dialect.assembler);
  const labels = labelsOf(instructions, entries, dialect);
  const context = { code, bytecode, dialect, filename, labels };
  return { instructions, entries, ranges, fresh: freshCode(dialect, specialized), context };
}

/** Where jumps and handlers lead, and with labels also where handlers are in force; numbered in order from 1. */
function labelsOf(
  instructions: readonly CodeInstruction[],
  entries: readonly ExceptionEntry[],
  { opcodes, assembler, dis }: Dialect,
): Map<number, number> {
  const offsets = new Set<number>();
  for (const instruction of instructions) {
    const target = jumpTarget(instruction, opcodes, assembler);
    if (target !== undefined) offsets.add(target);
  }
  for (const { start, end, target } of entries) {
    offsets.add(target);
    if (dis.labels) offsets.add(start).add(end);
  }
  return new Map([...offsets].sort((a, b) => a - b).map((offset, index) => [offset, index + 1]));
}

/** The lines that begin at offsets. CPython: findlinestarts(). */
export function lineStarts(
  ranges: readonly CodeRange[],
  { assembler, dis }: Dialect,
): Map<number, number | null> {
  const starts = new Map<number, number | null>();
  let last: number | null | undefined;
  for (const { start, lineno } of linesOf(ranges, assembler)) {
    if (lineno === last || (lineno === null && !dis.labels)) continue;
    last = lineno;
    starts.set(start, lineno);
  }
  return starts;
}
