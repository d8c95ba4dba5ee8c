// Annotations: evaluated in place, or put aside where `from __future__ import annotations` makes them strings, or
// from 3.14 on in an `__annotate__` block. CPython: Python/symtable.c, symtable_visit_annotation(s)().
import type { Arg, Arguments, Expression } from '../ast/expressions.ts';
import type { FunctionDef } from '../ast/nodes.ts';
import type { Builder } from './builder.ts';
import type { SymbolTableEntry } from './entry.ts';
import { BlockType } from './flags.ts';

/** The annotation of an assignment. */
export function visitAnnotation(b: Builder, annotation: Expression): void {
  if (b.dialect.annotations === 'annotate') visitInAnnotate(b, annotation);
  else visitReturns(b, annotation);
}

/** Up to 3.13: here, or hidden. */
function visitReturns(b: Builder, annotation: Expression): void {
  const hidden = b.dialect.annotations === 'hiddenIfFuture' && b.table.futureAnnotations;
  if (hidden) b.enterBlock(BlockType.Annotation, '_annotation', annotation, 'hidden', true);
  visitText(b, annotation);
  if (hidden) b.exitBlock();
}

/** From 3.14 on: a block for all of a module's or class's annotations, with a name for those that may not be reached. */
function visitInAnnotate(b: Builder, annotation: Expression): void {
  const { entry } = b;
  const { futureAnnotations } = b.table;
  const evaluated = entry.type !== BlockType.Function;
  // A module may be annotated while it is being run: any of its annotations may not have been reached.
  const conditional =
    entry.type === BlockType.Module || (entry.type === BlockType.Class && b.inConditionalBlock);
  if (conditional && !entry.hasConditionalAnnotations) {
    entry.hasConditionalAnnotations = true;
    b.use('__conditional_annotations__', annotation);
  }
  if (entry.annotationBlock === null) {
    // The one in a function is never evaluated, and must not be taken for that of the function's parameters.
    const role = evaluated ? 'annotations' : 'hidden';
    b.enterBlock(BlockType.Annotation, '__annotate__', entry.node, role, futureAnnotations);
    entry.annotationBlock = b.entry;
    if (entry.type === BlockType.Class && !futureAnnotations) {
      b.entry.canSeeClassScope = true;
      entry.needsClassDict = true;
      b.use('__classdict__', annotation);
    }
  } else {
    b.enterExistingBlock(entry.annotationBlock, true);
  }
  b.unevaluatedAnnotation = evaluated ? null : b.entry;
  b.visitExpression(annotation);
  b.unevaluatedAnnotation = null;
  b.exitBlock();
}

/** The annotations of a function's parameters and result, visited before the function's own block. */
export function visitAnnotations(b: Builder, node: FunctionDef): void {
  const { args, returns } = node;
  if (b.dialect.annotations === 'annotate') {
    const around = b.entry;
    b.enterBlock(BlockType.Annotation, '__annotate__', node, 'annotations', b.table.futureAnnotations);
    if (around.canSeeClassScope || around.type === BlockType.Class) {
      b.entry.canSeeClassScope = true;
      b.use('__classdict__', node);
    }
    visitArguments(b, args);
    if (returns !== null) visitOne(b, b.entry, returns);
    b.exitBlock();
    return;
  }
  const hidden = b.dialect.annotations === 'hiddenIfFuture' && b.table.futureAnnotations;
  if (hidden) b.enterBlock(BlockType.Annotation, '_annotation', node, 'hidden', true);
  visitArguments(b, args);
  if (hidden) b.exitBlock();
  if (returns !== null) visitReturns(b, returns);
}

function visitArguments(b: Builder, args: Arguments): void {
  const { entry } = b;
  const visitAll = (list: readonly Arg[]): void => {
    for (const arg of list) if (arg.annotation !== null) visitOne(b, entry, arg.annotation);
  };
  visitAll(args.posonlyargs);
  visitAll(args.args);
  if (args.vararg?.annotation) visitOne(b, entry, args.vararg.annotation);
  if (args.kwarg?.annotation) visitOne(b, entry, args.kwarg.annotation);
  visitAll(args.kwonlyargs);
}

function visitOne(b: Builder, entry: SymbolTableEntry, annotation: Expression): void {
  if (entry.type === BlockType.Annotation) entry.annotationsUsed = true;
  visitText(b, annotation);
}

const visitText = (b: Builder, annotation: Expression): void =>
  b.visitUnfolded(annotation, b.table.futureAnnotations && !b.folds.foldsTextAnnotations);
