// Signatures that are made by calls, for `__signature__`: `inspect.signature(f)`, `inspect.Signature([Parameter(…)])`.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Call, Expression } from '../../python/ast/expressions.ts';
import { type Parameter, ParameterKind } from '../../python/inspect/parameter.ts';
import { annotationOf, defaultText, type Signature } from '../../python/inspect/signature.ts';
import { isDataDescriptor } from '../classes/bind.ts';
import { lookup } from '../classes/members.ts';
import { metaclassOf } from '../classes/mro.ts';
import { className, fullName } from '../classes/names.ts';
import type { Class, Evaluator, EvaluationScope, SourceClass, Value } from '../values.ts';
import { argumentExpression, keywordExpression, stringOf } from './arguments.ts';
import { signatureContext } from './context.ts';

const KINDS: Readonly<Record<string, ParameterKind | undefined>> = {
  POSITIONAL_ONLY: ParameterKind.POSITIONAL_ONLY,
  POSITIONAL_OR_KEYWORD: ParameterKind.POSITIONAL_OR_KEYWORD,
  VAR_POSITIONAL: ParameterKind.VAR_POSITIONAL,
  KEYWORD_ONLY: ParameterKind.KEYWORD_ONLY,
  VAR_KEYWORD: ParameterKind.VAR_KEYWORD,
};

/** Their `__signature__` is another model's; on the class itself enum.property gives none. */
const ENUMERATIONS = new Set(['enum.Enum', 'enum.EnumType', 'enum.EnumMeta']);

/**
 * What a class's `__signature__` is the signature of, where its metaclass or a class of its MRO has one; undefined where
 * there is none, or None.
 */
export function classSignature(evaluator: Evaluator, cls: SourceClass): Value | 'unknown' | undefined {
  const metaclass = metaclassOf(evaluator, cls);
  const isWritten = (owner: Class): boolean => owner.kind === 'source' && !ENUMERATIONS.has(className(owner));
  const find = (owner: Class | undefined): readonly Value[] | undefined => {
    const found = owner && lookup(evaluator, owner, '__signature__');
    return found && found !== 'unknown' && isWritten(found.owner) ? found.values : undefined;
  };
  const ofMetaclass = find(metaclass);
  const isFirst = ofMetaclass?.some(value => isDataDescriptor(evaluator, value));
  if (!(isFirst ? ofMetaclass : (find(cls) ?? ofMetaclass))) return undefined;
  const values = evaluator.attribute({ type: 'class', class: cls }, '__signature__', cls.scope);
  if (values.length !== 1) return 'unknown';
  const [value] = values;
  if (value.type !== 'instance') return 'unknown';
  if (className(value.class) === 'builtins.NoneType') return undefined;
  const [of, another] = className(value.class) === 'inspect.Signature' ? (value.args?.[0] ?? []) : [];
  return of && !another ? of : 'unknown';
}

/** The signature that an expression makes, or whose signature it asks for; undefined if it is no such expression. */
export function explicitSignature(
  evaluator: Evaluator,
  node: Expression,
  scope: EvaluationScope,
): { readonly signature: Signature } | { readonly of: Value } | undefined {
  if (node.kind !== NodeKind.Call) return undefined;
  const names = evaluator.evaluate(node.func, scope).map(fullName);
  if (names.includes('inspect.signature')) {
    const [value, other] = node.args.length === 1 ? evaluator.evaluate(node.args[0], scope) : [];
    return value && !other && node.keywords.length === 0 ? { of: value } : undefined;
  }
  return names.includes('inspect.Signature') ? made(evaluator, node, scope) : undefined;
}

function made(
  evaluator: Evaluator,
  call: Call,
  scope: EvaluationScope,
): { signature: Signature } | undefined {
  const list = argumentExpression(call, 0, 'parameters');
  if (call.keywords.some(({ arg }) => arg !== 'parameters' && arg !== 'return_annotation')) return undefined;
  const items = list?.kind === NodeKind.List || list?.kind === NodeKind.Tuple ? list.elts : [];
  if (list && items.length === 0 && list.kind !== NodeKind.List && list.kind !== NodeKind.Tuple)
    return undefined;
  const parameters: Parameter[] = [];
  for (const item of items) {
    const parameter = parameterOf(evaluator, item, scope);
    if (!parameter) return undefined;
    parameters.push(parameter);
  }
  const returns = keywordExpression(call, 'return_annotation');
  const context = signatureContext(evaluator, scope);
  const written = returns && annotationOf(returns, context);
  return { signature: { parameters, ...(written && { returnAnnotation: written.annotation }) } };
}

/** `inspect.Parameter(name, kind, *, default=…, annotation=…)` */
function parameterOf(evaluator: Evaluator, node: Expression, scope: EvaluationScope): Parameter | undefined {
  if (node.kind !== NodeKind.Call) return undefined;
  const names = evaluator.evaluate(node.func, scope).map(fullName);
  const nameNode = argumentExpression(node, 0, 'name');
  const kindNode = argumentExpression(node, 1, 'kind');
  if (!names.includes('inspect.Parameter') || !nameNode || kindNode?.kind !== NodeKind.Attribute)
    return undefined;
  if (node.keywords.some(({ arg }) => arg === null)) return undefined;
  const name = stringOf(evaluator.evaluate(nameNode, scope));
  const kind = KINDS[kindNode.attr];
  if (name === undefined || kind === undefined) return undefined;
  const context = signatureContext(evaluator, scope);
  const value = keywordExpression(node, 'default');
  const annotation = keywordExpression(node, 'annotation');
  return {
    name,
    kind,
    ...(value && { default: defaultText(value, context) }),
    ...(annotation && annotationOf(annotation, context)),
  };
}
