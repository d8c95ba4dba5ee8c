// Annotations as strings, of functions that evaluate them when asked: 3.14 and later. An expression is run with names
// that note what is done with them; what decides by truth (`a and b`) or prints an address has no text that is known.
// CPython: Lib/annotationlib.py, call_annotate_function() with Format.STRING, _Stringifier.
import type { Arg, Expression } from '../../python/ast/expressions.ts';
import { NodeKind, UnaryOperator } from '../../python/ast/kinds.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { unparse } from '../../python/ast/unparse.ts';
import { walk } from '../../python/ast/visitor.ts';
import { foldConstant } from '../../python/constants/folding.ts';
import { repr, reprStr } from '../../python/constants/repr.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { Parameter } from '../../python/inspect/parameter.ts';
import type { Signature } from '../../python/inspect/signature.ts';
import type { Target } from '../../python/versions/target.ts';
import type { Evaluator, FunctionValue, Value } from '../values.ts';
import { changesOf } from './changes.ts';
import { describe } from './signature.ts';

type Annotation = Required<Pick<Parameter, 'annotation' | 'stringAnnotation'>>;

/** `inspect.signature(value, annotation_format=Format.STRING)`; undefined where there is none or it is not known. */
export function stringSignature(evaluator: Evaluator, value: Value): Signature | undefined {
  const described = describe(evaluator, value);
  if (!described || 'error' in described) return undefined;
  const { signature, source } = described;
  const { parameters, returnAnnotation, returnStringAnnotation } = signature;
  const isAnnotated =
    returnAnnotation !== undefined || parameters.some(({ annotation }) => annotation !== undefined);
  if (!isAnnotated) return signature;
  if (source?.type !== 'function' || changesOf(evaluator, source).size > 0) return undefined;
  const { node, module } = source;
  if (!isFunction(node)) return undefined;
  // They are strings, whatever is asked for.
  if (module.analysis.symbolTable.futureAnnotations) return signature;
  const { target } = module.analysis;
  const written = annotationsByStart(source);
  const made: Parameter[] = [];
  for (const parameter of parameters) {
    const own = parameter.start === undefined ? undefined : written.get(parameter.start);
    const text = own && annotationString(own, target);
    if (parameter.annotation === undefined) made.push(parameter);
    else if (!text) return undefined;
    else made.push({ ...parameter, ...text });
  }
  if (returnAnnotation === undefined) return { parameters: made };
  const returns = node.returns && annotationString(node.returns, target);
  if (!returns) return returnStringAnnotation === undefined ? undefined : { ...signature, parameters: made };
  return {
    parameters: made,
    returnAnnotation: returns.annotation,
    returnStringAnnotation: returns.stringAnnotation,
  };
}

function annotationsByStart({ node }: FunctionValue): ReadonlyMap<number, Expression> {
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  const all: (Arg | null)[] = [...posonlyargs, ...args, vararg, ...kwonlyargs, kwarg];
  return new Map(all.flatMap(arg => (arg?.annotation ? [[arg.start, arg.annotation] as const] : [])));
}

function annotationString(node: Expression, { dialect }: Target): Annotation | undefined {
  const { unicode } = dialect.tokenizer;
  const told = (value: string): Annotation => ({
    annotation: reprStr({ value }, unicode),
    stringAnnotation: value,
  });
  if (node.kind === NodeKind.Constant && node.value.type === ConstantType.Str) return told(node.value.value);
  const folded = foldConstant(node);
  if (folded)
    return folded.type === ConstantType.FrozenSet || folded.type === ConstantType.Ellipsis
      ? told(unparse(node, dialect))
      : told(repr(folded, unicode));
  let isPlain = true;
  walk(node, part => {
    isPlain &&= isNoted(part);
  });
  return isPlain ? told(unparse(node, dialect)) : undefined;
}

/** Whether what is done here is noted as it is written. */
function isNoted(node: Parameters<Parameters<typeof walk>[1]>[0]): boolean {
  switch (node.kind) {
    case NodeKind.Name:
      // A private name is mangled.
      return !/^__.*(?<!__)$/.test(node.id);
    case NodeKind.Attribute:
      return !/^__.*(?<!__)$/.test(node.attr);
    case NodeKind.Compare:
      return node.ops.length === 1;
    case NodeKind.Constant:
    case NodeKind.Subscript:
    case NodeKind.Slice:
    case NodeKind.Starred:
    case NodeKind.Tuple:
    case NodeKind.List:
    case NodeKind.Dict:
    case NodeKind.Call:
    case NodeKind.Keyword:
      return true;
    case NodeKind.UnaryOp:
      return node.op !== UnaryOperator.Not;
    case NodeKind.BinOp:
      // What is folded stands as its value.
      return foldConstant(node) === undefined;
    default:
      // Contexts and operators.
      return !('start' in node);
  }
}
