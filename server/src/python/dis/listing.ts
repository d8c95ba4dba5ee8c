// The text that `python -m dis` prints for a code object and those nested in it. CPython: Lib/dis.py, disassemble(),
// _disassemble_recursive() and Formatter; before 3.13 Instruction._disassemble().
import type { Bytecode } from '../code/bytecode.ts';
import type { CodeFacts } from '../code/codeObject.ts';
import { positionsOf } from '../code/lineTable.ts';
import { ConstantType } from '../constants/values.ts';
import type { Dialect } from '../versions/dialect.ts';
import type { DisOption } from '../versions/disDialect.ts';
import { argumentText, hasArgument, reprCode, type ArgumentContext } from './instruction.ts';
import { lineStarts, readCode, type ReadCode } from './reading.ts';

const OPNAME_WIDTH = 20;
const ARGUMENT_WIDTH = 5;
/** In the place of a line number, from 3.13 on. */
const NO_LINE = '  --';

/** What is listed, and how. */
export interface ListingOptions<Code extends CodeFacts> {
  readonly dialect: Dialect;
  readonly bytecode: (code: Code) => Bytecode<Code> | undefined;
  /** co_filename */
  readonly filename: string;
  /** What is shown besides; what the version's `dis()` cannot show is left out. */
  readonly show?: ReadonlySet<DisOption>;
}

/**
 * The listing of a code object and of those among its constants, each line with its line feed; addresses are 0x0.
 * Undefined if one of them has no bytecode.
 */
export function listing<Code extends CodeFacts>(
  code: Code,
  options: ListingOptions<Code>,
): string | undefined {
  const lines: string[] = [];
  const visit = (one: Code): boolean => {
    const bytecode = options.bytecode(one);
    if (!bytecode) return false;
    disassemble(one, bytecode, options, lines);
    for (const constant of bytecode.consts) {
      if (constant.type !== ConstantType.Code) continue;
      lines.push('', `Disassembly of ${reprCode(constant.code, options.filename)}:`);
      if (!visit(constant.code)) return false;
    }
    return true;
  };
  return visit(code) ? `${lines.join('\n')}\n` : undefined;
}

function disassemble<Code extends CodeFacts>(
  code: Code,
  bytecode: Bytecode<Code>,
  options: ListingOptions<Code>,
  lines: string[],
): void {
  const { dialect, filename } = options;
  const shows = (option: DisOption): boolean =>
    options.show !== undefined && options.show.has(option) && dialect.dis.options.includes(option);
  const read = readCode(code, bytecode, dialect, filename, shows('specialized'));
  const { context } = read;
  if (dialect.dis.labels) labelled(read, context, shows, lines);
  else plain(read, context, shows, lines);
}

const greatest = (numbers: Iterable<number | null>): number => {
  let most = -1;
  for (const number of numbers) if (number !== null && number > most) most = number;
  return most;
};

function plain<Code extends CodeFacts>(
  { instructions, entries, ranges, fresh }: ReadCode<Code>,
  context: ArgumentContext<Code>,
  shows: (option: DisOption) => boolean,
  lines: string[],
): void {
  const { bytecode, dialect, labels } = context;
  const showCaches = shows('caches');
  const starts = lineStarts(ranges, dialect);
  const most = greatest(starts.values());
  const lineWidth = starts.size === 0 ? 0 : most >= 1000 ? String(most).length : 3;
  const lastOffset = bytecode.code.length - 2;
  const offsetWidth = lastOffset >= 10000 ? String(lastOffset).length : 4;
  function add(line: string, mark: string, offset: number, opname: string, argument: string[]): void {
    const fields: string[] = [];
    if (lineWidth > 0) fields.push(line.padStart(lineWidth));
    fields.push('   ', mark, String(offset).padStart(offsetWidth), opname.padEnd(OPNAME_WIDTH), ...argument);
    lines.push(trimEnd(fields.join(' ')));
  }
  const argumentOf = (arg: number, text: string): string[] => {
    const number = String(arg).padStart(ARGUMENT_WIDTH);
    return text ? [number, `(${text})`] : [number];
  };
  instructions.forEach((instruction, i) => {
    const { offset, arg } = instruction;
    const line = starts.get(offset);
    if (line !== undefined && offset > 0) lines.push('');
    const argument = hasArgument(instruction, dialect)
      ? argumentOf(arg, argumentText(instruction, context))
      : [];
    const opname = fresh.opname(instruction, instructions[i + 1]);
    add(String(line ?? ''), labels.has(offset) ? '>>' : '  ', offset, opname, argument);
    if (!showCaches) return;
    for (const { offset: at, text } of fresh.cacheUnits(instruction))
      add('', '  ', at, 'CACHE', argumentOf(0, dialect.dis.cacheEntries ? text : ''));
  });
  if (entries.length > 0) lines.push('ExceptionTable:');
  for (const { start, end, target, depth, lasti } of entries) {
    lines.push(`  ${start} to ${end - 2} -> ${target} [${depth}]${lasti ? ' lasti' : ''}`);
  }
}

/** Python's rstrip() of what can end a line here. */
const trimEnd = (line: string): string => line.trimEnd();

type Position = ReturnType<typeof positionsOf>[number];

/** Undefined past the end of the table. */
function positionText(position: Position | undefined): string {
  if (!position || position.every(part => part === null)) return NO_LINE;
  const [line, endLine, column, endColumn] = position.map(part => part ?? '?');
  return `${line}:${column}-${endLine}:${endColumn}`;
}

function positionsWidth(positions: readonly Position[]): number {
  let hasValue = false;
  let width = 0;
  for (const position of positions) {
    hasValue ||= position.some(part => part !== null);
    width = Math.max(width, position.map(part => String(part ?? '?')).join('').length);
  }
  return hasValue ? 1 + Math.max(NO_LINE.length, 3 + width) : 0;
}

function linesWidth(starts: ReadonlyMap<number, number | null>): number {
  // A line 0 counts for none here.
  const most = greatest(starts.values());
  if (most <= 0) return 0;
  const width = Math.max(3, String(most).length);
  return width < NO_LINE.length && [...starts.values()].includes(null) ? NO_LINE.length : width;
}

function labelled<Code extends CodeFacts>(
  { instructions, entries, ranges, fresh }: ReadCode<Code>,
  context: ArgumentContext<Code>,
  shows: (option: DisOption) => boolean,
  lines: string[],
): void {
  const { bytecode, dialect, labels } = context;
  const showCaches = shows('caches');
  const showPositions = shows('positions');
  const starts = lineStarts(ranges, dialect);
  const positions = showPositions ? positionsOf(ranges) : [];
  const lineWidth = showPositions ? positionsWidth(positions) : linesWidth(starts);
  const labelWidth = 4 + String(labels.size).length;
  const offsetWidth = shows('offsets') ? String(Math.max(bytecode.code.length - 2, 9999)).length : 0;

  function place(offset: number, line: number | null | undefined): string {
    if (showPositions) return positionText(positions.at(offset / 2)).padEnd(lineWidth);
    return (line === undefined ? '' : line === null ? NO_LINE : String(line)).padStart(lineWidth);
  }
  function add(
    where: string,
    label: number | undefined,
    offset: number,
    opname: string,
    argument: string[],
  ): void {
    const fields: string[] = [];
    if (lineWidth > 0) fields.push(where);
    fields.push((label === undefined ? '' : `L${label}:`).padStart(labelWidth));
    if (offsetWidth > 0) fields.push(`${String(offset).padStart(offsetWidth)}  `);
    fields.push('   ', opname.padEnd(OPNAME_WIDTH), ...argument);
    lines.push(trimEnd(fields.join(' ')));
  }
  const argumentOf = (opname: string, arg: number, text: string): string[] => {
    const excess = Math.max(0, opname.length - OPNAME_WIDTH);
    const number = String(arg).padStart(ARGUMENT_WIDTH - excess);
    return text ? [number, `(${text})`] : [number];
  };

  instructions.forEach((instruction, i) => {
    const { offset, arg } = instruction;
    const line = starts.get(offset);
    if (lineWidth > 0 && line !== undefined && offset > 0) lines.push('');
    const opname = fresh.opname(instruction, instructions[i + 1]);
    const argument = hasArgument(instruction, dialect)
      ? argumentOf(opname, arg, argumentText(instruction, context))
      : [];
    add(place(offset, line), labels.get(offset), offset, opname, argument);
    if (!showCaches) return;
    const where = showPositions ? place(offset, undefined) : ' '.repeat(lineWidth);
    for (const { offset: at, text } of fresh.cacheUnits(instruction))
      add(where, undefined, at, 'CACHE', argumentOf('CACHE', 0, text));
  });
  if (entries.length > 0) lines.push('ExceptionTable:');
  for (const { start, end, target, depth, lasti } of entries) {
    const [from, to, handler] = [start, end, target].map(offset => labels.get(offset));
    lines.push(`  L${from} to L${to} -> L${handler} [${depth}]${lasti ? ' lasti' : ''}`);
  }
}
