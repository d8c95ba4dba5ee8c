// Expressions of which CPython loads something else than their parts: displays and iterables of constants, texts
// formatted with `%`. Which constants there are, and in which order, decides what unreachable code leaves behind.
// CPython: Python/ast_opt.c, fold_iter(), optimize_format(); Python/compile.c, starunpack_helper().
import { ExprContext, NodeKind, Operator } from '../../ast/kinds.ts';
import type { Expression } from '../../ast/nodes.ts';
import { foldConstant } from '../../constants/folding.ts';
import { equalityKey } from '../../constants/key.ts';
import { ConstantType, type ConstantValue } from '../../constants/values.ts';
import type { Compiler } from './compiler.ts';
import { isConstant } from './reachability.ts';

// ---- Displays and iterables ------------------------------------------------------------------------------------

/** From this many constants on, a display loads them as one tuple or frozenset. */
const MIN_ITEMS = 3;

/** Loads the elements of a list, set or call as one constant, if they are. CPython 3.11: starunpack_helper(). */
export function loadConstantItems(c: Compiler, elts: readonly Expression[], isSet: boolean): boolean {
  if (c.unit.constants === null || elts.length < MIN_ITEMS) return false;
  const items = constantItems(c, elts);
  if (items) c.loadConstant(isSet ? frozenSet(items) : { type: ConstantType.Tuple, items });
  return items !== undefined;
}

/** What a loop or `in` goes through: a list or set of constants is a constant. CPython 3.11: fold_iter(). */
export function visitIterable(c: Compiler, e: Expression): void {
  const isDisplay = e.kind === NodeKind.List || e.kind === NodeKind.Set;
  const items = c.unit.constants !== null && isDisplay ? constantItems(c, e.elts) : undefined;
  if (!items) c.expression(e);
  else c.loadConstant(e.kind === NodeKind.Set ? frozenSet(items) : { type: ConstantType.Tuple, items });
}

function constantItems(c: Compiler, elts: readonly Expression[]): ConstantValue[] | undefined {
  const items: ConstantValue[] = [];
  for (const elt of elts) {
    const item = isConstant(c, elt) ? foldConstant(elt) : undefined;
    if (!item) return undefined;
    items.push(item);
  }
  return items;
}

/** Of equal items a set has the first. */
function frozenSet(items: readonly ConstantValue[]): ConstantValue {
  const different = new Map<string, ConstantValue>();
  for (const item of items) {
    const key = equalityKey(item);
    if (!different.has(key)) different.set(key, item);
  }
  return { type: ConstantType.FrozenSet, items: [...different.values()] };
}

// ---- Texts formatted with % ------------------------------------------------------------------------------------

/**
 * Visits `'text %s' % (a, b)` as the f-string that the optimiser makes of it; false if it makes none.
 * CPython: optimize_format().
 */
export function visitFormatted(c: Compiler, left: ConstantValue, op: Operator, right: Expression): boolean {
  if (!c.dialect.formatsAtCompileTime) return false;
  if (op !== Operator.Mod || left.type !== ConstantType.Str || right.kind !== NodeKind.Tuple) return false;
  const { elts } = right;
  if (right.ctx !== ExprContext.Load || isConstant(c, right)) return false;
  if (elts.some(elt => elt.kind === NodeKind.Starred)) return false;
  const pieces = parsePercentFormat(left.value);
  if (pieces?.filter(piece => typeof piece !== 'string').length !== elts.length) return false;
  let next = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') c.loadString(piece);
    else {
      c.expression(elts[next++]);
      if (piece.spec !== '') c.loadString(piece.spec);
    }
  }
  return true;
}

/** A field, with what would come after the colon in an f-string. */
interface Field {
  readonly spec: string;
}

/** Flags, width, precision and conversion, those that the optimiser knows. */
const FIELD = /%([-+ #0z]*)(\d{1,2})?(?:\.(\d{0,2}))?[sra]/y;

/** The parts of a text to format, if all of its fields are as simple. CPython: parse_literal(), parse_format(). */
function parsePercentFormat(text: string): (string | Field)[] | undefined {
  const pieces: (string | Field)[] = [];
  for (let position = 0; position < text.length;) {
    const end = endOfLiteral(text, position);
    if (end > position) {
      pieces.push(text.slice(position, end).replaceAll('%%', '%'));
      position = end;
      continue;
    }
    FIELD.lastIndex = position;
    const field = FIELD.exec(text);
    if (!field) return undefined;
    pieces.push({ spec: specOf(field) });
    position = FIELD.lastIndex;
  }
  return pieces;
}

/** Where the next field begins: at a `%` that is not doubled. */
function endOfLiteral(text: string, position: number): number {
  for (;;) {
    const percent = text.indexOf('%', position);
    if (percent < 0) return text.length;
    if (text[percent + 1] !== '%') return percent;
    position = percent + 2;
  }
}

function specOf([, flags, width, precision]: (string | undefined)[]): string {
  const isRightAligned = !flags?.includes('-') && Number(width ?? 0) > 0;
  const digits = width === undefined ? '' : Number(width);
  const limit = precision === undefined ? '' : `.${Number(precision)}`;
  return `${isRightAligned ? '>' : ''}${digits}${limit}`;
}
