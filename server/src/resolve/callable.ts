// Which callables an expression names, as they are called: name, signature, documentation, overloads and where each
// is defined. The evaluator says what the expression is, callables/ what inspect.signature() makes of that.
import { NodeKind } from '../python/ast/kinds.ts';
import type { Expression, Lambda } from '../python/ast/expressions.ts';
import type { ClassDef, FunctionDef, Statement } from '../python/ast/nodes.ts';
import type { Signature } from '../python/inspect/signature.ts';
import { describe } from './callables/signature.ts';
import { classModule, classQualname, functionQualname, fullName, moduleName } from './classes/names.ts';
import { isFunction } from '../python/ast/parts.ts';
import type { Evaluator, FunctionValue, EvaluationScope, SourceModule, Value } from './values.ts';

/** A callable, and how it is called. */
export interface Callable {
  /** `f`, `C`, `method`. */
  readonly name: string;
  /** `__qualname__` */
  readonly qualname: string;
  /** `__module__` */
  readonly module: string;
  /** As called: without what a method fills; undefined where CPython has none. */
  readonly signature: Signature | undefined;
  /** Why CPython has no signature: its exception, `ValueError: …`. */
  readonly error?: string | undefined;
  /** The docstring's first line, where that is all there is; else it is in the source. */
  readonly doc?: string | undefined;
  readonly definition?:
    | { readonly module: SourceModule; readonly node: FunctionDef | Lambda | ClassDef | Expression }
    | undefined;
  /** What else decides about the call: decorators whose effect is not known. */
  readonly caveats: readonly string[];
  /** Whether only what the module's own calls pass says that it is this one. */
  readonly isInferred: boolean;
  /** typing.overload: the ways to call it, in their order. */
  readonly overloads?: readonly Callable[] | undefined;
  readonly value: Value;
}

/** The callables that an expression can mean in a scope, the likeliest first; each definition once. */
export function callablesOf(
  evaluator: Evaluator,
  expression: Expression,
  scope: EvaluationScope,
): Callable[] {
  const found: Callable[] = [];
  for (const value of evaluator.evaluate(expression, scope)) {
    const callable = callableOf(evaluator, value);
    if (callable && !found.some(other => isSame(callable, other))) found.push(callable);
  }
  return found;
}

function isSame(a: Callable, b: Callable): boolean {
  if (a.value === b.value) return true;
  const [x, y] = [a.definition, b.definition];
  return x !== undefined && x.node === y?.node && a.name === b.name;
}

/** A value as something that is called; undefined if it is nothing of the kind, or not known to be. */
export function callableOf(evaluator: Evaluator, value: Value): Callable | undefined {
  const overloads = overloadsOf(evaluator, value);
  const description = describe(evaluator, value);
  if (!description && !overloads) return undefined;
  const { name, qualname, module, doc, definition } = identityOf(value);
  return {
    name,
    qualname,
    module,
    signature: description && 'signature' in description ? description.signature : overloads?.[0]?.signature,
    error: description && 'error' in description ? description.error : undefined,
    doc,
    definition,
    caveats: caveatsOf(value),
    isInferred: isInferred(value),
    overloads,
    value,
  };
}

type Identity = Pick<Callable, 'name' | 'qualname' | 'module' | 'doc' | 'definition'>;

function identityOf(value: Value): Identity {
  switch (value.type) {
    case 'function': {
      const wrapped = value.attributes?.wrapped;
      // update_wrapper() copies the names, too.
      if (wrapped) return identityOf(wrapped);
      const name = value.node.kind === NodeKind.Lambda ? value.name : value.node.name;
      return {
        name,
        qualname: functionQualname(value),
        module: moduleName(value.module),
        definition: { module: value.module, node: value.node },
      };
    }
    case 'builtin': {
      const { name, qualname, module, doc } = value.function;
      return { name, qualname, module, doc };
    }
    case 'class': {
      const { class: cls } = value;
      return {
        name: cls.name,
        qualname: classQualname(cls),
        module: classModule(cls),
        doc: cls.kind === 'class' ? cls.doc : undefined,
        definition: cls.kind === 'class' ? undefined : cls.kind === 'source' ? cls : cls.definition,
      };
    }
    case 'method':
    case 'partial':
    case 'descriptor':
      return identityOf(value.function);
    case 'overloaded':
      return identityOf(value.implementation ?? value.overloads[0]);
    case 'instance': {
      const wrapped = value.attributes?.wrapped;
      if (wrapped) return identityOf(wrapped);
      return { ...identityOf({ type: 'class', class: value.class }), doc: undefined };
    }
    default:
      return { name: fullName(value) ?? '', qualname: '', module: '' };
  }
}

function isInferred(value: Value): boolean {
  switch (value.type) {
    case 'method':
      return isInferred(value.self) || isInferred(value.function);
    case 'instance':
    case 'class':
    case 'function':
      return value.isInferred === true;
    default:
      return false;
  }
}

function caveatsOf(value: Value): readonly string[] {
  switch (value.type) {
    case 'function':
    case 'class':
      return value.opaqueDecorators ?? [];
    case 'method':
    case 'partial':
    case 'descriptor':
      return caveatsOf(value.function);
    default:
      return [];
  }
}

// ---- Overloads -------------------------------------------------------------------------------------------------

function overloadsOf(evaluator: Evaluator, value: Value): Callable[] | undefined {
  const wrap = (inner: Value): Value => (value.type === 'method' ? { ...value, function: inner } : inner);
  const inner = value.type === 'method' ? value.function : value;
  let overloads: readonly Value[] = [];
  if (inner.type === 'overloaded') {
    // In a stub nothing follows them: the last one is what the name means.
    overloads = inner.overloads.flatMap(last =>
      last.type === 'function' && last.module.isStub ? [...overloadsBefore(evaluator, last), last] : [last],
    );
  } else if (inner.type === 'function') overloads = writtenOverloads(evaluator, inner);
  const callables = overloads.map(overload => callableOf(evaluator, wrap(overload)));
  const known = callables.filter(callable => callable !== undefined);
  return known.length > 0 ? known : undefined;
}

/** The defs of the same name with `@overload` that stand before a def, in the same list of statements. */
function writtenOverloads(evaluator: Evaluator, value: FunctionValue): readonly Value[] {
  const { node, scope } = value;
  if (node.kind === NodeKind.Lambda || node.decorator_list.length > 0) {
    if (
      node.kind === NodeKind.Lambda ||
      node.decorator_list.some(decorator => isOverload(evaluator, decorator, scope))
    )
      return [];
  }
  return overloadsBefore(evaluator, value);
}

/** Those that stand before a def with `@overload`, itself one of them or not. */
export function overloadsBefore(
  evaluator: Evaluator,
  { node, scope, module }: FunctionValue,
): readonly Value[] {
  if (node.kind === NodeKind.Lambda) return [];
  const block = scope.entry.node;
  if (block.kind !== NodeKind.Module && block.kind !== NodeKind.ClassDef && !isFunction(block)) return [];
  const body = listWith(block.body, node);
  if (!body) return [];
  return body
    .filter(
      (other): other is FunctionDef =>
        isFunction(other) && other.name === node.name && other.start < node.start,
    )
    .filter(other => other.decorator_list.some(decorator => isOverload(evaluator, decorator, scope)))
    .map((other): FunctionValue => ({ type: 'function', name: other.name, module, node: other, scope }));
}

const isOverload = (evaluator: Evaluator, decorator: Expression, scope: EvaluationScope): boolean =>
  (decorator.kind === NodeKind.Name || decorator.kind === NodeKind.Attribute) &&
  (decorator.kind === NodeKind.Name ? decorator.id : decorator.attr) === 'overload' &&
  evaluator.evaluate(decorator, scope).some(value => fullName(value)?.endsWith('.overload'));

/** The list of statements that a def stands in, below `if` and `try` as well. */
function listWith(body: readonly Statement[], node: FunctionDef): readonly Statement[] | undefined {
  if (body.includes(node)) return body;
  for (const statement of body) {
    if (statement.start > node.start || statement.end < node.end) continue;
    if (statement.kind === NodeKind.If)
      return listWith(statement.body, node) ?? listWith(statement.orelse, node);
    if (statement.kind === NodeKind.Try)
      return listWith(statement.body, node) ?? listWith(statement.orelse, node);
  }
  return undefined;
}
