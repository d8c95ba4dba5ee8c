// The assembler's way back: from a code object's bytes to the instructions that it was assembled of.
import { readExceptionTable } from '../../server/src/python/code/exceptionTable.ts';
import { jumpTarget, readInstructions } from '../../server/src/python/code/instructions.ts';
import { codeRanges } from '../../server/src/python/code/lineTable.ts';
import { VariableKind } from '../../server/src/python/code/variableKind.ts';
import type { WholeCode } from '../../server/src/python/code/bytecode.ts';
import type { FlatCode } from '../../server/src/python/compiler/unit/flatCode.ts';
import type { GeneratedUnit } from '../../server/src/python/compiler/unit/generatedUnit.ts';
import { BasicBlock, Instruction } from '../../server/src/python/compiler/unit/instructions.ts';
import { Location, NO_LOCATION } from '../../server/src/python/compiler/unit/location.ts';
import { opcodeTable } from '../../server/src/python/versions/opcodes/byVersion.ts';
import { Op } from '../../server/src/python/versions/opcodes/op.generated.ts';
import type { Target } from '../../server/src/python/versions/target.ts';

/** What the assembler was given, as far as the result tells. */
export function disassembled(code: WholeCode, target: Target): { flat: FlatCode; unit: GeneratedUnit } {
  const table = opcodeTable(target.minor);
  const dialect = target.dialect.assembler;
  const read = readInstructions(code.code, table);
  const indexOf = new Map<number, number>();
  read.forEach(({ start, offset }, index) => indexOf.set(start, index).set(offset, index));
  const blockAt = (offset: number): BasicBlock => {
    const block = new BasicBlock();
    block.index = indexOf.get(offset)!;
    return block;
  };
  const ranges = codeRanges(code, dialect);
  const asyncForDistance = 2 * (4 + table.caches[Op.SEND] + table.caches[Op.RESUME]);
  let range = 0;
  const instructions = read.map(one => {
    while (range + 1 < ranges.length && ranges[range].end <= one.start) range++;
    const { lineno, endLineno, colOffset, endColOffset } = ranges[range] ?? NO_LOCATION;
    const location = new Location(lineno, endLineno, colOffset, endColOffset);
    const instruction = new Instruction(one.op as Op, one.arg, location, null);
    const led = jumpTarget(one, table, dialect);
    if (led !== undefined) {
      instruction.target = blockAt(one.op === Op.END_ASYNC_FOR ? led - asyncForDistance : led);
    }
    return instruction;
  });
  for (const { start, end, target: handlerAt, depth, lasti } of readExceptionTable(
    code.exceptiontable ?? new Uint8Array(0),
  )) {
    const handler = blockAt(handlerAt);
    handler.startDepth = depth + (lasti ? 2 : 1);
    handler.preservesLasti = lasti;
    for (let i = indexOf.get(start)!; i < read.length && read[i].start < end; i++) {
      instructions[i].handler = handler;
    }
  }
  const { name, firstlineno, flags, argcount, posonlyargcount, kwonlyargcount, stacksize } = code;
  const numbered = (names: readonly string[]): Map<string, number> => new Map(names.map((n, i) => [n, i]));
  const isHidden = ({ kind }: { kind: number }): boolean => (kind & VariableKind.HIDDEN) !== 0;
  const unit: GeneratedUnit = {
    name,
    firstlineno,
    flags,
    argcount,
    posonlyargcount,
    kwonlyargcount,
    parameters: 0,
    instructions,
    aside: 0,
    constants: { values: [], add: () => 0 },
    names: numbered(code.names),
    varnames: numbered(code.varnames),
    cellvars: numbered(code.cellvars),
    freevars: numbered(code.freevars),
    labels: null,
    hidden: new Set(code.localsplus.filter(isHidden).map(variable => variable.name)),
  };
  return { flat: { instructions, stacksize }, unit };
}
