// Attributes of classes, instances and super(): the order of lookup, descriptors, metaclasses; CPython runs the same programs.
import { check, runFixtures } from '../../support/evaluation.ts';

describe('attributes', () => {
  it('are found along the MRO: C3, not depth first', () =>
    check(
      `
      class A:
          x = 1
      class B(A):
          pass
      class C(A):
          x = 'c'
      class D(B, C):
          pass
      D.x
      ^^^
      D().x
      ^^^^^
      `,
      [['str'], ['str']],
    ));

  it('methods are bound on instances, functions on the class', () =>
    check(
      `
      class C:
          def method(self): pass
          @classmethod
          def of_class(cls): return cls
          @staticmethod
          def static(): pass
      C.method
      ^^^^^^^^
      C().method
      ^^^^^^^^^^
      C.of_class
      ^^^^^^^^^^
      C().of_class
      ^^^^^^^^^^^^
      C().static
      ^^^^^^^^^^
      C.of_class()
      ^^^^^^^^^^^^
      `,
      [
        ['function C.method'],
        ['method C.method'],
        ['method C.of_class'],
        ['method C.of_class'],
        ['function C.static'],
        ['class C'],
      ],
    ));

  it('a property comes before what the instance has, other descriptors after it', () =>
    check(
      `
      import functools
      class C:
          def __init__(self):
              self.plain = 1
          @property
          def prop(self): return 'a'
          @functools.cached_property
          def cached(self): return 1.5
      C().prop
      ^^^^^^^^
      C().cached
      ^^^^^^^^^^
      C().plain
      ^^^^^^^^^
      `,
      [['str'], ['float'], ['int']],
    ));

  it('what a class lacks its metaclass may have, bound to the class', () =>
    check(
      `
      class Meta(type):
          def make(cls): return cls()
          @property
          def label(cls): return 'x'
      class C(metaclass=Meta):
          pass
      class D(C):
          pass
      D.make
      ^^^^^^
      D.make()
      ^^^^^^^^
      D.label
      ^^^^^^^
      `,
      [['method Meta.make'], ['D'], ['str']],
    ));

  it('super() goes on behind the class, in the order of the instance', () =>
    check(
      `
      class A:
          def name(self): return 1
      class B(A):
          def name(self):
              return super().name()
                     ^^^^^^^^^^^^^^
      class C(A):
          def name(self): return 'c'
      B().name()
      `,
      [['int']],
    ));

  it('__get__ of a descriptor written in Python decides', () =>
    check(
      `
      class Descriptor:
          def __get__(self, instance, owner=None):
              return 1.5
      class C:
          d = Descriptor()
      C().d
      ^^^^^
      C.d
      ^^^
      `,
      [['float'], ['float']],
    ));

  it('members that are assigned after the class statement count', () =>
    check(
      `
      class C:
          pass
      def later(self): return 1
      C.later = later
      C().later
      ^^^^^^^^^
      C().later()
      ^^^^^^^^^^^
      `,
      [['method later'], ['int']],
    ));

  it('members of enumerations are instances of them', () =>
    check(
      `
      import enum
      class Color(enum.Enum):
          RED = 1
          def describe(self): return 'x'
      Color.RED
      ^^^^^^^^^
      Color.RED.describe()
      ^^^^^^^^^^^^^^^^^^^^
      Color(1)
      ^^^^^^^^
      `,
      [['Color'], ['str'], ['Color']],
    ));

  it('named tuples and data classes have what is made for them', () =>
    check(
      `
      import collections, dataclasses, typing
      P = collections.namedtuple('P', 'x y')
      @dataclasses.dataclass
      class D:
          a: int
      class N(typing.NamedTuple):
          b: str
      P(1, 2)._replace(x=3)
      ^^^^^^^^^^^^^^^^^^^^^
      P._make([1, 2])
      ^^^^^^^^^^^^^^^
      D(1).a
      ^^^^^^
      N('x').b
      ^^^^^^^^
      N('x')._asdict()
      ^^^^^^^^^^^^^^^^
      `,
      [['P'], ['P'], ['int'], ['str'], ['dict']],
    ));

  it('are what CPython meets', async function () {
    this.timeout(60_000);
    await runFixtures();
  });
});
