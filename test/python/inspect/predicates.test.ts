// The is* predicates, of objects of every kind that they tell apart, against every CPython.
import assert from 'node:assert/strict';
import { CodeFlags } from '../../../server/src/python/code/flags.ts';
import { type Described, predicatesOf } from '../../../server/src/python/inspect/predicates.ts';
import { judged } from './judging.ts';

const SOURCE = `
import abc, email, functools, json, sys, types
def f(): pass
def g(): yield
async def c(): pass
async def a(): yield
marked = lambda: None
if hasattr(inspect, 'markcoroutinefunction'): inspect.markcoroutinefunction(marked)
class C:
    def method(self): pass
    def gen(self): yield
    part = functools.partialmethod(gen)
    __slots__ = ('slot',)
    @property
    def prop(self): pass
    @functools.singledispatchmethod
    def single(self, arg): pass
class Abstract(abc.ABC):
    @abc.abstractmethod
    def method(self): pass
class Get:
    def __get__(self, *args): pass
class Set:
    def __set__(self, *args): pass
class GetDelete:
    def __get__(self, *args): pass
    def __delete__(self, *args): pass
class Await:
    def __await__(self): pass
@types.coroutine
def tc(): yield
closing = []
def kept(coroutine):
    closing.append(coroutine)
    return coroutine
try: 1 / 0
except ZeroDivisionError as error: tb = error.__traceback__
names = [name for name in dir(inspect) if name.startswith('is') and name not in ('iskeyword',)]
def holding(value):
    return [name for name in names if getattr(inspect, name)(value)]
`;

const func: Described = { type: 'function', flags: 3 };
const generator: Described = { type: 'function', flags: 3 | CodeFlags.GENERATOR };

/** Expressions and what they are. */
const OBJECTS: readonly (readonly [string, Described])[] = [
  ['json', { type: 'module', isPackage: true }],
  ['abc', { type: 'module' }],
  ['C', { type: 'class' }],
  ['Abstract', { type: 'class', isAbstract: true }],
  ['f', func],
  ['lambda: 0', func],
  ['g', generator],
  ['c', { type: 'function', flags: 3 | CodeFlags.COROUTINE }],
  ['a', { type: 'function', flags: 3 | CodeFlags.ASYNC_GENERATOR }],
  ['marked', { type: 'function', flags: 3, marked: true }],
  ['C.method', func],
  ['C().method', { type: 'method', func }],
  ['C().gen', { type: 'method', func: generator }],
  ['functools.partial(g)', { type: 'partial', func: generator }],
  ['functools.partial(C().gen)', { type: 'partial', func: { type: 'method', func: generator } }],
  [
    'functools.partial(functools.partial(c))',
    {
      type: 'partial',
      func: { type: 'partial', func: { type: 'function', flags: 3 | CodeFlags.COROUTINE } },
    },
  ],
  ['C.__dict__["part"]', { type: 'partialmethod', func: generator }],
  ['len', { type: 'builtin' }],
  ['[].append', { type: 'builtin' }],
  ['"".__str__', { type: 'methodWrapper' }],
  ['str.join', { type: 'methodDescriptor' }],
  ['str.__str__', { type: 'wrapperDescriptor' }],
  ['dict.__dict__["fromkeys"]', { type: 'classMethodDescriptor' }],
  ['types.FunctionType.__code__', { type: 'getSetDescriptor' }],
  ['C.slot', { type: 'memberDescriptor' }],
  ['C.prop', { type: 'property' }],
  ['classmethod(f)', { type: 'classmethod' }],
  ['staticmethod(f)', { type: 'staticmethod' }],
  ['functools.cached_property(f)', { type: 'cachedProperty' }],
  ['functools.lru_cache(None)(f)', { type: 'lruCacheWrapper' }],
  ['C.__dict__["single"]', { type: 'singledispatchmethod' }],
  ['Get()', { type: 'instance', methods: ['__get__'] }],
  ['Set()', { type: 'instance', methods: ['__set__'] }],
  ['GetDelete()', { type: 'instance', methods: ['__get__', '__delete__'] }],
  ['Await()', { type: 'instance', methods: ['__await__'] }],
  ['3', { type: 'instance', methods: [] }],
  ['g()', { type: 'generator', flags: 3 | CodeFlags.GENERATOR }],
  ['tc()', { type: 'generator', flags: 3 | CodeFlags.GENERATOR | CodeFlags.ITERABLE_COROUTINE }],
  ['kept(c())', { type: 'coroutine' }],
  ['a()', { type: 'asyncGenerator' }],
  ['f.__code__', { type: 'code' }],
  ['sys._getframe()', { type: 'frame' }],
  ['tb', { type: 'traceback' }],
];

describe('inspect: predicates', function () {
  this.timeout(120_000);

  it('hold as they do in CPython', async () => {
    const expressions = OBJECTS.map(([text]) => `holding(${text})`);
    await judged(SOURCE, expressions, ({ target, interpreter }, theirs, i) => {
      const ours = predicatesOf(OBJECTS[i][1], target.dialect.inspect).sort();
      assert.deepEqual({ value: ours }, theirs, `${interpreter.version}: ${OBJECTS[i][0]}`);
    });
  });

  it('hold of what a singledispatchmethod gives, where that is a type of its own', async () => {
    const given = 'type(C().single).__name__ == "_singledispatchmethod_get"';
    let compared = 0;
    await judged(SOURCE, [`${given} and holding(C().single)`], ({ target, interpreter }, theirs) => {
      if ('value' in theirs && theirs.value === false) return;
      compared++;
      const ours = predicatesOf({ type: 'singledispatchmethodResult' }, target.dialect.inspect);
      assert.deepEqual({ value: ours }, theirs, interpreter.version);
    });
    assert.ok(compared > 0);
  });
});
