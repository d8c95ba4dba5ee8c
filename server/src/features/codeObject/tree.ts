// The code objects of a file as an outline: what each is, and what there is to notice of it.
import { NodeKind } from '../../python/ast/kinds.ts';
import { isComprehension, isFunction } from '../../python/ast/parts.ts';
import type { CodeObject } from '../../python/code/codeObject.ts';
import type { Analysis } from '../../python/index.ts';
import { sharedVariables } from '../../python/locate/names.ts';
import { codeObjectIndex } from './codeObjectIndex.ts';
import { flagNames } from './flags.ts';

/** A file of more code objects is shown up to there. */
const MOST = 5000;

export type CodeObjectKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension' | 'annotations';

export interface TreeItem {
  readonly code: CodeObject;
  /** See `CodeObjectIndex.key`. */
  readonly key: string;
  /** The index of the item that has this one among its constants; undefined for the module. */
  readonly parent: number | undefined;
  readonly kind: CodeObjectKind;
  /** Notable flags: `CO_GENERATOR`. */
  readonly flags: readonly string[];
  /** See `sharedVariables`: what lenses show. */
  readonly cellvars: readonly string[];
  readonly freevars: readonly string[];
}

/** The code objects of a file, parents before their children, children in the order of the source. */
export function codeObjectTree(analysis: Analysis): TreeItem[] {
  const codeObjects = codeObjectIndex(analysis);
  const indices = new Map<CodeObject, number>();
  const items: TreeItem[] = [];
  for (const code of codeObjects.all) {
    const parent = codeObjects.parent(code);
    const at = parent && indices.get(parent);
    if (items.length === MOST || (parent && at === undefined)) continue;
    indices.set(code, items.length);
    const isOwn = analysis.codeObjectOf(code.node) === code;
    items.push({
      code,
      key: codeObjects.key(code),
      parent: at,
      kind: parent ? (isOwn ? kindOf(code) : 'annotations') : 'module',
      flags: flagNames(code, false),
      ...sharedVariables(code),
    });
  }
  return items;
}

function kindOf({ node }: CodeObject): CodeObjectKind {
  if (isFunction(node)) return 'function';
  if (node.kind === NodeKind.ClassDef) return 'class';
  if (node.kind === NodeKind.Lambda) return 'lambda';
  return isComprehension(node) ? 'comprehension' : 'annotations';
}
