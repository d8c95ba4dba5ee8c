// dataclasses.make_dataclass(): a data class whose fields are a list. CPython: Lib/dataclasses.py, make_dataclass().
import { NodeKind } from '../../../python/ast/kinds.ts';
import type { Expression } from '../../../python/ast/expressions.ts';
import { type Parameter, ParameterKind } from '../../../python/inspect/parameter.ts';
import { annotationOf, defaultText } from '../../../python/inspect/signature.ts';
import type { BundledType } from '../../bundled/library.ts';
import { fullName } from '../../classes/names.ts';
import type { Evaluator, EvaluationScope, SyntheticClass, Values } from '../../values.ts';
import {
  argumentExpression,
  type Arguments,
  literalFlag,
  keywordExpression,
  stringOf,
} from '../arguments.ts';
import { signatureContext } from '../context.ts';
import { classOfCall, definitionOf } from './classOfCall.ts';
import { asStaticMethod, BOOL, generatedMethod, NONE_TYPE, parametersNamed, SELF, STR } from './generate.ts';

interface Field {
  readonly parameter: Parameter;
  readonly values: () => Values;
}

/** Options that this does not know: what they change is not said. */
const UNDERSTOOD = new Set(['cls_name', 'fields', 'frozen', 'module', 'repr', 'eq', 'order', 'slots']);

/** `make_dataclass('C', [('x', int), 'y', ('z', str, 'a')])` */
export function makeDataclass(evaluator: Evaluator, { written }: Arguments): Values | undefined {
  if (!written) return undefined;
  const { call, scope } = written;
  const { library } = evaluator.modules.target.dialect;
  if (call.keywords.some(({ arg }) => arg === null || !UNDERSTOOD.has(arg))) return [];
  const nameNode = argumentExpression(call, 0, 'cls_name');
  const list = argumentExpression(call, 1, 'fields');
  const name = nameNode && stringOf(evaluator.evaluate(nameNode, scope));
  if (name === undefined || (list?.kind !== NodeKind.List && list?.kind !== NodeKind.Tuple)) return [];
  const fields: Field[] = [];
  for (const item of list.elts) {
    const field = fieldOf(evaluator, item, scope);
    if (!field) return [];
    fields.push(field);
  }
  const flag = (option: string, otherwise: boolean): boolean =>
    literalFlag(keywordExpression(call, option), otherwise) ?? otherwise;
  const value = classOfCall(evaluator, written, name, () => {
    const members = new Map<string, Values>();
    const cls: SyntheticClass = {
      kind: 'synthetic',
      name,
      module: scope.module.name,
      bases: [],
      members,
      definition: definitionOf(written),
    };
    for (const { parameter, values } of fields) members.set(parameter.name, values());
    const self: Parameter = { name: 'self', kind: ParameterKind.POSITIONAL_OR_KEYWORD };
    const parameters = [self, ...fields.map(({ parameter }) => parameter)];
    members.set('__init__', [
      generatedMethod(cls, '__init__', { parameters, returnAnnotation: 'None' }, NONE_TYPE),
    ]);
    const add = (names: readonly string[], parameters: readonly string[], result?: BundledType): void => {
      for (const member of names)
        members.set(member, [
          generatedMethod(cls, member, { parameters: parametersNamed(parameters) }, result),
        ]);
    };
    if (flag('repr', true)) add(['__repr__'], ['self'], STR);
    if (flag('eq', true)) add(['__eq__'], ['self', 'other'], BOOL);
    if (flag('order', false)) add(['__lt__', '__le__', '__gt__', '__ge__'], ['self', 'other'], BOOL);
    if (flag('frozen', false)) {
      add(['__setattr__'], ['self', 'name', 'value'], NONE_TYPE);
      add(['__delattr__'], ['self', 'name'], NONE_TYPE);
    }
    if (library.replaceMethod) add(['__replace__'], ['/self', '**changes'], SELF);
    if (library.annotateFunction)
      members.set('__annotate_func__', [
        asStaticMethod(
          generatedMethod(cls, '__annotate_func__', { parameters: parametersNamed(['format']) }),
        ),
      ]);
    return cls;
  });
  return [value];
}

/** `'name'`, `('name', type)`, `('name', type, default)`; undefined for what is not understood. */
function fieldOf(evaluator: Evaluator, item: Expression, scope: EvaluationScope): Field | undefined {
  const [nameNode, annotation, value] = item.kind === NodeKind.Tuple ? item.elts : [item];
  const name = nameNode && stringOf(evaluator.evaluate(nameNode, scope));
  if (name === undefined) return undefined;
  const context = signatureContext(evaluator, scope);
  const kind = ParameterKind.POSITIONAL_OR_KEYWORD;
  if (!annotation) return { parameter: { name, kind, ...anyAnnotation(evaluator) }, values: () => [] };
  if (value?.kind === NodeKind.Call) {
    const names = evaluator.evaluate(value.func, scope).map(fullName);
    if (names.includes('dataclasses.field')) return undefined;
  }
  return {
    parameter: {
      name,
      kind,
      ...annotationOf(annotation, context),
      ...(value && { default: defaultText(value, context) }),
    },
    values: () => evaluator.annotation(annotation, scope),
  };
}

/** The annotation of a field without a type: typing.Any, or its name in versions before annotations were functions. */
const anyAnnotation = (evaluator: Evaluator): Pick<Parameter, 'annotation' | 'stringAnnotation'> =>
  evaluator.modules.target.dialect.library.annotateFunction
    ? { annotation: 'Any' }
    : { annotation: "'typing.Any'", stringAnnotation: 'typing.Any' };
