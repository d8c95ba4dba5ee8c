// From a sequence of instructions with labels to basic blocks. CPython: instr_sequence_to_cfg() in Python/compile.c,
// _PyCfg_FromInstructionSequence() in Python/flowgraph.c and translate_jump_labels_to_targets().
import { ENDS_BLOCK, Has } from '../../versions/opcodes/opcodeTable.ts';
import { BasicBlock, type Instruction, type Label } from '../unit/instructions.ts';
import { FlowGraph, TRAITS } from './graph.ts';
import { zeroed } from './scratch.ts';

/**
 * The blocks of versions in which labels are blocks: all of them, empty ones too, and each begins at a label.
 * CPython up to 3.11: compiler_new_block(), compiler_use_next_block().
 */
export function buildGraphOfLabels(
  instructions: readonly Instruction[],
  flags: Uint16Array,
  labels: readonly Label[],
): FlowGraph {
  const entry = new BasicBlock();
  const blocks = [entry];
  let block = entry;
  let first = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    block.instructions = instructions.slice(first, label.index);
    first = label.index;
    block.next = label.block = new BasicBlock();
    block = label.block;
    block.age = label.age;
    block.isLabelled = true;
    blocks.push(block);
  }
  block.instructions = instructions.slice(first);
  let hasHandlers = false;
  for (let i = 0; i < instructions.length; i++) {
    const instruction = instructions[i];
    if (!instruction.label) continue;
    instruction.target = instruction.label.block;
    if (flags[instruction.op] & Has.BlockPush) hasHandlers = true;
  }
  blocks.sort((a, b) => b.age - a.age);
  return new FlowGraph(entry, hasHandlers, blocks);
}

/** What begins a block: being led to, following what ends one. */
const LABELLED = 1;
const FOLLOWS = 2;

const NO_BLOCKS: readonly BasicBlock[] = [];

/**
 * Splits the instructions into blocks: one begins where a jump leads to, and after an instruction that jumps or leaves.
 * A label that no instruction names begins none, but for `labels`. `flags` are the opcode table's.
 */
export function buildGraph(
  instructions: Instruction[],
  flags: Uint16Array,
  labels: readonly Label[] | null,
): FlowGraph {
  const count = instructions.length;
  // By index of an instruction: bits of what begins there; then, where something leads there, the number of the block.
  const starts = zeroed(count + 1);
  const leading: Instruction[] = [];
  let hasHandlers = false;
  let traits = 0;
  for (let i = 0; i < count; i++) {
    const instruction = instructions[i];
    const { op } = instruction;
    const has = flags[op];
    traits |= TRAITS[op];
    if (has & ENDS_BLOCK) starts[i + 1] |= FOLLOWS;
    if (!instruction.label) continue;
    leading.push(instruction);
    starts[instruction.label.index] |= LABELLED;
    if (has & Has.BlockPush) hasHandlers = true;
  }
  if (labels !== null) for (let i = 0; i < labels.length; i++) starts[labels[i].index] |= LABELLED;

  const blocks: BasicBlock[] = [];
  let first = 0;
  while (first < count || blocks.length === 0) {
    const block = new BasicBlock();
    if (first < count && starts[first] & LABELLED) {
      block.isLabelled = true;
      starts[first] = blocks.length;
    }
    let end = first + 1;
    while (end < count && starts[end] === 0) end++;
    block.instructions = first === 0 && end >= count ? instructions : instructions.slice(first, end);
    if (blocks.length > 0) blocks[blocks.length - 1].next = block;
    blocks.push(block);
    first = end;
  }

  for (let i = 0; i < leading.length; i++) {
    const instruction = leading[i];
    instruction.target = instruction.label && blocks[starts[instruction.label.index]];
  }
  return new FlowGraph(blocks[0], hasHandlers, NO_BLOCKS, traits);
}
