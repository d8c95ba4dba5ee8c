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
import { keywordText } from './keywordHover.ts';
import { code, joined, paragraph, rich, type RichText, text, type TextBlock } from '../richText.ts';
import { detailsOf } from '../codeObject/details.ts';
import { counts, nameLines } from '../codeObject/nameText.ts';

export interface HoverText {
  /** What the hover is about, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly blocks: readonly TextBlock[];
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
      blocks: [paragraph(...lines), ...(details ? detailBlocks(evaluator, module, path) : [])],
      codeObjectKey: object && codeObjectIndex(analysis).key(object),
    };
  }
  const keyword = keywordText(analysis, path, offset);
  if (keyword) return { start: keyword.start, end: keyword.end, blocks: [paragraph(...keyword.lines)] };
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
  if (found) return { start: found.start, end: found.end, blocks: [paragraph(...found.lines), ...binding] };
  return call && binding.length > 0 ? { ...call.span, blocks: binding } : undefined;
}

/** What inspect could be asked of the definition that a path ends at; suspension points as a list. */
function detailBlocks(evaluator: Evaluator, module: SourceModule, path: readonly Located[]): TextBlock[] {
  const { node, entry } = path[path.length - 1];
  if (!isFunction(node) && node.kind !== NodeKind.ClassDef && node.kind !== NodeKind.Lambda) return [];
  const rows = detailsOf(evaluator, module, node, entry);
  const points = rows.flatMap(({ place, text: what }) => (place ? [rich`line ${place.line}: ${what}`] : []));
  const others = rows.filter(({ place }) => !place);
  return [
    ...(others.length > 0
      ? [paragraph(...others.map(({ label, text: what }) => rich`${label}: ${what}`))]
      : []),
    ...(points.length > 0 ? [{ type: 'list', items: points } as const] : []),
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
    return { start, end, lines: [rich`${head} · CPython ${analysis.target.version}`, ...why, ...constant] };
  }
  const attribute = mangledAttributeAt(analysis, offset);
  if (attribute) {
    const { start, end, spelled, name } = attribute;
    return { start, end, lines: [rich`Private to its class: ${code(spelled)} is compiled as ${code(name)}`] };
  }
  return attributeText(evaluator, module, path, offset);
}

/** Three lines: which code object for which target, its notable flags and why, its counts. */
function codeObjectLines(analysis: Analysis, object: CodeObject): RichText[] {
  const flags = flagFacts(analysis, object).filter(({ bit }) => isNotable(bit));
  return [
    rich`${code(`<code object ${object.qualname}>`)} · CPython ${analysis.target.version}`,
    ...(flags.length > 0
      ? [
          joined(
            flags.map(({ name, cause }) => rich`${code(name)} ${cause}`),
            ' · ',
          ),
        ]
      : []),
    text(counts(object).join(' · ')),
  ];
}

/** A comprehension without a code object of its own. */
function inlinedLines(analysis: Analysis, node: AnyComprehension): RichText[] {
  const entry = analysis.symbolTable.block(node);
  const object = entry && codeObjectIndex(analysis).ofScope(entry);
  if (!entry?.inlined || !object) return [];
  const what = node.kind === NodeKind.ListComp ? 'list' : node.kind === NodeKind.SetComp ? 'set' : 'dict';
  return [
    rich`${what} comprehension, inlined into ${code(object.qualname)} (PEP 709): no code object of its own · CPython ${analysis.target.version}`,
  ];
}

/** Whether the name of a def or class is more than an ordinary name in its module or class. */
function hasStory({ entry, name, spelled }: Occurrence): boolean {
  if (name !== spelled) return true;
  const ordinary = entry.type === BlockType.Module || entry.type === BlockType.Class;
  return !ordinary || entry.scope(name) !== Scope.LOCAL;
}
