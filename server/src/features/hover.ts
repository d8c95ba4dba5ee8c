// Hover: on a def, class, lambda or comprehension the facts of its code object, on a name where it lives and why.
// Nothing that a type checker's hover says already.
import { NodeKind } from '../python/ast/kinds.ts';
import type { CodeObject } from '../python/code/codeObject.ts';
import type { Analysis } from '../python/index.ts';
import { BlockType, Scope } from '../python/symtable/flags.ts';
import { codeObjectsOf } from './codeObjects.ts';
import { flagFacts, isNotable } from './flags.ts';
import { type Comprehensible, headerIn, isComprehension, pathTo } from '../resolve/nodes.ts';
import { mangledAttributeAt, type Occurrence, occurrenceAt } from '../resolve/names.ts';
import { code, counts, nameLines } from './nameText.ts';

export interface HoverText {
  /** What the hover is about, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly markdown: string;
  /** The key of the code object that it is about, if it is about one. */
  readonly codeObjectKey?: string | undefined;
}

/** The hover at an offset; undefined where there is nothing to say. */
export function hover(analysis: Analysis, offset: number): HoverText | undefined {
  const path = pathTo(analysis, offset);
  const header = headerIn(path, analysis.text, offset);
  if (header) {
    const { node, span } = header;
    const object = analysis.codeObjectOf(node);
    const lines = object
      ? codeObjectLines(analysis, object)
      : isComprehension(node)
        ? inlinedLines(analysis, node)
        : [];
    const occurrence = occurrenceAt(analysis, span.end);
    if (occurrence?.node === node && hasStory(occurrence)) lines.push(...nameLines(analysis, occurrence));
    if (lines.length === 0) return undefined;
    return {
      ...span,
      markdown: lines.join('  \n'),
      codeObjectKey: object && codeObjectsOf(analysis).key(object),
    };
  }
  const occurrence = occurrenceAt(analysis, offset);
  if (occurrence) {
    const { start, end } = occurrence;
    const [head, ...why] = nameLines(analysis, occurrence);
    return { start, end, markdown: [`${head} · CPython ${analysis.target.version}`, ...why].join('  \n') };
  }
  const attribute = mangledAttributeAt(analysis, offset);
  if (!attribute) return undefined;
  const { start, end, spelled, name } = attribute;
  return { start, end, markdown: `Private to its class: ${code(spelled)} is compiled as ${code(name)}` };
}

/** Three lines: which code object for which target, its notable flags and why, its counts. */
function codeObjectLines(analysis: Analysis, object: CodeObject): string[] {
  const flags = flagFacts(analysis, object).filter(({ bit }) => isNotable(bit));
  return [
    `${code(`<code object ${object.qualname}>`)} · CPython ${analysis.target.version}`,
    ...(flags.length > 0 ? [flags.map(({ name, cause }) => `${code(name)} ${cause}`).join(' · ')] : []),
    counts(object).join(' · '),
  ];
}

/** A comprehension without a code object of its own. */
function inlinedLines(analysis: Analysis, node: Comprehensible): string[] {
  const entry = analysis.symbolTable.block(node);
  const object = entry && codeObjectsOf(analysis).ofScope(entry);
  if (!entry?.inlined || !object) return [];
  const what = node.kind === NodeKind.ListComp ? 'list' : node.kind === NodeKind.SetComp ? 'set' : 'dict';
  return [
    `${what} comprehension, inlined into ${code(object.qualname)} (PEP 709): no code object of its own · CPython ${analysis.target.version}`,
  ];
}

/** Whether the name of a def or class is more than an ordinary name in its module or class. */
function hasStory({ entry, name, spelled }: Occurrence): boolean {
  if (name !== spelled) return true;
  const ordinary = entry.type === BlockType.Module || entry.type === BlockType.Class;
  return !ordinary || entry.scope(name) !== Scope.LOCAL;
}
