// What paths on the command line mean: files, directories, @lists and standard input; and what is said of those
// that lead nowhere.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { inputs } from '../../server/src/cli/inputs.ts';
import { colens, Folder } from './runCli.ts';

describe('paths on the command line', () => {
  let folder: Folder;
  afterEach(() => folder.remove());

  /** The files of a dump, in its order, and what it complains of. */
  const dumped = async (...paths: string[]): Promise<{ files: string[]; err: string; code: number }> => {
    const { out, err, code } = await colens(['dump', '--fields', 'name', ...paths], { stdin: 'pass\n' });
    const lines = out.split('\n').filter(Boolean);
    return { files: lines.map(line => (JSON.parse(line) as { file: string }).file), err, code };
  };

  it('files keep the paths they were given by', async () => {
    folder = new Folder({ 'a.py': '', 'below/b.py': '', script: '' });
    const { files, err, code } = await dumped('below/b.py', './a.py', 'script', '-');
    assert.deepEqual(files, ['below/b.py', './a.py', 'script', '<stdin>']);
    assert.deepEqual([err, code], ['', 0]);
  });

  it('a directory: every .py, sorted, its files before its folders, but not those of packages and caches', async () => {
    folder = new Folder({
      'lib/z.py': '',
      'lib/B.py': '',
      'lib/a.py': '',
      'lib/note.txt': '',
      'lib/\u{1d4b8}.py': '',
      'lib/\uff21.py': '',
      'lib/b/y.py': '',
      'lib/b/c/x.py': '',
      'lib/a0/w.py': '',
      'lib/__pycache__/no.py': '',
      'lib/site-packages/no.py': '',
      'lib/node_modules/no.py': '',
      'lib/.git/no.py': '',
    });
    const { files } = await dumped('lib');
    assert.deepEqual(files, [
      'B.py',
      'a.py',
      'z.py',
      '\uff21.py',
      '\u{1d4b8}.py',
      'a0/w.py',
      'b/y.py',
      'b/c/x.py',
    ]);
  });

  it('@FILE: a list of paths, which may name directories and lists', async () => {
    folder = new Folder({
      'a.py': '',
      'lib/b.py': '',
      'list.txt': 'a.py\r\n\nlib\n@more.txt\n',
      'more.txt': 'a.py',
    });
    const { files, code } = await dumped('@list.txt');
    assert.deepEqual(files, ['a.py', 'b.py', 'a.py']);
    assert.equal(code, 0);
  });

  it('a list that names itself ends', async () => {
    folder = new Folder({ 'list.txt': 'a.py\n@list.txt\n', 'a.py': '' });
    const { err, code } = await dumped('@list.txt');
    assert.equal(err, 'colens: list.txt: lists in lists, too deep\n');
    assert.equal(code, 1);
  });

  it('what is not there is said, and the others go on', async () => {
    folder = new Folder({ 'a.py': '' });
    const { files, err, code } = await dumped('nowhere.py', '@nowhere.txt', 'a.py');
    assert.deepEqual(files, ['a.py']);
    assert.equal(
      err,
      'colens: nowhere.py: no such file or directory\ncolens: nowhere.txt: no such file or directory\n',
    );
    assert.equal(code, 1);
  });

  it('a directory without sources is said', async () => {
    folder = new Folder({ 'docs/note.txt': '' });
    const { files, err, code } = await dumped('docs');
    assert.deepEqual([files, err, code], [[], 'colens: docs: no Python sources in this directory\n', 1]);
  });

  it('links to folders are not followed, links to files are', async () => {
    folder = new Folder({ 'lib/a.py': '' });
    fs.symlinkSync('..', path.join(folder.path, 'lib', 'up.py'));
    fs.symlinkSync('a.py', path.join(folder.path, 'lib', 'b.py'));
    fs.symlinkSync('nowhere', path.join(folder.path, 'lib', 'c.py'));
    const { files, err } = await dumped('lib');
    assert.deepEqual(files, ['a.py', 'b.py']);
    assert.equal(err, `colens: ${path.join('lib', 'c.py')}: no such file or directory\n`);
  });

  it('a file that vanishes between listing and reading is said, and the others go on', async () => {
    folder = new Folder({ 'lib/a.py': '', 'lib/b.py': '', 'lib/c.py': '' });
    const found: string[] = [];
    const io = {
      readInput: () => Promise.reject(new Error()),
      write: () => Promise.resolve(),
      complain: () => {},
    };
    for await (const input of inputs(['lib'], io)) {
      fs.rmSync(path.join(folder.path, 'lib', 'b.py'), { force: true });
      found.push('problem' in input ? `${input.location}: ${input.problem}` : input.name);
    }
    assert.deepEqual(found, ['a.py', `${path.join('lib', 'b.py')}: no such file or directory`, 'c.py']);
  });
});
