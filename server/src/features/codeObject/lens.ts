// Code lenses: above each def and class, and lambda if asked for, the flags that tell something and the names
// of its cell and free variables. No lens where there is nothing notable.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { CodeObject } from '../../python/code/codeObject.ts';
import type { Analysis } from '../../python/index.ts';
import { codeObjectIndex } from './codeObjectIndex.ts';
import { plain } from '../richText.ts';
import { lensFacts } from './flags.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { headerOf } from '../../python/locate/headers.ts';
import { sharedVariables } from '../../python/locate/names.ts';

export interface LensOptions {
  /** Lenses for lambdas, too. */
  readonly lambdas: boolean;
  /** All flags, and a lens for every def and class. */
  readonly showAllFlags: boolean;
}

export interface LensAt {
  /** The keyword and name that the lens belongs to, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** `CO_GENERATOR · cell: total · free: key, step` */
  readonly title: string;
  /** What a click does, and what the words of the title mean, line by line. */
  readonly tooltip: string;
  /** The key of the code object, for the command. */
  readonly key: string;
}

/** The lenses of a file, in the order of the source. */
export function codeLenses(analysis: Analysis, options: LensOptions): LensAt[] {
  const codeObjects = codeObjectIndex(analysis);
  const lenses: LensAt[] = [];
  for (const object of codeObjects.all) {
    const { node } = object;
    const isLambda = node.kind === NodeKind.Lambda;
    if (!isFunction(node) && node.kind !== NodeKind.ClassDef && !(isLambda && options.lambdas)) continue;
    // The hidden code objects of generic functions and annotations have a def as their node, too.
    if (analysis.codeObjectOf(node) !== object) continue;
    const text = lensText(analysis, object, options);
    if (!text) continue;
    const { start, end } = headerOf(node, analysis.text);
    const title = isLambda ? `lambda: ${text.title}` : text.title;
    lenses.push({ start, end, title, tooltip: text.tooltip, key: codeObjects.key(object) });
  }
  return lenses;
}

/** What a lens says: the flags that tell something, and the names of the variables that functions share. */
function lensText(
  analysis: Analysis,
  object: CodeObject,
  { showAllFlags }: LensOptions,
): Pick<LensAt, 'title' | 'tooltip'> | undefined {
  const flags = lensFacts(analysis, object, showAllFlags);
  const { cellvars, freevars } = showAllFlags ? object : sharedVariables(object);
  const parts: string[] = [];
  const tips = ['Show the code object'];
  if (flags.length > 0) parts.push(flags.map(({ name }) => name).join(' | '));
  for (const { name, cause } of flags) tips.push(`${name}: ${plain(cause)}`);
  if (cellvars.length > 0) {
    parts.push(`${cellvars.length === 1 ? 'cell' : 'cells'}: ${some(cellvars)}`);
    tips.push('cells: variables that functions inside capture');
  }
  if (freevars.length > 0) {
    parts.push(`free: ${some(freevars)}`);
    tips.push('free: variables of the functions around it');
  }
  if (parts.length === 0 && !showAllFlags) return undefined;
  return { title: parts.length === 0 ? 'no flags' : parts.join(' · '), tooltip: tips.join('\n') };
}

/** More names than these are counted. */
const NAMED = 4;

const some = (names: readonly string[]): string =>
  names.length <= NAMED + 1
    ? names.join(', ')
    : `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;
