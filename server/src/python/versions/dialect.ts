// How a version's passes behave: one frozen record per version, a section for each pass. Each section's file
// makes a version's record from its neighbour's by a spread of the few rows that change, and each row is a named
// behaviour. Outside this folder nothing compares versions: passes ask the dialect.
import { assemblerDialect, type AssemblerDialect } from './assemblerDialect.ts';
import { compilerDialect, type CompilerDialect } from './compilerDialect.ts';
import { disDialect, type DisDialect } from './disDialect.ts';
import { flowgraphDialect, type FlowgraphDialect } from './flowgraphDialect.ts';
import { foldingDialect, type FoldingDialect } from './foldingDialect.ts';
import { grammarDialect, type GrammarDialect } from './grammarDialect.ts';
import { inspectDialect, type InspectDialect } from './inspectDialect.ts';
import { libraryDialect, type LibraryDialect } from './libraryDialect.ts';
import { opcodeTable } from './opcodes/byVersion.ts';
import type { OpcodeTable } from './opcodes/opcodeTable.ts';
import { symtableDialect, type SymtableDialect } from './symtableDialect.ts';
import { tokenizerDialect, type TokenizerDialect } from './tokenizerDialect.ts';
import { unparseDialect, type UnparseDialect } from './unparseDialect.ts';

export interface Dialect {
  readonly tokenizer: TokenizerDialect;
  readonly grammar: GrammarDialect;
  readonly symtable: SymtableDialect;
  readonly compiler: CompilerDialect;
  readonly flowgraph: FlowgraphDialect;
  readonly folding: FoldingDialect;
  readonly assembler: AssemblerDialect;
  readonly dis: DisDialect;
  readonly unparse: UnparseDialect;
  readonly inspect: InspectDialect;
  readonly library: LibraryDialect;
  readonly opcodes: OpcodeTable;
}

/** The behaviour of CPython 3.`minor`.`patch`. */
export function dialectFor(minor: number, patch: number): Dialect {
  return Object.freeze({
    tokenizer: tokenizerDialect(minor, patch),
    grammar: grammarDialect(minor, patch),
    symtable: symtableDialect(minor, patch),
    compiler: compilerDialect(minor, patch),
    flowgraph: flowgraphDialect(minor, patch),
    folding: foldingDialect(minor, patch),
    assembler: assemblerDialect(minor, patch),
    dis: disDialect(minor, patch),
    unparse: unparseDialect(minor, patch),
    inspect: inspectDialect(minor, patch),
    library: libraryDialect(minor, patch),
    opcodes: opcodeTable(minor),
  });
}
