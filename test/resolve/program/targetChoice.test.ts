// Which target `auto` comes to, and where it says that it is from: folders as projects have them.
import assert from 'node:assert/strict';
import { DEFAULT_TARGET } from '../../../server/src/python/versions/target.ts';
import { FileCache } from '../../../server/src/resolve/program/files.ts';
import { chooseTarget } from '../../../server/src/resolve/program/targetChoice.ts';
import { MemoryFiles, type Tree } from '../../support/tree.ts';

interface Setup {
  readonly setting?: string;
  readonly pythonPaths?: readonly string[];
}

const choiceIn = (tree: Tree, { setting = 'auto', pythonPaths = [] }: Setup = {}) =>
  chooseTarget(
    setting,
    { workspaceFolders: ['/home/me/ws'], pythonPaths },
    new FileCache(new MemoryFiles({ '/home/me/ws/': '', ...tree })),
    { system: 'posix', variable: () => undefined, home: '/home/me' },
  );

const check = (tree: Tree, version: string, from: string, setup: Setup = {}): void => {
  const { target, from: said, problem } = choiceIn(tree, setup);
  assert.deepEqual([target.version, said, problem], [version, from, undefined]);
};

const PYENV = '/home/me/.pyenv/versions/3.10.4';
const INSTALLED: Tree = {
  [`${PYENV}/bin/python3.10`]: '',
  [`${PYENV}/lib/python3.10/os.py`]: '',
  [`${PYENV}/include/python3.10/patchlevel.h`]:
    '#define PY_MAJOR_VERSION 3\n#define PY_VERSION      \t"3.10.4"\n',
};
const PROJECT: Tree = {
  '/home/me/ws/pyproject.toml':
    '[build-system]\nrequires = []\n\n[project]\nname = "x"\nrequires-python = ">=3.9"\n',
};
const PINNED: Tree = { '/home/me/ws/.python-version': '# for pyenv\n3.11.2\n' };
const ENVIRONMENT: Tree = { '/home/me/ws/.venv/pyvenv.cfg': 'home = /nowhere\nversion = 3.12.1\n' };
const OF_ENVIRONMENT = ['3.12.1', '.venv/pyvenv.cfg'] as const;

describe('the target', () => {
  it('is what the setting says', () => {
    check(PROJECT, '3.14.2', 'the setting colens.target', { setting: '3.14.2' });
    check({}, '3.8.18', 'the setting colens.target', { setting: '3.8' });
  });

  describe('auto', () => {
    it('is the selected interpreter’s before all others', () => {
      const everything = { ...INSTALLED, ...PROJECT, ...PINNED, ...ENVIRONMENT };
      const path = `${PYENV}/bin/python3.10`;
      check(everything, '3.10.4', `the selected interpreter ${path}`, { pythonPaths: [path] });
    });

    it('is the newest patch level that is known where an interpreter is newer or says only its series', () => {
      const path = '/opt/bin/python3.13';
      const tree = { [path]: '', '/opt/lib/python3.13/os.py': '' };
      const from = `the selected interpreter ${path}`;
      check(tree, '3.13.18', from, { pythonPaths: [path] });
      const newer = { ...tree, '/opt/include/python3.13/patchlevel.h': '#define PY_VERSION "3.13.99"\n' };
      check(newer, '3.13.18', from, { pythonPaths: [path] });
    });

    it('is the oldest that requires-python allows, before .python-version and environments', () =>
      check(
        { ...PROJECT, ...PINNED, ...ENVIRONMENT },
        '3.9.18',
        'requires-python ">=3.9" in pyproject.toml',
      ));

    it('does not read requires-python of another table', () =>
      check(
        { ...ENVIRONMENT, '/home/me/ws/pyproject.toml': "[tool.other]\nrequires-python = '>=3.8'\n" },
        ...OF_ENVIRONMENT,
      ));

    it('is .python-version’s, in the workspace or above', () => {
      check({ ...PINNED, ...ENVIRONMENT }, '3.11.2', '.python-version');
      check({ '/home/me/.python-version': 'cpython-3.10\n' }, '3.10.13', '.python-version');
    });

    it('is not that of another implementation', () =>
      check({ ...ENVIRONMENT, '/home/me/ws/.python-version': 'pypy3.9-7.3.11\n' }, ...OF_ENVIRONMENT));

    it('is that of a virtual environment in the workspace', () => check(ENVIRONMENT, ...OF_ENVIRONMENT));

    it('is the newest stable version where nothing says another', () =>
      check({}, DEFAULT_TARGET.version, 'the newest stable version'));
  });

  it('is what auto comes to where the setting is unknown, and names what there is', () => {
    for (const setting of ['2.7', '3.13.99', 'latest', '']) {
      const { target, from, problem } = choiceIn(PINNED, { setting });
      assert.deepEqual([target.version, from], ['3.11.2', '.python-version']);
      assert.match(
        problem!,
        new RegExp(`^The setting colens.target is '${setting}'\\. There are 3\\.8, .* 3\\.15, `),
      );
    }
  });

  it('goes on where a version is asked for that is not known, and says so', () => {
    const { target, from, problem } = choiceIn({ ...ENVIRONMENT, '/home/me/ws/.python-version': '3.7.4\n' });
    assert.deepEqual([target.version, from], OF_ENVIRONMENT);
    assert.match(problem!, /^\.python-version asks for Python 3\.7\.4\. There are 3\.8, /);
  });
});
