// Exceptions by a stack of blocks, 3.8, where finally bodies are subroutines: generated once, and called on each way out.
// As long as 3.8 has facts alone, this is the order of generation and what counts as a block.
// CPython 3.8: Python/compile.c, compiler_try_finally().
import type { Try } from '../../../ast/nodes.ts';
import { FrameBlockType, type ExceptionBlock, type Place } from '../../unit/frameBlocks.ts';
import { popFrameBlock, pushFrameBlock } from '../frameBlocks.ts';
import type { CodeGenerator, ExceptionModel } from '../generator.ts';
import { unwind as unwindCopied, visitTryExcept, visitWith } from './blockStack.ts';

export const SUBROUTINES: ExceptionModel = { visitTry, visitWith, unwind };

function visitTry(g: CodeGenerator, s: Try): void {
  if (s.finalbody.length > 0) visitTryFinally(g, s);
  else visitTryExcept(g, s, false);
}

/** The finally body is generated first. */
function visitTryFinally(g: CodeGenerator, s: Try): void {
  pushFrameBlock(g, FrameBlockType.FinallyEnd, s);
  g.statements(s.finalbody);
  popFrameBlock(g);
  pushFrameBlock(g, FrameBlockType.FinallyTry, s, { finalbody: s.finalbody });
  if (s.handlers.length > 0) visitTryExcept(g, s, false);
  else g.statements(s.body);
  popFrameBlock(g);
}

function unwind(g: CodeGenerator, block: ExceptionBlock, at: Place, preserves: boolean): Place {
  return block.type === FrameBlockType.FinallyTry ? at : unwindCopied(g, block, at, preserves);
}
