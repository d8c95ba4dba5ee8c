// What coverage and debuggers ask of a code object: which lines its instructions begin, and where it branches. CPython:
// Lib/dis.py, findlinestarts(); Python/instrumentation.c, branchesiter_next() for `co_branches()` of 3.14 and later.
import type { Bytecode } from '../code/bytecode.ts';
import type { CodeFacts } from '../code/codeObject.ts';
import { jumpTarget, readInstructions } from '../code/instructions.ts';
import { codeRanges, linesOf, type LineRange } from '../code/lineTable.ts';
import { ConstantType } from '../constants/values.ts';
import type { Dialect } from '../versions/dialect.ts';
import { Op } from '../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP } from '../versions/opcodes/opcodeTable.ts';
import { lineStarts } from './reading.ts';

/** A place where a code object goes on in one of two ways. Offsets count bytes; lines are null where there is none. */
export interface Branch {
  readonly source: number;
  readonly notTaken: number;
  readonly taken: number;
  readonly line: number | null;
  readonly notTakenLine: number | null;
  readonly takenLine: number | null;
}

export interface CodeLines {
  readonly name: string;
  readonly qualname: string;
  readonly firstlineno: number;
  /** `co_lines()`. */
  readonly lines: readonly LineRange[];
  /** `dis.findlinestarts()`: offset and line. */
  readonly starts: readonly (readonly [offset: number, lineno: number | null])[];
  /** `co_branches()`; before 3.14, which has it, what it would give. */
  readonly branches: readonly Branch[];
}

/** The code object and those among its constants, outer ones first; undefined if one of them has no bytecode. */
export function codeLines<Code extends CodeFacts>(
  root: Code,
  bytecodeOf: (code: Code) => Bytecode<Code> | undefined,
  dialect: Dialect,
): CodeLines[] | undefined {
  const found: CodeLines[] = [];
  const stack = [root];
  for (let code = stack.pop(); code; code = stack.pop()) {
    const bytecode = bytecodeOf(code);
    if (!bytecode) return undefined;
    found.push(linesOfCode(code, bytecode, dialect));
    for (let i = bytecode.consts.length - 1; i >= 0; i--) {
      const constant = bytecode.consts[i];
      if (constant.type === ConstantType.Code) stack.push(constant.code);
    }
  }
  return found;
}

function linesOfCode<Code extends CodeFacts>(
  { name, qualname, firstlineno }: Code,
  bytecode: Bytecode<Code>,
  dialect: Dialect,
): CodeLines {
  const located = { code: bytecode.code, linetable: bytecode.linetable, firstlineno };
  const ranges = codeRanges(located, dialect.assembler);
  const lines = linesOf(ranges, dialect.assembler);
  const starts = [...lineStarts(ranges, dialect)];
  return { name, qualname, firstlineno, lines, starts, branches: branchesOf(bytecode, lines, dialect) };
}

/** Whether a jump is made or not depends on what it finds. */
const isConditional = (flags: number): boolean =>
  (flags & HAS_JUMP) !== 0 && (flags & (Has.Unconditional | Has.BlockPush | Has.ScopeExit)) === 0;

/** What is no branch although it jumps: it goes to what is always run, or is part of await and yield from. */
const NO_BRANCHES: ReadonlySet<Op> = new Set([
  Op.SETUP_FINALLY,
  Op.SETUP_WITH,
  Op.SETUP_ASYNC_WITH,
  Op.CALL_FINALLY,
  Op.SEND,
]);

function branchesOf<Code extends CodeFacts>(
  { code }: Bytecode<Code>,
  lines: readonly LineRange[],
  { opcodes, assembler }: Dialect,
): Branch[] {
  const instructions = readInstructions(code, opcodes);
  const branches: Branch[] = [];
  const lineAt = (offset: number): number | null => {
    let [low, high] = [0, lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lines[middle].end <= offset) low = middle + 1;
      else high = middle;
    }
    return lines[low]?.lineno ?? null;
  };
  const add = (source: number, notTaken: number, taken: number): void =>
    void branches.push({
      source,
      notTaken,
      taken,
      line: lineAt(source),
      notTakenLine: lineAt(notTaken),
      takenLine: lineAt(taken),
    });
  const marks = opcodes.has(Op.NOT_TAKEN) ? 2 : 0;
  for (const instruction of instructions) {
    const { op, offset, end } = instruction;
    if (op < 0) continue;
    const target = jumpTarget(instruction, opcodes, assembler);
    if (target === undefined) continue;
    if (op === Op.END_ASYNC_FOR) {
      // Where an item was awaited: END_SEND, and NOT_TAKEN after it.
      if (marks > 0) add(target, target + 2 + marks, end);
    } else if (op === Op.FOR_ITER) add(offset, end, target + pastLoop(target, code));
    else if (isConditional(opcodes.flags[op]) && !NO_BRANCHES.has(op as Op)) add(offset, end + marks, target);
  }
  return branches;

  /** FOR_ITER leads to END_FOR, which it passes, with what pops the iterator. */
  function pastLoop(target: number, bytes: Uint8Array): number {
    if (opcodes.byNumber[bytes[target]] !== (Op.END_FOR as number)) return 0;
    return opcodes.stackEffect(Op.END_FOR, 0, false) === -2 ? 2 : 4;
  }
}
