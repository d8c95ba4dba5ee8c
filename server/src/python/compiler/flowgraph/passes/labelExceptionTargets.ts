// CPython: label_exception_targets() in Python/flowgraph.c.
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { Has, HAS_JUMP } from '../../../versions/opcodes/opcodeTable.ts';
import type { GeneratedUnit } from '../../unit/generatedUnit.ts';
import type { BasicBlock, HandlerStack } from '../../unit/instructions.ts';
import { fallsThrough, setOp, type BackEndContext, type FlowGraph } from '../graph.ts';

/** RESUME's argument at the start of a function. CPython: RESUME_AT_FUNC_START. */
const AT_START = 0;

/** Gives each instruction that can be reached the handler in force there. POP_BLOCK has done its work and goes. */
export function labelExceptionTargets(
  graph: FlowGraph,
  _unit: GeneratedUnit,
  { opcodes: { flags }, dialect: { flowgraph } }: BackEndContext,
): void {
  if (!graph.hasHandlers) return;
  graph.forgetVisits();
  graph.entry.visited = true;
  const todo = [graph.entry];
  for (let block = todo.pop(); block; block = todo.pop()) {
    let stack = block.handlers;
    block.handlers = null;
    let yieldDepth = -1;
    const { instructions } = block;
    for (let i = 0; i < instructions.length; i++) {
      const instruction = instructions[i];
      const { op, target } = instruction;
      const has = flags[op];
      if (target && has & Has.BlockPush) {
        visit(target, stack, todo);
        if (op !== Op.SETUP_FINALLY) target.preservesLasti = true;
        stack = { handler: target, below: stack, depth: stack ? stack.depth + 1 : 1 };
        continue;
      }
      if (op === Op.POP_BLOCK) {
        stack = stack ? stack.below : null;
        if (flowgraph.dropsPopBlockEarly) setOp(instruction, Op.NOP, 0);
        continue;
      }
      instruction.handler = stack ? stack.handler : null;
      if (target && has & HAS_JUMP) {
        visit(target, stack, todo);
      } else if (op === Op.YIELD_VALUE) {
        yieldDepth = stack ? stack.depth : 0;
        if (flowgraph.depthTold === 'yield') instruction.arg = yieldDepth;
      } else if (op === Op.RESUME && instruction.arg !== AT_START && flowgraph.depthTold === 'resume') {
        if (yieldDepth === 1) instruction.arg |= flowgraph.resumeDepthBit;
        yieldDepth = -1;
      }
    }
    if (block.next && fallsThrough(block, flags)) visit(block.next, stack, todo);
  }
}

function visit(block: BasicBlock, stack: HandlerStack | null, todo: BasicBlock[]): void {
  if (block.visited) return;
  block.visited = true;
  block.handlers = stack;
  todo.push(block);
}
