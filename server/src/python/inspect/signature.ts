// inspect.Signature of a def or lambda, from the tree alone: parameters, their kinds, defaults and annotations, and
// the text that str() gives. CPython: Lib/inspect.py, _signature_from_function() and Signature.format().
import type { Arg, Expression, FunctionDef, Lambda } from '../ast/nodes.ts';
import { NodeKind } from '../ast/kinds.ts';
import { type ExpressionDialect, unparse } from '../ast/unparse.ts';
import { foldConstant } from '../constants/folding.ts';
import { repr, reprStr } from '../constants/repr.ts';
import { ConstantType } from '../constants/values.ts';
import { mangle } from '../symtable/mangle.ts';
import { type Parameter, ParameterKind, parameterText } from './parameter.ts';

export interface Signature {
  readonly parameters: readonly Parameter[];
  /** undefined without an annotation. */
  readonly returnAnnotation?: string | undefined;
}

/** What a signature depends on beside the function itself. */
export interface SignatureContext {
  /** The class that private names are mangled with, if any. */
  readonly privateName: string | null;
  /** `from __future__ import annotations`: annotations are strings. */
  readonly stringAnnotations: boolean;
  readonly dialect: ExpressionDialect;
}

/** The signature of a def or lambda, as inspect.signature() gives it for the plain function. */
export function signatureOf(node: FunctionDef | Lambda, context: SignatureContext): Signature {
  const { posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults } = node.args;
  const parameters: Parameter[] = [];
  const add = (arg: Arg, kind: ParameterKind, value?: Expression | null): void => {
    parameters.push({
      name: mangle(context.privateName, arg.arg),
      kind,
      default: value ? defaultText(value, context.dialect) : undefined,
      annotation: arg.annotation ? annotationText(arg.annotation, context) : undefined,
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
  return { parameters, returnAnnotation: returns ? annotationText(returns, context) : undefined };
}

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

/** What str() gives: `(a, /, b: int = 1, *, c=2, **d) -> str`. CPython: Signature.format(). */
export function signatureText({ parameters, returnAnnotation }: Signature): SignatureText {
  const spans: { start: number; end: number }[] = [];
  let text = '(';
  const append = (part: string): void => {
    text += text === '(' ? part : `, ${part}`;
  };
  let slashIsDue = false;
  let starIsDue = true;
  for (const parameter of parameters) {
    const { kind } = parameter;
    if (kind === ParameterKind.POSITIONAL_ONLY) slashIsDue = true;
    else if (slashIsDue) {
      append('/');
      slashIsDue = false;
    }
    if (kind === ParameterKind.VAR_POSITIONAL) starIsDue = false;
    else if (kind === ParameterKind.KEYWORD_ONLY && starIsDue) {
      append('*');
      starIsDue = false;
    }
    const part = parameterText(parameter);
    append(part);
    spans.push({ start: text.length - part.length, end: text.length });
  }
  if (slashIsDue) append('/');
  text += ')';
  if (returnAnnotation !== undefined) text += ` -> ${returnAnnotation}`;
  return { text, spans };
}

// ---- Texts -----------------------------------------------------------------------------------------------------

/**
 * An annotation as inspect shows it where that can be told without running it: repr() of a string, the expression
 * itself for the names of classes. CPython: formatannotation().
 */
function annotationText(node: Expression, { stringAnnotations, dialect }: SignatureContext): string {
  if (stringAnnotations) return reprStr({ value: unparse(node, dialect) }, dialect.tokenizer.unicode);
  return defaultText(node, dialect);
}

/** repr() of the value if it can be computed from literals alone, else the expression. */
function defaultText(node: Expression, dialect: ExpressionDialect): string {
  return literalText(node, dialect.tokenizer.unicode, 0) ?? unparse(node, dialect);
}

const MOST_DEPTH = 100;

/** repr() of constants, of what the compiler would fold, and of displays of them; undefined for anything else. */
function literalText(node: Expression, unicode: number, depth: number): string | undefined {
  if (depth > MOST_DEPTH) return undefined;
  const folded = foldConstant(node);
  // A frozenset is shown by its own order, which depends on hashes.
  if (folded && folded.type !== ConstantType.FrozenSet) return repr(folded, unicode);
  switch (node.kind) {
    case NodeKind.Tuple: {
      const items = literalTexts(node.elts, unicode, depth);
      return items && (items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`);
    }
    case NodeKind.List: {
      const items = literalTexts(node.elts, unicode, depth);
      return items && `[${items.join(', ')}]`;
    }
    case NodeKind.Dict: {
      const keys = literalTexts(node.keys, unicode, depth);
      const values = literalTexts(node.values, unicode, depth);
      // Of equal keys the last one's value counts.
      if (!keys || !values || new Set(keys).size < keys.length) return undefined;
      return `{${keys.map((key, i) => `${key}: ${values[i]}`).join(', ')}}`;
    }
    case NodeKind.Set: {
      const items = literalTexts(node.elts, unicode, depth);
      return items?.length === 1 ? `{${items[0]}}` : undefined;
    }
    default:
      return undefined;
  }
}

function literalTexts(
  nodes: readonly (Expression | null)[],
  unicode: number,
  depth: number,
): string[] | undefined {
  const texts: string[] = [];
  for (const node of nodes) {
    const text = node ? literalText(node, unicode, depth + 1) : undefined;
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}
