// Classes of the standard library as they are when they are imported: their orders, trees, predicates and documentation
// must be what comes out when plain facts about them go in.
import assert from 'node:assert/strict';
import { type ClassTree, getClassTree } from '../../../server/src/python/inspect/classTree.ts';
import { type DocLookup, type Documented, getdoc } from '../../../server/src/python/inspect/doc.ts';
import { mroOf } from '../../../server/src/python/inspect/mro.ts';
import { type Described, predicatesOf } from '../../../server/src/python/inspect/predicates.ts';
import { askPython, judges } from '../../support/python.ts';

const MODULES = (
  'argparse asyncio.events collections collections.abc configparser contextlib csv email.message enum fractions ' +
  'functools html.parser http.client http.cookiejar inspect _pyio json.encoder logging logging.handlers mailbox ' +
  'numbers pathlib pickle queue random selectors shelve smtplib socketserver string tarfile tempfile threading ' +
  'traceback typing unittest.case unittest.mock urllib.request weakref xml.dom.minidom xml.sax.handler zipfile ' +
  'importlib.abc importlib._bootstrap_external ast'
).split(' ');

/** As objects.py tells them. */
interface ClassFacts {
  readonly name: string;
  readonly module: string;
  readonly qualname: string;
  readonly bases: readonly number[];
  readonly mro: readonly number[];
  /** The metaclass. */
  readonly meta: string;
  readonly doc: string | null;
  readonly plain: boolean;
  readonly abstract: boolean;
  readonly predicates: readonly string[];
  readonly getdoc: string | null;
}

interface MemberFacts {
  readonly cls: number;
  readonly name: string;
  readonly identity: number;
  readonly doc: string | null;
  readonly described: Described | null;
  readonly predicates?: readonly string[];
  readonly raw?: Described | null;
  readonly rawPredicates?: readonly string[];
  readonly getdoc?: string | null;
  readonly place?: readonly [module: string | null, owner: string | null, name: string | null];
}

type Tree = readonly (number | Tree)[];

interface Answer {
  readonly classes: readonly ClassFacts[];
  readonly members: readonly MemberFacts[];
  /** Documentation of what classes have from their metaclasses. */
  readonly metaclasses: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly given: readonly number[];
  readonly tree: Tree;
  readonly unique: Tree;
}

const numbersOf = (tree: ClassTree<number>): Tree =>
  tree.map(entry => ('cls' in entry ? entry.cls : numbersOf(entry)));

describe('inspect: objects of the standard library', function () {
  this.timeout(240_000);

  it('have the MRO, class tree, predicates and documentation that CPython gives them', async () => {
    for (const { interpreter, target } of await judges()) {
      const { inspect } = target.dialect;
      const answer = (await askPython(interpreter, 'objects.py', MODULES)) as Answer;
      const { classes, members, given } = answer;
      const { version } = interpreter;
      assert.ok(classes.length > 200 && members.length > 3000, version);

      classes.forEach((cls, i) => {
        const mro = mroOf(
          i,
          cls.bases,
          { name: base => classes[base].name, mro: base => classes[base].mro },
          inspect,
        );
        const what = `${version}: ${cls.module}.${cls.qualname}`;
        assert.deepEqual(cls.bases.length === 0 ? [i] : mro, cls.mro, what);
        if (!cls.plain) return;
        const isAbstract = cls.abstract && cls.predicates.includes('isabstract');
        assert.deepEqual(predicatesOf({ type: 'class', isAbstract }, inspect).sort(), cls.predicates, what);
      });

      const lookup = {
        bases: (cls: number) => classes[cls].bases,
        module: (cls: number) => classes[cls].module,
      };
      const name = (cls: number): string => classes[cls].name;
      assert.deepEqual(numbersOf(getClassTree(given, { ...lookup, name })), answer.tree, version);
      assert.deepEqual(numbersOf(getClassTree(given, { ...lookup, name }, true)), answer.unique, version);

      const docs = docLookup(answer);
      let inherited = 0;
      classes.forEach((cls, i) => {
        if (!cls.plain) return;
        const ours = getdoc(cls.doc, { type: 'class', cls: i }, docs, inspect) ?? null;
        assert.deepEqual(ours, cls.getdoc, `${version}: ${cls.qualname}`);
      });
      for (const member of members) {
        const what = `${version}: ${classes[member.cls].qualname}.${member.name}`;
        if (!member.described) continue;
        assert.deepEqual(predicatesOf(member.described, inspect).sort(), member.predicates, what);
        if (member.raw)
          assert.deepEqual(predicatesOf(member.raw, inspect).sort(), member.rawPredicates, `${what}, raw`);
        const documented = documentedOf(member, answer);
        if (!documented || member.getdoc === undefined) continue;
        assert.deepEqual(getdoc(member.doc, documented, docs, inspect) ?? null, member.getdoc, what);
        if (member.doc === null && member.getdoc !== null) inherited++;
      }
      assert.ok(inherited > 50, `${version}: ${inherited}`);
    }
  });
});

function docLookup({ classes, members, metaclasses }: Answer): DocLookup<number, MemberFacts> {
  const own = new Map(members.map(member => [`${member.cls} ${member.name}`, member]));
  return {
    mro: cls => classes[cls].mro,
    isObject: cls => classes[cls].name === 'object' && classes[cls].module === 'builtins',
    classDoc: cls => classes[cls].doc,
    member(cls, name) {
      for (const base of classes[cls].mro) {
        const found = own.get(`${base} ${name}`);
        if (found) return found;
      }
      const doc = (metaclasses[classes[cls].meta] ?? {})[name];
      return doc === undefined ? undefined : { cls, name, identity: 0, doc, described: null };
    },
    memberDoc: member => member.doc,
  };
}

/** What a member's documentation may be inherited through; undefined where the facts do not say. */
function documentedOf(
  { cls, described, identity, place }: MemberFacts,
  { classes, members }: Answer,
): Documented<number, MemberFacts> | undefined {
  const type = described!.type;
  if (
    !place ||
    (type !== 'function' && type !== 'property' && type !== 'cachedProperty' && type !== 'method')
  )
    return undefined;
  const [module, owner, name] = place;
  if (name === null) return undefined;
  if (type === 'method') return { type, cls, name };
  const found = classes.findIndex(other => other.module === module && other.qualname === owner);
  if (found < 0) return owner === '' ? { type: 'other' } : undefined;
  // A function may stand in several namespaces; the one that its place leads to counts.
  const same = members.find(
    member => member.identity === identity && member.cls === found && member.name === name,
  );
  const lost: MemberFacts = { cls, name, identity, doc: null, described };
  return { type, cls: found, name, member: same ?? lost };
}
