// Hover: on a def, class, lambda or comprehension the facts of its code object, on a name where it lives and why, on a
// call which parameter gets what, on the interpreter's own attributes their values. Nothing that a type checker's
// hover says already.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { CodeObject } from '../../python/code/codeObject.ts';
import type { Analysis } from '../../python/index.ts';
import { BlockType, Scope } from '../../python/symtable/flags.ts';
import { codeObjectIndex } from '../codeObject/codeObjectIndex.ts';
import { flagFacts, isNotable } from '../codeObject/flags.ts';
import { type AnyComprehension, isComprehension, isFunction } from '../../python/ast/parts.ts';
import { headerIn } from '../../python/locate/headers.ts';
import { type Occurrence, mangledAttributeAt, occurrenceAt, wordAt } from '../../python/locate/occurrence.ts';
import { type Located, pathTo } from '../../python/locate/path.ts';
import type { Evaluator, SourceModule } from '../../resolve/values.ts';
import { attributeText, type AttributeText, importedConstant } from './attributeHover.ts';
import { callBlocks, callIn } from '../calls/callHover.ts';
import { code } from '../markdown.ts';
import { detailsOf } from '../codeObject/details.ts';
import { counts, nameLines } from '../codeObject/nameText.ts';

export interface HoverText {
  /** What the hover is about, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly markdown: string;
  /** The key of the code object that it is about, if it is about one. */
  readonly codeObjectKey?: string | undefined;
}

export interface HoverOptions {
  /** With everything that inspect could be asked of a function or class. */
  readonly details: boolean;
}

/** The hover at an offset; undefined where there is nothing to say. */
export function hover(
  evaluator: Evaluator,
  module: SourceModule,
  offset: number,
  { details }: HoverOptions = { details: false },
): HoverText | undefined {
  const { analysis } = module;
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
      markdown: blocks(paragraph(lines), ...(details ? detailBlocks(evaluator, module, path) : [])),
      codeObjectKey: object && codeObjectIndex(analysis).key(object),
    };
  }
  // At its end one is still at a name.
  const start = wordAt(analysis.text, offset)?.start ?? offset;
  return (
    hoverOnUse(evaluator, module, start === offset ? path : pathTo(analysis, start), start) ??
    (start === offset ? undefined : hoverOnUse(evaluator, module, path, offset))
  );
}

/** What there is to say of a name, attribute or call that begins or stands at an offset; `path` leads there. */
function hoverOnUse(
  evaluator: Evaluator,
  module: SourceModule,
  path: readonly Located[],
  offset: number,
): HoverText | undefined {
  const call = callIn(module, path, offset);
  const found = nameAt(evaluator, module, path, offset);
  const binding = call ? callBlocks(evaluator, call, found === undefined) : [];
  if (found)
    return { start: found.start, end: found.end, markdown: blocks(paragraph(found.lines), ...binding) };
  return call && binding.length > 0 ? { ...call.span, markdown: blocks(...binding) } : undefined;
}

const paragraph = (lines: readonly string[]): string => lines.join('  \n');

const blocks = (...parts: readonly string[]): string => parts.join('\n\n');

/** What inspect could be asked of the definition that a path ends at; suspension points as a list. */
function detailBlocks(evaluator: Evaluator, module: SourceModule, path: readonly Located[]): string[] {
  const { node, entry } = path[path.length - 1];
  if (!isFunction(node) && node.kind !== NodeKind.ClassDef && node.kind !== NodeKind.Lambda) return [];
  const rows = detailsOf(evaluator, module, node, entry);
  const points = rows.flatMap(({ place, text }) => (place ? [`1. line ${place.line}: ${text}`] : []));
  const others = rows.filter(({ place }) => !place);
  return [
    ...(others.length > 0 ? [paragraph(others.map(({ label, text }) => `${label}: ${text}`))] : []),
    ...(points.length > 0 ? [points.join('\n')] : []),
  ];
}

/** What there is to say of a name or attribute where it stands. */
function nameAt(
  evaluator: Evaluator,
  module: SourceModule,
  path: readonly Located[],
  offset: number,
): AttributeText | undefined {
  const { analysis } = module;
  const occurrence = occurrenceAt(analysis, offset);
  if (occurrence) {
    const { start, end } = occurrence;
    const [head, ...why] = nameLines(analysis, occurrence);
    const constant = importedConstant(analysis, occurrence);
    return { start, end, lines: [`${head} · CPython ${analysis.target.version}`, ...why, ...constant] };
  }
  const attribute = mangledAttributeAt(analysis, offset);
  if (attribute) {
    const { start, end, spelled, name } = attribute;
    return { start, end, lines: [`Private to its class: ${code(spelled)} is compiled as ${code(name)}`] };
  }
  return attributeText(evaluator, module, path, offset);
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
function inlinedLines(analysis: Analysis, node: AnyComprehension): string[] {
  const entry = analysis.symbolTable.block(node);
  const object = entry && codeObjectIndex(analysis).ofScope(entry);
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
