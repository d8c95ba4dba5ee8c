// Loading, storing and deleting names: locals, cells, globals, names of classes and modules. CPython: Python/codegen.c,
// codegen_nameop(); up to 3.13 compiler_nameop() in Python/compile.c.
import { ExprContext } from '../../ast/kinds.ts';
import type { SymbolTableEntry } from '../../symtable/entry.ts';
import { BlockType, Scope, SCOPE_MASK, SCOPE_OFFSET } from '../../symtable/flags.ts';
import { maybeMangle } from '../../symtable/mangle.ts';
import { Op } from '../../versions/opcodes/op.generated.ts';
import { MESSAGES } from '../messages.ts';
import type { Place } from '../unit/frameBlocks.ts';
import type { CodeGenerator } from './generator.ts';

const DEBUG = '__debug__';
const CLASS_DICT = '__classdict__';

const FAST_OPS = {
  [ExprContext.Load]: Op.LOAD_FAST,
  [ExprContext.Store]: Op.STORE_FAST,
  [ExprContext.Del]: Op.DELETE_FAST,
} as const;

const NAME_OPS = {
  [ExprContext.Load]: Op.LOAD_NAME,
  [ExprContext.Store]: Op.STORE_NAME,
  [ExprContext.Del]: Op.DELETE_NAME,
} as const;

/** Loads, stores or deletes a name; `at` is where an error would be. CPython: codegen_nameop(). */
export function nameOp(g: CodeGenerator, name: string, context: ExprContext, at: Place): void {
  if (context !== ExprContext.Load && isForbidden(g, name, context, at)) return;
  if (g.emit.recording !== null) {
    recordName(g, g.mangle(name), context, at);
    return;
  }
  const { unit } = g;
  const mangled = unit.privateName === null ? name : maybeMangle(unit.privateName, unit.scope, name);
  if (unit.varnames.has(mangled)) return;
  if (g.notEmitting > 0) return;
  if (unit.scope.canSeeClassScope && context === ExprContext.Load) loadClassDict(g, mangled);
  if (isFast(g, mangled) && !unit.varnames.has(mangled)) unit.varnames.set(mangled, unit.varnames.size);
}

function recordName(g: CodeGenerator, mangled: string, context: ExprContext, at: Place): void {
  const { emit, unit } = g;
  const scope = g.scopeOf(mangled);
  switch (scope) {
    case Scope.FREE:
    case Scope.CELL:
      recordDeref(g, mangled, scope === Scope.FREE, context, at);
      return;
    case Scope.LOCAL:
      if (!hasFastLocals(g, mangled)) break;
      emit.fast(FAST_OPS[context], mangled, at);
      return;
    case Scope.GLOBAL_IMPLICIT:
      if (!unit.scope.isFunctionLike) break;
      if (emit.isSilent) emit.nameAlone(mangled);
      recordGlobal(g, mangled, context, true, at);
      return;
    case Scope.GLOBAL_EXPLICIT:
      if (emit.isSilent) emit.nameAlone(mangled);
      recordGlobal(g, mangled, context, false, at);
      return;
    case Scope.UNKNOWN:
      break;
  }
  if (emit.isSilent) emit.nameAlone(mangled);
  const inlinedInClass = unit.scope.type === BlockType.Class && unit.inlinedComprehensions > 0;
  if (context === ExprContext.Load && inlinedInClass) emit.global(mangled, at);
  else emit.name(NAME_OPS[context], mangled, at);
}

function recordDeref(
  g: CodeGenerator,
  mangled: string,
  isFree: boolean,
  context: ExprContext,
  at: Place,
): void {
  const { emit, unit } = g;
  if (context !== ExprContext.Load) {
    emit.deref(context === ExprContext.Store ? Op.STORE_DEREF : Op.DELETE_DEREF, mangled, isFree, at);
    return;
  }
  let op = Op.LOAD_FROM_DICT_OR_DEREF;
  if (!g.dialect.readsClassDict) {
    emit.deref(unit.scope.type === BlockType.Class ? Op.LOAD_CLASSDEREF : Op.LOAD_DEREF, mangled, isFree, at);
    return;
  }
  if (unit.scope.type === BlockType.Class && unit.inlinedComprehensions === 0) emit.op(Op.LOAD_LOCALS, 0, at);
  else if (unit.scope.canSeeClassScope) emit.deref(Op.LOAD_DEREF, CLASS_DICT, true, at);
  else op = Op.LOAD_DEREF;
  emit.deref(op, mangled, isFree, at);
}

function recordGlobal(
  g: CodeGenerator,
  mangled: string,
  context: ExprContext,
  isImplicit: boolean,
  at: Place,
): void {
  const { emit, unit } = g;
  if (context !== ExprContext.Load) {
    emit.name(context === ExprContext.Store ? Op.STORE_GLOBAL : Op.DELETE_GLOBAL, mangled, at);
  } else if (unit.scope.canSeeClassScope && isImplicit) {
    emit.deref(Op.LOAD_DEREF, CLASS_DICT, true, at);
    emit.name(Op.LOAD_FROM_DICT_OR_GLOBALS, mangled, at);
  } else emit.global(mangled, at);
}

/**
 * What may be a name of the class around is looked for in the class first: its dict is a free variable, which the
 * symbol table does not know of if the class has a variable of that name. CPython: codegen_nameop().
 */
function loadClassDict(g: CodeGenerator, mangled: string): void {
  const { unit } = g;
  const scope = scopeOf(unit.scope, mangled);
  if (scope !== Scope.FREE && scope !== Scope.GLOBAL_IMPLICIT) return;
  if (scopeOf(unit.scope, CLASS_DICT) === Scope.FREE || unit.addedFreevars?.includes(CLASS_DICT)) return;
  (unit.addedFreevars ??= []).push(CLASS_DICT);
}

function isFast(g: CodeGenerator, mangled: string): boolean {
  return hasFastLocals(g, mangled) && g.scopeOf(mangled) === Scope.LOCAL;
}

/** Whether a name is a fast local here if it is local at all. */
function hasFastLocals(g: CodeGenerator, mangled: string): boolean {
  const { unit } = g;
  return unit.scope.isFunctionLike || (unit.fastHidden !== null && unit.fastHidden.has(mangled));
}

/** Refuses to bind `__debug__`. CPython: forbidden_name(). */
export function isForbidden(g: CodeGenerator, name: string, context: ExprContext, at: Place): boolean {
  if (name !== DEBUG || !g.dialect.refusesAssigningDebug) return false;
  if (context === ExprContext.Store) {
    g.errorIn(g.dialect.debugPlace, MESSAGES.assignDebug, at);
    return true;
  }
  if (context === ExprContext.Del && g.dialect.refusesDeletingDebug) {
    g.errorIn(g.dialect.debugPlace, MESSAGES.deleteDebug, at);
    return true;
  }
  return false;
}

const scopeOf = (block: SymbolTableEntry, name: string): Scope =>
  ((block.symbols.get(name) ?? 0) >> SCOPE_OFFSET) & SCOPE_MASK;
