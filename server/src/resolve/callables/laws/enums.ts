// Enumerations: how their classes are called, and those that a call makes. CPython: Lib/enum.py, class EnumType.
import { NodeKind } from '../../../python/ast/kinds.ts';
import type { Expression, Statement } from '../../../python/ast/nodes.ts';
import { ParameterKind } from '../../../python/inspect/parameter.ts';
import type { Signature } from '../../../python/inspect/signature.ts';
import { inherits, mroOf } from '../../classes/mro.ts';
import type { Class, ClassValue, Evaluator, SyntheticClass, Values } from '../../values.ts';
import { argumentExpression, type Arguments, stringOf, stringsOf } from '../arguments.ts';

/** What `__signature__` of an enumeration is, in versions that have it: with members it is looked up by value. */
export function enumSignature(evaluator: Evaluator, cls: Class): Signature | undefined {
  if (evaluator.modules.target.dialect.library.enumSignature !== 'members') return undefined;
  if (!inherits(evaluator, cls, 'enum.Enum')) return undefined;
  const hasMembers = mroOf(evaluator, cls).classes[0].kind === 'synthetic' || namesMembers(cls);
  if (hasMembers) return { parameters: [{ name: 'values', kind: ParameterKind.VAR_POSITIONAL }] };
  const only = (name: string, value: string) => ({ name, kind: ParameterKind.KEYWORD_ONLY, default: value });
  return {
    parameters: [
      { name: 'new_class_name', kind: ParameterKind.POSITIONAL_ONLY },
      { name: 'names', kind: ParameterKind.POSITIONAL_OR_KEYWORD },
      only('module', 'None'),
      only('qualname', 'None'),
      only('type', 'None'),
      only('start', '1'),
      only('boundary', 'None'),
    ],
  };
}

/** Whether the body of an enumeration binds any member: a name without underscores to something that is no method. */
function namesMembers(cls: Class): boolean {
  if (cls.kind !== 'source') return false;
  const isMember = (target: Expression): boolean =>
    target.kind === NodeKind.Name
      ? !target.id.startsWith('_')
      : target.kind === NodeKind.Tuple && target.elts.some(isMember);
  const has = (body: readonly Statement[]): boolean =>
    body.some(statement => {
      switch (statement.kind) {
        case NodeKind.Assign:
          return statement.targets.some(isMember);
        case NodeKind.AnnAssign:
          return statement.value !== null && isMember(statement.target);
        case NodeKind.If:
        case NodeKind.For:
          return has(statement.body) || has(statement.orelse);
        default:
          return false;
      }
    });
  return has(cls.node.body);
}

const MADE = new WeakMap<Evaluator, WeakMap<object, SyntheticClass>>();

/** `Enum('Color', 'RED GREEN')`; undefined for other calls of an enumeration: they look a member up. */
export function functionalEnum(
  evaluator: Evaluator,
  { written }: Arguments,
  base: ClassValue,
): Values | undefined {
  if (!written) return undefined;
  const { call, scope } = written;
  const nameArgument = argumentExpression(call, 0, 'value');
  const namesArgument = argumentExpression(call, 1, 'names');
  if (!nameArgument || !namesArgument) return undefined;
  const name = stringOf(evaluator.evaluate(nameArgument, scope));
  if (name === undefined) return [];
  const joined = stringOf(evaluator.evaluate(namesArgument, scope));
  const names = joined?.replaceAll(',', ' ').split(/\s+/) ?? stringsOf(evaluator, namesArgument, scope) ?? [];
  let made = MADE.get(evaluator);
  if (!made) MADE.set(evaluator, (made = new WeakMap()));
  let cls = made.get(call);
  if (!cls) {
    const members = new Map<string, Values>();
    cls = {
      kind: 'synthetic',
      name,
      module: scope.module.name,
      bases: [base.class],
      members,
      definition: undefined,
    };
    for (const member of names) members.set(member, [{ type: 'instance', class: cls }]);
    made.set(call, cls);
  }
  return [{ type: 'class', class: cls }];
}
