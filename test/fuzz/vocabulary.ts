// The words that the fuzzer's inputs are made of: operators, keywords, beginnings of literals, library names that
// something is known of, and what opens a nested construct.

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const OPERATORS = words(
  '( ) [ ] { } : ; , . ... = := == != < > <= >= -> + - * ** / // % @ & | ^ ~ << >> += **= //= @= ! \\ $ ? `',
);

const STATEMENTS = words(
  'def class lambda if elif else for while in is not and or async await match case type try except except* finally ' +
    'with as import from return yield raise global nonlocal del pass break continue assert lazy print exec',
);

const LITERALS = [
  ...words('0 1 0x 0b1 0o7 1_0 1e 1e5 1j 00 1.5 .5 1if 0xfor None True False __debug__ Ellipsis'),
  ...words(
    `"" '' "a" 'a' f" f' t" t' b" rb' u" f"{ {x} f"{x!r:{y}}" t"{x}" """ ''' f""" b"é" "\\N{DIGIT}" '\\x'`,
  ),
  '"%s" % ',
];

const NAMES = words(
  'a b x self cls super __class__ f g C D args kwargs print int str tuple list dict set type object property ' +
    'dataclass field namedtuple partial wraps enum.Enum typing.NamedTuple TypedDict TypeVar Generic Callable ' +
    'staticmethod classmethod functools collections dataclasses é ℌ x.y x.__init__ __init__ __slots__ __all__ __a _',
);

const PAIRS = [
  'def f(',
  'def f(a): ',
  'class C(',
  'class C: ',
  'for x in ',
  '[x for x in y',
  'async for ',
  'lambda x: ',
  'match x:\n case ',
  'import a.b as c',
  'from . import *',
  'from __future__ import annotations\n',
  'not -',
  '{1:=',
  '**{',
  '*[',
  'k=1, ',
  '@d\n',
  'f(*',
  'x[',
  'yield from ',
  'else:\n',
  'type X[T: int = 1] = ',
  'def f[T](',
  'class C[**P, *Ts](',
];

const SPACE = [' ', ' ', '\n', '\n', '\n  ', '\n    ', '\t', '\f', '#', '\r\n', '\\\n'];

export const VOCABULARY: readonly string[] = [
  ...OPERATORS,
  ...STATEMENTS.flatMap(word => [word, `${word} `]),
  ...LITERALS,
  ...NAMES,
  ...PAIRS,
  ...SPACE,
];

/** What something may follow that is of the same kind. */
export const OPENERS: readonly string[] = [
  ...words(
    '( [ { -  ~ + * ** @ : . , = := == < -> ! f" t\' f"{ f"{x!r:{ """ \' lambda: await x( x[ f(* f(** {* {** (* [* (** [** {1: {1:= x=',
  ),
  'not ',
  'not -',
  'lambda x=',
  'await ',
  'yield ',
  'yield from ',
  'async ',
  'for ',
  'for x in ',
  'for x in {*a,',
  ' for y in z',
  'if x',
  ' if x else ',
  'a and ',
  'a or ',
  'a + ',
  '(1,) + ',
  'x < ',
  'x.y',
  'x()',
  'x[1]',
  'f(a for ',
  'f(k=1, ',
  'k=1, ',
  'f(x=for (',
  '[==x:=',
  'class C(',
  'def f(a=',
  'def f():\n',
  'class C:\n',
  'if x:\n',
  'elif x: pass\n',
  'try:\n',
  'except: pass\n',
  'with a as b, ',
  'with (',
  'case [',
  'match x:\n case ',
  'case {1: ',
  'case C(a=',
  'case x | ',
  'import a.',
  'from .',
  'del (',
  'global x, ',
  'type X = ',
  'def f[T: ',
  '@d\n',
  'x = ',
  'x: ',
  '1 ',
  '"a" ',
  'f"{x}" ',
  '\\\n',
  '#\n',
  ';',
];
