// What makes the bytecode of a unit, once its instructions have been generated: flow graph and assembler, and up to 3.9
// an optimiser behind them. CPython: Python/compile.c, assemble() and makecode(), optimize_and_assemble_code_unit().
import type { Bytecode } from '../../code/bytecode.ts';
import { optimize } from '../flowgraph/pipelines.ts';
import type { BackEndContext } from '../flowgraph/graph.ts';
import type { GeneratedUnit } from '../unit/generatedUnit.ts';
import { assemble } from './assemble.ts';
import { optimizeBytes } from './peephole.ts';

/** The bytecode of a unit, whose instructions and constants it takes over. */
export function bytecodeOf(unit: GeneratedUnit, context: BackEndContext): Bytecode {
  const bytecode = assemble(optimize(unit, context), unit, context);
  if (!context.dialect.assembler.optimizesBytes) return bytecode;
  const { code, linetable } = bytecode;
  return { ...bytecode, ...optimizeBytes(code, linetable, unit.constants.values, context.opcodes) };
}
