// Attributes, calls and subscripts, and the chains they make. CPython: Python/codegen.c, codegen_call(),
// maybe_optimize_method_call(), codegen_call_helper(), can_optimize_super_call().
import { ExprContext, NodeKind } from '../../ast/kinds.ts';
import type { Attribute, Call, Expression, Keyword } from '../../ast/expressions.ts';
import { foldSubscript } from '../../constants/folding.ts';
import { FALSE, TRUE } from '../../constants/values.ts';
import { Scope, SCOPE_OFFSET, SymbolFlags } from '../../symtable/flags.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { ScopeType } from '../unit/description.ts';
import type { Place } from '../unit/frameBlocks.ts';
import { Label } from '../unit/instructions.ts';
import { NO_LOCATION } from '../unit/location.ts';
import { buildRuns, buildSequence, hasStarred, TUPLE, visitElements } from './displays.ts';
import { CommonConstant } from './commonConstants.ts';
import type { CodeGenerator } from './generator.ts';
import { Intrinsic1 } from './intrinsics.ts';
import { visitSubscriptTrailer } from './subscripts.ts';
import { isForbidden, nameOp } from './names.ts';

// ---- Chains that lean to the left are walked in loops, as they may be thousands of links long -------------------

type Primary = Extract<Expression, { kind: NodeKind.Attribute | NodeKind.Call | NodeKind.Subscript }>;

const isPrimary = (e: Expression): e is Primary =>
  e.kind === NodeKind.Attribute || e.kind === NodeKind.Call || e.kind === NodeKind.Subscript;

/** What a link applies to. Of a method call that is what has the method: both are one link. */
function baseOf(g: CodeGenerator, e: Primary): Expression {
  if (e.kind !== NodeKind.Call) return e.value;
  return isMethodCall(g, e) ? (e.func as Attribute).value : e.func;
}

export function visitPrimary(g: CodeGenerator, e: Primary): void {
  let link: Expression = e;
  const chain: Primary[] = [];
  while (isPrimary(link)) {
    if (link.kind === NodeKind.Call) {
      validateKeywords(g, link.keywords);
      if (g.records && !isMethodCall(g, link)) {
        g.setPartLocation(link.func);
        g.emit.nullBefore(link.func);
      }
    }
    chain.push(link);
    if (g.records && superCallOf(g, link)) break;
    link = baseOf(g, link);
  }
  const folded = foldedTrailers(g, link, chain);
  if (folded === 0 && !isPrimary(link)) {
    g.setLocation(chain[chain.length - 1]);
    g.expression(link);
  }
  for (let i = chain.length - 1 - folded; i >= 0; i--) visitTrailer(g, chain[i]);
}

/**
 * Loads what the AST optimiser makes of subscripts of a constant, where not all of a chain is one: `("ab",)[0][2]`,
 * `"ab"[0].x`. Gives how many trailers of the chain, from its end, that is.
 */
function foldedTrailers(g: CodeGenerator, base: Expression, chain: readonly Primary[]): number {
  if (!g.foldsTree || !g.records) return 0;
  let value = g.constantOf(base);
  let folded = 0;
  for (let i = chain.length - 1; value && i >= 0; i--) {
    const link = chain[i];
    const index =
      link.kind === NodeKind.Subscript && link.ctx === ExprContext.Load
        ? g.constantOf(link.slice)
        : undefined;
    const item = index && foldSubscript(value, index);
    if (!item) break;
    value = item;
    folded++;
  }
  if (value && folded > 0) g.constantAt(value, chain[chain.length - folded]);
  return folded;
}

/** What comes after the value of an attribute, call or subscript. */
function visitTrailer(g: CodeGenerator, e: Primary): void {
  g.setLocation(e);
  switch (e.kind) {
    case NodeKind.Attribute:
      visitAttributeTrailer(g, e);
      return;
    case NodeKind.Subscript:
      visitSubscriptTrailer(g, e);
      return;
    case NodeKind.Call:
      visitCallTrailer(g, e);
      return;
  }
}

// ---- Attributes -------------------------------------------------------------------------------------------------

function visitAttributeTrailer(g: CodeGenerator, e: Attribute): void {
  const { emit } = g;
  if (e.ctx === ExprContext.Store) {
    isForbidden(g, e.attr, e.ctx, e);
    addStaticAttribute(g, e);
  }
  if (!g.records) return;
  const superCall = superCallOf(g, e);
  if (superCall) {
    visitSuperArguments(g, superCall);
    const isZeroArgument = superCall.args.length === 0;
    emit.name(Op.LOAD_SUPER_ATTR, g.mangle(e.attr), e, 2, isZeroArgument ? 0 : 2);
    emit.op(Op.NOP, 0, g.locator.fromName(e, e));
    return;
  }
  attribute(g, e, e.ctx);
}

/** Where an attribute is loaded and called: at its name, if that stands in another line, or where it begins. */
export const attributePlace = (
  { dialect, locator }: CodeGenerator,
  at: Place,
  attribute: Attribute,
): Place => (dialect.placesParts ? locator.fromName(at, attribute) : at);

/** Loads, stores or deletes an attribute of what is on the stack. */
export function attribute(g: CodeGenerator, e: Attribute, context: ExprContext): void {
  const { emit } = g;
  if (!g.records) return;
  const atName = context !== ExprContext.Del || g.dialect.deletesAtName;
  const at = atName ? attributePlace(g, e, e) : e;
  const name = g.mangle(e.attr);
  g.setLocation(at);
  switch (context) {
    case ExprContext.Load:
      emit.name(Op.LOAD_ATTR, name, at, g.dialect.methodLoads === 'attributeBit' ? 1 : 0);
      return;
    case ExprContext.Store:
      emit.name(Op.STORE_ATTR, name, at);
      return;
    case ExprContext.Del:
      emit.name(Op.DELETE_ATTR, name, at);
      return;
  }
}

/** `self.name = …` counts for the class around. CPython: _PyCompile_MaybeAddStaticAttributeToClass(). */
function addStaticAttribute(g: CodeGenerator, e: Attribute): void {
  if (!g.learns || e.value.kind !== NodeKind.Name || e.value.id !== 'self') return;
  for (let unit = g.unit.parent; unit !== null; unit = unit.parent) {
    if (unit.staticAttributes === null) continue;
    unit.staticAttributes.add(e.attr);
    return;
  }
}

// ---- super() ----------------------------------------------------------------------------------------------------

/** The call of super() whose attribute, or method, an expression loads in one instruction. CPython: can_optimize_super_call(). */
function superCallOf(g: CodeGenerator, e: Primary): Call | undefined {
  if (!g.dialect.superInstructions) return undefined;
  const loaded = e.kind === NodeKind.Call ? (isMethodCall(g, e) ? e.func : undefined) : e;
  if (loaded?.kind !== NodeKind.Attribute || loaded.ctx !== ExprContext.Load || loaded.attr === '__class__') {
    return undefined;
  }
  const { value } = loaded;
  if (value.kind !== NodeKind.Call || value.func.kind !== NodeKind.Name || value.func.id !== 'super')
    return undefined;
  if (value.keywords.length > 0) return undefined;
  if (g.scopeOf('super') !== Scope.GLOBAL_IMPLICIT || g.moduleSymbol('super') >> SCOPE_OFFSET !== 0) {
    return undefined;
  }
  if (value.args.length === 2) return hasStarred(value.args) ? undefined : value;
  if (value.args.length !== 0) return undefined;
  const { unit } = g;
  if (unit.argcount === 0 && unit.posonlyargcount === 0) return undefined;
  return unit.type !== ScopeType.Class && g.scopeOf('__class__') === Scope.FREE ? value : undefined;
}

/** CPython: load_args_for_super(). */
function visitSuperArguments(g: CodeGenerator, e: Call): void {
  nameOp(g, 'super', ExprContext.Load, e.func);
  if (e.args.length === 2) {
    g.expressions(e.args);
    return;
  }
  nameOp(g, '__class__', ExprContext.Load, e);
  const [self] = g.unit.varnames.keys();
  nameOp(g, self, ExprContext.Load, e);
}

// ---- Calls ------------------------------------------------------------------------------------------------------

/** Whether a call loads a method and what it is of in one instruction. CPython: maybe_optimize_method_call(). */
function isMethodCall(g: CodeGenerator, { func, args, keywords }: Call): boolean {
  if (func.kind !== NodeKind.Attribute || func.ctx !== ExprContext.Load || !g.records) return false;
  const { methodCalls, stackGuideline } = g.dialect;
  if (methodCalls === 'positional' ? keywords.length > 0 : isImported(g, func.value)) return false;
  if (args.length + keywords.length + (keywords.length > 0 ? 1 : 0) >= stackGuideline) return false;
  return !hasStarred(args) && !hasUnpacking(keywords);
}

/** CPython: is_import_originated(). */
const isImported = (g: CodeGenerator, e: Expression): boolean =>
  e.kind === NodeKind.Name && (g.moduleSymbol(e.id) & SymbolFlags.DEF_IMPORT) !== 0;

function hasUnpacking(keywords: readonly Keyword[]): boolean {
  for (let i = 0; i < keywords.length; i++) if (keywords[i].arg === null) return true;
  return false;
}

function visitCallTrailer(g: CodeGenerator, e: Call): void {
  const { emit } = g;
  if (!g.records) {
    argumentFacts(g, e);
    return;
  }
  if (!isMethodCall(g, e)) {
    const inlined = inlineBuiltin(g, e);
    emit.nullAfter(e.func);
    visitArguments(g, e, 0, e.args, e.keywords);
    if (inlined) emit.use(inlined);
    return;
  }
  const method = e.func as Attribute;
  const superCall = superCallOf(g, e);
  const name = g.mangle(method.attr);
  const at = attributePlace(g, method, method);
  if (superCall) {
    visitSuperArguments(g, superCall);
    emit.name(Op.LOAD_SUPER_ATTR, name, method, 2, superCall.args.length === 0 ? 1 : 3);
    emit.op(Op.NOP, 0, at);
  } else {
    g.setPartLocation(at);
    emit.method(name, at);
  }
  const place = attributePlace(g, e, method);
  if (g.dialect.calls === 'function') {
    g.expressions(e.args);
    g.setPartLocation(place);
    emit.op(Op.CALL_METHOD, e.args.length, place);
  } else visitSimpleArguments(g, e.args, e.keywords, 0, at, place);
}

/** How a builtin that is called with a generator expression loops over it. */
interface InlinedBuiltin {
  readonly constant: CommonConstant;
  /** What an item leads to: going on with the loop, or being added to the collection. */
  readonly step: Op;
  /** What the loop begins with building; null for a test. */
  readonly build: Op | null;
}

const INLINED: Readonly<Record<string, InlinedBuiltin>> = {
  all: { constant: CommonConstant.BUILTIN_ALL, step: Op.POP_JUMP_IF_TRUE, build: null },
  any: { constant: CommonConstant.BUILTIN_ANY, step: Op.POP_JUMP_IF_FALSE, build: null },
  tuple: { constant: CommonConstant.BUILTIN_TUPLE, step: Op.LIST_APPEND, build: Op.BUILD_LIST },
  list: { constant: CommonConstant.BUILTIN_LIST, step: Op.LIST_APPEND, build: Op.BUILD_LIST },
  set: { constant: CommonConstant.BUILTIN_SET, step: Op.SET_ADD, build: Op.BUILD_SET },
};

/**
 * Where a name is that of a builtin which loops over its argument, and still is when it is called, the call is a loop in
 * place; the label behind the call that is made otherwise. CPython: maybe_optimize_function_call().
 */
function inlineBuiltin(g: CodeGenerator, { func, args, keywords }: Call): Label | undefined {
  if (func.kind !== NodeKind.Name || keywords.length > 0) return undefined;
  if (args.length !== 1 || args[0].kind !== NodeKind.GeneratorExp) return undefined;
  if (!g.dialect.inlinedBuiltins.includes(func.id)) return undefined;
  if (!g.dialect.inlinesAsync && g.symbolTable.block(args[0])?.coroutine) return undefined;
  const { emit } = g;
  const builtin = INLINED[func.id];
  const { constant, build } = builtin;
  const skip = new Label();
  const loop = new Label();
  const cleanup = new Label();
  const end = new Label();
  emit.op(Op.COPY, 1, func);
  emit.op(Op.LOAD_COMMON_CONSTANT, constant, func);
  emit.op(Op.IS_OP, 0, func);
  emit.branch(Op.POP_JUMP_IF_FALSE, skip, func);
  emit.op(Op.POP_TOP, 0, func);
  if (build !== null) emit.op(build, 0, func);
  g.expression(args[0]);
  if (g.dialect.iteratorSize === 2) emit.op(Op.PUSH_NULL, 0, func);
  emit.use(loop);
  emit.branch(Op.FOR_ITER, cleanup, func);
  visitInlinedItem(g, builtin, loop, func);
  emit.op(Op.POP_ITER, 0, NO_LOCATION);
  const isAll = constant === CommonConstant.BUILTIN_ALL;
  if (build === null) emit.constant(isAll ? FALSE : TRUE, func);
  emit.jump(Op.JUMP, end, func);
  emit.use(cleanup);
  emit.op(Op.END_FOR, 0, NO_LOCATION);
  emit.op(Op.POP_ITER, 0, NO_LOCATION);
  if (build === null) emit.constant(isAll ? TRUE : FALSE, func);
  else if (constant === CommonConstant.BUILTIN_TUPLE) {
    emit.intrinsic(Intrinsic1.LIST_TO_TUPLE, func);
  }
  emit.jump(Op.JUMP, end, func);
  emit.use(skip);
  return end;
}

function visitInlinedItem(g: CodeGenerator, { step, build }: InlinedBuiltin, loop: Label, at: Place): void {
  const { emit } = g;
  if (build === null) {
    emit.op(Op.TO_BOOL, 0, at);
    emit.branch(step, loop, at);
    return;
  }
  emit.op(step, g.dialect.iteratorSize + 1, at);
  emit.jump(Op.JUMP, loop, at);
}

/** Arguments that unpack nothing, and the call. Names of keywords are at `names`. */
function visitSimpleArguments(
  g: CodeGenerator,
  args: readonly Expression[],
  keywords: readonly Keyword[],
  pushed: number,
  names: Place,
  at: Place,
): void {
  const { emit } = g;
  g.expressions(args);
  if (keywords.length === 0) {
    g.setLocation(at);
    emit.call(pushed + args.length, at);
    return;
  }
  for (const { value } of keywords) g.expression(value);
  const keywordNames = keywords.map(({ arg }) => arg ?? '');
  const count = pushed + args.length + keywords.length;
  const { calls } = g.dialect;
  if (g.records && (calls === 'precall' || calls === 'kwNames')) {
    emit.keywordNames(keywordNames, names);
    g.setLocation(at);
    emit.call(count, at);
    return;
  }
  emit.strings(keywordNames, names);
  emit.op(calls === 'function' ? Op.CALL_FUNCTION_KW : Op.CALL_KW, count, at);
}

/** The arguments of a call or class, `pushed` of which have been there before. CPython: codegen_call_helper(). */
export function visitArguments(
  g: CodeGenerator,
  at: Place,
  pushed: number,
  args: readonly Expression[],
  keywords: readonly Keyword[],
): void {
  const { emit } = g;
  const unpacks = hasStarred(args) || hasUnpacking(keywords);
  if (!unpacks && args.length + 2 * keywords.length <= g.dialect.stackGuideline) {
    visitSimpleArguments(g, args, keywords, pushed, at, at);
    return;
  }
  if (!g.dialect.displaysBuiltFirst) {
    joinArguments(g, at, pushed, args, keywords);
    return;
  }
  if (pushed === 0 && args.length === 1 && args[0].kind === NodeKind.Starred) g.expression(args[0].value);
  else buildSequence(g, at, args, pushed, TUPLE);
  let hasDict = false;
  let begin = 0;
  for (let i = 0; i <= keywords.length; i++) {
    if (i < keywords.length && keywords[i].arg !== null) continue;
    if (i > begin) {
      visitSubKeywords(g, at, keywords.slice(begin, i));
      if (hasDict) emit.op(Op.DICT_MERGE, 1, at);
      hasDict = true;
    }
    begin = i + 1;
    if (i === keywords.length) break;
    if (!hasDict) emit.op(Op.BUILD_MAP, 0, at);
    hasDict = true;
    g.expression(keywords[i].value);
    emit.op(Op.DICT_MERGE, 1, at);
  }
  if (g.dialect.keywordsOfUnpacking === 'flag') emit.op(Op.CALL_FUNCTION_EX, keywords.length > 0 ? 1 : 0, at);
  else {
    if (keywords.length === 0) emit.op(Op.PUSH_NULL, 0, at);
    emit.op(Op.CALL_FUNCTION_EX, 0, at);
  }
}

/** 3.8 joins what follows `*` and `**` and the runs of arguments between them. CPython 3.8: compiler_call_helper(). */
function joinArguments(
  g: CodeGenerator,
  at: Place,
  pushed: number,
  args: readonly Expression[],
  keywords: readonly Keyword[],
): void {
  const { emit } = g;
  const runs = buildRuns(g, at, args, pushed, Op.BUILD_TUPLE);
  const parts = runs.rest > 0 ? runs.parts + 1 : runs.parts;
  if (runs.rest > 0 || parts === 0) emit.op(Op.BUILD_TUPLE, runs.rest, at);
  if (parts > 1) emit.op(Op.BUILD_TUPLE_UNPACK_WITH_CALL, parts, at);
  let dicts = 0;
  let begin = 0;
  for (let i = 0; i <= keywords.length; i++) {
    if (i < keywords.length && keywords[i].arg !== null) continue;
    if (i > begin) {
      visitSubKeywords(g, at, keywords.slice(begin, i));
      dicts++;
    }
    begin = i + 1;
    if (i === keywords.length) break;
    g.expression(keywords[i].value);
    dicts++;
  }
  if (dicts > 1) emit.op(Op.BUILD_MAP_UNPACK_WITH_CALL, dicts, at);
  emit.op(Op.CALL_FUNCTION_EX, dicts > 0 ? 1 : 0, at);
}

/** Keywords between those with `**`. CPython: codegen_subkwargs(). */
function visitSubKeywords(g: CodeGenerator, at: Place, keywords: readonly Keyword[]): void {
  const { emit } = g;
  const isBig = 2 * keywords.length > g.dialect.stackGuideline;
  if (g.dialect.constantKeyMaps && keywords.length > 1 && !isBig) {
    for (const { value } of keywords) g.expression(value);
    emit.strings(
      keywords.map(({ arg }) => arg ?? ''),
      at,
    );
    emit.op(Op.BUILD_CONST_KEY_MAP, keywords.length, at);
    return;
  }
  if (isBig) emit.op(Op.BUILD_MAP, 0, NO_LOCATION);
  for (const { arg, value } of keywords) {
    emit.string(arg ?? '', at);
    g.expression(value);
    if (isBig) emit.op(Op.MAP_ADD, 1, NO_LOCATION);
  }
  if (!isBig) emit.op(Op.BUILD_MAP, keywords.length, at);
}

/** CPython: codegen_validate_keywords(). */
export function validateKeywords(g: CodeGenerator, keywords: readonly Keyword[]): void {
  if (keywords.length === 0 || !g.learns) return;
  for (let i = 0; i < keywords.length; i++) {
    const { arg } = keywords[i];
    if (arg === null) continue;
    isForbidden(g, arg, ExprContext.Store, keywords[i]);
    for (let j = i + 1; j < keywords.length; j++) {
      if (keywords[j].arg === arg) g.errorRepeatedKeyword(arg, keywords[j]);
    }
  }
}

// ---- Facts ------------------------------------------------------------------------------------------------------

function argumentFacts(g: CodeGenerator, { func, args, keywords }: Call): void {
  const kwdsl = keywords.length === 0 ? 0 : keywords.length + 1;
  const fits = func.kind === NodeKind.Attribute && args.length + kwdsl < g.dialect.stackGuideline;
  visitArgumentFacts(g, args, keywords, 0, fits);
}

/** What facts see of arguments, `pushed` of which have been there before; `fits` if many do on the stack. */
export function visitArgumentFacts(
  g: CodeGenerator,
  args: readonly Expression[],
  keywords: readonly Keyword[],
  pushed: number,
  fits: boolean,
): void {
  const isStarred = hasStarred(args);
  const unpacks = isStarred || hasUnpacking(keywords);
  if (!unpacks && (fits || args.length + 2 * keywords.length <= g.dialect.stackGuideline)) {
    visitSimpleArguments(g, args, keywords, pushed, NO_LOCATION, NO_LOCATION);
    return;
  }
  if (isStarred || pushed > 0) visitElements(g, args);
  else g.buildTuple(args, NO_LOCATION);
  let begin = 0;
  for (let i = 0; i <= keywords.length; i++) {
    if (i < keywords.length && keywords[i].arg !== null) continue;
    if (i > begin) visitSubKeywords(g, NO_LOCATION, keywords.slice(begin, i));
    if (i < keywords.length) g.expression(keywords[i].value);
    begin = i + 1;
  }
}
