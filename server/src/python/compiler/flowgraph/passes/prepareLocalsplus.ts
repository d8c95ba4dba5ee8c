// The variables of a frame numbered through: locals, cells, free variables; and what the code begins with to set them up.
// CPython: prepare_localsplus(), build_cellfixedoffsets(), insert_prefix_instructions() and fix_cell_offsets() in
// Python/flowgraph.c.
import { CodeFlags } from '../../../code/flags.ts';
import type { FlowgraphDialect } from '../../../versions/flowgraphDialect.ts';
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import { Instruction, type BasicBlock } from '../../unit/instructions.ts';
import { Location, NO_LOCATION } from '../../unit/location.ts';
import type { BackEndContext, FlowGraph } from '../graph.ts';

export const IS_GENERATOR = CodeFlags.GENERATOR | CodeFlags.COROUTINE | CodeFlags.ASYNC_GENERATOR;

/** Most units have no cells; a typed array is dear to make. */
const NO_PLACES = new Int32Array(0);

export function prepareLocalsplus(
  graph: FlowGraph,
  unit: GeneratedUnit,
  { dialect: { flowgraph } }: BackEndContext,
): void {
  const places = placesOfCells(unit);
  insertPrefix(graph.entry, unit, places, flowgraph);
  if (places.length === 0) return;
  // A parameter that is a cell has one place, not two, so that those after it move up.
  let dropped = 0;
  for (let i = 0; i < places.length; i++) {
    if (places[i] === unit.varnames.size + i) places[i] -= dropped;
    else dropped++;
  }
  fixCellOffsets(graph, places);
}

/** For each cell and free variable its place among all: that of the parameter of the same name, or one after the locals. */
function placesOfCells({ varnames, cellvars, freevars }: GeneratedUnit): Int32Array {
  if (cellvars.size + freevars.size === 0) return NO_PLACES;
  const places = new Int32Array(cellvars.size + freevars.size);
  for (let i = 0; i < places.length; i++) places[i] = varnames.size + i;
  for (const [name, index] of cellvars) {
    const local = varnames.get(name);
    if (local !== undefined) places[index] = local;
  }
  return places;
}

function insertPrefix(
  entry: BasicBlock,
  unit: GeneratedUnit,
  places: Int32Array,
  { insertsReturnGenerator, placesGeneratorPop }: FlowgraphDialect,
): void {
  const prefix: Instruction[] = [];
  const { freevars, cellvars, firstlineno } = unit;
  if (freevars.size > 0) {
    prefix.push(new Instruction(Op.COPY_FREE_VARS, freevars.size, NO_LOCATION, null));
  }
  if (cellvars.size > 0) {
    const cells = [...cellvars.values()].sort((a, b) => places[a] - places[b]);
    for (const cell of cells) prefix.push(new Instruction(Op.MAKE_CELL, cell, NO_LOCATION, null));
  }
  if (insertsReturnGenerator && unit.flags & IS_GENERATOR) {
    const location = new Location(firstlineno, firstlineno, -1, -1);
    prefix.push(new Instruction(Op.RETURN_GENERATOR, 0, location, null));
    prefix.push(new Instruction(Op.POP_TOP, 0, placesGeneratorPop ? location : NO_LOCATION, null));
  }
  if (prefix.length > 0) entry.instructions = prefix.concat(entry.instructions);
}

function fixCellOffsets(graph: FlowGraph, places: Int32Array): void {
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const instruction = instructions[i];
      switch (instruction.op) {
        case Op.MAKE_CELL:
        case Op.LOAD_CLOSURE:
        case Op.LOAD_DEREF:
        case Op.STORE_DEREF:
        case Op.DELETE_DEREF:
        case Op.LOAD_CLASSDEREF:
        case Op.LOAD_FROM_DICT_OR_DEREF:
          instruction.arg = places[instruction.arg];
      }
    }
  }
}
