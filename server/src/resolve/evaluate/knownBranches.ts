// Which return statements a call reaches that is followed with its arguments: tests of values that are known to the last
// choose their branch, `if function is None`, `if not args`, `if isinstance(f, FunctionType)`.
import { BoolOperator, CompareOperator, NodeKind, UnaryOperator } from '../../python/ast/kinds.ts';
import type { Call, Expression } from '../../python/ast/expressions.ts';
import type { Return, Statement } from '../../python/ast/nodes.ts';
import { ConstantType } from '../../python/constants/values.ts';
import { fullName } from '../classes/names.ts';
import { metaclassOf } from '../classes/mro.ts';
import type { Class, EvaluationScope, Value, Values } from '../values.ts';
import { decide, truthOf } from './conditions.ts';
import { at, type Context } from './context.ts';
import { catchesImportErrors } from './flow.ts';
import { importFails } from './imports.ts';

const MOST_DEPTH = 20;

/** What of a body runs, as far as known arguments tell. */
export interface Reached {
  /** Those that are not reached; nested functions' are none of the body's. */
  readonly dead: ReadonlySet<Return>;
  /** Whether the end of the body is known not to be reached. */
  readonly returns: boolean;
}

/** Follows a body's statements in the frame of a scope. */
export function reachedReturns(
  context: Context,
  body: readonly Statement[],
  scope: EvaluationScope,
): Reached {
  const dead = new Set<Return>();
  const returns = walk(context, body, scope, false, dead);
  return { dead, returns };
}

/** Whether nothing runs behind the statements; `isDead`: nothing runs in them either. */
function walk(
  context: Context,
  body: readonly Statement[],
  scope: EvaluationScope,
  isDead: boolean,
  dead: Set<Return>,
): boolean {
  let ended = isDead;
  for (const node of body) {
    switch (node.kind) {
      case NodeKind.Return:
        if (ended) dead.add(node);
        ended = true;
        break;
      case NodeKind.Raise:
        ended = true;
        break;
      case NodeKind.If: {
        const holds = ended ? undefined : decideKnown(context, node.test, scope, 0);
        const first = walk(context, node.body, scope, ended || holds === false, dead);
        const second = walk(context, node.orelse, scope, ended || holds === true, dead);
        ended = first && second;
        break;
      }
      case NodeKind.With:
      case NodeKind.AsyncWith:
        walk(context, node.body, scope, ended, dead);
        break;
      case NodeKind.For:
      case NodeKind.AsyncFor:
      case NodeKind.While:
        walk(context, node.body, scope, ended, dead);
        walk(context, node.orelse, scope, ended, dead);
        break;
      case NodeKind.Try:
      case NodeKind.TryStar: {
        const tried = walk(context, node.body, scope, ended, dead);
        const orelse = walk(context, node.orelse, scope, ended || tried, dead);
        const works = importsWork(context, node.body, scope);
        let all = orelse;
        for (const handler of node.handlers) {
          const isDeadHandler = works && catchesImportErrors(handler);
          all = walk(context, handler.body, scope, ended || isDeadHandler, dead) && all;
        }
        const last = walk(context, node.finalbody, scope, ended, dead);
        ended ||= all || last;
        break;
      }
      default:
    }
  }
  return ended;
}

/** Whether statements import something, and all of it is there. */
function importsWork(context: Context, body: readonly Statement[], { module }: EvaluationScope): boolean {
  const imports = body.filter(node => node.kind === NodeKind.Import || node.kind === NodeKind.ImportFrom);
  return imports.length > 0 && imports.every(node => importFails(context, node, module) === false);
}

/** What is not one of many that it may be: functions, classes, constants. */
const isKnown = (value: Value): boolean =>
  value.type === 'instance'
    ? value.constant !== undefined ||
      (value.class.kind === 'class' && (value.class.qualname === 'NoneType' || value.elements !== undefined))
    : value.type !== 'typevar' && value.type !== 'opaque' && value.type !== 'super';

/** What a test is in the call; undefined where anything about it is open. */
export function decideKnown(
  context: Context,
  test: Expression,
  scope: EvaluationScope,
  depth: number,
): boolean | undefined {
  if (depth > MOST_DEPTH) return undefined;
  const known = (node: Expression): Values => {
    const values = context.evaluate(node, at(scope, node.start));
    return values.every(isKnown) ? values : [];
  };
  switch (test.kind) {
    case NodeKind.UnaryOp: {
      if (test.op !== UnaryOperator.Not) return undefined;
      const inner = decideKnown(context, test.operand, scope, depth + 1);
      return inner === undefined ? undefined : !inner;
    }
    case NodeKind.BoolOp: {
      const stops = test.op === BoolOperator.Or;
      const parts = test.values.map(part => decideKnown(context, part, scope, depth + 1));
      if (parts.includes(stops)) return stops;
      return parts.includes(undefined) ? undefined : !stops;
    }
    case NodeKind.Name:
      return (
        decide(context, test, scope.module, scope.entry) ??
        allAre(known(test), value => truth(context, value))
      );
    case NodeKind.Compare: {
      const [op] = test.ops;
      const [right] = test.comparators;
      const isNone = right.kind === NodeKind.Constant && right.value.type === ConstantType.None;
      const positive = op === CompareOperator.Is || op === CompareOperator.Eq;
      if (
        test.ops.length !== 1 ||
        !isNone ||
        (!positive && op !== CompareOperator.IsNot && op !== CompareOperator.NotEq)
      )
        return decide(context, test, scope.module, scope.entry);
      if (test.left.kind !== NodeKind.Name) return undefined;
      const none = context.builtinClass('builtins.NoneType');
      // A descriptor gets None only where it is looked up on the class, and then that is what the frame has.
      const isInstance = scope.entry.name === '__get__' && test.left.id === scope.entry.varnames[1];
      return allAre(
        isInstance ? context.evaluate(test.left, at(scope, test.left.start)) : known(test.left),
        value => (value.type === 'instance' && value.class === none) === positive,
      );
    }
    case NodeKind.Call:
      return decideCall(context, test, known, scope);
    default:
      return decide(context, test, scope.module, scope.entry);
  }
}

/** `isinstance(x, C)`, `callable(x)`, `inspect.isclass(x)` */
function decideCall(
  context: Context,
  { func, args, keywords }: Call,
  known: (node: Expression) => Values,
  scope: EvaluationScope,
): boolean | undefined {
  const [subject, second] = args;
  if (subject?.kind !== NodeKind.Name || keywords.length > 0) return undefined;
  const [callee, another] = context.evaluate(func, at(scope, func.start));
  if (!callee || another) return undefined;
  switch (fullName(callee)) {
    case 'builtins.isinstance': {
      const classes = second && classesOf(context.evaluate(second, at(scope, second.start)));
      return classes && allAre(known(subject), value => classes.some(cls => context.isInstance(value, cls)));
    }
    case 'builtins.callable':
      return allAre(known(subject), value => value.type !== 'instance' && value.type !== 'module');
    case 'inspect.isclass':
      return allAre(known(subject), value => value.type === 'class');
    case 'inspect.isfunction':
      return allAre(known(subject), value => value.type === 'function');
    default:
      return undefined;
  }
}

/** The classes that isinstance() is given; undefined where one of them is not known. */
function classesOf(values: Values): Class[] | undefined {
  const [value, another] = values;
  if (another) return undefined;
  if (value?.type === 'class') return [value.class];
  if (value?.type !== 'instance' || !value.elements) return undefined;
  const lists = value.elements.map(classesOf);
  return lists.every(list => list !== undefined) ? lists.flat() : undefined;
}

/** A class counts as true unless its metaclass says otherwise. */
function truth(context: Context, value: Value): boolean | undefined {
  if (value.type !== 'class') return truthOf(value);
  const metaclass = metaclassOf(context, value.class);
  return metaclass?.kind === 'class' && metaclass.qualname === 'type' ? true : undefined;
}

/** What all values say, if there are any and they agree. */
function allAre(values: Values, test: (value: Value) => boolean | undefined): boolean | undefined {
  if (values.length === 0) return undefined;
  const first = test(values[0]);
  return values.every(value => test(value) === first) ? first : undefined;
}
