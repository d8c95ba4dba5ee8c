// What python/inspect needs to know of the place where a def or lambda stands: what its annotations and defaults are.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/nodes.ts';
import { repr } from '../../python/constants/repr.ts';
import { ConstantType, type ConstantValue } from '../../python/constants/values.ts';
import type { SignatureContext } from '../../python/inspect/signature.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { enclosingClassName } from '../names.ts';
import type { Evaluator, Scope, Value } from '../values.ts';
import { annotationValue } from './annotations.ts';

/**
 * The context of a def, lambda or class body whose annotations and defaults are evaluated in a scope; `annotations` is
 * the block of the annotations, if that is another one.
 */
export function signatureContext(
  evaluator: Evaluator,
  scope: Scope,
  annotations?: SymbolTableEntry,
): SignatureContext {
  const { analysis } = scope.module;
  const { dialect } = analysis.target;
  // In a def with type parameters they are what its annotations see.
  const inner = { ...scope, entry: annotations ?? scope.entry };
  return {
    privateName: enclosingClassName(scope.entry),
    stringAnnotations: analysis.symbolTable.futureAnnotations,
    dialect,
    annotationValue: node => annotationValue(evaluator, node, inner),
    defaultRepr: node => constantRepr(evaluator, node, scope),
  };
}

/** repr() of what an expression is, if that is a constant. */
function constantRepr(evaluator: Evaluator, node: Expression, scope: Scope): string | undefined {
  if (isMade(node)) return undefined;
  const values = evaluator.evaluate(node, { ...scope, offset: Math.max(scope.offset, node.start) });
  const constant = values.length === 1 ? constantOf(values[0]) : undefined;
  return constant && repr(constant, scope.module.analysis.target.dialect.tokenizer.unicode);
}

/** Whether an expression calls something: what that gives is known by its type at best, whatever else is said of it. */
function isMade(node: Expression): boolean {
  switch (node.kind) {
    case NodeKind.Name:
      return false;
    case NodeKind.Attribute:
      return isMade(node.value);
    case NodeKind.UnaryOp:
      return isMade(node.operand);
    case NodeKind.BinOp:
      return isMade(node.left) || isMade(node.right);
    case NodeKind.Constant:
      return false;
    default:
      return true;
  }
}

function constantOf(value: Value): ConstantValue | undefined {
  if (value.type !== 'instance') return undefined;
  // A frozenset is shown by its own order, which depends on hashes.
  return value.constant?.type === ConstantType.FrozenSet ? undefined : value.constant;
}
