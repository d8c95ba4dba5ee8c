// Expressions in the order in which code is generated for them. CPython: Python/codegen.c, codegen_visit_expr().
import { CompareOperator, ExprContext, NodeKind } from '../../ast/kinds.ts';
import type {
  Await,
  BinOp,
  Call,
  Compare,
  Dict,
  Expression,
  JoinedStr,
  Keyword,
  TemplateStr,
  Yield,
  YieldFrom,
} from '../../ast/expressions.ts';
import { foldBinary, foldConstant } from '../../constants/folding.ts';
import { ConstantType, NONE } from '../../constants/values.ts';
import { MESSAGES } from '../messages.ts';
import type { Compiler } from './compiler.ts';
import { visitComprehension } from './comprehensions.ts';
import { loadConstantItems, visitFormatted, visitIterable } from './foldedExpressions.ts';
import { visitLambda } from './functions.ts';
import { isConstant, visitBoolOp, visitIfExp } from './reachability.ts';
import { ScopeType } from './unit.ts';

export function visitExpression(c: Compiler, e: Expression): void {
  if (c.unit.constants !== null && loadFolded(c, e)) return;
  switch (e.kind) {
    case NodeKind.Name:
      // The AST optimiser puts True in its place.
      if (e.id === '__debug__' && e.ctx === ExprContext.Load) c.loadString('True');
      else c.name(e.id, e.ctx, e);
      return;
    case NodeKind.Constant:
      c.loadConstant(e.value);
      return;
    case NodeKind.Attribute:
    case NodeKind.Call:
    case NodeKind.Subscript:
      visitPrimary(c, e);
      return;
    case NodeKind.BinOp:
      visitBinOp(c, e);
      return;
    case NodeKind.BoolOp:
      visitBoolOp(c, e);
      return;
    case NodeKind.Compare:
      visitCompare(c, e);
      return;
    case NodeKind.UnaryOp:
      c.expression(e.operand);
      return;
    case NodeKind.IfExp:
      visitIfExp(c, e);
      return;
    case NodeKind.Tuple:
    case NodeKind.List:
      if (e.ctx === ExprContext.Store) visitTargets(c, e.elts, e);
      else if (e.ctx === ExprContext.Del) c.expressions(e.elts);
      else if (!loadConstantItems(c, e.elts, false)) visitElements(c, e.elts);
      if (e.elts.length === 0 && e.kind === NodeKind.Tuple && isConstant(c, e)) c.loadStrings([]);
      return;
    case NodeKind.Set:
      if (!loadConstantItems(c, e.elts, true)) visitElements(c, e.elts);
      return;
    case NodeKind.Dict:
      visitDict(c, e);
      return;
    case NodeKind.JoinedStr:
      visitJoinedStr(c, e);
      return;
    case NodeKind.FormattedValue:
      c.expression(e.value);
      if (e.format_spec) c.expression(e.format_spec);
      return;
    case NodeKind.TemplateStr:
      visitTemplateStr(c, e);
      return;
    case NodeKind.Interpolation:
      c.expression(e.value);
      c.loadString(e.str);
      if (e.format_spec) c.expression(e.format_spec);
      return;
    case NodeKind.Lambda:
      visitLambda(c, e);
      return;
    case NodeKind.ListComp:
    case NodeKind.SetComp:
    case NodeKind.DictComp:
    case NodeKind.GeneratorExp:
      visitComprehension(c, e);
      return;
    case NodeKind.NamedExpr:
      c.expression(e.value);
      c.expression(e.target);
      return;
    case NodeKind.Yield:
    case NodeKind.YieldFrom:
      visitYield(c, e);
      return;
    case NodeKind.Await:
      visitAwait(c, e);
      return;
    case NodeKind.Starred:
      c.error(e.ctx === ExprContext.Store ? MESSAGES.starredTarget : MESSAGES.starredExpression, e);
      c.expression(e.value);
      return;
    case NodeKind.Slice:
      visitSlice(c, e.lower, e.upper, e.step);
      return;
    case NodeKind.Invalid:
      c.expressions(e.parts);
      return;
  }
}

/** Where every constant counts: loads the value of an expression that the AST optimiser has folded. */
function loadFolded(c: Compiler, e: Expression): boolean {
  const value = c.dialect.constantFolding === 'ast' ? foldConstant(e) : undefined;
  if (value) c.loadConstant(value);
  return value !== undefined;
}

// ---- Chains that lean to the left are walked in loops, as they may be thousands of links long ----------------

/** CPython: codegen_visit_expr(), case BinOp_kind; fold_binop(), for what is constant of a chain's left end. */
function visitBinOp(c: Compiler, e: BinOp): void {
  const chain = [e];
  let { left } = e;
  while (left.kind === NodeKind.BinOp) {
    chain.push(left);
    left = left.left;
  }
  const folds = c.dialect.constantFolding === 'ast';
  let value = isConstant(c, left) ? foldConstant(left) : undefined;
  if (!value) c.expression(left);
  for (let i = chain.length - 1; i >= 0; i--) {
    const { op, right } = chain[i];
    if (value) {
      if (visitFormatted(c, value, op, right)) {
        value = undefined;
        continue;
      }
      const constant = folds ? foldConstant(right) : undefined;
      const result = constant && foldBinary(op, value, constant);
      if (!result) c.loadConstant(value);
      value = result;
      if (result) continue;
    }
    c.expression(right);
  }
  if (value) c.loadConstant(value);
}

type Primary = Extract<Expression, { kind: NodeKind.Attribute | NodeKind.Call | NodeKind.Subscript }>;

const isPrimary = (e: Expression): e is Primary =>
  e.kind === NodeKind.Attribute || e.kind === NodeKind.Call || e.kind === NodeKind.Subscript;

const baseOf = (e: Primary): Expression => (e.kind === NodeKind.Call ? e.func : e.value);

function visitPrimary(c: Compiler, e: Primary): void {
  let base = baseOf(e);
  if (e.kind === NodeKind.Call) validateKeywords(c, e.keywords);
  if (!isPrimary(base)) {
    c.expression(base);
    visitTrailer(c, e);
    return;
  }
  const chain: Primary[] = [e];
  do {
    if (base.kind === NodeKind.Call) validateKeywords(c, base.keywords);
    chain.push(base);
    base = baseOf(base);
  } while (isPrimary(base));
  c.expression(base);
  for (let i = chain.length - 1; i >= 0; i--) visitTrailer(c, chain[i]);
}

/** What comes after the value of an attribute, call or subscript. */
function visitTrailer(c: Compiler, e: Primary): void {
  switch (e.kind) {
    case NodeKind.Attribute:
      if (e.ctx === ExprContext.Store) c.isForbidden(e.attr, e.ctx, e);
      return;
    case NodeKind.Subscript:
      c.expression(e.slice);
      return;
    case NodeKind.Call:
      visitArguments(c, e);
      return;
  }
}

/** CPython: codegen_slice(). */
function visitSlice(c: Compiler, ...parts: readonly (Expression | null)[]): void {
  parts.forEach((part, i) => {
    if (part) c.expression(part);
    else if (i < 2) c.loadNone();
  });
}

// ---- Calls ----------------------------------------------------------------------------------------------------

/** Calls with more arguments than this are made with a tuple and a dict. CPython: STACK_USE_GUIDELINE. */
const MOST_ON_STACK = 30;

/** CPython: codegen_call_helper(), maybe_optimize_method_call(). */
function visitArguments(c: Compiler, e: Call): void {
  const { args, keywords, func } = e;
  const kwdsl = keywords.length === 0 ? 0 : keywords.length + 1;
  const fits = func.kind === NodeKind.Attribute && args.length + kwdsl < MOST_ON_STACK;
  visitCall(c, args, keywords, 0, fits);
}

/** The arguments of a call or class, `pushed` of which have been there before; `fits` if many do on the stack. */
export function visitCall(
  c: Compiler,
  args: readonly Expression[],
  keywords: readonly Keyword[],
  pushed: number,
  fits: boolean,
): void {
  const isStarred = args.some(arg => arg.kind === NodeKind.Starred);
  const unpacks = isStarred || keywords.some(keyword => keyword.arg === null);
  if (!unpacks && (fits || args.length + 2 * keywords.length <= MOST_ON_STACK)) {
    c.expressions(args);
    visitKeywords(c, keywords);
    return;
  }
  if (isStarred || pushed > 0) {
    if (!loadConstantItems(c, args, false)) visitElements(c, args);
  } else if (!loadConstantItems(c, args, false)) c.buildTuple(args);
  let begin = 0;
  for (let i = 0; i <= keywords.length; i++) {
    if (i < keywords.length && keywords[i].arg !== null) continue;
    visitSubKeywords(c, keywords.slice(begin, i));
    if (i < keywords.length) c.expression(keywords[i].value);
    begin = i + 1;
  }
}

/** The keywords of a call that unpacks nothing: their values, then their names. */
function visitKeywords(c: Compiler, keywords: readonly Keyword[]): void {
  if (keywords.length === 0) return;
  for (const { value } of keywords) c.expression(value);
  c.loadStrings(keywords.map(({ arg }) => arg ?? ''));
}

/** Keywords between those with `**`. CPython: codegen_subkwargs(). */
function visitSubKeywords(c: Compiler, keywords: readonly Keyword[]): void {
  if (c.dialect.constantKeyMaps && keywords.length > 1 && 2 * keywords.length <= MOST_ON_STACK) {
    visitKeywords(c, keywords);
    return;
  }
  for (const { arg, value } of keywords) {
    c.loadString(arg ?? '');
    c.expression(value);
  }
}

/** CPython: validate_keywords(). */
export function validateKeywords(c: Compiler, keywords: readonly Keyword[]): void {
  if (keywords.length === 0) return;
  for (let i = 0; i < keywords.length; i++) {
    const { arg } = keywords[i];
    if (arg === null) continue;
    c.isForbidden(arg, ExprContext.Store, keywords[i]);
    for (let j = i + 1; j < keywords.length; j++) {
      if (keywords[j].arg === arg) c.errorRepeatedKeyword(arg, keywords[j]);
    }
  }
}

/** CPython: codegen_compare(). */
function visitCompare(c: Compiler, e: Compare): void {
  c.expression(e.left);
  const last = e.comparators.length - 1;
  for (let i = 0; i <= last; i++) {
    const isMember = e.ops[i] === CompareOperator.In || e.ops[i] === CompareOperator.NotIn;
    if (i === last && isMember) visitIterable(c, e.comparators[i]);
    else c.expression(e.comparators[i]);
  }
}

// ---- Displays and targets -------------------------------------------------------------------------------------

/** CPython: starunpack_helper(). */
export function visitElements(c: Compiler, elts: readonly Expression[]): void {
  for (let i = 0; i < elts.length; i++) {
    const elt = elts[i];
    c.expression(elt.kind === NodeKind.Starred ? elt.value : elt);
  }
}

/** CPython: assignment_helper() and unpack_helper(). */
function visitTargets(c: Compiler, elts: readonly Expression[], at: Expression): void {
  let star = -1;
  for (let i = 0; i < elts.length; i++) {
    if (elts[i].kind !== NodeKind.Starred) continue;
    if (star >= 0) {
      c.error(
        c.dialect.multipleStarsWording === 'two' ? MESSAGES.twoStarTargets : MESSAGES.multipleStarTargets,
        at,
      );
      break;
    }
    star = i;
    if (i >= 1 << 8) c.error(MESSAGES.tooManyStarTargets, at);
  }
  visitElements(c, elts);
}

// ---- f-strings and t-strings ----------------------------------------------------------------------------------

/** More items than this are added to the dict one by one. CPython: STACK_USE_GUIDELINE. */
const MOST_ITEMS_ON_STACK = 15;

/** CPython: codegen_dict(), codegen_subdict(). */
function visitDict(c: Compiler, { keys, values }: Dict): void {
  let begin = 0;
  for (let i = 0; i <= values.length; i++) {
    const isUnpacked = i < values.length && keys[i] === null;
    if (i < values.length && !isUnpacked && i - begin <= MOST_ITEMS_ON_STACK) continue;
    const end = i === values.length || isUnpacked ? i : i + 1;
    visitItems(c, keys.slice(begin, end) as Expression[], values.slice(begin, end));
    if (isUnpacked) c.expression(values[i]);
    begin = i + 1;
  }
}

/** Items between those with `**`: where all keys are constants they are one, a tuple, that follows the values. */
function visitItems(c: Compiler, keys: readonly Expression[], values: readonly Expression[]): void {
  const isShort = keys.length > 1 && keys.length <= MOST_ITEMS_ON_STACK;
  const matters = c.dialect.constantKeyMaps && (c.unit.constants !== null || !c.unit.hasConstants);
  const constants = isShort && matters ? keys.map(key => foldConstant(key)) : [undefined];
  if (constants.every(constant => constant !== undefined)) {
    c.expressions(values);
    c.loadConstant({ type: ConstantType.Tuple, items: constants });
    return;
  }
  for (let i = 0; i < keys.length; i++) {
    c.expression(keys[i]);
    c.expression(values[i]);
  }
}

/** CPython: codegen_joined_str(). */
function visitJoinedStr(c: Compiler, e: JoinedStr): void {
  c.expressions(e.values);
  if (e.values.length === 0 && c.dialect.emptyJoinedStrIsConstant) c.loadString('');
}

/** The strings first, then the interpolations. CPython: codegen_template_str(). */
function visitTemplateStr(c: Compiler, e: TemplateStr): void {
  for (const value of e.values) if (value.kind !== NodeKind.Interpolation) c.expression(value);
  c.loadString('');
  for (const value of e.values) if (value.kind === NodeKind.Interpolation) c.expression(value);
}

// ---- Generators and coroutines --------------------------------------------------------------------------------

function visitYield(c: Compiler, e: Yield | YieldFrom): void {
  const { unit } = c;
  if (!unit.scope.isFunctionLike) {
    c.error(
      e.kind === NodeKind.YieldFrom && c.dialect.yieldFromHasOwnWords
        ? MESSAGES.yieldFromOutsideFunction
        : MESSAGES.yieldOutsideFunction,
      e,
    );
  } else if (e.kind === NodeKind.YieldFrom && unit.type === ScopeType.AsyncFunction) {
    c.error(MESSAGES.yieldFromInAsync, e);
  }
  if (e.value) c.expression(e.value);
  else c.loadNone();
  if (e.kind === NodeKind.YieldFrom) c.loadNone();
}

function visitAwait(c: Compiler, e: Await): void {
  const { unit } = c;
  if (!c.dialect.checksInSymtable) {
    if (!unit.scope.isFunctionLike) c.error(MESSAGES.awaitOutsideFunction, e);
    else if (unit.type !== ScopeType.AsyncFunction && unit.type !== ScopeType.Comprehension) {
      c.error(MESSAGES.awaitOutsideAsync, e);
    }
  }
  c.expression(e.value);
  c.loadConstant(NONE);
}
