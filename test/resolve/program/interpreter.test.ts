// Where a workspace's library is found: trees of files as installers leave them, and the search path made of them.
import assert from 'node:assert/strict';
import { parseTarget } from '../../../server/src/python/versions/target.ts';
import { FileCache } from '../../../server/src/resolve/program/files.ts';
import type { Machine } from '../../../server/src/resolve/program/installations.ts';
import {
  discoverSearchPath,
  type SearchPathWishes,
} from '../../../server/src/resolve/program/interpreter.ts';
import type { SearchPath } from '../../../server/src/resolve/program/searchPath.ts';
import { MemoryFiles, type Tree } from '../../support/tree.ts';

interface Setup extends Partial<SearchPathWishes> {
  readonly target?: string;
  readonly system?: Machine['system'];
  readonly variables?: Readonly<Record<string, string>>;
  /** Symbolic links: path → what it leads to. */
  readonly links?: Readonly<Record<string, string>>;
}

function discover(tree: Tree, setup: Setup = {}): SearchPath {
  const { target = '3.13', system = 'posix', variables = {}, links = {}, ...wishes } = setup;
  const files = new MemoryFiles(tree);
  for (const [path, to] of Object.entries(links)) files.link(path, to);
  return discoverSearchPath(
    { workspaceFolders: ['/ws'], pythonPaths: [], searchPaths: [], ...wishes },
    parseTarget(target)!,
    new FileCache(files),
    { system, variable: name => variables[name], home: system === 'windows' ? 'c:/Users/me' : '/home/me' },
  );
}

/** An installation below a prefix. */
function installed(prefix: string, series: string): Tree {
  return {
    [`${prefix}/bin/python${series}`]: '',
    [`${prefix}/lib/python${series}/os.py`]: '',
    [`${prefix}/lib/python${series}/site-packages/`]: '',
  };
}

const standard = (prefix: string, series: string): string[] => [
  `${prefix}/lib/python${series}`,
  `${prefix}/lib/python${series}/lib-dynload`,
];
const site = (prefix: string, series: string): string[] => [`${prefix}/lib/python${series}/site-packages`];

describe('the search path', () => {
  describe('of the user’s own folders', () => {
    const tree: Tree = { '/ws/src/': '', '/ws/lib/': '', '/two/lib/': '', '/abs/': '', '/home/me/more/': '' };
    const own = (setup: Setup): readonly string[] => discover(tree, setup).own;

    it('is the workspace and its src', () => assert.deepEqual(own({}), ['/ws', '/ws/src']));
    it('begins with settings and PYTHONPATH', () =>
      assert.deepEqual(
        own({
          workspaceFolders: ['/ws', '/two'],
          searchPaths: ['lib', '/abs', '~/more', '${workspaceFolder}/src', '/not/there', '', '/abs/../ws'],
          variables: { PYTHONPATH: '/two/lib:relative:/abs' },
        }),
        ['/ws/lib', '/two/lib', '/abs', '/home/me/more', '/ws/src', '/ws', '/two'],
      ));
    it('is empty without a workspace', () => assert.deepEqual(own({ workspaceFolders: [] }), []));
  });

  it('is that of the Python which the setting names', () => {
    const tree = { ...installed('/opt/py', '3.13'), ...installed('/usr', '3.13') };
    const expected = { standard: standard('/opt/py', '3.13'), site: site('/opt/py', '3.13') };
    for (const path of ['/opt/py', '/opt/py/bin/python3.13', '../opt/py']) {
      const found = discover(tree, { pythonPaths: ['/nowhere', path] });
      assert.deepEqual({ standard: found.standard, site: found.site }, expected, path);
    }
    // A bare name is what PATH finds.
    const { standard: usual } = discover(tree, {
      pythonPaths: ['python'],
      variables: { PATH: '/x:/usr/bin' },
    });
    assert.deepEqual(usual, standard('/usr', '3.13'));
  });

  it('is that of the target’s version, where a prefix has several', () => {
    const tree = { ...installed('/usr', '3.9'), ...installed('/usr', '3.13'), ...installed('/usr', '3.14') };
    const of = (target: string): readonly string[] =>
      discover(tree, { target, pythonPaths: ['/usr'] }).standard;
    assert.deepEqual(of('3.9'), standard('/usr', '3.9'));
    assert.deepEqual(of('3.13'), standard('/usr', '3.13'));
    assert.deepEqual(of('3.10'), []);
  });

  it('is that of a virtual environment in the workspace, and of what it was made from', () => {
    const environment: Tree = {
      ...installed('/base', '3.13'),
      '/ws/my-env/pyvenv.cfg': 'home = /base/bin\ninclude-system-site-packages = false\nversion = 3.13.1\n',
      '/ws/my-env/lib/python3.13/site-packages/': '',
      '/ws/my-env/bin/python': '',
    };
    const found = discover(environment, { variables: { VIRTUAL_ENV: '/other' } });
    assert.deepEqual(found.standard, standard('/base', '3.13'));
    assert.deepEqual(found.site, site('/ws/my-env', '3.13'));
    // Its executable is a link; what counts is where the link is.
    const named = discover(environment, {
      workspaceFolders: [],
      pythonPaths: ['/ws/my-env/bin/python'],
      links: { '/ws/my-env/bin/python': '/base/bin/python3.13' },
    });
    assert.deepEqual(named, { ...found, own: [] });
  });

  it('prefers .venv to venv to other environments, each to the activated one', () => {
    const environment = (folder: string): Tree => ({
      [`${folder}/pyvenv.cfg`]: 'version = 3.13.1',
      [`${folder}/lib/python3.13/site-packages/`]: '',
    });
    const tree: Record<string, string> = {};
    for (const folder of ['/active', '/ws/a', '/ws/venv', '/ws/.venv']) {
      Object.assign(tree, environment(folder));
      assert.deepEqual(discover(tree, { variables: { VIRTUAL_ENV: '/active' } }).site, site(folder, '3.13'));
    }
  });

  it('takes the environment’s packages, but no other version’s standard library', () => {
    const tree: Tree = {
      ...installed('/base', '3.11'),
      '/ws/.venv/pyvenv.cfg':
        'HOME = /base/bin\r\nversion_info = 3.11.9.final.0\r\ninclude-system-site-packages = True',
      '/ws/.venv/lib/python3.11/site-packages/': '',
    };
    const sites = [...site('/ws/.venv', '3.11'), ...site('/base', '3.11')];
    assert.deepEqual(discover(tree), { own: ['/ws'], standard: [], site: sites });
    assert.deepEqual(discover({ ...tree, ...installed('/usr', '3.13') }), {
      own: ['/ws'],
      standard: standard('/usr', '3.13'),
      site: sites,
    });
  });

  it('follows pyenv: the workspace’s version, else the global one; the nearest patch level for the library', () => {
    const versions = '/home/me/.pyenv/versions';
    const tree: Tree = {
      ...installed(`${versions}/3.12.1`, '3.12'),
      ...installed(`${versions}/3.13.2`, '3.13'),
      ...installed(`${versions}/3.13.10`, '3.13'),
      '/home/me/.pyenv/version': '3.12.1\n',
      '/ws/': '',
    };
    assert.deepEqual(discover(tree), {
      own: ['/ws'],
      standard: standard(`${versions}/3.13.10`, '3.13'),
      site: site(`${versions}/3.12.1`, '3.12'),
    });
    assert.deepEqual(discover(tree, { target: '3.13.2' }).standard, standard(`${versions}/3.13.2`, '3.13'));
    const local = discover({ ...tree, '/ws/.python-version': '# ours\n3.13\n' });
    assert.deepEqual(local.site, site(`${versions}/3.13.10`, '3.13'));
    const above = discover({ ...tree, '/.python-version': '3.13.2' });
    assert.deepEqual(above.site, site(`${versions}/3.13.2`, '3.13'));
  });

  it('follows the links of PATH', () => {
    const tree = { ...installed('/cellar/3.13', '3.13'), '/ws/': '' };
    const found = discover(tree, {
      links: { '/brew/bin/python3': '/cellar/3.13/bin/python3.13' },
      variables: { PATH: '/brew/bin' },
    });
    assert.deepEqual(found.standard, standard('/cellar/3.13', '3.13'));
  });

  it('has Debian’s and the user’s packages', () => {
    const found = discover({
      ...installed('/usr', '3.13'),
      '/usr/lib/python3/dist-packages/': '',
      '/usr/local/lib/python3.13/dist-packages/': '',
      '/home/me/.local/lib/python3.13/site-packages/': '',
    });
    assert.deepEqual(found.site, [
      '/home/me/.local/lib/python3.13/site-packages',
      '/usr/local/lib/python3.13/dist-packages',
      '/usr/lib/python3.13/site-packages',
      '/usr/lib/python3/dist-packages',
    ]);
  });

  it('knows Windows’ and macOS’ places', () => {
    const place = 'c:/Users/me/AppData/Local/Programs/Python/Python313';
    const windows = discover(
      {
        [`${place}/Lib/os.py`]: '',
        [`${place}/python313.dll`]: '',
        [`${place}/python.exe`]: '',
        [`${place}/Lib/site-packages/`]: '',
        'c:/ws/.venv/pyvenv.cfg': String.raw`home = C:\Users\me\AppData\Local\Programs\Python\Python313`,
        'c:/ws/.venv/Lib/site-packages/': '',
        'c:/ws/.venv/Scripts/python.exe': '',
      },
      {
        system: 'windows',
        workspaceFolders: ['c:/ws'],
        variables: { LOCALAPPDATA: String.raw`C:\Users\me\AppData\Local` },
      },
    );
    assert.deepEqual(windows, {
      own: ['c:/ws'],
      standard: [`${place}/DLLs`, `${place}/Lib`],
      site: ['c:/ws/.venv/Lib/site-packages'],
    });
    const framework = '/Library/Frameworks/Python.framework/Versions/3.13';
    const mac = discover(installed(framework, '3.13'), { system: 'mac' });
    assert.deepEqual(mac.standard, standard(framework, '3.13'));
  });

  it('is empty where there is no Python, whatever lies about', () => {
    const trees: Tree[] = [
      {},
      { '/ws/.venv/pyvenv.cfg': '' },
      { '/ws/.venv/pyvenv.cfg': 'home = .\n=\nversion=x' },
    ];
    for (const tree of trees) {
      const { standard: library, site: packages } = discover(tree, { pythonPaths: ['/', './x', '\0', '~/'] });
      assert.deepEqual([library, packages], [[], []]);
    }
  });
});
