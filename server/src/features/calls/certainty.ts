// Whether it is certain what an expression names. The evaluator leaves out what it knows nothing about; before
// something is called an error, it must be certain that the name can be nothing else.
import { ExprContext, NodeKind } from '../../python/ast/kinds.ts';
import { type Expression, Name } from '../../python/ast/expressions.ts';
import { type Assign, type Node } from '../../python/ast/nodes.ts';
import { walk } from '../../python/ast/visitor.ts';
import type { Analysis } from '../../python/index.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType, Scope, SymbolFlags } from '../../python/symtable/flags.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import { boundName, isFunction } from '../../python/ast/parts.ts';
import { visitBlock } from '../../python/locate/bindings.ts';
import { ownerOf } from '../../python/locate/names.ts';
import type { Evaluator, EvaluationScope, Value } from '../../resolve/values.ts';
import type { Definition } from '../../resolve/inspect/definitions.ts';

/** Assignments and attributes are followed so far. */
const MOST_STEPS = 8;

/** Who assigns one of these to anything may have changed what it takes. */
const CALL_ATTRIBUTES = ['__call__', '__code__', '__defaults__', '__init__', '__kwdefaults__', '__new__'];

/** Whether an expression can mean nothing but what the evaluator says. */
export function isCertain(evaluator: Evaluator, node: Expression, scope: EvaluationScope): boolean {
  const assigned = assignedAttributes(scope.module.analysis);
  return !CALL_ATTRIBUTES.some(name => assigned.has(name)) && means(evaluator, node, scope, 0);
}

function means(evaluator: Evaluator, node: Expression, scope: EvaluationScope, steps: number): boolean {
  if (steps > MOST_STEPS) return false;
  const values = evaluator.evaluate(node, scope);
  if (values.length !== 1) return false;
  const [value] = values;
  switch (node.kind) {
    case NodeKind.Name:
      return nameIsCertain(evaluator, node.id, scope, steps);
    case NodeKind.Attribute: {
      if (!means(evaluator, node.value, scope, steps + 1)) return false;
      if (value.type === 'module') return true;
      const place = placeOf(value);
      // Whoever assigns to the attribute, anywhere in either file, may have replaced it; so do classes that derive.
      return (
        place !== undefined &&
        isMethod(place, node.attr) &&
        !(isPlaceholder(place.node) && node.value.kind === NodeKind.Name) &&
        !assignedAttributes(scope.module.analysis).has(node.attr) &&
        definitionIsCertain(evaluator, value)
      );
    }
    case NodeKind.Lambda:
      return true;
    case NodeKind.Call:
      return (
        evaluator.evaluate(node.func, scope).every(({ type }) => type === 'class') &&
        means(evaluator, node.func, scope, steps + 1)
      );
    default:
      return false;
  }
}

function nameIsCertain(
  evaluator: Evaluator,
  spelled: string,
  scope: EvaluationScope,
  steps: number,
): boolean {
  const { module, entry } = scope;
  const name = mangledIn(entry, spelled);
  const owner = owningBlock(module.analysis, name, entry);
  const bindings = owner ? bindingsIn(module.analysis, owner).get(name) : undefined;
  if (!owner || bindings?.length !== 1 || isBoundElsewhere(module.analysis, owner, name)) return false;
  const [binding] = bindings;
  switch (binding.kind) {
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
      return true;
    case NodeKind.Alias: {
      const [value] = evaluator.evaluate(nameNode(spelled), scope);
      return value.type === 'module' || definitionIsCertain(evaluator, value);
    }
    case NodeKind.Assign:
      return means(evaluator, binding.value, { ...scope, entry: owner, offset: binding.start }, steps + 1);
    case NodeKind.Arg:
      // A class that derives may be called otherwise.
      return steps > 0 && isFirstArgument(owner, name);
    default:
      return false;
  }
}

/** Whether a definition stands in a class under a name, and not under another that the class only refers to. */
const isMethod = ({ node, scope }: Place, attr: string): boolean =>
  node.kind !== NodeKind.Lambda && node.name === attr && scope.entry.type === BlockType.Class;

/** Whether a method is there to be overridden, by one that may take other arguments. */
const isPlaceholder = (node: Definition): boolean =>
  isFunction(node) &&
  node.body.every(({ kind }) => kind === NodeKind.Pass || kind === NodeKind.Raise || kind === NodeKind.Expr);

/** `self`, `cls` */
function isFirstArgument(entry: SymbolTableEntry, name: string): boolean {
  const { node, parent } = entry;
  if (!isFunction(node) || parent?.type !== BlockType.Class) return false;
  const first = [...node.args.posonlyargs, ...node.args.args].at(0);
  return first !== undefined && mangledIn(entry, first.arg) === name;
}

/** Whether nothing but its def or class statement binds the name of a definition. */
function definitionIsCertain(evaluator: Evaluator, value: Value): boolean {
  const found = placeOf(value);
  if (!found) return false;
  const { scope, node } = found;
  if (node.kind === NodeKind.Lambda) return true;
  const { entry, module } = scope;
  const { analysis, isStub } = module;
  // Whoever wrote the stub may have been mistaken, or have had another version before him.
  if (isStub) return false;
  if (entry.type === BlockType.Module && hasStarImport(analysis)) return false;
  const name = mangledIn(entry, node.name);
  const bindings = bindingsIn(analysis, entry).get(name);
  if (bindings?.length !== 1 || isBoundElsewhere(analysis, entry, name)) return false;
  // A method: the class that has it may have another one of the name set on it.
  if (entry.type === BlockType.Class) return !assignedAttributes(analysis).has(node.name);
  return evaluator.mayGoOn;
}

interface Place {
  readonly scope: EvaluationScope;
  readonly node: Definition;
}

function placeOf(value: Value): Place | undefined {
  switch (value.type) {
    case 'function':
      return value;
    case 'class':
      return value.class.kind === 'source' ? value.class : undefined;
    case 'method':
      return placeOf(value.function);
    default:
      return undefined;
  }
}

const nameNode = (id: string): Name => new Name(0, 0, id, ExprContext.Load);

const hasStarImport = ({ module }: Analysis): boolean => {
  let found = false;
  walk(module, node => {
    if (node.kind === NodeKind.ImportFrom && node.names.some(({ name }) => name === '*')) found = true;
  });
  return found;
};

function owningBlock(
  { symbolTable: { top } }: Analysis,
  name: string,
  entry: SymbolTableEntry,
): SymbolTableEntry | undefined {
  switch (entry.scope(name)) {
    case Scope.LOCAL:
    case Scope.CELL:
      return entry;
    case Scope.FREE:
      return ownerOf(name, entry);
    case Scope.GLOBAL_EXPLICIT:
    case Scope.GLOBAL_IMPLICIT:
      return top;
    default:
      return undefined;
  }
}

// ---- What a file binds, once for each file ---------------------------------------------------------------------------

const blocks = new WeakMap<SymbolTableEntry, ReadonlyMap<string, readonly Node[]>>();

/** The nodes that bind each name of a block; of `name = value` the statement. */
function bindingsIn(analysis: Analysis, entry: SymbolTableEntry): ReadonlyMap<string, readonly Node[]> {
  const known = blocks.get(entry);
  if (known) return known;
  const bindings = new Map<string, Node[]>();
  const assigned = new Set<Node>();
  visitBlock(analysis, entry, node => {
    const simple = node.kind === NodeKind.Assign ? simpleTarget(node) : undefined;
    if (simple) assigned.add(simple);
    const spelled = simple?.id ?? (assigned.has(node) ? undefined : boundName(node));
    if (spelled !== undefined) {
      const name = mangledIn(entry, spelled);
      bindings.set(name, [...(bindings.get(name) ?? []), node]);
    }
    return undefined;
  });
  blocks.set(entry, bindings);
  return bindings;
}

const simpleTarget = ({ targets: [target, ...others] }: Assign): Name | undefined =>
  others.length === 0 && target.kind === NodeKind.Name ? target : undefined;

const declared = new WeakMap<Analysis, ReadonlySet<string>>();

/** Whether another block may bind a name of a block, by `global` or `nonlocal`; of any block of the file that does. */
function isBoundElsewhere(analysis: Analysis, owner: SymbolTableEntry, name: string): boolean {
  let names = declared.get(analysis);
  if (!names) {
    const found = new Set<string>();
    const stack = [analysis.symbolTable.top];
    for (let entry = stack.pop(); entry; entry = stack.pop()) {
      for (const symbol of entry.symbols.keys()) {
        if ((entry.flags(symbol) & (SymbolFlags.DEF_GLOBAL | SymbolFlags.DEF_NONLOCAL)) !== 0)
          found.add(symbol);
      }
      for (const child of entry.children) stack.push(child);
    }
    declared.set(analysis, (names = found));
  }
  return owner.type !== BlockType.Class && names.has(name);
}

const attributes = new WeakMap<Analysis, ReadonlySet<string>>();

/** The attributes that a file assigns to anything. */
function assignedAttributes(analysis: Analysis): ReadonlySet<string> {
  let names = attributes.get(analysis);
  if (!names) {
    const found = new Set<string>();
    walk(analysis.module, node => {
      if (node.kind === NodeKind.Attribute && node.ctx !== ExprContext.Load) found.add(node.attr);
    });
    attributes.set(analysis, (names = found));
  }
  return names;
}
