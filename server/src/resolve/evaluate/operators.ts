// Operators: by the methods of the operands' classes, or by what CPython has been seen to give for builtin types.
// CPython: Objects/abstract.c, binary_op1(); Objects/typeobject.c, SLOT1BINFULL.
import { Operator } from '../../python/ast/kinds.ts';
import { className } from '../classes/names.ts';
import { mroOf } from '../classes/mro.ts';
import type { Class, InstanceValue, EvaluationScope, Value, Values } from '../values.ts';
import { valueArguments } from './arguments.ts';
import { bundledResult } from './bundledResults.ts';
import { callMethod } from './containers.ts';
import type { Context } from './context.ts';
import { UNKNOWN, unite, widen } from './unions.ts';

const OPERATORS: Readonly<Record<Operator, readonly [symbol: string, name: string]>> = {
  [Operator.Add]: ['+', 'add'],
  [Operator.Sub]: ['-', 'sub'],
  [Operator.Mult]: ['*', 'mul'],
  [Operator.MatMult]: ['@', 'matmul'],
  [Operator.Div]: ['/', 'truediv'],
  [Operator.Mod]: ['%', 'mod'],
  [Operator.Pow]: ['**', 'pow'],
  [Operator.LShift]: ['<<', 'lshift'],
  [Operator.RShift]: ['>>', 'rshift'],
  [Operator.BitOr]: ['|', 'or'],
  [Operator.BitXor]: ['^', 'xor'],
  [Operator.BitAnd]: ['&', 'and'],
  [Operator.FloorDiv]: ['//', 'floordiv'],
};

/** At most this many pairs of operands are tried. */
const MOST_PAIRS = 12;

/** `left op right`; `left op= right` if `inPlace`. */
export function operatorResult(
  context: Context,
  left: Values,
  op: Operator,
  right: Values,
  scope: EvaluationScope,
  inPlace = false,
): Values {
  const [symbol, name] = OPERATORS[op];
  const results: Values[] = [];
  for (const a of widen(left)) {
    if (a.type !== 'instance') continue;
    const others: readonly (Value | undefined)[] = right.length > 0 ? widen(right) : [undefined];
    for (const b of others) {
      if (results.length >= MOST_PAIRS) break;
      results.push(pairResult(context, a, symbol, name, b, scope, inPlace));
    }
  }
  if (left.length === 0) {
    // `x + 'text'`: whatever x is, unless it takes care of that itself.
    for (const b of widen(right)) if (b.type === 'instance') results.push(reflected(context, symbol, b));
  }
  return unite(...results);
}

function pairResult(
  context: Context,
  a: InstanceValue,
  symbol: string,
  name: string,
  b: Value | undefined,
  scope: EvaluationScope,
  inPlace: boolean,
): Values {
  const given: Values = b ? [b] : UNKNOWN;
  const left = builtinBase(context, a.class);
  if (!isWritten(context, a.class, name)) {
    const right = b?.type === 'instance' ? builtinBase(context, b.class) : undefined;
    if (left && right) {
      const result = context.modules.bundled.operation(className(left), symbol, className(right));
      if (result) return bundledResult(context, result, { args: valueArguments([[a], given], scope) });
    } else if (left && !b && SAME[symbol]?.includes(className(left))) return [a];
  }
  const notImplemented = (value: Value): boolean =>
    value.type === 'instance' && className(value.class).endsWith('NotImplementedType');
  for (const [receiver, method, other] of [
    ...(inPlace ? [[a, `__i${name}__`, given] as const] : []),
    [a, `__${name}__`, given] as const,
    ...(b?.type === 'instance' ? [[b, `__r${name}__`, [a]] as const] : []),
  ]) {
    const values = callMethod(context, receiver, method, [other], scope).filter(
      value => !notImplemented(value),
    );
    if (values.length > 0) return values;
  }
  return UNKNOWN;
}

/** Whatever else is on the right: of these types the result is as the left side. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  '+': ['builtins.str', 'builtins.bytes', 'builtins.list', 'builtins.tuple'],
  '%': ['builtins.str', 'builtins.bytes'],
  '*': ['builtins.str', 'builtins.bytes', 'builtins.list'],
};

function reflected(context: Context, symbol: string, b: InstanceValue): Values {
  const base = builtinBase(context, b.class);
  return base && symbol === '+' && (SAME[symbol]?.includes(className(base)) ?? false) ? [b] : UNKNOWN;
}

/** The class without source that a class inherits first. */
function builtinBase(context: Context, cls: Class): Class | undefined {
  return mroOf(context, cls).classes.find(base => base.kind === 'class');
}

/** Whether a source defines the operator. */
function isWritten(context: Context, cls: Class, name: string): boolean {
  for (const base of mroOf(context, cls).classes) {
    if (base.kind === 'class') return false;
    if (context.ownMember(base, `__${name}__`).length > 0) return true;
  }
  return false;
}
