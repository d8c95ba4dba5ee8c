// Tuples, lists, sets and dicts, and what loops go through. Those of constants are constants.
// CPython: Python/codegen.c, starunpack_helper_impl(), codegen_dict(); Python/ast_opt.c, fold_iter().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Dict, Expression, List, Set, Tuple } from '../../ast/expressions.ts';
import { frozenSet } from '../../constants/frozenSet.ts';
import { ConstantType, type ConstantValue } from '../../constants/values.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import type { Place } from '../unit/frameBlocks.ts';
import type { CodeGenerator } from './generator.ts';
import { Intrinsic1 } from './intrinsics.ts';
import { visitTargets } from './targets.ts';

/** From this many constants on, a display loads them as one tuple or frozenset. */
const MIN_ITEMS = 3;

/** What a sequence is built with. */
interface Builder {
  readonly build: Op;
  readonly add: Op;
  readonly extend: Op;
  readonly isTuple: boolean;
  /** What builds a run of items between those with `*`, and what joins them all, in 3.8. */
  readonly run: Op;
  readonly join: Op;
}

const LIST: Builder = {
  build: Op.BUILD_LIST,
  add: Op.LIST_APPEND,
  extend: Op.LIST_EXTEND,
  isTuple: false,
  run: Op.BUILD_TUPLE,
  join: Op.BUILD_LIST_UNPACK,
};
export const TUPLE: Builder = { ...LIST, isTuple: true, join: Op.BUILD_TUPLE_UNPACK };
const SET: Builder = {
  build: Op.BUILD_SET,
  add: Op.SET_ADD,
  extend: Op.SET_UPDATE,
  isTuple: false,
  run: Op.BUILD_SET,
  join: Op.BUILD_SET_UNPACK,
};

export function visitTupleOrList(g: CodeGenerator, e: Tuple | List): void {
  if (e.ctx === ExprContext.Store) visitTargets(g, e.elts, e);
  else if (e.ctx === ExprContext.Del) g.expressions(e.elts);
  else buildSequence(g, e, e.elts, 0, e.kind === NodeKind.Tuple ? TUPLE : LIST);
}

export function visitSet(g: CodeGenerator, e: Set): void {
  buildSequence(g, e, e.elts, 0, SET);
}

/** Builds a sequence of expressions and of `pushed` items that are on the stack. CPython: starunpack_helper_impl(). */
export function buildSequence(
  g: CodeGenerator,
  at: Place,
  elts: readonly Expression[],
  pushed: number,
  builder: Builder,
): void {
  const { emit } = g;
  if (!g.records) {
    sequenceFacts(g, at, elts, builder);
    return;
  }
  const { build, add, extend, isTuple } = builder;
  if (!g.dialect.displaysBuiltFirst) {
    joinSequence(g, at, elts, builder);
    return;
  }
  const folds = elts.length >= MIN_ITEMS && g.dialect.constantFolding === 'ast';
  const items = folds ? g.constantsOf(elts) : undefined;
  if (items) {
    if (isTuple && (pushed === 0 || g.dialect.dropsPushedArguments)) {
      emit.constant({ type: ConstantType.Tuple, items }, at);
      return;
    }
    emit.op(build, pushed, at);
    emit.constant(add === Op.SET_ADD ? frozenSet(items, g.folding) : { type: ConstantType.Tuple, items }, at);
    emit.op(extend, 1, at);
    if (isTuple) emit.intrinsic(Intrinsic1.LIST_TO_TUPLE, at);
    return;
  }
  const count = elts.length + pushed;
  let built = count > g.dialect.stackGuideline;
  if (!built && !hasStarred(elts)) {
    g.expressions(elts);
    emit.op(isTuple ? Op.BUILD_TUPLE : build, count, at);
    return;
  }
  if (built) emit.op(build, pushed, at);
  for (let i = 0; i < elts.length; i++) {
    const elt = elts[i];
    if (elt.kind === NodeKind.Starred) {
      if (!built) emit.op(build, i + pushed, at);
      built = true;
      g.expression(elt.value);
      emit.op(extend, 1, at);
    } else {
      g.expression(elt);
      if (built) emit.op(add, 1, at);
    }
  }
  if (isTuple) emit.intrinsic(Intrinsic1.LIST_TO_TUPLE, at);
}

function joinSequence(
  g: CodeGenerator,
  at: Place,
  elts: readonly Expression[],
  { build, isTuple, run, join }: Builder,
): void {
  const { parts, rest } = buildRuns(g, at, elts, 0, run);
  if (parts === 0) g.emit.op(isTuple ? Op.BUILD_TUPLE : build, rest, at);
  else {
    if (rest > 0) g.emit.op(run, rest, at);
    g.emit.op(join, rest > 0 ? parts + 1 : parts, at);
  }
}

/**
 * Puts on the stack what follows `*`, and each run of items before one, built by `run`. `parts` is how many these are,
 * `rest` how many items are on the stack behind them.
 */
export function buildRuns(
  g: CodeGenerator,
  at: Place,
  elts: readonly Expression[],
  pushed: number,
  run: Op,
): { readonly parts: number; readonly rest: number } {
  let parts = 0;
  let rest = pushed;
  for (const elt of elts) {
    if (elt.kind !== NodeKind.Starred) {
      g.expression(elt);
      rest++;
      continue;
    }
    if (rest > 0) {
      g.emit.op(run, rest, at);
      rest = 0;
      parts++;
    }
    g.expression(elt.value);
    parts++;
  }
  return { parts, rest };
}

export const hasStarred = (elts: readonly Expression[]): boolean => {
  for (let i = 0; i < elts.length; i++) if (elts[i].kind === NodeKind.Starred) return true;
  return false;
};

function sequenceFacts(g: CodeGenerator, at: Place, elts: readonly Expression[], { isTuple }: Builder): void {
  visitElements(g, elts);
  if (elts.length === 0 && isTuple && g.dialect.constantFolding === 'ast') g.emit.strings([], at);
}

/** The elements of a display, in facts. */
export function visitElements(g: CodeGenerator, elts: readonly Expression[]): void {
  for (let i = 0; i < elts.length; i++) {
    const elt = elts[i];
    g.expression(elt.kind === NodeKind.Starred ? elt.value : elt);
  }
}

/** What a loop or `in` goes through: a list or set of constants is a constant, another list a tuple. CPython: fold_iter(). */
export function visitIterable(g: CodeGenerator, e: Expression): void {
  if ((e.kind !== NodeKind.List && e.kind !== NodeKind.Set) || !g.foldsTree) {
    g.expression(e);
    return;
  }
  const items = g.records ? constantItems(g, e.elts) : undefined;
  if (items)
    g.constantAt(
      e.kind === NodeKind.Set ? frozenSet(items, g.folding) : { type: ConstantType.Tuple, items },
      e,
    );
  else if (e.kind === NodeKind.List && g.records && !hasStarred(e.elts)) {
    const outer = g.emit.at;
    g.setLocation(e);
    buildSequence(g, e, e.elts, 0, TUPLE);
    g.setLocation(outer);
  } else g.expression(e);
}

function constantItems(g: CodeGenerator, elts: readonly Expression[]): ConstantValue[] | undefined {
  const items: ConstantValue[] = [];
  for (const elt of elts) {
    const item = g.constantOf(elt);
    if (!item) return undefined;
    items.push(item);
  }
  return items;
}

// ---- Dicts ------------------------------------------------------------------------------------------------------

const MOST_IN_RUN = 0xffff;

/** How many items of a dict are at most put on the stack before one more; without a guideline as many as an argument tells. */
const mostItems = ({ dialect: { stackGuideline } }: CodeGenerator): number =>
  stackGuideline === Infinity ? MOST_IN_RUN - 1 : stackGuideline / 2;

/** CPython: codegen_dict(). */
export function visitDict(g: CodeGenerator, e: Dict): void {
  const { emit } = g;
  if (!g.dialect.displaysBuiltFirst) {
    joinDict(g, e);
    return;
  }
  const { keys, values } = e;
  const most = mostItems(g);
  let hasDict = false;
  let begin = 0;
  const items = (end: number): void => {
    visitItems(g, e, begin, end);
    if (hasDict) emit.op(Op.DICT_UPDATE, 1, e);
    hasDict = true;
  };
  for (let i = 0; i < values.length; i++) {
    if (keys[i] === null) {
      if (i > begin) items(i);
      if (!hasDict) emit.op(Op.BUILD_MAP, 0, e);
      hasDict = true;
      g.expression(values[i]);
      emit.op(Op.DICT_UPDATE, 1, e);
    } else if (i - begin > most) items(i + 1);
    else continue;
    begin = i + 1;
  }
  if (begin < values.length) items(values.length);
  if (!hasDict) emit.op(Op.BUILD_MAP, 0, e);
}

/** 3.8 joins what follows `**` and the runs of items between them. CPython 3.8: compiler_dict(). */
function joinDict(g: CodeGenerator, e: Dict): void {
  const { keys, values } = e;
  const count = values.length;
  let parts = 0;
  let begin = 0;
  const items = (end: number): void => {
    visitItems(g, e, begin, end);
    begin = end;
    parts++;
  };
  for (let i = 0; i < count; i++) {
    const isUnpacked = keys[i] === null;
    if (i - begin === MOST_IN_RUN || (isUnpacked && i > begin)) items(i);
    if (!isUnpacked) continue;
    g.expression(values[i]);
    begin = i + 1;
    parts++;
  }
  if (begin < count || parts === 0) items(count);
  if (parts > 1 || (count > 0 && keys[count - 1] === null)) g.emit.op(Op.BUILD_MAP_UNPACK, parts, e);
}

/**
 * Items between those with `**`: where all keys are constants they are one, a tuple, that follows the values.
 * CPython: codegen_subdict().
 */
function visitItems(g: CodeGenerator, e: Dict, begin: number, end: number): void {
  const { emit } = g;
  const { keys, values } = e;
  const count = end - begin;
  const isBig = 2 * count > g.dialect.stackGuideline;
  if (count > 1 && !isBig && g.dialect.constantKeyMaps && (g.records || keysMatter(g))) {
    const constants = g.constantsOf(keys.slice(begin, end));
    if (constants) {
      for (let i = begin; i < end; i++) g.expression(values[i]);
      emit.constant({ type: ConstantType.Tuple, items: constants }, e);
      emit.op(Op.BUILD_CONST_KEY_MAP, count, e);
      return;
    }
  }
  if (isBig) emit.op(Op.BUILD_MAP, 0, e);
  for (let i = begin; i < end; i++) {
    const key = keys[i];
    if (key !== null) g.expression(key);
    g.expression(values[i]);
    if (isBig) emit.op(Op.MAP_ADD, 1, e);
  }
  if (!isBig) emit.op(Op.BUILD_MAP, count, e);
}

/** In facts: whether it shows what the first constant is. */
const keysMatter = ({ unit }: CodeGenerator): boolean => !unit.hasConstants;
