// attrs: the fields of a class and the `__init__` that is made of them, for `attr.s`, `attrs.define` and their like.
// The library: attr/_make.py, _transform_attrs() and _attrs_to_init_script(); attr/_next_gen.py, define().
import { NodeKind } from '../../../python/ast/kinds.ts';
import type { Call, Expression } from '../../../python/ast/expressions.ts';
import { isFunction } from '../../../python/ast/parts.ts';
import { ConstantType } from '../../../python/constants/values.ts';
import { type Parameter, ParameterKind } from '../../../python/inspect/parameter.ts';
import { annotationOf, defaultText, signatureOf } from '../../../python/inspect/signature.ts';
import { mangle } from '../../../python/symtable/mangle.ts';
import { fullName } from '../../classes/names.ts';
import { mroOf } from '../../classes/mro.ts';
import type { EvaluationScope, Evaluator, FieldModel, SourceClass, Value, Values } from '../../values.ts';
import {
  argumentExpression,
  type Arguments,
  keywordExpression,
  literalFlag,
  stringOf,
} from '../arguments.ts';
import { signatureContext } from '../context.ts';
import { bodyScope, formOf } from './fieldBody.ts';
import { fieldModelOf, flagOption } from './fieldModel.ts';
import { generatedMethod, NONE_TYPE, UNKNOWN_METHOD } from './generate.ts';

interface Field {
  readonly name: string;
  readonly parameter: Parameter;
  readonly init: boolean;
  readonly inherited: boolean;
}

const FIELD_MAKERS = new Set(['attr._make.attrib', 'attr._next_gen.field']);
const FACTORY = 'attr._make.Factory';

/** The `__init__` that attrs gives a class, or where that is written, `__attrs_init__`; undefined where it gives none. */
export function attrsMember(evaluator: Evaluator, cls: SourceClass, name: string): Value | undefined {
  if (name !== '__init__' && name !== '__attrs_init__') return undefined;
  const model = fieldModelOf(evaluator, cls);
  if (model?.maker !== 'attrs') return undefined;
  const makesInit = isMade(evaluator, cls, model, 'init', '__init__');
  if (makesInit === undefined) return UNKNOWN_METHOD;
  if (makesInit !== (name === '__init__')) return undefined;
  const fields = fieldsOf(evaluator, cls, model, 0);
  if (!fields) return UNKNOWN_METHOD;
  const taken = fields.filter(({ init }) => init).map(({ parameter }) => parameter);
  const isKeyword = ({ kind }: Parameter): boolean => kind === ParameterKind.KEYWORD_ONLY;
  const parameters: Parameter[] = [
    { name: 'self', kind: ParameterKind.POSITIONAL_OR_KEYWORD },
    ...taken.filter(parameter => !isKeyword(parameter)),
    ...taken.filter(isKeyword),
  ];
  return generatedMethod(cls, name, { parameters, returnAnnotation: 'None' }, NONE_TYPE);
}

/** Whether attrs makes a method: an option says so, or else, with auto_detect, whether the class has its own. */
function isMade(
  evaluator: Evaluator,
  cls: SourceClass,
  model: FieldModel,
  option: string,
  name: string,
): boolean | undefined {
  const values = model.option(option);
  const isOpen = values.length === 0 || (values.length === 1 && isNone(values[0]));
  if (!isOpen) return flagOption(model, option, undefined);
  const detects = flagOption(model, 'auto_detect', false);
  if (detects === undefined) return undefined;
  return !detects || evaluator.ownMember(cls, name).length === 0;
}

const isNone = (value: Value): boolean =>
  value.type === 'instance' &&
  (value.constant?.type === ConstantType.None ||
    (value.class.kind === 'class' && value.class.qualname === 'NoneType'));

const MOST_DEPTH = 30;

/** `__attrs_attrs__`; undefined where something about it is not known. */
function fieldsOf(
  evaluator: Evaluator,
  cls: SourceClass,
  model: FieldModel,
  depth: number,
): readonly Field[] | undefined {
  const { classes, complete } = mroOf(evaluator, cls);
  const these = model.option('these');
  const transformer = model.option('field_transformer');
  const keywordOnly = flagOption(model, 'kw_only', false);
  // Before attrs 25.4 there was no such option, and kw_only of a class was of its inherited fields, too.
  const forces = flagOption(model, 'force_kw_only', true);
  if (!complete || depth > MOST_DEPTH || keywordOnly === undefined || forces === undefined) return undefined;
  if (!these.every(isNone) || !transformer.every(isNone)) return undefined;
  const own = ownFields(evaluator, cls, model, keywordOnly);
  if (!own) return undefined;
  const byMro = flagOption(model, 'collect_by_mro', model.option('collect_by_mro').length === 0);
  const taken = new Set(own.map(({ name }) => name));
  let inherited: Field[] = [];
  const bases = classes.slice(1);
  for (const base of byMro ? bases.reverse() : bases) {
    if (base.kind !== 'source') continue;
    const of = fieldModelOf(evaluator, base);
    if (of?.maker !== 'attrs') continue;
    const fields = fieldsOf(evaluator, base, of, depth + 1);
    if (!fields) return undefined;
    for (const field of fields) {
      if (taken.has(field.name) || (byMro && field.inherited)) continue;
      if (!byMro) taken.add(field.name);
      // The freshest definition stays.
      else inherited = inherited.filter(({ name }) => name !== field.name);
      inherited.push({ ...field, inherited: true });
    }
  }
  const all = [...inherited, ...own];
  if (!keywordOnly || !forces) return all;
  return all.map(field => ({
    ...field,
    parameter: { ...field.parameter, kind: ParameterKind.KEYWORD_ONLY },
  }));
}

/** What the body of a class says of a field. */
interface Written {
  readonly name: string;
  readonly annotation: Expression | undefined;
  readonly value: Expression | undefined;
  readonly call: Call | undefined;
}

function ownFields(
  evaluator: Evaluator,
  cls: SourceClass,
  model: FieldModel,
  areKeywords: boolean,
): readonly Field[] | undefined {
  const scope = bodyScope(cls);
  const isField = (value: Expression | null): value is Call =>
    value?.kind === NodeKind.Call &&
    evaluator
      .evaluate(value.func, { ...scope, offset: value.start })
      .some(callee => FIELD_MAKERS.has(fullName(callee) ?? ''));
  const annotated = new Map<string, Written>();
  const called = new Map<string, Written>();
  const computed = new Set<string>();
  for (const statement of cls.node.body) {
    if (statement.kind === NodeKind.AnnAssign && statement.target.kind === NodeKind.Name) {
      const { annotation, value } = statement;
      const name = mangle(cls.name, statement.target.id);
      const call = isField(value) ? value : undefined;
      const written = { name, annotation, value: value ?? undefined, call };
      if (call) called.set(name, written);
      if (formOf(evaluator, annotation, scope) !== 'typing.ClassVar') annotated.set(name, written);
    } else if (statement.kind === NodeKind.Assign && isField(statement.value)) {
      for (const target of statement.targets)
        if (target.kind === NodeKind.Name) {
          const name = mangle(cls.name, target.id);
          called.set(name, { name, annotation: undefined, value: statement.value, call: statement.value });
        }
    } else if (isFunction(statement)) {
      for (const decorator of statement.decorator_list)
        if (
          decorator.kind === NodeKind.Attribute &&
          decorator.attr === 'default' &&
          decorator.value.kind === NodeKind.Name
        )
          computed.add(mangle(cls.name, decorator.value.id));
    }
  }
  const automatic = model.option('auto_attribs');
  const detects = automatic.length === 1 && isNone(automatic[0]);
  const byAnnotations = detects
    ? [...called.keys()].every(name => annotated.has(name))
    : flagOption(model, 'auto_attribs', false);
  if (byAnnotations === undefined) return undefined;
  const chosen = byAnnotations ? annotated : called;
  const fields: Field[] = [];
  for (const written of chosen.values()) {
    const field = fieldOf(evaluator, written, computed.has(written.name), areKeywords, scope);
    if (!field) return undefined;
    fields.push(field);
  }
  return fields;
}

function fieldOf(
  evaluator: Evaluator,
  { name, annotation, value, call }: Written,
  isComputed: boolean,
  isKeywordByClass: boolean,
  scope: EvaluationScope,
): Field | undefined {
  const option = (option: string): Expression | undefined => call && keywordExpression(call, option);
  if (call?.keywords.some(({ arg }) => arg === null)) return undefined;
  const init = literalFlag(option('init'), true);
  const keywordOnly = option('kw_only');
  const isKeyword =
    keywordOnly && !isNoneLiteral(keywordOnly) ? literalFlag(keywordOnly, false) : isKeywordByClass;
  if (init === undefined || isKeyword === undefined) return undefined;
  const alias = option('alias');
  const given = alias && stringOf(evaluator.evaluate(alias, { ...scope, offset: alias.start }));
  if (alias && given === undefined && !isNoneLiteral(alias)) return undefined;
  const initial = call ? argumentExpression(call, 0, 'default') : value;
  const context = signatureContext(evaluator, scope);
  const factory = option('factory');
  const hasFactory =
    isComputed ||
    (factory && !isNoneLiteral(factory)) ||
    (initial?.kind === NodeKind.Call &&
      evaluator.evaluate(initial.func, scope).some(callee => fullName(callee) === FACTORY));
  const shown = hasFactory
    ? 'NOTHING'
    : initial && !isNothing(initial)
      ? defaultText(initial, context)
      : undefined;
  const converter = option('converter');
  const type = annotation ?? option('type');
  const told =
    converter && !isNoneLiteral(converter)
      ? firstAnnotation(evaluator, converter, scope)
      : type && !isNoneLiteral(type)
        ? annotationOf(type, context)
        : undefined;
  return {
    name,
    init,
    inherited: false,
    parameter: {
      name: given ?? name.replace(/^_+/, ''),
      kind: isKeyword ? ParameterKind.KEYWORD_ONLY : ParameterKind.POSITIONAL_OR_KEYWORD,
      ...(shown !== undefined && { default: shown }),
      ...told,
      ...(annotation && { start: annotation.start, end: annotation.end }),
    },
  };
}

const isNoneLiteral = (node: Expression): boolean =>
  node.kind === NodeKind.Constant && node.value.type === ConstantType.None;

const isNothing = (node: Expression): boolean =>
  (node.kind === NodeKind.Name && node.id === 'NOTHING') ||
  (node.kind === NodeKind.Attribute && node.attr === 'NOTHING');

/** What a converter says that it takes. */
function firstAnnotation(
  evaluator: Evaluator,
  converter: Expression,
  scope: EvaluationScope,
): Pick<Parameter, 'annotation' | 'stringAnnotation'> | undefined {
  const [value, another] = evaluator.evaluate(converter, scope);
  if (another || value?.type !== 'function') return undefined;
  const [first] = signatureOf(value.node, signatureContext(evaluator, value.scope)).parameters;
  if (first?.annotation === undefined) return undefined;
  return { annotation: first.annotation, stringAnnotation: first.stringAnnotation };
}

/** `attr.ib(…)` and `dataclasses.field(…)`, as the value of an instance's attribute: what it is to begin with. */
export function fieldValue(evaluator: Evaluator, args: Arguments): Values | undefined {
  const { written } = args;
  if (!written) return undefined;
  const factories = [...args.keyword('factory'), ...args.keyword('default_factory')];
  const type = keywordExpression(written.call, 'type');
  return [
    ...(type ? evaluator.annotation(type, written.scope) : []),
    ...factories.flatMap(factory => evaluator.apply(factory, [], written.scope)),
    ...args.positional(0),
    ...args.keyword('default'),
  ].filter(value => !isMark(value));
}

/** `NOTHING` and `MISSING` are no values. */
const isMark = (value: Value): boolean =>
  value.type === 'instance' &&
  value.class.kind === 'source' &&
  (value.class.name === '_Nothing' || value.class.name === '_MISSING_TYPE');

/** `Factory(list)` */
export function factoryValue(evaluator: Evaluator, args: Arguments): Values | undefined {
  const { written } = args;
  return written && args.positional(0).flatMap(factory => evaluator.apply(factory, [], written.scope));
}
