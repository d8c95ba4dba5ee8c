// `value.name`, as getattr() finds it: on modules, classes, instances, functions and super().
// CPython: Objects/typeobject.c, type_getattro(), super_getattro(); Objects/object.c, _PyObject_GenericGetAttrWithDict().
import type {
  ClassValue,
  Evaluator,
  InstanceValue,
  EvaluationScope,
  SuperValue,
  Value,
  Values,
} from '../values.ts';
import { enumAttribute, enumValue } from '../callables/models/enums.ts';
import { bindMember, isDataDescriptor } from './bind.ts';
import { type Found, lookup } from './members.ts';
import { metaclassOf, mroOf } from './mro.ts';

/** What an attribute is; empty where nothing is known of it. */
export function attributeOf(
  evaluator: Evaluator,
  value: Value,
  name: string,
  scope: EvaluationScope,
): Values {
  switch (value.type) {
    case 'module':
      return name === '__class__'
        ? classNamed(evaluator, 'builtins.module')
        : evaluator.moduleMember(value.module, name);
    case 'class':
      return classAttribute(evaluator, value, name, scope);
    case 'instance':
      return instanceAttribute(evaluator, value, name, scope);
    case 'super':
      return superAttribute(evaluator, value, name, scope);
    case 'typevar':
      return value.bound.flatMap(bound => attributeOf(evaluator, bound, name, scope));
    case 'overloaded':
      return value.implementation ? attributeOf(evaluator, value.implementation, name, scope) : [];
    case 'method':
      if (name === '__class__') return classNamed(evaluator, 'builtins.method');
      if (name === '__func__') return [value.function];
      if (name === '__self__') return [value.self];
      return attributeOf(evaluator, value.function, name, scope);
    case 'function': {
      const { attributes } = value;
      if (name === '__wrapped__') return attributes?.wrapped ? [attributes.wrapped] : [];
      const member = attributes?.members?.get(name);
      return member ? [member] : ofType(evaluator, attributes?.type ?? 'builtins.function', name, scope);
    }
    case 'builtin':
      return ofType(evaluator, value.function.type, name, scope);
    case 'partial':
      if (name === 'func') return [value.function];
      return ofType(evaluator, 'functools.partial', name, scope);
    case 'descriptor':
      if (name === '__func__' || name === '__wrapped__' || name === 'fget' || name === 'func')
        return [value.function];
      return ofType(
        evaluator,
        value.descriptor === 'cached_property' || value.descriptor === 'partialmethod'
          ? `functools.${value.descriptor}`
          : `builtins.${value.descriptor}`,
        name,
        scope,
      );
    case 'opaque': {
      // What is more than a class in annotations is still one.
      const cls = evaluator.builtinClass(value.qualname);
      return cls ? classAttribute(evaluator, { type: 'class', class: cls }, name, scope) : [];
    }
  }
}

function classNamed(evaluator: Evaluator, name: string): Values {
  const cls = evaluator.builtinClass(name);
  return cls ? [{ type: 'class', class: cls }] : [];
}

/** An attribute of an instance of a builtin type of which nothing but the type is known. */
function ofType(evaluator: Evaluator, type: string, name: string, scope: EvaluationScope): Values {
  const cls = evaluator.builtinClass(type);
  return cls ? instanceAttribute(evaluator, { type: 'instance', class: cls }, name, scope) : [];
}

/** What a lookup on a class or metaclass found, for the code that looks it up. */
function bindFound(
  evaluator: Evaluator,
  { values }: Found,
  instance: InstanceValue | undefined,
  owner: ClassValue,
  scope: EvaluationScope,
): Values {
  return values.flatMap(value => bindMember(evaluator, value, { instance, owner }, scope));
}

function classAttribute(
  evaluator: Evaluator,
  value: ClassValue,
  name: string,
  scope: EvaluationScope,
): Values {
  if (name === '__class__' && (value.args || value.elements))
    return classNamed(evaluator, 'types.GenericAlias');
  const metaclass = metaclassOf(evaluator, value.class);
  if (name === '__class__') return metaclass ? [{ type: 'class', class: metaclass }] : [];
  const meta = metaclass && lookup(evaluator, metaclass, name);
  if (meta && meta !== 'unknown' && meta.values.some(found => isDataDescriptor(evaluator, found)))
    return bindToClass(evaluator, meta, value, metaclass, scope);
  const found = lookup(evaluator, value.class, name);
  if (found === 'unknown') return [];
  if (found) {
    const values = enumValue(evaluator, found.owner, name, found.values);
    return bindFound(evaluator, { ...found, values }, undefined, value, scope);
  }
  return meta && meta !== 'unknown' && metaclass ? bindToClass(evaluator, meta, value, metaclass, scope) : [];
}

/** A member of the metaclass, whose instance the class is. */
function bindToClass(
  evaluator: Evaluator,
  { values }: Found,
  self: ClassValue,
  metaclass: ClassValue['class'],
  scope: EvaluationScope,
): Values {
  const owner: ClassValue = { type: 'class', class: metaclass };
  return values.flatMap((value): Values => {
    if (value.type === 'function' || value.type === 'overloaded')
      return [{ type: 'method', function: value, self }];
    if (value.type === 'builtin')
      return [value.function.kind === 'method' ? { type: 'method', function: value, self } : value];
    if (value.type === 'descriptor' && value.descriptor === 'property')
      return evaluator.apply(value.function, [[self]], scope);
    return bindMember(evaluator, value, { instance: undefined, owner }, scope);
  });
}

function instanceAttribute(
  evaluator: Evaluator,
  value: InstanceValue,
  name: string,
  scope: EvaluationScope,
): Values {
  const owner: ClassValue = { type: 'class', class: value.class };
  if (name === '__class__') return [owner];
  if (name === '__wrapped__' && value.attributes?.wrapped) return [value.attributes.wrapped];
  // An instance of a metaclass is a class: what all classes inherit is its own, which is not known.
  if (name.startsWith('__') && isClassOfAll(evaluator, value, name)) return [];
  const found = lookup(evaluator, value.class, name);
  const known = found === 'unknown' ? undefined : found;
  if (known?.values.some(member => isDataDescriptor(evaluator, member))) {
    return (
      enumAttribute(evaluator, value.class, name, known.owner) ??
      bindFound(evaluator, known, value, owner, scope)
    );
  }
  const member = enumAttribute(evaluator, value.class, name, known?.owner);
  if (member) return member;
  const own = ownAttribute(evaluator, value, name);
  // What is set on `self` now and then does not hide for good what the class has.
  if (!known) return own;
  const bound = bindFound(evaluator, known, value, owner, scope);
  return own.length > 0 ? [...own, ...bound] : bound;
}

/** Whether a value is a class of which only the metaclass is known, and a name one that `object` has. */
function isClassOfAll(evaluator: Evaluator, value: InstanceValue, name: string): boolean {
  if (value.class.kind === 'class') return false;
  const [object, type] = [evaluator.builtinClass('builtins.object'), evaluator.builtinClass('builtins.type')];
  if (!object || !type || evaluator.ownMember(object, name).length === 0) return false;
  return mroOf(evaluator, value.class).classes.includes(type);
}

/** What methods of the classes set on `self`. */
function ownAttribute(evaluator: Evaluator, { class: cls }: InstanceValue, name: string): Values {
  for (const base of mroOf(evaluator, cls).classes) {
    if (base.kind !== 'source') continue;
    const values = evaluator.instanceAttribute(base, name);
    if (values.length > 0) return values;
  }
  return [];
}

function superAttribute(
  evaluator: Evaluator,
  value: SuperValue,
  name: string,
  scope: EvaluationScope,
): Values {
  const { self } = value;
  const found = lookup(evaluator, self.class, name, value.class);
  if (!found || found === 'unknown') return [];
  const owner: ClassValue = { type: 'class', class: self.class };
  return bindFound(evaluator, found, self.type === 'instance' ? self : undefined, owner, scope);
}
