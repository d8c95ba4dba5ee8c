// The arguments of a call, either as written, evaluated when a model asks for one, or as values that a decorator gets.
import { NodeKind, Operator } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { CallArguments, Evaluator, EvaluationScope, Values } from '../values.ts';

export interface Arguments {
  /** How many positional arguments there are; undefined if a `*iterable` hides it. */
  readonly count: number | undefined;
  positional(index: number): Values;
  /** The value of a keyword argument; empty also where it is not given. */
  keyword(name: string): Values;
  /** As written; undefined also where there are only values. */
  readonly written: { readonly call: CallArguments; readonly scope: EvaluationScope } | undefined;
}

/** The arguments of a call in a scope. */
export function writtenArguments(
  evaluator: Evaluator,
  call: CallArguments,
  scope: EvaluationScope,
): Arguments {
  const starred = call.args.findIndex(arg => arg.kind === NodeKind.Starred);
  return {
    count: starred < 0 ? call.args.length : undefined,
    positional(index) {
      return index < call.args.length && (starred < 0 || index < starred)
        ? evaluator.evaluate(call.args[index], scope)
        : [];
    },
    keyword(name) {
      const value = keywordExpression(call, name);
      return value ? evaluator.evaluate(value, scope) : [];
    },
    written: { call, scope },
  };
}

/** What a call passes for a keyword, as written. */
export const keywordExpression = (call: CallArguments, name: string): Expression | undefined =>
  call.keywords.find(({ arg }) => arg === name)?.value;

/** An argument as written: the positional one, or else that of the keyword. */
export const argumentExpression = (
  call: CallArguments,
  index: number,
  name: string,
): Expression | undefined => {
  const positional = call.args[index];
  if (positional && call.args.slice(0, index + 1).every(arg => arg.kind !== NodeKind.Starred))
    return positional;
  return keywordExpression(call, name);
};

/** Whether an expression is the literal True or False; undefined if it is neither, `otherwise` if it is not there. */
export function literalFlag(node: Expression | undefined, otherwise: boolean): boolean | undefined {
  if (!node) return otherwise;
  if (node.kind !== NodeKind.Constant || node.value.type !== ConstantType.Bool) return undefined;
  return node.value.value;
}

/** The one value that is a str among what an expression may be. */
export function stringOf(values: Values): string | undefined {
  if (values.length !== 1) return undefined;
  const [value] = values;
  return value.type === 'instance' && value.constant?.type === ConstantType.Str
    ? value.constant.value
    : undefined;
}

/** The strings of a list or tuple of them; undefined if any is not known. */
export function stringsOf(
  evaluator: Evaluator,
  node: Expression,
  scope: EvaluationScope,
): string[] | undefined {
  if (node.kind === NodeKind.List || node.kind === NodeKind.Tuple) {
    const strings = node.elts.map(element => stringOf(evaluator.evaluate(element, scope)));
    return strings.some(string => string === undefined) ? undefined : (strings as string[]);
  }
  if (node.kind === NodeKind.BinOp && node.op === Operator.Add) {
    const left = stringsOf(evaluator, node.left, scope);
    const right = left && stringsOf(evaluator, node.right, scope);
    return right && [...left, ...right];
  }
  const values = evaluator.evaluate(node, scope);
  if (values.length !== 1 || values[0].type !== 'instance') return undefined;
  const { elements, constant } = values[0];
  if (constant?.type === ConstantType.Tuple) {
    const strings = constant.items.map(item => (item.type === ConstantType.Str ? item.value : undefined));
    return strings.some(string => string === undefined) ? undefined : (strings as string[]);
  }
  const strings = elements?.map(stringOf);
  return strings && strings.every(string => string !== undefined) ? strings : undefined;
}
