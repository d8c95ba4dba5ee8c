// dataclasses.dataclass: the fields of a class and the methods that are made of them.
// CPython: Lib/dataclasses.py, _process_class() and _init_fn().
import { NodeKind } from '../../../python/ast/kinds.ts';
import type { Expression } from '../../../python/ast/expressions.ts';
import type { AnnAssign } from '../../../python/ast/nodes.ts';
import { type Parameter, ParameterKind } from '../../../python/inspect/parameter.ts';
import { annotationOf, defaultText } from '../../../python/inspect/signature.ts';
import { mangle } from '../../../python/symtable/mangle.ts';
import { fullName } from '../../classes/names.ts';
import { mroOf } from '../../classes/mro.ts';
import type { Class, Evaluator, EvaluationScope, SourceClass, Value } from '../../values.ts';
import { keywordExpression, literalFlag } from '../arguments.ts';
import { signatureContext } from '../context.ts';
import { annotated, bodyScope, formOf } from './fieldBody.ts';
import { fieldModelOf, flagOption } from './fieldModel.ts';
import { BOOL, generatedMethod, INT, NONE_TYPE, parametersNamed, SELF, STR } from './generate.ts';

/** The options of `@dataclass(...)` that decide which methods there are. */
interface Options {
  readonly init: boolean;
  readonly repr: boolean;
  readonly eq: boolean;
  readonly order: boolean;
  readonly unsafeHash: boolean;
  readonly frozen: boolean;
  readonly kwOnly: boolean;
  readonly slots: boolean;
}

interface Field {
  readonly name: string;
  readonly annotation: Expression;
  /** Where annotation and default are evaluated. */
  readonly scope: EvaluationScope;
  readonly default: Expression | undefined;
  readonly hasFactory: boolean;
  readonly init: boolean;
  readonly kwOnly: boolean;
}

/** The options of a class that is a data class; undefined if it is none. */
export function dataclassOptions(evaluator: Evaluator, cls: SourceClass): Options | undefined {
  const model = fieldModelOf(evaluator, cls);
  if (model?.maker !== 'dataclass') return undefined;
  const flag = (name: string, otherwise: boolean): boolean => flagOption(model, name, otherwise) ?? otherwise;
  return {
    init: flag('init', true),
    repr: flag('repr', true),
    eq: flag('eq', true),
    order: flag('order', false),
    unsafeHash: flag('unsafe_hash', false),
    frozen: flag('frozen', false),
    kwOnly: flag('kw_only', false),
    slots: flag('slots', false),
  };
}

/** A method that dataclass() adds to a class, if it adds one of that name. */
export function dataclassMember(evaluator: Evaluator, cls: SourceClass, name: string): Value | undefined {
  if (!name.startsWith('__')) return undefined;
  const options = dataclassOptions(evaluator, cls);
  if (!options) return undefined;
  const { eq, order, frozen, unsafeHash, slots } = options;
  const method = (names: string[], result = NONE_TYPE): Value =>
    generatedMethod(cls, name, { parameters: parametersNamed(names) }, result);
  switch (name) {
    case '__init__':
      return options.init ? initMethod(evaluator, cls) : undefined;
    case '__repr__':
      return options.repr ? method(['self'], STR) : undefined;
    case '__eq__':
      return eq ? method(['self', 'other'], BOOL) : undefined;
    case '__lt__':
    case '__le__':
    case '__gt__':
    case '__ge__':
      return order ? method(['self', 'other'], BOOL) : undefined;
    case '__hash__':
      return unsafeHash || (eq && frozen) ? method(['self'], INT) : undefined;
    case '__setattr__':
      return frozen ? method(['self', 'name', 'value']) : undefined;
    case '__delattr__':
      return frozen ? method(['self', 'name']) : undefined;
    case '__getstate__':
      return frozen && slots
        ? method(['self'], { type: 'instance', name: 'builtins.list', args: [] })
        : undefined;
    case '__setstate__':
      return frozen && slots ? method(['self', 'state']) : undefined;
    case '__replace__':
      return cls.module.analysis.target.dialect.library.replaceMethod
        ? method(['/self', '**changes'], SELF)
        : undefined;
    default:
      return undefined;
  }
}

function initMethod(evaluator: Evaluator, cls: SourceClass): Value | undefined {
  const fields = fieldsOf(evaluator, cls);
  if (!fields) return undefined;
  const taken = [...fields.values()].filter(({ init }) => init);
  const self = fields.has('self') ? '__dataclass_self__' : 'self';
  const parameters: Parameter[] = [
    { name: self, kind: ParameterKind.POSITIONAL_OR_KEYWORD },
    ...taken.filter(({ kwOnly }) => !kwOnly).map(field => fieldParameter(evaluator, field)),
    ...taken.filter(({ kwOnly }) => kwOnly).map(field => fieldParameter(evaluator, field)),
  ];
  return generatedMethod(cls, '__init__', { parameters, returnAnnotation: 'None' }, NONE_TYPE);
}

function fieldParameter(evaluator: Evaluator, field: Field): Parameter {
  const context = signatureContext(evaluator, field.scope);
  const { start, end } = field.annotation;
  return {
    name: field.name,
    kind: field.kwOnly ? ParameterKind.KEYWORD_ONLY : ParameterKind.POSITIONAL_OR_KEYWORD,
    default: field.hasFactory ? '<factory>' : field.default && defaultText(field.default, context),
    ...annotationOf(field.annotation, context),
    start,
    end,
  };
}

/** All fields, those of the bases first; undefined where a base is not known. CPython: _process_class(). */
function fieldsOf(evaluator: Evaluator, cls: SourceClass): ReadonlyMap<string, Field> | undefined {
  const { classes, complete } = mroOf(evaluator, cls);
  if (!complete) return undefined;
  const fields = new Map<string, Field>();
  for (let i = classes.length - 1; i >= 0; i--) {
    const base: Class = classes[i];
    if (base.kind !== 'source') continue;
    const options = dataclassOptions(evaluator, base);
    if (!options) continue;
    for (const field of ownFields(evaluator, base, options)) {
      if (field === undefined) return undefined;
      fields.set(field.name, field);
    }
  }
  return fields;
}

function* ownFields(evaluator: Evaluator, cls: SourceClass, options: Options): Generator<Field | undefined> {
  let kwOnly = options.kwOnly;
  const scope = bodyScope(cls);
  const seen = new Set<string>();
  for (const statement of annotated(cls.node.body)) {
    if (statement.target.kind !== NodeKind.Name) continue;
    const name = mangle(cls.name, statement.target.id);
    // An annotation that is given again keeps its place.
    if (seen.has(name)) continue;
    seen.add(name);
    const form = formOf(evaluator, statement.annotation, scope);
    if (form === 'dataclasses.KW_ONLY') {
      kwOnly = true;
      continue;
    }
    if (form === 'typing.ClassVar') continue;
    yield fieldOf(evaluator, name, statement, scope, kwOnly);
  }
}

function fieldOf(
  evaluator: Evaluator,
  name: string,
  { annotation, value }: AnnAssign,
  scope: EvaluationScope,
  kwOnly: boolean,
): Field | undefined {
  const field: Field = {
    name,
    annotation,
    scope,
    default: value ?? undefined,
    hasFactory: false,
    init: true,
    kwOnly,
  };
  if (value?.kind !== NodeKind.Call) return field;
  const names = evaluator.evaluate(value.func, scope).map(fullName);
  if (!names.includes('dataclasses.field')) return field;
  const init = literalFlag(keywordExpression(value, 'init'), true);
  const isKwOnly = literalFlag(keywordExpression(value, 'kw_only'), kwOnly);
  if (init === undefined || isKwOnly === undefined) return undefined;
  return {
    ...field,
    default: keywordExpression(value, 'default'),
    hasFactory: keywordExpression(value, 'default_factory') !== undefined,
    init,
    kwOnly: isKwOnly,
  };
}
