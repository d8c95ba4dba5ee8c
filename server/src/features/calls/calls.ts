// Calls in the tree: where they are, what they call, and what CPython says when they do not fit.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Call } from '../../python/ast/expressions.ts';
import type { Node } from '../../python/ast/nodes.ts';
import { CodeFlags } from '../../python/code/flags.ts';
import { builtinCallError, type CalledBuiltin } from '../../python/inspect/builtinCall.ts';
import { type CalledFunction, callFunction } from '../../python/inspect/call.ts';
import { Messages } from '../../python/inspect/messages.ts';
import { signatureOf } from '../../python/inspect/signature.ts';
import type { Target } from '../../python/versions/target.ts';
import { callablesOf, type Callable } from '../../resolve/callable.ts';
import { lookup } from '../../resolve/classes/members.ts';
import { inherits, metaclassOf } from '../../resolve/classes/mro.ts';
import { className, functionQualname } from '../../resolve/classes/names.ts';
import { mangledIn } from '../../python/symtable/mangle.ts';
import { isFunction } from '../../python/ast/parts.ts';
import { type Located, type Span, decoratedStart, forEachScopedChild } from '../../python/locate/path.ts';
import type {
  Class,
  Evaluator,
  FunctionValue,
  EvaluationScope,
  SourceModule,
  Value,
} from '../../resolve/values.ts';
import { type CallArguments, isComplete } from './binding.ts';
import { type Wrapping, wrappingOf } from '../../resolve/inspect/definitions.ts';

/** A call, and where its callee is evaluated. */
export interface LocatedCall {
  readonly call: Call;
  readonly scope: EvaluationScope;
}

/** The calls that touch a range, UTF-16 offsets, in the order of the source. */
export function callsIn(module: SourceModule, { start, end }: Span): LocatedCall[] {
  const { analysis } = module;
  const { symbolTable } = analysis;
  const calls: LocatedCall[] = [];
  const stack: Located[] = [{ node: analysis.module, entry: symbolTable.top }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, entry } = next;
    if (node.kind === NodeKind.Call) {
      calls.push({ call: node, scope: { module, entry, offset: node.start, frame: undefined } });
    }
    forEachScopedChild(node, entry, symbolTable, (child, block) => {
      if (mayTouch(child, start, end)) stack.push({ node: child, entry: block });
    });
  }
  return calls.sort((a, b) => a.call.start - b.call.start || b.call.end - a.call.end);
}

/** False where nothing below a node is in a range; nodes that have no place of their own may be anywhere. */
function mayTouch(node: Node, start: number, end: number): boolean {
  switch (node.kind) {
    case NodeKind.WithItem:
    case NodeKind.MatchCase:
    case NodeKind.Keyword:
    case NodeKind.Comprehension:
      return true;
    default: {
      const first = isFunction(node) || node.kind === NodeKind.ClassDef ? decoratedStart(node) : node.start;
      return first <= end && start <= node.end;
    }
  }
}

/** The callables that a call may mean, the likeliest first; overloads one by one. */
export function candidatesOf(evaluator: Evaluator, call: Call, scope: EvaluationScope): readonly Callable[] {
  return callablesOf(evaluator, call.func, scope).flatMap(callable => callable.overloads ?? [callable]);
}

// ---- Errors ----------------------------------------------------------------------------------------------------

/** A function that gets the arguments of a call after some that it is bound to. */
interface RealCallee {
  readonly function: CalledFunction;
  readonly bound: number;
}

/**
 * The message of the TypeError that a call raises before any of its code runs; undefined if it raises none, and where
 * it is not known which function runs or which arguments there are.
 */
export function realCallError(
  evaluator: Evaluator,
  callable: Callable,
  call: CallArguments,
  target: Target,
): string | undefined {
  if (callable.caveats.length > 0 || callable.isInferred || !isComplete(call)) return undefined;
  const { value } = callable;
  const callees = realCallees(evaluator, value);
  for (const { function: callee, bound } of callees) {
    const args = [...Array<unknown>(bound), ...call.args];
    const outcome = callFunction<unknown>(callee, args, call.kwargs, target.dialect.inspect);
    if ('typeError' in outcome) return outcome.typeError;
  }
  const builtin = calledBuiltin(value);
  if (builtin) return builtinCallError(builtin, call.args.length, call.kwargs.size, target.dialect.inspect);
  const given = call.args.length + call.kwargs.size;
  return value.type === 'class' && given > 0 && isPlainClass(evaluator, value.class)
    ? Messages.takesNoArguments(value.class.name)
    : undefined;
}

/** The function itself as a call sees it, `self` included. */
function calledFunction(value: FunctionValue): CalledFunction {
  const { node, scope } = value;
  const { symbolTable, target } = scope.module.analysis;
  const signature = signatureOf(node, {
    mangled: name => mangledIn(scope.entry, name),
    stringAnnotations: (symbolTable.futureFeatures & CodeFlags.FUTURE_ANNOTATIONS) !== 0,
    dialect: target.dialect,
  });
  const name = node.kind === NodeKind.Lambda ? '<lambda>' : node.name;
  return { name, qualname: functionQualname(value), signature };
}

/**
 * A function of the module builtins, or a method of one of its types. Those of other modules may be written by hand, in
 * words of their own, as may be methods that Python calls by itself.
 */
function calledBuiltin(value: Value): CalledBuiltin | undefined {
  const callee = value.type === 'method' ? value.function : value;
  if (callee.type !== 'builtin') return undefined;
  const { module, type, name, qualname, signature } = callee.function;
  if (module !== 'builtins' || !signature || name.startsWith('__')) return undefined;
  if (type !== 'builtins.builtin_function_or_method' && type !== 'builtins.method_descriptor')
    return undefined;
  const { parameters } = signature;
  if (type === 'builtins.builtin_function_or_method') return { name, qualname, parameters };
  // Called on the class, the first argument is the instance, and counts for nothing else.
  return value.type === 'method' ? { name, qualname, parameters: parameters.slice(1) } : undefined;
}

/** Wrappers that give all arguments to the function, and raise nothing themselves. */
const PASSES_ON: ReadonlySet<Wrapping> = new Set<Wrapping>(['itself', 'coroutine', 'cache', 'wrapper']);

/** The functions that get the arguments of a call, one after the other; none where that is not known. */
function realCallees(evaluator: Evaluator, value: Value): RealCallee[] {
  switch (value.type) {
    case 'function': {
      const { attributes, opaqueDecorators = [] } = value;
      if (attributes?.wrapped || attributes?.signature || opaqueDecorators.length > 0) return [];
      const wrapping = wrappingOf(evaluator, value);
      return PASSES_ON.has(wrapping) ? [{ function: calledFunction(value), bound: 0 }] : [];
    }
    case 'builtin': {
      // What the library makes at run time: dataclasses, named tuples.
      const { type, signature, name, qualname, kind } = value.function;
      const isFunction = type === 'builtins.function' && signature && kind === 'method';
      return isFunction ? [{ function: { name, qualname, signature }, bound: 0 }] : [];
    }
    case 'method':
      return realCallees(evaluator, value.function).map(inner => ({ ...inner, bound: inner.bound + 1 }));
    case 'class':
      return constructors(evaluator, value.class);
    case 'instance': {
      const call = lookup(evaluator, value.class, '__call__');
      if (!call || call === 'unknown' || call.values.length !== 1) return [];
      return realCallees(evaluator, { type: 'method', function: call.values[0], self: value });
    }
    default:
      return [];
  }
}

// ---- Classes -----------------------------------------------------------------------------------------------------

/** Whether calling a class is what type.__call__() does. */
function isCalledByType(evaluator: Evaluator, cls: Class): boolean {
  const metaclass = metaclassOf(evaluator, cls);
  const call = metaclass && lookup(evaluator, metaclass, '__call__');
  return call !== undefined && call !== 'unknown' && className(call.owner) === 'builtins.type';
}

/** `__new__` and `__init__` as type.__call__() calls them. CPython: Objects/typeobject.c, type_call(). */
function constructors(evaluator: Evaluator, cls: Class): RealCallee[] {
  if (!isCalledByType(evaluator, cls)) return [];
  for (const name of ['__new__', '__init__']) {
    const found = lookup(evaluator, cls, name);
    if (!found || found === 'unknown' || found.values.length !== 1) return [];
    if (className(found.owner) === 'builtins.object') continue;
    const [member] = found.values;
    const isStatic = member.type === 'descriptor' && member.descriptor === 'staticmethod';
    if (isStatic !== (name === '__new__') && member.type !== 'builtin') return [];
    // What __new__ gives need not be an instance, and then nothing is initialised.
    return realCallees(evaluator, isStatic ? member.function : member).map(callee => ({
      ...callee,
      bound: 1,
    }));
  }
  return [];
}

/** Whether object's own `__new__` and `__init__` take the arguments: none. CPython: Objects/typeobject.c, object_new(). */
function isPlainClass(evaluator: Evaluator, cls: Class): boolean {
  if (!isCalledByType(evaluator, cls) || inherits(evaluator, cls, 'typing.Protocol')) return false;
  // Of what is abstract a class that derives is called.
  const metaclass = metaclassOf(evaluator, cls);
  if (metaclass && inherits(evaluator, metaclass, 'abc.ABCMeta')) return false;
  return ['__new__', '__init__'].every(name => {
    const found = lookup(evaluator, cls, name);
    return found !== undefined && found !== 'unknown' && className(found.owner) === 'builtins.object';
  });
}
