// The signature of a function some of whose own attributes have been written: `__code__` names the parameters,
// `__defaults__`, `__kwdefaults__` and `__annotations__` tell the rest. CPython: _signature_from_function().
import type { Expression } from '../../python/ast/expressions.ts';
import { NodeKind } from '../../python/ast/kinds.ts';
import { type Parameter, ParameterKind } from '../../python/inspect/parameter.ts';
import { annotationOf, defaultText, type Signature } from '../../python/inspect/signature.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { Evaluator, FunctionValue } from '../values.ts';
import { stringOf } from './arguments.ts';
import type { SignatureAttribute } from './attributeWrites.ts';
import { type Change, changesOf } from './changes.ts';
import { signatureContext } from './context.ts';

type Annotation = Pick<Parameter, 'annotation' | 'stringAnnotation'>;

/** What a function object holds, as texts. */
interface FunctionState {
  /** Names and kinds. */
  readonly parameters: readonly Parameter[];
  readonly defaults: readonly string[];
  readonly kwdefaults: ReadonlyMap<string, string>;
  /** By parameter, or `return`. */
  readonly annotations: ReadonlyMap<string, Annotation>;
}

/**
 * The signature after the changes, given that of the def; undefined where something written is not known.
 *
 * @param own what a def or lambda says itself
 */
export function changedSignature(
  evaluator: Evaluator,
  signature: Signature,
  changes: ReadonlyMap<SignatureAttribute, Change>,
  own: (fn: FunctionValue) => Signature,
): Signature | undefined {
  const { defaults, kwdefaults, annotations } = stateOf(signature);
  const code = changes.get('__code__');
  const lender = code?.type === 'set' ? lenderOf(evaluator, code, '__code__') : undefined;
  const parameters = code ? lender && own(lender).parameters : signature.parameters;
  if (!parameters || changes.has('__annotate__')) return undefined;
  const written = {
    defaults: replaced(changes.get('__defaults__'), defaults, [], change => defaultTexts(evaluator, change)),
    kwdefaults: replaced(changes.get('__kwdefaults__'), kwdefaults, new Map<string, string>(), change =>
      keywordTexts(evaluator, change),
    ),
    annotations: replaced(
      changes.get('__annotations__'),
      annotations,
      new Map<string, Annotation>(),
      change => annotationTexts(evaluator, change, own),
    ),
  };
  if (!written.defaults || !written.kwdefaults || !written.annotations) return undefined;
  return signatureFrom({
    parameters,
    defaults: written.defaults,
    kwdefaults: written.kwdefaults,
    annotations: written.annotations,
  });
}

/** The signature with these annotations in place of its own. */
export const withAnnotationsOf = (signature: Signature, other: Signature): Signature | undefined =>
  signatureFrom({ ...stateOf(signature), annotations: stateOf(other).annotations });

function stateOf({ parameters, returnAnnotation, returnStringAnnotation }: Signature): FunctionState {
  const defaults: string[] = [];
  const kwdefaults = new Map<string, string>();
  const annotations = new Map<string, Annotation>();
  for (const { name, kind, default: text, annotation, stringAnnotation } of parameters) {
    if (text !== undefined) {
      if (kind === ParameterKind.KEYWORD_ONLY) kwdefaults.set(name, text);
      else defaults.push(text);
    }
    if (annotation !== undefined) annotations.set(name, { annotation, stringAnnotation });
  }
  if (returnAnnotation !== undefined)
    annotations.set('return', { annotation: returnAnnotation, stringAnnotation: returnStringAnnotation });
  return { parameters, defaults, kwdefaults, annotations };
}

function signatureFrom({
  parameters,
  defaults,
  kwdefaults,
  annotations,
}: FunctionState): Signature | undefined {
  const positional = parameters.filter(({ kind }) => kind <= ParameterKind.POSITIONAL_OR_KEYWORD).length;
  const first = positional - defaults.length;
  // inspect counts from the wrong end then.
  if (first < 0) return undefined;
  const made = parameters.map(({ name, kind, start, end }, i): Parameter => {
    const text =
      kind === ParameterKind.KEYWORD_ONLY
        ? kwdefaults.get(name)
        : i < positional
          ? defaults[i - first]
          : undefined;
    return { name, kind, start, end, default: text, ...annotations.get(name) };
  });
  const returns = annotations.get('return');
  return {
    parameters: made,
    ...(returns && {
      returnAnnotation: returns.annotation,
      returnStringAnnotation: returns.stringAnnotation,
    }),
  };
}

/** What a change leaves: undefined if that is not known, `nothing` where it is deleted or None. */
function replaced<T>(
  change: Change | undefined,
  own: T,
  nothing: T,
  read: (change: Written) => T | undefined,
): T | undefined {
  if (!change) return own;
  if (change.type === 'unknown') return undefined;
  return change.type === 'deleted' || isNone(change.value) ? nothing : read(change);
}

type Written = Extract<Change, { type: 'set' }>;

/** `None`, written so. */
export const isNone = (node: Expression): boolean =>
  node.kind === NodeKind.Constant && node.value.type === ConstantType.None;

function defaultTexts(evaluator: Evaluator, { value, scope }: Written): string[] | undefined {
  if (value.kind !== NodeKind.Tuple || value.elts.some(item => item.kind === NodeKind.Starred))
    return undefined;
  const context = signatureContext(evaluator, scope);
  return value.elts.map(item => defaultText(item, context));
}

function keywordTexts(evaluator: Evaluator, change: Written): Map<string, string> | undefined {
  const context = signatureContext(evaluator, change.scope);
  return dictOf(evaluator, change, item => defaultText(item, context));
}

function annotationTexts(
  evaluator: Evaluator,
  change: Written,
  own: (fn: FunctionValue) => Signature,
): ReadonlyMap<string, Annotation> | undefined {
  const lender = lenderOf(evaluator, change, '__annotations__');
  if (lender) return stateOf(own(lender)).annotations;
  const context = { ...signatureContext(evaluator, change.scope), stringAnnotations: false };
  return dictOf(evaluator, change, item => annotationOf(item, context));
}

/** The def or lambda whose attribute is set on another: `g.__code__`, `getattr(g, '__annotations__', {})`. */
function lenderOf(
  evaluator: Evaluator,
  { value, scope }: Written,
  attribute: SignatureAttribute,
): FunctionValue | undefined {
  let owner: Expression | undefined;
  if (value.kind === NodeKind.Attribute && value.attr === attribute) owner = value.value;
  else if (value.kind === NodeKind.Call && value.func.kind === NodeKind.Name && value.func.id === 'getattr') {
    const [given, name] = value.args;
    if (name && stringOf(evaluator.evaluate(name, scope)) === attribute) owner = given;
  }
  if (!owner) return undefined;
  const [lender, another] = evaluator.evaluate(owner, { ...scope, offset: value.start });
  const isPlain = lender?.type === 'function' && !another && changesOf(evaluator, lender).size === 0;
  return isPlain && !lender.attributes ? lender : undefined;
}

/** A display with keys that are known, each value read. */
function dictOf<T>(
  evaluator: Evaluator,
  { value, scope }: Written,
  read: (item: Expression) => T,
): Map<string, T> | undefined {
  if (value.kind !== NodeKind.Dict) return undefined;
  const found = new Map<string, T>();
  for (const [i, key] of value.keys.entries()) {
    const name = key ? stringOf(evaluator.evaluate(key, scope)) : undefined;
    if (name === undefined) return undefined;
    found.set(name, read(value.values[i]));
  }
  return found;
}
