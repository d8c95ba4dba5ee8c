// Which nodes instructions come from, where something asks: offsets of the bytecode are joined with nodes in every
// version, whatever its line table tells.
import type { Expression } from '../../ast/expressions.ts';
import type { Node } from '../../ast/nodes.ts';
import type { Bytecode } from '../../code/bytecode.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Instruction } from './instructions.ts';
import { Location } from './location.ts';

/** The instructions that suspend the code that they are in. */
export const SUSPENDING: ReadonlySet<Op> = new Set([Op.YIELD_VALUE, Op.YIELD_FROM]);

export type SuspensionKind =
  | 'yield'
  | 'yield from'
  | 'await'
  /** `__anext__()` of an `async for`. */
  | 'async for'
  /** `__aenter__()` and `__aexit__()` of an `async with`. */
  | 'async with enter'
  | 'async with exit'
  /** The comprehension's `__anext__()`; up to 3.11 all of it, which is a coroutine of its own. */
  | 'async comprehension';

/** Why code is suspended. */
export interface Suspension {
  readonly kind: SuspensionKind;
  /** The yield, await, loop, with item or comprehension. */
  readonly node: Node;
  /** What is awaited, iterated or entered, and gets what is sent meanwhile; undefined for a plain yield. */
  readonly delegate: Expression | undefined;
}

/** What an instruction does that it does not tell. */
export type Note =
  | { readonly does: 'suspend'; readonly suspension: Suspension }
  /** It puts a local's value aside while an inlined comprehension uses the name, and puts it back. */
  | { readonly does: 'save' | 'restore'; readonly comprehension: unknown };

/** Bytecode with what is noted of its instructions. */
export interface TracedBytecode {
  readonly bytecode: Bytecode;
  /** All that was generated, each once, in the order of the code: copies for ways out of blocks do not count. */
  readonly suspensions: readonly Suspension[];
  /** By offset; more than one instruction may suspend for one reason, as finally bodies are copied. */
  readonly notes: ReadonlyMap<number, Note>;
}

/** The notes of one unit. Passes copy and move instructions, and leave them their locations: these are the keys. */
export class Trace {
  private readonly notes = new Map<Location, Note>();
  private readonly known = new Map<Node, Suspension[]>();
  private readonly onWaysOut = new Set<Location>();

  /** Notes why an instruction suspends; `isOnWayOut`: it is in a copy that return, break or continue run. */
  suspends(instruction: Instruction, suspension: Suspension, isOnWayOut: boolean): void {
    const { kind, node, delegate } = suspension;
    const known = this.known.get(node) ?? [];
    if (known.length === 0) this.known.set(node, known);
    let same = known.find(other => other.kind === kind && other.delegate === delegate);
    if (!same) known.push((same = suspension));
    this.note(instruction, { does: 'suspend', suspension: same });
    if (isOnWayOut) this.onWaysOut.add(instruction.location);
  }

  note(instruction: Instruction, note: Note): void {
    const { lineno, endLineno, colOffset, endColOffset } = instruction.location;
    instruction.location = new Location(lineno, endLineno, colOffset, endColOffset);
    this.notes.set(instruction.location, note);
  }

  /** Instructions without a line may have the location of the one before. */
  noteOf({ op, location }: Instruction): Note | undefined {
    const note = this.notes.get(location);
    return note?.does !== 'suspend' || SUSPENDING.has(op) ? note : undefined;
  }

  /** The suspensions of instructions as they were generated, in order. */
  suspensionsOf(instructions: readonly Instruction[]): Suspension[] {
    const found = new Set<Suspension>();
    const later = new Set<Suspension>();
    for (const instruction of instructions) {
      const note = this.noteOf(instruction);
      if (note?.does !== 'suspend') continue;
      (this.onWaysOut.has(instruction.location) ? later : found).add(note.suspension);
    }
    return [...new Set([...found, ...later])];
  }
}
