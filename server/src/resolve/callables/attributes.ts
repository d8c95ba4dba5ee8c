// What a function gets set on it after its def, in the block that defines it: `f.__wrapped__ = g`,
// `f.__text_signature__ = '(a)'`, `f.__signature__ = …`, `update_wrapper(f, g)`.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Call, Expression } from '../../python/ast/expressions.ts';
import type { FunctionDef, Node, Statement } from '../../python/ast/nodes.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { fullName } from '../classes/names.ts';
import type { Evaluator, FunctionValue, EvaluationScope, Values } from '../values.ts';

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
  const block = scope.entry.node;
  let found = FOUND.get(block);
  if (!found) FOUND.set(block, (found = collect(block)));
  return found.get(node.name);
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

/** What is set as `__text_signature__`: a literal, or what another function got. */
export function assignedText(evaluator: Evaluator, value: FunctionValue, depth = 0): string | undefined {
  const text = attributesOf(value)?.values.get('__text_signature__');
  if (text?.kind === NodeKind.Constant)
    return text.value.type === ConstantType.Str ? text.value.value : undefined;
  if (text?.kind !== NodeKind.Attribute || text.attr !== '__text_signature__' || depth > MOST_DEPTH)
    return undefined;
  const [other] = evaluator.evaluate(text.value, { ...value.scope, offset: text.start });
  return other?.type === 'function' ? assignedText(evaluator, other, depth + 1) : undefined;
}

const MOST_DEPTH = 5;

/** What is set as `__signature__`, as written: names stand for what they are assigned in the same block. */
export function assignedSignature(value: FunctionValue): Expression | undefined {
  const assigned = attributesOf(value)?.values.get('__signature__');
  if (assigned?.kind !== NodeKind.Name) return assigned;
  return FOUND.get(value.scope.entry.node)?.get(assigned.id)?.assigned;
}

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
