"""Functions and classes that the library makes something of: models.oracle.test.ts asks CPython for their signatures.

For CPython 3.8 and later; what newer versions have stands below conditions.
"""
import abc
import collections
import contextlib
import dataclasses
import enum
import functools
import inspect
import sys
import types
import typing
from collections import namedtuple
from dataclasses import InitVar, dataclass, field
from functools import partial, partialmethod, wraps
from typing import Any, Callable, ClassVar, Dict, Generic, List, NamedTuple, Optional, TypeVar, Union

T = TypeVar('T')
LIMIT = 5
NAME, SIZE = 'spam', -1


# Defaults and annotations

def defaults(a, b=LIMIT, c=NAME, d=SIZE, e=-LIMIT, f='x' * 3, g=(1, 'a', None), h=[], i={}, j=True, *, k=1 << 10): pass
def annotations(a: int, b: str = 'x', *c: float, d: 'int', e: Optional[int] = None, **f: bytes) -> None: pass
def aliases(a: List[int], b: Dict[str, Any], c: Union[int, str], d: Union[int, None], e: Callable[[int], str]): pass
def own_classes(a: 'Base', b: collections.OrderedDict, c: typing.Any, d: Optional['Base'], e: T) -> 'List[T]': pass


first = lambda a, *b, c=1, **d: 0


# Decorators

def passing(function):
    return function


def counting(function):
    function.count = 0
    return function


def wrapping(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper


def replacing(function):
    def replacement(x, y=2):
        return function(x)
    return replacement


def configured(limit=1, *, name=None):
    def decorate(function):
        @wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)
        return wrapper
    return decorate


def updating(function):
    def wrapper(*args):
        return function(*args)
    functools.update_wrapper(wrapper, function)
    return wrapper


def updated(function):
    def wrapper(*args):
        return function(*args)
    return functools.update_wrapper(wrapper, function)


def optional_arguments(function=None, *, flag=False):
    def decorate(inner):
        @wraps(inner)
        def wrapper(*args, **kwargs):
            return inner(*args, **kwargs)
        return wrapper
    if function is not None:
        return decorate(function)
    return decorate


@passing
def passed(a, b=1): pass
@counting
def counted(a, b=1): pass
@wrapping
def wrapped(a, b=1): pass
@replacing
def replaced(a, b=1): pass
@configured(3, name='x')
def with_configuration(a, b=1): pass
@updating
def with_update(a, b=1): pass
@updated
def with_updated(a, b=1): pass
@optional_arguments
def bare(a, b=1): pass
@optional_arguments(flag=True)
def not_bare(a, b=1): pass
@passing
@wrapping
@configured()
def stacked(a, b=1): pass
@functools.lru_cache(maxsize=None)
def cached(a, b=1): pass
@functools.lru_cache()
def cached_too(a, b=1): pass
@functools.singledispatch
def dispatching(a, b=1): pass
@dispatching.register(int)
def dispatching_int(a, b=2): pass
@contextlib.contextmanager
def managing(a, b=1): yield a
@contextlib.asynccontextmanager
async def managing_async(a, b=1): yield a
@types.coroutine
def coroutine(a, b=1): yield
@typing.no_type_check
def unchecked(a: 'x', b=1): pass


def overloaded_target(a, b=1): pass


@typing.overload
def overloaded(a: int) -> int: ...
@typing.overload
def overloaded(a: str, b: int) -> str: ...
def overloaded(a, b=None): pass


alias = wrapped
two_of_three = partial(defaults, 1, 2)
by_keyword = partial(defaults, b=2)
of_partial = partial(partial(first, 1), c=2)
of_method = partial(str.split, sep='x')


# Methods

class Base:
    def __init__(self, a, b=1, *args, **kwargs): pass
    def method(self, x, y=2): pass
    def _private(self): pass
    def __mangled(self, __x): pass
    @classmethod
    def of_class(cls, x): pass
    @staticmethod
    def static(x, y=2): pass
    @property
    def prop(self): pass
    @prop.setter
    def prop(self, value): pass
    @functools.lru_cache(maxsize=None)
    def cached(self, a): pass
    @wrapping
    def wrapped(self, a): pass
    @classmethod
    @wrapping
    def wrapped_class(cls, a): pass
    @abc.abstractmethod
    def abstract(self, a): pass
    @contextlib.contextmanager
    def managed(self, a): yield
    half = partialmethod(method, 1)
    named = partialmethod(method, y=3)
    same = method
    of_lambda = lambda self, a=1: a
    @functools.singledispatchmethod
    def dispatching(self, arg, x=1): pass
    @dispatching.register(int)
    def _(self, arg, x=1): pass
    def __init_subclass__(cls, tag=None, **kwargs): pass
    def __class_getitem__(cls, item): pass


class Child(Base):
    pass


class Renamed(Child):
    method = Base.static
    def later(self): pass


def set_later(self, x, y): pass


Renamed.later = set_later


class WithNew(Base):
    def __new__(cls, only_new): return object.__new__(cls)


class Both:
    def __new__(cls, *args, **kwargs): return object.__new__(cls)
    def __init__(self, a): pass


class NewThenInit(WithNew):
    def __init__(self, only_init): pass


class Meta(type):
    def __call__(cls, through_meta, **kwargs): return type.__call__(cls)


class OfMeta(metaclass=Meta):
    def __init__(self, a): pass


class PlainMeta(type):
    pass


class OfPlainMeta(Base, metaclass=PlainMeta):
    pass


class Left(Base):
    def __init__(self, left): pass


class Right(Base):
    def __init__(self, right): pass


class Diamond(Left, Right):
    pass


class Empty:
    pass


class MyList(list):
    pass


class MyDict(dict):
    def __init__(self, a, **kwargs): pass


class MyError(Exception):
    def __init__(self, message, code=None): pass


class Abstract(abc.ABC):
    def __init__(self, a): pass
    @property
    @abc.abstractmethod
    def prop(self): pass


class OfT(Generic[T]):
    def __init__(self, item: T): pass


class OfInt(OfT[int]):
    pass


class Callee:
    def __call__(self, a, b=1): pass


class Wrapper:
    def __init__(self, function): functools.update_wrapper(self, function)
    def __call__(self, *args): pass


if LIMIT > 3:
    def conditional(a): pass
else:
    def conditional(b): pass

try:
    import no_such_module
except ImportError:
    def fallback(a): pass
else:
    def fallback(b): pass


# Data classes

@dataclass
class Point:
    x: int
    y: int = 0
    label: 'str' = NAME
    tags: List[str] = field(default_factory=list)
    hidden: int = field(default=0, init=False)
    kind: ClassVar[str] = 'point'
    seed: InitVar[int] = 3

    def __post_init__(self, seed): pass


@dataclass
class Point3D(Point):
    z: float = 0.0
    x: float = 1.0


@dataclass(frozen=True, order=True)
class Frozen:
    a: int
    b: Optional[str] = None


frozen_dataclass = dataclasses.dataclass(frozen=True)


@frozen_dataclass
class ByFactory:
    a: int


def dataclass_with(**options):
    return dataclasses.dataclass(**options)


@dataclass_with(order=True)
class ByKeywords:
    a: int
    b: str = 'x'


def own_dataclass(cls=None, **options):
    def wrap(cls):
        return dataclasses.dataclass(**options)(cls)

    return wrap if cls is None else wrap(cls)


@own_dataclass
class ByWrapper:
    a: int
    b: int = 3


@own_dataclass(eq=False)
class ByWrapperWithOptions(ByKeywords):
    c: int = 4


class DataclassMeta(type):
    def __new__(mcs, name, bases, namespace):
        return dataclasses.dataclass(super().__new__(mcs, name, bases, namespace))


class ByMetaclass(metaclass=DataclassMeta):
    pass


class BelowMetaclass(ByMetaclass):
    a: int
    b: int = 2


@dataclass(eq=False, repr=False)
class OwnInit:
    a: int
    def __init__(self, other): pass


@dataclass(init=False)
class NoInit:
    a: int


@dataclass
class SelfNamed:
    self: int


class NotData(Point):
    extra: int = 1


if sys.version_info >= (3, 10):
    @dataclass(kw_only=True, slots=True, frozen=True)
    class Keywords:
        a: int
        b: int = 1

    @dataclass
    class Marked:
        a: int
        _: dataclasses.KW_ONLY
        b: int = 1
        c: int = field(default=2, kw_only=False)


# Named tuples

Pair = namedtuple('Pair', 'left right')
Triple = namedtuple('Triple', ['one', 'two', 'three'], defaults=(2, 3))
Commas = namedtuple('Commas', 'a, b, c')
Odd = namedtuple('Odd', 'a class a _x', rename=True)
Typed = NamedTuple('Typed', [('a', int), ('b', str)])


class Employee(NamedTuple):
    """One."""
    name: str
    id: int = 3
    boss: Optional[str] = None

    def greet(self, word='hello'): pass


class Extended(namedtuple('Extended', 'a b')):
    def total(self): pass


class ExtendedNew(Pair):
    def __new__(cls, left, right=None): return super().__new__(cls, left, right)


# Enumerations

class Color(enum.Enum):
    RED = 1
    GREEN = 2
    def describe(self, verbose=False): pass


class Flags(enum.IntFlag):
    A = 1
    B = 2


class NoMembers(enum.Enum):
    def describe(self): pass


# Comparisons

@functools.total_ordering
class Ordered:
    def __lt__(self, other): pass
    def __eq__(self, other): pass


# Names that are bound by texts

def bind_stub(_name, result):
    def stub(*args: object, **kwds: object) -> None: pass
    globals()[_name] = stub


for _name, _result in [('stub_one', None), ('stub_two', 1)]:
    bind_stub(_name, _result)


def made_by(function):
    def made(a, b=1, *c): return function(a)
    return made


globals()['by_text'] = made_by(len)
globals().update({'updated_one': defaults, 'updated_two': lambda x, *y: x})

for _name, _function in (('bound_one', defaults), ('bound_two', counted)):
    globals()[f'{_name}_again'] = _function
del _name, _function


class ByText:
    for _key in ('first', 'second'):
        vars()['get_' + _key] = lambda self, default=None: default
    locals()['third'] = passed


for _name in ('set_one', 'set_two'):
    setattr(ByText, _name, passed)
del _name


# Tests that the platform decides

def build_version():
    prefix = 'MSC v.'
    i = sys.version.find(prefix)
    if i == -1:
        return 6
    return int(sys.version[i + len(prefix)])


if build_version() >= 8.0:
    def decided(windows): pass
else:
    def decided(other): pass

if 'PyPy' in sys.version:
    def implemented(pypy): pass
else:
    def implemented(cpython): pass


# Signatures that are set

def signed(*args): pass
signed.__signature__ = inspect.signature(defaults)


def composed(*args): pass
composed.__signature__ = inspect.Signature([
    inspect.Parameter('a', inspect.Parameter.POSITIONAL_ONLY),
    inspect.Parameter('b', inspect.Parameter.KEYWORD_ONLY, default=3, annotation=int),
], return_annotation=str)


def named_signature(*args): pass
_signature = inspect.signature(annotations)
named_signature.__signature__ = _signature
del _signature


def signing(function):
    def inner(*args, **kwargs): return function(*args, **kwargs)
    inner.__signature__ = inspect.signature(function)
    return inner


@signing
def with_signature(a, b=1, *, c): pass


# Classes of calls

Made = dataclasses.make_dataclass('Made', [('a', int), 'b', ('c', str, 'z')])
Film = typing.TypedDict('Film', {'name': str})


class Movie(typing.TypedDict):
    name: str


# Metaclasses that hand over to another

def with_metaclass(meta, *bases):
    class metaclass(type):
        def __new__(cls, name, this_bases, namespace):
            return meta(name, bases, namespace)

        @classmethod
        def __prepare__(cls, name, this_bases):
            return meta.__prepare__(name, bases)

    return type.__new__(metaclass, 'temporary_class', (), {})


class PlainMeta(type): pass


class Temporary(with_metaclass(PlainMeta, object)):
    def __init__(self, a, b=1): pass


class BelowTemporary(Temporary):
    def method(self, x): pass


# What type checkers are told

@typing.cast(Callable[..., Any], functools.lru_cache(maxsize=None))
def cast_decorator(a, *, b=2): pass


casted = typing.cast(Any, cast_decorator)


# `__signature__` of a metaclass, and of what is annotated with less than is given

class Describing(type):
    @property
    def __signature__(cls):
        try:
            from inspect import signature
        except ImportError:
            return None
        return signature(cls.evaluate)


class Evaluated(metaclass=Describing):
    def __new__(cls, *args, **options): return super().__new__(cls)

    @classmethod
    def evaluate(cls, a, b=None): pass


class EvaluatedBelow(Evaluated):
    @classmethod
    def evaluate(cls, c, *, d=1): pass


class Undescribed(type):
    @property
    def __signature__(cls): return None


class WithoutSignature(metaclass=Undescribed):
    def __init__(self, a, b=2): pass


def registered(cls: typing.Type[Evaluated]) -> typing.Type[Evaluated]:
    return cls


@registered
class RegisteredClass(Evaluated):
    @classmethod
    def evaluate(cls, *, e): pass


def first_of(*functions): return functions[0]


first_of_two = first_of(defaults, annotations)


def rebuilding(meta, *bases):
    class metaclass(meta):
        __call__ = type.__call__
        __init__ = type.__init__

        def __new__(cls, name, this_bases, namespace):
            if this_bases is None:
                return type.__new__(cls, name, (), namespace)
            return meta(name, bases, namespace)

    return metaclass('temporary_class', None, {})


class Rebuilt(rebuilding(Describing, Evaluated)):
    @classmethod
    def evaluate(cls, f, g='g'): pass


class Attributed:
    encode: Callable[..., str] = defaults
    encode_statically = staticmethod(annotations)


encode = Attributed.encode


class ByKey:
    def __init__(self, key): self.key = key

    def __get__(self, instance, owner=None):
        if instance is None:
            return owner
        return instance.functions[self.key]


class Keyed:
    def __init__(self, a): self.functions = {'a': defaults}

    function = ByKey('a')


keyed_on_the_class = Keyed.function
