// What a parameter is: what the call that is followed passes, `self` and `cls`, what an annotation promises, or the
// type of the default value. CPython: Objects/funcobject.c for what a class makes of its functions.
import type { Arg, Expression, Lambda } from '../../python/ast/expressions.ts';
import type { FunctionDef } from '../../python/ast/nodes.ts';
import { NodeKind } from '../../python/ast/kinds.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType } from '../../python/symtable/flags.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import { isFunction } from '../../python/ast/parts.ts';
import type {
  Frame,
  FunctionValue,
  EvaluationScope,
  SourceClass,
  SourceModule,
  Value,
  Values,
} from '../values.ts';
import { mroOf } from '../classes/mro.ts';
import { mayAskCallers, passedByCallers } from './callers.ts';
import type { Arguments, Context } from './context.ts';
import { frameOf } from './context.ts';
import { documentedValues } from './documented.ts';
import { passedToLambda } from './lambdas.ts';
import { classAround, methodKind } from './methods.ts';
import { Reads } from './memo.ts';
import { inferred, UNKNOWN, unite, widen } from './unions.ts';

/** What a parameter is; `scope` is that of the function's block. */
export function parameterValues(context: Context, arg: Arg, scope: EvaluationScope): Values {
  const { entry } = scope;
  const { node } = entry;
  if (!isFunction(node) && node.kind !== NodeKind.Lambda) return UNKNOWN;
  const frame = frameOf(entry, scope.frame);
  if (frame?.entry === entry) {
    const passed = frame.parameter(mangledIn(entry, arg.arg));
    if (passed.length > 0) return passed;
  }
  const around = { ...scope, entry: outside(entry), offset: node.start };
  const self = isFunction(node) ? firstParameter(context, arg, node, entry, scope) : undefined;
  if (self) return self;
  const { vararg, kwarg } = node.args;
  let values = UNKNOWN;
  if (arg.annotation) values = context.annotation(arg.annotation, annotationScope(arg, node, scope));
  context.read(Reads.Parameters);
  if (arg === vararg) {
    if (values.length === 0 && isFunction(node) && !frame) values = knownOfCallers(context, arg, node, scope);
    return context.instance('builtins.tuple', { args: [values] });
  }
  if (arg === kwarg)
    return context.instance('builtins.dict', { args: [context.instance('builtins.str'), values] });
  if (values.length > 0) return isOneOfMany(values) ? narrowerValues(context, arg, values, scope) : values;
  const value = defaultOf(arg, node);
  const saysNothing = !value || (value.kind === NodeKind.Constant && value.value.type === ConstantType.None);
  if (!saysNothing) {
    const given = widen(context.evaluate(value, { ...around, offset: value.start }));
    // `MISSING = object()` is there to be told apart from everything else.
    const object = context.builtinClass('builtins.object');
    if (!given.every(each => each.type === 'instance' && each.class === object)) return given;
  }
  if (!isFunction(node)) return passedToLambda(context, arg, node, scope);
  const documented = documentedValues(context, arg, node, scope);
  if (documented.length > 0) return documented;
  if (frame) return UNKNOWN;
  const passed = knownOfCallers(context, arg, node, scope);
  if (passed.length > 0 && mayAskCallers(node, entry)) return passed;
  const overridden = overriddenValues(context, arg, node, scope);
  return overridden.length > 0 ? overridden : passed;
}

/** What the callers in the module pass; of what others may call as well, inferred. */
function knownOfCallers(context: Context, arg: Arg, node: FunctionDef, scope: EvaluationScope): Values {
  const passed = passedByCallers(context, arg, node, scope.module, scope.entry);
  return mayAskCallers(node, scope.entry) ? passed : inferred(passed);
}

/** `Callable[[A], B]` says how something is called, but not what it is. */
const isOneOfMany = (values: Values): boolean =>
  values.every(value => value.type === 'opaque' && value.qualname === 'typing.Callable');

/** All callers of a function say more than an annotation that leaves open what is passed. */
function narrowerValues(context: Context, arg: Arg, declared: Values, scope: EvaluationScope): Values {
  const { entry } = scope;
  const { node } = entry;
  if (!isFunction(node) || frameOf(entry, scope.frame) || !mayAskCallers(node, entry)) return declared;
  const passed = passedByCallers(context, arg, node, scope.module, entry);
  return passed.length > 0 ? passed : declared;
}

/** What the method that a method overrides takes, by its annotation or docstring. */
function overriddenValues(context: Context, arg: Arg, node: FunctionDef, scope: EvaluationScope): Values {
  const body = classAround(scope.entry);
  const cls = body && classOfBody(context, scope.module, body);
  if (!cls) return UNKNOWN;
  const index = [...node.args.posonlyargs, ...node.args.args].indexOf(arg);
  for (const base of mroOf(context, cls).classes.slice(1)) {
    if (base.kind !== 'source') continue;
    const method = context.ownMember(base, node.name).find(value => value.type === 'function');
    if (method?.type !== 'function' || !isFunction(method.node)) continue;
    const { module, node: other } = method;
    const entry = module.analysis.symbolTable.block(other);
    const { posonlyargs, args, kwonlyargs } = other.args;
    const named = [...posonlyargs, ...args, ...kwonlyargs].find(candidate => candidate.arg === arg.arg);
    // Constructors of classes below take other things.
    const same = named ?? (node.name === '__init__' ? undefined : [...posonlyargs, ...args].at(index));
    if (!entry || !same || index === 0) return UNKNOWN;
    const place: EvaluationScope = { module, entry, offset: other.start, frame: undefined };
    const promised = same.annotation
      ? context.annotation(same.annotation, annotationScope(same, other, place))
      : documentedValues(context, same, other, place);
    if (promised.length > 0) return inferred(promised);
  }
  return UNKNOWN;
}

/** Annotations are looked up around the function, or in a block of their own. */
export function annotationScope(
  at: Expression | Arg,
  node: FunctionDef | Lambda,
  scope: EvaluationScope,
): EvaluationScope {
  const { symbolTable } = scope.module.analysis;
  const own = isFunction(node)
    ? (symbolTable.annotationBlock(node) ?? symbolTable.typeParametersBlock(node))
    : undefined;
  return { ...scope, entry: own ?? outside(scope.entry), offset: at.start };
}

function outside(entry: SymbolTableEntry): SymbolTableEntry {
  return entry.parent ?? entry;
}

/** The default value of a parameter. */
export function defaultOf(arg: Arg, { args: list }: FunctionDef | Lambda): Expression | undefined {
  const keyword = list.kwonlyargs.indexOf(arg);
  if (keyword >= 0) return list.kw_defaults[keyword] ?? undefined;
  const positional = [...list.posonlyargs, ...list.args];
  const index = positional.indexOf(arg);
  return index < 0 ? undefined : list.defaults[index - (positional.length - list.defaults.length)];
}

// ---- self and cls ----------------------------------------------------------------------------------------------

/** The class that a class body's block belongs to. */
export function classOfBody(
  context: Context,
  module: SourceModule,
  entry: SymbolTableEntry,
): SourceClass | undefined {
  const { node } = entry;
  if (node.kind !== NodeKind.ClassDef) return undefined;
  let parent = entry.parent;
  while (parent?.type === BlockType.TypeParameters) parent = parent.parent;
  if (!parent) return undefined;
  return context.sourceClass(node, { module, entry: parent, offset: node.start, frame: undefined });
}

function firstParameter(
  context: Context,
  arg: Arg,
  node: FunctionDef,
  entry: SymbolTableEntry,
  scope: EvaluationScope,
): Values | undefined {
  const first = node.args.posonlyargs[0] ?? node.args.args[0];
  if (arg !== first) return undefined;
  const body = classAround(entry);
  const cls = body && classOfBody(context, scope.module, body);
  if (!cls) return undefined;
  const kind = methodKind(node);
  if (kind === 'static') return undefined;
  context.read(Reads.Self);
  return [kind === 'class' ? { type: 'class', class: cls } : { type: 'instance', class: cls }];
}

// ---- Frames ----------------------------------------------------------------------------------------------------

/** A call of a function that is to be followed. CPython: Python/ceval.c, initialize_locals(). */
export function frameFor(
  context: Context,
  { node, module, scope }: FunctionValue,
  args: Arguments,
  self: Value | undefined,
): Frame | undefined {
  const entry = module.analysis.symbolTable.block(node);
  if (!entry) return undefined;
  const list = node.args;
  const positional = [...list.posonlyargs, ...list.args];
  const offset = self ? 1 : 0;
  const known = new Map<string, Values>();
  const restOfKeywords = (): Values => {
    const taken = [...list.args, ...list.kwonlyargs].map(({ arg }) => arg);
    const names = args.keywords.filter(keyword => !taken.includes(keyword));
    const entries = new Map(names.map(rest => [rest, args.keyword(rest) ?? UNKNOWN]));
    const held = [context.instance('builtins.str'), unite(...[...entries.values()].map(widen))];
    return context.instance('builtins.dict', { args: held, entries });
  };
  const find = (name: string): Values => {
    const index = positional.findIndex(arg => mangledIn(entry, arg.arg) === name);
    if (index === 0 && self) return [self];
    let passed = index >= offset ? args.positional(index - offset) : undefined;
    if (index >= list.posonlyargs.length || index < 0) passed ??= args.keyword(name);
    if (list.vararg && mangledIn(entry, list.vararg.arg) === name) {
      if (args.isOpen || args.count > 8) return UNKNOWN;
      // `def m(*args)`: what it is bound to is the first of them.
      const rest: Values[] = self && positional.length === 0 ? [[self]] : [];
      for (let i = Math.max(0, positional.length - offset); i < args.count; i++)
        rest.push(args.positional(i) ?? UNKNOWN);
      return context.instance('builtins.tuple', { elements: rest });
    }
    if (passed) return passed;
    if (args.isOpen) return UNKNOWN;
    if (list.kwarg && mangledIn(entry, list.kwarg.arg) === name) return restOfKeywords();
    const arg = positional[index] ?? list.kwonlyargs.find(other => mangledIn(entry, other.arg) === name);
    const value = arg && defaultOf(arg, node);
    return value ? context.evaluate(value, { ...scope, offset: value.start }) : UNKNOWN;
  };
  return {
    entry,
    outer: scope.frame,
    parameter(name) {
      let values = known.get(name);
      if (!values) {
        known.set(name, UNKNOWN); // for what refers to itself
        values = find(name);
        known.set(name, values);
      }
      return values;
    },
  };
}
