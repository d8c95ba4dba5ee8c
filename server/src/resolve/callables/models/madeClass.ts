// `type(name, bases, namespace)`: a class that a call makes.
import { NodeKind } from '../../../python/ast/kinds.ts';
import type { Class, Evaluator, SyntheticClass, Values } from '../../values.ts';
import { type Arguments, stringOf } from '../arguments.ts';
import { classOfCall, definitionOf } from './classOfCall.ts';

/** undefined for `type(object)`, which is no construction. */
export function madeClass(evaluator: Evaluator, { count, written }: Arguments): Values | undefined {
  if (!written || count !== 3) return undefined;
  const { call, scope } = written;
  const [nameNode, basesNode, namespace] = call.args;
  const name = stringOf(evaluator.evaluate(nameNode, scope));
  if (name === undefined || basesNode.kind !== NodeKind.Tuple) return [];
  const bases: Class[] = [];
  for (const node of basesNode.elts) {
    const [base] = evaluator.evaluate(node, scope);
    if (base?.type !== 'class') return [];
    bases.push(base.class);
  }
  const members = new Map<string, Values>();
  if (namespace.kind === NodeKind.Dict) {
    namespace.keys.forEach((key, i) => {
      const member = key && stringOf(evaluator.evaluate(key, scope));
      if (typeof member === 'string') members.set(member, evaluator.evaluate(namespace.values[i], scope));
    });
  }
  return [
    classOfCall(evaluator, written, name, (): SyntheticClass => ({
      kind: 'synthetic',
      name,
      module: scope.module.name,
      bases,
      members,
      definition: definitionOf(written),
    })),
  ];
}
