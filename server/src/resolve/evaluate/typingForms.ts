// The special forms of `typing`: what stands for a type in annotations and is no class itself.
import type { Values } from '../values.ts';
import type { Context } from './context.ts';

/** Forms that annotations give a meaning; annotations.ts knows which. */
const FORMS = new Set([
  'Annotated',
  'Any',
  'Callable',
  'ClassVar',
  'Concatenate',
  'Final',
  'Generic',
  'Literal',
  'LiteralString',
  'Never',
  'NoReturn',
  'NotRequired',
  'Optional',
  'Protocol',
  'ReadOnly',
  'Required',
  'Self',
  'Tuple',
  'Type',
  'TypeAlias',
  'TypeGuard',
  'TypeIs',
  'Union',
  'Unpack',
]);

/** Names of `typing` that mean a class of another module. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['List', 'builtins.list'],
  ['Dict', 'builtins.dict'],
  ['Set', 'builtins.set'],
  ['FrozenSet', 'builtins.frozenset'],
  ['DefaultDict', 'collections.defaultdict'],
  ['OrderedDict', 'collections.OrderedDict'],
  ['Counter', 'collections.Counter'],
  ['ChainMap', 'collections.ChainMap'],
  ['Deque', 'collections.deque'],
  ['Pattern', 're.Pattern'],
  ['Match', 're.Match'],
  ['ContextManager', 'contextlib.AbstractContextManager'],
  ['AsyncContextManager', 'contextlib.AbstractAsyncContextManager'],
  ['AbstractSet', 'collections.abc.Set'],
  ...[
    'AsyncGenerator',
    'AsyncIterable',
    'AsyncIterator',
    'Awaitable',
    'ByteString',
    'Collection',
    'Container',
    'Coroutine',
    'Generator',
    'Hashable',
    'ItemsView',
    'Iterable',
    'Iterator',
    'KeysView',
    'Mapping',
    'MappingView',
    'MutableMapping',
    'MutableSequence',
    'MutableSet',
    'Reversible',
    'Sequence',
    'Sized',
    'ValuesView',
  ].map((name): [string, string] => [name, `collections.abc.${name}`]),
]);

/** What a name of a typing module means in annotations; undefined for what is an ordinary value. */
export function typingMember(context: Context, module: string, name: string): Values | undefined {
  if (module !== 'typing' && module !== 'typing_extensions') return undefined;
  // The classes Generic and Protocol are bases, too.
  if (name === 'Generic' || name === 'Protocol') return undefined;
  if (FORMS.has(name)) return [{ type: 'opaque', qualname: `typing.${name}` }];
  const alias = ALIASES.get(name);
  if (alias === undefined) return undefined;
  const cls = context.classNamed(alias);
  return cls ? [{ type: 'class', class: cls, isTypingAlias: true }] : undefined;
}
