// CPython: add_checks_for_loads_of_uninitialized_variables() in Python/flowgraph.c.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { HAS_JUMP } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import { fallsThrough, lastOf, Trait, type BackEndContext, type FlowGraph } from '../graph.ts';

/** Beyond so many variables, what is known of one is not passed from block to block. */
const FOLLOWED = 64;

/** Makes LOAD_FAST check its variable where that may be unbound. */
export function addChecksForLoadsOfUninitializedVariables(
  graph: FlowGraph,
  { varnames, parameters }: GeneratedUnit,
  { opcodes: { flags } }: BackEndContext,
): void {
  const count = varnames.size;
  if (count === 0) return;
  // Where all are parameters, and none is unbound, all are bound.
  if (count === parameters && count <= FOLLOWED && (graph.traits & Trait.Unbinds) === 0) return;
  if (count > FOLLOWED) checkLoadsByBlock(graph, count);

  graph.forgetVisits();
  const todo: BasicBlock[] = [];
  // Variables that are no parameters are unbound at the start.
  const followed = Math.min(count, FOLLOWED);
  let low = 0;
  let high = 0;
  for (let i = parameters; i < followed; i++) {
    if (i < 32) low |= 1 << i;
    else high |= 1 << (i - 32);
  }
  learn(graph.entry, low, high, todo);
  // Each block is looked at once at least: any may unbind variables.
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) scan(block, flags, todo);
  for (let block = todo.pop(); block; block = todo.pop()) {
    block.visited = false;
    scan(block, flags, todo);
  }
}

/** Adds variables to those that may be unbound at the start of a block. CPython: maybe_push(). */
function learn(block: BasicBlock, low: number, high: number, todo: BasicBlock[]): void {
  const bothLow = block.unsafeLow | low;
  const bothHigh = block.unsafeHigh | high;
  if (bothLow === block.unsafeLow && bothHigh === block.unsafeHigh) return;
  block.unsafeLow = bothLow;
  block.unsafeHigh = bothHigh;
  if (block.visited) return;
  block.visited = true;
  todo.push(block);
}

/** CPython: scan_block_for_locals(). */
function scan(block: BasicBlock, flags: Uint16Array, todo: BasicBlock[]): void {
  const { instructions } = block;
  let low = block.unsafeLow;
  let high = block.unsafeHigh;
  for (let i = 0; i < instructions.length; i++) {
    const instruction = instructions[i];
    if (instruction.handler) learn(instruction.handler, low, high, todo);
    const { arg } = instruction;
    if (arg >= FOLLOWED) continue;
    switch (instruction.op) {
      case Op.DELETE_FAST:
      case Op.LOAD_FAST_AND_CLEAR:
      case Op.STORE_FAST_MAYBE_NULL:
        if (arg < 32) low |= 1 << arg;
        else high |= 1 << (arg - 32);
        break;
      case Op.LOAD_FAST:
      case Op.LOAD_FAST_CHECK:
      case Op.STORE_FAST:
        if (arg < 32) {
          if (instruction.op === Op.LOAD_FAST && low & (1 << arg)) instruction.op = Op.LOAD_FAST_CHECK;
          low &= ~(1 << arg);
        } else {
          const bit = 1 << (arg - 32);
          if (instruction.op === Op.LOAD_FAST && high & bit) instruction.op = Op.LOAD_FAST_CHECK;
          high &= ~bit;
        }
        break;
    }
  }
  if (block.next && fallsThrough(block, flags)) learn(block.next, low, high, todo);
  const last = lastOf(block);
  if (last?.target && flags[last.op] & HAS_JUMP) learn(last.target, low, high, todo);
}

/** The variables beyond the first 64: bound if the block itself has bound them. CPython: fast_scan_many_locals(). */
function checkLoadsByBlock(graph: FlowGraph, count: number): void {
  const boundIn = new Int32Array(count - FOLLOWED);
  let number = 0;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    number++;
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const instruction = instructions[i];
      const variable = instruction.arg - FOLLOWED;
      if (variable < 0) continue;
      switch (instruction.op) {
        case Op.DELETE_FAST:
        case Op.LOAD_FAST_AND_CLEAR:
        case Op.STORE_FAST_MAYBE_NULL:
          boundIn[variable] = number - 1;
          break;
        case Op.STORE_FAST:
          boundIn[variable] = number;
          break;
        case Op.LOAD_FAST:
          if (boundIn[variable] !== number) instruction.op = Op.LOAD_FAST_CHECK;
          boundIn[variable] = number;
          break;
      }
    }
  }
}
