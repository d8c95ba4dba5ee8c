// Texts for people, made of spans of a kind: code, plain words, words that stand out. Whatever comes from a source goes
// into them as it is; the marks of Markdown, and what keeps a source from meaning something in it, are added where the
// text leaves for an editor (lsp/markdown.ts), and never taken away again.

/** `code`: a piece of a program. `text`: words. `strong`: words that stand out. */
export type SpanKind = 'text' | 'code' | 'strong';

export interface TextSpan {
  readonly kind: SpanKind;
  readonly text: string;
}

/** One line. */
export type RichText = readonly TextSpan[];

/** What stands below each other, with space between. */
export type TextBlock =
  | { readonly type: 'paragraph'; readonly lines: readonly RichText[] }
  | {
      readonly type: 'table';
      readonly head: readonly RichText[];
      readonly rows: readonly (readonly RichText[])[];
    }
  | { readonly type: 'list'; readonly items: readonly RichText[] };

export const code = (text: string): RichText => [{ kind: 'code', text }];
export const text = (words: string): RichText => [{ kind: 'text', text: words }];
export const strong = (words: string): RichText => [{ kind: 'strong', text: words }];

export const paragraph = (...lines: readonly RichText[]): TextBlock => ({ type: 'paragraph', lines });

/** A template of words: strings and numbers in it are words too, and spans keep their kind. */
export function rich(words: readonly string[], ...values: readonly (RichText | string | number)[]): RichText {
  const spans: TextSpan[] = [];
  words.forEach((word, i) => {
    if (word !== '') spans.push({ kind: 'text', text: word });
    if (i >= values.length) return;
    const value = values[i];
    if (typeof value === 'object') spans.push(...value);
    else if (value !== '') spans.push({ kind: 'text', text: String(value) });
  });
  return spans;
}

/** Our own words, in which backticks mark code. Never for anything from a source. */
export const marked = (words: string): RichText =>
  words
    .split('`')
    .map((part, i): TextSpan => ({ kind: i % 2 === 0 ? 'text' : 'code', text: part }))
    .filter(span => span.text !== '');

/** Texts with a separator between them. */
export const joined = (parts: readonly RichText[], separator = ', '): RichText =>
  parts.flatMap((part, i) => (i === 0 ? part : [...text(separator), ...part]));

/** The bare text of spans, for places that show no marks. */
export const plain = (spans: RichText): string => spans.map(span => span.text).join('');

/** Source text on one line, cut off where it gets long. */
export function excerpt(source: string, most = 48): string {
  const flat = source.replace(/\s*[\r\n]+\s*/g, ' ');
  if (flat.length <= most) return flat;
  const cut = flat.slice(0, most - 1);
  // Half of a surrogate pair is no character.
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
