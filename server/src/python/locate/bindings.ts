// Where a block binds and declares names: a walk over the nodes that the block itself evaluates.
import { NodeKind } from '../ast/kinds.ts';
import type { Node } from '../ast/nodes.ts';
import { boundName, isFunction } from '../ast/parts.ts';
import type { Analysis } from '../index.ts';
import type { SymbolTableEntry } from '../symtable/entry.ts';
import { mangledIn } from '../symtable/mangle.ts';
import { nameSpan } from './headers.ts';
import { decoratedStart, forEachScopedChild } from './path.ts';

/** Where a block first binds a name, in the order of the source. */
export function firstBinding(analysis: Analysis, entry: SymbolTableEntry, name: string): number | undefined {
  return bindingsOf(analysis, entry).get(name);
}

/** A block belongs to one analysis, which never changes. */
const bindingsByBlock = new WeakMap<SymbolTableEntry, ReadonlyMap<string, number>>();

/** Where a block first binds each of its names: offsets by name, as compiled. */
export function bindingsOf(analysis: Analysis, entry: SymbolTableEntry): ReadonlyMap<string, number> {
  const known = bindingsByBlock.get(entry);
  if (known) return known;
  const bindings = new Map<string, number>();
  bindingsByBlock.set(entry, bindings);
  firstInBlock(analysis, entry, (node, mangled) => {
    const spelled = boundName(node);
    if (spelled !== undefined) {
      const name = mangled(spelled);
      const start = startOf(node, analysis.text);
      if (start < (bindings.get(name) ?? Infinity)) bindings.set(name, start);
    }
    return false;
  });
  return bindings;
}

/** Where a block declares a name `global` or `nonlocal`. */
export function declarationOf(analysis: Analysis, entry: SymbolTableEntry, name: string): number | undefined {
  return firstInBlock(
    analysis,
    entry,
    (node, mangled) =>
      (node.kind === NodeKind.Global || node.kind === NodeKind.Nonlocal) &&
      node.names.some(declared => mangled(declared) === name),
  );
}

/** The start of the first node evaluated in a block that a predicate is true of. */
export function firstInBlock(
  analysis: Analysis,
  entry: SymbolTableEntry,
  predicate: (node: Node, mangled: (name: string) => string) => boolean,
): number | undefined {
  const mangled = (name: string): string => mangledIn(entry, name);
  let first = Infinity;
  visitBlock(analysis, entry, node => {
    if (predicate(node, mangled)) first = Math.min(first, startOf(node, analysis.text));
    return first;
  });
  return first === Infinity ? undefined : first;
}

/**
 * Visits all nodes that a block itself evaluates, those of the blocks inside left out, more or less in the order of
 * the source. `visit` may return an offset: what begins after it is not visited any more.
 */
export function visitBlock(
  { symbolTable }: Analysis,
  entry: SymbolTableEntry,
  visit: (node: Node) => number | undefined,
): void {
  const nodes: Node[] = [];
  const entries: SymbolTableEntry[] = [];
  const push = (node: Node, around: SymbolTableEntry): void => {
    const height = nodes.length;
    forEachScopedChild(node, around, symbolTable, (child, block) => {
      if (block !== entry && !mayLeadBack(child, block, entry)) return;
      nodes.push(child);
      entries.push(block);
    });
    // The last one pushed comes first.
    reverseFrom(nodes, height);
    reverseFrom(entries, height);
  };
  const { node: root, parent } = entry;
  let limit = Infinity;
  push(root, parent ?? entry);
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    const block = entries.pop()!;
    if (beginOf(node) >= limit) continue;
    if (block === entry) limit = visit(node) ?? limit;
    push(node, block);
  }
}

function reverseFrom(items: unknown[], start: number): void {
  for (let i = start, j = items.length - 1; i < j; i++, j--) [items[i], items[j]] = [items[j], items[i]];
}

/** Where a node's text begins, decorators included. */
function beginOf(node: Node): number {
  return isFunction(node) || node.kind === NodeKind.ClassDef ? decoratedStart(node) : node.start;
}

/** A node of another block can still hold parts of this one: the first iterable of a comprehension, a default, a walrus. */
function mayLeadBack(node: Node, nodeEntry: SymbolTableEntry, entry: SymbolTableEntry): boolean {
  for (let block: SymbolTableEntry | null = nodeEntry; block; block = block.parent) {
    if (block === entry) return node.kind !== NodeKind.FunctionDef && node.kind !== NodeKind.ClassDef;
    if (block.comprehension === 0) return false;
  }
  return false;
}

/** Where a node is pointed at: a def or class at its name. */
export function startOf(node: Node, text: string): number {
  switch (node.kind) {
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
      return nameSpan(node, text).start;
    default:
      return node.start;
  }
}
