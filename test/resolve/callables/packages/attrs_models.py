# Classes of attrs, as people write them; compared with what the library itself makes of them.
import attr, attrs
from attrs import define, field, frozen, Factory
from typing import Optional, ClassVar, List
@attr.define
class A1:
    x: int
@attr.s
class A2:
    x = attr.ib()
    y = attr.ib(default=3)
@attr.s(auto_attribs=True, frozen=True)
class A3:
    total: Optional[float] = None
def conv(v: "str") -> int: return int(v)
def conv2(v: Optional[str]) -> int: return int(v)
@define
class B1(A1):
    _priv: str = "x"
    __dunder: List[int] = Factory(list)
    z: ClassVar[int] = 3
    w: int = field(default=5, kw_only=True)
    al: bytes = field(alias="other", default=b"")
    c: int = field(converter=conv, default=1)
    c2: int = field(converter=conv2, default=1)
    c3: int = field(converter=int, default=1)
    no: int = field(init=False, default=1)
@define
class B2:
    a = field()
    b = field()
    @b.default
    def _b(self): return 1
@frozen(kw_only=True)
class B3(B1):
    q: int
@attr.dataclass
class B4:
    q: int
    r: "str" = 'k'
@define(init=False)
class B6:
    x: int
    def __init__(self, other): self.__attrs_init__(other)
@attr.s
class B7:
    x = attr.ib(type=int)
    def __init__(self, other): pass
@define
class B8:
    x: int
    def __init__(self, other): self.__attrs_init__(other)
class Plain(B1):
    pass
@attr.s(auto_attribs=True)
class B9(B3, A3):
    k: int = attr.ib(kw_only=True)
    fac: dict = attr.ib(factory=dict)
@attrs.mutable
class B10:
    x: attr.Attribute = None
@attr.attrs
class B11(object):
    x = attr.attrib(default=attr.NOTHING)
    y = attr.attrib(init=False, default=attr.Factory(list))
my = attr.s(auto_attribs=True)
@my
class B12:
    x: int = attr.ib()
    def m(self):
        B11().y.append()
def deco(maybe=None, **kw):
    def wrap(cls): return attr.s(auto_attribs=True, **kw)(cls)
    return wrap if maybe is None else wrap(maybe)
@deco(kw_only=True)
class B13:
    x: int = attr.ib()
@deco
class B14:
    x: int = attr.ib()
