// Members that a class gets after its class statement: `C.method = function`, in the block that defines the class.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression, Node, Statement } from '../../python/ast/nodes.ts';
import { mangle } from '../../python/symtable/mangle.ts';
import { enclosingClassName } from '../names.ts';
import type { Evaluator, SourceClass, Values } from '../values.ts';

/** By the block's node: the class's name, then the attribute's, mangled. */
type Assignments = ReadonlyMap<string, ReadonlyMap<string, Expression>>;

const FOUND = new WeakMap<Node, Assignments>();

/** What is set on a class under a name once its body has run; empty if nothing is. */
export function assignedMember(evaluator: Evaluator, { name, scope }: SourceClass, member: string): Values {
  const { node } = scope.entry;
  if (node.kind !== NodeKind.Module) return [];
  let found = FOUND.get(node);
  if (!found) FOUND.set(node, (found = assignmentsIn(node.body, enclosingClassName(scope.entry))));
  const value = found.get(name)?.get(member);
  return value ? evaluator.evaluate(value, { ...scope, offset: value.start }) : [];
}

function assignmentsIn(body: readonly Statement[], privateClass: string | null): Assignments {
  const found = new Map<string, Map<string, Expression>>();
  for (const statement of body) {
    if (statement.kind !== NodeKind.Assign) continue;
    for (const target of statement.targets) {
      if (target.kind !== NodeKind.Attribute || target.value.kind !== NodeKind.Name) continue;
      const { id } = target.value;
      const members = found.get(id) ?? new Map<string, Expression>();
      found.set(id, members.set(mangle(privateClass, target.attr), statement.value));
    }
  }
  return found;
}
