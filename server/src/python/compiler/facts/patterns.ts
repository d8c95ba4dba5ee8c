// match statements (PEP 634): captured names are stored after the whole pattern has matched, in the order in which
// it meets them. CPython: Python/codegen.c, codegen_match_inner() and codegen_pattern().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type {
  Match,
  MatchAs,
  MatchCase,
  MatchClass,
  MatchMapping,
  MatchOr,
  MatchSequence,
  MatchStar,
  Pattern,
} from '../../ast/nodes.ts';
import { foldConstant } from '../../constants/folding.ts';
import { equalityKey } from '../../constants/key.ts';
import { repr } from '../../constants/repr.ts';
import { MESSAGES } from '../messages.ts';
import type { Compiler } from './compiler.ts';
import { jump, jumpIf, jumpMaybe, useLabel } from './reachability.ts';
import { Label } from './unit.ts';

/** CPython: struct pattern_context. */
class PatternContext {
  /** Names captured so far. */
  stores: string[] = [];
  /** Where a pattern that does not match leads. */
  fail = new Label();

  constructor(
    /** Whether a name or `_` may stand here, which always matches. */
    public allowIrrefutable: boolean,
  ) {}
}

const isWildcard = (pattern: Pattern): boolean => pattern.kind === NodeKind.MatchAs && pattern.name === null;

export function visitMatch(c: Compiler, s: Match): void {
  c.expression(s.subject);
  const end = new Label();
  const last = s.cases.length - 1;
  if (last < 0) return;
  // A `case _` at the end is an else.
  const hasDefault = last > 0 && isWildcard(s.cases[last].pattern);
  for (let i = 0; i <= last - (hasDefault ? 1 : 0); i++) {
    const matchCase = s.cases[i];
    const context = new PatternContext(matchCase.guard !== null || i === last);
    visitPattern(c, matchCase.pattern, context);
    for (const name of context.stores) c.name(name, ExprContext.Store, matchCase.pattern);
    visitGuardAndBody(c, matchCase, context.fail);
    jump(c, end);
    useLabel(c, context.fail);
  }
  if (hasDefault) visitGuardAndBody(c, s.cases[last], end);
  useLabel(c, end);
}

function visitGuardAndBody(c: Compiler, { guard, body }: MatchCase, fail: Label): void {
  if (guard) jumpIf(c, guard, fail, false);
  c.statements(body);
}

function visitPattern(c: Compiler, p: Pattern, context: PatternContext): void {
  c.at = p;
  switch (p.kind) {
    case NodeKind.MatchValue:
      if (p.value.kind !== NodeKind.Attribute && !foldConstant(p.value)) c.error(MESSAGES.patternValue, p);
      c.expression(p.value);
      jumpMaybe(c, context.fail);
      return;
    case NodeKind.MatchSingleton:
      c.loadConstant(p.value);
      jumpMaybe(c, context.fail);
      return;
    case NodeKind.MatchSequence:
      visitSequence(c, p, context);
      return;
    case NodeKind.MatchMapping:
      visitMapping(c, p, context);
      return;
    case NodeKind.MatchClass:
      visitClass(c, p, context);
      return;
    case NodeKind.MatchStar:
      storeName(c, p.name, p, context);
      return;
    case NodeKind.MatchAs:
      visitAs(c, p, context);
      return;
    case NodeKind.MatchOr:
      visitOr(c, p, context);
      return;
  }
}

/** A pattern inside another: what matches always does not end the match. CPython: codegen_pattern_subpattern(). */
function visitSubpattern(c: Compiler, p: Pattern, context: PatternContext): void {
  const { allowIrrefutable } = context;
  context.allowIrrefutable = true;
  visitPattern(c, p, context);
  context.allowIrrefutable = allowIrrefutable;
}

/** CPython: codegen_pattern_helper_store_name(). */
function storeName(c: Compiler, name: string | null, p: Pattern, context: PatternContext): void {
  if (name === null || c.isForbidden(name, ExprContext.Store, p)) return;
  if (context.stores.includes(name)) c.error(MESSAGES.duplicateStore(name), p);
  else context.stores.push(name);
}

function visitAs(c: Compiler, p: MatchAs, context: PatternContext): void {
  if (p.pattern === null) {
    if (!context.allowIrrefutable) {
      c.error(
        p.name === null ? MESSAGES.wildcardMakesUnreachable : MESSAGES.captureMakesUnreachable(p.name),
        p,
      );
    }
  } else visitPattern(c, p.pattern, context);
  storeName(c, p.name, p, context);
}

function visitSequence(c: Compiler, p: MatchSequence, context: PatternContext): void {
  const { patterns } = p;
  const star = patterns.findIndex(pattern => pattern.kind === NodeKind.MatchStar);
  if (star >= 0 && patterns.slice(star + 1).some(pattern => pattern.kind === NodeKind.MatchStar)) {
    c.error(MESSAGES.multipleStarPatterns, p);
  }
  jumpMaybe(c, context.fail);
  if (star < 0) c.loadInt(patterns.length);
  else if (patterns.length > 1) c.loadInt(patterns.length - 1);
  const isOnlyWildcards = patterns.every(
    pattern => isWildcard(pattern) || (pattern.kind === NodeKind.MatchStar && pattern.name === null),
  );
  if (isOnlyWildcards) return;
  const subscripts = star >= 0 && (patterns[star] as MatchStar).name === null;
  patterns.forEach((pattern, i) => {
    if (subscripts) {
      if (isWildcard(pattern) || i === star) return;
      c.loadInt(i < star ? i : patterns.length - i);
    }
    visitSubpattern(c, pattern, context);
  });
}

function visitMapping(c: Compiler, p: MatchMapping, context: PatternContext): void {
  jumpMaybe(c, context.fail);
  if (p.keys.length > 0) c.loadInt(p.keys.length);
  const seen = new Set<string>();
  for (const key of p.keys) {
    const value = foldConstant(key);
    if (value) {
      const equal = equalityKey(value);
      if (seen.has(equal)) c.error(MESSAGES.duplicateKey(repr(value)), p);
      seen.add(equal);
    } else if (key.kind !== NodeKind.Attribute) c.error(MESSAGES.mappingKey, p);
  }
  if (p.keys.length > 0 || p.rest !== null) {
    c.buildTuple(p.keys);
    if (c.dialect.unpacksMatches) c.loadNone();
  }
  visitMatched(c, p.patterns, context);
  storeName(c, p.rest, p, context);
}

function visitClass(c: Compiler, p: MatchClass, context: PatternContext): void {
  validateAttributes(c, p);
  c.expression(p.cls);
  c.loadStrings(p.kwd_attrs);
  if (c.dialect.unpacksMatches) c.loadNone();
  jumpMaybe(c, context.fail);
  visitMatched(c, [...p.patterns, ...p.kwd_patterns], context);
}

/** The patterns of what MATCH_CLASS or MATCH_KEYS has found. */
function visitMatched(c: Compiler, patterns: readonly Pattern[], context: PatternContext): void {
  patterns.forEach((pattern, i) => {
    if (isWildcard(pattern)) return;
    if (!c.dialect.unpacksMatches) c.loadInt(i);
    visitSubpattern(c, pattern, context);
  });
}

/** CPython: validate_kwd_attrs(). */
function validateAttributes(c: Compiler, { kwd_attrs, kwd_patterns }: MatchClass): void {
  kwd_attrs.forEach((attr, i) => {
    c.isForbidden(attr, ExprContext.Store, kwd_patterns[i]);
    for (let j = i + 1; j < kwd_attrs.length; j++) {
      if (kwd_attrs[j] === attr) c.errorAt(MESSAGES.repeatedAttribute(attr), kwd_patterns[j]);
    }
  });
}

/** CPython: codegen_pattern_or(). */
function visitOr(c: Compiler, p: MatchOr, context: PatternContext): void {
  const end = new Label();
  let control: string[] | null = null;
  p.patterns.forEach((alternative, i) => {
    const isLast = i === p.patterns.length - 1;
    const inner = new PatternContext(isLast && context.allowIrrefutable);
    visitPattern(c, alternative, inner);
    if (control === null) control = inner.stores;
    else if (!sameNames(control, inner.stores)) c.error(MESSAGES.differentNames, p);
    jump(c, end);
    useLabel(c, inner.fail);
  });
  jump(c, context.fail);
  useLabel(c, end);
  for (const name of control ?? []) {
    if (context.stores.includes(name)) c.error(MESSAGES.duplicateStore(name), p);
    else context.stores.push(name);
  }
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every(name => b.includes(name));
