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
  /** Where it ends that the tree has what follows, but perhaps in a place where the source does not. */
  readonly to?: number;
}

/** The error that a node's code object has no bytecode for; undefined if the tree has it as the source says it. */
export type BrokenText = (node: Node) => SourceError | undefined;

/**
 * For code objects below the module's: an error belongs to the code object in whose own text it is (see `lastLineOf`), and to
 * those around it. Those that the tree may have in another scope than the source, and those in what has no name, are
 * broken too: their qualified names would be wrong, and what they mangle.
 *
 * @param root the module's code object
 * @param breaks what is broken, in any order
 */
export function brokenText(root: CodeObject, lines: LineIndex, breaks: readonly Break[]): BrokenText {
  const sorted = [...breaks].sort((a, b) => a.at - b.at);
  const doubtful = sorted.filter(({ to }) => to !== undefined);
  const nameless = namelessOf(root);
  return node => {
    const start = lines.starts[lines.lineno(node.start) - 1];
    const lastLine = lastLineOf(node, lines);
    const end = lastLine === lines.starts.length ? lines.text.length : lines.starts[lastLine] - 1;
    const own = sorted.at(firstFrom(sorted, start));
    if (own && own.at >= start && own.at <= end) return own.error;
    if (isDefinition(node) && losesDecorator(node, lines, sorted))
      return sorted.findLast(({ at }) => at < start)?.error;
    const strayed = doubtful.findLast(({ at, to = at }) => node.end > at && node.start < to);
    if (strayed) return strayed.error;
    const outer = nameless.find(({ start, end }) => node.start > start && node.end <= end);
    return outer && sorted.at(firstFrom(sorted, outer.start))?.error;
  };
}

/** The defs and classes whose names are missing. */
function namelessOf(root: CodeObject): Node[] {
  const nodes: Node[] = [];
  for (const { node } of codeObjectsOf(root)) if (isDefinition(node) && node.name === '') nodes.push(node);
  return nodes;
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
  const first = lines.lineno(decorator_list.at(0)?.start ?? start);
  const indentation = indentationOf(lines, first) ?? 0;
  let line = first - 1;
  for (; line > 0 && !beginsStatement(lines, line, indentation); line--)
    if (isBrokenDecorator(lines, line, breaks)) return true;
  if (line === 0) return false;
  const at = lines.starts[line - 1] + (indentationOf(lines, line) ?? 0);
  return lines.text[at] === '@' || isBrokenDecorator(lines, line, breaks);
}

/** Whether something is broken in a line that may be a decorator behind it. */
function isBrokenDecorator({ starts, text }: LineIndex, line: number, breaks: readonly Break[]): boolean {
  const start = starts[line - 1];
  const end = starts.at(line) ?? text.length;
  const broken = breaks.at(firstFrom(breaks, start));
  return broken !== undefined && broken.at < end && text.slice(start, end).includes('@');
}

/** Whether a line looks like the first of a statement of a block, or of one around that. */
function beginsStatement(lines: LineIndex, line: number, blockIndentation: number): boolean {
  const indentation = indentationOf(lines, line);
  if (indentation === undefined || indentation > blockIndentation) return false;
  return !')]}'.includes(lines.text[lines.starts[line - 1] + indentation]);
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
