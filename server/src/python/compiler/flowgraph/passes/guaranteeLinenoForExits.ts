// CPython: guarantee_lineno_for_exits() in Python/flowgraph.c, 3.12; 3.11 Python/compile.c.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock } from '../../unit/instructions.ts';
import { Location } from '../../unit/location.ts';
import { lastOf, type FlowGraph } from '../graph.ts';

/**
 * Gives returns that still have no line that of the block before them, or of the definition: a line alone, for all of
 * their block, in which the first instruction may have a place already.
 */
export function guaranteeLinenoForExits(graph: FlowGraph, { firstlineno }: GeneratedUnit): void {
  let lineno = firstlineno;
  for (let block: BasicBlock | null = graph.entry; block; block = block.next) {
    const last = lastOf(block);
    if (!last) continue;
    if (last.location.lineno >= 0) lineno = last.location.lineno;
    else if (last.op === Op.RETURN_VALUE) {
      for (const instruction of block.instructions) {
        instruction.location = atLine(lineno, instruction.location);
      }
    }
  }
}

const atLine = (lineno: number, { endLineno, colOffset, endColOffset }: Location): Location =>
  new Location(lineno, endLineno, colOffset, endColOffset);
