// The stack around the instructions of a code object, kept with it: listings and hovers ask for the same.
import type { CodeObject } from '../../python/code/codeObject.ts';
import type { CodeInstruction } from '../../python/code/instructions.ts';
import { symbolicStack, type StackStates } from '../../python/dis/stack.ts';
import type { Analysis } from '../../python/index.ts';

const known = new WeakMap<CodeObject, StackStates[]>();

/** The stack around each instruction; `instructions` are all of the code object, without EXTENDED_ARGs. */
export function statesOf(
  analysis: Analysis,
  code: CodeObject,
  instructions: readonly CodeInstruction[],
): StackStates[] {
  let states = known.get(code);
  if (!states) {
    const bytecode = analysis.bytecode(code);
    states = bytecode ? symbolicStack(code, bytecode, instructions, analysis.target.dialect) : [];
    known.set(code, states);
  }
  return states;
}
