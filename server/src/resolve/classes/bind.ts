// What a class's member turns into when it is looked up on the class or on an instance: functions become methods,
// descriptors give what they describe. CPython: Objects/funcobject.c, func_descr_get() and its like.
import type {
  ClassValue,
  DescriptorValue,
  Evaluator,
  InstanceValue,
  EvaluationScope,
  Value,
  Values,
} from '../values.ts';
import { isInterface, mroOf } from './mro.ts';

/** On whose behalf a member is looked up: an instance, or the class alone. */
export interface Binding {
  readonly instance: InstanceValue | undefined;
  readonly owner: ClassValue;
}

/**
 * `member.__get__(instance, owner)`, or the member itself where it is no descriptor. What would have to be called is
 * not known without a scope to call it from.
 */
export function bindMember(
  evaluator: Evaluator,
  member: Value,
  to: Binding,
  scope: EvaluationScope | undefined,
): Values {
  const { instance } = to;
  switch (member.type) {
    case 'function':
    case 'overloaded':
      if (instance && isInterface(evaluator, instance.class)) return [member];
      return [instance ? { type: 'method', function: member, self: instance } : member];
    case 'builtin':
      // Class methods and static methods are described without the class.
      return [
        instance && member.function.kind === 'method'
          ? { type: 'method', function: member, self: instance }
          : member,
      ];
    case 'partial':
      return [
        instance && evaluator.modules.target.dialect.library.partialIsMethod
          ? { type: 'method', function: member, self: instance }
          : member,
      ];
    case 'descriptor':
      return bindDescriptor(evaluator, member, to, scope);
    case 'instance': {
      const getter = userDefinedGetter(evaluator, member);
      if (!getter) return [member];
      if (!scope) return [];
      const self: Values = instance ? [instance] : [];
      return evaluator.apply({ type: 'method', function: getter, self: member }, [self, [to.owner]], scope);
    }
    default:
      return [member];
  }
}

function bindDescriptor(
  evaluator: Evaluator,
  member: DescriptorValue,
  { instance, owner }: Binding,
  scope: EvaluationScope | undefined,
): Values {
  const { function: inner } = member;
  switch (member.descriptor) {
    case 'staticmethod':
      return [inner];
    case 'classmethod':
      // A class method of something that describes itself: of a property, say.
      return inner.type === 'function' || inner.type === 'overloaded' || inner.type === 'builtin'
        ? [{ type: 'method', function: inner, self: owner }]
        : bindMember(evaluator, inner, { instance: undefined, owner }, scope);
    case 'property':
    case 'cached_property':
      if (!instance) return [member];
      return scope ? evaluator.apply(inner, [[instance]], scope) : [];
    case 'partialmethod':
      return instance ? [{ type: 'method', function: member, self: instance }] : [member];
    case 'singledispatchmethod':
      // What it gives is a function whose `__wrapped__` is the one inside, not bound.
      return instance && inner.type === 'function'
        ? [{ type: 'method', function: member, self: instance }]
        : bindMember(evaluator, inner, { instance, owner }, scope);
  }
}

/** `__get__` of an instance's class, if that is written in Python. */
function userDefinedGetter(evaluator: Evaluator, { class: cls }: InstanceValue): Value | undefined {
  for (const base of mroOf(evaluator, cls).classes) {
    if (base.kind === 'class') return undefined;
    const [getter] = evaluator.ownMember(base, '__get__');
    if (getter) return getter.type === 'function' || getter.type === 'overloaded' ? getter : undefined;
  }
  return undefined;
}

/** Whether a member of the class comes before what the instance itself has under its name. */
export function isDataDescriptor(evaluator: Evaluator, member: Value): boolean {
  if (member.type === 'descriptor') return member.descriptor === 'property';
  if (member.type !== 'instance') return false;
  return mroOf(evaluator, member.class).classes.some(
    base => base.kind !== 'class' && evaluator.ownMember(base, '__set__').length > 0,
  );
}
