// The control flow of a code object's bytecode: basic blocks, and the edges between them. Blocks are read from co_code
// as it is, so that the picture shows what is executed; what is drawn of them is left to the client.
import { type CodeInstruction, jumpTarget, readInstructions } from '../../python/code/instructions.ts';
import { argumentText, hasArgument } from '../../python/dis/instruction.ts';
import type { Analysis } from '../../python/index.ts';
import type { Span } from '../../python/locate/path.ts';
import { Op } from '../../python/versions/opcodes/op.generated.ts';
import { Has } from '../../python/versions/opcodes/opcodeTable.ts';
import { type Context, entriesOf, rowsOf, sourceOf } from './instructions.ts';

/** Larger graphs are cut: no reader finds a way through them, and laying them out takes too long. */
const MOST_BLOCKS = 400;

/** A line of a block: the head of a source line, or an instruction. */
export interface FlowLine {
  readonly text: string;
  readonly isHead: boolean;
  /** The instruction's byte in co_code; that of the first one for a head. */
  readonly offset: number;
  readonly source: Span | undefined;
  /** Whether the frame is suspended here. */
  readonly suspends: boolean;
}

export interface FlowBlock {
  /** `L3`; undefined if nothing jumps there. */
  readonly label: string | undefined;
  readonly lines: readonly FlowLine[];
  /** Whether exceptions lead here. */
  readonly isHandler: boolean;
}

export interface FlowEdge {
  /** Indices of blocks. */
  readonly from: number;
  readonly to: number;
  /** `next`: by going on; `jump`: where the last instruction jumps; `exception`: where what is raised is handled. */
  readonly kind: 'next' | 'jump' | 'exception';
  /** Whether it leads to the block itself or one before it: a loop. */
  readonly isBack: boolean;
}

export interface FlowGraph {
  /** In the order of the bytecode; the first is where execution begins. */
  readonly blocks: readonly FlowBlock[];
  readonly edges: readonly FlowEdge[];
  /** How many blocks were left out. */
  readonly omitted: number;
}

/** The control flow of a code object with bytecode; `context` as `contextOf` makes it. */
export function flowGraph(analysis: Analysis, context: Context): FlowGraph {
  const { bytecode, dialect, labels } = context;
  const { opcodes } = dialect;
  const instructions = readInstructions(bytecode.code, opcodes);
  const entries = entriesOf(bytecode);
  const handlers = new Set(entries.map(({ target }) => target));
  const starts = blockStarts(instructions, handlers, context);
  const all = split(instructions, starts);
  const kept = all.slice(0, MOST_BLOCKS);
  const blockAt = new Map(kept.map((block, i) => [block[0].start, i]));
  for (const [i, block] of kept.entries()) blockAt.set(block[0].offset, i);

  const edges: FlowEdge[] = [];
  const add = (from: number, target: number | undefined, kind: FlowEdge['kind']): void => {
    const to = target === undefined ? undefined : blockAt.get(target);
    if (to === undefined || edges.some(edge => edge.from === from && edge.to === to && edge.kind === kind))
      return;
    edges.push({ from, to, kind, isBack: kind !== 'exception' && to <= from });
  };
  for (const [i, block] of kept.entries()) {
    const last = block[block.length - 1];
    const flags = flagsOf(last, context);
    if ((flags & Has.BlockPush) === 0) add(i, jumpOf(last, context), 'jump');
    if ((flags & (Has.ScopeExit | Has.Unconditional)) === 0) add(i, all.at(i + 1)?.[0].start, 'next');
    for (const instruction of block)
      if ((flagsOf(instruction, context) & Has.BlockPush) !== 0)
        add(i, jumpOf(instruction, context), 'exception');
  }
  // The table is in ascending order, and its ranges do not meet.
  let at = 0;
  for (const [i, block] of kept.entries())
    for (const { offset } of block) {
      while (at < entries.length && entries[at].end <= offset) at++;
      if (at < entries.length && entries[at].start <= offset) add(i, entries[at].target, 'exception');
    }
  const setUp = new Set(edges.filter(({ kind }) => kind === 'exception').map(({ to }) => to));
  const lines = linesOf(analysis, context);
  return {
    blocks: kept.map((block, i) => {
      const label = labels.get(block[0].start) ?? labels.get(block[0].offset);
      return {
        label: label === undefined ? undefined : `L${label}`,
        lines: block.flatMap(({ offset }, j) => lines(offset, j === 0)),
        isHandler: setUp.has(i),
      };
    }),
    edges,
    omitted: all.length - kept.length,
  };
}

const flagsOf = ({ op }: CodeInstruction, { dialect }: Context): number =>
  op < 0 ? 0 : dialect.opcodes.flags[op];

/** Where an instruction jumps; END_ASYNC_FOR only tells of another place. */
function jumpOf(instruction: CodeInstruction, { dialect }: Context): number | undefined {
  return instruction.op === Op.END_ASYNC_FOR
    ? undefined
    : jumpTarget(instruction, dialect.opcodes, dialect.assembler);
}

function blockStarts(
  instructions: readonly CodeInstruction[],
  handlers: ReadonlySet<number>,
  context: Context,
): Set<number> {
  const starts = new Set([0, ...handlers]);
  for (const instruction of instructions) {
    const target = jumpOf(instruction, context);
    const flags = flagsOf(instruction, context);
    if (target !== undefined) starts.add(target);
    const pushes = (flags & Has.BlockPush) !== 0;
    if ((target !== undefined && !pushes) || (flags & Has.ScopeExit) !== 0) starts.add(instruction.end);
  }
  return starts;
}

function split(instructions: readonly CodeInstruction[], starts: ReadonlySet<number>): CodeInstruction[][] {
  const blocks: CodeInstruction[][] = [];
  for (const instruction of instructions) {
    const begins = starts.has(instruction.start) || starts.has(instruction.offset);
    const block = begins ? undefined : blocks.at(-1);
    if (block) block.push(instruction);
    else blocks.push([instruction]);
  }
  return blocks;
}

const SUSPENDING: ReadonlySet<Op | -1> = new Set([Op.YIELD_VALUE, Op.YIELD_FROM]);

/** The lines of an instruction by its offset; with that of the source line if it begins one, or its block. */
function linesOf(analysis: Analysis, context: Context): (offset: number, begins: boolean) => FlowLine[] {
  const { dialect } = context;
  const known = new Map<number, { head: FlowLine | undefined; line: FlowLine; isFirst: boolean }>();
  let head: { text: string; source: Span | undefined } | undefined;
  let isFirst = false;
  for (const row of rowsOf(analysis, context.instructions, context)) {
    if ('head' in row) {
      head = { text: shortHead(row.head), source: row.source };
      isFirst = true;
      continue;
    }
    const { instruction, range } = row;
    const { offset } = instruction;
    const argument = hasArgument(instruction, dialect)
      ? argumentText(instruction, context) || String(instruction.arg)
      : '';
    const name = dialect.opcodes.opname(instruction.opcode);
    known.set(offset, {
      head: head && { ...head, isHead: true, offset, suspends: false },
      line: {
        text: `${name} ${argument}`.trim(),
        isHead: false,
        offset,
        source: range && sourceOf(analysis, range),
        suspends: SUSPENDING.has(instruction.op),
      },
      isFirst,
    });
    isFirst = false;
  }
  return (offset, begins) => {
    const found = known.get(offset);
    if (!found) return [];
    return found.head && (begins || found.isFirst) ? [found.head, found.line] : [found.line];
  };
}

/** Blocks stand by themselves: neither indentation nor whether the line has come before tells anything. */
const shortHead = (head: string): string =>
  head
    .trim()
    .replace(/^(\d+) +/, '$1  ')
    .replace(/ {2}\(again\)$/, '');

/** The graph in the notation of Mermaid, which many places render. */
export function mermaid({ blocks, edges }: FlowGraph): string {
  const rows = ['flowchart TD'];
  blocks.forEach(({ label, lines }, i) => {
    const text = lines.map(line => escaped(line.isHead ? line.text : `  ${line.text}`)).join('<br/>');
    rows.push(`    b${i}["${label === undefined ? '' : `${label}:<br/>`}${text}"]`);
  });
  for (const { from, to, kind, isBack } of edges) {
    const arrow = kind === 'exception' ? '-.->' : isBack ? '==>' : '-->';
    rows.push(`    b${from} ${arrow} b${to}`);
  }
  return `${rows.join('\n')}\n`;
}

/** Mermaid's own notation for characters that mean something to it. */
const escaped = (text: string): string =>
  text.replace(/["#&<>`[\]{}()|\\]/g, character => `#${character.charCodeAt(0)};`);
