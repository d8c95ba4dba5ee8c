// Classes that calls make: the same call with the same name makes the same class, however often it is evaluated.
import type { Expression } from '../../../python/ast/expressions.ts';
import type { ClassValue, Evaluator, SyntheticClass } from '../../values.ts';
import type { Arguments } from '../arguments.ts';

type Written = NonNullable<Arguments['written']>;

const MADE = new WeakMap<Evaluator, WeakMap<object, Map<string, SyntheticClass>>>();

/** The class that a call makes. */
export function classOfCall(
  evaluator: Evaluator,
  { call }: Written,
  name: string,
  make: () => SyntheticClass,
): ClassValue {
  let made = MADE.get(evaluator);
  if (!made) MADE.set(evaluator, (made = new WeakMap()));
  let classes = made.get(call);
  if (!classes) made.set(call, (classes = new Map<string, SyntheticClass>()));
  let cls = classes.get(name);
  if (!cls) classes.set(name, (cls = make()));
  return { type: 'class', class: cls };
}

/** Where such a class is made: a call that is a node of the tree. */
export function definitionOf({ call, scope }: Written): SyntheticClass['definition'] {
  return 'kind' in call ? { module: scope.module, node: call as unknown as Expression } : undefined;
}
