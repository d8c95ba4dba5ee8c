// `colens inspect`: the twin of `python -m inspect`, and the same as JSON.
import assert from 'node:assert/strict';
import path from 'node:path';
import { nodePlatform } from '../../server/src/node/platform.ts';
import { libraryFolder } from '../oracle/corpora.ts';
import { findInterpreters } from '../oracle/interpreters.ts';
import { askPython, judges } from '../support/python.ts';
import { colens, colensIn } from './runCli.ts';

const FILES = {
  'jobs.py': [
    '"""Jobs."""',
    'import asyncio',
    'LIMIT = 3',
    '',
    'class Base:',
    '    def run(self):',
    '        """Runs."""',
    '',
    '# Asks,',
    '# and waits.',
    'class Job(Base):',
    '    async def run(self, url):',
    '        data = await fetch(url)',
    '        return data[:LIMIT], len(data)',
    '',
  ].join('\n'),
};

describe('colens inspect', () => {
  it('prints the source of a module, class or function, and an empty line', async () => {
    const { code, out, err } = await colensIn(FILES, ['inspect', 'jobs:Base.run']);
    assert.deepEqual([code, out, err], [0, '    def run(self):\n        """Runs."""\n\n', '']);
    assert.equal((await colensIn(FILES, ['inspect', 'jobs'])).out, `${FILES['jobs.py']}\n`);
  });

  it('--json prints all that inspect could be asked, on one line', async () => {
    const { out } = await colensIn(FILES, ['inspect', '--target', '3.13', '--json', 'jobs.py:Job.run']);
    assert.equal(out.indexOf('\n'), out.length - 1);
    const { file, ...facts } = JSON.parse(out) as Record<string, unknown>;
    assert.equal(path.basename(String(file)), 'jobs.py');
    assert.deepEqual(facts, {
      object: 'jobs.py:Job.run',
      target: '3.13.18',
      name: 'run',
      qualname: 'Job.run',
      module: 'jobs',
      line: 12,
      comments: null,
      predicates: ['isfunction', 'iscoroutinefunction', 'isroutine'],
      signature: '(self, url)',
      fullargspec: {
        args: ['self', 'url'],
        varargs: null,
        varkw: null,
        defaults: null,
        kwonlyargs: [],
        kwonlydefaults: null,
        annotations: {},
      },
      doc: 'Runs.',
      docInheritedFrom: 'Base.run',
      flags: ['CO_OPTIMIZED', 'CO_NEWLOCALS', 'CO_COROUTINE'],
      closurevars: { nonlocals: [], globals: ['LIMIT'], builtins: ['len'], unbound: ['fetch'] },
      states: ['CORO_CREATED', 'CORO_RUNNING', 'CORO_SUSPENDED', 'CORO_CLOSED'],
      suspensionPoints: [
        { kind: 'await', line: 13, delegate: 'fetch(url)', bound: ['self', 'url'], maybeBound: [] },
      ],
    });
  });

  it('--json tells how classes hang together and what wraps what, as inspect does', async () => {
    const files = {
      'made.py': [
        'import functools',
        'def deco(f):',
        '    @functools.wraps(f)',
        '    def wrapper(*args): return f(*args)',
        '    return wrapper',
        '@deco',
        '@deco',
        'def g(x): pass',
        'class A: pass',
        'class B(A): pass',
        'class D(B, int): pass',
        'class Meta(type): pass',
      ].join('\n'),
      'conflict.py': 'class A: pass\nclass B(A): pass\nclass C(A, B): pass\n',
    };
    const facts = async (target: string, name: string): Promise<Record<string, unknown>> =>
      JSON.parse((await colensIn(files, ['inspect', '--target', target, '--json', name])).out) as Record<
        string,
        unknown
      >;
    for (const { interpreter, target } of await judges()) {
      const said = (await askPython(interpreter, 'structure.py', files)) as Record<string, unknown>;
      const { version } = target;
      assert.deepEqual((await facts(version, 'made.py')).classTree, said.module, version);
      assert.deepEqual((await facts(version, 'made.py:D')).classTree, said.class, version);
      const { mroError } = await facts(version, 'conflict.py:C');
      assert.equal(mroError, said.conflict, version);
      const chain = (await facts(version, 'made.py:g')).wrappers as { qualname: string; line: number }[];
      assert.deepEqual(
        chain.map(({ line, qualname }) => [line, qualname]),
        said.wrappers,
        version,
      );
    }
  }).timeout(60_000);

  it('has no source of what is written in C, and of what is not there', async () => {
    const fails = async (name: string, message: RegExp): Promise<void> => {
      const { code, out, err } = await colensIn(FILES, ['inspect', name]);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, message);
    };
    await fails('builtins:len', /^Can't get info for builtin modules\.$/m);
    await fails('jobs:LIMIT', /^OSError: could not get source code$/m);
    await fails('jobs:nothing', /module 'jobs' has no 'nothing'/);
  });

  it('says that no library was found, and how to name one', async () => {
    const libraries = { ...nodePlatform, machine: undefined };
    const ask = (args: readonly string[]): ReturnType<typeof colens> => colensIn(FILES, args, { libraries });
    const { code, out, err } = await ask(['inspect', 'json:dumps']);
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^colens: no source of json:dumps: no Python library was found; --python PATH names/);
    assert.equal((await ask(['inspect', '--details', 'json:dumps'])).err, err);
    assert.match((await ask(['inspect', 'nowhere:f'])).err, /No module named 'nowhere'\): no Python library/);
    // Those have none anywhere.
    assert.equal((await ask(['inspect', 'sys'])).err, "Can't get info for builtin modules.\n");
    assert.equal((await ask(['inspect', 'jobs:Base.run'])).code, 0);
    assert.match((await ask(['signature', 'json:dumps'])).out, /^\(obj, /);
  });

  it('takes one object', async () => {
    assert.equal((await colens(['inspect'])).code, 2);
    assert.equal((await colens(['inspect', 'json', 'ast'])).code, 2);
  });
});

/** Objects of libraries that are written in Python, whatever the version. */
const OBJECTS = [
  ...[
    'textwrap',
    'textwrap:TextWrapper',
    'textwrap:TextWrapper._split',
    'textwrap:dedent',
    'contextlib:contextmanager',
  ],
  ...[
    'contextlib:ExitStack',
    'contextlib:ExitStack.callback',
    'shlex:shlex.__init__',
    'argparse:_SubParsersAction',
  ],
  ...[
    'argparse:ArgumentParser.parse_args',
    'dataclasses:dataclass',
    'json',
    'json:dumps',
    'json.decoder:JSONDecoder',
  ],
  ...[
    'difflib:SequenceMatcher',
    'string:Formatter.vformat',
    'copy:deepcopy',
    'calendar:TextCalendar.formatweek',
  ],
  ...['html.parser:HTMLParser', 'unittest.case:TestCase.assertEqual', 'logging:Logger._log'],
  ...[
    'logging.handlers:RotatingFileHandler',
    'fractions:Fraction.__new__',
    'weakref:WeakValueDictionary',
    'uuid:UUID',
  ],
  ...[
    'queue:Queue.put',
    'sched:scheduler',
    'gettext:translation',
    'unittest:TestCase',
    'json:JSONEncoder.encode',
  ],
];

describe('colens inspect, against python -m inspect', function () {
  this.timeout(240_000);

  it('the same source and details', async () => {
    const interpreters = await findInterpreters();
    const all = await judges();
    if (all.length === 0) this.ctx.skip();
    for (const { interpreter, target } of all) {
      // In WebAssembly modules come out of an archive, of which details tell other things.
      const calls = OBJECTS.flatMap(name =>
        interpreter.kind === 'native' ? [[name], [name, '--details']] : [[name]],
      );
      const answers = (await askPython(interpreter, 'inspectModule.py', calls)) as [string, string, number][];
      const library = await libraryFolder(interpreter, interpreters);
      for (const [i, args] of calls.entries()) {
        const [expected, , status] = answers[i];
        // Modules that are frozen have no file, and some copies of a library lack some.
        if (status !== 0) continue;
        // Where an object is in memory, and where the library lies, are the interpreter's business.
        const comparable = (text: string): string =>
          text
            .replace(/ at 0x[0-9a-f]+/g, '')
            .replace(/(['" ])[^'" ]*(?=\/(?:json|unittest|logging|html)\/)/g, '$1');
        const folder = (text: string): string =>
          args.length > 1
            ? comparable(text).replace(/: .*\/(?=[^/\n]*(?:\/__pycache__\/[^/\n]*)?$)/gm, ': ')
            : text;
        const own = ['inspect', '--target', target.version, '--search-path', library, ...args];
        const { out, err } = await colens(own);
        assert.equal(folder(out), folder(expected), `${interpreter.version} ${args.join(' ')}\n${err}`);
      }
    }
  });
});
