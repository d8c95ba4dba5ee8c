// What a frame block is: a loop, try or with that control must be led out of. CPython: struct fblockinfo.
import type { Node, Statement, WithItem } from '../../ast/nodes.ts';
import type { Label } from './instructions.ts';
import type { Location } from './location.ts';

/** Where an instruction comes from: a node, or a location that belongs to none. */
export type Place = Pick<Node, 'start' | 'end'> | Location;

/** Why a frame block is on the stack. CPython: enum fblocktype. */
export enum FrameBlockType {
  WhileLoop,
  ForLoop,
  AsyncForLoop,
  TryExcept,
  FinallyTry,
  /** 3.8: the same with a placeholder below, as its finally body is left by return, break or continue. */
  FinallyTry2,
  FinallyEnd,
  With,
  AsyncWith,
  HandlerCleanup,
  PopValue,
  ExceptionHandler,
  ExceptionGroupHandler,
  AsyncComprehensionGenerator,
  InlinedComprehension,
  StopIteration,
}

export interface FrameBlock {
  readonly type: FrameBlockType;
  /** Where it begins: of a loop, where continue leads. */
  readonly block: Label | null;
  /** For a loop: where break leads. For a try or handler in 3.8: its finally body. */
  readonly exit: Label | null;
  readonly at: Place;
  /** For a try with finally: the finally body. */
  readonly finalbody: Statement[] | null;
  /** For a handler: the name that it deletes at its end. */
  readonly name: string | null;
  /** For a with: the item that it is of. */
  readonly item: WithItem | null;
  /** 3.8: return, break or continue lead out of it. CPython: fb_exit is NULL. */
  isLeft: boolean;
}

/** A frame block that try and with statements push; the others are loops and their like. */
export interface ExceptionBlock extends FrameBlock {
  readonly type:
    | FrameBlockType.TryExcept
    | FrameBlockType.FinallyTry
    | FrameBlockType.FinallyTry2
    | FrameBlockType.FinallyEnd
    | FrameBlockType.With
    | FrameBlockType.AsyncWith
    | FrameBlockType.HandlerCleanup;
}
