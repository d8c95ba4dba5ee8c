// What a name is where it stands: its block and scope, the code object and slots it lives in, who owns it and who
// captures it, and where it is bound. Facts only; hover.ts and codeObjectView.ts put them into words.
import { ExprContext, NodeKind } from '../ast/kinds.ts';
import type { Node } from '../ast/nodes.ts';
import type { CodeObject } from '../code/codeObject.ts';
import { CodeFlags } from '../code/flags.ts';
import type { Analysis } from '../index.ts';
import type { SymbolTableEntry } from '../symtable/entry.ts';
import { BlockType, Scope, SymbolFlags } from '../symtable/flags.ts';
import { mangle } from '../symtable/mangle.ts';
import {
  type Located,
  nameSpan,
  pathTo,
  decoratedStart,
  forEachScopedChild,
  type Span,
  isFunction,
  parametersOf,
} from './nodes.ts';

/** A name in the source. */
export interface Occurrence extends Span {
  /** As compiled: normalised, and mangled in a class. */
  readonly name: string;
  /** As the source means it, before mangling. */
  readonly spelled: string;
  /** The block that looks it up: for what an inlined comprehension does not bind itself, the block around that. */
  readonly entry: SymbolTableEntry;
  readonly node: Node;
  /** In an annotation that no code evaluates: it is kept as a string, or belongs to a local variable. */
  readonly unevaluated: 'string' | 'local' | undefined;
}

/** Where a name has a place in a code object: `varnames[3]`. */
export interface Slot {
  readonly array: 'varnames' | 'cellvars' | 'freevars';
  readonly index: number;
}

// ---- Occurrences -----------------------------------------------------------------------------------------------

const IDENTIFIER_PART = /[\p{ID_Continue}_]/u;

/** The name that an offset is at (at its end counts, too); undefined on anything that names no variable. */
export function occurrenceAt(analysis: Analysis, offset: number): Occurrence | undefined {
  const word = wordAt(analysis.text, offset);
  if (!word) return undefined;
  const path = pathTo(analysis, word.start);
  const { node, entry } = path[path.length - 1];
  const spelled = word.text.normalize('NFKC');
  if (!namesIn(node, analysis.text, word).includes(spelled)) return undefined;
  if (node.kind !== NodeKind.Name && node.kind !== NodeKind.Arg && !isToken(analysis, word.start))
    return undefined;
  const name = mangle(privateName(path), spelled);
  return {
    start: word.start,
    end: word.end,
    name,
    spelled,
    entry: lookupBlock(entry, name),
    node,
    unevaluated: unevaluated(analysis, path),
  };
}

/** The block whose code looks a name up: an inlined comprehension leaves what it does not bind to its surroundings. */
function lookupBlock(entry: SymbolTableEntry, name: string): SymbolTableEntry {
  let block = entry;
  while (
    block.inlined &&
    block.parent &&
    block.scope(name) !== Scope.LOCAL &&
    block.scope(name) !== Scope.CELL
  ) {
    block = block.parent;
  }
  return block;
}

function unevaluated({ symbolTable }: Analysis, path: readonly Located[]): Occurrence['unevaluated'] {
  for (let i = 1; i < path.length; i++) {
    const { node, entry } = path[i - 1];
    if (!annotationsOf(node).includes(path[i].node)) continue;
    if ((symbolTable.futureFeatures & CodeFlags.FUTURE_ANNOTATIONS) !== 0) return 'string';
    if (node.kind === NodeKind.AnnAssign && entry.isFunctionLike) return 'local';
  }
  return undefined;
}

function annotationsOf(node: Node): readonly (Node | null)[] {
  if (isFunction(node)) return [node.returns, ...parametersOf(node).map(({ annotation }) => annotation)];
  return node.kind === NodeKind.AnnAssign ? [node.annotation] : [];
}

/** The identifier around an offset, which may also be at its end. */
export function wordAt(text: string, offset: number): (Span & { text: string }) | undefined {
  let start = offset;
  while (start > 0 && isPart(text, start - 1)) start--;
  let end = offset;
  while (end < text.length && isPart(text, end)) end++;
  return start < end ? { start, end, text: text.slice(start, end) } : undefined;
}

function isPart(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 0x80)
    return (
      (unit >= 48 && unit < 58) || (unit >= 65 && unit < 91) || unit === 95 || (unit >= 97 && unit < 123)
    );
  // Half of a pair: letters outside the first plane are few, and taken as they come.
  return (unit & 0xf800) === 0xd800 || IDENTIFIER_PART.test(text[index]);
}

/** The names that a node itself binds or uses and that may stand at `word`. */
function namesIn(node: Node, text: string, word: Span): readonly string[] {
  switch (node.kind) {
    case NodeKind.Name:
      return [node.id];
    case NodeKind.Arg:
      return [node.arg];
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
      return nameSpan(node, text).start === word.start ? [node.name] : [];
    case NodeKind.Global:
    case NodeKind.Nonlocal:
      return node.names;
    case NodeKind.Alias:
      return [node.asname ?? node.name.split('.')[0]];
    case NodeKind.ExceptHandler:
      return node.name !== null && (!node.body[0] || word.start < node.body[0].start) ? [node.name] : [];
    case NodeKind.MatchAs:
    case NodeKind.MatchStar:
      return node.name === null ? [] : [node.name];
    case NodeKind.MatchMapping:
      return node.rest === null ? [] : [node.rest];
    case NodeKind.TypeVar:
    case NodeKind.ParamSpec:
    case NodeKind.TypeVarTuple:
      return [node.name];
    default:
      return [];
  }
}

/** Whether a token begins at an offset: else it is in a comment or string. */
function isToken({ tokenized: { tokens } }: Analysis, offset: number): boolean {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tokens.starts[middle] < offset) low = middle + 1;
    else high = middle;
  }
  // Tokens without extent (a dedent) may begin there, too.
  for (; low < tokens.count && tokens.starts[low] === offset; low++)
    if (tokens.ends[low] > offset) return true;
  return false;
}

/** The class whose name private names are mangled with, if any: the innermost class body on the path. */
function privateName(path: readonly Located[]): string | null {
  for (let i = path.length - 2; i >= 0; i--) {
    const { node } = path[i];
    if (node.kind !== NodeKind.ClassDef) continue;
    const next = path[i + 1];
    // Decorators, bases and keywords of a class are not in it.
    if (next.entry !== path[i].entry && next.entry.type !== BlockType.TypeParameters) return node.name;
  }
  return null;
}

/** An attribute's name that is mangled, `self.__spam` in a class, at an offset. */
export function mangledAttributeAt(
  analysis: Analysis,
  offset: number,
): (Span & { spelled: string; name: string }) | undefined {
  const word = wordAt(analysis.text, offset);
  if (!word?.text.startsWith('__')) return undefined;
  const path = pathTo(analysis, word.start);
  const { node } = path[path.length - 1];
  if (node.kind !== NodeKind.Attribute || node.attr !== word.text.normalize('NFKC')) return undefined;
  const name = mangle(privateName(path), node.attr);
  return name === node.attr ? undefined : { start: word.start, end: word.end, spelled: node.attr, name };
}

// ---- Slots and owners ------------------------------------------------------------------------------------------

/** Every place that a name has in a code object. */
export function slotsOf(code: CodeObject, name: string): Slot[] {
  const arrays = ['varnames', 'cellvars', 'freevars'] as const;
  return arrays.flatMap(array => {
    const index = code[array].indexOf(name);
    return index < 0 ? [] : [{ array, index }];
  });
}

/** The block that owns a free name: the nearest one outwards where it is a cell. Class blocks only lend `__class__` and their like. */
export function ownerOf(name: string, entry: SymbolTableEntry): SymbolTableEntry | undefined {
  for (let block = entry.parent; block; block = block.parent) {
    if (block.scope(name) === Scope.CELL) return block;
    if (block.type === BlockType.Class && isClassCell(block, name)) return block;
  }
  return undefined;
}

function isClassCell(block: SymbolTableEntry, name: string): boolean {
  return (
    (name === '__class__' && block.needsClassClosure) || (name === '__classdict__' && block.needsClassDict)
  );
}

/** The blocks directly or deeper inside that take a name from a block's cell, inlined comprehensions left out. */
export function capturersOf(name: string, owner: SymbolTableEntry): SymbolTableEntry[] {
  const found: SymbolTableEntry[] = [];
  const visit = (block: SymbolTableEntry): void => {
    for (const child of block.children) {
      const scope = child.scope(name);
      if (scope === Scope.CELL) continue; // another variable of that name
      // Without a use of its own, it only passes the cell on to blocks inside.
      if (scope === Scope.FREE && usesItself(child, name)) found.push(child);
      visit(child);
    }
  };
  visit(owner);
  return found;
}

function usesItself(block: SymbolTableEntry, name: string): boolean {
  const { USE, DEF_LOCAL, DEF_NONLOCAL } = SymbolFlags;
  // super() uses __class__ without saying so.
  return (
    (block.flags(name) & (USE | DEF_LOCAL | DEF_NONLOCAL)) !== 0 ||
    block.children.every(c => c.scope(name) !== Scope.FREE)
  );
}

/** The class blocks between a block and where a name is looked up next that bind the name, and are passed over. */
export function skippedClasses(name: string, entry: SymbolTableEntry): SymbolTableEntry[] {
  const skipped: SymbolTableEntry[] = [];
  for (let block = entry.parent; block; block = block.parent) {
    if (block.type === BlockType.Class) {
      if ((block.flags(name) & SymbolFlags.DEF_BOUND) !== 0) skipped.push(block);
    } else if (block.type !== BlockType.Module && block.scope(name) === Scope.CELL) {
      break;
    }
  }
  return skipped;
}

// ---- Bindings and declarations ---------------------------------------------------------------------------------

/** Where a block first binds a name, in the order of the source. */
export function firstBinding(analysis: Analysis, entry: SymbolTableEntry, name: string): number | undefined {
  return firstInBlock(analysis, entry, (node, mangled) => binds(node, mangled, name));
}

/** Where a block first binds each of its names: offsets by name, as compiled. */
export function bindingsOf(analysis: Analysis, entry: SymbolTableEntry): Map<string, number> {
  const bindings = new Map<string, number>();
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
  const privateClass = enclosingClassName(entry);
  const mangled = (name: string): string => mangle(privateClass, name);
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

/** The class that names in a block are mangled with: the nearest class block, itself included. */
export function enclosingClassName(entry: SymbolTableEntry): string | null {
  for (let block: SymbolTableEntry | null = entry; block; block = block.parent) {
    if (block.type === BlockType.Class) return block.name;
  }
  return null;
}

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

function binds(node: Node, mangled: (name: string) => string, name: string): boolean {
  const spelled = boundName(node);
  return spelled !== undefined && mangled(spelled) === name;
}

/** The name that a node binds, before mangling. */
export function boundName(node: Node): string | undefined {
  switch (node.kind) {
    case NodeKind.Name:
      return node.ctx === ExprContext.Store ? node.id : undefined;
    case NodeKind.Arg:
      return node.arg;
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
    case NodeKind.TypeVar:
    case NodeKind.ParamSpec:
    case NodeKind.TypeVarTuple:
      return node.name;
    case NodeKind.Alias:
      return node.asname ?? node.name.split('.')[0];
    case NodeKind.ExceptHandler:
    case NodeKind.MatchAs:
    case NodeKind.MatchStar:
      return node.name ?? undefined;
    case NodeKind.MatchMapping:
      return node.rest ?? undefined;
    default:
      return undefined;
  }
}
