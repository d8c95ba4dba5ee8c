// Which module a name leads to: trees of files, the import, and the file that CPython would load.
import assert from 'node:assert/strict';
import type { Module } from '../../../server/src/resolve/values.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { MemoryFiles, type ProgramSetup, programOf, type Tree } from '../../support/tree.ts';

/** `path`, or the folders of a namespace package. */
function place(module: Module | undefined): string | undefined {
  if (module?.kind === 'source') return module.path;
  return module?.kind === 'namespace' ? `[${module.folders.join(', ')}]` : module && `bundled ${module.name}`;
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

  it('reads nothing before somebody looks into it', () => {
    const files = new MemoryFiles({ '/a.py': 'import b', '/b.py': 'x = 1' });
    const program = programOf(files);
    program.open('/a.py', analyze('import b', program.target));
    const b = program.module('b');
    assert.ok(!files.log.some(entry => entry.startsWith('read')), files.log.join());
    assert.equal(b?.kind === 'source' && b.analysis.text, 'x = 1');
  });
});
