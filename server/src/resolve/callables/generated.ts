// Members that a class has though its body does not bind them: what data classes, named tuples and total_ordering()
// add, and what the compiler puts there.
import { ParameterKind } from '../../python/inspect/parameter.ts';
import type { Class, Evaluator, SourceClass, Value, Values } from '../values.ts';
import { dataclassMember } from './laws/dataclass.ts';
import { asStaticMethod, generatedMethod } from './laws/generate.ts';
import { typedNamedTupleMember } from './laws/namedTuple.ts';
import { totalOrderingMember } from './laws/totalOrdering.ts';

/** What a class gets under a name; empty if nothing is known to be added. */
export function generatedMember(evaluator: Evaluator, cls: Class, name: string): Values {
  if (cls.kind !== 'source' || !name.startsWith('_')) return [];
  const value = member(evaluator, cls, name);
  return value ? [value] : [];
}

function member(evaluator: Evaluator, cls: SourceClass, name: string): Value | undefined {
  const { decorator_list: decorators, bases } = cls.node;
  const decorated =
    decorators.length > 0
      ? (dataclassMember(evaluator, cls, name) ?? totalOrderingMember(evaluator, cls, name))
      : undefined;
  if (decorated) return decorated;
  if (bases.length > 0) {
    const item = typedNamedTupleMember(evaluator, cls, name);
    if (item) return item;
  }
  return name === '__annotate_func__' ? annotateFunction(cls) : undefined;
}

/** The function that evaluates the annotations of a class body. CPython: Python/codegen.c, codegen_process_deferred_annotations() */
function annotateFunction(cls: SourceClass): Value | undefined {
  const { target, symbolTable } = cls.module.analysis;
  if (!target.dialect.library.annotateFunction || !symbolTable.annotationBlock(cls.node)) return undefined;
  return asStaticMethod(
    generatedMethod(cls, '__annotate_func__', {
      parameters: [{ name: 'format', kind: ParameterKind.POSITIONAL_ONLY }],
    }),
  );
}
