// What inspect could be asked of a function or class, in rows: predicates, signature, where the documentation comes
// from, closure variables, method resolution order, and for what can be suspended its states and suspension points.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { CodeObject } from '../../python/code/codeObject.ts';
import { hasClosureVars } from '../../python/inspect/closureVars.ts';
import { signatureText } from '../../python/inspect/signature.ts';
import {
  flagsAfterTypesCoroutine,
  type SuspensionPoint,
  stateNames,
  suspendableKind,
  suspensionPoints,
} from '../../python/inspect/suspension.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType } from '../../python/symtable/flags.ts';
import { callableOf } from '../../resolve/callable.ts';
import { mroOf } from '../../resolve/classes/mro.ts';
import { className, classModule, classQualname } from '../../resolve/classes/names.ts';
import { isFunction } from '../../python/ast/parts.ts';
import type { Span } from '../../python/locate/path.ts';
import type { Class, Evaluator, FunctionValue, SourceModule, Value } from '../../resolve/values.ts';
import { closureVariables } from '../../resolve/inspect/closure.ts';
import { type Definition, definedValue, wrappingOf } from '../../resolve/inspect/definitions.ts';
import { code, excerpt, joined, plain, rich, type RichText, text as words } from '../richText.ts';
import { documentationOf } from '../../resolve/inspect/documentation.ts';
import { predicates } from '../../resolve/inspect/predicates.ts';

/** A row. */
export interface Detail {
  readonly label: string;
  readonly text: RichText;
  /** The place, if it is a suspension point. */
  readonly place?: { readonly line: number; readonly source: Span };
}

/** What there is to tell of a def, class or lambda of a module, which is evaluated in the block `entry`. */
export function detailsOf(
  evaluator: Evaluator,
  module: SourceModule,
  node: Definition,
  entry: SymbolTableEntry,
): Detail[] {
  const value = definedValue(evaluator, node, { module, entry });
  return [
    ...(value ? valueDetails(evaluator, value) : []),
    ...(hasClosureVars(node) ? closureDetails(evaluator, module, node) : []),
    ...(node.kind === NodeKind.ClassDef ? [] : suspensionDetails(evaluator, module, node, value)),
  ];
}

/** What there is to tell of the object that a code object belongs to; nothing of modules and comprehensions. */
export function codeObjectDetails(
  evaluator: Evaluator,
  module: SourceModule,
  { node, scope }: CodeObject,
): Detail[] {
  if (!isFunction(node) && node.kind !== NodeKind.ClassDef && node.kind !== NodeKind.Lambda) return [];
  let entry = scope.parent;
  while (entry?.type === BlockType.TypeParameters) entry = entry.parent;
  return entry ? detailsOf(evaluator, module, node, entry) : [];
}

// ---- Values ------------------------------------------------------------------------------------------------------

function valueDetails(evaluator: Evaluator, value: Value): Detail[] {
  const details: Detail[] = [];
  const add = (label: string, text: RichText | undefined): void => {
    if (text && plain(text) !== '') details.push({ label, text });
  };
  add('predicates', listed(predicates(evaluator, value) ?? []));
  const callable = callableOf(evaluator, value);
  if (callable?.signature && callable.caveats.length === 0) {
    add('signature', code(signatureText(callable.signature).text));
  } else add('signature', callable?.error === undefined ? undefined : code(callable.error));
  add('documentation', documentationText(evaluator, value));
  if (value.type === 'class') {
    const { classes, complete } = mroOf(evaluator, value.class);
    if (complete) add('mro', listed(classes.map(shownClass)));
  }
  return details;
}

const listed = (names: readonly string[]): RichText => joined(names.map(code));

const shownClass = (cls: Class): string =>
  classModule(cls) === 'builtins' ? classQualname(cls) : className(cls);

function documentationText(evaluator: Evaluator, value: Value): RichText | undefined {
  const documentation = documentationOf(evaluator, value);
  if (!documentation) return undefined;
  const { text, inheritedFrom } = documentation;
  if (text === undefined) return words('none');
  const lines = text.split('\n').length;
  const size = lines === 1 ? '1 line' : `${lines} lines`;
  return inheritedFrom === undefined
    ? words(`its own, ${size}`)
    : rich`inherited from ${code(inheritedFrom)}, ${size}`;
}

// ---- Closure variables -------------------------------------------------------------------------------------------

function closureDetails(evaluator: Evaluator, module: SourceModule, node: FunctionValue['node']): Detail[] {
  const found = closureVariables(evaluator, module, node);
  if (!found) return [];
  return (['nonlocals', 'globals', 'builtins', 'unbound'] as const).flatMap(kind =>
    found[kind].length === 0 ? [] : [{ label: kind, text: listed(found[kind]) }],
  );
}

// ---- Suspension points -------------------------------------------------------------------------------------------

function suspensionDetails(
  evaluator: Evaluator,
  { analysis }: SourceModule,
  node: Exclude<Definition, { kind: NodeKind.ClassDef }>,
  value: Value | undefined,
): Detail[] {
  const flags = analysis.codeObjectOf(node)?.flags ?? 0;
  const kind = suspendableKind(flags);
  if (!kind) return [];
  const details: Detail[] = [];
  const states = stateNames(kind, analysis.target.dialect.inspect);
  const awaitable =
    value?.type === 'function' &&
    wrappingOf(evaluator, value) === 'coroutine' &&
    flagsAfterTypesCoroutine(flags) !== flags;
  const made = awaitable
    ? rich`${kind} that can be awaited: ${code('types.coroutine()')} sets ${code('CO_ITERABLE_COROUTINE')} at run time`
    : words(kind);
  details.push({ label: 'a call makes', text: made });
  if (states.length > 0) details.push({ label: 'states', text: listed(states) });
  suspensionPoints(analysis, node)?.forEach((point, i) => {
    const line = analysis.lines.lineno(point.node.start);
    details.push({
      label: String(i + 1),
      text: pointText(point, analysis.text),
      place: { line, source: point.node },
    });
  });
  return details;
}

function pointText({ kind, node, delegate, bound, maybeBound }: SuspensionPoint, text: string): RichText {
  const shown = (span: Span): RichText => code(excerpt(text.slice(span.start, span.end)));
  const what = kind === 'yield' || kind === 'yield from' || kind === 'await' ? shown(node) : code(kind);
  return joined(
    [
      what,
      ...(delegate ? [rich`delegates to ${shown(delegate)}`] : []),
      ...(bound.length > 0 ? [rich`bound: ${listed(bound)}`] : []),
      ...(maybeBound.length > 0 ? [rich`perhaps: ${listed(maybeBound)}`] : []),
    ],
    ' · ',
  );
}
