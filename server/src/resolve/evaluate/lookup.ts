// What a name is at a place: the block that binds it, the bindings that reach the place, and under which conditions.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import type { Node, Statement } from '../../python/ast/nodes.ts';
import { forEachChild } from '../../python/ast/visitor.ts';
import { BoolOperator } from '../../python/ast/kinds.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType, ComprehensionType, Scope, SymbolFlags } from '../../python/symtable/flags.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { ownerOf } from '../../python/locate/names.ts';
import { entryAt } from '../../python/locate/path.ts';
import type { EvaluationScope, SourceModule, Values } from '../values.ts';
import type { Binding } from './bindings.ts';
import { decide, importsFail } from './conditions.ts';
import type { Context } from './context.ts';
import { at, frameOf } from './context.ts';
import { type Condition, type FlowPoint, reachingBindings } from './flow.ts';
import { importFails, starBindings } from './imports.ts';
import { concerns, narrow } from './narrowing.ts';
import { UNKNOWN, unite } from './unions.ts';
import { wellKnownAttribute } from './wellKnown.ts';

/** Where an expression at an offset would be evaluated, also in text that is broken there. */
export function scopeAt(module: SourceModule, offset: number): EvaluationScope {
  return { module, entry: entryAt(module.analysis, offset), offset, frame: undefined };
}

/** The values of a name, spelled as in the source. */
export function nameValues(context: Context, spelled: string, scope: EvaluationScope): Values {
  const name = mangledIn(scope.entry, spelled);
  const owner = blockOf(name, scope.entry);
  const here = boundHere(context, name, owner, scope);
  if (here?.every(({ binding }) => binding))
    return pointValues(context, name, here, scope.entry, scope, () => UNKNOWN);
  const around = (): Values => outwards(context, spelled, name, owner, scope);
  return here ? pointValues(context, name, here, scope.entry, scope, around) : around();
}

function outwards(
  context: Context,
  spelled: string,
  name: string,
  owner: SymbolTableEntry | undefined,
  scope: EvaluationScope,
): Values {
  for (let entry = owner; entry;) {
    const values = inBlock(context, name, entry, scope);
    if (values) return values;
    // A class body or module that has not bound it yet.
    entry = entry.type === BlockType.Class ? outerBlock(name, entry) : undefined;
  }
  const builtin = context.builtin(spelled);
  return builtin.length > 0 ? builtin : implicitName(context, spelled, scope);
}

/** `__name__` and its like, which every module has, and `__class__` in methods. */
function implicitName(context: Context, name: string, scope: EvaluationScope): Values {
  if (!name.startsWith('__')) return UNKNOWN;
  if (name === '__class__') {
    const cls = context.classAround(scope);
    return cls ? [{ type: 'class', class: cls }] : UNKNOWN;
  }
  return wellKnownAttribute(context, { type: 'module', module: scope.module }, name);
}

/** What a function itself binds a name to that it has declared global or nonlocal. */
function boundHere(
  context: Context,
  name: string,
  owner: SymbolTableEntry | undefined,
  scope: EvaluationScope,
): readonly FlowPoint[] | undefined {
  const { entry, module } = scope;
  if (owner === entry || !isFunction(entry.node)) return undefined;
  if ((entry.flags(name) & (SymbolFlags.DEF_GLOBAL | SymbolFlags.DEF_NONLOCAL)) === 0) return undefined;
  const bindings = context.index(module, entry).bindings.get(name);
  return bindings && flowTo(context, name, bindings, entry, scope);
}

/**
 * What is known of a dotted chain from assignments and tests nearby, `self.x = …; self.x`; undefined where the chain
 * is like any other attribute.
 */
export function dottedValues(
  context: Context,
  key: string,
  scope: EvaluationScope,
  plain: () => Values,
): Values | undefined {
  const dot = key.indexOf('.');
  const owner = blockOf(key.slice(0, dot), scope.entry);
  if (!owner || !runsInPlace(scope.entry, owner)) return undefined;
  const { bindings } = context.index(scope.module, owner);
  const own = bindings.get(key) ?? NONE;
  const flow = flowTo(context, key, withPrefixes(own, key, bindings), owner, scope);
  if (own.length === 0 && flow.every(({ condition }) => !condition)) return undefined;
  return pointValues(context, key, flow, owner, scope, plain);
}

const NONE: readonly Binding[] = [];

/** An assignment to `a` ends what is known of `a.b`. */
function withPrefixes(
  own: readonly Binding[],
  key: string,
  bindings: ReadonlyMap<string, readonly Binding[]>,
): readonly Binding[] {
  let all = own;
  for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
    const prefix = bindings.get(key.slice(0, dot));
    if (!prefix) continue;
    const ends = prefix
      .filter(({ type }) => type !== 'parameter')
      .map(({ start, end }): Binding => ({ type: 'delete', start, end }));
    if (ends.length > 0) all = [...all, ...ends].sort((a, b) => a.start - b.start);
  }
  return all;
}

/** The values of a name in the block that binds it; undefined where nothing binds it by then. */
function inBlock(
  context: Context,
  name: string,
  owner: SymbolTableEntry,
  scope: EvaluationScope,
): Values | undefined {
  const { module } = scope;
  const key = name;
  const isModule = owner.type === BlockType.Module;
  if (!runsInPlace(scope.entry, owner)) {
    if (isModule) return memberOf(context, module, name);
    // What runs later sees any of the bindings, the latest most likely.
    const bindings = (context.index(module, owner).bindings.get(key) ?? NONE).filter(
      ({ type }) => type !== 'delete',
    );
    if (bindings.length === 0) return owner.type === BlockType.Class ? undefined : UNKNOWN;
    const inner = { module, entry: owner, offset: Infinity, frame: frameOf(owner, scope.frame) };
    return unite(
      ...bindings.map(binding => context.binding(binding, inner)).reverse(),
      writtenInside(context, module, owner, name),
    );
  }
  let bindings = context.index(module, owner).bindings.get(key) ?? NONE;
  if (isModule) bindings = starBindings(context, module, name, bindings);
  if (owner.comprehension !== ComprehensionType.None || owner.node.kind === NodeKind.Lambda) {
    const inner = { ...scope, entry: owner };
    const condition = conditionsIn(owner.node, key, owner, scope.offset, undefined);
    const values = unite(...bindings.map(binding => context.binding(binding, inner)));
    return narrow(context, values, key, condition, scope);
  }
  const flow = flowTo(context, key, bindings, owner, scope);
  if (flow.length === 0) {
    // Not reached, or the text is broken: any of them.
    if (bindings.length === 0) return undefined;
    return unite(...bindings.map(binding => context.binding(binding, { ...scope, entry: owner })).reverse());
  }
  if (flow.every(({ binding }) => !binding)) {
    if (isModule) {
      const later = memberOf(context, module, name);
      return later && narrow(context, later, key, flow[0].condition, scope);
    }
    if (owner.type !== BlockType.Class && bindings.length > 0 && scope.offset !== Infinity)
      return unite(...bindings.map(binding => context.binding(binding, { ...scope, entry: owner })));
    return undefined;
  }
  const values = pointValues(context, key, flow, owner, scope, () => UNKNOWN);
  if (isModule) return unite(values, writtenByFunctions(context, module, name));
  return owner.scope(name) === Scope.CELL
    ? unite(values, writtenInside(context, module, owner, name))
    : values;
}

/** What functions inside bind a block's name to by `nonlocal`. */
function writtenInside(
  context: Context,
  module: SourceModule,
  owner: SymbolTableEntry,
  name: string,
): Values {
  const found: Values[] = [];
  const visit = (entry: SymbolTableEntry): void => {
    for (const child of entry.children) {
      if ((child.flags(name) & SymbolFlags.DEF_NONLOCAL) !== 0) {
        const inner = { module, entry: child, offset: Infinity, frame: undefined };
        for (const binding of context.index(module, child).bindings.get(name) ?? NONE)
          found.push(context.binding(binding, inner));
      }
      if (child.scope(name) === Scope.FREE) visit(child);
    }
  };
  visit(owner);
  return unite(...found);
}

/** What functions bind a module's name to by `global`. */
function writtenByFunctions(context: Context, module: SourceModule, name: string): Values {
  return unite(
    ...context
      .globalWrites(module, name)
      .map(({ binding, entry }) =>
        context.binding(binding, { module, entry, offset: Infinity, frame: undefined }),
      ),
  );
}

/** A name in a module's namespace once it has run, as its functions see it; undefined if it is not there. */
function memberOf(context: Context, module: SourceModule, name: string): Values | undefined {
  if (!context.binds(module, name)) return undefined;
  const values = context.moduleMember(module, name);
  if (values.length > 0 || context.globalWrites(module, name).length > 0) return values;
  // Deleted, or never bound for this target: there may be a builtin.
  return context.moduleFlow(module, name).every(({ binding }) => !binding) ? undefined : values;
}

function pointValues(
  context: Context,
  key: string,
  flow: readonly FlowPoint[],
  owner: SymbolTableEntry,
  scope: EvaluationScope,
  unbound: () => Values,
): Values {
  const inner = { ...scope, entry: owner, frame: frameOf(owner, scope.frame) };
  return unite(
    ...flow.map(({ binding, condition }) => {
      const values = binding ? context.binding(binding, inner) : unbound();
      return condition ? narrow(context, values, key, condition, scope) : values;
    }),
  );
}

/** The bindings that reach a scope's offset, with what tests say; those of the statement around it included. */
function flowTo(
  context: Context,
  key: string,
  bindings: readonly Binding[],
  owner: SymbolTableEntry,
  scope: EvaluationScope,
): readonly FlowPoint[] {
  const { module, offset } = scope;
  const body = bodyOf(owner);
  if (!body) return bindings.map(binding => ({ binding, condition: undefined }));
  const initial = bindings.filter(({ type }) => type === 'parameter');
  const later = initial.length > 0 ? bindings.filter(({ type }) => type !== 'parameter') : bindings;
  const { points, statement } = reachingBindings(body, later, initial, offset, {
    decide: test => decide(context, test, module, owner),
    importsFail: list => importsFail(context, list, scope),
    fails: node => importFails(context, node, module),
    concerns: test => concerns(test, key, owner),
  });
  if (!statement) return points;
  return points.map(({ binding, condition }) => ({
    binding,
    condition: conditionsIn(statement, key, owner, offset, condition),
  }));
}

function bodyOf({ node, type }: SymbolTableEntry): readonly Statement[] | undefined {
  if (type === BlockType.TypeParameters) return undefined;
  switch (node.kind) {
    case NodeKind.Module:
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
      return node.body;
    default:
      return undefined;
  }
}

/** What `a and …`, `… if a else …` and the like around an offset say. */
function conditionsIn(
  root: Node,
  key: string,
  owner: SymbolTableEntry,
  offset: number,
  condition: Condition | undefined,
): Condition | undefined {
  let result = condition;
  const add = (test: Expression, holds: boolean): void => {
    if (concerns(test, key, owner)) result = { test, holds, previous: result };
  };
  const holdsOffset = ({ start, end }: Node): boolean => start <= offset && offset < end;
  for (let node: Node | undefined = root; node;) {
    switch (node.kind) {
      case NodeKind.BoolOp:
        for (const value of node.values) {
          if (value.end > offset) break;
          add(value, node.op === BoolOperator.And);
        }
        break;
      case NodeKind.IfExp:
        if (holdsOffset(node.body)) add(node.test, true);
        else if (holdsOffset(node.orelse)) add(node.test, false);
        break;
      case NodeKind.ListComp:
      case NodeKind.SetComp:
      case NodeKind.DictComp:
      case NodeKind.GeneratorExp:
        for (const { ifs, start } of node.generators) {
          for (const test of ifs) if (test.end <= offset || offset < start) add(test, true);
        }
        break;
      default:
    }
    let inner: Node | undefined;
    forEachChild(node, child => {
      if (holdsOffset(child) || (child.kind === NodeKind.Keyword && holdsOffset(child.value))) inner = child;
    });
    node = inner;
  }
  return result;
}

// ---- Blocks ----------------------------------------------------------------------------------------------------

/** The block whose binding a name, mangled, means in a block: the module's for a global one. */
export function blockOf(name: string, entry: SymbolTableEntry): SymbolTableEntry | undefined {
  switch (entry.scope(name)) {
    case Scope.LOCAL:
    case Scope.CELL:
      return (entry.flags(name) & SymbolFlags.DEF_BOUND) !== 0 ||
        entry.comprehension !== ComprehensionType.None
        ? entry
        : outerBlock(name, entry);
    case Scope.FREE:
      return classInSight(name, entry) ?? ownerOf(name, entry) ?? outerBlock(name, entry);
    case Scope.GLOBAL_EXPLICIT:
      return topOf(entry);
    case Scope.GLOBAL_IMPLICIT:
      return classInSight(name, entry) ?? topOf(entry);
    default:
      // The tree may lack the very place that uses it.
      return (entry.flags(name) & SymbolFlags.DEF_BOUND) !== 0 ? entry : outerBlock(name, entry);
  }
}

/** Annotations and type parameters in a class see its names. */
function classInSight(name: string, entry: SymbolTableEntry): SymbolTableEntry | undefined {
  if (!entry.canSeeClassScope) return undefined;
  for (let block = entry.parent; block; block = block.parent) {
    if (block.type === BlockType.Class)
      return (block.flags(name) & SymbolFlags.DEF_BOUND) !== 0 ? block : undefined;
  }
  return undefined;
}

/** The next block outwards that binds a name, class bodies passed over; the module at last. */
function outerBlock(name: string, entry: SymbolTableEntry): SymbolTableEntry {
  let block = entry.parent ?? entry;
  const seesClass = entry.type !== BlockType.Function && entry.type !== BlockType.Class;
  let first = true;
  for (; block.parent; block = block.parent) {
    const visible = block.type !== BlockType.Class || (first && seesClass);
    first = false;
    if (visible && (block.flags(name) & SymbolFlags.DEF_BOUND) !== 0) {
      const scope = block.scope(name);
      if (scope !== Scope.GLOBAL_EXPLICIT) return block;
    }
  }
  return block;
}

function topOf(entry: SymbolTableEntry): SymbolTableEntry {
  let top = entry;
  while (top.parent) top = top.parent;
  return top;
}

/** Whether the code of a block runs when the code of another block around it gets there: no function is between. */
function runsInPlace(inner: SymbolTableEntry, outer: SymbolTableEntry): boolean {
  for (let block: SymbolTableEntry | null = inner; block; block = block.parent) {
    if (block === outer) return true;
    if (block.type === BlockType.Function && block.comprehension === ComprehensionType.None) return false;
  }
  return false;
}

/** All values of names in scope of a class body at its end. */
export function classMember(context: Context, name: string, scope: EvaluationScope): Values {
  const bindings = context.index(scope.module, scope.entry).bindings.get(name) ?? NONE;
  if (bindings.length === 0) return UNKNOWN;
  const flow = flowTo(context, name, bindings, scope.entry, { ...scope, offset: Infinity });
  return flatMapPoints(context, flow, scope);
}

/** The bindings of a module's name at its end. */
export function moduleFlow(context: Context, module: SourceModule, name: string): readonly FlowPoint[] {
  const entry = module.analysis.symbolTable.top;
  const own = context.index(module, entry).bindings.get(name) ?? NONE;
  const bindings = starBindings(context, module, name, own);
  const scope = { module, entry, offset: Infinity, frame: undefined };
  return flowTo(context, name, bindings, entry, scope);
}

export function flatMapPoints(context: Context, flow: readonly FlowPoint[], scope: EvaluationScope): Values {
  return unite(
    ...flow.map(({ binding }) => (binding ? context.binding(binding, at(scope, Infinity)) : UNKNOWN)),
  );
}
