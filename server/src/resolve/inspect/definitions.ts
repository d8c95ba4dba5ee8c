// What a def, class or lambda in the tree becomes once its decorators have run, and what the decorators do to it that
// inspect can tell.
import { ExprContext, NodeKind } from '../../python/ast/kinds.ts';
import { type Expression, type Lambda, Name } from '../../python/ast/expressions.ts';
import { type ClassDef, type FunctionDef } from '../../python/ast/nodes.ts';
import { flagsAfterTypesCoroutine } from '../../python/inspect/suspension.ts';
import { fullName } from '../classes/names.ts';
import type {
  Evaluator,
  FunctionValue,
  EvaluationScope,
  SourceClass,
  SourceModule,
  Value,
} from '../values.ts';
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType } from '../../python/symtable/flags.ts';

export type Definition = FunctionDef | ClassDef | Lambda;

/** A node in the block that it is evaluated in. */
interface Place {
  readonly module: SourceModule;
  readonly entry: SymbolTableEntry;
}

/** What a definition gives: through its class, where it is in one. Undefined where it is not known. */
export function definedValue(
  evaluator: Evaluator,
  node: Definition,
  { module, entry }: Place,
): Value | undefined {
  const scope: EvaluationScope = { module, entry, offset: node.end + 1, frame: undefined };
  if (node.kind === NodeKind.Lambda) return evaluator.evaluate(node, { ...scope, offset: node.start }).at(0);
  const cls = entry.type === BlockType.Class ? classOf(evaluator, module, entry) : undefined;
  const found = cls
    ? evaluator.attribute({ type: 'class', class: cls }, node.name, scope)
    : evaluator.evaluate(nameOf(node), scope);
  return found.find(value => madeOf(value) === node);
}

/** The class whose body a block is. */
export function classOf(
  evaluator: Evaluator,
  module: SourceModule,
  { node, parent }: SymbolTableEntry,
): SourceClass | undefined {
  if (node.kind !== NodeKind.ClassDef || !parent) return undefined;
  const scope: EvaluationScope = { module, entry: parent, offset: node.end + 1, frame: undefined };
  for (const value of evaluator.evaluate(nameOf(node), scope)) {
    if (value.type === 'class' && value.class.kind === 'source' && value.class.node === node)
      return value.class;
  }
  return undefined;
}

const nameOf = ({ start, end, name }: FunctionDef | ClassDef): Name =>
  new Name(start, end, name, ExprContext.Load);

/** The def, class or lambda that a value was made of. */
export function madeOf(value: Value): Definition | undefined {
  switch (value.type) {
    case 'function':
      return value.node;
    case 'class':
      return value.class.kind === 'source' ? value.class.node : undefined;
    case 'method':
    case 'descriptor':
    case 'partial':
      return madeOf(value.function);
    case 'overloaded':
      return value.implementation && madeOf(value.implementation);
    default:
      return undefined;
  }
}

// ---- Decorators --------------------------------------------------------------------------------------------------

/** What the decorators of a function leave of it, as they are called. */
export type Wrapping =
  /** The function itself. */
  | 'itself'
  /** The function itself, its code's flags changed by types.coroutine(). */
  | 'coroutine'
  /** functools.lru_cache */
  | 'cache'
  /** Another function that calls it and is described by `__wrapped__`. */
  | 'wrapper'
  /** functools.singledispatch */
  | 'dispatcher'
  | 'unknown';

const WRAPPINGS: Readonly<Record<string, Wrapping>> = {
  'abc.abstractmethod': 'itself',
  'atexit.register': 'itself',
  'builtins.classmethod': 'itself',
  'builtins.property': 'itself',
  'builtins.staticmethod': 'itself',
  'contextlib.asynccontextmanager': 'wrapper',
  'contextlib.contextmanager': 'wrapper',
  'functools._lru_cache_wrapper': 'cache',
  'functools.cache': 'cache',
  'functools.cached_property': 'itself',
  'functools.lru_cache': 'cache',
  'functools.singledispatch': 'dispatcher',
  'functools.wraps': 'itself',
  'types.coroutine': 'coroutine',
  'typing.final': 'itself',
  'typing.no_type_check': 'itself',
  'typing.overload': 'itself',
  'typing.override': 'itself',
};

/** What the decorators of a function make of it; descriptors count as what they hold. */
export function wrappingOf(evaluator: Evaluator, { node, scope, attributes }: FunctionValue): Wrapping {
  if (node.kind === NodeKind.Lambda) return 'itself';
  let result: Wrapping = 'itself';
  // From the def outwards.
  for (const decorator of [...node.decorator_list].reverse()) {
    const wrapping = decoratorWrapping(evaluator, decorator, scope);
    if (wrapping === 'unknown' && !attributes?.wrapped) return 'unknown';
    if (wrapping !== 'itself') result = wrapping;
  }
  return result;
}

/** The flags of the code that a function runs, given those of its own; undefined where a decorator hides it. */
export function wrappedFlags(evaluator: Evaluator, fn: FunctionValue, flags: number): number | undefined {
  if (fn.attributes?.wrapped || (fn.opaqueDecorators?.length ?? 0) > 0) return undefined;
  switch (wrappingOf(evaluator, fn)) {
    case 'itself':
      return flags;
    case 'coroutine':
      return flagsAfterTypesCoroutine(flags);
    default:
      return undefined;
  }
}

function decoratorWrapping(evaluator: Evaluator, decorator: Expression, scope: EvaluationScope): Wrapping {
  if (decorator.kind === NodeKind.Attribute && /^(?:setter|getter|deleter)$/.test(decorator.attr))
    return 'itself';
  const named = decorator.kind === NodeKind.Call ? decorator.func : decorator;
  const [value] = evaluator.evaluate(named, { ...scope, offset: decorator.start });
  const name = value && fullName(value);
  const wrapping = name === undefined ? undefined : WRAPPINGS[name];
  // With arguments of their own, only these are decorators.
  const takesArguments = wrapping === 'cache' || name === 'functools.wraps';
  if (decorator.kind === NodeKind.Call && !takesArguments) return 'unknown';
  return wrapping ?? 'unknown';
}
