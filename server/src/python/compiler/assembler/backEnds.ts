// What makes the bytecode of a unit, once its instructions have been generated: flow graph and assembler, and up to 3.9
// an optimiser behind them. CPython: Python/compile.c, assemble() and makecode(), optimize_and_assemble_code_unit().
import type { Bytecode } from '../../code/bytecode.ts';
import { optimize } from '../flowgraph/pipelines.ts';
import type { BackEndContext } from '../flowgraph/graph.ts';
import type { GeneratedUnit } from '../unit/generatedUnit.ts';
import { assemble } from './assemble.ts';
import type { Note, Trace, TracedBytecode } from '../unit/trace.ts';
import { readInstructions } from '../../code/instructions.ts';
import { optimizeBytes } from './peephole.ts';

/** The bytecode of a unit, whose instructions and constants it takes over. */
export function bytecodeOf(unit: GeneratedUnit, context: BackEndContext): Bytecode {
  const bytecode = assemble(optimize(unit, context), unit, context);
  if (!context.dialect.assembler.optimizesBytes) return bytecode;
  const { code, linetable } = bytecode;
  return { ...bytecode, ...optimizeBytes(code, linetable, unit.constants.values, context.opcodes) };
}

/** The same with what `trace` has noted of the unit's instructions. */
export function tracedBytecodeOf(unit: GeneratedUnit, trace: Trace, context: BackEndContext): TracedBytecode {
  const { opcodes, dialect } = context;
  const suspensions = trace.suspensionsOf(unit.instructions);
  const flat = optimize(unit, context);
  const bytecode = assemble(flat, unit, context);
  const notes = new Map<number, Note>();
  readInstructions(bytecode.code, opcodes).forEach(({ offset }, i) => {
    const note = trace.noteOf(flat.instructions[i]);
    if (note) notes.set(offset, note);
  });
  if (!dialect.assembler.optimizesBytes) return { bytecode, suspensions, notes };
  const { code, linetable } = bytecode;
  const moved = new Int32Array(code.length / 2);
  const optimized = optimizeBytes(code, linetable, unit.constants.values, opcodes, moved);
  const movedNotes = new Map<number, Note>();
  for (const [offset, note] of notes) {
    const to = moved[offset / 2];
    if (to >= 0) movedNotes.set(to * 2, note);
  }
  return { bytecode: { ...bytecode, ...optimized }, suspensions, notes: movedNotes };
}
