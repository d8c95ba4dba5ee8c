// What a class itself has under a name: what its body binds, what is set on it afterwards, and what decorators and
// metaclasses of the library make of it.
import type { Class, Evaluator, Value, Values } from '../values.ts';
import { generatedMember, overridingMember } from '../callables/generated.ts';
import { enumMember } from '../callables/models/enums.ts';
import { mroOf } from './mro.ts';
import { className } from './names.ts';

/** A member, and the class of the MRO that has it. */
export interface Found {
  readonly owner: Class;
  /** Descriptors as they are; more than one where the sources leave it open. */
  readonly values: Values;
}

/** Methods that a class makes static or class methods of if they are plain functions. CPython: type_new_impl(). */
const IMPLICIT = new Map<string, 'staticmethod' | 'classmethod'>([
  ['__new__', 'staticmethod'],
  ['__init_subclass__', 'classmethod'],
  ['__class_getitem__', 'classmethod'],
]);

/** `cls.__dict__[name]`; empty where the class itself has none. */
export function ownMember(evaluator: Evaluator, cls: Class, name: string): Values {
  const values = withGenerated(evaluator, cls, name, evaluator.ownMember(cls, name));
  const descriptor = IMPLICIT.get(name);
  if (!descriptor || cls.kind === 'class') return values;
  return values.map((value): Value =>
    value.type === 'function' || value.type === 'overloaded'
      ? { type: 'descriptor', descriptor, function: value }
      : value,
  );
}

function withGenerated(evaluator: Evaluator, cls: Class, name: string, written: Values): Values {
  const own = cls.kind === 'source' ? enumMember(evaluator, cls, name, written) : written;
  if (own.length > 0) {
    const instead = overridingMember(evaluator, cls, name);
    return instead ? [instead] : own;
  }
  const generated = generatedMember(evaluator, cls, name);
  return generated.length > 0 ? generated : fromLibrary(evaluator, cls, name);
}

/** What the sources of the standard library leave open CPython's answers may tell: what is set on a class by setattr(). */
function fromLibrary(evaluator: Evaluator, cls: Class, name: string): Values {
  const module =
    cls.kind === 'source' ? cls.module : cls.kind === 'synthetic' ? cls.definition?.module : undefined;
  if (!module || !evaluator.isLibrary(module)) return [];
  const bundled = evaluator.modules.bundled.classNamed(className(cls));
  return bundled ? evaluator.ownMember(bundled, name) : [];
}

/** Looks a name up along an MRO; undefined if nobody has it, 'unknown' if that cannot be told. CPython: _PyType_Lookup(). */
export function lookup(
  evaluator: Evaluator,
  cls: Class,
  name: string,
  after?: Class,
): Found | 'unknown' | undefined {
  const { classes, complete } = mroOf(evaluator, cls);
  const start = after ? classes.indexOf(after) + 1 : 0;
  if (after && start === 0) return 'unknown';
  for (let i = start; i < classes.length; i++) {
    const values = ownMember(evaluator, classes[i], name);
    if (values.length > 0) return { owner: classes[i], values };
    const owner = classes[i];
    const below = i > 0 && owner.kind === 'source' ? evaluator.subclassMember(owner, name) : [];
    if (below.length > 0) return { owner, values: below };
  }
  return complete ? undefined : 'unknown';
}
