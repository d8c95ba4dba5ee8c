// Which module a name leads to: trees of files, the import, and the file that CPython would load.
import assert from 'node:assert/strict';
import { NO_BUNDLED } from '../../../server/src/resolve/bundled/none.ts';
import type { BundledLibrary } from '../../../server/src/resolve/bundled/library.ts';
import { NO_FILES } from '../../../server/src/resolve/program/files.ts';
import type { Module, SourceModule } from '../../../server/src/resolve/values.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { MemoryFiles, type ProgramSetup, programOf, type Tree } from '../../support/tree.ts';

/** `path`, or the folders of a namespace package. */
function place(module: Module | undefined): string | undefined {
  if (module?.kind === 'source') return module.path;
  return module?.kind === 'namespace' ? `[${module.folders.join(', ')}]` : module && `bundled ${module.name}`;
}

function sourceOf(module: Module | undefined): SourceModule {
  assert.equal(module?.kind, 'source');
  return module;
}

/** CPython has modules of these names, and says nothing else. */
function bundled(...names: string[]): BundledLibrary {
  const modules = new Map(
    names.map(name => [name, { kind: 'module', name, member: () => undefined, names: () => [] } as const]),
  );
  return { ...NO_BUNDLED, module: name => modules.get(name) };
}

function check(
  tree: Tree,
  expected: Readonly<Record<string, string | undefined>>,
  setup?: ProgramSetup,
): void {
  const program = programOf(tree, setup);
  for (const [name, path] of Object.entries(expected)) {
    const found = program.module(name);
    assert.equal(place(found), path, name);
    if (found) assert.equal(program.module(name), found, `${name} is one object`);
  }
}

describe('a program', () => {
  it('finds modules and packages', () =>
    check(
      { '/a.py': '', '/p/__init__.py': '', '/p/b.py': '', '/p/q/__init__.py': '', '/p/q/c.py': '' },
      {
        a: '/a.py',
        p: '/p/__init__.py',
        'p.b': '/p/b.py',
        'p.q': '/p/q/__init__.py',
        'p.q.c': '/p/q/c.py',
        b: undefined,
        'a.b': undefined,
        'p.c': undefined,
        P: undefined,
        '': undefined,
        'p.': undefined,
        '.p': undefined,
      },
    ));

  it('reads nothing before somebody looks into it, and lists a folder once', () => {
    const files = new MemoryFiles({ '/ws/a.py': '', '/ws/b.py': 'x = 1', '/ws/p/c.py': '' });
    const program = programOf(files, { own: ['/ws'] });
    const b = sourceOf(program.module('b'));
    for (const name of ['b', 'c', 'p', 'p.c', 'p.d', 'a.b', 'c']) program.module(name);
    const asked = files.log.filter(entry => !entry.endsWith('__init__.py'));
    assert.deepEqual(asked.sort(), ['list /ws', 'list /ws/p']);
    assert.equal(b.analysis.text, 'x = 1');
    assert.equal(b.analysis, b.analysis);
    assert.deepEqual(
      files.log.filter(entry => entry.startsWith('read')),
      ['read /ws/b.py'],
    );
  });

  it('looks in the user’s folders before the library, and nowhere for what CPython has in itself', () => {
    const library = {
      '/lib/random.py': '',
      '/lib/os.py': '',
      '/lib/json/__init__.py': '',
      '/lib/lib/x.so': '',
    };
    check(
      {
        ...library,
        '/ws/random.py': '',
        '/ws/os.py': '',
        '/ws/sys.py': '',
        '/ws/json/': '',
        '/ws/time.py': '',
      },
      {
        random: '/ws/random.py',
        os: '/lib/os.py',
        json: '/lib/json/__init__.py',
        sys: 'bundled sys',
        time: 'bundled time',
        math: 'bundled math',
      },
      { own: ['/ws'], standard: ['/lib'], bundled: bundled('sys', 'time', 'math', 'random') },
    );
  });

  it('lets CPython speak for machine code, unless there is a stub', () =>
    check(
      {
        '/lib/lib-dynload/_json.cpython-313-x86_64-linux-gnu.so': '',
        '/site/fast.so': '',
        '/site/fast.pyi': '',
        '/site/faster/__init__.abi3.so': '',
        '/site/faster/part.py': '',
        '/site/faster-stubs/__init__.pyi': '',
        '/site/fastest.pyd': '',
      },
      {
        _json: 'bundled _json',
        fast: '/site/fast.pyi',
        faster: '/site/faster-stubs/__init__.pyi',
        'faster.part': '/site/faster/part.py',
        // It is there, and nothing is known of it.
        fastest: 'bundled fastest',
      },
      { standard: ['/lib', '/lib/lib-dynload'], site: ['/site'], bundled: bundled('_json') },
    ));

  it('takes sources before stubs, and stubs where there is no source', () => {
    const tree: Tree = {
      '/ws/a.py': '',
      '/ws/a.pyi': '',
      '/ws/b.pyi': '',
      '/ws/p/__init__.pyi': '',
      '/ws/p/c.pyi': '',
      '/site/requests/__init__.py': '',
      '/site/requests/api.py': '',
      '/site/requests-stubs/__init__.pyi': '',
      '/site/requests-stubs/api.pyi': '',
      '/site/requests-stubs/extra.pyi': '',
      '/site/yaml-stubs/__init__.pyi': '',
      '/site/google-stubs/protobuf/__init__.pyi': '',
    };
    const setup: ProgramSetup = { own: ['/ws'], site: ['/site'] };
    check(
      tree,
      {
        a: '/ws/a.py',
        b: '/ws/b.pyi',
        p: '/ws/p/__init__.pyi',
        'p.c': '/ws/p/c.pyi',
        requests: '/site/requests/__init__.py',
        'requests.extra': '/site/requests-stubs/extra.pyi',
        yaml: '/site/yaml-stubs/__init__.pyi',
        'google.protobuf': '/site/google-stubs/protobuf/__init__.pyi',
      },
      setup,
    );
    const program = programOf(tree, setup);
    const stubOf = (name: string): string | undefined => program.stub(sourceOf(program.module(name)))?.path;
    assert.equal(stubOf('a'), '/ws/a.pyi');
    assert.equal(stubOf('b'), undefined);
    assert.equal(stubOf('requests.api'), '/site/requests-stubs/api.pyi');
    assert.equal(program.module('yaml')?.name, 'yaml');
    assert.equal(program.module('requests.extra')?.name, 'requests.extra');
  });

  it('follows .pth files and the finders of editable installs', () =>
    check(
      {
        '/site/b.pth': '# a comment\nimport os; os.x()\n/elsewhere\n\n./sub \n/nowhere',
        '/site/__editable__.proj-1.0.pth':
          'import __editable___proj_1_0_finder; __editable___proj_1_0_finder.install()',
        '/site/__editable___proj_1_0_finder.py': `
          import sys
          MAPPING: dict[str, str] = {'proj': '/projects/src/proj', 'single': '/projects/single', 7: 8}
          NAMESPACES: dict[str, list[str]] = {}
        `,
        '/site/.hidden.pth': '/hidden',
        '/hidden/h.py': '',
        '/elsewhere/e.py': '',
        '/site/sub/s.py': '',
        '/projects/src/proj/__init__.py': '',
        '/projects/src/proj/part.py': '',
        '/projects/single.py': '',
      },
      {
        e: '/elsewhere/e.py',
        s: '/site/sub/s.py',
        h: undefined,
        proj: '/projects/src/proj/__init__.py',
        'proj.part': '/projects/src/proj/part.py',
        single: '/projects/single.py',
      },
      { own: [], site: ['/site'] },
    ));

  describe('names modules', () => {
    const tree: Tree = {
      '/ws/top.py': '',
      '/ws/scripts/tool.py': '',
      '/ws/scripts/helper.py': '',
      '/ws/scripts/json.py': '',
      '/ws/src/p/__init__.py': '',
      '/ws/src/p/q/__init__.py': '',
      '/ws/src/p/q/r.py': '',
      '/ws/ns/inner/a.py': '',
      '/ws/ns/b.py': '',
      '/deep/pkg/__init__.py': '',
      '/deep/pkg/m.py': '',
      '/lib/json/__init__.py': '',
      '/lib/json/decoder.py': '',
      '/lib/site-packages/dep.py': '',
    };
    const program = programOf(tree, {
      own: ['/ws', '/ws/src'],
      standard: ['/lib'],
      site: ['/lib/site-packages'],
    });
    const opened = (path: string) => program.open(path, analyze('', program.target));

    it('by the folder that they are found from', () => {
      const names: Readonly<Record<string, string>> = {
        '/ws/top.py': 'top',
        '/ws/src/p/__init__.py': 'p',
        '/ws/src/p/q/r.py': 'p.q.r',
        '/deep/pkg/m.py': 'pkg.m',
        '/lib/json/decoder.py': 'json.decoder',
        '/lib/site-packages/dep.py': 'dep',
        '/ws/nb.ipynb#W0': '__main__',
        'untitled:Untitled-1': '__main__',
      };
      for (const [path, name] of Object.entries(names)) assert.equal(opened(path).name, name);
    });

    it('for relative imports, up to the top and no further', () => {
      const absolute = (path: string, module: string | null, level: number): string | undefined =>
        program.absoluteName(opened(path), module, level);
      assert.equal(absolute('/ws/top.py', 'a.b', 0), 'a.b');
      assert.equal(absolute('/ws/top.py', 'x', 1), undefined);
      assert.equal(absolute('/ws/src/p/q/r.py', null, 1), 'p.q');
      assert.equal(absolute('/ws/src/p/q/r.py', 'x.y', 2), 'p.x.y');
      assert.equal(absolute('/ws/src/p/q/r.py', 'x', 3), undefined);
      assert.equal(absolute('/ws/src/p/q/__init__.py', 'x', 1), 'p.q.x');
      assert.equal(absolute('/ws/src/p/__init__.py', null, 2), undefined);
      assert.equal(absolute('/lib/json/__init__.py', 'decoder', 1), 'json.decoder');
      // Folders without __init__ are packages, too, if they are imported as such.
      assert.equal(absolute('/ws/ns/inner/a.py', 'b', 2), 'ns.b');
    });

    it('and finds what lies beside a script, or beside the outermost package', () => {
      assert.equal(place(program.module('helper')), undefined);
      assert.equal(place(program.module('helper', opened('/ws/scripts/tool.py'))), '/ws/scripts/helper.py');
      assert.equal(place(program.module('json', opened('/ws/scripts/tool.py'))), '/ws/scripts/json.py');
      assert.equal(place(program.module('json', opened('/ws/top.py'))), '/lib/json/__init__.py');
      assert.equal(place(program.module('pkg.m', opened('/deep/pkg/__init__.py'))), '/deep/pkg/m.py');
      assert.equal(place(program.module('decoder', sourceOf(program.module('json.decoder')))), undefined);
    });

    it('below packages', () => {
      const p = sourceOf(program.module('p'));
      assert.equal(place(program.submodule(p, 'q')), '/ws/src/p/q/__init__.py');
      assert.equal(program.submodule(p, 'x'), undefined);
      assert.equal(program.submodule(sourceOf(program.module('top')), 'scripts'), undefined);
      assert.equal(place(program.submodule(program.module('ns')!, 'inner')), '[/ws/ns/inner]');
      assert.equal(program.submodule(program.module('ns')!, 'inner'), program.module('ns.inner'));
    });
  });

  describe('hears of changes:', () => {
    const tree: Tree = { '/ws/a.py': 'a = 1', '/ws/b.py': 'b = 1', '/lib/c.py': 'c = 1' };
    const make = () => {
      const files = new MemoryFiles(tree);
      const program = programOf(files, { own: ['/ws'], standard: ['/lib'] });
      const module = (name: string): SourceModule => sourceOf(program.module(name));
      const edit = (path: string, text: string): SourceModule =>
        program.open(path, analyze(text, program.target));
      return { files, program, module, edit };
    };

    it('an edit replaces a module and those that import it, and keeps their analyses', () => {
      const { program, edit } = make();
      const [a, b, c] = ['/ws/a.py', '/ws/b.py', '/lib/c.py'].map(path => edit(path, 'x'));
      // b imports a, a imports c.
      assert.equal(program.module('a', b), a);
      assert.equal(program.module('c', a), c);
      const newA = edit('/ws/a.py', 'a = 2');
      assert.notEqual(newA, a);
      assert.equal(newA.analysis.text, 'a = 2');
      assert.equal(edit('/lib/c.py', c.analysis.text), c);
      const newB = edit('/ws/b.py', b.analysis.text);
      assert.notEqual(newB, b);
      assert.equal(newB.analysis, b.analysis);
      // c is imported by a, and so by b.
      const newC = edit('/lib/c.py', 'c = 2');
      assert.notEqual(newC, c);
      assert.notEqual(edit('/ws/a.py', 'a = 2'), newA);
      assert.notEqual(edit('/ws/b.py', 'x'), newB);
    });

    it('an edit replaces all modules, if it is not known what looked it up', () => {
      const { program, edit } = make();
      const [a, c] = ['/ws/a.py', '/lib/c.py'].map(path => edit(path, ''));
      program.module('b');
      edit('/ws/b.py', 'b = 2');
      assert.notEqual(edit('/ws/a.py', ''), a);
      assert.notEqual(edit('/lib/c.py', ''), c);
    });

    it('an edit of a submodule replaces its package and what imports that', () => {
      const program = programOf({
        '/ws/p/__init__.py': '',
        '/ws/p/q.py': '',
        '/ws/a.py': '',
        '/ws/b.py': '',
      });
      const edit = (path: string, text = ''): SourceModule =>
        program.open(path, analyze(text, program.target));
      const [a, b] = [edit('/ws/a.py'), edit('/ws/b.py')];
      const p = sourceOf(program.module('ws.p', a));
      const q = sourceOf(program.submodule(p, 'q'));
      edit('/ws/p/q.py', 'q = 1');
      assert.notEqual(program.submodule(p, 'q'), q);
      assert.notEqual(program.module('ws.p', b), p);
      assert.notEqual(edit('/ws/a.py'), a);
      assert.equal(edit('/ws/b.py'), b);
    });

    it('a text that is the file’s replaces nothing', () => {
      const { module, edit } = make();
      const b = module('b');
      for (const each of [b, module('c')]) {
        const { analysis } = each;
        assert.equal(edit(each.path, analysis.text), each);
        assert.equal(each.analysis, analysis);
      }
      assert.equal(module('b'), b);
    });

    it('what is closed is the file again', () => {
      const { files, program, module, edit } = make();
      edit('/ws/a.py', 'a = 2');
      files.set('/ws/a.py', 'a = 3');
      assert.equal(module('a').analysis.text, 'a = 2');
      program.close('/ws/a.py');
      assert.equal(module('a').analysis.text, 'a = 3');
      program.close('/ws/never/opened.py');
    });

    it('files change, come and go', () => {
      const { files, program, module } = make();
      assert.equal(module('b').analysis.text, 'b = 1');
      assert.equal(program.module('d'), undefined);
      files.set('/ws/b.py', 'b = 2');
      files.set('/ws/d.py', '');
      files.delete('/ws/a.py');
      assert.equal(module('b').analysis.text, 'b = 1');
      program.filesChanged(['/ws/b.py', '/ws/d.py', '/ws/a.py']);
      assert.equal(module('b').analysis.text, 'b = 2');
      assert.equal(module('d').path, '/ws/d.py');
      assert.equal(program.module('a'), undefined);
    });

    it('a refresh sees what nobody has told of', () => {
      const { files, program, module } = make();
      const b = module('b');
      assert.equal(b.analysis.text, 'b = 1');
      program.refresh();
      assert.equal(module('b'), b);
      files.set('/ws/b.py', 'b = 2');
      program.refresh();
      assert.equal(module('b').analysis.text, 'b = 2');
      files.set('/ws/d.py', '');
      program.refresh();
      assert.equal(module('d').path, '/ws/d.py');
    });

    it('a document without a file can be imported as long as it is open', () => {
      const { program, module, edit } = make();
      assert.equal(program.module('pkg.new'), undefined);
      edit('/ws/pkg/new.py', 'n = 1');
      assert.equal(module('pkg.new').analysis.text, 'n = 1');
      edit('/ws/pkg/new.py', 'n = 2');
      assert.equal(module('pkg.new').analysis.text, 'n = 2');
      program.close('/ws/pkg/new.py');
      assert.equal(program.module('pkg.new'), undefined);
    });
  });

  it('forgets what has not been asked for the longest, once there is too much', () => {
    const text = (name: string): string => `${name} = ${'1'.repeat(95)}`;
    const files = new MemoryFiles(
      Object.fromEntries([...'abcdef'].map(name => [`/ws/${name}.py`, text(name)])),
    );
    const program = programOf(files, { own: ['/ws'], capacity: 400 });
    const analysisOf = (name: string) => sourceOf(program.module(name)).analysis;
    const [a, b, c, d] = [...'abcd'].map(analysisOf);
    const before = program.module('a');
    program.trim();
    assert.equal(program.module('a'), before);
    const e = analysisOf('e');
    assert.equal(analysisOf('a'), a);
    program.trim();
    assert.notEqual(program.module('a'), before);
    assert.deepEqual(
      [analysisOf('e') === e, analysisOf('a') === a, analysisOf('d') === d],
      [true, true, false],
    );
    assert.deepEqual([analysisOf('b') === b, analysisOf('c') === c], [false, false]);
  });

  it('needs no file system: documents of a virtual workspace import each other', () => {
    const program = programOf(NO_FILES, { own: ['vscode-vfs://github/o/r'], bundled: bundled('json') });
    const open = (path: string): SourceModule => program.open(path, analyze('', program.target));
    const a = open('vscode-vfs://github/o/r/p/a.py');
    open('vscode-vfs://github/o/r/p/__init__.py');
    assert.equal(open('vscode-vfs://github/o/r/p/a.py').name, 'p.a');
    assert.equal(place(program.module('p.a', a)), 'vscode-vfs://github/o/r/p/a.py');
    assert.equal(place(program.module('json', a)), 'bundled json');
    assert.equal(program.module('p.b'), undefined);
  });
});
