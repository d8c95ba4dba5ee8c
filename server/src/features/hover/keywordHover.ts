// Hover on the keywords inside functions and comprehensions: on `yield`, `await`, `async for` and `async with` the
// suspension point that they are, on the `for`, `in` and `if` of a comprehension which loop they belong to and where
// what they stand before is evaluated.
import type { Comprehension } from '../../python/ast/expressions.ts';
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Node } from '../../python/ast/nodes.ts';
import { type AnyComprehension, isComprehension, isFunction } from '../../python/ast/parts.ts';
import type { Analysis } from '../../python/index.ts';
import {
  hasSuspendingCode,
  isSuspensionOf,
  suspendableKind,
  type SuspensionPoint,
  suspensionPoints,
} from '../../python/inspect/suspension.ts';
import { wordAt } from '../../python/locate/occurrence.ts';
import type { Located, Span } from '../../python/locate/path.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { codeObjectIndex } from '../codeObject/codeObjectIndex.ts';
import { code, excerpt, joined, rich, type RichText, text } from '../richText.ts';

/** What there is to say of a keyword, and where it stands. */
export interface KeywordText extends Span {
  readonly lines: readonly RichText[];
}

/** What there is to say of the keyword at an offset; `path` leads there. */
export function keywordText(
  analysis: Analysis,
  path: readonly Located[],
  offset: number,
): KeywordText | undefined {
  const { node, entry } = path[path.length - 1];
  const word = wordAt(analysis.text, offset);
  if (!word) return undefined;
  if (isComprehension(node)) {
    const lines = comprehensionLines(analysis, node, entry, word);
    return lines && { start: word.start, end: word.end, lines };
  }
  const span = suspensionKeyword(node, analysis.text);
  if (!span || offset < span.start || offset > span.end) return undefined;
  const lines = suspensionLines(analysis, node, entry, analysis.text.slice(span.start, span.end));
  return lines && { ...span, lines };
}

// ---- Suspension points -----------------------------------------------------------------------------------------

const KEYWORDS: ReadonlyMap<NodeKind, RegExp> = new Map([
  [NodeKind.Yield, /yield/y],
  [NodeKind.YieldFrom, /yield(?:\s|\\)+from/y],
  [NodeKind.Await, /await/y],
  [NodeKind.AsyncFor, /async(?:\s|\\)+for/y],
  [NodeKind.AsyncWith, /async(?:\s|\\)+with/y],
]);

/** Where the keywords stand that a node begins with, if it suspends. */
function suspensionKeyword(node: Node, source: string): Span | undefined {
  const pattern = KEYWORDS.get(node.kind);
  if (!pattern) return undefined;
  pattern.lastIndex = node.start;
  const match = pattern.exec(source);
  return match ? { start: node.start, end: node.start + match[0].length } : undefined;
}

function suspensionLines(
  analysis: Analysis,
  node: Node,
  entry: SymbolTableEntry,
  keyword: string,
): RichText[] | undefined {
  const object = codeObjectIndex(analysis).ofScope(entry);
  const kind = object && suspendableKind(object.flags);
  if (!object || !kind) return undefined;
  const owner = object.node;
  const head = rich`${code(keyword.replace(/(?:\s|\\)+/g, ' '))} in ${code(object.qualname)}`;
  const version = `CPython ${analysis.target.version}`;
  const makes = rich`A call of ${code(object.qualname)} gives ${article(kind)} ${kind}`;
  if (!isFunction(owner) && owner.kind !== NodeKind.Lambda) return [rich`${head} · ${version}`, makes];
  const points = suspensionPoints(analysis, owner);
  if (!points) return [rich`${head} · ${version}`, makes];
  const isHere = (point: SuspensionPoint): boolean => isSuspensionOf(point, node);
  const numbers = points.flatMap((point, i) => (isHere(point) ? [i + 1] : []));
  if (numbers.length === 0) {
    const isMade = hasSuspendingCode(analysis, object, node) ?? true;
    return [rich`${head}: ${isMade ? 'never reached' : 'no code is made of it'} · ${version}`, makes];
  }
  const which = `suspension point ${numbers.join(', ')} of ${points.length}`;
  return [rich`${head}: ${which} · ${version}`, ...points.filter(isHere).map(pointLine(analysis)), makes];
}

const article = (noun: string): string => (noun.startsWith('a') ? 'an' : 'a');

const pointLine =
  ({ text: source }: Analysis) =>
  ({ delegate, bound, maybeBound }: SuspensionPoint): RichText =>
    joined(
      [
        ...(delegate
          ? [rich`delegates to ${code(excerpt(source.slice(delegate.start, delegate.end)))}`]
          : []),
        bound.length > 0 ? rich`bound: ${joined(bound.map(code))}` : text('no local is bound for certain'),
        ...(maybeBound.length > 0 ? [rich`perhaps: ${joined(maybeBound.map(code))}`] : []),
      ],
      ' · ',
    );

// ---- Comprehensions ----------------------------------------------------------------------------------------------

function comprehensionLines(
  analysis: Analysis,
  node: AnyComprehension,
  around: SymbolTableEntry,
  { start, text: word }: Span & { text: string },
): RichText[] | undefined {
  if (!/^(?:async|for|in|if)$/.test(word)) return undefined;
  const { generators } = node;
  const last = (generator: Comprehension): number =>
    Math.max(generator.iter.end, ...generator.ifs.map(({ end }) => end));
  const index = generators.findIndex(generator => generator.start <= start && start < last(generator));
  if (index < 0) return undefined;
  const generator = generators[index];
  const shown = (part: Node): RichText => code(excerpt(analysis.text.slice(part.start, part.end)));
  const loop = generators.length === 1 ? 'the loop' : `loop ${index + 1} of ${generators.length}`;
  const head = rich`${code(word)} of ${loop} of a comprehension · CPython ${analysis.target.version}`;
  switch (word) {
    case 'in': {
      if (index > 0)
        return [head, rich`${shown(generator.iter)} is evaluated anew for each item of the loop before`];
      const object = codeObjectIndex(analysis).ofScope(around);
      const where = object ? rich` in ${code(object.qualname)}` : '';
      return [head, rich`${shown(generator.iter)} is evaluated once${where}, before the comprehension runs`];
    }
    case 'if': {
      const condition = generator.ifs.find(({ start: at }) => at > start);
      return condition ? [head, rich`Items without ${shown(condition)} are skipped`] : undefined;
    }
    default:
      return [
        head,
        generator.is_async
          ? rich`Each item of ${shown(generator.iter)} is awaited`
          : rich`${shown(generator.target)} is bound in the comprehension alone`,
      ];
  }
}
