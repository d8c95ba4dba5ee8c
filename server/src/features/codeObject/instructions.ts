// The instructions of a code object by line of the source, and its exception table:
//
//           3      for x in xs:
//    ╭─→     L1:      6  2 │ FOR_ITER                    3  to L2
//    ╰──             10  1 ╰ JUMP_BACKWARD               3  to L1
//
// An arrow from each jump, a label, the offset in bytes, how deep the stack is after it, whether the exception table covers
// it, opcode, argument and what the argument means. Each line is the head of what it became, and comes again if other lines come between.
import type { Bytecode } from '../../python/code/bytecode.ts';
import type { CodeObject } from '../../python/code/codeObject.ts';
import { type ExceptionEntry, readExceptionTable } from '../../python/code/exceptionTable.ts';
import { type CodeInstruction, jumpTarget, readInstructions } from '../../python/code/instructions.ts';
import { type CodeRange, codeRanges } from '../../python/code/lineTable.ts';
import { type ArgumentContext, argumentText, hasArgument } from '../../python/dis/instruction.ts';
import type { StackStates } from '../../python/dis/stack.ts';
import { HAS_JUMP } from '../../python/versions/opcodes/opcodeTable.ts';
import type { Analysis } from '../../python/index.ts';
import type { Span } from '../../python/locate/path.ts';
import { shortened } from '../../python/text/repr.ts';
import { jumpArrows, type Jump } from './jumpArrows.ts';
import { statesOf } from './stackStates.ts';
import type { Listing } from './listing.ts';

/** Code objects with more instructions than this are shown up to there: no reader goes further. */
const MOST_INSTRUCTIONS = 20_000;

/** Longer texts of source lines are cut. */
const MOST_CHARACTERS = 100;
/** Longer texts of constants are cut, in UTF-16 units. */
const MOST_OF_CONSTANT = 1000;

export interface Context extends ArgumentContext<CodeObject> {
  /** All of the code object, without EXTENDED_ARGs. */
  readonly instructions: readonly CodeInstruction[];
}

/** A line of the section: the head of a source line, or an instruction. */
type InstructionRow =
  | { readonly head: string; readonly source: Span | undefined }
  | {
      readonly instruction: CodeInstruction;
      readonly range: CodeRange | undefined;
    };

/** What the lines of a code object's instructions are told with. */
export function contextOf(
  { target }: Analysis,
  code: CodeObject,
  bytecode: Bytecode,
  filename: string,
): Context {
  const { dialect } = target;
  const instructions = readInstructions(bytecode.code, dialect.opcodes);
  const offsets = new Set<number>();
  for (const instruction of instructions) {
    const to = jumpTarget(instruction, dialect.opcodes, dialect.assembler);
    if (to !== undefined) offsets.add(to);
  }
  for (const { start, end, target: handler } of entriesOf(bytecode)) offsets.add(start).add(end).add(handler);
  const ascending = [...offsets].sort((a, b) => a - b);
  return {
    code,
    bytecode,
    dialect,
    filename,
    instructions,
    labels: new Map(ascending.map((offset, i) => [offset, i + 1])),
    most: MOST_OF_CONSTANT,
  };
}

/** Adds the sections `instructions` and `exception table`. */
export function addInstructions(
  listing: Listing,
  analysis: Analysis,
  context: Context,
  forComparison: boolean,
): void {
  const { bytecode, labels, instructions } = context;
  const rows = rowsOf(analysis, instructions, context);
  const entries = entriesOf(bytecode);
  const arrows = jumpArrows(rows.length, forComparison ? [] : jumpsOf(rows, context));
  const cover = coverOf(instructions, entries);
  const states = forComparison ? [] : statesOf(analysis, context.code, instructions);
  const end = listing.begin('instructions', 'section');
  let endLine: (() => void) | undefined;
  let next = 0;
  rows.forEach((row, i) => {
    if ('head' in row) {
      endLine?.();
      endLine = listing.begin(row.head.trim(), 'line');
      listing.partlyLinked(`${arrows[i]}${arrows[i] && ' '}`, row.head, '', row.source);
      return;
    }
    const { instruction, range } = row;
    const depth = states.length > 0 ? depthText(states[next]) : undefined;
    next++;
    const text = `${arrows[i]}${instructionText(instruction, cover.get(instruction.offset), depth, context)}`;
    listing.instruction(text.trimEnd(), instruction.offset, range && sourceOf(analysis, range));
  });
  if (instructions.length > MOST_INSTRUCTIONS)
    listing.row(`… ${instructions.length - MOST_INSTRUCTIONS} more`);
  endLine?.();
  end();
  listing.section(
    'exception table',
    entries.map(({ start, end: stop, target, depth, lasti }) => ({
      cells: [
        `L${labels.get(start)} to L${labels.get(stop)}`,
        `→ L${labels.get(target)}`,
        `depth ${depth}${lasti ? ', with lasti' : ''}`,
      ],
    })),
  );
}

export const entriesOf = ({ exceptiontable }: Bytecode): readonly ExceptionEntry[] =>
  exceptiontable ? readExceptionTable(exceptiontable) : [];

/** How deep the stack is where an instruction goes on, or else where it jumps; empty where it leaves or is not reached. */
function depthText({ after, afterJump }: StackStates): string {
  const stack = after ?? afterJump;
  if (!stack) return '';
  return stack.least < stack.depth ? `${stack.least}–${stack.depth}` : String(stack.depth);
}

/** Columns of fixed width, so that listings of two versions can be compared line by line. */
function instructionText(
  instruction: CodeInstruction,
  cover: Cover | undefined,
  depth: string | undefined,
  context: Context,
): string {
  const { dialect, labels } = context;
  const forComparison = depth === undefined;
  const at = labels.get(instruction.offset);
  const label = at === undefined ? '' : `L${at}:`;
  const hasArg = hasArgument(instruction, dialect);
  const argument = hasArg ? argumentText(instruction, context) : '';
  const number = hasArg && !(forComparison && argument !== '') ? String(instruction.arg) : '';
  const meaning = [argument, cover?.handler === undefined ? '' : `try → L${labels.get(cover.handler)}`];
  return [
    label.padStart(5),
    (forComparison ? '' : String(instruction.offset)).padStart(5),
    ...(forComparison ? [] : [depth.padStart(2)]),
    cover?.mark ?? ' ',
    dialect.opcodes.opname(instruction.opcode).padEnd(21),
    number.padStart(3),
    '',
    meaning.filter(part => part !== '').join('   '),
  ].join(' ');
}

/** An instruction for each row, and one before it for the source line that it begins. */
export function rowsOf(
  analysis: Analysis,
  instructions: readonly CodeInstruction[],
  { code, bytecode, dialect }: Context,
): InstructionRow[] {
  const located = { code: bytecode.code, linetable: bytecode.linetable, firstlineno: code.firstlineno };
  const ranges = codeRanges(located, dialect.assembler);
  const rows: InstructionRow[] = [];
  const seen = new Set<number>();
  let at = 0;
  let lineno: number | undefined;
  for (const instruction of instructions.slice(0, MOST_INSTRUCTIONS)) {
    while (at + 1 < ranges.length && ranges[at].end <= instruction.offset) at++;
    const range: CodeRange | undefined = ranges[at];
    const next = range?.lineno ?? -1;
    if (next !== lineno) {
      rows.push(headOf(analysis, next, seen.has(next)));
      seen.add(next);
      lineno = next;
    }
    rows.push({ instruction, range });
  }
  return rows;
}

/** A line of the source, above what it became. */
function headOf({ lines, text }: Analysis, lineno: number, again: boolean): InstructionRow {
  if (lineno <= 0 || lineno > lines.starts.length) return { head: '  --  no line', source: undefined };
  const start = lines.starts[lineno - 1];
  const end = lineno < lines.starts.length ? lines.starts[lineno] : text.length;
  const shown = shortened(text.slice(start, end).trimEnd(), MOST_CHARACTERS);
  return {
    head: `${String(lineno).padStart(4)}  ${shown.replaceAll('\t', '    ')}${again ? '  (again)' : ''}`,
    source: lineSpan(text, start, end),
  };
}

/** A line of the source without the blanks around it. */
function lineSpan(text: string, start: number, end: number): Span {
  const line = text.slice(start, end);
  const first = start + (line.length - line.trimStart().length);
  return { start: first, end: Math.max(first, start + line.trimEnd().length) };
}

/** The source that a range of bytes comes from; undefined if it is none of this text. */
export function sourceOf({ lines, text }: Analysis, range: CodeRange): Span | undefined {
  const { lineno, endLineno, colOffset, endColOffset } = range;
  const count = lines.starts.length;
  if (lineno <= 0 || lineno > count) return undefined;
  if (colOffset < 0 || endColOffset < 0 || endLineno < lineno || endLineno > count) {
    const end = lineno < count ? lines.starts[lineno] : text.length;
    return lineSpan(text, lines.starts[lineno - 1], end);
  }
  const start = lines.offsetOf(lineno, colOffset);
  return { start, end: Math.max(start, lines.offsetOf(endLineno, endColOffset)) };
}

/** Jumps between rows. */
function jumpsOf(rows: readonly InstructionRow[], { dialect }: Context): Jump[] {
  const hasJump = ({ op }: CodeInstruction): boolean =>
    op >= 0 && (dialect.opcodes.flags[op] & HAS_JUMP) !== 0;
  if (!rows.some(row => 'instruction' in row && hasJump(row.instruction))) return [];
  const rowOf = new Map<number, number>();
  rows.forEach((row, i) => {
    if ('instruction' in row) rowOf.set(row.instruction.start, i).set(row.instruction.offset, i);
  });
  const jumps: Jump[] = [];
  rows.forEach((row, from) => {
    if (!('instruction' in row)) return;
    const target = jumpTarget(row.instruction, dialect.opcodes, dialect.assembler);
    const to = target === undefined ? undefined : rowOf.get(target);
    if (to !== undefined) jumps.push({ from, to });
  });
  return jumps;
}

/** What the exception table says of an instruction: the mark of a range's part, at its beginning with the handler. */
interface Cover {
  readonly mark: '╭' | '│' | '╰' | '╶';
  readonly handler: number | undefined;
}

function coverOf(
  instructions: readonly CodeInstruction[],
  entries: readonly ExceptionEntry[],
): Map<number, Cover> {
  const cover = new Map<number, Cover>();
  let i = 0;
  for (const { start, end, target } of entries) {
    while (i < instructions.length && instructions[i].offset < start) i++;
    for (let first = true; i < instructions.length && instructions[i].offset < end; i++) {
      const isLast = i + 1 === instructions.length || instructions[i + 1].offset >= end;
      const mark = first ? (isLast ? '╶' : '╭') : isLast ? '╰' : '│';
      cover.set(instructions[i].offset, { mark, handler: first ? target : undefined });
      first = false;
    }
  }
  return cover;
}
