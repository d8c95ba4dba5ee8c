// One parameter of a callable, as inspect.Parameter has it, but with texts where inspect has objects: a default or
// an annotation is known as the text that inspect would show. CPython: Lib/inspect.py, class Parameter.

/** `inspect._ParameterKind`, in its order. */
export enum ParameterKind {
  POSITIONAL_ONLY,
  POSITIONAL_OR_KEYWORD,
  VAR_POSITIONAL,
  KEYWORD_ONLY,
  VAR_KEYWORD,
}

export interface Parameter {
  /** As in co_varnames: mangled in a class body. */
  readonly name: string;
  readonly kind: ParameterKind;
  /** What `repr()` gives where the default is a literal, else its source; undefined without a default. */
  readonly default?: string;
  /** undefined without an annotation. */
  readonly annotation?: string;
  /** Where the parameter stands in the source, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/** The text of a parameter in a signature: `a`, `a=1`, `a: int = 1`, `*args`, `**kwargs`. CPython: Parameter.__str__(). */
export function parameterText(parameter: Parameter): string {
  const { name, kind, annotation } = parameter;
  let text = name;
  if (annotation !== undefined) text += `: ${annotation}`;
  if (parameter.default !== undefined) {
    text += annotation !== undefined ? ` = ${parameter.default}` : `=${parameter.default}`;
  }
  if (kind === ParameterKind.VAR_POSITIONAL) return `*${text}`;
  if (kind === ParameterKind.VAR_KEYWORD) return `**${text}`;
  return text;
}
