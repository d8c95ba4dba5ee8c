// The module `six.moves`, which six makes when it is imported, of a list in its source: what each of its attributes is
// called in Python 3. The list is read where it stands, also in the copies of six that packages have.
import { NodeKind } from '../../python/ast/kinds.ts';
import type { Call } from '../../python/ast/expressions.ts';
import { ConstantType } from '../../python/constants/values.ts';
import type { EvaluationScope, SourceModule, Value, Values } from '../values.ts';
import { at, type Context } from './context.ts';
import { findModule, isMoves } from './imports.ts';
import { UNKNOWN } from './unions.ts';

/** What `six.moves` has under a name; nothing of any other value. */
export function movedAttribute(context: Context, value: Value, name: string): Values {
  if (!isMoves(value)) return UNKNOWN;
  const six = value.class.module;
  // Its modules are named one by one in six; all of them are the standard library's.
  if (name === 'urllib') return findModule(context, 'urllib', six);
  const scope: EvaluationScope = {
    module: six,
    entry: six.analysis.symbolTable.top,
    offset: Infinity,
    frame: undefined,
  };
  const call = itemsOf(six).get(name);
  if (call?.func.kind !== NodeKind.Name) return UNKNOWN;
  const text = (index: number): string | undefined => {
    const node = call.args.at(index);
    const [only, another] = node ? context.evaluate(node, at(scope, node.start)) : UNKNOWN;
    return only && !another ? context.stringOf(only) : undefined;
  };
  if (call.func.id === 'MovedModule') {
    const moved = call.args.length > 2 ? text(2) : name;
    return moved === undefined ? UNKNOWN : findModule(context, moved, six);
  }
  const moved = call.args.length > 2 ? text(2) : name;
  const attribute = call.args.length > 4 ? text(4) : call.args.length > 3 ? text(3) : name;
  if (moved === undefined || attribute === undefined) return UNKNOWN;
  return findModule(context, moved, six).flatMap(found =>
    found.type === 'module' ? context.moduleMember(found.module, attribute) : [],
  );
}

const ITEMS = new WeakMap<SourceModule, ReadonlyMap<string, Call>>();

/** The calls in the list `_moved_attributes`, by the name that each begins with. */
function itemsOf(six: SourceModule): ReadonlyMap<string, Call> {
  const known = ITEMS.get(six);
  if (known) return known;
  const items = new Map<string, Call>();
  for (const node of six.analysis.module.body) {
    if (node.kind !== NodeKind.Assign || node.value.kind !== NodeKind.List) continue;
    const [target] = node.targets;
    if (target.kind !== NodeKind.Name || target.id !== '_moved_attributes') continue;
    for (const item of node.value.elts) {
      const name = item.kind === NodeKind.Call ? textOf(item) : undefined;
      if (item.kind === NodeKind.Call && name !== undefined) items.set(name, item);
    }
  }
  ITEMS.set(six, items);
  return items;
}

function textOf({ args: [first] }: Call): string | undefined {
  return first?.kind === NodeKind.Constant && first.value.type === ConstantType.Str
    ? first.value.value
    : undefined;
}
