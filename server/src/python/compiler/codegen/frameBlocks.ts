// Ways out of blocks: what return, break and continue run on their way, finally bodies above all.
// CPython: Python/codegen.c, codegen_unwind_fblock() and codegen_unwind_fblock_stack().
import { ExprContext } from '../../ast/kinds.ts';
import type { Node, Statement, WithItem } from '../../ast/nodes.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import { FrameBlockType, type ExceptionBlock, type FrameBlock, type Place } from '../unit/frameBlocks.ts';
import type { Label } from '../unit/instructions.ts';
import { Location, NO_LOCATION } from '../unit/location.ts';
import type { CompilerUnit, DeferredAnnotation, FinallyOutcome } from '../unit/unit.ts';
import type { CodeGenerator } from './generator.ts';
import { nameOp } from './names.ts';

/** What some frame blocks have. */
interface FrameBlockParts {
  readonly block?: Label;
  readonly exit?: Label;
  readonly finalbody?: Statement[];
  readonly name?: string | null;
  readonly item?: WithItem;
}

const NOTHING: FrameBlockParts = {};

/** CPython: _PyCompile_PushFBlock(). */
export function pushFrameBlock(
  g: CodeGenerator,
  type: FrameBlockType,
  at: Place,
  { block, exit, finalbody, name, item }: FrameBlockParts = NOTHING,
): void {
  const { frameBlocks } = g.unit;
  if (frameBlocks.length === g.dialect.maxBlocks && !(at instanceof Location)) {
    if (g.dialect.placesBlockLimit) g.error(MESSAGES.tooManyBlocks, at as Node);
    else g.errorAt(MESSAGES.tooManyBlocks, at, {});
  }
  frameBlocks.push({
    type,
    block: block ?? null,
    exit: exit ?? null,
    at,
    finalbody: finalbody ?? null,
    name: name ?? null,
    item: item ?? null,
    isLeft: false,
  });
}

export function popFrameBlock(g: CodeGenerator): void {
  g.unit.frameBlocks.pop();
}

/** Where control is led out to. */
export interface WayOut {
  /** The innermost loop, if that is where unwinding ends; null if there is none. */
  readonly loop: FrameBlock | null;
  /** Where the instruction that leaves comes from: nowhere once a finally body has run on the way. */
  readonly at: Place;
}

/**
 * Generates what must run before control leaves the innermost blocks: all of them for return, those inside the
 * innermost loop for break and continue. Undefined after an error. `preserves`: a value on the stack is kept.
 */
export function unwindFrameBlocks(
  g: CodeGenerator,
  toLoop: boolean,
  at: Node,
  preserves: boolean,
): WayOut | undefined {
  const { unit, emit } = g;
  const saved = unit.frameBlocks;
  const { isOnWayOut } = emit;
  emit.isOnWayOut = true;
  let place: Place = at;
  let out: WayOut | undefined;
  let depth = saved.length;
  for (; depth > 0; depth--) {
    const block = saved[depth - 1];
    if (block.type === FrameBlockType.ExceptionGroupHandler) {
      g.errorAt(MESSAGES.leavesExceptStar, at);
      break;
    }
    if (toLoop && isLoop(block)) {
      out = { loop: block, at: place };
      break;
    }
    unit.frameBlocks = saved.slice(0, depth - 1);
    place = unwindFrameBlock(g, block, place, preserves);
  }
  unit.frameBlocks = saved;
  emit.isOnWayOut = isOnWayOut;
  return depth === 0 ? { loop: null, at: place } : out;
}

const isLoop = ({ type }: FrameBlock): boolean =>
  type === FrameBlockType.WhileLoop ||
  type === FrameBlockType.ForLoop ||
  type === FrameBlockType.AsyncForLoop;

/** Generates what leaving one block takes; where what comes next is placed. CPython: codegen_unwind_fblock(). */
export function unwindFrameBlock(g: CodeGenerator, block: FrameBlock, at: Place, preserves: boolean): Place {
  const { emit } = g;
  switch (block.type) {
    case FrameBlockType.WhileLoop:
    case FrameBlockType.ExceptionHandler:
    case FrameBlockType.ExceptionGroupHandler:
    case FrameBlockType.AsyncComprehensionGenerator:
    case FrameBlockType.InlinedComprehension:
    case FrameBlockType.StopIteration:
      return at;
    case FrameBlockType.ForLoop:
      if (g.dialect.iteratorSize === 2) {
        if (preserves) emit.op(Op.SWAP, 3, at);
        emit.op(Op.POP_TOP, 0, at);
      } else if (preserves) emit.swapTop(at);
      emit.op(Op.POP_TOP, 0, at);
      return at;
    case FrameBlockType.AsyncForLoop:
    case FrameBlockType.PopValue:
      if (preserves) emit.swapTop(at);
      emit.op(Op.POP_TOP, 0, at);
      return at;
    default:
      return g.exceptions.unwind(g, block as ExceptionBlock, at, preserves);
  }
}

/** Runs a finally body on the way out of its try. What comes then belongs to no line, and in 3.9 to that of the way out. */
export function leaveFinally(
  g: CodeGenerator,
  { finalbody }: FrameBlock,
  at: Place,
  preserves: boolean,
): Place {
  if (finalbody === null) return at;
  const outer = g.emit.at;
  if (preserves) pushFrameBlock(g, FrameBlockType.PopValue, at);
  visitFinallyBody(g, finalbody);
  if (preserves) popFrameBlock(g);
  g.setLocation(g.dialect.placesParts ? NO_LOCATION : outer);
  return NO_LOCATION;
}

/** `name = None; del name`, at the end of a handler. */
export function unbindHandlerName(g: CodeGenerator, name: string, at: Place): void {
  g.emit.none(at);
  nameOp(g, name, ExprContext.Store, at);
  nameOp(g, name, ExprContext.Del, at);
}

/**
 * Generates a finally body once more. For facts it is walked the first time that it is reached, or emitted, and the first
 * time at all, or the first time that its names are mangled so; later copies give nothing new, and walking them would
 * take exponential time where finally bodies nest.
 */
export function visitFinallyBody(g: CodeGenerator, body: Statement[]): void {
  const { unit, emit } = g;
  if (g.records) {
    g.statements(body);
    return;
  }
  const { privateName } = unit;
  const outcomes = (unit.finallyOutcomes ??= new Map<Statement[], FinallyOutcome[]>());
  const before = outcomes.get(body) ?? [];
  const known = before.findLast(outcome => outcome.privateName === privateName);
  const emitted = g.notEmitting === 0;
  if (known && (known.reached || !emit.reached) && (known.emitted || !emitted)) {
    emit.reached &&= known.fallsThrough;
    deferAgain(unit, known.annotations);
    return;
  }
  const { reached } = emit;
  const first = unit.deferredAnnotations?.length ?? 0;
  g.statements(body);
  const annotations = unit.deferredAnnotations?.slice(first) ?? NO_ANNOTATIONS;
  outcomes.set(body, [...before, { privateName, reached, emitted, fallsThrough: emit.reached, annotations }]);
}

const NO_ANNOTATIONS: readonly DeferredAnnotation[] = [];

/** More annotations than this are more instructions than are recorded. */
const MOST_ANNOTATIONS = 250_000;

/** A copy of a finally body makes its annotations once more, each with a number of its own. */
function deferAgain(unit: CompilerUnit, annotations: readonly DeferredAnnotation[]): void {
  const { deferredAnnotations } = unit;
  if (deferredAnnotations === null) return;
  for (let i = 0; i < annotations.length && deferredAnnotations.length < MOST_ANNOTATIONS; i++) {
    const { name, annotation, at, index } = annotations[i];
    deferredAnnotations.push({
      name,
      annotation,
      at,
      index: index === null ? null : unit.conditionalAnnotations++,
    });
  }
}
