// What details and `colens inspect --json` say of objects, against what inspect answers: predicates, documentation,
// signatures, flags, method resolution orders.
import assert from 'node:assert/strict';
import { objectFacts } from '../../../server/src/resolve/inspect/objectFacts.ts';
import { ExprContext } from '../../../server/src/python/ast/kinds.ts';
import { Attribute, type Expression, Name } from '../../../server/src/python/ast/expressions.ts';
import { bundledFor } from '../../support/bundled.ts';
import { dedent } from '../../support/fixture.ts';
import { moduleOf } from '../../support/module.ts';
import { askPython, type Judge, judges } from '../../support/python.ts';

const SOURCE = dedent(`
  import abc, contextlib, functools, inspect, types

  def predicates(obj):
      return sorted(
          name for name, predicate in vars(inspect).items()
          if name.startswith('is') and inspect.isfunction(predicate) and predicate(obj)
      )
  def flags(obj):
      code = inspect.unwrap(obj).__code__
      return [name for bit, name in inspect.dis.COMPILER_FLAG_NAMES.items() if code.co_flags & bit]
  def argspec(obj):
      spec = inspect.getfullargspec(obj)
      defaults = 'undefined' if spec.defaults is None else ','.join(map(repr, spec.defaults))
      return [*spec.args, f'*{spec.varargs}'.replace('None', 'null'), f'**{spec.varkw}'.replace('None', 'null'), defaults, *spec.kwonlyargs]
  def names(classes):
      return [cls.__module__ + '.' + cls.__qualname__ for cls in classes]

  def starred(a, /, b: int = 2, *c: str, d, e=None, **f) -> bool: pass
  def plain(a, b=1):
      '''Plain.

          Indented.
      '''
      return a
  def generator(n): yield n
  async def coroutine(): pass
  async def asynchronous(): yield
  mapped = lambda x: x
  @types.coroutine
  def iterable(n): yield n
  @types.coroutine
  def untouched(n): return n
  @functools.lru_cache(maxsize=None)
  def cached(a): 'Cached.'
  @contextlib.contextmanager
  def managed(a): yield a
  @functools.singledispatch
  def dispatched(a): return a
  def decorator(func):
      @functools.wraps(func)
      def wrapper(*args): return func(*args)
      return wrapper
  @decorator
  def wrapped(a): 'Wrapped.'
  part = functools.partial(generator, 1)

  class Base(abc.ABC):
      '''A base.'''
      @abc.abstractmethod
      def must(self): 'Must.'
      @property
      def size(self):
          '''Its size.'''
          return 1
      @functools.cached_property
      def late(self): 'Late.'
      def run(self): 'Runs.'
      @classmethod
      def make(cls): 'Makes.'
      @staticmethod
      def static(): 'Static.'
      async def wait(self): 'Waits.'
  class Half(Base): pass
  class Whole(Half):
      def must(self): yield
      def run(self): pass
      @classmethod
      def make(cls): pass
      @property
      def size(self): return 2
  class Meta(type): pass
  class Made(metaclass=Meta): pass
  class Left: pass
  class Right(Left): pass
  class Both(Right, Left): pass
`);

const FUNCTIONS = [
  ...[
    'plain',
    'starred',
    'generator',
    'coroutine',
    'asynchronous',
    'mapped',
    'iterable',
    'untouched',
    'cached',
    'managed',
  ],
  ...['dispatched', 'decorator', 'wrapped', 'Base.must', 'Base.run', 'Base.make', 'Base.static', 'Base.wait'],
  ...['Whole.must', 'Whole.run', 'Whole.make', 'Whole.wait', 'Half.run'],
];
const CLASSES = ['Base', 'Half', 'Whole', 'Meta', 'Made', 'Left', 'Both'];
const OBJECTS = [...FUNCTIONS, ...CLASSES, 'part', 'Base.size', 'Whole.size', 'Base.late'];
/** These are what they are by the code that runs, which is a wrapper's of the library. */
const WITHOUT_FLAGS = new Set(['cached', 'managed', 'dispatched', 'wrapped']);

type Simple = string | null | readonly string[];

describe('what inspect says of objects', function () {
  this.timeout(120_000);
  let all: Judge[];
  before(async () => {
    all = await judges();
    if (all.length === 0) this.ctx.skip();
  });

  /** What our side says of each object. */
  const factsOf = ({ target }: Judge, objects: readonly string[]) => {
    const { evaluator, module } = moduleOf(SOURCE, { target: target.version, bundled: bundledFor(target) });
    const { symbolTable, text } = module.analysis;
    const scope = { module, entry: symbolTable.top, offset: text.length, frame: undefined };
    return objects.map(object => {
      const [first, ...others] = object.split('.');
      let node: Expression = new Name(0, 0, first, ExprContext.Load);
      for (const attr of others) node = new Attribute(0, 0, node, attr, ExprContext.Load);
      const [value] = evaluator.evaluate(node, scope);
      assert.ok(value, `${target.version} ${object}`);
      return objectFacts(evaluator, value);
    });
  };
  const ask = async ({ interpreter }: Judge, expressions: readonly string[]) => {
    const answers = (await askPython(interpreter, 'evaluations.py', { source: SOURCE, expressions })) as [
      string | null,
      string | null,
    ][];
    return answers.map(([value, error]) => value ?? error);
  };
  /** `repr()` of what is simple enough. */
  const repr = (value: Simple): string => {
    if (value === null) return 'None';
    return typeof value === 'string'
      ? `'${value.replaceAll('\n', '\\n')}'`
      : `[${value.map(repr).join(', ')}]`;
  };

  const compare = async (
    objects: readonly string[],
    ours: (facts: ReturnType<typeof objectFacts>) => Simple | undefined,
    theirs: (object: string) => string,
  ): Promise<void> => {
    for (const judge of all) {
      const facts = factsOf(judge, objects);
      const answers = await ask(judge, objects.map(theirs));
      objects.forEach((object, i) => {
        const found = ours(facts[i]);
        assert.equal(
          found === undefined ? undefined : repr(found),
          answers[i],
          `${judge.target.version} ${object}`,
        );
      });
    }
  };

  it('predicates', () =>
    compare(
      OBJECTS,
      ({ predicates }) => predicates && [...predicates].sort(),
      object => `predicates(${object})`,
    ));

  it('documentation, inherited too', () =>
    compare(
      // Meta inherits that of type, of which only the first line is known.
      OBJECTS.filter(object => object !== 'part' && object !== 'Meta'),
      ({ doc }) => doc,
      object => `inspect.getdoc(${object})`,
    ));

  it('signatures', () =>
    compare(
      OBJECTS.filter(object => !/size|late|Meta/.test(object)),
      ({ signature }) => signature,
      object => `str(inspect.signature(${object}))`,
    ));

  it('argument specifications', () =>
    compare(
      FUNCTIONS.filter(object => !WITHOUT_FLAGS.has(object) && !/iterable|untouched/.test(object)),
      ({ fullargspec: spec }) =>
        spec && [
          ...spec.args,
          `*${spec.varargs}`,
          `**${spec.varkw}`,
          `${spec.defaults?.join()}`,
          ...spec.kwonlyargs,
        ],
      object => `argspec(${object})`,
    ));

  it('flags, also what types.coroutine() sets', () =>
    compare(
      FUNCTIONS.filter(object => !WITHOUT_FLAGS.has(object)),
      ({ flags }) => flags?.map(flag => flag.replace('CO_', '')),
      object => `flags(${object})`,
    ));

  it('method resolution orders and bases', async () => {
    await compare(
      CLASSES,
      ({ mro }) => mro,
      object => `names(inspect.getmro(${object}))`,
    );
    await compare(
      CLASSES,
      ({ bases }) => bases,
      object => `names(${object}.__bases__)`,
    );
  });
});
