// Where the keyword and the name of a def, class, lambda or comprehension stand, and which one an offset is at.
import type { Lambda } from '../ast/expressions.ts';
import { NodeKind } from '../ast/kinds.ts';
import type { ClassDef, FunctionDef } from '../ast/nodes.ts';
import { type AnyComprehension, isComprehension, isFunction } from '../ast/parts.ts';
import type { Analysis } from '../index.ts';
import { type Located, pathTo, type Span } from './path.ts';

/** Nodes that begin with a keyword and get a code object. */
export type HeaderNode = FunctionDef | ClassDef | Lambda | AnyComprehension;

const KEYWORD_AND_NAME = /(?:async(?:\s|\\)+)?(?:def|class)(?:(?:\s|\\)+([^\s(:[\\#]+))?/y;
const FOR = /(?:async(?:\s|\\)+)?for\b/y;

/** The keyword and name of a def or class, the `lambda`, the first `for` of a comprehension. */
export function headerOf(node: HeaderNode, text: string): Span {
  if (isComprehension(node)) {
    const { start } = node.generators[0] ?? node;
    FOR.lastIndex = start;
    return { start, end: start + (FOR.exec(text)?.[0].length ?? 1) };
  }
  if (node.kind === NodeKind.Lambda) return { start: node.start, end: node.start + 'lambda'.length };
  KEYWORD_AND_NAME.lastIndex = node.start;
  const match = KEYWORD_AND_NAME.exec(text);
  return { start: node.start, end: node.start + (match ? match[0].length : 0) };
}

/** Where the name of a def or class stands; at its keyword if broken text has no name. */
export function nameSpan(node: FunctionDef | ClassDef, text: string): Span {
  KEYWORD_AND_NAME.lastIndex = node.start;
  const match = KEYWORD_AND_NAME.exec(text);
  if (!match) return { start: node.start, end: node.start };
  const end = node.start + match[0].length;
  return { start: end - (match[1]?.length ?? match[0].length), end };
}

/** The def, class, lambda or comprehension whose keyword or name (or outer bracket) an offset is at. */
export function headerAt(analysis: Analysis, offset: number): { node: HeaderNode; span: Span } | undefined {
  return headerIn(pathTo(analysis, offset), analysis.text, offset);
}

export function headerIn(
  path: readonly Located[],
  text: string,
  offset: number,
): { node: HeaderNode; span: Span } | undefined {
  const node = path[path.length - 1].node;
  const at = ({ start, end }: Span): boolean => start <= offset && offset < end;
  if (isComprehension(node)) {
    const span = headerOf(node, text);
    if (at(span)) return { node, span };
    const brackets = [
      { start: node.start, end: node.start + 1 },
      { start: node.end - 1, end: node.end },
    ];
    const bracket = brackets.find(at);
    return bracket && '([{}])'.includes(text[bracket.start]) ? { node, span: bracket } : undefined;
  }
  if (isFunction(node) || node.kind === NodeKind.ClassDef || node.kind === NodeKind.Lambda) {
    const span = headerOf(node, text);
    if (at(span) || offset === span.end) return { node, span };
  }
  return undefined;
}
