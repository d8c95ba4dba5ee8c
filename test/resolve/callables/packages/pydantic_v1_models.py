# Models of pydantic 1 (in pydantic 2 as pydantic.v1), compared with what the library itself makes of them.
from typing import Optional, Any, List, ClassVar, Annotated, Union
from pydantic.v1 import BaseModel, Field, PrivateAttr, Extra
class P1(BaseModel):
    a: int
    b: Optional[str] = None
    c: int = Field(..., alias='cc')
class P2(P1):
    class Config:
        extra = Extra.allow
    d: List[int] = Field(default_factory=list)
    e: 'Optional[int]' = 3
    _p: int = PrivateAttr(3)
    K: ClassVar[int] = 3
    a: str = 'x'
class P3(BaseModel):
    x: int = 4
    y: int = Field(5, alias='yy')
    z: int = Field(5, alias='not-id')
    def __init__(self, x, q=1, **kw): super().__init__(x=x, **kw)
class P4(BaseModel):
    x: int
    def __init__(self, x): super().__init__(x=x)
class P5(BaseModel, allow_population_by_field_name=True):
    z: int = Field(5, alias='not-id')
    g: int = Field(title="G")
class P6(BaseModel, extra=Extra.allow):
    extra_data: Union[int, None]
class P7(P1): pass
class P8(BaseModel):
    class Config: allow_population_by_field_name = True
    x: Any = None
    z: int = Field(5, alias='not-id')
