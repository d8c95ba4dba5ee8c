// functools.total_ordering: the comparisons that it adds to a class. CPython: Lib/functools.py, total_ordering().
import { NodeKind } from '../../../python/ast/kinds.ts';
import { fullName } from '../../classes/names.ts';
import type { Evaluator, SourceClass, Value } from '../../values.ts';
import { BOOL, generatedMethod, parametersNamed } from './generate.ts';

const COMPARISONS = new Set(['__lt__', '__le__', '__gt__', '__ge__']);

/** A comparison that the class does not define itself. */
export function totalOrderingMember(evaluator: Evaluator, cls: SourceClass, name: string): Value | undefined {
  if (!COMPARISONS.has(name) || !isDecorated(evaluator, cls)) return undefined;
  const { parameters } = { parameters: parametersNamed(['self', 'other']) };
  if (evaluator.modules.target.dialect.library.totalOrderingNotImplemented) {
    parameters.push({ ...parametersNamed(['NotImplemented'])[0], default: 'NotImplemented' });
  }
  return generatedMethod(cls, name, { parameters }, BOOL);
}

const isDecorated = (evaluator: Evaluator, { node, scope }: SourceClass): boolean =>
  node.decorator_list.some(
    decorator =>
      decorator.kind !== NodeKind.Call &&
      evaluator.evaluate(decorator, scope).some(value => fullName(value) === 'functools.total_ordering'),
  );
