// pydantic's models, 1 and 2: `__signature__`, which the metaclass sets, from the fields and the model's `__init__`.
// The library: pydantic/_internal/_signature.py, generate_pydantic_signature(), and pydantic/utils.py of pydantic 1.
import { NodeKind } from '../../../python/ast/kinds.ts';
import type { Call, Expression } from '../../../python/ast/expressions.ts';
import type { AnnAssign } from '../../../python/ast/nodes.ts';
import { ConstantType } from '../../../python/constants/values.ts';
import { type Parameter, ParameterKind } from '../../../python/inspect/parameter.ts';
import { annotationOf, defaultText, type Signature } from '../../../python/inspect/signature.ts';
import { parseExpression } from '../../callee.ts';
import { className, fullName } from '../../classes/names.ts';
import { mroOf } from '../../classes/mro.ts';
import type { EvaluationScope, Evaluator, SourceClass } from '../../values.ts';
import { argumentExpression, keywordExpression, stringOf } from '../arguments.ts';
import { signatureContext } from '../context.ts';
import { bodyScope, formOf } from './fieldBody.ts';

interface Flavour {
  readonly isFirst: boolean;
  /** The option that lets fields be given by their own names beside their aliases. */
  readonly byName: string;
}

/** The base of all models, by the metaclass that it has. */
const BASES = new Set(['pydantic.main.BaseModel', 'pydantic.v1.main.BaseModel']);
const FIELDS = new Set(['pydantic.fields.Field', 'pydantic.v1.fields.Field']);

/** What kind of model a class is; undefined for other classes, and for pydantic 2's base of all models. */
export function pydanticFlavour(evaluator: Evaluator, cls: SourceClass): Flavour | undefined {
  if (cls.node.bases.length === 0 && cls.node.keywords.length === 0) return undefined;
  const { classes, complete } = mroOf(evaluator, cls);
  if (!complete) return undefined;
  const base = classes.find(each => BASES.has(className(each)));
  if (base?.kind !== 'source') return undefined;
  const isFirst =
    className(base).startsWith('pydantic.v1.') || base.module.analysis.text.includes('class ModelMetaclass');
  if (!isFirst && base === cls) return undefined;
  return { isFirst, byName: isFirst ? 'allow_population_by_field_name' : 'populate_by_name' };
}

interface Field {
  readonly name: string;
  readonly alias: string;
  readonly isInit: boolean;
  readonly parameter: Pick<Parameter, 'annotation' | 'stringAnnotation' | 'default' | 'start' | 'end'>;
}

/** The signature of a model whose `__init__` has another; undefined where something about the fields is not known. */
export function pydanticSignature(
  evaluator: Evaluator,
  cls: SourceClass,
  flavour: Flavour,
  init: Signature,
): Signature | undefined {
  const fields = fieldsOf(evaluator, cls, flavour);
  if (!fields) return undefined;
  const [, ...present] = init.parameters;
  const parameters: Parameter[] = [];
  for (const parameter of present) {
    if (parameter.kind === ParameterKind.VAR_KEYWORD) continue;
    const field = flavour.isFirst ? undefined : fields.get(parameter.name);
    if (field && !field.isInit) continue;
    parameters.push(field ? { ...parameter, name: field.alias } : parameter);
  }
  const rest = present.find(({ kind }) => kind === ParameterKind.VAR_KEYWORD);
  const returns = { returnAnnotation: 'None' };
  if (!rest) return { parameters, ...returns };
  const names = new Set(parameters.map(({ name }) => name));
  const byName = configOf(evaluator, cls, flavour.byName) === 'True';
  let isOpen = configOf(evaluator, cls, 'extra') === "'allow'";
  for (const field of fields.values()) {
    if (names.has(field.name) || names.has(field.alias)) continue;
    const name = IDENTIFIER.test(field.alias) ? field.alias : byName ? field.name : undefined;
    if (name === undefined) {
      isOpen = true;
      continue;
    }
    parameters.push({ name, kind: ParameterKind.KEYWORD_ONLY, ...field.parameter });
  }
  if (isOpen) {
    let name = isPlain(init) ? 'extra_data' : rest.name;
    while (fields.has(name)) name += '_';
    const annotation = rest.annotation === "'Any'" ? { annotation: 'Any' } : {};
    parameters.push({ ...rest, stringAnnotation: undefined, ...annotation, name });
  }
  return { parameters, ...returns };
}

const IDENTIFIER = /^(?!\d)[\p{L}\p{N}_]+$/u;

/** `__init__(self, **data)`, as all models have it. */
const isPlain = ({ parameters: [first, second, third] }: Signature): boolean =>
  first !== undefined && second?.name === 'data' && third === undefined;

function fieldsOf(
  evaluator: Evaluator,
  cls: SourceClass,
  flavour: Flavour,
): ReadonlyMap<string, Field> | undefined {
  const fields = new Map<string, Field>();
  for (const base of mroOf(evaluator, cls).classes.toReversed()) {
    if (base.kind !== 'source' || BASES.has(className(base))) continue;
    const scope = bodyScope(base);
    for (const statement of base.node.body) {
      if (statement.kind === NodeKind.Assign && flavour.isFirst && isBareField(statement.targets))
        return undefined;
      if (statement.kind !== NodeKind.AnnAssign || statement.target.kind !== NodeKind.Name) continue;
      const name = statement.target.id;
      if (name.startsWith('_') || name === 'model_config') continue;
      if (formOf(evaluator, statement.annotation, scope) === 'typing.ClassVar') continue;
      const field = fieldOf(evaluator, name, statement, scope, flavour);
      if (!field) return undefined;
      fields.set(name, field);
    }
  }
  return fields;
}

/** pydantic 1 makes fields of plain assignments as well, and infers their types. */
const isBareField = (targets: readonly Expression[]): boolean =>
  targets.some(target => target.kind === NodeKind.Name && !target.id.startsWith('_'));

/** What of `Field(…)` does not change how the annotation is shown. */
const PLAIN = new Set(
  (
    'default default_factory alias alias_priority validation_alias serialization_alias title description examples ' +
    'exclude include repr init init_var kw_only json_schema_extra deprecated frozen discriminator example env const'
  ).split(' '),
);

function fieldOf(
  evaluator: Evaluator,
  name: string,
  { annotation, value, start, end }: AnnAssign,
  scope: EvaluationScope,
  { isFirst }: Flavour,
): Field | undefined {
  const call = callIn(evaluator, value, scope) ?? callIn(evaluator, metadataOf(annotation), scope);
  const isCalled = value !== null && call === value;
  if (call?.keywords.some(({ arg }) => arg === null)) return undefined;
  const option = (option: string): Expression | undefined => call && keywordExpression(call, option);
  const text = (node: Expression | undefined): string | undefined =>
    node && stringOf(evaluator.evaluate(node, { ...scope, offset: node.start }));
  const alias = text(option('alias'));
  if (option('alias') && alias === undefined) return undefined;
  const validation = isFirst ? undefined : text(option('validation_alias'));
  const context = { ...signatureContext(evaluator, scope), stringAnnotations: false };
  const given = isCalled ? argumentExpression(call, 0, 'default') : (value ?? option('default') ?? undefined);
  const factory = option('default_factory');
  const optional = isFirst && isOptional(evaluator, annotation, scope);
  let shown: string | undefined;
  if (given && !isEllipsis(given)) shown = defaultText(given, context);
  else if (factory) shown = isFirst ? 'None' : '<factory>';
  else if (optional && !given) shown = 'None';
  const isShown = !call || call.keywords.every(({ arg }) => PLAIN.has(arg ?? ''));
  const named = [alias, validation].find(each => each !== undefined && IDENTIFIER.test(each));
  const init = option('init');
  return {
    name,
    alias: (isFirst ? alias : named) ?? name,
    isInit: !(init?.kind === NodeKind.Constant && init.value.type === ConstantType.Bool && !init.value.value),
    parameter: {
      ...(isShown && {
        ...annotationOf(writtenAs(annotation, scope), context),
        stringAnnotation: undefined,
      }),
      ...(shown !== undefined && { default: shown }),
      start,
      end,
    },
  };
}

/** What stands in a string: pydantic evaluates it. */
function writtenAs(annotation: Expression, { module }: EvaluationScope): Expression {
  if (annotation.kind !== NodeKind.Constant || annotation.value.type !== ConstantType.Str) return annotation;
  return parseExpression(annotation.value.value, module.analysis.target) ?? annotation;
}

const isEllipsis = (node: Expression): boolean =>
  node.kind === NodeKind.Constant && node.value.type === ConstantType.Ellipsis;

const isOptional = (evaluator: Evaluator, annotation: Expression, scope: EvaluationScope): boolean =>
  evaluator
    .annotation(annotation, scope)
    .some(value => value.type === 'instance' && className(value.class) === 'builtins.NoneType');

/** `Field(…)` */
function callIn(
  evaluator: Evaluator,
  node: Expression | null | undefined,
  scope: EvaluationScope,
): Call | undefined {
  if (node?.kind !== NodeKind.Call) return undefined;
  const isField = evaluator
    .evaluate(node.func, { ...scope, offset: node.start })
    .some(callee => FIELDS.has(fullName(callee) ?? ''));
  return isField ? node : undefined;
}

/** The first thing that `Annotated[X, …]` says besides. */
function metadataOf(annotation: Expression): Expression | undefined {
  if (annotation.kind !== NodeKind.Subscript || annotation.slice.kind !== NodeKind.Tuple) return undefined;
  const { value } = annotation;
  const name = value.kind === NodeKind.Name ? value.id : value.kind === NodeKind.Attribute ? value.attr : '';
  return name === 'Annotated' ? annotation.slice.elts[1] : undefined;
}

/** The literal that an option of the configuration has, as written: of the class itself, or the next that says it. */
function configOf(evaluator: Evaluator, cls: SourceClass, name: string): string | undefined {
  for (const base of mroOf(evaluator, cls).classes) {
    if (base.kind !== 'source') continue;
    const found = base.node.keywords.find(({ arg }) => arg === name)?.value ?? optionIn(base, name);
    if (!found) continue;
    if (found.kind === NodeKind.Attribute) return `'${found.attr}'`; // Extra.allow
    return base.module.analysis.text.slice(found.start, found.end).replaceAll('"', "'");
  }
  return undefined;
}

function optionIn({ node }: SourceClass, name: string): Expression | undefined {
  for (const statement of node.body) {
    if (statement.kind === NodeKind.ClassDef && statement.name === 'Config') {
      for (const inner of statement.body)
        if (inner.kind === NodeKind.Assign && isNamed(inner.targets[0], name)) return inner.value;
    }
    const value =
      statement.kind === NodeKind.Assign && isNamed(statement.targets[0], 'model_config')
        ? statement.value
        : statement.kind === NodeKind.AnnAssign && isNamed(statement.target, 'model_config')
          ? statement.value
          : undefined;
    if (value?.kind === NodeKind.Call) return keywordExpression(value, name);
    if (value?.kind === NodeKind.Dict) {
      const at = value.keys.findIndex(
        key =>
          key?.kind === NodeKind.Constant && key.value.type === ConstantType.Str && key.value.value === name,
      );
      if (at >= 0) return value.values[at];
    }
  }
  return undefined;
}

const isNamed = (node: Expression, name: string): boolean => node.kind === NodeKind.Name && node.id === name;
