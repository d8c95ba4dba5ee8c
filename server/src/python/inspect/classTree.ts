// Classes as a tree of nested lists. CPython: Lib/inspect.py, getclasstree(), walktree().

/** Classes, which are told apart by ===. */
export interface ClassTreeLookup<Cls> {
  readonly bases: (cls: Cls) => readonly Cls[];
  readonly module: (cls: Cls) => string;
  readonly name: (cls: Cls) => string;
}

/** A class with its bases, or the list of what is derived from the class before it. */
export type ClassTree<Cls> = readonly (ClassTreeEntry<Cls> | ClassTree<Cls>)[];

export interface ClassTreeEntry<Cls> {
  readonly cls: Cls;
  readonly bases: readonly Cls[];
}

/**
 * The hierarchy of some classes. Bases that are not among them are roots.
 *
 * @param unique each class once, below the first of its bases that is among the classes
 */
export function getClassTree<Cls>(
  classes: readonly Cls[],
  lookup: ClassTreeLookup<Cls>,
  unique = false,
): ClassTree<Cls> {
  const children = new Map<Cls, Cls[]>();
  const roots: Cls[] = [];
  const given = new Set(classes);
  for (const cls of classes) {
    const bases = lookup.bases(cls);
    if (bases.length === 0 && !roots.includes(cls)) roots.push(cls);
    for (const base of bases) {
      const derived = children.get(base);
      if (!derived) children.set(base, [cls]);
      else if (!derived.includes(cls)) derived.push(cls);
      if (unique && given.has(base)) break;
    }
  }
  for (const base of children.keys()) if (!given.has(base)) roots.push(base);
  return walkTree(roots, children, lookup);
}

function walkTree<Cls>(
  classes: readonly Cls[],
  children: ReadonlyMap<Cls, readonly Cls[]>,
  lookup: ClassTreeLookup<Cls>,
): ClassTree<Cls> {
  const key = (cls: Cls): readonly [string, string] => [lookup.module(cls), lookup.name(cls)];
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = [...classes].sort((a, b) => order(key(a)[0], key(b)[0]) || order(key(a)[1], key(b)[1]));
  return sorted.flatMap((cls): (ClassTreeEntry<Cls> | ClassTree<Cls>)[] => {
    const entry = { cls, bases: lookup.bases(cls) };
    const derived = children.get(cls);
    return derived ? [entry, walkTree(derived, children, lookup)] : [entry];
  });
}
