// What a docstring says, for people: its first paragraph, and what it has to say about each parameter, in whichever of
// the usual styles it is written. A docstring is text: nothing here is more than a reading of it.
import { returnedSection, sectionParameters } from './sections.ts';
import { fieldParameters, returnedField } from './fields.ts';

/** What a docstring says about a parameter: texts, not Markdown. */
export interface DocumentedParameter {
  /** The type as the docstring has it. */
  readonly type: string | undefined;
  readonly text: string;
}

export interface Documentation {
  /** The first paragraph. */
  readonly summary: string;
  /** By name, without stars. */
  readonly parameters: ReadonlyMap<string, DocumentedParameter>;
  /** The type of what is returned, as the docstring has it. */
  readonly returns: string | undefined;
}

/** Longer docstrings are books: only their beginning is looked at. */
const MOST_TEXT = 50_000;
const MOST_LINE = 500;

/** Where the fields of a docstring begin. */
const FIELD =
  /^\s*[:@](?:param|parameter|arg|argument|key|keyword|kwarg|type|r?type|returns?|raises?|yields?)\b/;

/** Reads a docstring that inspect.cleandoc() has cleaned. */
export function readDocstring(doc: string): Documentation {
  const lines = doc
    .slice(0, MOST_TEXT)
    .split('\n')
    .map(line => line.slice(0, MOST_LINE));
  const end = lines.findIndex(line => line.trim() === '');
  const parameters = new Map<string, DocumentedParameter>();
  const add = (names: string, type: string | undefined, text: string): void => {
    for (const part of names.split(',')) {
      const name = part.trim().replace(/^\\?\*{1,2}|^\\\*\\\*/, '');
      if (name !== '' && !parameters.has(name)) parameters.set(name, { type, text });
    }
  };
  sectionParameters(lines, add);
  fieldParameters(lines, add);
  const first = lines.slice(0, end < 0 ? lines.length : end);
  const field = first.findIndex(line => FIELD.test(line));
  const summary = (field < 0 ? first : first.slice(0, field)).join('\n').trim();
  return { summary, parameters, returns: returnedField(lines) ?? returnedSection(lines) };
}
