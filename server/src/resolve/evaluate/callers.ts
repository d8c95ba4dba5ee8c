// What the callers in the same module pass for a parameter that nothing else tells anything about. Of what is public
// they are not all that there are.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Arg, Call, Expression } from '../../python/ast/expressions.ts';
import type { FunctionDef } from '../../python/ast/nodes.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType, Scope, SymbolFlags } from '../../python/symtable/flags.ts';
import { forEachScopedChild } from '../../python/locate/path.ts';
import type { SourceModule, Value, Values } from '../values.ts';
import { writtenArguments } from './arguments.ts';
import type { CallPlace, Context } from './context.ts';
import { classAround, methodKind } from './methods.ts';
import { inferredOf, UNKNOWN, unite, widen } from './unions.ts';

/** At most this many calls of the name are looked at. */
const MOST_CALLS = 12;

/** Stands for the name of what is called where that is no name of a function: an item of a table, a variable. */
const NAMELESS = '';

/** Whether a function's callers in its module are all there are: it is private, or defined in another function. */
export function mayAskCallers(node: FunctionDef, entry: SymbolTableEntry): boolean {
  const name = node.name === '__init__' ? (entry.parent?.name ?? '') : node.name;
  return isPrivate(name) || entry.parent?.type === BlockType.Function;
}

const isPrivate = (name: string): boolean => name.startsWith('_') && !name.endsWith('__');

/**
 * What the calls of a function pass for its parameter; `entry` is the function's block. Where it is not known what some
 * of them pass, the rest is inferred.
 */
export function passedByCallers(
  context: Context,
  arg: Arg,
  node: FunctionDef,
  module: SourceModule,
  entry: SymbolTableEntry,
): Values {
  return context.memo(context.cache(module).passed, arg, () => {
    const body = classAround(entry);
    const names =
      node.name === '__init__' && body ? [body.name, 'cls', '__class__', '__init__'] : [node.name];
    if (isPrivate(node.name)) names.push(NAMELESS);
    const found: Values[] = [];
    let isAll = true;
    for (const name of names) {
      const calls = callsOf(context, module, name);
      if (calls.length > MOST_CALLS) isAll = false;
      for (const { call, entry: around } of calls.slice(0, MOST_CALLS)) {
        const values = passed(context, arg, node, module, call, around, body !== undefined);
        if (values?.length === 0) isAll = false;
        if (values) found.push(values);
      }
    }
    const all = unite(...found);
    return isAll ? all : inferredOf(all);
  });
}

/** What a call passes for the parameter; undefined where it calls something else, or does not say. */
function passed(
  context: Context,
  arg: Arg,
  node: FunctionDef,
  module: SourceModule,
  call: Call,
  entry: SymbolTableEntry,
  isMethod: boolean,
): Values | undefined {
  const scope = { module, entry, offset: call.func.start, frame: undefined };
  const callee = context.evaluate(call.func, scope).find(value => means(context, value, node));
  if (!callee) return undefined;
  const args = writtenArguments(context, call, { ...scope, offset: call.start });
  const { posonlyargs, args: others } = node.args;
  const positional = [...posonlyargs, ...others];
  const index = positional.indexOf(arg);
  // What is bound, and constructors, leave the first one out.
  const offset = isMethod && callee.type !== 'function' && methodKind(node) !== 'static' ? 1 : 0;
  if (arg === node.args.vararg) {
    const rest: Values[] = [];
    for (let i = Math.max(0, positional.length - offset); i < Math.min(args.count, MOST_CALLS); i++)
      rest.push(widen(args.positional(i) ?? UNKNOWN));
    return unite(...rest);
  }
  const values = (index >= offset ? args.positional(index - offset) : undefined) ?? args.keyword(arg.arg);
  // What it does not pass, or unpacks, tells nothing.
  return values && widen(values);
}

/** Whether calling a value calls a def. */
function means(context: Context, value: Value, node: FunctionDef): boolean {
  switch (value.type) {
    case 'function':
      return value.node === node;
    case 'method':
      return means(context, value.function, node);
    case 'class':
      return (
        node.name === '__init__' &&
        value.class.kind === 'source' &&
        context.attribute(value, '__init__', value.class.scope).some(found => means(context, found, node))
      );
    default:
      return false;
  }
}

const NONE: readonly CallPlace[] = [];

/** The calls in a module by the last name of what is called. */
function callsOf(context: Context, module: SourceModule, name: string): readonly CallPlace[] {
  const cache = context.cache(module);
  cache.calls ??= collectCalls(module);
  return cache.calls.get(name) ?? NONE;
}

function namesOf(func: Expression, entry: SymbolTableEntry): readonly string[] {
  switch (func.kind) {
    case NodeKind.Name: {
      const isVariable =
        entry.scope(func.id) === Scope.LOCAL && (entry.flags(func.id) & SymbolFlags.DEF_LOCAL) !== 0;
      return isVariable ? [func.id, NAMELESS] : [func.id];
    }
    case NodeKind.Attribute:
      return [func.attr];
    case NodeKind.Subscript:
      return [NAMELESS];
    default:
      return [];
  }
}

function collectCalls({ analysis }: SourceModule): Map<string, CallPlace[]> {
  const { symbolTable, module } = analysis;
  const calls = new Map<string, CallPlace[]>();
  const stack: [Parameters<typeof forEachScopedChild>[0], SymbolTableEntry][] = [[module, symbolTable.top]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [node, entry] = next;
    if (node.kind === NodeKind.Call) {
      for (const name of namesOf(node.func, entry)) {
        const list = calls.get(name);
        if (list) list.push({ call: node, entry });
        else calls.set(name, [{ call: node, entry }]);
      }
    }
    forEachScopedChild(node, entry, symbolTable, (child, block) => stack.push([child, block]));
  }
  for (const list of calls.values()) list.sort((a, b) => a.call.start - b.call.start);
  return calls;
}
