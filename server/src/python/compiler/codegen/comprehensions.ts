// Comprehensions and generator expressions: code objects of their own, or inlined into the code around them (PEP 709).
// CPython: Python/codegen.c, codegen_comprehension().
import { NodeKind } from '../../ast/kinds.ts';
import type {
  Comprehension,
  DictComp,
  Expression,
  GeneratorExp,
  ListComp,
  SetComp,
} from '../../ast/expressions.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { BlockType, Scope, SCOPE_MASK, SCOPE_OFFSET, SymbolFlags } from '../../symtable/flags.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import { ScopeType } from '../unit/description.ts';
import { FrameBlockType, type Place } from '../unit/frameBlocks.ts';
import { Label } from '../unit/instructions.ts';
import { NO_LOCATION } from '../unit/location.ts';
import { jumpIf } from './branches.ts';
import { visitIterable } from './displays.ts';
import { popFrameBlock, pushFrameBlock } from './frameBlocks.ts';
import type { CodeGenerator } from './generator.ts';
import { endAsyncFor, endFor, visitNext } from './loops.ts';
import { Awaitable, getAwaitable, yieldValue } from './suspension.ts';
import { makeClosure } from './closures.ts';
import { inSavedOrder } from './passedNames.ts';

type ComprehensionExpression = ListComp | SetComp | DictComp | GeneratorExp;

const NAMES = {
  [NodeKind.ListComp]: '<listcomp>',
  [NodeKind.SetComp]: '<setcomp>',
  [NodeKind.DictComp]: '<dictcomp>',
  [NodeKind.GeneratorExp]: '<genexpr>',
} as const;

/** What builds the result, what adds an element to it, and what adds all that is unpacked (PEP 798). */
const COLLECTIONS = {
  [NodeKind.ListComp]: { build: Op.BUILD_LIST, add: Op.LIST_APPEND, extend: Op.LIST_EXTEND },
  [NodeKind.SetComp]: { build: Op.BUILD_SET, add: Op.SET_ADD, extend: Op.SET_UPDATE },
  [NodeKind.DictComp]: { build: Op.BUILD_MAP, add: Op.MAP_ADD, extend: Op.DICT_UPDATE },
} as const;

export function visitComprehension(g: CodeGenerator, e: ComprehensionExpression): void {
  const scope = g.symbolTable.block(e);
  const [outermost] = e.generators;
  if (!scope || !outermost) return;
  if (scope.inlined) {
    visitOutermostIterable(g, e, outermost);
    const state = pushInlinedComprehension(g, scope, e);
    checkAsync(g, e, scope);
    build(g, e);
    g.emit.op(Op.SWAP, 2, e);
    visitGenerators(g, e, 'iterable');
    popInlinedComprehension(g, state, e);
    return;
  }
  checkAsync(g, e, scope);
  const isGenerator = e.kind === NodeKind.GeneratorExp;
  const code = g.codeObject(
    {
      name: NAMES[e.kind],
      type: ScopeType.Comprehension,
      scope,
      node: e,
      firstlineno: g.lineno(e),
      argcount: 1,
      guarded: isGenerator && g.dialect.guardsGenerators,
    },
    () => {
      g.setPartLocation(e);
      const begins = isGenerator && g.dialect.generatorsBeginThemselves;
      if (begins) beginGenerator(g, outermost);
      else build(g, e);
      visitGenerators(g, e, begins ? 'iterator' : 'argument');
      if (!isGenerator) g.emit.leave(Op.RETURN_VALUE, 0, e);
      g.closeGuard();
      g.returnAtEnd(true);
    },
  );
  g.byNode.set(e, code);
  makeClosure(g, code, 0, e);
  visitOutermostIterable(g, e, outermost);
  g.emit.callWithoutNull(1, e);
  if (scope.coroutine && !isGenerator) {
    getAwaitable(g, Awaitable.VALUE, e);
    g.emit.suspends('async comprehension', e, e);
  }
}

function build({ emit }: CodeGenerator, e: ComprehensionExpression): void {
  if (e.kind !== NodeKind.GeneratorExp) emit.op(COLLECTIONS[e.kind].build, 0, e);
}

/** It is evaluated outside of the comprehension. CPython: codegen_comprehension_iter(). */
function visitOutermostIterable(
  g: CodeGenerator,
  e: ComprehensionExpression,
  { iter, is_async }: Comprehension,
): void {
  visitIterable(g, iter);
  if (g.dialect.outermostIterator !== 'inside') {
    g.emit.op(is_async ? Op.GET_AITER : Op.GET_ITER, 0, loopPlace(g, e, iter));
  }
}

/** Where getting the iterator of a loop, and asking it, are placed. */
const loopPlace = (g: CodeGenerator, e: ComprehensionExpression, iter: Expression): Place =>
  g.dialect.comprehensionPlace === 'iterable' ? iter : e;

/**
 * An asynchronous comprehension that is not a generator expression needs an async function around it, or a
 * comprehension: up to 3.10 one that is asynchronous itself, later any.
 */
function checkAsync(g: CodeGenerator, e: ComprehensionExpression, scope: SymbolTableEntry): void {
  if (g.dialect.checksInSymtable || e.kind === NodeKind.GeneratorExp || !scope.coroutine) return;
  const { scope: around, type } = g.unit;
  const accepted = g.dialect.asyncComprehensionInComprehension
    ? type === ScopeType.AsyncFunction || type === ScopeType.Comprehension
    : around.coroutine;
  if (accepted) return;
  const position = g.dialect.scopesBegin === 'lineZero' ? { lineno: 0, offset: 1 } : undefined;
  g.errorAt(MESSAGES.asyncComprehensionOutside, e, position);
}

// ---- The loops --------------------------------------------------------------------------------------------------

/** How the first generator finds what it goes through: as the argument, or on the stack, perhaps an iterator already. */
type Given = 'argument' | 'iterable' | 'iterator';

/** A generator expression makes its iterator before it begins. */
function beginGenerator(g: CodeGenerator, { iter, is_async }: Comprehension): void {
  g.emit.op(Op.LOAD_FAST, 0, iter);
  g.emit.op(is_async ? Op.GET_AITER : Op.GET_ITER, 0, iter);
  g.beginGenerator();
}

/** A loop that has been begun, and is to be ended behind the element. */
interface OpenLoop {
  readonly isAsync: boolean;
  readonly start: Label;
  /** Where a test that fails leads. */
  readonly skip: Label;
  /** Where the end of the iterator leads; null for what is no loop, but an assignment. */
  readonly end: Label | null;
  /** For an asynchronous one: where it awaits. */
  readonly send: Label;
}

/** The loops of a comprehension, one inside the other. CPython: codegen_comprehension_generator(). */
function visitGenerators(g: CodeGenerator, e: ComprehensionExpression, given: Given): void {
  const open: OpenLoop[] = [];
  let depth = 0;
  for (let i = 0; i < e.generators.length; i++) {
    const generator = e.generators[i];
    const loop = generator.is_async ? beginAsyncLoop(g, e, i, given) : beginLoop(g, e, i, given);
    g.expression(generator.target);
    for (const test of generator.ifs) {
      jumpIf(g, e, test, loop.skip, false);
      g.emit.nextBlock();
    }
    if (loop.end !== null) depth += loop.isAsync ? 1 : g.dialect.iteratorSize;
    open.push(loop);
  }
  let at = visitElement(g, e, depth);
  for (let i = open.length - 1; i >= 0; i--) {
    endLoop(g, e, open[i], at);
    at = e.kind === NodeKind.DictComp ? e.key : e.elt;
  }
}

/** CPython: codegen_sync_comprehension_generator(). */
function beginLoop(g: CodeGenerator, e: ComprehensionExpression, index: number, given: Given): OpenLoop {
  const { emit } = g;
  const { iter } = e.generators[index];
  const start = new Label();
  const skip = new Label();
  const end = new Label();
  const single = index > 0 ? onlyItemOf(g, iter) : undefined;
  if (single) {
    g.expression(single);
    return { isAsync: false, start, skip, end: null, send: start };
  }
  const at = loopPlace(g, e, iter);
  const { outermostIterator } = g.dialect;
  if (index > 0) visitIterable(g, iter);
  else if (given === 'argument') emit.op(Op.LOAD_FAST, 0, e);
  if (index > 0 && outermostIterator === 'both') emit.op(Op.GET_ITER, 0, at);
  if (index > 0 || (outermostIterator !== 'before' && given !== 'iterator')) emit.op(Op.GET_ITER, 0, at);
  emit.use(start);
  emit.branch(Op.FOR_ITER, end, at);
  emit.nextBlock();
  return { isAsync: false, start, skip, end, send: start };
}

/** `for y in [f(x)]` is an assignment. */
function onlyItemOf(g: CodeGenerator, iter: Expression): Expression | undefined {
  if (!g.records || !g.dialect.assignsSingleItems) return undefined;
  if (iter.kind !== NodeKind.List && iter.kind !== NodeKind.Tuple) return undefined;
  if (iter.elts.length !== 1 || iter.elts[0].kind === NodeKind.Starred) return undefined;
  return g.foldsTree && g.constantOf(iter.elts[0]) ? undefined : iter.elts[0];
}

/** CPython: codegen_async_comprehension_generator(). */
function beginAsyncLoop(g: CodeGenerator, e: ComprehensionExpression, index: number, given: Given): OpenLoop {
  const { emit } = g;
  const { iter } = e.generators[index];
  const start = new Label();
  const send = new Label();
  const end = new Label();
  const skip = new Label();
  if (index > 0) visitIterable(g, iter);
  else if (given === 'argument') emit.op(Op.LOAD_FAST, 0, e);
  if (index > 0 || (g.dialect.outermostIterator === 'inside' && given !== 'iterator')) {
    emit.op(Op.GET_AITER, 0, loopPlace(g, e, iter));
  }
  emit.use(start);
  pushFrameBlock(g, FrameBlockType.AsyncComprehensionGenerator, e, { block: start });
  visitNext(g, e, send, end);
  emit.suspends('async comprehension', e, iter);
  return { isAsync: true, start, skip, end, send };
}

function endLoop(g: CodeGenerator, e: ComprehensionExpression, loop: OpenLoop, at: Place): void {
  const { emit } = g;
  emit.use(loop.skip);
  if (loop.end === null) return;
  emit.jump(Op.JUMP, loop.start, at);
  if (loop.isAsync) popFrameBlock(g);
  emit.use(loop.end);
  if (loop.isAsync) endAsyncFor(g, loop.send, e);
  else endFor(g);
}

/** The element, which is added to what lies under `depth` places of the stack; where the jump behind it is placed. */
function visitElement(g: CodeGenerator, e: ComprehensionExpression, depth: number): Place {
  const { emit } = g;
  if (e.kind === NodeKind.DictComp) {
    g.expression(e.key);
    if (e.value === null) {
      emit.op(COLLECTIONS[e.kind].extend, depth + 1, e.key);
      return e.key;
    }
    g.expression(e.value);
    const at = g.records ? g.locator.span(e.key, e.value) : e.key;
    emit.op(COLLECTIONS[e.kind].add, depth + 1, at);
    return at;
  }
  const unpacked = e.elt.kind === NodeKind.Starred ? e.elt.value : null;
  g.expression(unpacked ?? e.elt);
  if (e.kind !== NodeKind.GeneratorExp) {
    const { add, extend } = COLLECTIONS[e.kind];
    emit.op(unpacked ? extend : add, depth + 1, e.elt);
  } else if (unpacked) yieldEach(g, e.elt);
  else {
    yieldValue(g, e.elt);
    emit.op(Op.POP_TOP, 0, e.elt);
  }
  return e.elt;
}

/** Yields the items of what is on the stack, one by one: a generator expression does not delegate. */
function yieldEach(g: CodeGenerator, at: Place): void {
  const { emit } = g;
  const start = new Label();
  const end = new Label();
  emit.op(Op.GET_ITER, 0, at);
  emit.use(start);
  emit.branch(Op.FOR_ITER, end, at);
  yieldValue(g, at);
  emit.op(Op.POP_TOP, 0, at);
  emit.jump(Op.JUMP, start, NO_LOCATION);
  emit.use(end);
  endFor(g);
}

// ---- PEP 709 ----------------------------------------------------------------------------------------------------

const scopeOf = (symbol: number): Scope => (symbol >> SCOPE_OFFSET) & SCOPE_MASK;

/** What an inlined comprehension has changed. */
interface InlinedState {
  readonly symbols: Map<string, number> | null;
  readonly hidden: Set<string> | null;
  /** Locals of the unit whose values are on the stack meanwhile. */
  readonly pushed: readonly string[];
  readonly isBlock: boolean;
  readonly cleanup: Label;
  readonly end: Label;
}

/**
 * Takes the names of an inlined comprehension into the unit, as long as it lasts. CPython:
 * push_inlined_comprehension_state(), codegen_push_inlined_comprehension_locals().
 */
function pushInlinedComprehension(
  g: CodeGenerator,
  comprehension: SymbolTableEntry,
  at: Place,
): InlinedState {
  const { unit, emit } = g;
  const inClassBlock = unit.scope.type === BlockType.Class && unit.inlinedComprehensions === 0;
  const everyName = inClassBlock && g.dialect.inlinedInClass === 'everyName';
  const boundAlone = g.dialect.inlinedSymbols === 'bound';
  const symbols = unit.tweakedSymbols;
  const hidden = unit.fastHidden;
  const tweaked = new Map(symbols);
  const pushed: string[] = [];
  unit.inlinedComprehensions++;
  const mangle = (name: string): string => g.mangle(name);
  const names =
    everyName && g.savedNames
      ? inSavedOrder(comprehension.symbols, g.savedNames, unit.qualname, mangle)
      : comprehension.symbols;
  for (const [name, symbol] of names) {
    // Not a name for CPython, whose AST optimiser has put True in its place.
    if (name === '__debug__') continue;
    const scope = scopeOf(symbol);
    const outerScope = scopeOf(symbols?.get(name) ?? unit.scope.symbols.get(name) ?? 0);
    // Free names are as they are around the comprehension; a cell inside may be free outside.
    const differs =
      scope !== outerScope &&
      (scope !== Scope.FREE || boundAlone) &&
      !(scope === Scope.CELL && outerScope === Scope.FREE);
    const isBound = (symbol & SymbolFlags.DEF_LOCAL) !== 0 && (symbol & SymbolFlags.DEF_NONLOCAL) === 0;
    const counts = boundAlone ? differs && (isBound || inClassBlock) : differs || inClassBlock;
    if (counts) tweaked.set(name, symbol);
    if (!isBound && !everyName) continue;
    if (!unit.scope.isFunctionLike) {
      if (unit.fastHidden === hidden) unit.fastHidden = new Set(hidden);
      unit.fastHidden?.add(name);
      if (g.records) (unit.everHidden ??= new Set()).add(name);
    }
    if (g.notEmitting > 0) continue;
    // The instructions that save and restore a name mangle it, by all type parameters that there are by now.
    const mangled = g.mangle(name);
    emit.fast(Op.LOAD_FAST_AND_CLEAR, mangled, at);
    emit.keeps('save', pushed);
    if (scope === Scope.CELL) {
      const isFree = outerScope === Scope.FREE && !(counts && g.dialect.inlinedCellsOfClass);
      emit.deref(Op.MAKE_CELL, name, isFree, at);
    }
    pushed.push(mangled);
  }
  unit.tweakedSymbols = tweaked;
  if (unit.type === ScopeType.Module) g.moduleSymbols = tweaked;
  const isBlock = pushed.length > 0 && g.dialect.inlinedComprehensionBlock;
  if (isBlock) pushFrameBlock(g, FrameBlockType.InlinedComprehension, at);
  const state = { symbols, hidden, pushed, isBlock, cleanup: new Label(), end: new Label() };
  if (pushed.length > 0) {
    emit.op(Op.SWAP, pushed.length + 1, at);
    emit.branch(Op.SETUP_FINALLY, state.cleanup, at);
  }
  return state;
}

/** CPython: pop_inlined_comprehension_state(). */
function popInlinedComprehension(g: CodeGenerator, state: InlinedState, at: Place): void {
  const { unit, emit } = g;
  if (state.isBlock) popFrameBlock(g);
  unit.inlinedComprehensions--;
  unit.tweakedSymbols = state.symbols;
  if (unit.type === ScopeType.Module) g.moduleSymbols = state.symbols;
  if (state.pushed.length > 0 && g.records) {
    emit.op(Op.POP_BLOCK, 0, NO_LOCATION);
    emit.jump(Op.JUMP_NO_INTERRUPT, state.end, NO_LOCATION);
    emit.use(state.cleanup);
    emit.op(Op.SWAP, 2, NO_LOCATION);
    emit.op(Op.POP_TOP, 0, NO_LOCATION);
    restoreLocals(g, state.pushed, at);
    emit.leave(Op.RERAISE, 0, NO_LOCATION);
    emit.use(state.end);
    restoreLocals(g, state.pushed, at);
  }
  unit.fastHidden = state.hidden;
}

/** Puts the values of the unit's locals back. CPython: restore_inlined_comprehension_locals(). */
function restoreLocals({ emit }: CodeGenerator, pushed: readonly string[], at: Place): void {
  emit.op(Op.SWAP, pushed.length + 1, at);
  for (let i = pushed.length - 1; i >= 0; i--) {
    emit.fast(Op.STORE_FAST_MAYBE_NULL, pushed[i], at);
    emit.keeps('restore', pushed);
  }
}
