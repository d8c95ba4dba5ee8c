// What a class statement makes: what its decorators give, or its metaclass, where one of those hands the class to
// something that adds methods for its fields.
import { metaclassOf } from '../classes/mro.ts';
import type { ClassValue, SourceClass, Values } from '../values.ts';
import type { Context } from './context.ts';

/** The class as it is after the statement; without decorators what its metaclass's `__new__` gives. */
export function madeClass(context: Context, cls: SourceClass): Values {
  if (cls.node.decorator_list.length > 0) {
    const values = context.decorated({ type: 'class', class: cls }, cls.scope);
    if (values.some(value => value.type === 'class' && value.fields)) return values;
  }
  return byMetaclass(context, cls);
}

/** CPython: Python/bltinmodule.c, builtin___build_class__() */
function byMetaclass(context: Context, cls: SourceClass): Values {
  const metaclass = metaclassOf(context, cls);
  if (metaclass?.kind !== 'source' || context.isLibrary(metaclass.module)) return [];
  const [create] = context.ownMember(metaclass, '__new__');
  if (create?.type !== 'function') return [];
  const made: ClassValue = { type: 'class', class: metaclass, making: cls };
  return context.apply(create, [[made], [], [], []], create.scope);
}
