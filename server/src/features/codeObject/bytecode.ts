// The half of the listing that code generation makes: constants, names, the size of the stack, instructions by source
// line and the exception table. Rows of plain text, which view.ts lays out.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Node } from '../../python/ast/nodes.ts';
import type { CodeObject } from '../../python/code/codeObject.ts';
import type { Bytecode } from '../../python/code/bytecode.ts';
import { readExceptionTable } from '../../python/code/exceptionTable.ts';
import { jumpTarget, readInstructions, type CodeInstruction } from '../../python/code/instructions.ts';
import { codeRanges, linesOf } from '../../python/code/lineTable.ts';
import {
  argumentText,
  hasArgument,
  reprConstant,
  type ArgumentContext,
} from '../../python/dis/instruction.ts';
import type { Analysis } from '../../python/index.ts';
import { BlockType } from '../../python/symtable/flags.ts';

/** A table with its head line. */
export interface BytecodeSection {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/** What the file is called where a constant's repr() tells it. */
const FILENAME = 'source';

/** Code objects with more instructions than this are shown up to there: no reader goes further. */
const MOST_INSTRUCTIONS = 20_000;

/** Longer texts of source lines are cut. */
const MOST_CHARACTERS = 100;

/** The sections of a code object's bytecode; one that says why, where there is none. */
export function bytecodeSections(analysis: Analysis, code: CodeObject): BytecodeSection[] {
  const bytecode = analysis.bytecode(code);
  if (!bytecode) return [{ title: 'bytecode', rows: [[whyNone(analysis)]] }];
  const { dialect } = analysis.target;
  const instructions = readInstructions(bytecode.code, dialect.opcodes, false);
  const labels = labelsOf(instructions, bytecode, analysis);
  const context = { code, bytecode, dialect, filename: FILENAME, labels };
  return [
    { title: `co_stacksize        ${bytecode.stacksize}`, rows: [] },
    { title: 'co_consts', rows: constantRows(context) },
    { title: 'co_names', rows: numbered(bytecode.names.map(name => [name])) },
    { title: 'instructions', rows: instructionRows(analysis, instructions, context) },
    { title: 'exception table', rows: exceptionRows(bytecode, labels) },
  ];
}

function whyNone({ errors, target }: Analysis): string {
  if (errors.length > 0) return `none: ${errors[0].type}: ${errors[0].msg}`;
  return target.dialect.flowgraph.hasCodeGenerator
    ? 'none: it is too long, or nested too deep'
    : `not known for CPython ${target.series} yet; what is above is`;
}

type Context = ArgumentContext<CodeObject>;

const numbered = (rows: readonly (readonly string[])[]): string[][] => {
  const width = String(Math.max(0, rows.length - 1)).length;
  return rows.map((row, i) => [String(i).padStart(width), ...row]);
};

const isDefinition = ({ kind }: Node): boolean =>
  kind === NodeKind.FunctionDef || kind === NodeKind.AsyncFunctionDef;

function constantRows({ code, bytecode, dialect, filename }: Context): string[][] {
  const hasSlot = code.scope.hasDocstring || dialect.compiler.firstConstantIsNone;
  const isDocstring = hasSlot && isDefinition(code.node) && code.scope.type === BlockType.Function;
  return numbered(
    bytecode.consts.map((constant, i) => {
      const shown = reprConstant(constant, dialect, filename);
      const note = i === 0 && isDocstring ? 'the docstring, None if there is none' : '';
      return note === '' ? [shown] : [shown, note];
    }),
  );
}

/** Where jumps and handlers lead, and ranges of handlers begin and end, numbered in order from 1. */
function labelsOf(
  instructions: readonly CodeInstruction[],
  bytecode: Bytecode,
  { target: { dialect } }: Analysis,
): Map<number, number> {
  const offsets = new Set<number>();
  for (const instruction of instructions) {
    const target = jumpTarget(instruction, dialect.opcodes, dialect.assembler);
    if (target !== undefined) offsets.add(target);
  }
  for (const { start, end, target } of entriesOf(bytecode)) offsets.add(start).add(end).add(target);
  return new Map([...offsets].sort((a, b) => a - b).map((offset, i) => [offset, i + 1]));
}

const entriesOf = ({ exceptiontable }: Bytecode) =>
  exceptiontable ? readExceptionTable(exceptiontable) : [];

/** A row for each instruction, after one for the source line that it begins. */
function instructionRows(
  analysis: Analysis,
  instructions: readonly CodeInstruction[],
  context: Context,
): string[][] {
  const { code, bytecode, dialect, labels } = context;
  const located = { code: bytecode.code, linetable: bytecode.linetable, firstlineno: code.firstlineno };
  const lines = linesOf(codeRanges(located, dialect.assembler), dialect.assembler);
  const rows: string[][] = [];
  const seen = new Set<number | null>();
  let range = -1;
  let lineno: number | null | undefined;
  for (const instruction of instructions.slice(0, MOST_INSTRUCTIONS)) {
    const { offset, opcode, arg } = instruction;
    while (range + 1 < lines.length && lines[range + 1].start <= offset) range++;
    const next = range < 0 ? null : lines[range].lineno;
    if (next !== lineno) {
      rows.push([heading(analysis, next, seen.has(next))]);
      seen.add(next);
      lineno = next;
    }
    const label = labels.get(offset);
    const row = [
      label === undefined ? '' : `L${label}:`,
      String(offset).padStart(4),
      dialect.opcodes.opname(opcode),
    ];
    if (hasArgument(instruction, dialect)) row.push(String(arg), argumentText(instruction, context));
    rows.push(row);
  }
  if (instructions.length > MOST_INSTRUCTIONS)
    rows.push([`… ${instructions.length - MOST_INSTRUCTIONS} more`]);
  return rows;
}

/** A source line, as the listing shows it above what is generated from it. */
function heading({ lines, text }: Analysis, lineno: number | null, again: boolean): string {
  if (lineno === null || lineno <= 0 || lineno > lines.starts.length) return '-- no line';
  const end = lineno < lines.starts.length ? lines.starts[lineno] : text.length;
  const source = text
    .slice(lines.starts[lineno - 1], end)
    .trim()
    .slice(0, MOST_CHARACTERS);
  return `${lineno}  ${source}${again ? '  (again)' : ''}`;
}

function exceptionRows(bytecode: Bytecode, labels: ReadonlyMap<number, number>): string[][] {
  const label = (offset: number): string => `L${labels.get(offset)}`;
  return entriesOf(bytecode).map(({ start, end, target, depth, lasti }) => [
    `${label(start)} to ${label(end)}`,
    `→ ${label(target)}`,
    `depth ${depth}${lasti ? ', with lasti' : ''}`,
  ]);
}
