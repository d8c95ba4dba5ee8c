// Comprehensions and generator expressions: code objects of their own, or inlined into the code around them (PEP 709).
// CPython: Python/codegen.c, codegen_comprehension().
import { NodeKind } from '../../ast/kinds.ts';
import type { DictComp, Expression, GeneratorExp, ListComp, SetComp } from '../../ast/expressions.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { BlockType, Scope, SCOPE_MASK, SCOPE_OFFSET, SymbolFlags } from '../../symtable/flags.ts';
import { MESSAGES } from '../messages.ts';
import type { Compiler } from './compiler.ts';
import { visitIterable } from './foldedExpressions.ts';
import { popFrameBlock, pushFrameBlock } from './frameBlocks.ts';
import { jumpIf, useLabel } from './reachability.ts';
import { FrameBlockType, Label, ScopeType } from './unit.ts';

export type AnyComprehension = ListComp | SetComp | DictComp | GeneratorExp;

const NAMES = {
  [NodeKind.ListComp]: '<listcomp>',
  [NodeKind.SetComp]: '<setcomp>',
  [NodeKind.DictComp]: '<dictcomp>',
  [NodeKind.GeneratorExp]: '<genexpr>',
} as const;

export function visitComprehension(c: Compiler, e: AnyComprehension): void {
  const scope = c.symbolTable.block(e);
  const [outermost] = e.generators;
  if (!scope || !outermost) return;
  checkAsync(c, e, scope);
  if (scope.inlined) {
    visitIterable(c, outermost.iter);
    const restore = pushInlinedComprehension(c, scope);
    visitGenerator(c, e, 0);
    restore();
    return;
  }
  const code = c.codeObject(
    {
      name: NAMES[e.kind],
      type: ScopeType.Comprehension,
      scope,
      node: e,
      firstlineno: c.lineno(e),
      argcount: 1,
    },
    () => {
      visitGenerator(c, e, 0);
      if (e.kind === NodeKind.GeneratorExp) c.loadNone();
    },
  );
  c.byNode.set(e, code);
  c.makeClosure(code);
  visitIterable(c, outermost.iter);
  // It is awaited.
  if (scope.coroutine && e.kind !== NodeKind.GeneratorExp) c.loadNone();
}

/**
 * An asynchronous comprehension that is not a generator expression needs an async function around it, or a
 * comprehension: up to 3.10 one that is asynchronous itself, later any.
 */
function checkAsync(c: Compiler, e: AnyComprehension, scope: SymbolTableEntry): void {
  if (c.dialect.checksInSymtable || e.kind === NodeKind.GeneratorExp || !scope.coroutine) return;
  const { scope: around, type } = c.unit;
  const accepted = c.dialect.asyncComprehensionInComprehension
    ? type === ScopeType.AsyncFunction || type === ScopeType.Comprehension
    : around.coroutine;
  if (accepted) return;
  const position = c.dialect.scopesBeginAtLineZero ? { lineno: 0, offset: 1 } : undefined;
  c.errorAt(MESSAGES.asyncComprehensionOutside, e, position);
}

// ---- The loops --------------------------------------------------------------------------------------------------

/** CPython: codegen_sync_comprehension_generator() and codegen_async_comprehension_generator(). */
function visitGenerator(c: Compiler, e: AnyComprehension, index: number): void {
  const generator = e.generators[index];
  if (index > 0) visitIterable(c, generator.iter);
  if (generator.is_async) {
    pushFrameBlock(c, FrameBlockType.Other, e);
    c.loadNone();
  }
  const skip = new Label();
  // The loop is left when its iterator is exhausted, which is always possible.
  const end = new Label();
  end.reached = c.unit.reached;
  c.expression(generator.target);
  for (const test of generator.ifs) jumpIf(c, test, skip, false);
  if (index + 1 < e.generators.length) visitGenerator(c, e, index + 1);
  else visitElement(c, e);
  useLabel(c, skip);
  if (generator.is_async) popFrameBlock(c);
  useLabel(c, end);
}

function visitElement(c: Compiler, e: AnyComprehension): void {
  if (e.kind === NodeKind.DictComp) {
    visitUnpacked(c, e.key);
    if (e.value) visitUnpacked(c, e.value);
  } else visitUnpacked(c, e.elt);
}

/** An element, or what `*` or `**` before it unpacks (PEP 798). */
function visitUnpacked(c: Compiler, e: Expression): void {
  c.expression(e.kind === NodeKind.Starred ? e.value : e);
}

// ---- PEP 709 ----------------------------------------------------------------------------------------------------

const scopeOf = (symbol: number): Scope => (symbol >> SCOPE_OFFSET) & SCOPE_MASK;

/**
 * Makes the names of an inlined comprehension what they are inside it, and fast locals of those it binds. Gives the
 * function that ends this. CPython: push_inlined_comprehension_state(), pop_inlined_comprehension_state().
 */
function pushInlinedComprehension(c: Compiler, comprehension: SymbolTableEntry): () => void {
  const { unit } = c;
  const inClassBlock = unit.scope.type === BlockType.Class && unit.inlinedComprehensions === 0;
  const everyName = inClassBlock && c.dialect.inlinedInClass === 'everyName';
  const outerSymbols = unit.tweakedSymbols;
  const outerHidden = unit.fastHidden;
  const tweaked = new Map(outerSymbols);
  unit.inlinedComprehensions++;
  for (const [name, symbol] of comprehension.symbols) {
    // Not a name for CPython, whose AST optimiser has put True in its place.
    if (name === '__debug__') continue;
    const scope = scopeOf(symbol);
    const outerScope = scopeOf(outerSymbols?.get(name) ?? unit.scope.symbols.get(name) ?? 0);
    // Free names are as they are around the comprehension; a cell inside may be free outside.
    const differs =
      scope !== outerScope && scope !== Scope.FREE && !(scope === Scope.CELL && outerScope === Scope.FREE);
    if (differs || inClassBlock) tweaked.set(name, symbol);
    const isBound = (symbol & SymbolFlags.DEF_LOCAL) !== 0 && (symbol & SymbolFlags.DEF_NONLOCAL) === 0;
    if (!isBound && !everyName) continue;
    if (!unit.scope.isFunctionLike) {
      if (unit.fastHidden === outerHidden) unit.fastHidden = new Set(outerHidden);
      unit.fastHidden?.add(name);
    }
    if (c.notEmitting === 0) unit.varnames.add(name);
  }
  unit.tweakedSymbols = tweaked;
  return () => {
    unit.inlinedComprehensions--;
    unit.tweakedSymbols = outerSymbols;
    unit.fastHidden = outerHidden;
  };
}
