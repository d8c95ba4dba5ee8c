// Expressions of which CPython loads something else than their parts: displays and iterables of constants, texts
// formatted with `%`. Which constants there are, and in which order, decides what unreachable code leaves behind.
// CPython: Python/ast_opt.c, fold_iter(), optimize_format(); Python/compile.c, starunpack_helper().
import { NodeKind, type Operator } from '../../ast/kinds.ts';
import type { Expression } from '../../ast/expressions.ts';
import { foldConstant } from '../../constants/folding.ts';
import { equalityKey } from '../../constants/key.ts';
import { percentFormat } from '../../constants/percentFormat.ts';
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
  const pieces = c.dialect.formatsAtCompileTime && percentFormat(left, op, right);
  if (!pieces || isConstant(c, right)) return false;
  for (const piece of pieces) {
    if (typeof piece === 'string') c.loadString(piece);
    else {
      c.expression(piece.value);
      if (piece.spec !== '') c.loadString(piece.spec);
    }
  }
  return true;
}
