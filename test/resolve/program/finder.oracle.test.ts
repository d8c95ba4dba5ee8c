// The finder against importlib's: every name below an interpreter's own search path, and below folders made up to
// be difficult, leads to the same file, to the same namespace package, or to nothing.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { nodeFiles } from '../../../server/src/node/files.ts';
import { FileCache } from '../../../server/src/resolve/program/files.ts';
import { Finder } from '../../../server/src/resolve/program/finder.ts';
import { discoverSearchPath } from '../../../server/src/resolve/program/interpreter.ts';
import { readSiteFolders } from '../../../server/src/resolve/program/searchPath.ts';
import { nodeMachine } from '../../../server/src/node/platform.ts';
import { normalize, parentOf } from '../../../server/src/resolve/program/paths.ts';
import { askPython, type Judge, judges } from '../../support/python.ts';

type Kind = 'source' | 'binary' | 'namespace';
type Answer = readonly [name: string, kind: Kind | null, places: readonly string[]];

/** What a dotted name leads to, as the script puts it. */
function find(finder: Finder, roots: readonly string[], name: string): Answer {
  let folders = roots;
  let answer: Answer = [name, null, []];
  for (const part of name.split('.')) {
    const found = finder.find(folders, part);
    if (!found) return [name, null, []];
    if (found.type === 'namespace') {
      folders = found.folders;
      answer = [name, 'namespace', folders];
    } else {
      folders = found.isPackage ? [parentOf(found.path)] : [];
      answer = [name, found.type, [found.path]];
    }
  }
  return answer;
}

async function compare({ interpreter, target }: Judge, folders: readonly string[]): Promise<Answer[]> {
  const answers = (await askPython(interpreter, 'modules.py', folders)) as Answer[];
  // Stubs mean nothing to importlib.
  const files = {
    ...nodeFiles,
    list: (at: string) => nodeFiles.list(at).filter(name => !name.endsWith('.pyi')),
  };
  const finder = new Finder(new FileCache(files), target.series);
  for (const [name, kind, places] of answers) {
    const expected = [name, kind, places.map(normalize)];
    assert.deepEqual(find(finder, folders, name), expected, interpreter.version);
  }
  return answers;
}

describe('the finder and importlib', function () {
  this.timeout(240_000);
  let natives: Judge[];
  let folder: string;

  before(async () => {
    natives = (await judges()).filter(({ interpreter }) => interpreter.kind === 'native');
    folder = normalize(fs.mkdtempSync(path.join(os.tmpdir(), 'colens-finder-')));
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('agree on all names of the standard library and of installed packages', async function () {
    if (natives.length === 0) this.skip();
    for (const judge of natives) {
      const library = normalize(judge.interpreter.stdlib!);
      const folders = [library, `${library}/lib-dynload`, `${library}/site-packages`];
      const answers = await compare(judge, folders);
      assert.ok(answers.filter(([, kind]) => kind === 'source').length > 500, 'hardly a library');
    }
  });

  it('agree on where the library is', async function () {
    // What is only started by way of a script does not tell where it is.
    const placed = natives.filter(
      ({ interpreter: { command, stdlib } }) =>
        parentOf(parentOf(normalize(stdlib!))) === parentOf(parentOf(nodeFiles.real(command[0]))),
    );
    if (placed.length === 0) this.skip();
    for (const { interpreter, target } of placed) {
      const expected = (await askPython(interpreter, 'searchPath.py', null)) as string[];
      const files = new FileCache(nodeFiles);
      const wishes = { workspaceFolders: [], searchPaths: [], pythonPaths: [interpreter.command[0]] };
      const found = discoverSearchPath(wishes, target, files, nodeMachine);
      const site = readSiteFolders(found.site, files, target);
      assert.deepEqual([...found.own, ...found.standard, ...site.folders], expected, interpreter.version);
    }
  });

  it('agree on packages, modules, namespaces and libraries of the same name', async function () {
    if (natives.length === 0) this.skip();
    const roots = ['one', 'two', 'three', 'not-there'].map(name => `${folder}/${name}`);
    const files = [
      // Folders without __init__ make one package, unless any root has a regular one or a module.
      ...['one/ns/a.py', 'two/ns/b.py', 'two/ns/sub/c.py', 'three/ns/sub/d.py', 'three/ns/a.py'],
      ...['one/p/x.py', 'two/p/__init__.py', 'two/p/y.py', 'three/p.py'],
      ...['one/q/x.py', 'three/q.py'],
      // A package before a module of the same folder, the first folder before others.
      ...['one/m.py', 'one/m/__init__.py', 'two/m.py', 'two/n/__init__.py', 'one/n.py'],
      ...['one/e/', 'one/e.py', 'one/f/__init__.py/', 'one/f.py', 'two/g.py/', 'three/g.py'],
      // Suffixes: machine code before source before bytecode; other versions' and systems' are nothing.
      ...[
        'one/h.so',
        'one/h.py',
        'one/i.abi3.so',
        'one/j.cpython-33-x86_64-linux-gnu.so',
        'one/j2.cpython.so',
      ],
      ...[
        'one/k.py',
        'one/k.pyc',
        'one/l.pyc',
        'one/o/__init__.so',
        'one/o/__init__.py',
        'one/r/__init__.pyc',
      ],
      ...['one/s.PY', 'one/T.py', 'two/t.py', 'one/U/__init__.py', 'two/u/v.py', 'one/w.pyw', 'one/z.x.py'],
      ...['one/ä.py', 'one/name with spaces.py', 'one/.hidden.py', 'one/p-stubs/__init__.py'],
    ];
    for (const name of files) {
      const file = `${folder}/${name}`;
      fs.mkdirSync(name.endsWith('/') ? file : parentOf(file), { recursive: true });
      if (!name.endsWith('/')) fs.writeFileSync(file, '');
    }
    for (const judge of natives) assert.ok((await compare(judge, roots)).length > files.length);
  });
});
