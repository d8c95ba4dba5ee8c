// What containers hold that begin empty: the items that the code around puts into them, in the block itself, in all
// methods for an attribute of `self`, in functions inside for what they share.
import type { SymbolTableEntry } from '../../python/symtable/entry.ts';
import { BlockType, SymbolFlags } from '../../python/symtable/flags.ts';
import { className } from '../classes/names.ts';
import type { InstanceValue, EvaluationScope, SourceModule, Value, Values } from '../values.ts';
import { at, type ContentPlace, type Context } from './context.ts';
import { classAround } from './methods.ts';
import { flatMap, unite, widen } from './unions.ts';

const SEQUENCES = new Set(['builtins.list', 'builtins.set', 'collections.deque', '_weakrefset.WeakSet']);
const MAPPINGS = new Set([
  'builtins.dict',
  'collections.OrderedDict',
  'collections.defaultdict',
  'weakref.WeakKeyDictionary',
  'weakref.WeakValueDictionary',
]);
/** At most this many writes are looked at. */
const MOST_WRITES = 12;

/** The values of a container's binding, with what is put into it where nothing else is known. */
export function withContents(context: Context, values: Values, key: string, scope: EvaluationScope): Values {
  if (!values.some(isEmpty)) return values;
  const places = placesOf(context, key, scope);
  if (places.length === 0) return values;
  return values.map(value => (isEmpty(value) ? filled(context, value, places, scope) : value));
}

function isEmpty(value: Value): value is InstanceValue {
  if (value.type !== 'instance' || value.elements || value.args?.some(list => list.length > 0)) return false;
  const name = className(value.class);
  return SEQUENCES.has(name) || MAPPINGS.has(name);
}

function filled(
  context: Context,
  value: InstanceValue,
  places: readonly ContentPlace[],
  scope: EvaluationScope,
): InstanceValue {
  const isMapping = MAPPINGS.has(className(value.class));
  const items: Values[] = [];
  const keys: Values[] = [];
  for (const { write, entry } of places.slice(0, MOST_WRITES)) {
    const place: EvaluationScope = {
      module: scope.module,
      entry,
      offset: write.value.start,
      frame: scope.frame,
    };
    const written = context.evaluate(write.value, place);
    switch (write.type) {
      case 'item':
        items.push(widen(written));
        break;
      case 'items':
        items.push(flatMap(written, part => context.items(part, place)));
        break;
      case 'mapping':
        for (const part of written) {
          if (part.type !== 'instance' || !part.args || part.args.length < 2) continue;
          keys.push(part.args[0]);
          items.push(part.args[1]);
        }
        break;
      case 'value':
        items.push(widen(written));
        if (write.key) keys.push(widen(context.evaluate(write.key, at(place, write.key.start))));
        break;
    }
  }
  const held = unite(...items);
  if (held.length === 0 && keys.length === 0) return value;
  return { type: 'instance', class: value.class, args: isMapping ? [unite(...keys), held] : [held] };
}

/** All that is put into what a key names. */
function placesOf(
  context: Context,
  key: string,
  { module, entry }: EvaluationScope,
): readonly ContentPlace[] {
  const dot = key.indexOf('.');
  const name = dot < 0 ? key : key.slice(0, dot);
  const body = dot < 0 ? undefined : classAround(entry);
  const isSelf = body !== undefined && entry.varnames[0] === name;
  const owner = isSelf ? body : entry;
  const known = context.cache(module).contents;
  let places = known.get(owner);
  if (!places) known.set(owner, (places = new Map<string, readonly ContentPlace[]>()));
  const shared = isSelf ? key.slice(dot) : key;
  let found = places.get(shared);
  if (!found) {
    found = isSelf ? inMethods(context, module, body, shared) : inBlocks(context, module, entry, name, key);
    places.set(shared, found);
  }
  return found;
}

function inMethods(
  context: Context,
  module: SourceModule,
  body: SymbolTableEntry,
  attribute: string,
): ContentPlace[] {
  const found: ContentPlace[] = [];
  for (const method of body.children) {
    const self = method.type === BlockType.Function ? method.varnames[0] : undefined;
    if (self === undefined) continue;
    for (const write of context.index(module, method).contents.get(self + attribute) ?? UNWRITTEN)
      found.push({ write, entry: method });
  }
  return found;
}

const UNWRITTEN: readonly ContentPlace['write'][] = [];

/** In a block, and in those inside that see its name. */
function inBlocks(
  context: Context,
  module: SourceModule,
  owner: SymbolTableEntry,
  name: string,
  key: string,
): ContentPlace[] {
  const found: ContentPlace[] = [];
  const visit = (entry: SymbolTableEntry): void => {
    if (entry === owner || entry.symbols.has(name)) {
      if (entry !== owner && (entry.flags(name) & SymbolFlags.DEF_BOUND) !== 0) return;
      for (const write of context.index(module, entry).contents.get(key) ?? UNWRITTEN)
        found.push({ write, entry });
    }
    for (const child of entry.children) visit(child);
  };
  visit(owner);
  return found;
}
