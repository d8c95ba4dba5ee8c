// What tests say about a name or dotted chain: isinstance(), issubclass(), callable(), `is None`, truth, `type(x) is`.
import { BoolOperator, CompareOperator, NodeKind, UnaryOperator } from '../../python/ast/kinds.ts';
import type { Call, Compare, Expression, Node } from '../../python/ast/nodes.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { forEachChild } from '../../python/ast/visitor.ts';
import { isSubclass, mroOf } from '../classes/mro.ts';
import { enclosingClassName } from '../names.ts';
import type { Class, Scope, Value, Values } from '../values.ts';
import { dottedKey } from './bindings.ts';
import { truthOf } from './conditions.ts';
import { at, type Context } from './context.ts';
import type { Condition } from './flow.ts';
import { unite } from './unions.ts';

const mentioned = new WeakMap<Expression, ReadonlySet<string>>();

/** Whether a test may say something about a name or chain. */
export function concerns(test: Expression, key: string, privateClass: string | null): boolean {
  let keys = mentioned.get(test);
  if (!keys) mentioned.set(test, (keys = keysIn(test, privateClass)));
  return keys.has(key);
}

function keysIn(test: Expression, privateClass: string | null): ReadonlySet<string> {
  const keys = new Set<string>();
  const stack: Node[] = [test];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.kind === NodeKind.Name || node.kind === NodeKind.Attribute) {
      const key = dottedKey(node, privateClass);
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
  scope: Scope,
): Values {
  if (!condition) return values;
  const earlier = narrow(context, values, key, condition.previous, scope);
  return new Narrower(context, key, scope).apply(earlier, condition.test, condition.holds, 0);
}

const MOST_DEPTH = 20;

class Narrower {
  private readonly privateClass: string | null;

  constructor(
    private readonly context: Context,
    private readonly key: string,
    private readonly scope: Scope,
  ) {
    this.privateClass = enclosingClassName(scope.entry);
  }

  private isKey(node: Expression): boolean {
    if (node.kind === NodeKind.NamedExpr) return this.isKey(node.target) || this.isKey(node.value);
    return dottedKey(node, this.privateClass) === this.key;
  }

  apply(values: Values, test: Expression, holds: boolean, depth: number): Values {
    if (depth > MOST_DEPTH) return values;
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
        return alternatives.some(list => list.length === 0) && values.length === 0
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
        return this.isKey(test) ? values.filter(value => truthOf(value) !== !holds) : values;
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
        return values.filter(value => isNone(value) === positive);
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
        return values.filter(
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
        return values.filter(value => isCallable(value) === holds);
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

  /** Of the values those of the classes, and where none is, any instance of the classes. */
  private instances(values: Values, classes: readonly Class[]): Values {
    return unite(
      ...classes.map((cls): Values => {
        const fitting = values.filter(value => this.context.isInstance(value, cls));
        if (fitting.length > 0) return fitting;
        // Known to be something else, unless that is a base.
        const isBase = values.some(
          value => value.type === 'instance' && isSubclass(this.context, cls, value.class),
        );
        const open = values.some(
          value => value.type !== 'instance' || !mroOf(this.context, value.class).complete,
        );
        return values.length === 0 || isBase || open || classes.length === 1
          ? [{ type: 'instance', class: cls }]
          : [];
      }),
    );
  }
}
