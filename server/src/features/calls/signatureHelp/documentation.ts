// What the popup says below a signature and its parameters, as Markdown in which no text of the program's means
// anything: what is wrong with the call as far as it is written, what it still needs, and the documentation.
import type { Parameter } from '../../../python/inspect/parameter.ts';
import type { Callable } from '../../../resolve/callable.ts';
import type { DocumentedParameter } from '../docstring/docstring.ts';
import { code } from '../../markdown.ts';
import type { Fit } from './activeParameter.ts';

/** The paragraphs below a signature; empty if there is nothing to say. */
export function documentationText(callable: Callable, { error, missing }: Fit, summary: string): string {
  const paragraphs: string[] = [];
  if (error !== undefined) paragraphs.push(`**${escaped(error)}**`);
  else if (missing.length > 0) {
    paragraphs.push(`Still required: ${missing.map(({ name }) => code(name)).join(', ')}`);
  }
  if (callable.error !== undefined) paragraphs.push(`CPython: ${escaped(callable.error)}`);
  if (callable.caveats.length > 0) {
    const what = callable.caveats.map(caveat => code(caveat)).join(', ');
    paragraphs.push(`As defined; ${what} may change what a call takes.`);
  }
  if (summary !== '') paragraphs.push(escaped(summary));
  return paragraphs.join('\n\n');
}

/** What the docstring says about a parameter; the type only where the signature shows none. */
export function parameterText({ annotation }: Parameter, { type, text }: DocumentedParameter): string {
  const parts = annotation === undefined && type !== undefined ? [code(type)] : [];
  if (text !== '') parts.push(escaped(text));
  return parts.join(': ');
}

/** A text as Markdown that shows it: blank lines part paragraphs, other line breaks are blanks. */
function escaped(text: string): string {
  return text
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/[\\`*_[\]<>|~&$#]/g, '\\$&')
    .replace(/^(\d*)([-+=.)])/gm, '$1\\$2');
}
