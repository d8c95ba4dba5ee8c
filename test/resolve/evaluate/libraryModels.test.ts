// What calls of the library give by our models: named tuples, typed dicts, enumerations, tasks; CPython runs the same
// programs.
import { check, runFixtures } from '../../support/evaluation.ts';

/** As six makes its module, with some of the items. */
const SIX = `
import importlib, sys, types
class MovedAttribute:
    def __init__(self, name, old, new, old_attr=None, new_attr=None):
        self.name, self.new, self.attr = name, new, new_attr or old_attr or name
    def load(self):
        return getattr(importlib.import_module(self.new), self.attr)
class MovedModule:
    def __init__(self, name, old, new=None):
        self.name, self.new = name, new or name
    def load(self):
        sys.modules['six.moves.' + self.name] = importlib.import_module(self.new)
        return sys.modules['six.moves.' + self.name]
class _MovedItems(types.ModuleType):
    __path__ = []
__path__ = []
_moved_attributes = [
    MovedAttribute('range', '__builtin__', 'builtins', 'xrange', 'range'),
    MovedModule('queue', 'Queue'),
    MovedModule('http_client', 'httplib', 'http.client'),
]
moves = _MovedItems(__name__ + '.moves')
sys.modules['six.moves'] = moves
for item in _moved_attributes:
    setattr(moves, item.name, item.load())
`;

describe('evaluator', () => {
  describe('models of the library', () => {
    it('awaiting tasks gives what their coroutines return', () => {
      check(
        `
        import asyncio
        async def one():
            return 1
        async def text():
            return 'a'
        async def main():
            task = asyncio.create_task(one())
            number = await task
            number
            ^^^^^^
            first, second = await asyncio.gather(one(), text())
            first
            ^^^^^
            second
            ^^^^^^
            await asyncio.shield(text())
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        asyncio.run(main())
        asyncio.run(text())
        ^^^^^^^^^^^^^^^^^^^
        `,
        [['int'], ['int'], ['str'], ['str'], ['str']],
      );
    });

    it('six.moves leads to what its list says', () => {
      check(
        `
        from six.moves import range, queue
        from six.moves.http_client import HTTPConnection
        import six.moves.queue as q
        import six
        range(3)
        ^^^^^^^^
        queue.Queue()
        ^^^^^^^^^^^^^
        HTTPConnection('host')
        ^^^^^^^^^^^^^^^^^^^^^^
        q.Empty()
        ^^^^^^^^^
        six.moves.range(3)
        ^^^^^^^^^^^^^^^^^^
        `,
        [['range'], ['queue.Queue'], ['http.client.HTTPConnection'], ['_queue.Empty'], ['range']],
        { '/six.py': SIX },
      );
    });

    it('members of enumerations have names and values', () => {
      check(
        `
        import enum
        class Color(enum.Enum):
            RED = 'r'
            BLUE = 'b'
        class Number(enum.IntEnum):
            ONE = 1
        class Own(enum.Enum):
            A = 1
            @property
            def value(self): return 1.5
        Color.RED.name
        ^^^^^^^^^^^^^^
        Color('b').value
        ^^^^^^^^^^^^^^^^
        Number['ONE'].value
        ^^^^^^^^^^^^^^^^^^^
        Own.A.value
        ^^^^^^^^^^^
        `,
        [['str'], ['str'], ['int'], ['float']],
      );
    });

    it('items of named tuples have their annotations’ types', () => {
      check(
        `
        from typing import NamedTuple
        class Pair(NamedTuple):
            left: int
            right: str = ''
        class More(Pair):
            pass
        pair = More(1, 'a')
        pair[0]
        ^^^^^^^
        pair[-1]
        ^^^^^^^^
        left, right = pair
        right
        ^^^^^
        pair[:1]
        ^^^^^^^^
        `,
        [['int'], ['str'], ['str'], ['tuple']],
      );
    });

    it('keys of typed dicts hold what they declare', () => {
      check(
        `
        from typing import TypedDict
        class Movie(TypedDict):
            name: str
        class Rated(Movie, total=False):
            stars: int
        Film = TypedDict('Film', {'year': int})
        movie: Rated = Rated(name='a', stars=1)
        movie['name']
        ^^^^^^^^^^^^^
        movie['stars']
        ^^^^^^^^^^^^^^
        Film(year=1)['year']
        ^^^^^^^^^^^^^^^^^^^^
        `,
        [['str'], ['int'], ['int']],
      );
    });

    it('what decides an or is all that it gives', () => {
      check(
        `
        def c(): pass
        def py(): pass
        f = c or py
        f
        ^
        g = None and c
        g
        ^
        `,
        [['function c'], ['NoneType']],
      );
    });
  });

  describe('in CPython', () => {
    it('the same programs meet the same values', async function () {
      this.timeout(30_000);
      await runFixtures();
    });
  });
});
