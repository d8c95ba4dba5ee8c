"""What calls give: expressions that are evaluated, and the types of their values. Only harmless ones.

An expression's outermost node says what it tells about: a call about the function, method or class that is called, an
attribute about the attribute, a subscript about __getitem__; after "for " about the items of an iteration; after
"bare " tuples are told without their items. All results of one function are its alternatives. Some names stand for what a caller brings:

    T0, T1    items: of a method, what its instance holds (the type arguments of self), else items of arguments 0, 1
    X0, X1    the arguments 0, 1 themselves
    F0        a function, argument 0; what it returns is R0
    U         what nothing can be told about; a type that it decides is ?
    S('a')    'a' and b'a' in turn: where the result follows, it has the text type of argument 0, or of self

Types are written qualified, with arguments in brackets: builtins.dict[builtins.str,$0|builtins.int];
builtins.tuple[builtins.int,...] has any length. $0 is T0, @0 is X0, %0 is R0, ~0 the text type of argument 0, ^ the
type of self.
"""
import ast
import builtins
import collections
import collections.abc
import contextlib
import importlib
import inspect
import io
import itertools
import os
import re
import shutil
import sys
import tempfile
import types

IMPORTS = '''array ast asyncio asyncio.subprocess base64 binascii bisect builtins bz2 calendar cmath codecs collections
collections.abc concurrent.futures configparser contextlib contextvars copy csv datetime decimal difflib dis email
email.message email.parser email.policy email.utils enum fnmatch fractions functools gc getpass gettext glob gzip
hashlib heapq hmac html html.parser http http.client http.cookies importlib importlib.util inspect io ipaddress
itertools json keyword linecache locale logging logging.handlers lzma marshal math mimetypes mmap multiprocessing
operator os os.path pathlib pickle pkgutil platform pprint queue random re sched secrets select selectors shelve shlex
shutil signal socket socketserver sqlite3 ssl stat statistics string struct subprocess symtable sys sysconfig tarfile
tempfile textwrap threading time timeit token tokenize traceback types typing unicodedata unittest unittest.mock
urllib.parse urllib.request urllib.error uuid warnings wave weakref xml.dom.minidom xml.etree.ElementTree xml.sax zipfile zlib
zoneinfo tomllib graphlib'''.split()

EXPRESSIONS = r'''
# Functions of builtins
abs(1)  abs(-1.5)  abs(1j)  all([])  any([])  ascii(1)  bin(1)  callable(1)  chr(65)  compile('1', '', 'eval')
dir()  divmod(5, 2)  divmod(5.0, 2)  format(1)  globals()  hasattr(1, 'a')  hash(1)
hex(1)  id(1)  input()  isinstance(1, int)  issubclass(int, int)  iter([T0])  iter({T0: T1})  iter('ab')  iter((T0,))
len('')  locals()  max(X0, X1, key=lambda m: m is X0)  max(X0, X1, key=lambda m: m is X1)  max(X0, X1, X2, key=lambda m: m is X2)
min(X0, X1, key=lambda m: m is not X0)  min(X0, X1, key=lambda m: m is not X1)  min(X0, X1, X2, key=lambda m: m is not X2)
next(iter([T0]))  next(iter([]), X1)  oct(8)  ord('a')  pow(2, 2)  pow(2, -1)  pow(2.0, 2)  print(end='')  repr(1)
round(1)  round(1.5)  round(1.25, 1)  setattr(box, 'gone', 1)  delattr(box, 'gone')  sorted([T0])  sum([1])  sum([T0])  vars(box)
__import__('math')
# Classes of builtins
bool(1)  bytearray(b'')  bytes(b'')  complex(1)  enumerate([T0])  filter(None, [T0])
float(1)  frozenset([T0])  int('1')  list([T0])  list()  map(F0, [1])  memoryview(b'')  object()  property()  range(3)
reversed([T0])  set([T0])  slice(1)  str(1)  tuple([T0])  tuple([T0, T0])  super(Child, Child())
for 'ab'  for b'ab'  for bytearray(b'ab')  for [T0]  for (T0,)  for {T0}  for frozenset([T0])  for {T0: T1}  for range(3)
for memoryview(b'ab')  for {T0: T1}.keys()  for {T0: T1}.values()  for {T0: T1}.items()  for enumerate([T0])  for zip([T0])
for iter([T0])  for iter((T0,))  for iter({T0})  for iter({T0: T1})  for iter('a')  for iter(b'a')  for iter(range(3))
for reversed([T0])  for map(F0, [1])  for filter(None, [T0])  for gen(T0)  for iter({T0: T1}.values())  for iter({T0: T1}.items())
# str
'a'.capitalize()  'a'.casefold()  'a'.center(3)  'a'.count('a')  'a'.encode()  'a'.endswith('a')  'a'.expandtabs()
'a'.find('a')  'a'.format()  'a'.format_map({})  'a'.index('a')  'a'.isalnum()  'a'.isalpha()  'a'.isascii()
'a'.isdecimal()  'a'.isdigit()  'a'.isidentifier()  'a'.islower()  'a'.isnumeric()  'a'.isprintable()  'a'.isspace()
'a'.istitle()  'a'.isupper()  'a'.join([])  'a'.ljust(3)  'a'.lower()  'a'.lstrip()  'a'.partition('a')
'a'.removeprefix('a')  'a'.removesuffix('a')  'a'.replace('a', 'b')  'a'.rfind('a')  'a'.rindex('a')  'a'.rjust(3)
'a'.rpartition('a')  'a'.rsplit()  'a'.rstrip()  'a'.split()  'a'.splitlines()  'a'.startswith('a')  'a'.strip()
'a'.swapcase()  'a'.title()  'a'.translate({})  'a'.upper()  'a'.zfill(3)  str.maketrans({})  'a'[0]  'a'[:1]
'a'.__len__()  'a'.__contains__('a')  'a'.__format__('')  'a'.__hash__()  'a'.__str__()  'a'.__repr__()  'a'.__iter__()
# bytes, bytearray, memoryview
b'a'.capitalize()  b'a'.center(3)  b'a'.count(b'a')  b'a'.decode()  b'a'.endswith(b'a')  b'a'.expandtabs()
b'a'.find(b'a')  b'a'.hex()  b'a'.index(b'a')  b'a'.isalnum()  b'a'.isalpha()  b'a'.isascii()  b'a'.isdigit()
b'a'.islower()  b'a'.isspace()  b'a'.istitle()  b'a'.isupper()  b'a'.join([])  b'a'.ljust(3)  b'a'.lower()  b'a'.lstrip()
b'a'.partition(b'a')  b'a'.removeprefix(b'a')  b'a'.removesuffix(b'a')  b'a'.replace(b'a', b'b')  b'a'.rfind(b'a')
b'a'.rindex(b'a')  b'a'.rjust(3)  b'a'.rpartition(b'a')  b'a'.rsplit()  b'a'.rstrip()  b'a'.split()  b'a'.splitlines()
b'a'.startswith(b'a')  b'a'.strip()  b'a'.swapcase()  b'a'.title()  b'a'.translate(None)  b'a'.upper()  b'a'.zfill(3)
b'a'[0]  b'a'[:1]  bytes.fromhex('')  bytes.maketrans(b'', b'')
bytearray(b'a').append(1)  bytearray(b'a').clear()  bytearray(b'a').copy()  bytearray(b'a').count(b'a')
bytearray(b'a').decode()  bytearray(b'a').endswith(b'a')  bytearray(b'a').extend(b'')  bytearray(b'a').find(b'a')
bytearray(b'a').hex()  bytearray(b'a').insert(0, 1)  bytearray(b'a').pop()  bytearray(b'a').remove(97)
bytearray(b'a').replace(b'a', b'b')  bytearray(b'a').reverse()  bytearray(b'a').split()  bytearray(b'a').startswith(b'a')
bytearray(b'a').strip()  bytearray(b'a').upper()  bytearray(b'a').lower()  bytearray(b'a')[0]  bytearray(b'a')[:1]
bytearray.fromhex('')  memoryview(b'a').tobytes()  memoryview(b'a').tolist()  memoryview(b'a').hex()
memoryview(b'a').cast('b')  memoryview(b'a').release()  memoryview(b'a')[0]  memoryview(b'a')[:1]  memoryview(b'a').toreadonly()
memoryview(b'a').__enter__()  memoryview(b'a').nbytes  memoryview(b'a').format  memoryview(b'a').shape  memoryview(b'a').readonly
# Numbers
(1).bit_length()  (1).bit_count()  (1).conjugate()  (1).to_bytes(1, 'big')  (1).as_integer_ratio()  (1).is_integer()
int.from_bytes(b'a', 'big')  (1).real  (1).imag  (1).numerator  (1).denominator  (1).__neg__()  (1).__pos__()
(1).__invert__()  (1).__abs__()  (1).__index__()  (1).__int__()  (1).__float__()  (1).__bool__()  (1.5).__neg__()
(1).__round__()  (1.5).__round__()  (1).__trunc__()  (1.5).__trunc__()  (1.5).__abs__()  (1j).__abs__()  (1j).__neg__()
(1.5).as_integer_ratio()  (1.5).conjugate()  (1.5).hex()  (1.5).is_integer()  float.fromhex('1')  (1.5).real  (1.5).imag
(1j).conjugate()  (1j).real  (1j).imag  (1.5).__int__()  (1.5).__floor__()  (1.5).__ceil__()
# Containers
[T0].append(1)  [T0].clear()  [T0].copy()  [T0].count(1)  [T0].extend([])  [T0].index(T0)  [T0].insert(0, 1)  [T0].pop()
[T0].remove(T0)  [T0].reverse()  [T0].sort()  [T0][0]  [T0][:1]  [T0].__len__()  [T0].__iter__()  [T0].__contains__(1)
[T0].__reversed__()
(T0,).count(1)  (T0,).index(T0)  (T0,).__len__()  (T0,)[:1]  (T0, T0)[:2]  (T0,)[0]  (T0,).__iter__()
{T0}.add(1)  {T0}.clear()  {T0}.copy()  {T0}.difference()  {T0}.difference_update()  {T0}.discard(1)  {T0}.intersection()
{T0}.intersection_update()  {T0}.isdisjoint([])  {T0}.issubset([])  {T0}.issuperset([])  {T0}.pop()  {T0}.remove(T0)
{T0}.symmetric_difference([])  {T0}.symmetric_difference_update([])  {T0}.union()  {T0}.update()  {T0}.__len__()
frozenset([T0]).copy()  frozenset([T0]).difference()  frozenset([T0]).intersection()  frozenset([T0]).isdisjoint([])
frozenset([T0]).issubset([])  frozenset([T0]).issuperset([])  frozenset([T0]).symmetric_difference([])  frozenset([T0]).union()
{T0: T1}.clear()  {T0: T1}.copy()  {T0: T1}.get(T0)  {T0: T1}.get(1)  {T0: T1}.get(1, X1)  {T0: T1}.items()  {T0: T1}.keys()
{T0: T1}.pop(T0)  {T0: T1}.pop(1, X1)  {T0: T1}.popitem()  {T0: T1}.setdefault(T0)  {T0: T1}.setdefault(1, X1)
{T0: T1}.update()  {T0: T1}.values()  {T0: T1}[T0]  {T0: T1}.__len__()  {T0: T1}.__contains__(1)  {T0: T1}.__reversed__()
dict.fromkeys([T0])  dict.fromkeys([T0], X1)  {T0: T1}.keys().isdisjoint([])  {T0: T1}.keys().mapping
range(3).count(1)  range(3).index(1)  range(3).start  range(3).stop  range(3).step  range(3)[0]  range(3)[:1]
slice(3).indices(1)  enumerate([T0]).__next__()  zip([T0]).__next__()  map(F0, [1]).__next__()  iter([T0]).__next__()
gen(U).send(None)  gen().close()  gen().gi_frame  gen().gi_code  gen().gi_running
function.__code__  function.__defaults__  function.__kwdefaults__  function.__globals__  function.__name__
function.__qualname__  function.__dict__  function.__closure__  function.__annotations__  function.__module__
function.__code__.co_varnames  function.__code__.co_argcount  function.__code__.co_flags  function.__code__.co_consts
function.__code__.co_names  function.__code__.co_code  function.__code__.co_name  function.__code__.co_filename
function.__code__.co_firstlineno  function.__code__.co_freevars  function.__code__.co_cellvars  function.__code__.co_nlocals
function.__code__.co_stacksize  function.__code__.co_kwonlyargcount  function.__code__.co_posonlyargcount
function.__code__.co_lines()  function.__code__.co_positions()  function.__code__.co_qualname  function.__code__.replace()
int.mro()  int.__subclasses__()  int.__name__  int.__qualname__  int.__module__  int.__bases__  int.__base__  int.__mro__  int.__dict__
object().__class__  object().__dir__()  object().__repr__()  object().__str__()  object().__hash__()  object().__sizeof__()
ValueError().args  ValueError().with_traceback(None)  ValueError().__traceback__  OSError(1, 'a').errno  OSError(1, 'a').strerror  OSError().errno  OSError().strerror  OSError().filename  SyntaxError().msg  ImportError().name
OSError(1, 'a', 'b').filename  SystemExit(U).code  StopIteration(U).value  KeyError().args  SyntaxError('a').msg
UnicodeDecodeError('a', b'', 0, 1, '').encoding  UnicodeDecodeError('a', b'', 0, 1, '').reason  ImportError('a', name='b').name
# Files
open(FILE)  io.open(FILE)  os.fdopen(os.open(FILE, os.O_RDWR))  pathlib.Path(FILE).open()  gzip.open(PACKED)  bz2.open(packed_for(bz2, ''))  lzma.open(packed_for(lzma, ''))
tempfile.TemporaryFile(dir='.')  tempfile.NamedTemporaryFile(dir='.')
open(FILE).read()  open(FILE).readline()  open(FILE).readlines()  open(FILE).close()  open(FILE).__enter__()
for open(FILE)  open(FILE).name  open(FILE).encoding  open(FILE).closed  open(FILE).buffer  open(FILE).fileno()  open(FILE).seek(0)
open(FILE).tell()  open(FILE).readable()  open(FILE).writable()  open(FILE).seekable()  open(FILE).isatty()  open(FILE).flush()
open(FILE).mode  open(FILE).errors  open(FILE).newlines  open(FILE).line_buffering  open(FILE).detach()
open(OUT, 'w').write('a')  open(OUT, 'w').writelines([])  open(OUT, 'w').truncate()  open(FILE).reconfigure()
open(FILE, 'rb').read()  open(FILE, 'rb').readline()  open(FILE, 'rb').readlines()  for open(FILE, 'rb')  open(FILE, 'rb').peek()
open(FILE, 'rb').raw  open(FILE, 'rb').read1()  open(FILE, 'rb').close()  open(FILE, 'rb').seek(0)  open(FILE, 'rb').tell()
open(FILE, 'rb').name  open(FILE, 'rb').mode  open(FILE, 'rb').closed  open(FILE, 'rb').readinto(bytearray(1))
open(OUT, 'wb').write(b'a')  open(OUT, 'wb').flush()  open(OUT, 'wb').tell()  open(OUT, 'wb').writelines([])
open(FILE, 'rb', 0).read()  open(FILE, 'rb', 0).readall()  open(FILE, 'rb', 0).mode  open(OUT, 'wb', 0).write(b'')
io.StringIO().getvalue()  io.StringIO().read()  io.StringIO().readline()  io.StringIO().write('a')  for io.StringIO('a')
io.StringIO().seek(0)  io.StringIO().tell()  io.StringIO().close()  io.StringIO().readlines()  io.StringIO().__enter__()
io.BytesIO().getvalue()  io.BytesIO().read()  io.BytesIO().readline()  io.BytesIO().write(b'a')  for io.BytesIO(b'a')
io.BytesIO().getbuffer()  io.BytesIO().seek(0)  io.BytesIO().tell()  io.BytesIO().readlines()  io.BytesIO().__enter__()
io.BytesIO().read1()  io.BytesIO().truncate()  io.BytesIO().close()
# re
re.compile(S('a'))  re.match(S('a'), S('a'))  re.match('b', 'a')  re.search(S('a'), S('a'))  re.search('b', 'a')
re.fullmatch(S('a'), S('a'))  re.fullmatch('b', 'a')  re.split(S('a'), S('a'))  re.sub(S('a'), S('b'), S('a'))
re.subn(S('a'), S('b'), S('a'))  re.escape(S('a'))  re.finditer(S('a'), S('a'))  re.purge()
re.compile(S('a')).match(S('a'))  re.compile('a').match('b')  re.compile(S('a')).search(S('a'))  re.compile('a').search('b')
re.compile(S('a')).fullmatch(S('a'))  re.compile('a').fullmatch('b')  re.compile(S('a')).split(S('a'))
re.compile(S('a')).sub(S('b'), S('a'))  re.compile(S('a')).subn(S('b'), S('a'))  re.compile(S('a')).finditer(S('a'))
re.compile(S('a')).pattern  re.compile('a').flags  re.compile('a').groups  re.compile('(?P<a>b)').groupindex
re.match(S('a'), S('a')).group()  re.match(S('(a)|(b)'), S('a')).group(2)  re.match(S('(a)|(b)'), S('a')).group(1, 2)  re.match(S('(a)|(b)'), S('a')).group(1, 2, 0)
re.match(S('(a)|b'), S('b')).groups()  re.match(S('(a)(b)'), S('ab')).groups()  re.match(S('(?P<n>a)|(?P<m>b)'), S('a')).groupdict()
re.match(S('a'), S('a')).start()  re.match(S('a'), S('a')).end()  re.match(S('a'), S('a')).span()
re.match(S('a'), S('a')).expand(S('b'))  re.match(S('a'), S('a')).string  re.match(S('a'), S('a')).re
re.match(S('a'), S('a')).pos  re.match(S('a'), S('a')).endpos  re.match(S('(a)'), S('a')).lastindex  re.match('a', 'a').lastindex
re.match('(?P<n>a)', 'a').lastgroup  re.match('a', 'a').lastgroup  re.match(S('a'), S('a'))[0]  re.match(S('(a)|(b)'), S('a'))[2]
# collections
collections.deque([T0])  collections.OrderedDict()  collections.Counter([T0])  collections.defaultdict(int)  collections.ChainMap()
collections.deque([T0]).append(1)  collections.deque([T0]).appendleft(1)  collections.deque([T0]).pop()  collections.deque([T0]).popleft()
collections.deque([T0]).copy()  collections.deque([T0]).clear()  collections.deque([T0]).count(1)  collections.deque([T0]).rotate()
collections.deque([T0]).extend([])  collections.deque([T0]).extendleft([])  collections.deque([T0]).index(T0)  collections.deque([T0])[0]
collections.deque([T0]).maxlen  collections.deque([T0], 1).maxlen  for collections.deque([T0])  collections.deque([T0]).remove(T0)  collections.deque([T0]).reverse()
collections.Counter([T0]).most_common()  collections.Counter([T0]).elements()  collections.Counter([T0]).total()  collections.Counter([T0])[T0]  collections.Counter([T0]).pop(T0)  collections.Counter([T0]).get(T0)  collections.Counter([T0]).get(1)  collections.Counter([T0]).get(1, X1)
collections.Counter([T0]).copy()  collections.Counter([T0]).update()  collections.Counter([T0]).subtract()  for collections.Counter([T0])
collections.OrderedDict({T0: T1}).move_to_end(T0)  collections.OrderedDict({T0: T1}).popitem()  collections.OrderedDict({T0: T1}).items()
collections.OrderedDict({T0: T1}).keys()  collections.OrderedDict({T0: T1}).values()  collections.OrderedDict({T0: T1}).copy()
collections.OrderedDict({T0: T1}).pop(T0)  collections.OrderedDict({T0: T1}).pop(1, X1)  collections.OrderedDict({T0: T1}).setdefault(T0, 1)
for collections.OrderedDict({T0: T1})  collections.defaultdict(int, {T0: T1}).copy()  collections.defaultdict(int, {T0: T1}).__missing__(1)
for collections.OrderedDict({T0: T1}).items()  for collections.OrderedDict({T0: T1}).keys()  for collections.OrderedDict({T0: T1}).values()
collections.ChainMap({U: U}).new_child()  collections.ChainMap({U: U}).maps  collections.ChainMap({U: U}).parents
# itertools, functools, operator, contextlib
itertools.chain([T0], [T0])  itertools.chain.from_iterable([[1]])  itertools.count()  itertools.cycle([T0])  itertools.repeat(X0)
itertools.islice([T0], 1)  itertools.accumulate([T0])  itertools.combinations([T0], 1)  itertools.combinations([T0, T0], 2)  itertools.permutations([T0])  itertools.permutations([T0, T0])
itertools.product([T0], [T1])  itertools.starmap(F0, [(1,)])  itertools.pairwise([T0, T0])
itertools.groupby([T0])  itertools.groupby([T0], lambda item: U)  itertools.tee([T0])  itertools.compress([], [])  itertools.batched([T0], 1)  itertools.batched([T0, T0], 2)  itertools.dropwhile(F0, [])
itertools.takewhile(F0, [])  itertools.filterfalse(None, [])
for itertools.chain([T0])  for itertools.cycle([T0])  for itertools.islice([T0], 1)  for itertools.count()  for itertools.accumulate([T0])
for itertools.repeat(T0)
functools.partial(F0)  functools.reduce(F0, [1, 2])  functools.wraps(function)  functools.lru_cache()  functools.cmp_to_key(max)
functools.partial(F0).func  functools.partial(F0).args  functools.partial(F0).keywords  functools.lru_cache()(function).cache_info()
functools.lru_cache()(function).cache_clear()  functools.lru_cache()(function).cache_parameters()
operator.itemgetter(1)  operator.attrgetter('a')  operator.methodcaller('a')  operator.eq(1, 1)  operator.index(1)
contextlib.suppress()  contextlib.ExitStack()  contextlib.ExitStack().__enter__()
contextlib.closing(X0)  contextlib.redirect_stdout(X0)  contextlib.nullcontext(X0)  contextlib.ExitStack().pop_all()  contextlib.suppress().__enter__()
copy.copy(X0)  copy.deepcopy(X0)
# Numbers of the library
math.sqrt(4)  math.floor(1.5)  math.ceil(1.5)  math.sin(1)  math.cos(1)  math.tan(1)  math.asin(1)  math.acos(1)  math.atan(1)
math.atan2(1, 1)  math.exp(1)  math.log(1)  math.log2(1)  math.log10(1)  math.log1p(1)  math.pow(1, 1)  math.fabs(1)  math.factorial(1)
math.gcd(1, 1)  math.lcm(1, 1)  math.isclose(1, 1)  math.isnan(1)  math.isinf(1)  math.isfinite(1)  math.hypot(1)  math.fsum([])
math.comb(1, 1)  math.perm(1, 1)  math.prod([1])  math.prod([1.5])  math.modf(1)  math.frexp(1)  math.ldexp(1, 1)  math.trunc(1)
math.degrees(1)  math.radians(1)  math.copysign(1, 1)  math.fmod(1, 1)  math.isqrt(1)  math.dist([1], [1])  math.pi  math.e  math.inf  math.nan  math.tau
cmath.sqrt(1)  cmath.exp(1)  cmath.phase(1)  cmath.polar(1)  random.random()  random.randint(1, 2)  random.choice([T0])
random.choices([T0])  random.sample([T0], 1)  random.shuffle([])  random.uniform(1, 2)  random.randrange(2)  random.gauss(1, 1)
random.seed(1)  random.getrandbits(1)  random.randbytes(1)  random.Random().random()  random.Random().randint(1, 2)
random.Random().choice([1])  random.Random().shuffle([])  secrets.token_hex()  secrets.token_bytes()  secrets.token_urlsafe()  secrets.randbelow(2)

decimal.Decimal(1).quantize(decimal.Decimal(1))  decimal.Decimal(1).sqrt()  decimal.Decimal(1).to_integral_value()  decimal.Decimal(1).as_tuple()
decimal.Decimal(1).is_nan()  decimal.Decimal(1).normalize()  decimal.getcontext()  decimal.localcontext()  decimal.Decimal(1).copy_abs()
decimal.Decimal(1).as_integer_ratio()  decimal.getcontext().prec  decimal.Decimal.from_float(1.0)
fractions.Fraction(1).numerator  fractions.Fraction(1).denominator  fractions.Fraction(1).limit_denominator()  fractions.Fraction.from_float(1.0)
# datetime, time, calendar, uuid
datetime.datetime.now()  datetime.datetime.utcnow()  datetime.datetime.today()  datetime.datetime.fromtimestamp(0)  datetime.datetime.strptime('1', '%d')
datetime.datetime.fromisoformat('2020-01-01')  datetime.datetime.combine(DAY, NOON)  datetime.date.today()  datetime.date.fromisoformat('2020-01-01')
datetime.date.fromtimestamp(0)  MOMENT.date()  MOMENT.time()  MOMENT.timetz()  MOMENT.replace()  MOMENT.isoformat()  MOMENT.strftime('')  MOMENT.timestamp()
MOMENT.astimezone()  MOMENT.utcoffset()  MOMENT.timetuple()  MOMENT.utctimetuple()  MOMENT.ctime()  MOMENT.year  MOMENT.month  MOMENT.day  MOMENT.hour
MOMENT.minute  MOMENT.second  MOMENT.microsecond  MOMENT.fold  DAY.isoformat()  DAY.strftime('')  DAY.weekday()  DAY.isoweekday()  DAY.isocalendar()
DAY.replace()  DAY.toordinal()  DAY.timetuple()  DAY.ctime()  DAY.year  DAY.month  DAY.day  NOON.isoformat()  NOON.hour  NOON.minute  NOON.strftime('')
NOON.replace()  SPAN.total_seconds()  SPAN.days  SPAN.seconds  SPAN.microseconds  datetime.timezone.utc  MOMENT.min  MOMENT.max  datetime.timezone.utc.utcoffset(None)
MOMENT.replace(tzinfo=datetime.timezone.utc).utcoffset()  datetime.timezone.utc.tzname(None)
time.time()  time.sleep(0)  time.monotonic()  time.perf_counter()  time.process_time()  time.time_ns()  time.localtime()  time.gmtime()  time.strftime('')
time.strptime('1', '%d')  time.mktime(time.gmtime(0))  time.ctime()  time.asctime()  time.gmtime().tm_year  time.gmtime().tm_mon  time.perf_counter_ns()
calendar.monthrange(2020, 1)  calendar.isleap(2020)  calendar.timegm(time.gmtime(0))  uuid.uuid4()  uuid.uuid1()  uuid.uuid4().hex  uuid.uuid4().int  uuid.uuid4().bytes
zoneinfo.ZoneInfo('UTC')
# os, os.path, pathlib, shutil, tempfile, glob
os.getcwd()  os.listdir(S('.'))  os.scandir('.')  for os.scandir('.')  os.scandir('.').__enter__()  os.stat('.')  os.lstat('.')  os.walk(S('.'))  os.getpid()  os.getenv('PATH')
os.getenv('NOT_THERE')  os.getenv('NOT_THERE', X1)  os.environ.get('NOT_THERE')  os.environ.get('PATH')  os.environ.get('NOT_THERE', X1)  os.environ.pop('SPARE')  os.environ.pop('NOT_THERE', X1)  os.environ['PATH']  os.urandom(1)  os.cpu_count()  os.fspath(S('a'))  os.fsencode('a')  os.fsdecode('a')
os.access('.', 0)  os.makedirs('made/deep')  os.mkdir('made2')  os.rename('made2', 'made3')  os.rmdir('made3')  os.uname()  os.pipe()  os.strerror(1)  os.times()
os.stat('.').st_size  os.stat('.').st_mtime  os.stat('.').st_mode  os.stat('.').st_ino  os.terminal_size((1, 1)).columns  os.get_exec_path()  os.sep  os.linesep  os.name
os.environ.copy()  os.environ.items()  os.environ.keys()  os.environ.values()  os.environ.setdefault('A', 'b')  for os.environ
  next(os.scandir(FOLDER)).is_dir()  next(os.scandir(FOLDER)).is_file()  next(os.scandir(FOLDER)).stat()
os.path.join(S('a'), S('b'))  os.path.exists('.')  os.path.isfile('.')  os.path.isdir('.')  os.path.islink('.')  os.path.basename(S('a'))  os.path.dirname(S('a'))
os.path.abspath(S('a'))  os.path.realpath(S('a'))  os.path.normpath(S('a'))  os.path.relpath(S('a'))  os.path.split(S('a'))  os.path.splitext(S('a'))
os.path.expanduser(S('a'))  os.path.expandvars(S('a'))  os.path.getsize('.')  os.path.getmtime('.')  os.path.isabs('.')  os.path.samefile('.', '.')
  os.path.normcase(S('a'))  os.path.lexists('.')  os.path.ismount('.')
pathlib.Path('a').parent  pathlib.Path('a').name  pathlib.Path('a').stem  pathlib.Path('a').suffix  pathlib.Path('a').suffixes  pathlib.Path('a').parts
pathlib.Path('a').parents  for pathlib.Path('a').parents  pathlib.Path('a').anchor  pathlib.Path('a').drive  pathlib.Path('a').root  pathlib.Path('a').exists()  pathlib.Path('a').is_dir()  pathlib.Path('a').is_file()
pathlib.Path('a').is_absolute()  pathlib.Path('a').resolve()  pathlib.Path('a').absolute()  pathlib.Path('a').joinpath('b')  pathlib.Path('a').with_name('b')
pathlib.Path('a').with_suffix('.b')  pathlib.Path('a').with_stem('b')  pathlib.Path('a').relative_to('a')  pathlib.Path('a').as_posix()  pathlib.Path('/a').as_uri()
pathlib.Path('a').match('b')  pathlib.Path('.').iterdir()  pathlib.Path(FOLDER).glob('*')  pathlib.Path('.').rglob('*')  pathlib.Path('.').stat()  pathlib.Path('.').expanduser()
  pathlib.Path(FILE).read_text()  pathlib.Path(FILE).read_bytes()  pathlib.Path(OUT).write_text('a')  pathlib.Path(OUT).write_bytes(b'a')
pathlib.Path(OUT).touch()  pathlib.Path('made4').mkdir()  pathlib.Path('made4').rmdir()  pathlib.Path.cwd()  pathlib.Path.home()
pathlib.PurePath('a').parent  pathlib.Path('a').is_symlink()  pathlib.Path(OUT).unlink()  pathlib.Path('a').is_relative_to('a')
shutil.which('not-there')  shutil.which('sh')  shutil.disk_usage('.')
shutil.get_terminal_size()  shutil.rmtree('made')  tempfile.mkdtemp(dir='.')  tempfile.mkstemp(dir='.')  tempfile.gettempdir()
tempfile.TemporaryDirectory(dir='.').name  tempfile.TemporaryDirectory(dir='.').__enter__()  tempfile.SpooledTemporaryFile()  glob.glob(S('*'))  glob.iglob(S('*'))  fnmatch.fnmatch('a', 'b')  fnmatch.filter([], 'b')
# Text and data
json.dumps(1)  json.dump(1, io.StringIO())  json.JSONEncoder().encode(1)  json.JSONEncoder().iterencode(1)
csv.reader([])  csv.writer(io.StringIO())  csv.DictReader(['a'])  csv.DictWriter(io.StringIO(), [])  for csv.reader(['a'])  for csv.DictReader(['a', 'b'])  for csv.DictReader(['a,b', 'b'])  for csv.DictReader(['a', 'b,c'])  csv.list_dialects()  csv.DictWriter(io.StringIO(), []).writeheader()
csv.writer(io.StringIO()).writerow([])  csv.writer(io.StringIO()).writerows([])  csv.reader(['a']).line_num  csv.reader(['a']).dialect  csv.DictReader(['a']).fieldnames
struct.pack('b', 1)  struct.unpack('b', b'a')  struct.unpack('?s', b'aa')  struct.unpack('f', b'aaaa')  struct.calcsize('b')  struct.iter_unpack('b', b'a')  struct.iter_unpack('?s', b'aa')  struct.iter_unpack('f', b'aaaa')  struct.Struct('b').pack(1)  struct.Struct('b').unpack(b'a')  struct.Struct('?s').unpack(b'aa')  struct.Struct('f').unpack(b'aaaa')  struct.Struct('b').size
zlib.compress(b'')  zlib.decompress(zlib.compress(b''))  zlib.crc32(b'')  zlib.adler32(b'')  zlib.compressobj()  zlib.decompressobj()  zlib.compressobj().compress(b'')  zlib.compressobj().flush()  zlib.decompressobj().decompress(b'')
gzip.compress(b'')  gzip.decompress(gzip.compress(b''))  bz2.compress(b'')  lzma.compress(b'')  gzip.open(PACKED).read()  binascii.hexlify(b'')  binascii.unhexlify(b'')  base64.b64encode(b'')  base64.b64decode(b'')
base64.urlsafe_b64encode(b'')  base64.urlsafe_b64decode(b'')  base64.b32encode(b'')  base64.b16encode(b'')
hashlib.md5()  hashlib.sha1()  hashlib.sha256()  hashlib.sha512()  hashlib.new('md5')  hashlib.blake2b()  hashlib.sha3_256()  hashlib.md5().digest()  hashlib.md5().hexdigest()  hashlib.md5().update(b'')
hashlib.md5().copy()  hashlib.md5().name  hashlib.md5().digest_size  hashlib.md5().block_size  hmac.new(b'', b'', 'md5')  hmac.new(b'', b'', 'md5').hexdigest()  hmac.new(b'', b'', 'md5').digest()  hmac.compare_digest('', '')
pickle.dumps(1)  pickle.dump(1, io.BytesIO())  marshal.dumps(1)  string.Template('').substitute()  string.Template('').safe_substitute()  string.capwords('')  string.Formatter().format('')
textwrap.dedent('')  textwrap.wrap('a')  textwrap.fill('a')  textwrap.indent('', '')  html.escape('')  html.unescape('')  shlex.split('a')  shlex.quote('a')  shlex.join([])
difflib.unified_diff([], [])  difflib.get_close_matches('a', [])  difflib.SequenceMatcher().ratio()  difflib.ndiff([], [])  unicodedata.name('a')  unicodedata.normalize('NFC', 'a')  unicodedata.category('a')
pprint.pformat(1)  pprint.pprint(1, stream=io.StringIO())  locale.getpreferredencoding()  codecs.open(FILE)  codecs.encode('a')  codecs.decode(b'a')  codecs.lookup('utf-8')  codecs.getincrementaldecoder('utf-8')
array.array('i').append(1)  array.array('i').tobytes()  array.array('i').tolist()  array.array('i').typecode  for array.array('i', [1])  for array.array('d', [1])  for array.array('u', 'a')  array.array('i', [1])[0]  array.array('d', [1])[0]  array.array('u', 'a')[0]  array.array('i')[:]  array.array('i', [1]).itemsize  heapq.heappop([T0])  heapq.heappush([], 1)  heapq.heapify([])
heapq.nlargest(1, [T1])  heapq.nsmallest(1, [T1])  heapq.merge([T0])  heapq.heappushpop([], X1)  heapq.heappushpop([T0], X1)  heapq.heapreplace([T0], 1)  bisect.bisect([], 1)  bisect.bisect_left([], 1)  bisect.bisect_right([], 1)  bisect.insort([], 1)
configparser.ConfigParser().sections()  configparser.ConfigParser().read([])  CONFIG['a']  CONFIG.get('a', 'b')  CONFIG.getint('a', 'c')  CONFIG.getboolean('a', 'c')  CONFIG.getfloat('a', 'c')  CONFIG.has_option('a', 'b')
CONFIG.options('a')  CONFIG.items('a')  CONFIG.has_section('a')  CONFIG['a']['b']  CONFIG['a'].getint('c')  tomllib.loads('')
urllib.parse.urlparse('')  urllib.parse.urlsplit('')  urllib.parse.quote('')  urllib.parse.unquote('')  urllib.parse.urlencode({})  urllib.parse.parse_qs('a=b')  urllib.parse.parse_qsl('a=b')  urllib.parse.urljoin('', '')
urllib.parse.quote_plus('')  urllib.parse.urlunparse(('', '', '', '', '', ''))  urllib.parse.urlparse('').netloc  urllib.parse.urlparse('').scheme  urllib.parse.urlparse('').path  urllib.parse.urlparse('').geturl()  urllib.parse.urlparse('').query
urllib.request.Request('http://a').full_url  http.client.HTTPConnection('a').host  ipaddress.ip_address('1.1.1.1')  ipaddress.ip_address('::1')  ipaddress.ip_network('1.0.0.0/8')
email.message_from_string('')  email.message_from_bytes(b'')  email.message.EmailMessage().as_string()  email.message.EmailMessage().get_content_type()  email.message.Message().as_string()  email.message.Message().items()
email.message.Message().keys()  email.message.Message().walk()  email.utils.parseaddr('')  email.utils.formatdate()  mimetypes.guess_type('a.txt')  mimetypes.guess_type('a.tar.gz')  mimetypes.guess_type('a')
xml.etree.ElementTree.fromstring('<a/>')  xml.etree.ElementTree.parse(XML)  xml.etree.ElementTree.parse(XML).getroot()  xml.etree.ElementTree.tostring(ELEMENT)  xml.etree.ElementTree.SubElement(ELEMENT, 'b')  ELEMENT.find('b')  ELEMENT.find('no')
ELEMENT.findall('b')  ELEMENT.findtext('b')  ELEMENT.findtext('no')  ELEMENT.get('a')  ELEMENT.get('a', X1)  ELEMENT.get('k')  ELEMENT.iter()  ELEMENT.tag  ELEMENT.attrib  ELEMENT.text  WITH_TEXT.text  WITH_TEXT.tail  ELEMENT.items()  ELEMENT.keys()  ELEMENT.itertext()  for ELEMENT  ELEMENT[0]  ELEMENT.append(ELEMENT_TOO)
ELEMENT.set('a', 'b')  xml.etree.ElementTree.parse(XML).find('b')  xml.etree.ElementTree.parse(XML).findall('b')  xml.etree.ElementTree.parse(XML).iter()  xml.dom.minidom.parseString('<a/>')  xml.dom.minidom.parseString('<a/>').documentElement  xml.dom.minidom.parseString('<a/>').toxml()
xml.dom.minidom.parseString('<a/>').getElementsByTagName('a')
sqlite3.connect(':memory:')  DATABASE.cursor()  DATABASE.execute('select 1')  DATABASE.executemany('insert into t values (?)', [])  DATABASE.executescript('')  DATABASE.commit()  DATABASE.rollback()  DATABASE.total_changes  DATABASE.__enter__()
DATABASE.cursor().execute('select 1')  DATABASE.cursor().executemany('insert into t values (?)', [])  bare DATABASE.execute('select 1').fetchone()  bare DATABASE.execute('select 1 where 0').fetchone()  bare DATABASE.execute('select 1').fetchall()  bare DATABASE.execute('select 1').fetchmany()  DATABASE.execute('select 1').rowcount  DATABASE.execute('select 1').lastrowid
bare DATABASE.execute('select 1').description  DATABASE.execute('select 1').connection  bare for DATABASE.execute('select 1')
zipfile.ZipFile(ZIP).namelist()  zipfile.ZipFile(ZIP).infolist()  zipfile.ZipFile(ZIP).open('a')  zipfile.ZipFile(ZIP).read('a')  zipfile.ZipFile(ZIP).getinfo('a')  zipfile.ZipFile(ZIP).__enter__()  zipfile.is_zipfile(ZIP)  zipfile.ZipFile(ZIP).getinfo('a').filename  zipfile.ZipFile(ZIP).getinfo('a').file_size
zipfile.ZipFile(ZIP).close()  tarfile.open(TAR)  tarfile.open(TAR).getmembers()  tarfile.open(TAR).getnames()  tarfile.open(TAR).getmember('a')  tarfile.open(TAR).extractfile('a')  tarfile.open(TAR).__enter__()  for tarfile.open(TAR)  tarfile.open(TAR).next()  tarfile.open(TAR).getmember('a').name  tarfile.open(TAR).getmember('a').size
tarfile.open(TAR).getmember('a').isfile()  tarfile.is_tarfile(TAR)
# Programs
argparse.ArgumentParser().add_argument('--a')  argparse.ArgumentParser().add_argument('--a', action='store_true')  argparse.ArgumentParser().add_argument('--a', action='append')  argparse.ArgumentParser().add_argument_group()  argparse.ArgumentParser().add_mutually_exclusive_group()  argparse.ArgumentParser().add_subparsers()  argparse.ArgumentParser().add_subparsers().add_parser('a')
argparse.ArgumentParser().parse_args([])  argparse.ArgumentParser().parse_known_args([])  argparse.ArgumentParser().format_help()  argparse.ArgumentParser().format_usage()  argparse.ArgumentParser().set_defaults()  argparse.ArgumentParser().add_argument_group().add_argument('--a')
logging.getLogger()  logging.getLogger('a')  logging.getLogger('a').info('')  logging.getLogger('a').debug('')  logging.getLogger('a').getChild('b')  logging.getLogger('a').handlers  logging.getLogger('a').level  logging.getLogger('a').name  logging.getLogger('a').isEnabledFor(1)  logging.getLogger('a').getEffectiveLevel()
logging.getLogger('a').setLevel(30)  logging.getLogger('a').addHandler(logging.NullHandler())  logging.getLogger('a').hasHandlers()  logging.getLogger('a').makeRecord('', 1, '', 1, '', (), None)  logging.StreamHandler().setFormatter(None)  logging.StreamHandler().stream  logging.Formatter().format(RECORD)  RECORD.getMessage()  RECORD.levelname  RECORD.levelno  RECORD.name
logging.getLevelName(10)  logging.basicConfig()
subprocess.Popen(TRUE).wait()  subprocess.Popen(TRUE).communicate()  subprocess.Popen(TRUE).pid  subprocess.Popen(TRUE).__enter__()  subprocess.Popen(TRUE, stdout=subprocess.PIPE).stdout  subprocess.Popen(TRUE, stdout=subprocess.PIPE, text=True).stdout  subprocess.Popen(TRUE).stdout  subprocess.Popen(TRUE, stdout=subprocess.PIPE, stderr=subprocess.PIPE).communicate()  subprocess.Popen(TRUE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).communicate()  subprocess.run(TRUE).stdout  subprocess.run(TRUE, stdout=subprocess.PIPE).stdout  subprocess.run(TRUE, stdout=subprocess.PIPE, text=True).stdout  subprocess.run(TRUE, stderr=subprocess.PIPE).stderr  subprocess.run(TRUE, stderr=subprocess.PIPE, text=True).stderr  subprocess.run(TRUE).stderr  subprocess.run(TRUE)  subprocess.run(TRUE).returncode  subprocess.run(TRUE).check_returncode()  subprocess.call(TRUE)  subprocess.check_call(TRUE)  subprocess.check_output(TRUE)  subprocess.getoutput('true')  subprocess.getstatusoutput('true')

threading.Thread()  threading.Thread().is_alive()  threading.Thread().name  threading.Thread().daemon  threading.Lock()  threading.RLock()  threading.Lock().acquire()  threading.Lock().locked()  threading.Lock().__enter__()  threading.Event().is_set()  threading.Event().set()  threading.Event().wait(0)  threading.current_thread()  threading.enumerate()  threading.active_count()  threading.get_ident()  threading.Condition()  threading.Semaphore().acquire()  threading.local()  threading.main_thread()
threading.Timer(1, function)  threading.Event().clear()  queue.Queue().put(1)  queue.Queue().qsize()  queue.Queue().empty()  queue.Queue().full()  concurrent.futures.ThreadPoolExecutor(1).submit(function)  concurrent.futures.ThreadPoolExecutor(1).map(function, [])  concurrent.futures.ThreadPoolExecutor(1).__enter__()  concurrent.futures.ThreadPoolExecutor(1).submit(function).done()  concurrent.futures.ThreadPoolExecutor(1).submit(function).cancel()  concurrent.futures.wait([])
concurrent.futures.as_completed([])
socket.socket()  SOCKET.fileno()  SOCKET.settimeout(1)  SOCKET.makefile()  SOCKET.__enter__()  SOCKET.family  SOCKET.type  SOCKET.proto  SOCKET.gettimeout()  SOCKET.setsockopt(1, 2, 1)  socket.gethostname()  socket.socketpair()  socket.inet_aton('1.1.1.1')  socket.inet_ntoa(b'aaaa')  socket.htons(1)  socketpair()[0].recv(1)
ssl.create_default_context()  ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_default_certs()  select.select([], [], [], 0)
asyncio.new_event_loop()  LOOP.create_future()  LOOP.is_running()  LOOP.is_closed()  LOOP.time()  LOOP.call_soon(function)  LOOP.call_later(1, function)  LOOP.run_until_complete(nothing())  asyncio.sleep(0)  LOOP.create_future().done()  LOOP.create_future().cancel()  LOOP.create_future().cancelled()  LOOP.create_future().set_result(1)  asyncio.iscoroutinefunction(1)
inspect.signature(function)  inspect.signature(function).parameters  inspect.signature(function).bind(U)  inspect.signature(function).replace()  inspect.signature(function).parameters['a'].name  inspect.signature(function).parameters['a'].kind  inspect.signature(function).parameters['a'].replace()  inspect.signature(function).bind(U).args  inspect.signature(function).bind(U).kwargs  inspect.signature(function).bind(U).arguments
inspect.isclass(1)  inspect.isfunction(1)  inspect.ismethod(1)  inspect.ismodule(1)  inspect.iscoroutinefunction(1)  inspect.isgeneratorfunction(1)  inspect.isabstract(1)  inspect.getdoc(int)  inspect.getmro(int)  inspect.getfullargspec(function)  inspect.stack()  inspect.currentframe()  inspect.currentframe().f_back  inspect.currentframe().f_code  inspect.currentframe().f_locals  inspect.currentframe().f_globals  inspect.currentframe().f_lineno
inspect.getclosurevars(function)  inspect.getcallargs(function, U)  inspect.cleandoc('')
ast.parse('1')  ast.dump(TREE)  ast.walk(TREE)  ast.unparse(TREE)  ast.iter_child_nodes(TREE)  ast.get_docstring(TREE)  ast.get_docstring(ast.parse('"a"'))  TREE.body  dis.get_instructions(function)  dis.Bytecode(function)  tokenize.tokenize(io.BytesIO(b'').readline)  tokenize.generate_tokens(io.StringIO('').readline)  traceback.format_exc()  traceback.format_exception(ValueError, ValueError(), None)  traceback.extract_stack()  traceback.format_stack()
importlib.util.find_spec('math')  importlib.util.find_spec('not_there')  pkgutil.iter_modules([])  types.SimpleNamespace()  types.MappingProxyType({})  types.MappingProxyType({T0: T1}).get(1)  types.MappingProxyType({T0: T1}).get(T0)  types.MappingProxyType({T0: T1})[T0]  types.MappingProxyType({T0: T1}).items()  types.MappingProxyType({T0: T1}).keys()
sys.argv  sys.path  sys.modules  sys.version  sys.version_info  sys.platform  sys.executable  sys.maxsize  sys.byteorder  sys.getsizeof(1)  sys.getrecursionlimit()  bare sys.exc_info()  sys.getrefcount(1)  sys.intern('a')  sys._getframe()  sys.getdefaultencoding()  sys.getfilesystemencoding()  sys.hexversion  sys.flags  sys.implementation  sys.version_info.major  sys.version_info.minor  sys.version_info.releaselevel  sys.setrecursionlimit(1000)  sys.prefix  sys.builtin_module_names
platform.system()  platform.python_version()  platform.machine()  platform.platform()  platform.uname()  platform.node()  gc.collect()  weakref.ref(box)  weakref.WeakKeyDictionary()  contextvars.ContextVar('a')  contextvars.ContextVar('a').set(1)  contextvars.copy_context()  warnings.catch_warnings().__enter__()  warnings.catch_warnings(record=True).__enter__()
unittest.mock.Mock().method  unittest.mock.patch.object(box, 'a')  unittest.TestCase().assertEqual(1, 1)  unittest.TestCase().assertTrue(1)  unittest.TestCase().assertRaises(ValueError)  unittest.TestCase().subTest()  unittest.TestCase().id()  unittest.TestCase().assertRaises(ValueError).__enter__()  unittest.TestSuite()  unittest.TestCase().assertLogs()
enum.auto()  COLOUR.name  timeit.timeit('1', number=1)  timeit.default_timer()  graphlib.TopologicalSorter().static_order()  mmap.mmap(-1, 1)  mmap.mmap(-1, 1).read()  keyword.iskeyword('a')  linecache.getline('a', 1)  sysconfig.get_path('stdlib')  sysconfig.get_paths()  sched.scheduler()  html.parser.HTMLParser().feed('')
'''

MODES = [text + extra for text in ('r', 'w', 'a', 'x') for extra in
         ('', 't', 'b', '+', 'b+', '+b', 't+', '+t')] + ['br', 'bw', 'ba']
# What an argument decides: an expression in which {} is the argument's text, its parameter, and the texts.
CASES = [
    ('open(FILE, "rb", buffering={0!r})', 'buffering', [0]),
    ('io.open(FILE, "rb", buffering={0!r})', 'buffering', [0]),
    ('open(file_for({0!r}), {0!r})', 'mode', MODES),
    ('io.open(file_for({0!r}), {0!r})', 'mode', MODES),
    ('os.fdopen(os.open(FILE, os.O_RDWR), {0!r})', 'mode', [mode for mode in MODES if 'x' not in mode]),
    ('pathlib.Path(file_for({0!r})).open({0!r})', 'mode', MODES),
    ('tempfile.TemporaryFile({0!r}, dir=".")', 'mode', ['w', 'w+', 'wb', 'w+b', 'r+', 'r+b', 'w+t']),
    ('tempfile.NamedTemporaryFile({0!r}, dir=".")', 'mode', ['w', 'w+', 'wb', 'w+b', 'r+', 'r+b', 'w+t']),
    ('gzip.open(packed_for(gzip, {0!r}), {0!r})', 'mode', ['r', 'rb', 'rt', 'w', 'wb', 'wt', 'a', 'ab', 'at', 'x', 'xb', 'xt']),
    ('bz2.open(packed_for(bz2, {0!r}), {0!r})', 'mode', ['r', 'rb', 'rt', 'w', 'wb', 'wt', 'a', 'ab', 'at', 'x', 'xb', 'xt']),
    ('lzma.open(packed_for(lzma, {0!r}), {0!r})', 'mode', ['r', 'rb', 'rt', 'w', 'wb', 'wt', 'a', 'ab', 'at', 'x', 'xb', 'xt']),
    ('subprocess.check_output(TRUE, text={0!r})', 'text', [True, False]),
    ('subprocess.check_output(TRUE, universal_newlines={0!r})', 'universal_newlines', [True, False]),
    ('os.listdir(path={0!r})', 'path', [b'.', '.', None]),
    ('xml.etree.ElementTree.tostring(ELEMENT, encoding={0!r})', 'encoding', ['unicode', 'utf-8', 'us-ascii']),
    ('socket.socket().makefile({0!r})', 'mode', ['r', 'w', 'rb', 'wb', 'rwb']),
]

# What the number of arguments decides.
COUNTS = [
    ('max([T0])', 1), ('min([T0])', 1), ('max([T0, T0])', 1), ('min([T0, T0])', 1),
    ('zip([T0])', 1), ('zip([T0], [T1])', 2), ('zip([T0], [T1], [T2])', 3),
    ('itertools.product([T0])', 1), ('itertools.product([T0], [T1])', 2), ('itertools.product([T0], [T1], [T2])', 3),
    ('itertools.zip_longest([T0], [T1])', 2), ('itertools.zip_longest([T0], [])', 2), ('itertools.zip_longest([], [T1])', 2),
]

# For each class: instances, as the left side and as the right side of operators.
OPERANDS = [
    ('1', '1'), ('-2', '-2'), ('True', 'True'), ('1.5', '1.5'), ('1j', '1j'), ("'a'", "'a'"), ("'%s'", "'b'"), ("b'a'", "b'a'"), ("bytearray(b'a')", "bytearray(b'a')"),
    ('[T0]', '[T1]'), ('(T0,)', '(T1,)'), ('(T0, T0)', '(T1,)'), ('{T0}', '{T1}'), ('frozenset([T0])', 'frozenset([T1])'), ('{U: U}', '{U: U}'), ('None', 'None'), ('range(2)', 'range(2)'),
    ('{T0: U}.keys()', '{T1: U}.keys()'), ('int', 'str'),
    ('collections.deque([T0])', 'collections.deque([T1])'), ('collections.Counter()', 'collections.Counter()'), ('collections.OrderedDict()', 'collections.OrderedDict()'),
    ('MOMENT', 'MOMENT'), ('DAY', 'DAY'), ('SPAN', 'SPAN'), ('decimal.Decimal(2)', 'decimal.Decimal(2)'), ('fractions.Fraction(1, 2)', 'fractions.Fraction(1, 2)'),
    ("pathlib.Path('a')", "pathlib.Path('a')"), ("pathlib.PurePath('a')", "pathlib.PurePath('a')"),
]
OPERATORS = ['+', '-', '*', '/', '//', '%', '**', '@', '<<', '>>', '&', '|', '^']


class Marker:
    """What a caller brings; it can be compared, hashed, added and called."""

    def __init__(self, text):
        self.text = text

    def __lt__(self, other):
        return False

    def __add__(self, other):
        return self

    def __radd__(self, other):
        return self

    def __iadd__(self, other):
        return self

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


T0, T1, T2, X0, X1, X2, R0, U = map(Marker, ['$0', '$1', '$2', '@0', '@1', '@2', '%0', '?'])
MARKERS = {id(marker): marker.text for marker in (T0, T1, T2, X0, X1, X2, R0, U)}


def function(a, *, b=U):
    'A function.'
    return U


def F0(*arguments):
    return R0


def gen(*values):
    yield from values


async def nothing():
    return U


class Box:
    pass


class Child(Box):
    pass



HEAP_TYPE = 1 << 9
VIEWS = (collections.abc.KeysView, collections.abc.ValuesView, collections.abc.ItemsView)
SINGLE = (list, set, frozenset, collections.deque)
ENOUGH = 20


class Describer:
    """Types of values in the notation above."""

    def __init__(self, add_class, qualified, home_of):
        self.add_class, self.qualified, self.home_of = add_class, qualified, home_of

    def describe(self, value, depth=0):
        if id(value) in MARKERS:
            return MARKERS[id(value)]
        cls = type if issubclass(type(value), type) else type(value)
        if cls.__module__ in ('experiments', '__main__'):
            return None
        self.add_class(cls)
        name = self.qualified(cls)
        arguments = self.arguments(value, cls, depth) if depth < 4 else []
        return merge(['%s[%s]' % (name, ','.join(arguments))]) if arguments else name

    def union(self, values, depth):
        found = {self.describe(value, depth + 1) for value in values}
        return None if None in found else merge(found)

    def arguments(self, value, cls, depth):
        if cls is tuple:
            described = [self.union([item], depth) for item in value] if len(value) <= ENOUGH else []
            return described if None not in described else []
        try:
            if isinstance(value, VIEWS) and isinstance(value, collections.abc.ItemsView):
                pairs = list(itertools.islice(iter(value), ENOUGH))
                groups = [[key for key, _ in pairs], [item for _, item in pairs]]
            elif isinstance(value, (dict, types.MappingProxyType)) :
                groups = [list(itertools.islice(iter(part), ENOUGH)) for part in (value.keys(), value.values())]
            elif isinstance(value, SINGLE + VIEWS) or (
                    isinstance(value, collections.abc.Iterator) and not isinstance(value, (io.IOBase, types.GeneratorType))
                    and (cls.__module__ in ('builtins', 'itertools') or isinstance(value, types.GeneratorType))):
                groups = [list(itertools.islice(iter(value), ENOUGH))]
            elif isinstance(value, types.GeneratorType):
                groups = [list(itertools.islice(value, ENOUGH))]
            elif isinstance(value, re.Pattern):
                groups = [[value.pattern]]
            elif isinstance(value, re.Match):
                groups = [[value.string]]
            else:
                return []
            described = [self.union(group, depth) for group in groups]
        except Exception:
            return []
        return described if all(described) else []


# ---- The notation: taking types apart and putting alternatives together ----------------------------------------------

def split(text, separator):
    """The parts of a text between separators outside of brackets."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += {'[': 1, ']': -1}.get(character, 0)
        if character == separator and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return parts + [text[start:]] if text else []


def merge(alternatives):
    """One text for several types: arguments of the same class are united, tuples of several lengths have any."""
    by_name = {}
    alternatives = list(alternatives)
    if '?' in alternatives:
        return '?'
    for text in alternatives:
        for one in split(text, '|'):
            name, bracket, rest = one.partition('[')
            by_name.setdefault(name, []).append(split(rest[:-1], ',') if bracket else [])
    result = []
    for name in sorted(by_name):
        lists = [arguments for arguments in by_name[name] if arguments]
        if not lists:
            result.append(name)
        elif name == 'builtins.tuple' and (len({len(one) for one in lists}) > 1 or any('...' in one for one in lists)):
            result.append('%s[%s,...]' % (name, merge(item for one in lists for item in one if item != '...')))
        elif name == 'builtins.tuple' and len(lists[0]) == 1:
            # Nothing tells that one is all there can be.
            result.append('%s[%s,...]' % (name, merge(one[0] for one in lists)))
        elif len({len(one) for one in lists}) > 1:
            result.append(name)
        else:
            result.append('%s[%s]' % (name, ','.join(merge(items) for items in zip(*lists))))
    return '|'.join(result)


# ---- Running -------------------------------------------------------------------------------------------------------

def namespace():
    """What the expressions can name."""
    names = {'T0': T0, 'T1': T1, 'T2': T2, 'X2': X2, 'X0': X0, 'X1': X1, 'F0': F0, 'S': str, 'function': function, 'gen': gen, 'U': U,
             'nothing': nothing, 'box': Box(), 'Child': Child}
    names['__builtins__'] = builtins
    for module in IMPORTS + ['argparse']:
        try:
            importlib.import_module(module)
            names[module.split('.')[0]] = sys.modules[module.split('.')[0]]
        except Exception:
            pass
    os.mkdir('folder')
    os.environ['SPARE'] = ''
    for name, text in (('file', 'text\n'), ('out', ''), ('folder/file', ''), ('data.xml', '<a k="v"><b>t</b></a>')):
        with open(name, 'w') as stream:
            stream.write(text)
    counter = itertools.count()

    def file_for(mode):
        return 'new%d' % next(counter) if 'x' in mode else 'file'

    def packed_for(module, mode):
        name = 'new%d' % next(counter)
        if 'x' not in mode:
            with open(name, 'wb') as stream:
                stream.write(module.compress(b''))
        return name

    names.update(FILE='file', OUT='out', FOLDER='folder', XML='data.xml', file_for=file_for, packed_for=packed_for)
    names['TRUE'] = ['true']
    for name, text in SETUP:
        try:
            exec(text, names)
        except Exception as error:
            print('experiments: %s: %s' % (name, error), file=sys.stderr)
    return names


SETUP = [
    ('times', 'MOMENT = datetime.datetime(2020, 1, 2, 3, 4, 5); DAY = MOMENT.date(); NOON = MOMENT.time(); SPAN = datetime.timedelta(1)'),
    ('config', 'CONFIG = configparser.ConfigParser(); CONFIG.read_string("[a]\\nb = text\\nc = 1\\n")'),
    ('xml', 'ELEMENT = xml.etree.ElementTree.fromstring("<a k=\'v\'><b>t</b></a>"); ELEMENT_TOO = xml.etree.ElementTree.fromstring("<c/>")\n'
            'WITH_TEXT = xml.etree.ElementTree.fromstring("<a>t<b/>u</a>"); WITH_TEXT = WITH_TEXT'),
    ('sqlite', 'DATABASE = sqlite3.connect(":memory:"); DATABASE.execute("create table t (a)")'),
    ('zip', 'ZIP = "a.zip"\nwith zipfile.ZipFile(ZIP, "w") as z: z.writestr("a", "b")'),
    ('tar', 'TAR = "a.tar"\nwith tarfile.open(TAR, "w") as t: t.add("file", "a")'),
    ('gzip', 'PACKED = "a.gz"\nwith gzip.open(PACKED, "wb") as g: g.write(b"a")'),
    ('record', 'RECORD = logging.LogRecord("a", 1, "", 1, "m", (), None)'),
    ('socket', 'SOCKET = socket.socket(); OPEN = []\ndef socketpair():\n    pair = socket.socketpair(); pair[1].send(b"a"); return pair'),
    ('asyncio', 'LOOP = asyncio.new_event_loop()'),
    ('ast', 'TREE = ast.parse("1")'),
    ('enum', 'import re; COLOUR = re.I'),
]


class Runner:
    def __init__(self, describer):
        self.describer = describer
        self.names = namespace()
        self.results = {}
        self.operations = {}

    def evaluate(self, node):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            sys.stdin = io.StringIO('line\n')
            return eval(compile(ast.Expression(node), '<experiment>', 'eval'), self.names)

    def try_text(self, text, case=None):
        """Evaluates an expression and keeps its type with what it tells about."""
        bare = text.startswith('bare ')
        text = text[5:] if bare else text
        of_items = text.startswith('for ')
        node = ast.parse(text[4:] if of_items else text, mode='eval').body
        try:
            if 'S(' in text:
                found = self.try_both(node)
            else:
                found = self.try_node(node, of_items)
        except Exception as error:
            print('experiments: %s: %s: %s' % (text, type(error).__name__, error), file=sys.stderr)
            return
        if found and found[2]:
            target, of, result = found
            if bare:
                result = re.sub(r'(builtins\.tuple)\[[^][]*\]', r'\1', result)
            self.results.setdefault((target, of, case), set()).add(result)

    def try_both(self, node):
        self.names['S'] = str
        target, of, with_text = self.try_node(node, False)
        self.names['S'] = str.encode
        _, _, with_bytes = self.try_node(node, False)
        sign = '$0' if target.startswith(('re.Pattern.', 're.Match.')) else '~0'
        both = [re.sub(r'builtins\.%s\b' % name, lambda _: sign, text)
                for name, text in (('str', with_text), ('bytes', with_bytes))]
        return target, of, both[0] if both[0] == both[1] and with_text != with_bytes else merge([with_text, with_bytes])

    def try_node(self, node, of_items):
        """(what it tells about, how, type)"""
        if of_items:
            value = self.evaluate(node)
            cls = type(value)
            if isinstance(value, (dict, set, frozenset, list, tuple)):
                items = list(value)
            else:
                items = list(itertools.islice(iter(value), ENOUGH))
            own = isinstance(value, collections.abc.Iterator) and '[' in self.describer.describe(self.evaluate(node))
            result = '$0' if own else merge(filter(None, {self.describer.describe(item) for item in items}))
            self.describer.add_class(cls)
            return self.describer.qualified(cls), 'item', result
        if isinstance(node, ast.Call):
            return self.try_call(node)
        if isinstance(node, ast.Subscript):
            receiver = self.evaluate(node.value)
            self.names['RECEIVER'] = receiver
            value = self.evaluate(ast.fix_missing_locations(ast.Subscript(ast.Name('RECEIVER', ast.Load()), node.slice, ast.Load())))
            return self.owned(receiver, '__getitem__', 'call', value)
        receiver = self.evaluate(node.value)
        value = getattr(receiver, node.attr)
        if isinstance(receiver, types.ModuleType):
            return '%s.%s' % (receiver.__name__, node.attr), 'attribute', self.describer.describe(value)
        return self.owned(receiver, node.attr, 'attribute', value)

    def owned(self, receiver, attribute, of, value):
        cls = type(receiver)
        self.describer.add_class(cls)
        result = self.describer.describe(value)
        for owner in cls.__mro__:
            if attribute in vars(owner):
                if type(value) is cls and (owner is not cls or value is receiver and cls.__flags__ & HEAP_TYPE):
                    result = '^'
                if attribute == '__next__':
                    result = '$0'
                # What a base class gives may depend on the class that has it.
                return '%s.%s' % (self.describer.qualified(cls), attribute), of, result
        return '%s.%s' % (self.describer.qualified(cls), attribute), 'instance', result

    def try_call(self, node):
        function = node.func
        if isinstance(function, ast.Attribute):
            receiver = self.evaluate(function.value)
            self.names['RECEIVER'] = receiver
            node.func = ast.fix_missing_locations(ast.copy_location(
                ast.Attribute(ast.copy_location(ast.Name('RECEIVER', ast.Load()), node), function.attr, ast.Load()), node))
            called = getattr(receiver, function.attr)
            value = self.evaluate(node)
            node.func = function
            if issubclass(type(receiver), type) and not issubclass(type(called), type):
                for owner in receiver.__mro__:
                    if function.attr in vars(owner):
                        self.describer.add_class(receiver)
                        result = self.describer.describe(value)
                        if type(value) is receiver and '[' not in result and self.follows_class(receiver, function.attr, node):
                            result = '^'
                        return '%s.%s' % (self.describer.qualified(receiver), function.attr), 'call', result
                return self.owned(receiver, function.attr, 'call', value)
            if not isinstance(receiver, types.ModuleType) and not issubclass(type(called), type):
                return self.owned(receiver, function.attr, 'call', value)
            place = '%s.%s' % (receiver.__name__, function.attr)
        else:
            called = self.evaluate(function)
            value = self.evaluate(node)
            place = 'builtins.%s' % getattr(function, 'id', '')
        if issubclass(type(called), type):
            self.describer.add_class(called)
            result = self.describer.describe(value)
            place = self.describer.qualified(called)
            # That a class makes instances of its own goes without saying.
            return (place, 'call', None if result == place else result)
        home = self.describer.home_of(called)
        if isinstance(function, ast.Call):
            return self.owned(called, '__call__', 'call', value)
        return ('%s.%s' % home if home else place), 'call', self.describer.describe(value)

    def follows_class(self, cls, attribute, node):
        """Whether a class method makes instances of the subclass that it is called on."""
        try:
            self.names['RECEIVER'] = derived = type(cls.__name__, (cls,), {})
            node.func = ast.fix_missing_locations(ast.copy_location(
                ast.Attribute(ast.copy_location(ast.Name('RECEIVER', ast.Load()), node), attribute, ast.Load()), node))
            return type(self.evaluate(node)) is derived
        except Exception:
            return False

    def operate(self):
        pairs = [(left, right) for left, _ in OPERANDS for _, right in OPERANDS] + [('re.I', 're.M')]
        for left, right in pairs:
            for operator in OPERATORS:
                try:
                    sides = eval(left, self.names), eval(right, self.names)
                    value = eval('%s %s %s' % (left, operator, right), self.names)
                except Exception:
                    continue
                key = tuple(self.describer.qualified(type(side)) for side in sides)
                result = self.describer.describe(value)
                if result:
                    self.operations.setdefault((key[0], operator, key[1]), set()).add(result)


def run(add_class, home_of, qualified):
    """The records of all experiments."""
    before = os.getcwd()
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    try:
        runner = Runner(Describer(add_class, qualified, home_of))
        for line in EXPRESSIONS.splitlines():
            if not line.startswith('#'):
                for text in filter(None, line.split('  ')):
                    runner.try_text(text.strip())
        for template, parameter, values in CASES:
            for value in values:
                runner.try_text(template.format(value), (parameter, repr(value)))
        for text, count in COUNTS:
            runner.try_text(text, ('', str(count)))
        runner.operate()
        records = []
        for (target, of, case), found in sorted(runner.results.items(), key=str):
            result = merge(found)
            # What is None here may be something else in another state.
            if result == '?' or of in ('attribute', 'instance') and (result == 'builtins.NoneType' or 'function' in result):
                continue
            record = {'is': 'result', 'name': '', 'target': target, 'of': of, 'result': result}
            if case:
                record['case'] = list(case)
            records.append(record)
        for (left, operator, right), found in sorted(runner.operations.items()):
            records.append({'is': 'operation', 'name': '', 'left': left, 'operator': operator, 'right': right, 'result': merge(found)})
        return records
    finally:
        os.chdir(before)
        shutil.rmtree(folder, ignore_errors=True)
