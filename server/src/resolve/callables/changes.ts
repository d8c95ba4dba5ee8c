// What a function's attributes are that inspect.signature() reads, once the module's statements have run: the writes
// that are on this very function, in their order.
import type { Expression } from '../../python/ast/expressions.ts';
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Evaluator, EvaluationScope, FunctionValue } from '../values.ts';
import { type AttributeWrite, type Effect, type SignatureAttribute, writesOn } from './attributeWrites.ts';

/** What is left of an attribute; values are evaluated in `scope`. */
export type Change = Effect & { readonly scope: EvaluationScope };

/** The attributes of a function that statements change, each with what the last one leaves. */
export function changesOf(
  evaluator: Evaluator,
  value: FunctionValue,
): ReadonlyMap<SignatureAttribute, Change> {
  const { node, module } = value;
  const changes = new Map<SignatureAttribute, Change>();
  const fixed = new Set<SignatureAttribute>();
  const name = node.kind === NodeKind.Lambda ? value.name : node.name;
  for (const write of writesOn(module.analysis, name)) {
    const { attribute, effect, block } = write;
    const scope = scopeOf(value, write);
    if (fixed.has(attribute) || !scope) continue;
    const isBefore = write.receiver.start < node.start;
    const isOwnBlock = block === value.scope.entry.node;
    if (isBefore && isOwnBlock) continue;
    const certainty = isReceiver(evaluator, value, write, scope);
    if (certainty === 'no') continue;
    const follows = !isBefore && holds(write, node);
    const isKnown = certainty === 'yes' && follows;
    changes.set(attribute, isKnown ? { ...effect, scope } : { type: 'unknown', scope });
    // Nobody knows when another function is called.
    if (!follows && !isOwnBlock) fixed.add(attribute);
  }
  return changes;
}

/** Whether a write runs whenever the def ran: it stands behind it, in the same statements or in those around. */
const holds = ({ list }: AttributeWrite, { start, end }: FunctionValue['node']): boolean =>
  list.some(statement => statement.start <= start && end <= statement.end);

function scopeOf(
  { scope, module }: FunctionValue,
  { block, receiver }: AttributeWrite,
): EvaluationScope | undefined {
  const offset = receiver.start;
  if (block === scope.entry.node) return { ...scope, offset };
  const entry = module.analysis.symbolTable.block(block);
  return entry && { module, entry, offset, frame: undefined };
}

function isReceiver(
  evaluator: Evaluator,
  { node, scope }: FunctionValue,
  { receiver, block }: AttributeWrite,
  place: EvaluationScope,
): 'yes' | 'perhaps' | 'no' {
  const values = evaluator.evaluate(receiver, place);
  if (values.some(found => found.type === 'function' && found.node === node))
    return values.length === 1 ? 'yes' : 'perhaps';
  // Decorators may hide what is there.
  const isNamed =
    node.kind !== NodeKind.Lambda &&
    (receiver.kind === NodeKind.Name
      ? receiver.id === node.name && block === scope.entry.node
      : receiver.kind === NodeKind.Attribute &&
        receiver.attr === node.name &&
        isClass(receiver.value, scope));
  return values.length === 0 && isNamed ? 'perhaps' : 'no';
}

/** Whether a name is that of the class whose body a scope is in. */
const isClass = (named: Expression, { entry: { node } }: EvaluationScope): boolean =>
  named.kind === NodeKind.Name && node.kind === NodeKind.ClassDef && named.id === node.name;
