// Attributes looked up without running anything: inspect.getattr_static(), as a function of what namespaces hold.
// CPython: Lib/inspect.py, getattr_static(), _check_class().
import type { InspectDialect } from '../versions/inspectDialect.ts';

/** Objects, which are told apart by ===, and what they hold. Classes are objects, too. */
export interface AttributeLookup<Value> {
  /** `type(value)` */
  readonly typeOf: (value: Value) => Value;
  readonly isClass: (value: Value) => boolean;
  /** `cls.__mro__`, the class itself first. */
  readonly mro: (cls: Value) => readonly Value[];
  /** What the `__dict__` of an instance or class holds. */
  readonly own: (value: Value, name: string) => Value | undefined;
  /** The names in the `__dict__` of an instance or class. */
  readonly ownNames: (value: Value) => Iterable<string>;
  /** Whether a class has a `__dict__` of its own making, which getattr_static() does not trust. */
  readonly shadowsDict?: (cls: Value) => boolean;
}

/**
 * What an attribute is, with no descriptor asked: a data descriptor of the class first, then the instance's own, the
 * class's, and for classes their metaclass's. undefined where CPython raises AttributeError.
 */
export function getattrStatic<Value>(
  value: Value,
  name: string,
  lookup: AttributeLookup<Value>,
  dialect: InspectDialect,
): Value | undefined {
  const ofClass = (cls: Value, attribute: string): Value | undefined => {
    for (const base of lookup.mro(cls)) {
      if (lookup.shadowsDict?.(lookup.typeOf(base))) continue;
      const found = lookup.own(base, attribute);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const isClass = lookup.isClass(value);
  const cls = isClass ? value : lookup.typeOf(value);
  const ofInstance = isClass || lookup.shadowsDict?.(cls) ? undefined : lookup.own(value, name);
  const inClass = ofClass(cls, name);
  if (ofInstance !== undefined && inClass !== undefined) {
    const type = lookup.typeOf(inClass);
    const has = (attribute: string): boolean => ofClass(type, attribute) !== undefined;
    const writes = has('__set__') || (dialect.deleteMakesDataDescriptor && has('__delete__'));
    if (has('__get__') && writes) return inClass;
  }
  return ofInstance ?? inClass ?? (isClass ? ofClass(lookup.typeOf(value), name) : undefined);
}

/**
 * The members of an object by name, sorted: what `dir()` lists, each looked up statically.
 *
 * CPython: getmembers_static(), 3.11 and later
 */
export function getMembersStatic<Value>(
  value: Value,
  lookup: AttributeLookup<Value>,
  dialect: InspectDialect,
): (readonly [name: string, member: Value])[] {
  const names = new Set<string>();
  const namespaces = lookup.isClass(value) ? lookup.mro(value) : [value, ...lookup.mro(lookup.typeOf(value))];
  for (const namespace of namespaces) for (const name of lookup.ownNames(namespace)) names.add(name);
  return [...names].sort().flatMap(name => {
    const member = getattrStatic(value, name, lookup, dialect);
    return member === undefined ? [] : [[name, member] as const];
  });
}
