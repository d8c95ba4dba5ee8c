// Members that a class has though its body does not bind them: what data classes, named tuples and total_ordering()
// add, and what the compiler puts there.
import { ParameterKind } from '../../python/inspect/parameter.ts';
import type { BundledFunction } from '../bundled/library.ts';
import type { Class, Evaluator, SourceClass, SourceModule, Value, Values } from '../values.ts';
import { attrsMember } from './models/attrs.ts';
import { dataclassMember } from './models/dataclass.ts';
import { bundledTupleMember, typedNamedTupleMember } from './models/namedTuple.ts';
import { typedDictMember } from './models/typedDict.ts';
import { totalOrderingMember } from './models/totalOrdering.ts';

/** What a class gets under a name; empty if nothing is known to be added. */
export function generatedMember(evaluator: Evaluator, cls: Class, name: string): Values {
  if (!name.startsWith('_') || cls.kind === 'synthetic') return [];
  const value = cls.kind === 'class' ? bundledTupleMember(cls, name) : member(evaluator, cls, name);
  return value ? [value] : [];
}

/** What decorators put in the place of what a class body binds: `attr.s` does not look for an `__init__` there. */
export const overridingMember = (evaluator: Evaluator, cls: Class, name: string): Value | undefined =>
  cls.kind === 'source' && name === '__init__' ? attrsMember(evaluator, cls, name) : undefined;

function member(evaluator: Evaluator, cls: SourceClass, name: string): Value | undefined {
  const { decorator_list: decorators, bases } = cls.node;
  const generated =
    attrsMember(evaluator, cls, name) ??
    dataclassMember(evaluator, cls, name) ??
    (decorators.length > 0 ? totalOrderingMember(evaluator, cls, name) : undefined);
  if (generated) return generated;
  if (bases.length > 0) {
    const item = typedNamedTupleMember(evaluator, cls, name) ?? typedDictMember(evaluator, cls, name);
    if (item) return item;
  }
  return name === '__annotate_func__' ? annotateFunction(cls) : undefined;
}

/** The same of a module. */
export function moduleAnnotateFunction({ analysis, name }: SourceModule): Values {
  const { target, symbolTable, module } = analysis;
  if (!target.dialect.library.annotateFunction || !symbolTable.annotationBlock(module)) return [];
  return [
    annotateFunctionOf({ kind: 'function', name: '__annotate__', qualname: '__annotate__', module: name }),
  ];
}

const annotateFunctionOf = (
  names: Pick<BundledFunction, 'kind' | 'name' | 'qualname' | 'module'>,
): Value => ({
  type: 'builtin',
  function: {
    ...names,
    type: 'builtins.function',
    signature: { parameters: [{ name: 'format', kind: ParameterKind.POSITIONAL_ONLY }] },
  },
});

/** The function that evaluates the annotations of a class body. CPython: Python/codegen.c, codegen_process_deferred_annotations() */
function annotateFunction(cls: SourceClass): Value | undefined {
  const { target, symbolTable } = cls.module.analysis;
  if (!target.dialect.library.annotateFunction || !symbolTable.annotationBlock(cls.node)) return undefined;
  const qualname = `${cls.qualname}.__annotate__`;
  const names = { name: '__annotate_func__', qualname, module: cls.module.name };
  return annotateFunctionOf({ kind: 'staticmethod', ...names });
}
