// How classes hang together and what wraps what, as inspect tells it: getclasstree(), the chain that unwrap() goes
// along, and why a class has no method resolution order. Plain data for `colens inspect --json`.
import { getClassTree, type ClassTree } from '../../python/inspect/classTree.ts';
import { isNone } from '../callables/changedFunction.ts';
import { changesOf } from '../callables/changes.ts';
import { basesOf, mroOf } from '../classes/mro.ts';
import { className, classModule, functionQualname, fullName } from '../classes/names.ts';
import type { Class, Evaluator, FunctionValue, SourceModule, Value } from '../values.ts';

/** A class with its bases, or the list of what is derived from the class before it. */
export type ClassTreeFacts = readonly (
  ClassTreeFacts | { readonly class: string; readonly bases: readonly string[] }
)[];

export interface Wrapper {
  /** Of the def itself: update_wrapper() gives a wrapper the name of what it wraps. */
  readonly qualname: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/** At most so many wrappers are followed; real code has a handful. */
const MOST_WRAPPERS = 100;

/** `getclasstree(cls.__mro__)`; undefined where its MRO, or the bases of one of its classes, are not known. */
export function classTreeOf(evaluator: Evaluator, cls: Class): ClassTreeFacts | undefined {
  const { classes, complete } = mroOf(evaluator, cls);
  return complete ? treeOf(evaluator, classes) : undefined;
}

/** `getclasstree()` of the classes that a module's statements define in its namespace, in the order of their names. */
export function moduleClassTree(evaluator: Evaluator, module: SourceModule): ClassTreeFacts | undefined {
  const found = new Set<Class>();
  for (const name of [...module.analysis.symbolTable.top.symbols.keys()].sort()) {
    const [value, another] = evaluator.moduleMember(module, name);
    if (value?.type !== 'class' || value.class.kind !== 'source' || value.class.module !== module) continue;
    // A class that CPython refuses to make ends the import.
    if (another || mroOf(evaluator, value.class).typeError !== undefined) return undefined;
    found.add(value.class);
  }
  return found.size === 0 ? undefined : treeOf(evaluator, [...found]);
}

function treeOf(evaluator: Evaluator, classes: readonly Class[]): ClassTreeFacts | undefined {
  const bases = new Map<Class, readonly Class[]>();
  for (const cls of classes) {
    const own = knownBases(evaluator, cls);
    if (!own) return undefined;
    bases.set(cls, own);
    // What a tree begins with may be none of the classes.
    for (const base of own) if (!bases.has(base)) bases.set(base, knownBases(evaluator, base) ?? []);
  }
  if ([...bases.keys()].some(cls => !knownBases(evaluator, cls))) return undefined;
  const tree = getClassTree(classes, {
    bases: cls => bases.get(cls) ?? [],
    module: classModule,
    name: cls => cls.name,
  });
  return named(tree);
}

const named = (tree: ClassTree<Class>): ClassTreeFacts =>
  tree.map(part =>
    'cls' in part ? { class: className(part.cls), bases: part.bases.map(className) } : named(part),
  );

/** `__bases__`; of a class in C as its MRO tells it, where that leaves but one. */
function knownBases(evaluator: Evaluator, cls: Class): readonly Class[] | undefined {
  if (cls.kind !== 'class') {
    const bases = basesOf(evaluator, cls);
    return bases.complete ? bases.classes : undefined;
  }
  const { classes, complete } = mroOf(evaluator, cls);
  if (!complete) return undefined;
  const [, base, ...rest] = classes;
  if (base === undefined) return [];
  const inherited = mroOf(evaluator, base).classes.slice(1);
  const isOnly = inherited.length === rest.length && inherited.every((other, i) => other === rest[i]);
  return isOnly ? [base] : undefined;
}

/** The chain of `__wrapped__`, the object itself first; undefined where it wraps nothing, or a part is not known. */
export function wrappers(evaluator: Evaluator, value: Value): readonly Wrapper[] | undefined {
  const chain: Wrapper[] = [];
  for (let current: Value | undefined = value; current && chain.length < MOST_WRAPPERS;) {
    if (current.type === 'method') current = current.function;
    chain.push(wrapperOf(current));
    if (current.type !== 'function') break;
    const next = wrappedBy(evaluator, current);
    if (next === 'unknown') return undefined;
    current = next;
  }
  return chain.length > 1 ? chain : undefined;
}

function wrapperOf(value: Value): Wrapper {
  if (value.type !== 'function') return { qualname: fullName(value) ?? value.type };
  const { module, node } = value;
  return {
    qualname: functionQualname(value),
    file: module.path,
    line: module.analysis.lines.lineno(node.start),
  };
}

function wrappedBy(evaluator: Evaluator, value: FunctionValue): Value | 'unknown' | undefined {
  const change = changesOf(evaluator, value).get('__wrapped__');
  if (!change) return value.attributes?.wrapped;
  if (change.type === 'deleted') return undefined;
  if (change.type === 'unknown' || isNone(change.value)) return 'unknown';
  const [only, another] = evaluator.evaluate(change.value, { ...change.scope, offset: change.value.start });
  return only && !another ? only : 'unknown';
}
