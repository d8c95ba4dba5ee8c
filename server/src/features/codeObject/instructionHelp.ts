// What there is to say of one instruction of a listing: what its opcode does in this version, what its argument means,
// what it does to the stack.
import type { CodeObject } from '../../python/code/codeObject.ts';
import { readInstructions } from '../../python/code/instructions.ts';
import { describe } from '../../python/dis/descriptions.ts';
import { argumentText, hasArgument } from '../../python/dis/instruction.ts';
import { stackTexts, type StackStates } from '../../python/dis/stack.ts';
import type { Analysis } from '../../python/index.ts';
import type { Op } from '../../python/versions/opcodes/op.generated.ts';
import { contextOf } from './instructions.ts';
import { statesOf } from './stackStates.ts';

export interface InstructionHelp {
  readonly opname: string;
  /** The argument, with what it means; undefined if it has none. */
  readonly argument: string | undefined;
  readonly description: string;
  /** How many code units of inline cache follow. */
  readonly caches: number;
  /** What lies on the stack, the bottom first; undefined where no path leads. */
  readonly before: readonly string[] | undefined;
  /** Where it goes on, and where it jumps; undefined where it does not. */
  readonly after: readonly string[] | undefined;
  readonly afterJump: readonly string[] | undefined;
}

/** More entries of a stack are not read in a hover. */
const MOST_ENTRIES = 12;

/** What there is to say of the instruction at an offset of co_code; undefined if there is none. */
export function instructionHelp(
  analysis: Analysis,
  code: CodeObject,
  offset: number,
): InstructionHelp | undefined {
  const bytecode = analysis.bytecode(code);
  if (!bytecode) return undefined;
  const { dialect } = analysis.target;
  const instructions = readInstructions(bytecode.code, dialect.opcodes);
  const index = instructions.findIndex(one => one.offset === offset);
  const instruction = instructions.at(index);
  if (index < 0 || !instruction || instruction.op < 0) return undefined;
  const op = instruction.op as Op;
  const context = contextOf(analysis, code, bytecode, '');
  const meaning = argumentText(instruction, context);
  const { before, after, afterJump } = statesOf(analysis, code, instructions)[index];
  const texts = (stack: StackStates['before']) => stack && stackTexts(stack, MOST_ENTRIES);
  return {
    opname: dialect.opcodes.opname(instruction.opcode),
    argument: hasArgument(instruction, dialect)
      ? `${instruction.arg}${meaning && ` (${meaning})`}`
      : undefined,
    description: describe(op, dialect),
    caches: dialect.opcodes.caches[op],
    before: texts(before),
    after: texts(after),
    afterJump: texts(afterJump),
  };
}
