// What tests say about a name or dotted chain: isinstance(), issubclass(), callable(), `is None`, truth, `type(x) is`.
import { BoolOperator, CompareOperator, NodeKind, UnaryOperator } from '../../python/ast/kinds.ts';
import type { Call, Compare, Expression } from '../../python/ast/expressions.ts';
import type { Node } from '../../python/ast/nodes.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { forEachChild } from '../../python/ast/visitor.ts';
import { isSubclass } from '../classes/mro.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import type { Class, EvaluationScope, Value, Values } from '../values.ts';
import { dottedKey } from './bindings.ts';
import { truthOf } from './conditions.ts';
import { at, type Context } from './context.ts';
import type { Condition } from './flow.ts';
import { unite } from './unions.ts';

const mentioned = new WeakMap<Expression, ReadonlySet<string>>();

/** Whether a test may say something about a name or chain. */
export function concerns(test: Expression, key: string, entry: SymbolTableEntry): boolean {
  let keys = mentioned.get(test);
  if (!keys) mentioned.set(test, (keys = keysIn(test, entry)));
  return keys.has(key);
}

function keysIn(test: Expression, entry: SymbolTableEntry): ReadonlySet<string> {
  const keys = new Set<string>();
  const stack: Node[] = [test];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === NodeKind.Name || node.kind === NodeKind.Attribute) {
      const key = dottedKey(node, entry);
      if (key !== undefined) keys.add(key);
    }
    if (node.kind === NodeKind.Lambda) continue;
    forEachChild(node, child => stack.push(child));
  }
  return keys;
}

/** What values are left under conditions, the earliest applied first. */
export function narrow(
  context: Context,
  values: Values,
  key: string,
  condition: Condition | undefined,
  scope: EvaluationScope,
): Values {
  if (!condition) return values;
  const earlier = narrow(context, values, key, condition.previous, scope);
  return new Narrower(context, key, scope).apply(earlier, condition.test, condition.holds, 0);
}

const MOST_DEPTH = 20;

/** A contradiction: the place is not reached with such values. Other empty unions are not known. */
const NEVER: Values = [];

/** Values that are known to the last: functions, classes, modules, while the instances that are known may be some of many. */
const areAll = (values: Values): boolean =>
  values.length > 0 &&
  values.every(({ type }) => type !== 'instance' && type !== 'typevar' && type !== 'opaque');

function only(values: Values, predicate: (value: Value) => boolean): Values {
  const left = values.filter(predicate);
  return left.length === 0 && areAll(values) ? NEVER : left;
}

class Narrower {
  constructor(
    private readonly context: Context,
    private readonly key: string,
    private readonly scope: EvaluationScope,
  ) {}

  private isKey(node: Expression): boolean {
    if (node.kind === NodeKind.NamedExpr) return this.isKey(node.target) || this.isKey(node.value);
    return dottedKey(node, this.scope.entry) === this.key;
  }

  apply(values: Values, test: Expression, holds: boolean, depth: number): Values {
    if (depth > MOST_DEPTH || values === NEVER) return values;
    switch (test.kind) {
      case NodeKind.UnaryOp:
        return test.op === UnaryOperator.Not ? this.apply(values, test.operand, !holds, depth + 1) : values;
      case NodeKind.BoolOp: {
        const all = (test.op === BoolOperator.And) === holds;
        if (all) return test.values.reduce((left, part) => this.apply(left, part, holds, depth + 1), values);
        // One of them is the reason; the ones before it are not.
        let left = values;
        const alternatives: Values[] = [];
        for (const part of test.values) {
          alternatives.push(this.apply(left, part, holds, depth + 1));
          left = this.apply(left, part, !holds, depth + 1);
        }
        if (alternatives.every(list => list === NEVER)) return NEVER;
        // Where one of them leaves it open, it is open.
        return values.length === 0 && alternatives.some(list => list.length === 0 && list !== NEVER)
          ? values
          : unite(...alternatives);
      }
      case NodeKind.Compare:
        return test.ops.length === 1 ? this.compare(values, test, holds) : values;
      case NodeKind.Call:
        return this.call(values, test, holds);
      case NodeKind.Name:
      case NodeKind.Attribute:
      case NodeKind.NamedExpr:
        return this.isKey(test) ? only(values, value => truthOf(value) !== !holds) : values;
      default:
        return values;
    }
  }

  private compare(
    values: Values,
    { left, ops: [op], comparators: [right] }: Compare,
    holds: boolean,
  ): Values {
    const equal = op === CompareOperator.Is || op === CompareOperator.Eq;
    const unequal = op === CompareOperator.IsNot || op === CompareOperator.NotEq;
    if (!equal && !unequal) return values;
    const positive = equal === holds;
    if (this.isKey(left)) {
      if (right.kind === NodeKind.Constant && right.value.type === ConstantType.None) {
        const isNone = (value: Value): boolean =>
          value.type === 'instance' && value.class === this.context.builtinClass('builtins.NoneType');
        return only(values, value => isNone(value) === positive);
      }
      return values;
    }
    if (
      positive &&
      left.kind === NodeKind.Call &&
      left.args.length === 1 &&
      left.func.kind === NodeKind.Name &&
      left.func.id === 'type' &&
      this.isKey(left.args[0])
    ) {
      const classes = this.classes(right);
      return classes.length > 0 ? this.instances(values, classes) : values;
    }
    return values;
  }

  private call(values: Values, { func, args }: Call, holds: boolean): Values {
    if (func.kind !== NodeKind.Name || args.length === 0 || !this.isKey(args[0])) return values;
    switch (func.id) {
      case 'isinstance': {
        const classes = args.length === 2 ? this.classes(args[1]) : [];
        if (classes.length === 0) return values;
        if (holds) return this.instances(values, classes);
        return only(
          values,
          value =>
            value.type !== 'instance' ||
            !classes.some(cls => cls !== undefined && this.context.isInstance(value, cls)),
        );
      }
      case 'issubclass': {
        const classes = args.length === 2 ? this.classes(args[1]) : [];
        if (classes.length === 0) return values;
        const isSub = (value: Value): boolean =>
          value.type === 'class' && classes.some(cls => isSubclass(this.context, value.class, cls));
        if (!holds) return values.filter(value => !isSub(value));
        const fitting = values.filter(isSub);
        return fitting.length > 0 ? fitting : classes.map(cls => ({ type: 'class', class: cls }));
      }
      case 'callable': {
        const isCallable = (value: Value): boolean =>
          value.type !== 'instance' || this.context.attribute(value, '__call__', this.scope).length > 0;
        return only(values, value => isCallable(value) === holds);
      }
      default:
        return values;
    }
  }

  /** The classes in the second argument of isinstance(). */
  private classes(node: Expression): Class[] {
    const found: Class[] = [];
    const add = (values: Values): void => {
      for (const value of values) {
        if (value.type === 'class') found.push(value.class);
        else if (value.type === 'instance' && value.elements) for (const item of value.elements) add(item);
        else if (value.type === 'opaque' && value.args && value.scope)
          for (const arg of value.args) add(this.context.evaluate(arg, value.scope));
      }
    };
    add(this.context.evaluate(node, at(this.scope, node.start)));
    return found;
  }

  /** Those of the values that are instances of the classes; if there are none, any instance of the classes. */
  private instances(values: Values, classes: readonly Class[]): Values {
    const fitting = classes.map(cls => values.filter(value => this.context.isInstance(value, cls)));
    if (fitting.every(list => list.length === 0)) {
      if (areAll(values)) return NEVER;
      return classes.map(cls => ({ type: 'instance', class: cls }));
    }
    return unite(
      ...classes.map((cls, i): Values => {
        if (fitting[i].length > 0) return fitting[i];
        // One of those that are known may be more than it seems.
        const isBase = values.some(
          value => value.type === 'instance' && isSubclass(this.context, cls, value.class),
        );
        return isBase ? [{ type: 'instance', class: cls }] : [];
      }),
    );
  }
}
