// One parameter of a callable, as inspect.Parameter has it, but with texts where inspect has objects: a default or
// an annotation is known as the text that inspect would show. CPython: Lib/inspect.py, class Parameter.
import { invalidIdentifierOffset } from '../text/identifiers.ts';
import type { Dialect } from '../versions/dialect.ts';
import { Messages } from './messages.ts';

/** `inspect._ParameterKind`, in its order. */
export enum ParameterKind {
  POSITIONAL_ONLY,
  POSITIONAL_OR_KEYWORD,
  VAR_POSITIONAL,
  KEYWORD_ONLY,
  VAR_KEYWORD,
}

/** `_ParameterKind.description` */
export const KIND_DESCRIPTIONS: Readonly<Record<ParameterKind, string>> = {
  [ParameterKind.POSITIONAL_ONLY]: 'positional-only',
  [ParameterKind.POSITIONAL_OR_KEYWORD]: 'positional or keyword',
  [ParameterKind.VAR_POSITIONAL]: 'variadic positional',
  [ParameterKind.KEYWORD_ONLY]: 'keyword-only',
  [ParameterKind.VAR_KEYWORD]: 'variadic keyword',
};

export interface Parameter {
  /** As in co_varnames: mangled in a class body. */
  readonly name: string;
  readonly kind: ParameterKind;
  /** What `repr()` gives where the default is a literal, else its source; undefined without a default. */
  readonly default?: string;
  /** What formatannotation() gives; undefined without an annotation. */
  readonly annotation?: string;
  /** The annotation itself where it is a str: `annotation` without the quotes. */
  readonly stringAnnotation?: string;
  /** Where the parameter stands in the source, UTF-16 offsets; undefined if it has no source. */
  readonly start?: number;
  readonly end?: number;
}

/** What inspect refuses: the message of its ValueError. */
export interface InvalidSignature {
  readonly valueError: string;
}

/** keyword.kwlist, which has been the same since 3.7, but for 3.9's `__peg_parser__`. */
const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/**
 * A parameter with what its constructor checks and changes: `.0`, the parameter of a comprehension, becomes the
 * positional-only `implicit0`.
 *
 * CPython: Parameter.__init__()
 */
export function makeParameter(
  parameter: Parameter,
  { inspect, tokenizer }: Pick<Dialect, 'inspect' | 'tokenizer'>,
): Parameter | InvalidSignature {
  const { kind, name } = parameter;
  const description = KIND_DESCRIPTIONS[kind];
  const variadic = kind === ParameterKind.VAR_POSITIONAL || kind === ParameterKind.VAR_KEYWORD;
  if (variadic && parameter.default !== undefined) {
    return { valueError: Messages.defaultNotAllowed(description) };
  }
  if (/^\.\d+$/.test(name)) {
    if (kind !== ParameterKind.POSITIONAL_OR_KEYWORD)
      return { valueError: Messages.implicitKind(description) };
    return { ...parameter, name: `implicit${name.slice(1)}`, kind: ParameterKind.POSITIONAL_ONLY };
  }
  if (inspect.showsHiddenFormat && name === '.format') return { ...parameter, name: 'format' };
  const reserved =
    inspect.refusesKeywordNames && kind !== ParameterKind.POSITIONAL_ONLY && KEYWORDS.has(name);
  if (reserved || name === '' || invalidIdentifierOffset(name, tokenizer.unicode) >= 0) {
    return { valueError: Messages.invalidName(name) };
  }
  return parameter;
}

/** A copy with other fields, checked. CPython: Parameter.replace(). */
export const replaceParameter = (
  parameter: Parameter,
  changes: Partial<Parameter>,
  dialect: Pick<Dialect, 'inspect' | 'tokenizer'>,
): Parameter | InvalidSignature => makeParameter({ ...parameter, ...changes }, dialect);

/**
 * The text of a parameter in a signature: `a`, `a=1`, `a: int = 1`, `*args`, `**kwargs`.
 *
 * CPython: Parameter._format()
 *
 * @param quoteStrings whether annotations that are strings stand in quotes
 */
export function parameterText(parameter: Parameter, quoteStrings = true): string {
  const { name, kind } = parameter;
  const annotation = shownAnnotation(parameter.annotation, parameter.stringAnnotation, quoteStrings);
  let text = name;
  if (annotation !== undefined) text += `: ${annotation}`;
  if (parameter.default !== undefined) {
    text += annotation !== undefined ? ` = ${parameter.default}` : `=${parameter.default}`;
  }
  if (kind === ParameterKind.VAR_POSITIONAL) return `*${text}`;
  if (kind === ParameterKind.VAR_KEYWORD) return `**${text}`;
  return text;
}

/** An annotation as a signature shows it; `string` is what it holds if it is a str. */
export const shownAnnotation = (
  annotation: string | undefined,
  string: string | undefined,
  quoteStrings: boolean,
): string | undefined => (quoteStrings ? annotation : (string ?? annotation));
