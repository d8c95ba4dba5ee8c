// Builtin functions whose result depends on what they are given in a way that no table of results tells.
import { callMethod, nextOf } from './containers.ts';
import type { BuiltinFunctionValue, ClassValue, InstanceValue, Scope, Value, Values } from '../values.ts';
import type { Arguments, Context } from './context.ts';
import { flatMap, UNKNOWN, unite, widen } from './unions.ts';

type Law = (context: Context, args: Arguments, scope: Scope) => Values | undefined;

/** The loop that a program has on Linux unless it asks for another. */
function eventLoop(context: Context): Values {
  const loop = context.instance('asyncio.unix_events._UnixSelectorEventLoop');
  return loop.length > 0 ? loop : context.instance('asyncio.events.AbstractEventLoop');
}

const LAWS: ReadonlyMap<string, Law> = new Map<string, Law>([
  [
    'builtins.getattr',
    (context, args, scope) => {
      const name = (args.positional(1) ?? UNKNOWN).map(value => context.stringOf(value));
      if (name.length !== 1 || name[0] === undefined) return undefined;
      const attribute = name[0];
      const found = flatMap(args.positional(0) ?? UNKNOWN, value =>
        context.attribute(value, attribute, scope),
      );
      return unite(found, args.positional(2) ?? UNKNOWN);
    },
  ],
  [
    'builtins.next',
    (context, args, scope) =>
      unite(
        flatMap(args.positional(0) ?? UNKNOWN, value => nextOf(context, value, scope)),
        args.positional(1) ?? UNKNOWN,
      ),
  ],
  [
    'builtins.iter',
    (context, args, scope) =>
      args.count === 1
        ? flatMap(args.positional(0) ?? UNKNOWN, value => {
            const written = callMethod(context, value, '__iter__', [], scope);
            const items = context.items(value, scope);
            return written.some(made => made.type === 'instance' && made.class.kind !== 'class')
              ? written
              : context.instance('collections.abc.Iterator', { args: [items] });
          })
        : undefined,
  ],
  ['_asyncio.get_event_loop', eventLoop],
  ['_asyncio.get_running_loop', eventLoop],
  ['_thread.allocate_lock', context => context.instance('_thread.lock')],
  ['_thread.allocate', context => context.instance('_thread.lock')],
  ['copy.copy', (_, args) => widen(args.positional(0) ?? UNKNOWN)],
  ['copy.deepcopy', (_, args) => widen(args.positional(0) ?? UNKNOWN)],
]);

/** What a builtin gives by its law; undefined where it has none. */
export function builtinCall(
  context: Context,
  { function: callee }: BuiltinFunctionValue,
  args: Arguments,
  scope: Scope,
  self?: InstanceValue | ClassValue,
): Values | undefined {
  const name = `${callee.module}.${callee.qualname}`;
  if (name === 'builtins.object.__new__' || callee.qualname.endsWith('.__new__')) {
    const cls: Value | undefined = self ?? args.positional(0)?.find(value => value.type === 'class');
    return cls?.type === 'class' ? [{ type: 'instance', class: cls.class }] : undefined;
  }
  return LAWS.get(name)?.(context, args, scope);
}
