// What calls give: functions by following what they return, with the arguments of the call where that depends on
// them; classes by making instances; generators and coroutines by wrapping; builtins by what has been seen of them.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import type { FunctionDef, Statement } from '../../python/ast/nodes.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { overloadsBefore } from '../callable.ts';
import { writesOn } from '../callables/attributeWrites.ts';
import { applyByModel, callByModel } from '../callables/decorators.ts';
import { className } from '../classes/names.ts';
import { inherits, mroOf } from '../classes/mro.ts';
import type {
  BuiltinFunctionValue,
  Class,
  ClassValue,
  Frame,
  FunctionValue,
  InstanceValue,
  OverloadedValue,
  EvaluationScope,
  Value,
  Values,
} from '../values.ts';
import { callableResult } from './annotations.ts';
import { prepended, valueArguments } from './arguments.ts';
import { bundledCall, libraryRecord } from './bundledResults.ts';
import { builtinCall, functionCall } from './builtinModels.ts';
import { itemsOf } from './containers.ts';
import { type Arguments, at, type Context } from './context.ts';
import { constructed } from './constructed.ts';
import { constructedArguments, withBaseArguments } from './generics.ts';
import { documentedResult } from './documented.ts';
import { reachedReturns } from './knownBranches.ts';
import { Reads } from './memo.ts';
import { classAround } from './methods.ts';
import { annotationScope, classOfBody, frameFor } from './parameters.ts';
import { flatMap, UNKNOWN, unite, widen } from './unions.ts';

/** Calls are followed into each other so deep with their arguments; deeper ones without. */
const MOST_FRAMES = 4;

/** What calling a value gives. */
export function callResult(context: Context, value: Value, args: Arguments, scope: EvaluationScope): Values {
  switch (value.type) {
    case 'function':
      return byLaw(context, value, args, scope) ?? functionResult(context, value, args, undefined);
    case 'method':
      return methodResult(context, value.function, value.self, args, scope);
    case 'builtin':
      return (
        byLaw(context, value, args, scope) ??
        builtinCall(context, value, args, scope) ??
        bundledCall(context, value.function, args, classOfMethod(context, value)) ??
        UNKNOWN
      );
    case 'class':
      return byLaw(context, value, args, scope) ?? construct(context, value, args, scope);
    case 'instance':
      if (className(value.class) === 'typing.NewType') return args.positional(0) ?? UNKNOWN;
      // A weak reference gives what it refers to, or None.
      if (value.args && className(value.class) === 'weakref.ReferenceType')
        return unite(value.args[0], context.instance('builtins.NoneType'));
      return flatMap(context.attribute(value, '__call__', scope), method =>
        method.type === 'instance' ? UNKNOWN : callResult(context, method, args, scope),
      );
    case 'partial': {
      const read = (arg: Expression): Values => context.evaluate(arg, at(value.scope, arg.start));
      const all = prepended(value.args.map(read), args);
      const keyword = (name: string): Values | undefined => {
        const given = value.keywords.get(name);
        return all.keyword(name) ?? (given && read(given));
      };
      const keywords = [...new Set([...value.keywords.keys(), ...all.keywords])];
      return callResult(context, value.function, { ...all, keyword, keywords }, scope);
    }
    case 'overloaded': {
      const implemented = value.implementation
        ? callResult(context, value.implementation, args, scope)
        : UNKNOWN;
      if (implemented.length > 0) return implemented;
      return flatMap(allOverloads(context, value), overload => callResult(context, overload, args, scope));
    }
    case 'typevar':
      return value.bound;
    case 'opaque':
      return value.qualname === 'typing.Callable' ? callableResult(context, value) : UNKNOWN;
    case 'descriptor':
      return value.descriptor === 'staticmethod' ? callResult(context, value.function, args, scope) : UNKNOWN;
    case 'module':
    case 'super':
      return UNKNOWN;
  }
}

/** In a stub nothing follows them, and the name is bound to the last one. */
const allOverloads = (context: Context, { overloads }: OverloadedValue): Values =>
  overloads.flatMap(last =>
    last.type === 'function' && last.module.isStub ? [...overloadsBefore(context, last), last] : [last],
  );

/** The class that a class method written in C belongs to: it is found without it. */
function classOfMethod(context: Context, { function: callee }: BuiltinFunctionValue): ClassValue | undefined {
  const dot = callee.qualname.lastIndexOf('.');
  if (callee.kind !== 'classmethod' || dot < 0) return undefined;
  const cls = context.classNamed(`${callee.module}.${callee.qualname.slice(0, dot)}`);
  return cls && { type: 'class', class: cls };
}

function byLaw(context: Context, value: Value, args: Arguments, scope: EvaluationScope): Values | undefined {
  return args.written
    ? callByModel(context, value, args.written, args.scope ?? scope)
    : applyByModel(context, value, {
        count: args.isOpen ? undefined : args.count,
        positional: index => args.positional(index) ?? UNKNOWN,
        keyword: name => args.keyword(name) ?? UNKNOWN,
        written: undefined,
      });
}

function methodResult(
  context: Context,
  method: Value,
  self: InstanceValue | ClassValue,
  args: Arguments,
  scope: EvaluationScope,
): Values {
  switch (method.type) {
    case 'function':
      return functionResult(context, method, args, self);
    case 'builtin':
      return (
        builtinCall(context, method, args, scope, self) ??
        bundledCall(
          context,
          method.function,
          args,
          self.type === 'instance' ? withBaseArguments(context, self) : self,
        ) ??
        UNKNOWN
      );
    case 'overloaded': {
      const implemented = method.implementation
        ? methodResult(context, method.implementation, self, args, scope)
        : UNKNOWN;
      if (implemented.length > 0) return implemented;
      return flatMap(allOverloads(context, method), overload =>
        methodResult(context, overload, self, args, scope),
      );
    }
    case 'descriptor':
    case 'partial':
      return callResult(
        context,
        method.type === 'partial' ? method : method.function,
        prepended([[self]], args),
        scope,
      );
    default:
      return callResult(context, method, prepended([[self]], args), scope);
  }
}

// ---- Functions -------------------------------------------------------------------------------------------------

function functionResult(
  context: Context,
  value: FunctionValue,
  args: Arguments,
  self: InstanceValue | ClassValue | undefined,
): Values {
  const known = functionCall(context, value, args, value.scope);
  if (known) return known;
  const record = libraryRecord(context, value);
  const tried = record && bundledCall(context, record, args, self);
  const values = tried && tried.length > 0 ? tried : plainResult(context, value, args, self);
  return value.attributes?.result ? value.attributes.result(values) : values;
}

function plainResult(
  context: Context,
  value: FunctionValue,
  args: Arguments,
  self: InstanceValue | ClassValue | undefined,
): Values {
  const { node, module, scope } = value;
  const cache = context.cache(module);
  let base = UNKNOWN;
  let depends = true;
  if (!scope.frame) {
    base = context.memo(cache.results, node, () => returned(context, value, undefined));
    const reads = cache.results.get(node)?.reads ?? Reads.None;
    depends =
      (reads & Reads.Parameters) !== 0 ||
      givesOneOfItsFunctions(context, value, base) ||
      changesItsFunction(value, base) ||
      ((reads & Reads.Self) !== 0 && (self ? !isOwnSelf(context, value, self) : args.count > 0));
  }
  if (!depends || context.frames >= MOST_FRAMES || !context.mayGoOn) return base;
  const frame = frameFor(context, value, args, self);
  if (!frame) return base;
  context.frames++;
  try {
    const values = returned(context, value, frame);
    // Where the branches that run lead to nothing that is known, those that do not run are no answer.
    return values.length > 0 || choosesBranches(context, value, frame) ? values : base;
  } finally {
    context.frames--;
  }
}

/** Whether `self` is what the method's own class would make of it. */
function isOwnSelf(
  context: Context,
  { module, node }: FunctionValue,
  self: InstanceValue | ClassValue,
): boolean {
  const entry = module.analysis.symbolTable.block(node);
  const body = entry && classAround(entry);
  const cls = body && classOfBody(context, module, body);
  return cls === self.class && !self.args;
}

/** Decorators with optional arguments give a function of their own or something else, as an argument decides. */
function givesOneOfItsFunctions(context: Context, { node, module }: FunctionValue, values: Values): boolean {
  if (!values.some(({ type }) => type === 'function')) return false;
  const entry = module.analysis.symbolTable.block(node);
  return !!entry && context.index(module, entry).returns.length > 1;
}

/** Whether statements of the body change what the function takes that it returns: by arguments, perhaps. */
const changesItsFunction = ({ node, module }: FunctionValue, values: Values): boolean =>
  values.some(
    made =>
      made.type === 'function' &&
      made.module === module &&
      made.scope.entry.node === node &&
      writesOn(module.analysis, made.name).some(({ block }) => block === node),
  );

/** Whether the arguments of a call decide that some return statements are not reached. */
function choosesBranches(context: Context, { node, module }: FunctionValue, frame: Frame): boolean {
  const entry = module.analysis.symbolTable.block(node);
  if (!entry || node.kind === NodeKind.Lambda) return false;
  return reachedReturns(context, node.body, { module, entry, offset: node.end, frame }).dead.size > 0;
}

/** What a call gives: of a generator the generator. */
function returned(context: Context, value: FunctionValue, frame: Frame | undefined): Values {
  const { node, module } = value;
  const entry = module.analysis.symbolTable.block(node);
  if (!entry) return UNKNOWN;
  const scope: EvaluationScope = { module, entry, offset: node.end, frame: frame ?? value.scope.frame };
  if (node.kind === NodeKind.Lambda) return context.evaluate(node.body, at(scope, node.body.start));
  const declared = node.returns
    ? context.annotation(node.returns, annotationScope(node.returns, node, scope))
    : UNKNOWN;
  const isAsync = node.kind === NodeKind.AsyncFunctionDef;
  if (entry.generator) {
    if (declared.length > 0) return declared;
    const { yields } = context.index(module, entry);
    const items = unite(
      ...yields.map(part => {
        if (!part.value) return UNKNOWN;
        const values = context.evaluate(part.value, at(scope, part.value.start));
        return part.kind === NodeKind.Yield
          ? widen(values)
          : flatMap(values, inner => itemsOf(context, inner, scope));
      }),
    );
    if (isAsync) return context.instance('builtins.async_generator', { args: [items] });
    const result = bodyResult(context, node, scope);
    return context.instance('builtins.generator', { args: [items, UNKNOWN, result] });
  }
  let result = declared;
  if (declared.every(value => isSomeCallable(context, value))) {
    // Of a callable the body tells which one it is.
    const made = undeclaredResult(context, node, scope);
    if (declared.length === 0 || made.length > 0) result = made;
  }
  return isAsync ? context.instance('builtins.coroutine', { args: [result] }) : result;
}

/** `Callable[[A], B]`: anything that can be called; `object`: anything at all; `type[C]`: any class below C; a protocol. */
const isSomeCallable = (context: Context, value: Value): boolean =>
  (value.type === 'instance' &&
    value.class.kind === 'source' &&
    inherits(context, value.class, 'typing.Protocol')) ||
  value.type === 'class' ||
  (value.type === 'instance' && !value.constant && className(value.class) === 'builtins.object') ||
  (value.type === 'opaque' && value.qualname === 'typing.Callable') ||
  (value.type === 'instance' && className(value.class) === 'collections.abc.Callable');

/** What the body gives, unless an annotation promises more than the body of a stub or abstract method. */
function undeclaredResult(context: Context, node: FunctionDef, scope: EvaluationScope): Values {
  const values = bodyResult(context, node, scope);
  const none = context.builtinClass('builtins.NoneType');
  if (!node.returns && values.every(value => value.type === 'instance' && value.class === none)) {
    const documented = documentedResult(context, node, scope);
    if (documented.length > 0) return unite(documented, values);
  }
  return node.returns && values.every(value => value.type === 'instance' && value.class === none)
    ? UNKNOWN
    : values;
}

/** What the body's return statements give; None if it may come to its end. */
function bodyResult(context: Context, node: FunctionDef, scope: EvaluationScope): Values {
  if (scope.module.isStub) return UNKNOWN; // `...` is all that bodies there are
  const { returns: all } = context.index(scope.module, scope.entry);
  const reached = scope.frame && reachedReturns(context, node.body, scope);
  const returns = reached ? all.filter(node => !reached.dead.has(node)) : all;
  const results = returns.map(({ value }) =>
    value ? context.evaluate(value, at(scope, value.start)) : context.instance('builtins.NoneType'),
  );
  if (!reached?.returns && mayEnd(node.body)) results.push(context.instance('builtins.NoneType'));
  const values = unite(...results);
  // None says little beside anything else.
  const isNone = (value: Value): boolean =>
    value.type === 'instance' && value.class === context.builtinClass('builtins.NoneType');
  const nones = values.filter(isNone);
  return nones.length > 0 && nones.length < values.length
    ? [...values.filter(value => !isNone(value)), nones[0]]
    : values;
}

/** Whether the end of a body can be reached, as far as return and raise statements tell. */
function mayEnd(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (!last) return true;
  switch (last.kind) {
    case NodeKind.Return:
    case NodeKind.Raise:
    case NodeKind.Continue:
      return false;
    case NodeKind.If:
      return mayEnd(last.body) || mayEnd(last.orelse);
    case NodeKind.With:
    case NodeKind.AsyncWith:
      return mayEnd(last.body);
    case NodeKind.Try:
    case NodeKind.TryStar:
      if (last.finalbody.length > 0 && !mayEnd(last.finalbody)) return false;
      return (
        mayEnd(last.orelse.length > 0 ? [...last.body, ...last.orelse] : last.body) ||
        last.handlers.some(handler => mayEnd(handler.body))
      );
    case NodeKind.While:
      return !(last.test.kind === NodeKind.Constant) || containsBreak(last.body);
    default:
      return true;
  }
}

function containsBreak(body: readonly Statement[]): boolean {
  return body.some(node => {
    switch (node.kind) {
      case NodeKind.Break:
        return true;
      case NodeKind.If:
        return containsBreak(node.body) || containsBreak(node.orelse);
      case NodeKind.With:
      case NodeKind.AsyncWith:
        return containsBreak(node.body);
      case NodeKind.Try:
      case NodeKind.TryStar:
        return (
          containsBreak(node.body) ||
          containsBreak(node.orelse) ||
          containsBreak(node.finalbody) ||
          node.handlers.some(handler => containsBreak(handler.body))
        );
      default:
        return false;
    }
  });
}

// ---- Classes ---------------------------------------------------------------------------------------------------

/** CPython: Objects/typeobject.c, type_call(). */
function construct(context: Context, value: ClassValue, args: Arguments, scope: EvaluationScope): Values {
  const { class: cls } = value;
  const name = className(cls);
  if (name === 'builtins.type' && args.count === 1 && !args.isOpen)
    return flatMap(args.positional(0) ?? UNKNOWN, given => typeOf(context, given, scope));
  if (name === 'weakref.ReferenceType')
    return [{ type: 'instance', class: cls, args: [args.positional(0) ?? UNKNOWN] }];
  if (name === 'builtins.dict' && !value.args) {
    const held = dictContents(context, args, scope);
    if (held) return [{ type: 'instance', class: cls, args: held }];
  }
  if (name === 'collections.defaultdict' && !value.args) {
    const made = flatMap(args.positional(0) ?? UNKNOWN, factory =>
      callResult(context, factory, NOTHING, scope),
    );
    return [{ type: 'instance', class: cls, args: [UNKNOWN, made] }];
  }
  if (cls.kind === 'class') {
    const result = bundledCall(context, cls, args);
    if (result && result.length > 0) return result;
  }
  const { elements } = value;
  const parameters = value.args ?? constructedArguments(context, value, args, scope);
  const instance: InstanceValue = {
    type: 'instance',
    class: cls,
    ...(parameters && { args: parameters }),
    ...(elements && { elements }),
  };
  const made =
    args.count === 3
      ? (madeByMetaclass(context, cls, args) ?? temporaryOf(context, value, args, scope))
      : undefined;
  if (made) return made;
  const fromNew = annotatedNew(context, value, args, scope);
  if (fromNew) return fromNew;
  // A subclass of a container holds what it is made from.
  const container = mroOf(context, cls).classes.find(base => base.kind === 'class');
  if (
    cls.kind !== 'class' &&
    !parameters &&
    container?.result &&
    container.module === 'builtins' &&
    args.count > 0
  ) {
    const made = bundledCall(context, container, args)?.find(made => made.type === 'instance' && made.args);
    if (made?.type === 'instance' && made.args && inheritsConstructor(context, cls))
      return [{ ...instance, args: made.args }];
  }
  return cls.kind === 'source' ? [constructed(context, instance, args)] : [instance];
}

const NOTHING = valueArguments([]);

/** `meta(name, bases, namespace)` in the `__new__` of another metaclass: the class is made anew. */
function madeByMetaclass(context: Context, metaclass: Class, args: Arguments): Values | undefined {
  const namespace = args.positional(2)?.[0];
  if (namespace?.type !== 'instance' || !namespace.making) return undefined;
  const type = context.builtinClass('builtins.type');
  if (!type || !mroOf(context, metaclass).classes.includes(type)) return undefined;
  const bases = args.positional(1)?.find(value => value.type === 'instance' && value.elements);
  if (bases?.type !== 'instance' || !bases.elements) return undefined;
  const classes = bases.elements.flatMap(([base]) => (base?.type === 'class' ? [base.class] : []));
  if (classes.length < bases.elements.length) return undefined;
  return [{ type: 'class', class: namespace.making, rebuilt: { metaclass, bases: classes } }];
}

/** `metaclass('temporary_class', None, {})`: what its `__new__` makes where that is such a class. */
function temporaryOf(
  context: Context,
  value: ClassValue,
  args: Arguments,
  scope: EvaluationScope,
): Values | undefined {
  const { class: cls } = value;
  const type = context.builtinClass('builtins.type');
  // What it inherits from may be what the function around it is given.
  if (cls.kind === 'source' && isFunction(cls.scope.entry.node)) context.read(Reads.Parameters);
  if (cls.kind !== 'source' || value.making || !type || !mroOf(context, cls).classes.includes(type))
    return undefined;
  const [create] = context.ownMember(cls, '__new__');
  if (create?.type !== 'function' || !create.scope.frame) return undefined;
  const made = callResult(context, create, prepended([[value]], args), scope);
  const temporary = made.find(found => found.type === 'class' && found.class.kind === 'synthetic');
  return temporary && [temporary];
}

/** Keys and values of `dict(pairs, name=value)`. */
function dictContents(
  context: Context,
  args: Arguments,
  scope: EvaluationScope,
): readonly Values[] | undefined {
  const keys: Values[] = [];
  const values: Values[] = [];
  for (const given of args.positional(0) ?? UNKNOWN) {
    if (given.type === 'instance' && given.args?.length === 2 && isMapping(context, given, scope)) {
      keys.push(given.args[0]);
      values.push(given.args[1]);
      continue;
    }
    for (const pair of context.items(given, scope)) {
      if (pair.type !== 'instance' || pair.elements?.length !== 2) continue;
      keys.push(pair.elements[0]);
      values.push(pair.elements[1]);
    }
  }
  for (const { arg } of args.written?.keywords ?? []) {
    if (arg === null) continue;
    keys.push(context.instance('builtins.str'));
    values.push(widen(args.keyword(arg) ?? UNKNOWN));
  }
  return keys.length > 0 ? [unite(...keys), unite(...values)] : undefined;
}

function isMapping(context: Context, value: InstanceValue, scope: EvaluationScope): boolean {
  return context.attribute(value, 'keys', scope).length > 0;
}

/** `type(value)` */
function typeOf(context: Context, value: Value, scope: EvaluationScope): Values {
  if (value.type === 'class' && (value.args || value.elements)) {
    const alias = context.builtinClass('types.GenericAlias');
    return alias ? [{ type: 'class', class: alias }] : UNKNOWN;
  }
  return context.attribute(value, '__class__', scope);
}

function inheritsConstructor(context: Context, cls: ClassValue['class']): boolean {
  for (const base of mroOf(context, cls).classes) {
    if (base.kind === 'class') return true;
    if (context.ownMember(base, '__init__').length > 0 || context.ownMember(base, '__new__').length > 0)
      return false;
  }
  return true;
}

/** What `__new__` says that it returns, if that is something else. */
function annotatedNew(
  context: Context,
  { class: cls }: ClassValue,
  args: Arguments,
  scope: EvaluationScope,
): Values | undefined {
  if (cls.kind !== 'source') return undefined;
  for (const base of mroOf(context, cls).classes) {
    if (base.kind === 'class') return undefined;
    const [found] = context.ownMember(base, '__new__');
    if (!found) continue;
    if (found.type !== 'function' || found.node.kind === NodeKind.Lambda || !found.node.returns)
      return undefined;
    const values = callResult(context, found, prepended([[{ type: 'class', class: cls }]], args), scope);
    return values.length > 0 ? values : undefined;
  }
  return undefined;
}
