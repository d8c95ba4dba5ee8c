// The last pass: from instructions in their final order to the bytes of a code object. CPython: Python/assemble.c,
// _PyAssemble_MakeCodeObject(); before 3.12 Python/compile.c, the end of assemble().
import type { Bytecode } from '../../code/bytecode.ts';
import type { AssemblerDialect } from '../../versions/assemblerDialect.ts';
import type { OpcodeTable } from '../../versions/opcodes/opcodeTable.ts';
import type { FlatCode } from '../unit/flatCode.ts';
import type { GeneratedUnit } from '../unit/generatedUnit.ts';
import type { Instruction } from '../unit/instructions.ts';
import { codeUnits } from './codeUnits.ts';
import { exceptionTable } from './exceptionTable.ts';
import { Layout } from './layout.ts';
import { lineRanges } from './lineRanges.ts';
import { lnotab } from './lnotab.ts';
import { localsplus } from './localsplus.ts';
import { locationTable } from './locationTable.ts';

/** What a version brings to the assembler. */
export interface AssemblerContext {
  readonly opcodes: OpcodeTable;
  readonly dialect: { readonly assembler: AssemblerDialect };
}

const layout = new Layout();

/**
 * The bytes of a code object, with what its unit and its graph have found out. It takes over the instructions: jumps
 * without direction get one, and places that are told by the next instruction are filled in.
 */
export function assemble(flat: FlatCode, unit: GeneratedUnit, context: AssemblerContext): Bytecode {
  const { instructions, stacksize } = flat;
  const { opcodes, dialect } = context;
  layout.place(instructions, opcodes, dialect.assembler);
  return {
    code: codeUnits(instructions, layout, opcodes),
    consts: unit.constants.values,
    names: [...unit.names.keys()],
    stacksize,
    linetable: lineTable(instructions, unit.firstlineno, context),
    exceptiontable: dialect.assembler.exceptionTable ? exceptionTable(instructions, layout) : undefined,
    localsplus: localsplus(unit, dialect.assembler),
  };
}

function lineTable(
  instructions: readonly Instruction[],
  firstlineno: number,
  { opcodes, dialect: { assembler } }: AssemblerContext,
): Uint8Array {
  switch (assembler.lineTable) {
    case 'locations':
      return locationTable(instructions, layout, firstlineno, opcodes, assembler);
    case 'ranges':
      return lineRanges(instructions, layout, firstlineno);
    case 'lnotab':
      return lnotab(instructions, layout, firstlineno, assembler.repeatsLines);
  }
}
