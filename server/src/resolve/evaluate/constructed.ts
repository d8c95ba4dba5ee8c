// What a constructor sets on an instance that inspect looks for there: `functools.update_wrapper(self, f)`,
// `wraps(f)(self)`, `self.__wrapped__ = f`, `self.__signature__ = inspect.signature(f)`.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Expression } from '../../python/ast/expressions.ts';
import type { FunctionDef, Statement } from '../../python/ast/nodes.ts';
import { fullName } from '../classes/names.ts';
import { mroOf } from '../classes/mro.ts';
import type { EvaluationScope, FunctionAttributes, FunctionValue, InstanceValue, Values } from '../values.ts';
import { type Arguments, at, type Context } from './context.ts';
import { frameFor } from './parameters.ts';

/** An instance with what its class's `__init__` sets on it, where the arguments of the call are known. */
export function constructed(context: Context, instance: InstanceValue, args: Arguments): InstanceValue {
  const init = initOf(context, instance);
  if (!init || args.isOpen) return instance;
  const { node, module } = init;
  if (node.kind === NodeKind.Lambda || !MARKS.some(mark => module.analysis.text.includes(mark)))
    return instance;
  const places = placesOf(node);
  if (places.length === 0) return instance;
  const frame = frameFor(context, init, args, instance);
  const entry = module.analysis.symbolTable.block(node);
  if (!frame || !entry) return instance;
  const scope: EvaluationScope = { module, entry, offset: node.end, frame };
  for (const place of places) {
    const wrapped = wrappedBy(context, place, scope);
    if (wrapped.length === 1) {
      const attributes: FunctionAttributes = { wrapped: wrapped[0] };
      return { ...instance, attributes };
    }
  }
  return instance;
}

const MARKS = ['update_wrapper', 'wraps', '__wrapped__', '__signature__'];

function initOf(context: Context, { class: cls }: InstanceValue): FunctionValue | undefined {
  for (const base of mroOf(context, cls).classes) {
    if (base.kind === 'class') return undefined;
    const [init] = context.ownMember(base, '__init__');
    if (init) return init.type === 'function' ? init : undefined;
  }
  return undefined;
}

type Place =
  | { readonly type: 'call'; readonly callee: Expression; readonly wrapped: Expression }
  | { readonly type: 'wrapped' | 'signature'; readonly value: Expression };

const PLACES = new WeakMap<FunctionDef, readonly Place[]>();

/** Where a constructor sets something on its first parameter. */
function placesOf(node: FunctionDef): readonly Place[] {
  let places = PLACES.get(node);
  if (!places) PLACES.set(node, (places = [...findPlaces(node)]));
  return places;
}

function* findPlaces({ args, body }: FunctionDef): Generator<Place> {
  const self = args.posonlyargs[0] ?? args.args[0];
  if (!self) return;
  const isSelf = (node: Expression | undefined): boolean =>
    node?.kind === NodeKind.Name && node.id === self.arg;
  const statements: Statement[] = [...body];
  for (let statement = statements.shift(); statement; statement = statements.shift()) {
    if (statement.kind === NodeKind.If || statement.kind === NodeKind.Try)
      statements.push(...statement.body, ...statement.orelse);
    if (statement.kind === NodeKind.Expr && statement.value.kind === NodeKind.Call) {
      const { func, args: given } = statement.value;
      if (!isSelf(given[0])) continue;
      if (given.length > 1) yield { type: 'call', callee: func, wrapped: given[1] };
      else if (func.kind === NodeKind.Call && func.args.length > 0)
        yield { type: 'call', callee: func.func, wrapped: func.args[0] };
    } else if (statement.kind === NodeKind.Assign) {
      for (const target of statement.targets) {
        if (target.kind !== NodeKind.Attribute || !isSelf(target.value)) continue;
        if (target.attr === '__wrapped__') yield { type: 'wrapped', value: statement.value };
        if (target.attr === '__signature__') yield { type: 'signature', value: statement.value };
      }
    }
  }
}

const WRAPPERS = new Set(['functools.update_wrapper', 'functools.wraps']);

/** What the instance is described like then. */
function wrappedBy(context: Context, place: Place, scope: EvaluationScope): Values {
  const read = (node: Expression): Values => context.evaluate(node, at(scope, node.start));
  const isOne = (callee: Expression, names: ReadonlySet<string>): boolean =>
    read(callee).some(value => names.has(fullName(value) ?? ''));
  switch (place.type) {
    case 'call':
      return isOne(place.callee, WRAPPERS) ? read(place.wrapped) : [];
    case 'wrapped':
      return read(place.value);
    case 'signature': {
      const { value } = place;
      return value.kind === NodeKind.Call && value.args.length === 1 && isOne(value.func, SIGNATURE)
        ? read(value.args[0])
        : [];
    }
  }
}

const SIGNATURE = new Set(['inspect.signature']);
