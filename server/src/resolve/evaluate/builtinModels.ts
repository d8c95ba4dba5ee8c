// Builtin functions, and some of asyncio's, whose result depends on what they are given in a way that no table of
// results and no source tells.
import { awaited, callMethod, nextOf } from './containers.ts';
import { typedDictValue } from '../callables/models/typedDict.ts';
import { functionQualname } from '../classes/names.ts';
import type {
  BuiltinFunctionValue,
  ClassValue,
  FunctionValue,
  InstanceValue,
  ModuleValue,
  EvaluationScope,
  SyntheticClass,
  Value,
  Values,
} from '../values.ts';
import { mroOf } from '../classes/mro.ts';
import type { Arguments, Context } from './context.ts';
import { flatMap, UNKNOWN, unite, widen } from './unions.ts';

type Model = (context: Context, args: Arguments, scope: EvaluationScope) => Values | undefined;

/** The loop that a program has on Linux unless it asks for another. */
function eventLoop(context: Context): Values {
  const loop = context.instance('asyncio.unix_events._UnixSelectorEventLoop');
  return loop.length > 0 ? loop : context.instance('asyncio.events.AbstractEventLoop');
}

/** What awaiting the first argument gives. */
const awaitedFirst = (context: Context, args: Arguments, scope: EvaluationScope): Values =>
  flatMap(args.positional(0) ?? UNKNOWN, value => awaited(context, value, scope));

/** A task that runs a coroutine; undefined where it is not known what that gives. */
const task: Model = (context, args, scope) => {
  const result = awaitedFirst(context, args, scope);
  return result.length > 0 ? context.instance('_asyncio.Task', { args: [result] }) : undefined;
};

const future = (context: Context, result: Values): Values | undefined =>
  result.length > 0 ? context.instance('_asyncio.Future', { args: [result] }) : undefined;

/** What `gather()` gives: a future of a list with what each of its arguments gives. */
const gathered: Model = (context, args, scope) => {
  if (args.isOpen || args.count === 0) return undefined;
  const elements: Values[] = [];
  for (let i = 0; i < args.count; i++)
    elements.push(flatMap(args.positional(i) ?? UNKNOWN, value => awaited(context, value, scope)));
  return future(context, context.instance('builtins.list', { elements }));
};

/** A module in machine code of which nothing is known but that it is there. */
const isCompiled = (value: Value): value is ModuleValue =>
  value.type === 'module' && value.module.kind === 'module' && value.module.names().length === 0;

const MODELS: ReadonlyMap<string, Model> = new Map<string, Model>([
  [
    'builtins.getattr',
    (context, args, scope) => {
      const name = (args.positional(1) ?? UNKNOWN).map(value => context.stringOf(value));
      const compiled = (args.positional(0) ?? UNKNOWN).find(isCompiled);
      // Whatever its name is, it comes in the place of what is written in Python.
      if (compiled) return [{ type: 'opaque', qualname: compiled.module.name }];
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
  ['asyncio.tasks.create_task', task],
  ['asyncio.base_events.BaseEventLoop.create_task', task],
  ['asyncio.events.AbstractEventLoop.create_task', task],
  ['asyncio.taskgroups.TaskGroup.create_task', task],
  ['asyncio.tasks.ensure_future', task],
  ['asyncio.tasks.shield', (context, args, scope) => future(context, awaitedFirst(context, args, scope))],
  ['asyncio.tasks.gather', gathered],
  ['asyncio.runners.run', awaitedFirst],
  ['asyncio.runners.Runner.run', awaitedFirst],
  ['asyncio.base_events.BaseEventLoop.run_until_complete', awaitedFirst],
  // What it is the signature of stands for its parameters.
  [
    'inspect.signature',
    (context, args) =>
      args.count === 1 && !args.isOpen
        ? context.instance('inspect.Signature', { args: [args.positional(0) ?? UNKNOWN] })
        : undefined,
  ],
  ['copy.copy', (_, args) => widen(args.positional(0) ?? UNKNOWN)],
  ['copy.deepcopy', (_, args) => widen(args.positional(0) ?? UNKNOWN)],
]);

/** What a builtin gives by its model; undefined where it has none. */
export function builtinCall(
  context: Context,
  { function: callee }: BuiltinFunctionValue,
  args: Arguments,
  scope: EvaluationScope,
  self?: InstanceValue | ClassValue,
): Values | undefined {
  const name = `${callee.module}.${callee.qualname}`;
  if (name === 'builtins.object.__new__' || callee.qualname.endsWith('.__new__')) {
    const cls: Value | undefined = self ?? args.positional(0)?.find(value => value.type === 'class');
    const temporary = cls?.type === 'class' && !self ? temporaryClass(context, cls, args) : undefined;
    if (temporary) return [temporary];
    if (cls?.type === 'class' && cls.making) return [{ type: 'class', class: cls.making }];
    return cls?.type === 'class' ? [{ type: 'instance', class: cls.class }] : undefined;
  }
  if (name === 'builtins.dict.get' && self?.type === 'instance') {
    const [key] = args.positional(0) ?? UNKNOWN;
    const text = key && context.stringOf(key);
    const declared = text === undefined ? undefined : typedDictValue(context, self.class, text);
    if (declared) return unite(declared, args.positional(1) ?? context.instance('builtins.NoneType'));
  }
  return MODELS.get(name)?.(context, args, scope);
}

/** `type.__new__(metaclass, 'temporary_class', (), {})`: what stands among the bases until its metaclass replaces it. */
function temporaryClass(
  context: Context,
  { class: metaclass, making }: ClassValue,
  args: Arguments,
): Value | undefined {
  if (making || args.count !== 4 || metaclass.kind !== 'source') return undefined;
  const name = (args.positional(1) ?? UNKNOWN).map(value => context.stringOf(value))[0];
  const type = context.builtinClass('builtins.type');
  if (name === undefined || !type || !mroOf(context, metaclass).classes.includes(type)) return undefined;
  const { module } = metaclass;
  const cls: SyntheticClass = {
    kind: 'synthetic',
    name,
    module: module.name,
    bases: [],
    metaclass,
    members: new Map(),
    definition: undefined,
  };
  return { type: 'class', class: cls };
}

/** What a function of asyncio or inspect gives by its model; undefined where it has none. */
export function functionCall(
  context: Context,
  value: FunctionValue,
  args: Arguments,
  scope: EvaluationScope,
): Values | undefined {
  const module = value.module.name;
  if (!module.startsWith('asyncio.') && module !== 'inspect') return undefined;
  const values = MODELS.get(`${module}.${functionQualname(value)}`)?.(context, args, scope);
  return values && values.length > 0 ? values : undefined;
}
