// typing.TypeVar, ParamSpec and TypeVarTuple. CPython: Objects/typevarobject.c, typevar_repr(); before, Lib/typing.py.
import type { Evaluator, TypeVarValue, Value, Values } from '../../values.ts';
import {
  argumentExpression,
  type Arguments,
  keywordExpression,
  literalFlag,
  stringOf,
} from '../arguments.ts';

/** `TypeVar('T', bound=C, covariant=True)`; its values are at least what `bound` is, or one of the constraints. */
export function typeVariable(
  evaluator: Evaluator,
  { written }: Arguments,
): readonly TypeVarValue[] | undefined {
  if (!written) return undefined;
  const { call, scope } = written;
  const nameArgument = argumentExpression(call, 0, 'name');
  const name = nameArgument && stringOf(evaluator.evaluate(nameArgument, scope));
  if (name === undefined) return undefined;
  const upper = keywordExpression(call, 'bound');
  const constraints = upper ? [upper] : call.args.slice(1);
  const bound: Values = constraints.flatMap(node => evaluator.annotation(node, scope));
  const has = (flag: string): boolean => literalFlag(keywordExpression(call, flag), false) === true;
  if (has('infer_variance')) return [{ type: 'typevar', name, bound }];
  return [{ type: 'typevar', name, bound, sign: has('covariant') ? '+' : has('contravariant') ? '-' : '~' }];
}

/** A type variable that is shown by its name alone. */
export const unsigned = ({ name, bound }: TypeVarValue): Value => ({ type: 'typevar', name, bound });
