// Orders of classes and what is looked up along them: getmro(), getclasstree(), getattr_static(), getdoc(), unwrap(),
// against every CPython.
import assert from 'node:assert/strict';
import { type ClassTree, getClassTree } from '../../../server/src/python/inspect/classTree.ts';
import {
  cleandoc,
  type DocLookup,
  docstring,
  type Documented,
  getdoc,
} from '../../../server/src/python/inspect/doc.ts';
import { mroOf } from '../../../server/src/python/inspect/mro.ts';
import {
  type AttributeLookup,
  getattrStatic,
  getMembersStatic,
} from '../../../server/src/python/inspect/staticAttributes.ts';
import { unwrap } from '../../../server/src/python/inspect/unwrap.ts';
import { analyze } from '../../../server/src/python/index.ts';
import type { Dialect } from '../../../server/src/python/versions/dialect.ts';
import { TARGETS } from '../../../server/src/python/versions/target.ts';
import { randomNumbers } from '../../oracle/mutations.ts';
import { judged } from './judging.ts';

/** A class of a random hierarchy. */
interface Cls {
  readonly name: string;
  readonly bases: readonly Cls[];
  /** What we say of it. */
  mro: readonly Cls[];
}

const OBJECT: Cls = { name: 'object', bases: [], mro: [] };
OBJECT.mro = [OBJECT];

/**
 * Classes with random bases, as Python makes them one after the other: what it refuses is left out. The outcomes are
 * of all, the names of the MRO or what is refused.
 */
function hierarchy(
  seed: number,
  count: number,
  dialect: Dialect,
): [classes: Cls[], outcomes: unknown[], names: string[][]] {
  const pick = randomNumbers(seed);
  const classes: Cls[] = [];
  const outcomes: unknown[] = [];
  const bases: string[][] = [];
  for (let i = 0; i < count; i++) {
    const chosen = Array.from({ length: pick(4) }, () => pick(i + 1));
    // The same choices for every version: a class that was refused stands for object.
    const own = chosen.map(at => (at === i ? OBJECT : (made(at) ?? OBJECT)));
    if (own.length === 0) own.push(OBJECT);
    bases.push(own.map(({ name }) => name));
    const cls: Cls = { name: `C${i}`, bases: own, mro: [] };
    const result = mroOf(cls, own, { name: ({ name }) => name, mro: ({ mro }) => mro }, dialect.inspect);
    if ('typeError' in result) outcomes.push(result.typeError);
    else {
      cls.mro = result;
      classes.push(cls);
      outcomes.push(result.map(({ name }) => name));
    }
  }
  function made(at: number): Cls | undefined {
    return classes.find(({ name }) => name === `C${at}`);
  }
  return [classes, outcomes, bases];
}

const HIERARCHY = `
made = {'object': object}
def mro(name, bases):
    try:
        made[name] = type(name, tuple(made[base] for base in bases), {'__module__': 'm'})
        return [cls.__name__ for cls in made[name].__mro__]
    except TypeError as error:
        return str(error)
def tree(entries):
    return [tree(entry) if isinstance(entry, list) else [entry[0].__name__, [base.__name__ for base in entry[1]]]
            for entry in entries]
`;

const plainTree = (entries: ClassTree<Cls>): unknown[] =>
  entries.map(entry =>
    'cls' in entry ? [entry.cls.name, entry.bases.map(({ name }) => name)] : plainTree(entry),
  );

describe('inspect: classes', function () {
  this.timeout(120_000);

  it('puts 1,000 random classes in the order of C3, or refuses them in the same words', async () => {
    const seeds = [1];
    for (const seed of seeds) {
      const [, , bases] = hierarchy(seed, 1000, TARGETS[0].dialect);
      const expression = `[mro('C%d' % i, bases) for i, bases in enumerate(${JSON.stringify(bases)})]`;
      let refused = 0;
      await judged(HIERARCHY, [expression], ({ target, interpreter }, theirs) => {
        const [, outcomes] = hierarchy(seed, 1000, target.dialect);
        assert.deepEqual({ value: outcomes }, theirs, interpreter.version);
        refused += outcomes.filter(outcome => typeof outcome === 'string').length;
      });
      assert.ok(refused > 50);
    }
  });

  it('makes a tree of classes', async () => {
    const [classes, , bases] = hierarchy(7, 30, TARGETS[0].dialect);
    const some = classes.filter((_, i) => i % 3 !== 1);
    const names = some.map(({ name }) => `made['${name}']`).join(', ');
    const setUp = `[mro('C%d' % i, bases) for i, bases in enumerate(${JSON.stringify(bases)})]`;
    const lookup = {
      bases: (cls: Cls) => cls.bases,
      module: ({ name }: Cls) => (name === 'object' ? 'builtins' : 'm'),
      name: ({ name }: Cls) => name,
    };
    const expressions = [
      `(${setUp}, tree(inspect.getclasstree([${names}])))[1]`,
      `tree(inspect.getclasstree([${names}], unique=True))`,
    ];
    await judged(HIERARCHY, expressions, ({ interpreter }, theirs, i) => {
      const ours = plainTree(getClassTree(some, lookup, i === 1));
      assert.ok(ours.length > 1);
      assert.deepEqual({ value: ours }, theirs, interpreter.version);
    });
  });

  // ---- Objects with namespaces, in Python and as plain data ----

  /** An object: its type, what its `__dict__` holds, and for a class the MRO. */
  interface Thing {
    readonly name: string;
    readonly type: () => Thing;
    readonly own: Readonly<Record<string, Thing>>;
    readonly mro?: () => readonly Thing[];
  }

  const thing = (name: string, type: () => Thing, own: Record<string, Thing> = {}): Thing => ({
    name,
    type,
    own,
  });
  const cls = (
    name: string,
    meta: () => Thing,
    bases: readonly Thing[],
    own: Record<string, Thing> = {},
  ): Thing => {
    const made: Thing = { name, type: meta, own, mro: () => [made, ...bases] };
    return made;
  };
  const object: Thing = cls('object', () => type, []);
  const type: Thing = cls('type', () => type, [object]);
  const text = (name: string): Thing => thing(name, () => object);
  const aType = (): Thing => type;
  const functionType = cls('function', aType, [object], { __get__: text('get') });
  const data = cls('Data', aType, [object], { __get__: text('g'), __set__: text('s') });
  const deleting = cls('Deleting', aType, [object], { __get__: text('g'), __delete__: text('d') });
  const plain = cls('Plain', aType, [object], { __get__: text('g') });
  const meta = cls('Meta', aType, [type, object], { only: text('meta only'), both: text('meta both') });
  const base = cls('Base', () => meta, [object], { inherited: text('base'), both: text('base both') });
  const derived = cls('Derived', () => meta, [base, object], {
    data: thing('data', () => data),
    deleting: thing('deleting', () => deleting),
    plain: thing('plain', () => plain),
    method: thing('method', () => functionType),
  });
  const own = (...names: string[]): Record<string, Thing> =>
    Object.fromEntries(names.map(name => [name, text(`own ${name}`)]));
  const instance = thing('instance', () => derived, own('data', 'deleting', 'plain', 'method', 'mine'));

  const SOURCE = `
class Named:
    def __init__(self, name): self.name = name
    def __repr__(self): return self.name
class Data(Named):
    def __get__(self, *args): return 1
    def __set__(self, *args): pass
class Deleting(Named):
    def __get__(self, *args): return 1
    def __delete__(self, *args): pass
class Plain(Named):
    def __get__(self, *args): return 1
class Meta(type):
    only = Named('meta only')
    both = Named('meta both')
class Base(metaclass=Meta):
    inherited = Named('base')
    both = Named('base both')
class Derived(Base):
    data = Data('data')
    deleting = Deleting('deleting')
    plain = Plain('plain')
    def method(self): pass
    method.__qualname__ = 'method'
instance = Derived()
instance.__dict__.update((name, Named('own ' + name)) for name in ('data', 'deleting', 'plain', 'method', 'mine'))
`;

  const lookup: AttributeLookup<Thing> = {
    typeOf: value => value.type(),
    isClass: value => value.mro !== undefined,
    mro: value => value.mro!(),
    ownNames: value => Object.keys(value.own),
    own: (value, name) => (Object.hasOwn(value.own, name) ? value.own[name] : undefined),
  };

  it('looks attributes up without asking descriptors', async () => {
    const names = ['data', 'deleting', 'plain', 'method', 'mine', 'inherited', 'both', 'only', 'nothing'];
    const cases = [instance, derived, base].flatMap(value => names.map(name => [value, name] as const));
    const holders = new Map([
      [instance, 'instance'],
      [derived, 'Derived'],
      [base, 'Base'],
    ]);
    const expressions = cases.map(
      ([value, name]) =>
        `(lambda v: v.__name__ if inspect.isfunction(v) else repr(v))(inspect.getattr_static(${holders.get(value)!}, '${name}'))`,
    );
    await judged(SOURCE, expressions, ({ target, interpreter }, theirs, i) => {
      const found = getattrStatic(cases[i][0], cases[i][1], lookup, target.dialect.inspect);
      const ours = found ? { value: found.name } : { error: 'AttributeError', message: cases[i][1] };
      assert.deepEqual(ours, theirs, `${interpreter.version}: ${expressions[i]}`);
    });
  });

  it('lists members without asking descriptors', async () => {
    const things = [
      ['instance', instance],
      ['Derived', derived],
      ['Base', base],
    ] as const;
    const shown =
      '[[n, v.__name__ if inspect.isfunction(v) else repr(v)] for n, v in inspect.getmembers_static(%)';
    const expressions = things.map(([name]) => `${shown.replace('%', name)} if not n.startswith('__')]`);
    let compared = 0;
    await judged(SOURCE, expressions, ({ target, interpreter }, theirs, i) => {
      if ('error' in theirs) return; // not in this version
      compared++;
      const ours = getMembersStatic(things[i][1], lookup, target.dialect.inspect);
      const named = ours.map(([name, member]) => [name, member.name]);
      assert.deepEqual(named, theirs.value, `${interpreter.version}: ${expressions[i]}`);
    });
    assert.ok(compared > things.length);
  });

  it('unwraps until a circle or a class', async () => {
    const source = `
class W:
    def __init__(self, name): self.name = name
    def __repr__(self): return self.name
a, b, c, d, e = map(W, 'abcde')
a.__wrapped__ = b; b.__wrapped__ = c
d.__wrapped__ = e; e.__wrapped__ = d
class K: __wrapped__ = a
K.__name__ = 'K'
f = W('f'); f.__wrapped__ = K
`;
    const wrapped = new Map([
      ['a', 'b'],
      ['b', 'c'],
      ['d', 'e'],
      ['e', 'd'],
      ['K', 'a'],
      ['f', 'K'],
    ]);
    const lookup = {
      wrapped: (name: string) => wrapped.get(name),
      isClass: (name: string) => name === 'K',
      repr: (name: string) => name,
    };
    const starts = ['a', 'b', 'c', 'd', 'f', 'K'];
    const expressions = starts.flatMap(name => [
      `(lambda v: 'K' if v is K else repr(v))(inspect.unwrap(${name}))`,
      `(lambda v: 'K' if v is K else repr(v))(inspect.unwrap(${name}, stop=lambda v: v is b))`,
    ]);
    await judged(source, expressions, ({ target, interpreter }, theirs, i) => {
      const stop = i % 2 === 1 ? (name: string) => name === 'b' : undefined;
      const result = unwrap(starts[i >> 1], lookup, target.dialect.inspect, stop);
      const ours = 'valueError' in result ? { error: 'ValueError', message: result.valueError } : result;
      // repr() of a class is another matter.
      assert.deepEqual(ours, theirs, `${interpreter.version}: ${expressions[i]}`);
    });
  });

  // ---- Documentation ----

  it('cleans documentation as the version does, and keeps of it what the compiler keeps', async () => {
    const docs = [
      '',
      ' one',
      'one\n    two\n      three\n    ',
      '\n\n    a\n\tb\n\n',
      '  first\n  second\n \n\n   third   \n',
      '\tx\n\ty\n\t\tz',
      'a\n\u00a0\u00a0b\n\u00a0c',
      'a\n\f b\n  c',
      '\x0b a\n  b',
      'one\n\n\n',
      'tabs\there\n  \tthere\té\tx',
      'a\r\tb\n  c\n   ',
      'no\n    margin\nhere',
      '   \n      \n  ',
      'é\u3000\n  \u{1d4b8}\tb\n  c',
    ];
    const literal = (doc: string): string => JSON.stringify(doc).replaceAll('\\f', '\\x0c');
    const source = docs.map((doc, i) => `def f${i}():\n    ${literal(doc)}`).join('\n');
    const expressions = docs.flatMap((doc, i) => [
      `inspect.cleandoc(${literal(doc)})`,
      `f${i}.__doc__`,
      `inspect.getdoc(f${i})`,
    ]);
    await judged(source, expressions, ({ target, interpreter }, theirs, i) => {
      const { inspect } = target.dialect;
      const [at, kind] = [Math.floor(i / 3), i % 3];
      const node = analyze(source, target).module.body[at];
      assert.ok('body' in node && Array.isArray(node.body));
      const own = docstring(node.body, inspect) ?? null;
      const ours =
        kind === 0
          ? cleandoc(docs[at], inspect)
          : kind === 1
            ? own
            : (getdoc(own, { type: 'other' }, NO_LOOKUP, inspect) ?? null);
      assert.deepEqual({ value: ours }, theirs, `${interpreter.version}: ${expressions[i]}`);
    });
  });

  it('inherits documentation', async () => {
    const source = `
import functools, sys, types
class A:
    "A's"
    def method(self): "A.method's"
    def undone(self): pass
    @property
    def prop(self): "A.prop's"
    @classmethod
    def made(cls): "A.made's"
    @functools.cached_property
    def cached(self): "A.cached's"
class B(A):
    def method(self): pass
    def undone(self): pass
    @property
    def prop(self): pass
    @classmethod
    def made(cls): pass
    @functools.cached_property
    def cached(self): pass
class C(B):
    pass
class D:
    pass
def elsewhere(self): pass
elsewhere.__qualname__ = 'B.method'
elsewhere.__name__ = 'method'
`;
    // Members by class, each with its own documentation.
    const members: Record<string, Record<string, string | null>> = {
      A: { method: "A.method's", undone: null, prop: "A.prop's", made: "A.made's", cached: "A.cached's" },
      B: { method: null, undone: null, prop: null, made: null, cached: null },
      C: {},
      D: {},
      object: {},
    };
    const mros: Record<string, string[]> = {
      A: ['A', 'object'],
      B: ['B', 'A', 'object'],
      C: ['C', 'B', 'A', 'object'],
      D: ['D', 'object'],
    };
    const find = (name: string, member: string): string | undefined => {
      const owner = mros[name]?.find(candidate => member in members[candidate]);
      return owner && `${owner}.${member}`;
    };
    const docs: Record<string, string | null> = {
      A: "A's",
      B: null,
      C: null,
      D: null,
      object: 'The base class',
    };
    const lookup: DocLookup<string, string> = {
      mro: name => mros[name],
      isObject: name => name === 'object',
      classDoc: name => docs[name],
      member: find,
      memberDoc(member) {
        const [owner, name] = member.split('.');
        return members[owner][name];
      },
    };
    const member = (
      type: 'function' | 'property' | 'cachedProperty',
      owner: string,
      name: string,
    ): Documented<string, string> => ({
      type,
      cls: owner,
      name,
      member: `${owner}.${name}`,
    });
    const cases: readonly (readonly [string, string | null, Documented<string, string>])[] = [
      ['B', null, { type: 'class', cls: 'B' }],
      ['C', null, { type: 'class', cls: 'C' }],
      ['D', null, { type: 'class', cls: 'D' }],
      ['B.method', null, member('function', 'B', 'method')],
      ['B.undone', null, member('function', 'B', 'undone')],
      ['C.method', null, member('function', 'B', 'method')],
      ['B().method', null, { type: 'method', cls: 'B', name: 'method' }],
      ['C.made', null, { type: 'method', cls: 'C', name: 'made' }],
      ['B.__dict__["prop"]', null, member('property', 'B', 'prop')],
      ['B.__dict__["cached"]', null, member('cachedProperty', 'B', 'cached')],
      ['A.__dict__["cached"]', "A.cached's", member('cachedProperty', 'A', 'cached')],
      [
        'elsewhere',
        null,
        { ...member('function', 'B', 'method'), member: 'elsewhere' } as Documented<string, string>,
      ],
    ];
    const setUp = `sys.modules.setdefault('__main__', types.ModuleType('__main__')).__dict__.update(A=A, B=B, C=C, D=D)`;
    const expressions = cases.map(([text]) => `(${setUp}, inspect.getdoc(${text}))[1]`);
    await judged(source, expressions, ({ target, interpreter }, theirs, i) => {
      const [, doc, documented] = cases[i];
      const ours = getdoc(doc, documented, lookup, target.dialect.inspect) ?? null;
      assert.deepEqual({ value: ours }, theirs, `${interpreter.version}: ${expressions[i]}`);
    });
  });
});

const NO_LOOKUP: DocLookup<never, never> = {
  mro: () => [],
  isObject: () => false,
  classDoc: () => undefined,
  member: () => undefined,
  memberDoc: () => undefined,
};
