// Which name an offset is at, as the source spells it and as it is compiled, and the block that looks it up.
import { NodeKind } from '../ast/kinds.ts';
import type { Node } from '../ast/nodes.ts';
import { annotationsOf, boundName, isFunction } from '../ast/parts.ts';
import { CodeFlags } from '../code/flags.ts';
import type { Analysis } from '../index.ts';
import type { SymbolTableEntry } from '../symtable/entry.ts';
import { Scope } from '../symtable/flags.ts';
import { mangledIn } from '../symtable/mangle.ts';
import { nameSpan } from './headers.ts';
import { type Located, pathTo, type Span } from './path.ts';

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

const IDENTIFIER_PART = /[\p{ID_Continue}_]/u;

/** The name that an offset is at (at its end counts, too); undefined on anything that names no variable. */
export function occurrenceAt(analysis: Analysis, offset: number): Occurrence | undefined {
  const word = wordAt(analysis.text, offset);
  if (!word) return undefined;
  const path = pathTo(analysis, word.start);
  const { node, entry } = path[path.length - 1];
  const spelled = word.text.normalize('NFKC');
  if (!names(node, analysis.text, word, spelled)) return undefined;
  if (node.kind !== NodeKind.Name && node.kind !== NodeKind.Arg && !isToken(analysis, word.start))
    return undefined;
  const name = mangledIn(entry, spelled);
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
    if (!annotationsOn(node).includes(path[i].node)) continue;
    if ((symbolTable.futureFeatures & CodeFlags.FUTURE_ANNOTATIONS) !== 0) return 'string';
    if (node.kind === NodeKind.AnnAssign && entry.isFunctionLike) return 'local';
  }
  return undefined;
}

/** The annotations that hang on a node itself. */
function annotationsOn(node: Node): readonly Node[] {
  if (isFunction(node)) return annotationsOf(node);
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

/** Whether a node itself binds or uses a name that may stand at `word`. */
function names(node: Node, text: string, word: Span, spelled: string): boolean {
  switch (node.kind) {
    case NodeKind.Name:
      return node.id === spelled;
    case NodeKind.Global:
    case NodeKind.Nonlocal:
      return node.names.includes(spelled);
    case NodeKind.FunctionDef:
    case NodeKind.AsyncFunctionDef:
    case NodeKind.ClassDef:
      return nameSpan(node, text).start === word.start && node.name === spelled;
    case NodeKind.ExceptHandler:
      return node.name === spelled && (!node.body[0] || word.start < node.body[0].start);
    default:
      return boundName(node) === spelled;
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

/** An attribute's name that is mangled, `self.__spam` in a class, at an offset. */
export function mangledAttributeAt(
  analysis: Analysis,
  offset: number,
): (Span & { spelled: string; name: string }) | undefined {
  const word = wordAt(analysis.text, offset);
  if (!word?.text.startsWith('__')) return undefined;
  const path = pathTo(analysis, word.start);
  const { node, entry } = path[path.length - 1];
  if (node.kind !== NodeKind.Attribute || node.attr !== word.text.normalize('NFKC')) return undefined;
  const name = mangledIn(entry, node.attr);
  return name === node.attr ? undefined : { start: word.start, end: word.end, spelled: node.attr, name };
}
