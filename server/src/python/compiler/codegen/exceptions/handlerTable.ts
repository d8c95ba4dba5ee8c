// Exceptions by a table of handlers, 3.11 and later: instructions that put handlers in force are pseudo-instructions, of
// which the flow graph makes the table. CPython: Python/codegen.c, codegen_unwind_fblock().
import { Op } from '../../../versions/opcodes/op.generated.ts';
import { FrameBlockType, type ExceptionBlock, type Place } from '../../unit/frameBlocks.ts';
import { NO_LOCATION } from '../../unit/location.ts';
import { leaveFinally, unbindHandlerName } from '../frameBlocks.ts';
import type { CodeGenerator, ExceptionModel } from '../generator.ts';
import { awaitExit, callExitWithNones } from './parts.ts';
import { visitTry } from './tryStatements.ts';
import { visitWith } from './withStatements.ts';

export const HANDLER_TABLE: ExceptionModel = { visitTry, visitWith, unwind };

function unwind(g: CodeGenerator, block: ExceptionBlock, at: Place, preserves: boolean): Place {
  const { emit } = g;
  const swap = (place: Place): void => {
    if (preserves) emit.op(Op.SWAP, 2, place);
  };
  switch (block.type) {
    case FrameBlockType.TryExcept:
      emit.op(Op.POP_BLOCK, 0, at);
      return at;
    case FrameBlockType.FinallyTry:
    case FrameBlockType.FinallyTry2:
      emit.op(Op.POP_BLOCK, 0, at);
      return leaveFinally(g, block, at, preserves);
    case FrameBlockType.FinallyEnd:
      swap(at);
      emit.op(Op.POP_TOP, 0, at);
      swap(at);
      emit.op(Op.POP_BLOCK, 0, at);
      emit.op(Op.POP_EXCEPT, 0, at);
      return at;
    case FrameBlockType.With:
    case FrameBlockType.AsyncWith:
      g.setLocation(block.at);
      emit.op(Op.POP_BLOCK, 0, block.at);
      if (preserves && g.dialect.withMethods === 'special') emit.op(Op.SWAP, 3, block.at);
      swap(block.at);
      callExitWithNones(g, block.at);
      if (block.type === FrameBlockType.AsyncWith) awaitExit(g, block.item, block.at);
      emit.op(Op.POP_TOP, 0, block.at);
      g.setLocation(NO_LOCATION);
      return NO_LOCATION;
    case FrameBlockType.HandlerCleanup:
      if (block.name !== null) emit.op(Op.POP_BLOCK, 0, at);
      swap(at);
      emit.op(Op.POP_BLOCK, 0, at);
      emit.op(Op.POP_EXCEPT, 0, at);
      if (block.name !== null) unbindHandlerName(g, block.name, at);
      return at;
  }
}
