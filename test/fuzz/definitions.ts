// Programs for what looks beyond a syntax tree: classes that derive from each other, functions with every kind of
// parameter and decorator, library functions that make classes, and calls of all of them, right and wrong.
type Random = (below: number) => number;

const PREAMBLE = `import enum, functools, collections, dataclasses, typing, contextlib, abc
from dataclasses import dataclass, field, make_dataclass
from collections import namedtuple
from functools import partial, wraps, lru_cache, singledispatch, partialmethod, cached_property
from typing import NamedTuple, TypedDict, Generic, TypeVar, overload, Callable, ClassVar
`;

const DECORATORS = [
  '@staticmethod',
  '@classmethod',
  '@property',
  '@dataclass',
  '@dataclass(frozen=True, kw_only=True)',
  '@functools.wraps(f0)',
  '@lru_cache(maxsize=None)',
  '@overload',
  '@contextlib.contextmanager',
  '@abc.abstractmethod',
  '@deco',
  '@deco(1)',
  '@lambda f: f',
  '@singledispatch',
  '@functools.total_ordering',
];

const PARAMETERS = [
  'self',
  'cls',
  'a',
  'b',
  'c',
  'a=1',
  'b: int',
  'c: "C0" = None',
  '*',
  '*args',
  '*args: int',
  '**kw',
  '/',
  'é',
  '__p',
  'self=self',
  'd=lambda: f0()',
];

const ARGUMENTS = [
  '1',
  'a',
  'f0()',
  'C0()',
  '*x',
  '*(1, 2)',
  '**x',
  '**{"a": 1}',
  '**{"q\\n\\n![i](https://evil/x.png)": 1}',
  '**dict(a=1)',
  'a=1',
  'b=f1',
  'c=C1',
  'self',
  'lambda: 0',
  '[x for x in y]',
  '"a b"',
  '"a`b", ["c"]',
  '(("a", int), ("b", str))',
];

/** A program of some definitions and calls. */
export function definitionsAndCalls(random: Random): string {
  const pick = (list: readonly string[]): string => list[random(list.length)];
  const some = (most: number, list: readonly string[]): string =>
    Array.from({ length: random(most + 1) }, () => pick(list)).join(', ');
  const name = (): string => `${pick(['f', 'C', 'v'])}${random(6)}`;
  const expression = (depth: number): string => {
    switch (random(depth > 3 ? 3 : 14)) {
      case 0:
        return name();
      case 1:
        return pick(ARGUMENTS.filter(text => !/^\*|^\w+=/.test(text)));
      case 2:
        return pick(['1', '"x"', 'None', '()', '[]', '{}']);
      case 3:
        return `${expression(depth + 1)}.${pick(['a', 'm0', 'm1', '__init__', '__class__', '__dict__', 'x'])}`;
      case 4:
        return `${expression(depth + 1)}[${expression(depth + 1)}]`;
      case 5:
        return `partial(${expression(depth + 1)}, ${some(2, ARGUMENTS)})`;
      case 6:
        return `type(${pick(['"T"', '"a\\nb"', name()])}, (${name()},), {"a": ${expression(depth + 1)}})`;
      case 7:
        return `namedtuple("N", ${pick(['"a b c"', '["a", "b"]', '"a a"', 'f0'])}, ${pick(['rename=True', 'defaults=(1,)', 'module=1'])})`;
      case 8:
        return `make_dataclass(${pick(['"M"', '"q\\n\\n<b>"'])}, [("a", int), "b", ("c", int, field(default=1))])`;
      case 9:
        return `enum.Enum("E", ${pick(['"a b"', '["a"]', '{"a": 1}'])})`;
      case 10:
        return `(${expression(depth + 1)} ${pick(['or', 'and', 'if x else', '+', '%'])} ${expression(depth + 1)})`;
      case 11:
        return `(lambda ${pick(['', 'a', '*a', 'a, b=1'])}: ${expression(depth + 1)})`;
      case 12:
        return `super().${pick(['m0', '__init__', '__new__'])}(${some(2, ARGUMENTS)})`;
      default:
        return `${expression(depth + 1)}(${some(3, ARGUMENTS)})`;
    }
  };
  const decorators = (indent: string): string =>
    Array.from({ length: random(5) === 0 ? 1 + random(2) : 0 }, () => `${indent}${pick(DECORATORS)}\n`).join(
      '',
    );
  const definition = (indent: string, spelled: string): string => {
    const doc =
      random(4) === 0 ? `${indent}  """Doc of it.\n\n${indent}  :param a: what *a* is\n${indent}  """\n` : '';
    const word = random(8) === 0 ? 'async def' : 'def';
    const body = pick(['return', 'yield', 'return self', 'raise', 'x = await', 'yield from']);
    return `${decorators(indent)}${indent}${word} ${spelled}(${some(5, PARAMETERS)}):\n${doc}${indent}  ${body} ${expression(0)}\n`;
  };
  const statement = (): string => {
    switch (random(8)) {
      case 0:
      case 1:
        return definition('', `f${random(6)}`);
      case 2:
      case 3: {
        const bases = Array.from({ length: random(3) }, () =>
          random(3) === 0
            ? pick(['NamedTuple', 'enum.Enum', 'TypedDict', 'Generic[T]', 'tuple', 'type'])
            : name(),
        );
        if (random(5) === 0) bases.push(`metaclass=${name()}`);
        const members = Array.from({ length: random(4) }, (_, i) =>
          random(3) === 0
            ? `  ${pick(['a', 'b', '__slots__', '__call__'])}${pick([': int', ' = 1', ': str = field()'])}\n`
            : definition('  ', pick([`m${i}`, '__init__', '__new__', '__call__', '__getattr__', '__get__'])),
        );
        return `${decorators('')}class C${random(6)}(${bases.join(', ')}):\n${members.join('') || '  pass\n'}`;
      }
      case 4:
        return `v${random(6)} = ${expression(0)}\n`;
      case 5:
        return `if ${expression(1)}:\n  ${name()} = ${expression(0)}\nelse:\n  ${name()} = ${expression(0)}\n`;
      case 6:
        return `${name()}.${pick(['a', '__call__', '__signature__', '__doc__', '__wrapped__'])} = ${expression(0)}\n`;
      default:
        return `${expression(0)}(${some(4, ARGUMENTS)})\n`;
    }
  };
  return PREAMBLE + Array.from({ length: 3 + random(12) }, statement).join('');
}
