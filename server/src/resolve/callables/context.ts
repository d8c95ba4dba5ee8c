// What python/inspect needs to know of the place where a def or lambda stands: what its annotations and defaults are.
import type { SignatureContext } from '../../python/inspect/signature.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import type { Evaluator, EvaluationScope } from '../values.ts';
import { annotationValue } from './annotations.ts';
import { defaultRepr } from './defaults.ts';

/**
 * The context of a def, lambda or class body whose annotations and defaults are evaluated in a scope; `annotations` is
 * the block of the annotations, if that is another one.
 */
export function signatureContext(
  evaluator: Evaluator,
  scope: EvaluationScope,
  annotations?: SymbolTableEntry,
): SignatureContext {
  const { analysis } = scope.module;
  const { dialect } = analysis.target;
  // In a def with type parameters they are what its annotations see.
  const inner = { ...scope, entry: annotations ?? scope.entry };
  return {
    mangled: name => mangledIn(scope.entry, name),
    stringAnnotations: analysis.symbolTable.futureAnnotations,
    dialect,
    annotationValue: node => annotationValue(evaluator, node, inner),
    defaultRepr: node => defaultRepr(evaluator, node, scope),
  };
}
