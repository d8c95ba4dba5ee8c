// Sources with errors: which code objects an error takes the bytecode from, and which are whole.
import { NodeKind } from '../ast/kinds.ts';
import type { ClassDef, FunctionDef, Node } from '../ast/nodes.ts';
import { isFunction } from '../ast/parts.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import type { SourceError } from '../text/syntaxError.ts';
import type { CodeObject } from './codeObject.ts';
import { codeObjectsOf } from './lookup.ts';

/** An offset in code that is broken, and the error that tells why. */
export interface Break {
  readonly at: number;
  readonly error: SourceError;
  /** What follows is broken, too, to the end of the file. */
  readonly toEnd?: boolean;
}

/** The error that a node's code object has no bytecode for; undefined if the tree has it as the source says it. */
export type BrokenText = (node: Node) => SourceError | undefined;

/** The lines below a broken one as far as they are indented more, and the tree has them in no def or class of that line. */
interface Block {
  /** The last line before them. */
  readonly line: number;
  readonly lastLine: number;
  readonly error: SourceError;
}

/**
 * For code objects below the module's: an error belongs to the code object in whose own text it is (see `lastLineOf`), and to
 * those around it. What is indented under a broken line belongs to code objects that the tree may have put elsewhere, unless
 * the line is the head of one that is in the tree, or that of a statement that is no scope.
 *
 * @param root the module's code object
 * @param breaks what is broken, in any order
 */
export function brokenText(root: CodeObject, lines: LineIndex, breaks: readonly Break[]): BrokenText {
  const sorted = [...breaks].sort((a, b) => a.at - b.at);
  let blocks: readonly Block[] | undefined;
  const rest = sorted.find(({ toEnd }) => toEnd);
  return node => {
    if (rest && node.end > rest.at) return rest.error;
    const line = lines.lineno(node.start);
    const start = isDefinition(node) ? node.start : lines.starts[line - 1];
    const lastLine = lastLineOf(node, lines);
    const end = lastLine === lines.starts.length ? lines.text.length : lines.starts[lastLine] - 1;
    const own = sorted.at(firstFrom(sorted, start));
    if (own && own.at >= start && own.at <= end) return own.error;
    if (isDefinition(node) && losesDecorator(node, lines, sorted))
      return sorted.findLast(({ at }) => at < start)?.error;
    blocks ??= strayBlocks(root, lines, sorted);
    return blocks.find(block => block.line < line && line <= block.lastLine)?.error;
  };
}

const isDefinition = (node: Node): node is FunctionDef | ClassDef =>
  isFunction(node) || node.kind === NodeKind.ClassDef;

/**
 * The last line of a code object's own text: of a def or class the last that is indented under it, whether the tree has
 * that or not; else that of the node.
 */
function lastLineOf(node: Node, lines: LineIndex): number {
  const last = lines.lineno(node.end);
  if (!isDefinition(node)) return last;
  return lastIndented(lines, last, node.start - lines.starts[lines.lineno(node.start) - 1]);
}

/** Whether there is a decorator above a definition that the tree does not have: co_firstlineno would be its line. */
function losesDecorator(
  { start, decorator_list }: FunctionDef | ClassDef,
  lines: LineIndex,
  breaks: readonly Break[],
): boolean {
  let line = lines.lineno(decorator_list.at(0)?.start ?? start) - 1;
  while (line > 0 && indentationOf(lines, line) === undefined) line--;
  if (line === 0) return false;
  const from = lines.starts[line - 1];
  const text = lines.text.slice(from, lines.starts[line]).trimStart();
  if (text.startsWith('@')) return true;
  const broken = breaks.at(firstFrom(breaks, from));
  return text.includes('@') && broken !== undefined && broken.at < lines.starts[line];
}

/** The last of the lines below one that have more than so many blanks before their text, or none. */
function lastIndented(lines: LineIndex, line: number, indentation: number): number {
  let last = line;
  while (last < lines.starts.length) {
    const width = indentationOf(lines, last + 1);
    if (width !== undefined && width <= indentation) break;
    last++;
  }
  return last;
}

/** How many blanks a line begins with; undefined if it has no more but a comment. */
function indentationOf({ starts, text }: LineIndex, line: number): number | undefined {
  const start = starts[line - 1];
  let at = start;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\f') at++;
  const isBlank = at === text.length || text[at] === '\n' || text[at] === '\r' || text[at] === '#';
  return isBlank ? undefined : at - start;
}

/** The heads of statements that are no scopes: where their blocks are put in the tree does not matter. */
const BLOCK_HEAD =
  /[ \t\f]*(?:if|elif|else|for|while|with|try|except|finally|match|case|async\s+(?:for|with))\b/y;

function strayBlocks(root: CodeObject, lines: LineIndex, breaks: readonly Break[]): Block[] {
  /** By its line, the last line of the first def or class that has a name: its qualified name is right, and what it mangles. */
  const heads = new Map<number, number>();
  for (const { node } of codeObjectsOf(root)) {
    const line = lines.lineno(node.start);
    if ((isFunction(node) || node.kind === NodeKind.ClassDef) && node.name !== '' && !heads.has(line))
      heads.set(line, lines.lineno(node.end));
  }
  const blocks: Block[] = [];
  let lastBroken = 0;
  for (const { at, error } of breaks) {
    const line = lines.lineno(at);
    BLOCK_HEAD.lastIndex = lines.starts[line - 1];
    if (lastBroken === line || BLOCK_HEAD.test(lines.text)) continue;
    lastBroken = line;
    const known = heads.get(line) ?? line;
    const lastLine = lastIndented(lines, line, indentationOf(lines, line) ?? 0);
    if (lastLine > known) blocks.push({ line: known, lastLine, error });
  }
  return blocks;
}

/** The index of the first break that is not before an offset. */
function firstFrom(breaks: readonly Break[], offset: number): number {
  let low = 0;
  let high = breaks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (breaks[middle].at < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
