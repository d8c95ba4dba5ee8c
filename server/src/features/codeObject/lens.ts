// Code lenses: above each def and class, and lambda if asked for, its notable flags and how many cell and free
// variables it has. No lens where there is nothing notable.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { CodeObject } from '../../python/code/codeObject.ts';
import type { Analysis } from '../../python/index.ts';
import { codeObjectIndex } from './codeObjectIndex.ts';
import { flagNames } from './flags.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { headerOf } from '../../python/locate/headers.ts';
import { plural } from './nameText.ts';

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
  /** `CO_GENERATOR | CO_NESTED · 1 cell · 2 free` */
  readonly title: string;
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
    const title = lensTitle(object, options);
    if (title === '') continue;
    const { start, end } = headerOf(node, analysis.text);
    lenses.push({ start, end, title: isLambda ? `lambda: ${title}` : title, key: codeObjects.key(object) });
  }
  return lenses;
}

function lensTitle(object: CodeObject, { showAllFlags }: LensOptions): string {
  const { cellvars, freevars } = object;
  const parts: string[] = [];
  const flags = flagNames(object, showAllFlags);
  // From 3.14 on nearly every class has this cell, for annotations that may want it.
  const commonplace = cellvars.length === 1 && cellvars[0] === '__classdict__' && freevars.length === 0;
  if (commonplace && flags.length === 0 && !showAllFlags) return '';
  if (flags.length > 0) parts.push(flags.join(' | '));
  if (cellvars.length > 0) parts.push(plural(cellvars.length, 'cell', 'cells'));
  if (freevars.length > 0) parts.push(`${freevars.length} free`);
  if (parts.length === 0 && showAllFlags) parts.push('no flags');
  return parts.join(' · ');
}
