// inspect.Signature of a def or lambda, from the tree alone: parameters, their kinds, defaults and annotations, and
// the text that str() gives. CPython: Lib/inspect.py, _signature_from_function() and Signature.format().
import type { Arg, Expression, Lambda } from '../ast/expressions.ts';
import type { FunctionDef } from '../ast/nodes.ts';
import { NodeKind } from '../ast/kinds.ts';
import { type ExpressionDialect, unparse } from '../ast/unparse.ts';
import { foldConstant } from '../constants/folding.ts';
import { repr, reprStr } from '../constants/repr.ts';
import { ConstantType } from '../constants/values.ts';
import type { Dialect } from '../versions/dialect.ts';
import { type AnnotationValue, formatAnnotation } from './annotation.ts';
import { Messages } from './messages.ts';
import {
  type InvalidSignature,
  KIND_DESCRIPTIONS,
  type Parameter,
  ParameterKind,
  parameterText,
  shownAnnotation,
} from './parameter.ts';

export interface Signature {
  readonly parameters: readonly Parameter[];
  /** What formatannotation() gives; undefined without an annotation. */
  readonly returnAnnotation?: string | undefined;
  /** The annotation itself where it is a str: `returnAnnotation` without the quotes. */
  readonly returnStringAnnotation?: string | undefined;
}

/** What a signature depends on beside the function itself. */
export interface SignatureContext {
  /** What a parameter is called once private names are mangled. */
  readonly mangled: (name: string) => string;
  /** `from __future__ import annotations`: annotations are strings. */
  readonly stringAnnotations: boolean;
  readonly dialect: SignatureDialect;
  /** What an annotation is worth, if that is known; asked for those that are no literals. */
  readonly annotationValue?: (node: Expression) => AnnotationValue | undefined;
  /** repr() of a default, if that is known; asked for those that are no literals. */
  readonly defaultRepr?: (node: Expression) => string | undefined;
}

type SignatureDialect = ExpressionDialect & Pick<Dialect, 'inspect'>;

/** The signature of a def or lambda, as inspect.signature() gives it for the plain function. */
export function signatureOf(node: FunctionDef | Lambda, context: SignatureContext): Signature {
  const { posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults } = node.args;
  const parameters: Parameter[] = [];
  const add = (arg: Arg, kind: ParameterKind, value?: Expression | null): void => {
    parameters.push({
      name: context.mangled(arg.arg),
      kind,
      default: value ? defaultText(value, context) : undefined,
      ...(arg.annotation ? annotationOf(arg.annotation, context) : undefined),
      start: arg.start,
      end: arg.end,
    });
  };
  const firstDefault = posonlyargs.length + args.length - defaults.length;
  posonlyargs.forEach((arg, i) => add(arg, ParameterKind.POSITIONAL_ONLY, defaults[i - firstDefault]));
  args.forEach((arg, i) => {
    add(arg, ParameterKind.POSITIONAL_OR_KEYWORD, defaults[posonlyargs.length + i - firstDefault]);
  });
  if (vararg) add(vararg, ParameterKind.VAR_POSITIONAL);
  kwonlyargs.forEach((arg, i) => add(arg, ParameterKind.KEYWORD_ONLY, kw_defaults[i]));
  if (kwarg) add(kwarg, ParameterKind.VAR_KEYWORD);
  const returns = node.kind === NodeKind.Lambda ? null : node.returns;
  if (!returns) return { parameters };
  const { annotation, stringAnnotation } = annotationOf(returns, context);
  return { parameters, returnAnnotation: annotation, returnStringAnnotation: stringAnnotation };
}

/**
 * A signature with what its constructor checks: the order of kinds, defaults and names.
 *
 * CPython: Signature.__init__()
 */
export function makeSignature(
  signature: Signature,
  { inspect }: Pick<Dialect, 'inspect'>,
): Signature | InvalidSignature {
  const refuse = (valueError: string): InvalidSignature => ({ valueError });
  const names = new Set<string>();
  const variadic = new Set<ParameterKind>();
  let topKind = ParameterKind.POSITIONAL_ONLY;
  let hasDefault = false;
  for (const { kind, name, default: value } of signature.parameters) {
    if (kind === ParameterKind.VAR_POSITIONAL || kind === ParameterKind.VAR_KEYWORD) {
      if (inspect.refusesSecondVariadic && variadic.has(kind)) {
        return refuse(Messages.moreThanOne(KIND_DESCRIPTIONS[kind]));
      }
      variadic.add(kind);
    }
    if (kind < topKind)
      return refuse(Messages.wrongOrder(KIND_DESCRIPTIONS[topKind], KIND_DESCRIPTIONS[kind]));
    if (kind > topKind && inspect.defaultsByKind) hasDefault = false;
    topKind = kind;
    if (kind <= ParameterKind.POSITIONAL_OR_KEYWORD) {
      if (value === undefined && hasDefault) return refuse(Messages.nonDefaultAfterDefault);
      hasDefault ||= value !== undefined;
    }
    if (names.has(name)) return refuse(Messages.duplicateName(name));
    names.add(name);
  }
  return signature;
}

/** A copy with other parameters or another return annotation, checked. CPython: Signature.replace(). */
export const replaceSignature = (
  signature: Signature,
  changes: Partial<Signature>,
  dialect: Pick<Dialect, 'inspect'>,
): Signature | InvalidSignature => makeSignature({ ...signature, ...changes }, dialect);

/**
 * The signature without its first parameter, which a bound method fills; undefined where there is none to fill.
 * CPython: _signature_bound_method().
 */
export function boundMethodSignature(signature: Signature): Signature | undefined {
  const [first, ...others] = signature.parameters;
  switch (first?.kind) {
    case ParameterKind.POSITIONAL_ONLY:
    case ParameterKind.POSITIONAL_OR_KEYWORD:
      return { ...signature, parameters: others };
    case ParameterKind.VAR_POSITIONAL:
      return signature;
    default:
      return undefined;
  }
}

/** A signature's text, and where each parameter stands in it. */
export interface SignatureText {
  readonly text: string;
  /** One for each parameter, offsets in `text`. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/** How Signature.format() is to write; str() is all of this left out. */
export interface SignatureFormat {
  /** 3.13 and later: a parameter a line if the parameters would be longer than this, in code points. */
  readonly maxWidth?: number;
  /** 3.14 and later: false shows annotations that are strings without quotes. */
  readonly quoteAnnotationStrings?: boolean;
}

/** What str() gives: `(a, /, b: int = 1, *, c=2, **d) -> str`. CPython: Signature.format(). */
export function signatureText(signature: Signature, format: SignatureFormat = {}): SignatureText {
  const { parameters, returnAnnotation, returnStringAnnotation } = signature;
  const { maxWidth, quoteAnnotationStrings = true } = format;
  const parts: string[] = [];
  /** Of each parameter the index among the parts. */
  const places: number[] = [];
  let slashIsDue = false;
  let starIsDue = true;
  for (const parameter of parameters) {
    const { kind } = parameter;
    if (kind === ParameterKind.POSITIONAL_ONLY) slashIsDue = true;
    else if (slashIsDue) {
      parts.push('/');
      slashIsDue = false;
    }
    if (kind === ParameterKind.VAR_POSITIONAL) starIsDue = false;
    else if (kind === ParameterKind.KEYWORD_ONLY && starIsDue) {
      parts.push('*');
      starIsDue = false;
    }
    places.push(parts.push(parameterText(parameter, quoteAnnotationStrings)) - 1);
  }
  if (slashIsDue) parts.push('/');
  const line = `(${parts.join(', ')})`;
  const broken = maxWidth !== undefined && [...line].length > maxWidth;
  const [opening, comma, closing] = broken ? ['(\n    ', ',\n    ', '\n)'] : ['(', ', ', ')'];
  const returns = shownAnnotation(returnAnnotation, returnStringAnnotation, quoteAnnotationStrings);
  let text = opening;
  const starts = parts.map((part, i) => {
    if (i > 0) text += comma;
    text += part;
    return text.length - part.length;
  });
  text += closing;
  if (returns !== undefined) text += ` -> ${returns}`;
  const spans = places.map(at => ({ start: starts[at], end: starts[at] + parts[at].length }));
  return { text, spans };
}

// ---- Texts -----------------------------------------------------------------------------------------------------

/** An annotation as inspect shows it: repr() of a string, what its value is known to be, or the expression itself. */
export function annotationOf(
  node: Expression,
  { stringAnnotations, dialect, annotationValue }: SignatureContext,
): Pick<Parameter, 'annotation' | 'stringAnnotation'> {
  const { unicode } = dialect.tokenizer;
  if (stringAnnotations) {
    const value = unparse(node, dialect);
    return { annotation: reprStr({ value }, unicode), stringAnnotation: value };
  }
  if (node.kind === NodeKind.Constant && node.value.type === ConstantType.Str) {
    return { annotation: reprStr(node.value, unicode), stringAnnotation: node.value.value };
  }
  const literal = literalText(node, unicode);
  if (literal !== undefined) return { annotation: literal };
  const value = annotationValue?.(node);
  if (!value) return { annotation: unparse(node, dialect) };
  const annotation = formatAnnotation(value, dialect);
  return value.type === 'str' ? { annotation, stringAnnotation: value.value } : { annotation };
}

/** repr() of the value if it can be computed from literals or is known, else the expression. */
export function defaultText(node: Expression, { dialect, defaultRepr }: SignatureContext): string {
  return literalText(node, dialect.tokenizer.unicode, defaultRepr) ?? unparse(node, dialect);
}

const MOST_DEPTH = 100;

/**
 * repr() of constants, of what the compiler would fold, and of displays of them; of anything else what `known` says.
 */
function literalText(
  node: Expression,
  unicode: number,
  known?: (node: Expression) => string | undefined,
  depth = 0,
): string | undefined {
  if (depth > MOST_DEPTH) return undefined;
  const inner = (nodes: readonly (Expression | null)[]): string[] | undefined => {
    const texts = nodes.map(item => (item ? literalText(item, unicode, known, depth + 1) : undefined));
    return texts.every(text => text !== undefined) ? texts : undefined;
  };
  const folded = foldConstant(node);
  // A frozenset is shown by its own order, which depends on hashes.
  if (folded && folded.type !== ConstantType.FrozenSet) return repr(folded, unicode);
  switch (node.kind) {
    case NodeKind.Tuple: {
      const items = inner(node.elts);
      return items && (items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`);
    }
    case NodeKind.List: {
      const items = inner(node.elts);
      return items && `[${items.join(', ')}]`;
    }
    case NodeKind.Dict: {
      const keys = inner(node.keys);
      const values = inner(node.values);
      // Of equal keys the last one's value counts.
      if (!keys || !values || new Set(keys).size < keys.length) return undefined;
      return `{${keys.map((key, i) => `${key}: ${values[i]}`).join(', ')}}`;
    }
    case NodeKind.Set: {
      const items = inner(node.elts);
      return items?.length === 1 ? `{${items[0]}}` : undefined;
    }
    default:
      return known?.(node);
  }
}
