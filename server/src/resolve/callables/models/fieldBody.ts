// The annotated names of a class body, which data classes and their like make fields of.
import { NodeKind } from '../../../python/ast/kinds.ts';
import type { Expression } from '../../../python/ast/expressions.ts';
import type { AnnAssign, Statement } from '../../../python/ast/nodes.ts';
import { ConstantType } from '../../../python/constants/values.ts';
import { fullName } from '../../classes/names.ts';
import type { EvaluationScope, Evaluator, SourceClass } from '../../values.ts';

/** Where what stands in a class body is evaluated: at its end. */
export const bodyScope = (cls: SourceClass): EvaluationScope => ({
  module: cls.module,
  entry: cls.entry,
  offset: cls.node.end,
  frame: cls.scope.frame,
});

/** The annotated names of a class body, wherever in it. */
export function* annotated(body: readonly Statement[]): Generator<AnnAssign> {
  for (const statement of body) {
    switch (statement.kind) {
      case NodeKind.AnnAssign:
        yield statement;
        break;
      case NodeKind.If:
      case NodeKind.For:
      case NodeKind.While:
        yield* annotated(statement.body);
        yield* annotated(statement.orelse);
        break;
      case NodeKind.With:
      case NodeKind.Try:
        yield* annotated(statement.body);
        break;
    }
  }
}

/** What an annotation is a form of: `typing.ClassVar` of `ClassVar[int]`, also in a string. */
export function formOf(
  evaluator: Evaluator,
  annotation: Expression,
  scope: EvaluationScope,
): string | undefined {
  if (annotation.kind === NodeKind.Constant && annotation.value.type === ConstantType.Str) {
    const name = /^\s*(?:\w+\s*\.)?\s*(\w+)/.exec(annotation.value.value)?.[1];
    if (name === 'ClassVar' || name === 'InitVar') return name === 'ClassVar' ? 'typing.ClassVar' : undefined;
    return name === 'KW_ONLY' ? 'dataclasses.KW_ONLY' : undefined;
  }
  const plain = annotation.kind === NodeKind.Subscript ? annotation.value : annotation;
  if (plain.kind !== NodeKind.Name && plain.kind !== NodeKind.Attribute) return undefined;
  const values = evaluator.evaluate(plain, scope);
  // KW_ONLY is a sentinel, which has no name that would say so.
  const spelled = plain.kind === NodeKind.Name ? plain.id : plain.attr;
  if (spelled === 'KW_ONLY' && values.every(({ type }) => type === 'instance')) return 'dataclasses.KW_ONLY';
  return values.map(fullName).find(name => name !== undefined);
}
