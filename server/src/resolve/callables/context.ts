// What python/inspect needs to know of the place where a def or lambda stands: what its annotations and defaults are.
import type { Expression } from '../../python/ast/nodes.ts';
import { repr } from '../../python/constants/repr.ts';
import { ConstantType, type ConstantValue } from '../../python/constants/values.ts';
import type { SignatureContext } from '../../python/inspect/signature.ts';
import { enclosingClassName } from '../names.ts';
import type { Evaluator, Scope, Value } from '../values.ts';
import { annotationValue } from './annotations.ts';

/** The context of a def, lambda or class body whose annotations and defaults are evaluated in a scope. */
export function signatureContext(evaluator: Evaluator, scope: Scope): SignatureContext {
  const { analysis } = scope.module;
  const { dialect } = analysis.target;
  return {
    privateName: enclosingClassName(scope.entry),
    stringAnnotations: analysis.symbolTable.futureAnnotations,
    dialect,
    annotationValue: node => annotationValue(evaluator, node, scope),
    defaultRepr: node => constantRepr(evaluator, node, scope),
  };
}

/** repr() of what an expression is, if that is a constant. */
function constantRepr(evaluator: Evaluator, node: Expression, scope: Scope): string | undefined {
  const values = evaluator.evaluate(node, { ...scope, offset: Math.max(scope.offset, node.start) });
  const constant = values.length === 1 ? constantOf(values[0]) : undefined;
  return constant && repr(constant, scope.module.analysis.target.dialect.tokenizer.unicode);
}

function constantOf(value: Value): ConstantValue | undefined {
  if (value.type !== 'instance') return undefined;
  // A frozenset is shown by its own order, which depends on hashes.
  return value.constant?.type === ConstantType.FrozenSet ? undefined : value.constant;
}
