// What a function gets set on it after its def, in the block that defines it: `f.__wrapped__ = g`,
// `f.__text_signature__ = '(a)'`, `f.__signature__ = …`, `update_wrapper(f, g)`.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Call, Expression } from '../../python/ast/expressions.ts';
import type { FunctionDef, Node, Statement } from '../../python/ast/nodes.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { fullName } from '../classes/names.ts';
import type { Evaluator, FunctionValue, EvaluationScope, Values } from '../values.ts';
import { type Change, changesOf } from './changes.ts';

/** What the statements of a block set on a name. */
interface Attributes {
  /** The last one, by attribute. */
  readonly values: Map<string, Expression>;
  /** What the name itself is assigned last. */
  assigned: Expression | undefined;
  /** Calls that get the name as their first argument. */
  readonly calls: Call[];
}

const FOUND = new WeakMap<Node, ReadonlyMap<string, Attributes>>();

function attributesOf({ node, scope }: FunctionValue): Attributes | undefined {
  if (node.kind === NodeKind.Lambda) return undefined;
  return attributesIn(scope.entry.node).get(node.name);
}

function attributesIn(block: Node): ReadonlyMap<string, Attributes> {
  let found = FOUND.get(block);
  if (!found) FOUND.set(block, (found = collect(block)));
  return found;
}

function collect(block: Node): ReadonlyMap<string, Attributes> {
  const found = new Map<string, Attributes>();
  const of = (name: string): Attributes => {
    let attributes = found.get(name);
    if (!attributes) found.set(name, (attributes = { values: new Map(), assigned: undefined, calls: [] }));
    return attributes;
  };
  const visit = (body: readonly Statement[]): void => {
    for (const statement of body) {
      if (statement.kind === NodeKind.Assign) {
        for (const target of statement.targets) {
          if (target.kind === NodeKind.Attribute && target.value.kind === NodeKind.Name)
            of(target.value.id).values.set(target.attr, statement.value);
          else if (target.kind === NodeKind.Name) of(target.id).assigned = statement.value;
        }
      } else if (statement.kind === NodeKind.Expr && statement.value.kind === NodeKind.Call) {
        const [first] = statement.value.args;
        if (first?.kind === NodeKind.Name) of(first.id).calls.push(statement.value);
      } else if (statement.kind === NodeKind.If || statement.kind === NodeKind.Try) {
        visit(statement.body);
        visit(statement.orelse);
      }
    }
  };
  if (isBlock(block)) visit(block.body);
  return found;
}

const isBlock = (
  node: Node,
): node is FunctionDef | Extract<Node, { kind: NodeKind.Module | NodeKind.ClassDef }> =>
  node.kind === NodeKind.Module ||
  node.kind === NodeKind.ClassDef ||
  node.kind === NodeKind.FunctionDef ||
  node.kind === NodeKind.AsyncFunctionDef;

/**
 * What is set as `__text_signature__`: a literal, or what another function got. Empty where None or nothing is, undefined
 * where it is not known.
 */
export function writtenText(evaluator: Evaluator, change: Change, depth = 0): string | undefined {
  if (change.type !== 'set') return change.type === 'deleted' ? '' : undefined;
  const { value: text, scope } = change;
  if (text.kind === NodeKind.Constant) {
    if (text.value.type === ConstantType.Str) return text.value.value;
    return text.value.type === ConstantType.None ? '' : undefined;
  }
  if (text.kind !== NodeKind.Attribute || text.attr !== '__text_signature__' || depth > MOST_DEPTH)
    return undefined;
  const [other] = evaluator.evaluate(text.value, { ...scope, offset: text.start });
  const inner = other?.type === 'function' && changesOf(evaluator, other).get('__text_signature__');
  return inner ? writtenText(evaluator, inner, depth + 1) : undefined;
}

const MOST_DEPTH = 5;

/** What a name is assigned last in the block of a scope. */
export const lastAssigned = ({ entry }: EvaluationScope, name: string): Expression | undefined =>
  attributesIn(entry.node).get(name)?.assigned;

/** What is set as `__wrapped__`, by assignment or by update_wrapper(); empty where nothing is. */
export function assignedWrapped(evaluator: Evaluator, value: FunctionValue): Values {
  const attributes = attributesOf(value);
  if (!attributes) return [];
  const at = (node: Expression): EvaluationScope => ({ ...value.scope, offset: node.start });
  const assigned = attributes.values.get('__wrapped__');
  if (assigned) return evaluator.evaluate(assigned, at(assigned));
  for (const call of attributes.calls) {
    const [, wrapped] = call.args;
    if (!wrapped) continue;
    const names = evaluator.evaluate(call.func, at(call)).map(fullName);
    if (names.includes('functools.update_wrapper')) return evaluator.evaluate(wrapped, at(wrapped));
  }
  return [];
}
