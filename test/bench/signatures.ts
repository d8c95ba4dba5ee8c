// Signatures as the server shows them, beside what inspect says: for the benches of calls.
import type { SignatureInformation } from 'vscode-languageserver-protocol/node';

/** [name, kind, default, annotation]: see callSites.py */
type ParameterAnswer = readonly [string, number, string | true | null, string | null];
export type Answer =
  { readonly parameters: readonly ParameterAnswer[]; readonly text: string } | { readonly error: string };
/** Kind of each parameter, and its texts, as a signature's label shows them. */
function parametersOf({ label, parameters }: SignatureInformation): ParameterAnswer[] {
  const spans = (parameters ?? []).map(({ label }) => label as [number, number]);
  const texts = spans.map(([start, end]) => label.slice(start, end));
  const between = (i: number): string =>
    label.slice(spans[i]?.[1] ?? 0, spans[i + 1]?.[0] ?? label.length).replace(/^,/, '');
  let slash = -1;
  for (let i = 0; i < spans.length; i++) if (/^\s*\/\s*[,)]/.test(between(i))) slash = i;
  let keywordOnly = false;
  return texts.map((text, i) => {
    const stars = /^\**/.exec(text)![0].length;
    if (i > 0 && /^\s*(?:\/,\s*)?\*,/.test(between(i - 1))) keywordOnly = true;
    if (i === 0 && label.slice(0, spans[0][0]).endsWith('(*, ')) keywordOnly = true;
    const kind = stars === 2 ? 4 : stars === 1 ? 2 : keywordOnly ? 3 : i <= slash ? 0 : 1;
    if (stars === 1) keywordOnly = true;
    const [, name, annotation, value] = /^\**([^\s:=]+)(?:: ?(.*?))??(?: ?= ?(.*))?$/s.exec(text)!;
    return [name, kind, value ?? null, annotation ?? null];
  });
}

/** Whether what is shown is what inspect says: names, kinds, which have defaults; or all but some texts. */
export function compare(signature: SignatureInformation, answer: Answer): 'right' | 'texts differ' | 'wrong' {
  const said = documentationOf(signature);
  const isRefusal = signature.label.endsWith('(…)');
  if ('error' in answer) {
    // What its docstring says of the ways to call it is no signature either: nothing in it is a parameter.
    if (!isRefusal && signature.parameters?.length === 0) return 'right';
    if (!isRefusal) return 'wrong';
    return said.includes(plain(answer.error).replace(ADDRESS, '')) ? 'right' : 'texts differ';
  }
  if (isRefusal) return 'wrong';
  const ours = parametersOf(signature);
  if (ours.length !== answer.parameters.length) return 'wrong';
  let texts = true;
  for (const [i, [name, kind, value, annotation]] of answer.parameters.entries()) {
    const [ourName, ourKind, ourValue, ourAnnotation] = ours[i];
    if (name !== ourName || kind !== ourKind || (value === null) !== (ourValue === null)) return 'wrong';
    if (typeof value === 'string' && value !== ourValue) texts = false;
    if (unquoted(annotation) !== unquoted(ourAnnotation)) texts = false;
  }
  return texts ? 'right' : 'texts differ';
}

/** Annotations asked for as strings have no quotes. */
const unquoted = (annotation: string | null): string | undefined =>
  annotation?.replace(/^(['"])(.*)\1$/, '$2');

/** In the repr() of what is bound. */
const ADDRESS = / at 0x[0-9a-f]+/g;

function documentationOf({ documentation }: SignatureInformation): string {
  const text = typeof documentation === 'string' ? documentation : (documentation?.value ?? '');
  return plain(text).replace(ADDRESS, '');
}

/** Without the backslashes of Markdown. */
const plain = (text: string): string => text.replaceAll('\\', '');
