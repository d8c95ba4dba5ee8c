// What each kind of expression gives.
import { BoolOperator, NodeKind, Operator, UnaryOperator } from '../../python/ast/kinds.ts';
import type {
  Attribute,
  BinOp,
  BoolOp,
  Call,
  Dict,
  Expression,
  ListComp,
} from '../../python/ast/expressions.ts';
import { ConstantType, type ConstantValue } from '../../python/constants/values.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import type { EvaluationScope, Value, Values } from '../values.ts';
import { subscriptedClass } from './annotations.ts';
import { writtenArguments } from './arguments.ts';
import { subclassesOf } from './classMembers.ts';
import { dottedKey } from './bindings.ts';
import { decide, truthOf } from './conditions.ts';
import { awaited, callMethod, generatorResult, itemsOf, subscript } from './containers.ts';
import { at, type Context } from './context.ts';
import { decideKnown } from './knownBranches.ts';
import { dottedValues } from './lookup.ts';
import { operatorResult } from './operators.ts';
import { classAround } from './methods.ts';
import { classOfBody } from './parameters.ts';
import { flatMap, UNKNOWN, unite, widen } from './unions.ts';

/** At most this many items of a display are looked at. */
const MOST_ITEMS = 24;

const CONSTANT_CLASSES: Readonly<Partial<Record<ConstantType, string>>> = {
  [ConstantType.None]: 'builtins.NoneType',
  [ConstantType.Bool]: 'builtins.bool',
  [ConstantType.Ellipsis]: 'builtins.ellipsis',
  [ConstantType.Int]: 'builtins.int',
  [ConstantType.Float]: 'builtins.float',
  [ConstantType.Complex]: 'builtins.complex',
  [ConstantType.Str]: 'builtins.str',
  [ConstantType.Bytes]: 'builtins.bytes',
  [ConstantType.Tuple]: 'builtins.tuple',
  [ConstantType.FrozenSet]: 'builtins.frozenset',
};

/** The values of an expression; names are looked up at the scope's offset, or at the expression if that is later. */
export function expressionValues(context: Context, node: Expression, scope: EvaluationScope): Values {
  const inner = (child: Expression): Values =>
    context.evaluate(child, at(scope, Math.max(scope.offset, child.start)));
  switch (node.kind) {
    case NodeKind.Name:
      return context.name(node.id, scope);
    case NodeKind.Constant:
      return constantValues(context, node.value);
    case NodeKind.Attribute: {
      const name = mangledIn(scope.entry, node.attr);
      const plain = (): Values => flatMap(inner(node.value), value => context.attribute(value, name, scope));
      const key = dottedKey(node, scope.entry);
      const near = key === undefined ? undefined : dottedValues(context, key, scope, plain);
      if (near && near.length > 0) return near;
      const values = plain();
      return values.length > 0 ? values : subclassAttribute(context, node, name, scope);
    }
    case NodeKind.Call:
      return callValues(context, node, scope);
    case NodeKind.Subscript: {
      const args = node.slice.kind === NodeKind.Tuple ? node.slice.elts : [node.slice];
      return flatMap(inner(node.value), value => {
        if (value.type === 'opaque') return [{ ...value, args, scope }];
        const items = subscript(context, value, node.slice, scope);
        if (items.length > 0 || value.type !== 'class') return items;
        const cls = subscriptedClass(context, value, args, scope);
        return cls ? [cls] : UNKNOWN;
      });
    }
    case NodeKind.JoinedStr:
    case NodeKind.FormattedValue:
      return context.instance('builtins.str');
    case NodeKind.TemplateStr:
      return context.instance('string.templatelib.Template');
    case NodeKind.Tuple: {
      if (node.elts.length > MOST_ITEMS || node.elts.some(item => item.kind === NodeKind.Starred))
        return context.instance('builtins.tuple', { args: [displayItems(context, node.elts, scope)] });
      return context.instance('builtins.tuple', { elements: node.elts.map(inner) });
    }
    case NodeKind.List:
      return context.instance('builtins.list', { args: [displayItems(context, node.elts, scope)] });
    case NodeKind.Set:
      return context.instance('builtins.set', { args: [displayItems(context, node.elts, scope)] });
    case NodeKind.Dict:
      return dictDisplay(context, node, scope);
    case NodeKind.ListComp:
      return context.instance('builtins.list', { args: [comprehensionItem(context, node, node.elt, scope)] });
    case NodeKind.SetComp:
      return context.instance('builtins.set', { args: [comprehensionItem(context, node, node.elt, scope)] });
    case NodeKind.GeneratorExp:
      return context.instance('builtins.generator', {
        args: [comprehensionItem(context, node, node.elt, scope)],
      });
    case NodeKind.DictComp:
      return context.instance('builtins.dict', {
        args: [
          comprehensionItem(context, node, node.key, scope),
          node.value ? comprehensionItem(context, node, node.value, scope) : UNKNOWN,
        ],
      });
    case NodeKind.BoolOp:
      return boolOp(context, node, scope);
    case NodeKind.UnaryOp:
      return unaryOp(context, node.op, inner(node.operand), scope);
    case NodeKind.BinOp:
      return binOp(context, node, scope);
    case NodeKind.Compare:
      return context.instance('builtins.bool');
    case NodeKind.IfExp: {
      const decided = scope.frame
        ? decideKnown(context, node.test, at(scope, Math.max(scope.offset, node.start)), 0)
        : decide(context, node.test, scope.module, scope.entry);
      if (decided !== undefined) return inner(decided ? node.body : node.orelse);
      return unite(inner(node.body), inner(node.orelse));
    }
    case NodeKind.Lambda:
      return [context.functionValue(node, scope)];
    case NodeKind.NamedExpr:
      return inner(node.value);
    case NodeKind.Await:
      return flatMap(inner(node.value), value => awaited(context, value, scope));
    case NodeKind.YieldFrom:
      return flatMap(inner(node.value), generatorResult);
    case NodeKind.Slice:
      return context.instance('builtins.slice');
    case NodeKind.Starred:
      return inner(node.value);
    case NodeKind.Yield:
    case NodeKind.Interpolation:
    case NodeKind.Invalid:
      return UNKNOWN;
  }
}

/**
 * An attribute of `self` or `cls` that the class itself lacks: what is inherited from it, in the same module, must
 * have it.
 */
function subclassAttribute(
  context: Context,
  { value }: Attribute,
  name: string,
  scope: EvaluationScope,
): Values {
  if (value.kind !== NodeKind.Name || scope.frame) return UNKNOWN;
  const { entry } = scope;
  if (entry.varnames[0] !== value.id || !classAround(entry)) return UNKNOWN;
  const values = context.evaluate(value, at(scope, Math.max(scope.offset, value.start)));
  const [self] = values;
  if (values.length !== 1 || (self.type !== 'instance' && self.type !== 'class')) return UNKNOWN;
  const { class: cls } = self;
  if (cls.kind !== 'source') return UNKNOWN;
  return unite(
    ...subclassesOf(context, cls).map(subclass =>
      context.attribute({ type: self.type, class: subclass }, name, scope),
    ),
  );
}

function constantValues(context: Context, constant: ConstantValue): Values {
  const name = CONSTANT_CLASSES[constant.type];
  return name === undefined ? UNKNOWN : context.instance(name, { constant });
}

// ---- Displays --------------------------------------------------------------------------------------------------

function displayItems(context: Context, items: readonly Expression[], scope: EvaluationScope): Values {
  const found: Values[] = [];
  for (const item of items.slice(0, MOST_ITEMS)) {
    const place = at(scope, Math.max(scope.offset, item.start));
    if (item.kind === NodeKind.Starred)
      found.push(flatMap(context.evaluate(item.value, place), value => itemsOf(context, value, scope)));
    else found.push(widen(context.evaluate(item, place)));
  }
  return unite(...found);
}

function dictDisplay(context: Context, node: Dict, scope: EvaluationScope): Values {
  const keys: Values[] = [];
  const values: Values[] = [];
  for (let i = 0; i < node.values.length && i < MOST_ITEMS; i++) {
    const key = node.keys[i];
    const value = node.values[i];
    const given = context.evaluate(value, at(scope, Math.max(scope.offset, value.start)));
    if (key) {
      keys.push(widen(context.evaluate(key, at(scope, Math.max(scope.offset, key.start)))));
      values.push(widen(given));
      continue;
    }
    for (const part of given) {
      if (part.type !== 'instance' || !part.args) continue;
      keys.push(part.args[0]);
      values.push(part.args[1] ?? UNKNOWN);
    }
  }
  return context.instance('builtins.dict', { args: [unite(...keys), unite(...values)] });
}

type Comprehended = Pick<ListComp, 'generators'> &
  Parameters<EvaluationScope['module']['analysis']['symbolTable']['block']>[0];

function comprehensionItem(
  context: Context,
  node: Comprehended,
  item: Expression,
  scope: EvaluationScope,
): Values {
  const entry = scope.module.analysis.symbolTable.block(node) ?? scope.entry;
  return widen(context.evaluate(item, { ...scope, entry, offset: item.start }));
}

// ---- Operators -------------------------------------------------------------------------------------------------

function boolOp(context: Context, node: BoolOp, scope: EvaluationScope): Values {
  const isOr = node.op === BoolOperator.Or;
  const results: Values[] = [];
  for (const part of node.values) {
    const values = context.evaluate(part, at(scope, Math.max(scope.offset, part.start)));
    const decides = values.length > 0 && values.every(value => truthOf(value) === isOr);
    if (decides || part === node.values.at(-1)) {
      // `a or b`: a comes first; of `a and b` b says more.
      if (isOr) results.push(values);
      else results.unshift(values);
      break;
    }
    if (isOr) results.push(values.filter(value => truthOf(value) !== false));
    else results.push(values.filter(value => truthOf(value) !== true && value.type === 'instance'));
  }
  return unite(...results);
}

const UNARY: Readonly<Record<UnaryOperator, string>> = {
  [UnaryOperator.Invert]: '__invert__',
  [UnaryOperator.Not]: '__bool__',
  [UnaryOperator.UAdd]: '__pos__',
  [UnaryOperator.USub]: '__neg__',
};

function unaryOp(context: Context, op: UnaryOperator, operand: Values, scope: EvaluationScope): Values {
  if (op === UnaryOperator.Not) return context.instance('builtins.bool');
  return flatMap(widen(operand), value => {
    const results = callMethod(context, value, UNARY[op], [], scope);
    return results.length > 0 || value.type !== 'instance' ? results : [value];
  });
}

function binOp(context: Context, node: BinOp, scope: EvaluationScope): Values {
  const left = leftOperand(context, node.left, scope);
  const right = context.evaluate(node.right, at(scope, Math.max(scope.offset, node.right.start)));
  if (node.op === Operator.BitOr && (isType(left) || (left.length === 0 && isType(right))))
    return [{ type: 'opaque', qualname: 'typing.Union', args: [node.left, node.right], scope }];
  return operatorResult(context, left, node.op, right, scope);
}

/** Long sums lean to the left: their beginning tells enough of them. */
function leftOperand(context: Context, node: Expression, scope: EvaluationScope): Values {
  let first = node;
  for (let depth = 0; first.kind === NodeKind.BinOp; depth++) {
    if (depth > 12) {
      while (first.kind === NodeKind.BinOp) first = first.left;
      return widen(context.evaluate(first, at(scope, Math.max(scope.offset, first.start))));
    }
    first = first.left;
  }
  return context.evaluate(node, at(scope, Math.max(scope.offset, node.start)));
}

/** `A | B` of types is a union of them. */
const isType = (values: Values): boolean =>
  values.length > 0 &&
  values.every(value => value.type === 'class' || value.type === 'typevar' || value.type === 'opaque');

// ---- Calls -----------------------------------------------------------------------------------------------------

function callValues(context: Context, node: Call, scope: EvaluationScope): Values {
  const callees = context.evaluate(node.func, at(scope, Math.max(scope.offset, node.func.start)));
  if (callees.length === 0) return UNKNOWN;
  if (node.func.kind === NodeKind.Name && node.func.id === 'super') return superValues(context, node, scope);
  const args = writtenArguments(context, node, scope);
  if (node.func.kind === NodeKind.Attribute && node.func.attr === '__get__') {
    const bound = boundByHand(context, node.func, args.positional(0) ?? UNKNOWN, scope);
    if (bound.length > 0) return bound;
  }
  return flatMap(callees, callee => context.callWith(callee, args, scope));
}

/** `function.__get__(instance)`. CPython: Objects/funcobject.c, func_descr_get() */
function boundByHand(
  context: Context,
  { value: inner }: Attribute,
  selves: Values,
  scope: EvaluationScope,
): Values {
  const functions = context.evaluate(inner, at(scope, Math.max(scope.offset, inner.start)));
  return flatMap(functions, value =>
    value.type === 'function' || (value.type === 'builtin' && value.function.kind === 'method')
      ? selves.flatMap((self): Values =>
          self.type === 'instance' && self.constant?.type !== ConstantType.None
            ? [{ type: 'method', function: value, self }]
            : UNKNOWN,
        )
      : UNKNOWN,
  );
}

/** `super()` and `super(C, self)`. CPython: Objects/typeobject.c, super_init_without_args(). */
function superValues(context: Context, node: Call, scope: EvaluationScope): Values {
  let classes: Values;
  let selves: Values;
  if (node.args.length >= 2) {
    const place = (child: Expression): EvaluationScope => at(scope, Math.max(scope.offset, child.start));
    classes = context.evaluate(node.args[0], place(node.args[0]));
    selves = context.evaluate(node.args[1], place(node.args[1]));
  } else {
    let method = scope.entry;
    while (method.parent && !classAround(method)) method = method.parent;
    const body = classAround(method);
    const cls = body && classOfBody(context, scope.module, body);
    const first = method.varnames[0];
    if (!cls || first === undefined) return UNKNOWN;
    classes = [{ type: 'class', class: cls }];
    selves = context.name(first, { ...scope, entry: method, offset: method.node.start });
    if (selves.length === 0) selves = [{ type: 'instance', class: cls }];
  }
  const self = selves.find(
    (value): value is Extract<Value, { type: 'instance' | 'class' }> =>
      value.type === 'instance' || value.type === 'class',
  );
  return flatMap(classes, value =>
    value.type === 'class' && self ? [{ type: 'super', class: value.class, self }] : UNKNOWN,
  );
}
