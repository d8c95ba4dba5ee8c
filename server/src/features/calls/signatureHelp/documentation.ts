// What the popup says below a signature and its parameters: what is wrong with the call as far as it is written, what it still needs, and the documentation.
import type { Parameter } from '../../../python/inspect/parameter.ts';
import type { Callable } from '../../../resolve/callable.ts';
import type { DocumentedParameter } from '../../../resolve/docstring/docstring.ts';
import {
  code,
  joined,
  paragraph,
  rich,
  type RichText,
  strong,
  text,
  type TextBlock,
  type TextSpan,
} from '../../richText.ts';
import type { Fit } from './activeParameter.ts';

/** Whether all that is known of a callable is what a stub says. */
export const isOfStub = ({ definition }: Callable): boolean => definition?.module.isStub ?? false;

/** What is said where callers alone tell what a parameter is. */
export const INFERRED =
  'Inferred from what calls in its module pass, or from the method that is overridden: others may pass something else.';

/** The paragraphs below a signature; none if there is nothing to say. */
export function documentationBlocks(
  callable: Callable,
  { error, missing }: Fit,
  summary: string,
): TextBlock[] {
  const paragraphs: RichText[] = [];
  if (isOfStub(callable))
    paragraphs.push(text('As its stub says: there is no source that tells what inspect finds.'));
  else if (error !== undefined) paragraphs.push(strong(error));
  else if (missing.length > 0) {
    paragraphs.push(rich`Still required: ${joined(missing.map(({ name }) => code(name)))}`);
  }
  if (callable.error !== undefined) paragraphs.push(rich`CPython: ${callable.error}`);
  if (callable.caveats.length > 0) {
    paragraphs.push(rich`As defined; ${joined(callable.caveats.map(code))} may change what a call takes.`);
  }
  if (callable.isInferred) paragraphs.push(text(INFERRED));
  return [...paragraphs.map(line => paragraph(line)), ...textBlocks(text(summary))];
}

/** What the docstring says about a parameter; the type only where the signature shows none. */
export function parameterBlocks({ annotation }: Parameter, documented: DocumentedParameter): TextBlock[] {
  const { type, text: said } = documented;
  const shown = annotation === undefined && type !== undefined ? code(type) : [];
  if (said === '') return shown.length === 0 ? [] : [paragraph(shown)];
  return textBlocks(shown.length === 0 ? text(said) : rich`${shown}: ${said}`);
}

/** Paragraphs of a text in which blank lines part them. */
function textBlocks(spans: RichText): TextBlock[] {
  const blocks: TextSpan[][] = [[]];
  for (const { kind, text: words } of spans) {
    words.split(/\n\s*\n/).forEach((part, i) => {
      if (i > 0) blocks.push([]);
      if (part !== '') blocks[blocks.length - 1].push({ kind, text: part });
    });
  }
  return blocks.filter(block => block.length > 0).map(block => paragraph(block));
}
