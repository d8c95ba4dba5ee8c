// match statements (PEP 634): captured names are stored after the whole pattern has matched, in the order in which
// it meets them. CPython: Python/codegen.c, codegen_match_inner() and codegen_pattern().
import { CompareOperator, ExprContext, NodeKind, Operator } from '../../ast/kinds.ts';
import type { Expression } from '../../ast/expressions.ts';
import type {
  Match,
  MatchAs,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  MatchValue,
  Pattern,
} from '../../ast/nodes.ts';
import { equalityKey } from '../../constants/key.ts';
import { repr } from '../../constants/repr.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import type { Place } from '../unit/frameBlocks.ts';
import { Label } from '../unit/instructions.ts';
import { LAST_LOCATION, NEXT_LOCATION, NO_LOCATION } from '../unit/location.ts';
import { binary } from './binaryOperators.ts';
import { jumpIf } from './branches.ts';
import { compare } from './comparisons.ts';
import type { CodeGenerator } from './generator.ts';
import { subscript } from './subscripts.ts';
import { unpackArgument } from './targets.ts';
import { isForbidden, nameOp } from './names.ts';

/** CPython: struct pattern_context. */
class PatternContext {
  /** Names captured so far. */
  stores: string[] = [];
  /** Where a pattern that does not match leads: by how many items must be popped on the way. */
  fail: Label[] = [];
  /** How many items above the captured ones are on the stack, which the pattern must keep. */
  onTop = 0;

  constructor(
    /** Whether a name or `_` may stand here, which always matches. */
    public allowIrrefutable: boolean,
  ) {}
}

const isWildcard = (pattern: Pattern): boolean => pattern.kind === NodeKind.MatchAs && pattern.name === null;

const isStarWildcard = (pattern: Pattern): boolean =>
  pattern.kind === NodeKind.MatchStar && pattern.name === null;

export function visitMatch(g: CodeGenerator, s: Match): void {
  const { emit } = g;
  g.expression(s.subject);
  const end = new Label();
  const last = s.cases.length - 1;
  if (last < 0) return;
  // A `case _` at the end is an else.
  const hasDefault = last > 0 && isWildcard(s.cases[last].pattern);
  const lastTested = last - (hasDefault ? 1 : 0);
  for (let i = 0; i <= lastTested; i++) {
    const { pattern, guard, body } = s.cases[i];
    g.comesTo(s.cases[i]);
    g.setLocation(pattern);
    if (i < lastTested) emit.copyTop(pattern);
    const context = new PatternContext(guard !== null || i === last);
    visitPattern(g, pattern, context);
    for (const name of context.stores) nameOp(g, name, ExprContext.Store, pattern);
    if (guard) jumpIf(g, pattern, guard, failLabel(context, 0), false);
    if (i < lastTested) emit.op(Op.POP_TOP, 0, g.dialect.popsSubject === 'next' ? NEXT_LOCATION : pattern);
    g.statements(body);
    emit.jumpForward(end, g.dialect.caseEndPlace === 'body' ? LAST_LOCATION : NO_LOCATION);
    g.setLocation(pattern);
    useFailLabels(g, context, pattern);
  }
  if (hasDefault) {
    const { pattern, guard, body } = s.cases[last];
    g.comesTo(s.cases[last]);
    g.setLocation(pattern);
    emit.op(Op.NOP, 0, pattern);
    if (guard) jumpIf(g, pattern, guard, end, false);
    g.statements(body);
    if (g.dialect.caseEndPlace === 'nowhere') g.setLocation(NO_LOCATION);
  }
  emit.use(end);
}

// ---- Failing ----------------------------------------------------------------------------------------------------

/** CPython: ensure_fail_pop(). */
function failLabel({ fail }: PatternContext, pops: number): Label {
  while (fail.length <= pops) fail.push(new Label());
  return fail[pops];
}

/** The label of the code that pops what the pattern has put on the stack. CPython: jump_to_fail_pop(). */
const failure = (context: PatternContext): Label => failLabel(context, context.onTop + context.stores.length);

/** Leads on if what is on the stack is false. */
function jumpToFailure({ emit }: CodeGenerator, context: PatternContext, at: Place): void {
  emit.branch(Op.POP_JUMP_IF_FALSE, failure(context), at);
  emit.nextBlock();
}

/** CPython: emit_and_reset_fail_pop(). */
function useFailLabels({ emit }: CodeGenerator, { fail }: PatternContext, at: Place): void {
  for (let pops = fail.length - 1; pops > 0; pops--) {
    emit.use(fail[pops]);
    emit.op(Op.POP_TOP, 0, at);
  }
  if (fail.length > 0) emit.use(fail[0]);
  else emit.nextBlock();
}

// ---- Patterns ---------------------------------------------------------------------------------------------------

function visitPattern(g: CodeGenerator, p: Pattern, context: PatternContext): void {
  g.emit.at = p;
  switch (p.kind) {
    case NodeKind.MatchValue:
      visitValue(g, p, context);
      return;
    case NodeKind.MatchSingleton:
      g.emit.constant(p.value, p);
      compare(g, CompareOperator.Is, p);
      jumpToFailure(g, context, p);
      return;
    case NodeKind.MatchSequence:
      visitSequence(g, p, context);
      return;
    case NodeKind.MatchMapping:
      visitMapping(g, p, context);
      return;
    case NodeKind.MatchClass:
      visitClass(g, p, context);
      return;
    case NodeKind.MatchStar:
      storeName(g, p.name, p, context);
      return;
    case NodeKind.MatchAs:
      visitAs(g, p, context);
      return;
    case NodeKind.MatchOr:
      visitOr(g, p, context);
      return;
  }
}

function visitValue(g: CodeGenerator, p: MatchValue, context: PatternContext): void {
  const { value } = p;
  if (value.kind !== NodeKind.Attribute && !g.fold(value)) g.error(MESSAGES.patternValue, p);
  visitPatternConstant(g, value);
  compare(g, CompareOperator.Eq, p);
  g.emit.toBool(p);
  jumpToFailure(g, context, p);
}

/** A value that a pattern compares with: signs and complex numbers are folded in every version. */
function visitPatternConstant(g: CodeGenerator, e: Expression): void {
  const value = g.records ? g.fold(e) : undefined;
  if (value) {
    g.constantAt(value, e);
    return;
  }
  const { isUnfolded } = g;
  g.isUnfolded ||= !g.dialect.foldsPatternNames;
  g.expression(e);
  g.isUnfolded = isUnfolded;
}

/** A pattern inside another: what matches always does not end the match. CPython: codegen_pattern_subpattern(). */
function visitSubpattern(g: CodeGenerator, p: Pattern, context: PatternContext): void {
  const { allowIrrefutable } = context;
  context.allowIrrefutable = true;
  visitPattern(g, p, context);
  context.allowIrrefutable = allowIrrefutable;
}

/** CPython: codegen_pattern_helper_store_name(). */
function storeName(g: CodeGenerator, name: string | null, p: Pattern, context: PatternContext): void {
  if (name === null) {
    g.emit.op(Op.POP_TOP, 0, p);
    return;
  }
  if (isForbidden(g, name, ExprContext.Store, p)) return;
  if (context.stores.includes(name)) {
    g.error(MESSAGES.duplicateStore(name), p);
    return;
  }
  // It goes under what the pattern must keep.
  g.emit.rotate(context.onTop + context.stores.length + 1, p);
  context.stores.push(name);
}

function visitAs(g: CodeGenerator, p: MatchAs, context: PatternContext): void {
  if (p.pattern === null) {
    if (!context.allowIrrefutable) {
      g.error(
        p.name === null ? MESSAGES.wildcardMakesUnreachable : MESSAGES.captureMakesUnreachable(p.name),
        p,
      );
    }
    storeName(g, p.name, p, context);
    return;
  }
  context.onTop++;
  g.emit.copyTop(p);
  visitPattern(g, p.pattern, context);
  context.onTop--;
  storeName(g, p.name, p, context);
}

// ---- Sequences --------------------------------------------------------------------------------------------------

function visitSequence(g: CodeGenerator, p: MatchSequence, context: PatternContext): void {
  const { emit } = g;
  const { patterns } = p;
  const star = patterns.findIndex(pattern => pattern.kind === NodeKind.MatchStar);
  if (star >= 0 && patterns.slice(star + 1).some(pattern => pattern.kind === NodeKind.MatchStar)) {
    g.error(MESSAGES.multipleStarPatterns, p);
  }
  context.onTop++;
  emit.op(Op.MATCH_SEQUENCE, 0, p);
  jumpToFailure(g, context, p);
  if (star < 0) compareLength(g, patterns.length, CompareOperator.Eq, p, context);
  else if (patterns.length > 1) compareLength(g, patterns.length - 1, CompareOperator.GtE, p, context);
  context.onTop--;
  if (patterns.every(pattern => isWildcard(pattern) || isStarWildcard(pattern))) emit.op(Op.POP_TOP, 0, p);
  else if (star >= 0 && isStarWildcard(patterns[star])) subscriptItems(g, p, star, context);
  else unpackItems(g, p, star, context);
}

function compareLength(
  g: CodeGenerator,
  length: number,
  operator: CompareOperator,
  p: Pattern,
  context: PatternContext,
): void {
  const { emit } = g;
  emit.op(Op.GET_LEN, 0, p);
  emit.int(length, p);
  compare(g, operator, p);
  jumpToFailure(g, context, p);
}

/** CPython: pattern_helper_sequence_unpack(). */
function unpackItems(g: CodeGenerator, p: MatchSequence, star: number, context: PatternContext): void {
  const { patterns } = p;
  if (star < 0) g.emit.op(Op.UNPACK_SEQUENCE, patterns.length, p);
  else g.emit.op(Op.UNPACK_EX, unpackArgument(star, patterns.length), p);
  context.onTop += patterns.length;
  for (const pattern of patterns) {
    context.onTop--;
    visitSubpattern(g, pattern, context);
  }
}

/** Where the starred pattern is `*_` the other items are subscribed. CPython: pattern_helper_sequence_subscr(). */
function subscriptItems(g: CodeGenerator, p: MatchSequence, star: number, context: PatternContext): void {
  const { emit } = g;
  const { patterns } = p;
  context.onTop++;
  patterns.forEach((pattern, i) => {
    if (isWildcard(pattern) || i === star) return;
    emit.copyTop(p);
    if (i < star) emit.int(i, p);
    else {
      emit.op(Op.GET_LEN, 0, p);
      emit.int(patterns.length - i, p);
      binary(g, Operator.Sub, p);
    }
    subscript(g, p);
    visitSubpattern(g, pattern, context);
  });
  context.onTop--;
  emit.op(Op.POP_TOP, 0, p);
}

// ---- Mappings and classes ---------------------------------------------------------------------------------------

function visitMapping(g: CodeGenerator, p: MatchMapping, context: PatternContext): void {
  const { emit } = g;
  const { keys, rest } = p;
  context.onTop++;
  emit.op(Op.MATCH_MAPPING, 0, p);
  jumpToFailure(g, context, p);
  if (keys.length === 0 && rest === null) {
    context.onTop--;
    emit.op(Op.POP_TOP, 0, p);
    return;
  }
  if (keys.length > 0) compareLength(g, keys.length, CompareOperator.GtE, p, context);
  checkKeys(g, p);
  for (const key of keys) visitPatternConstant(g, key);
  emit.op(Op.BUILD_TUPLE, keys.length, p);
  emit.op(Op.MATCH_KEYS, 0, p);
  context.onTop += 2;
  if (!g.dialect.unpacksMatches) {
    jumpToFailure(g, context, p);
    subscriptMatched(g, p, p.patterns, context);
    context.onTop -= 2;
    emit.op(Op.POP_TOP, 0, p);
    if (rest === null) emit.op(Op.POP_TOP, 0, p);
    else {
      emit.op(Op.COPY_DICT_WITHOUT_KEYS, 0, p);
      storeName(g, rest, p, context);
    }
    context.onTop--;
    emit.op(Op.POP_TOP, 0, p);
    return;
  }
  failIfNone(g, p, context);
  emit.op(Op.UNPACK_SEQUENCE, keys.length, p);
  context.onTop += keys.length - 1;
  visitMatched(g, p.patterns, context, null);
  context.onTop -= 2;
  if (rest === null) {
    emit.op(Op.POP_TOP, 0, p);
    emit.op(Op.POP_TOP, 0, p);
    return;
  }
  bindRest(g, p, rest, context);
}

function checkKeys(g: CodeGenerator, p: MatchMapping): void {
  if (!g.learns) return;
  const seen = new Set<string>();
  for (const key of p.keys) {
    const value = g.fold(key);
    if (value) {
      const equal = equalityKey(value);
      if (seen.has(equal)) g.error(MESSAGES.duplicateKey(repr(value)), p);
      seen.add(equal);
    } else if (key.kind !== NodeKind.Attribute) g.error(MESSAGES.mappingKey, p);
  }
}

/** `**rest`: a dict of the subject without the keys that have been matched. */
function bindRest(g: CodeGenerator, p: MatchMapping, rest: string, context: PatternContext): void {
  const { emit } = g;
  const { length } = p.keys;
  emit.op(Op.BUILD_MAP, 0, p);
  emit.op(Op.SWAP, 3, p);
  emit.op(Op.DICT_UPDATE, 2, p);
  emit.op(Op.UNPACK_SEQUENCE, length, p);
  for (let size = length; size > 0; size--) {
    emit.op(Op.COPY, 1 + size, p);
    emit.op(Op.SWAP, 2, p);
    emit.op(Op.DELETE_SUBSCR, 0, p);
  }
  storeName(g, rest, p, context);
}

function visitClass(g: CodeGenerator, p: MatchClass, context: PatternContext): void {
  const { emit } = g;
  validateAttributes(g, p);
  g.expression(p.cls);
  emit.strings(p.kwd_attrs, p);
  emit.op(Op.MATCH_CLASS, p.patterns.length, p);
  context.onTop++;
  const patterns = [...p.patterns, ...p.kwd_patterns];
  if (!g.dialect.unpacksMatches) {
    jumpToFailure(g, context, p);
    subscriptMatched(g, p, patterns, context);
    context.onTop--;
    emit.op(Op.POP_TOP, 0, p);
    return;
  }
  failIfNone(g, p, context);
  emit.op(Op.UNPACK_SEQUENCE, patterns.length, p);
  context.onTop += patterns.length - 1;
  visitMatched(g, patterns, context, p);
}

/** What MATCH_CLASS and MATCH_KEYS leave is None where nothing matches. */
function failIfNone(g: CodeGenerator, p: Pattern, context: PatternContext): void {
  const { emit } = g;
  emit.op(Op.COPY, 1, p);
  emit.none(p);
  compare(g, CompareOperator.IsNot, p);
  jumpToFailure(g, context, p);
}

/** The patterns of what MATCH_CLASS or MATCH_KEYS has found; those of a class, `popsWildcards`, skip `_`. */
function visitMatched(
  g: CodeGenerator,
  patterns: readonly Pattern[],
  context: PatternContext,
  popsWildcards: Pattern | null,
): void {
  patterns.forEach(pattern => {
    context.onTop--;
    if (isWildcard(pattern) && (popsWildcards !== null || !g.records)) {
      if (popsWildcards !== null) g.emit.op(Op.POP_TOP, 0, popsWildcards);
      return;
    }
    visitSubpattern(g, pattern, context);
  });
}

/** 3.10: the patterns of the items of a tuple of what has been found, which stays on the stack. */
function subscriptMatched(
  g: CodeGenerator,
  at: Place,
  patterns: readonly Pattern[],
  context: PatternContext,
): void {
  patterns.forEach((pattern, i) => {
    if (isWildcard(pattern)) return;
    g.emit.copyTop(at);
    g.emit.int(i, at);
    subscript(g, at);
    visitSubpattern(g, pattern, context);
  });
}

/** CPython: validate_kwd_attrs(). */
function validateAttributes(g: CodeGenerator, { kwd_attrs, kwd_patterns }: MatchClass): void {
  if (!g.learns) return;
  kwd_attrs.forEach((attr, i) => {
    isForbidden(g, attr, ExprContext.Store, kwd_patterns[i]);
    for (let j = i + 1; j < kwd_attrs.length; j++) {
      if (kwd_attrs[j] === attr) g.errorAt(MESSAGES.repeatedAttribute(attr), kwd_patterns[j]);
    }
  });
}

// ---- Alternatives -----------------------------------------------------------------------------------------------

/** CPython: codegen_pattern_or(). */
function visitOr(g: CodeGenerator, p: MatchOr, context: PatternContext): void {
  const { emit } = g;
  const end = new Label();
  let control: string[] | null = null;
  p.patterns.forEach((alternative, i) => {
    const isLast = i === p.patterns.length - 1;
    const inner = new PatternContext(isLast && context.allowIrrefutable);
    g.setLocation(alternative);
    emit.copyTop(alternative);
    visitPattern(g, alternative, inner);
    if (control === null) control = inner.stores;
    else if (!sameNames(control, inner.stores)) g.error(MESSAGES.differentNames, p);
    else reorder(g, control, inner.stores, alternative);
    emit.jumpForward(end, alternative);
    emit.nextBlock();
    useFailLabels(g, inner, alternative);
  });
  emit.op(Op.POP_TOP, 0, p);
  emit.jumpForward(failure(context), p);
  emit.nextBlock();
  emit.use(end);
  const names: string[] = control ?? [];
  const rotations = names.length + 1 + context.onTop + context.stores.length;
  for (const name of names) {
    emit.rotate(rotations, p);
    if (context.stores.includes(name)) g.error(MESSAGES.duplicateStore(name), p);
    else context.stores.push(name);
  }
  emit.op(Op.POP_TOP, 0, p);
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every(name => b.includes(name));

/** Brings what an alternative has captured into the order of the first one's names, on the stack and in `stores`. */
function reorder(g: CodeGenerator, control: readonly string[], stores: string[], at: Place): void {
  for (let i = control.length - 1; i >= 0; i--) {
    const found = stores.indexOf(control[i]);
    if (found === i) continue;
    const rotated = stores.splice(0, found + 1);
    stores.splice(i - found, 0, ...rotated);
    for (let n = found + 1; n > 0; n--) g.emit.rotate(i + 1, at);
  }
}
