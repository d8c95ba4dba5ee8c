// Calls in the tree: where they are, what they call, and what CPython says when they do not fit.
import { NodeKind } from '../python/ast/kinds.ts';
import type { Call, Node } from '../python/ast/nodes.ts';
import { CodeFlags } from '../python/code/flags.ts';
import { callFunction } from '../python/inspect/call.ts';
import { type Signature, signatureOf } from '../python/inspect/signature.ts';
import type { Target } from '../python/versions/target.ts';
import { callablesOf, type Callable } from '../resolve/callable.ts';
import { lookup } from '../resolve/classes/members.ts';
import { metaclassOf } from '../resolve/classes/mro.ts';
import { className, functionQualname } from '../resolve/classes/names.ts';
import { enclosingClassName } from '../resolve/names.ts';
import { decoratedStart, forEachScopedChild, isFunction, type Located, type Span } from '../resolve/nodes.ts';
import type { Class, Evaluator, FunctionValue, Scope, SourceModule, Value } from '../resolve/values.ts';
import { type CallArguments, isComplete } from './callBinding.ts';
import { type Wrapping, wrappingOf } from './definitions.ts';

/** A call, and where its callee is evaluated. */
export interface LocatedCall {
  readonly call: Call;
  readonly scope: Scope;
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
export function candidatesOf(evaluator: Evaluator, call: Call, scope: Scope): readonly Callable[] {
  return callablesOf(evaluator, call.func, scope).flatMap(callable => callable.overloads ?? [callable]);
}

// ---- Errors ----------------------------------------------------------------------------------------------------

/** The Python function that a call runs first, and how many arguments it gets before those of the call. */
interface RealCallee {
  readonly function: FunctionValue;
  readonly qualname: string;
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
  if (callable.caveats.length > 0 || !isComplete(call)) return undefined;
  for (const callee of realCallees(evaluator, callable.value, callable.qualname)) {
    const outcome = callFunction<unknown>(
      {
        name: callee.function.name,
        qualname: callee.qualname,
        signature: plainSignature(callee.function, target),
      },
      [...Array<unknown>(callee.bound), ...call.args],
      call.kwargs,
      target.dialect.inspect,
    );
    if ('typeError' in outcome) return outcome.typeError;
  }
  return undefined;
}

/** The signature of the def itself, `self` included. */
function plainSignature({ node, scope }: FunctionValue, { dialect }: Target): Signature {
  const { symbolTable } = scope.module.analysis;
  return signatureOf(node, {
    privateName: enclosingClassName(scope.entry),
    stringAnnotations: (symbolTable.futureFeatures & CodeFlags.FUTURE_ANNOTATIONS) !== 0,
    dialect,
  });
}

/** Wrappers that give all arguments to the function, and raise nothing themselves. */
const PASSES_ON: ReadonlySet<Wrapping> = new Set<Wrapping>(['itself', 'coroutine', 'cache', 'wrapper']);

/** The functions that get the arguments of a call, one after the other; none where that is not known. */
function realCallees(evaluator: Evaluator, value: Value, qualname: string): RealCallee[] {
  switch (value.type) {
    case 'function': {
      const { attributes, opaqueDecorators = [] } = value;
      if (attributes?.wrapped || attributes?.signature || opaqueDecorators.length > 0) return [];
      const wrapping = wrappingOf(evaluator, value);
      return PASSES_ON.has(wrapping) ? [{ function: value, qualname, bound: 0 }] : [];
    }
    case 'method':
      return realCallees(evaluator, value.function, functionName(value.function) ?? qualname).map(inner => ({
        ...inner,
        bound: inner.bound + 1,
      }));
    case 'class':
      return constructors(evaluator, value.class);
    case 'instance': {
      const call = lookup(evaluator, value.class, '__call__');
      if (!call || call === 'unknown' || call.values.length !== 1) return [];
      return realCallees(evaluator, { type: 'method', function: call.values[0], self: value }, qualname);
    }
    default:
      return [];
  }
}

const functionName = (value: Value): string | undefined =>
  value.type === 'function' ? functionQualname(value) : undefined;

/** `__new__` and `__init__` as type.__call__() calls them. CPython: Objects/typeobject.c, type_call(). */
function constructors(evaluator: Evaluator, cls: Class): RealCallee[] {
  const metaclass = metaclassOf(evaluator, cls);
  const call = metaclass && lookup(evaluator, metaclass, '__call__');
  if (!call || call === 'unknown' || className(call.owner) !== 'builtins.type') return [];
  const callees: RealCallee[] = [];
  for (const name of ['__new__', '__init__']) {
    const found = lookup(evaluator, cls, name);
    if (!found || found === 'unknown' || found.values.length !== 1) return callees;
    if (className(found.owner) === 'builtins.object') continue;
    const [member] = found.values;
    const inner =
      member.type === 'descriptor' && member.descriptor === 'staticmethod' ? member.function : member;
    const [callee] = realCallees(evaluator, inner, functionName(inner) ?? '');
    if (!callee || (member !== inner && name === '__init__')) return callees;
    callees.push({ ...callee, bound: 1 });
    // What __new__ gives need not be an instance, and then nothing is initialised.
    if (name === '__new__') return callees;
  }
  return callees;
}
