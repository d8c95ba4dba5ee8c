// What paths on the command line mean: files, directories, @lists and standard input; and what is said of those
// that lead nowhere.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
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
    assert.equal(err, 'colens: list.txt: this list is read already: it names itself\n');
    assert.equal(code, 1);
  });

  it('lists that name each other end, and a list may be named twice', async () => {
    folder = new Folder({
      'a.txt': '@b.txt\n@b.txt\n',
      'b.txt': 'a.py\n',
      'c.txt': '@./d.txt\na.py\n',
      'd.txt': '@c.txt\n',
      'a.py': '',
    });
    assert.deepEqual((await dumped('@a.txt')).files, ['a.py', 'a.py']);
    const { files, err } = await dumped('@c.txt');
    assert.deepEqual(files, ['a.py']);
    assert.equal(err, 'colens: c.txt: this list is read already: it names itself\n');
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

  const skipOnWindows = process.platform === 'win32' ? it.skip : it;

  skipOnWindows(
    'links in circles, pipes and devices in a directory are said, and the others go on',
    async () => {
      folder = new Folder({ 'lib/a.py': '', 'lib/z.py': '' });
      const inside = (name: string): string => path.join(folder.path, 'lib', name);
      fs.symlinkSync('m.py', inside('l.py'));
      fs.symlinkSync('l.py', inside('m.py'));
      fs.symlinkSync('/dev/zero', inside('d.py'));
      execFileSync('mkfifo', [inside('p.py')]);
      const { files, err, code } = await dumped('lib');
      assert.deepEqual(files, ['a.py', 'z.py']);
      assert.deepEqual(err.split('\n'), [
        'colens: lib/d.py: is not a regular file',
        'colens: lib/l.py: too many levels of symbolic links',
        'colens: lib/m.py: too many levels of symbolic links',
        'colens: lib/p.py: is not a regular file',
        '',
      ]);
      assert.equal(code, 1);
    },
  );

  skipOnWindows('a link in a circle and a device that are named are said', async () => {
    folder = new Folder({ 'a.py': '' });
    fs.symlinkSync('loop.py', path.join(folder.path, 'loop.py'));
    const { files, err } = await dumped('loop.py', '@loop.py', '/dev/zero', 'a.py/b.py', 'a.py');
    assert.deepEqual(files, ['a.py']);
    assert.deepEqual(err.split('\n'), [
      'colens: loop.py: too many levels of symbolic links',
      'colens: loop.py: too many levels of symbolic links',
      'colens: /dev/zero: is not a regular file',
      'colens: a.py/b.py: no such file or directory',
      '',
    ]);
  });

  const linuxOnly = process.platform === 'linux' ? it : it.skip;

  linuxOnly('names that are not UTF-8 are read, and are named as CPython names them', async () => {
    folder = new Folder({ 'a.py': '' });
    const inside = (name: Buffer): Buffer => Buffer.concat([Buffer.from(`${folder.path}/`), name]);
    fs.mkdirSync(inside(Buffer.from('l\xefb', 'latin1')));
    fs.writeFileSync(inside(Buffer.from('l\xefb/\xff.py', 'latin1')), '(');
    fs.writeFileSync(inside(Buffer.from('l\xefb/\xc3\xa9.py', 'latin1')), '');
    assert.deepEqual((await dumped('.')).files, ['a.py', 'l\udcefb/\u00e9.py', 'l\udcefb/\udcff.py']);
    fs.writeFileSync('list', Buffer.from('l\xefb/\xff.py\n', 'latin1'));
    assert.deepEqual((await dumped('@list')).files, ['l\udcefb/\udcff.py']);
    const { err } = await colens(['ast', '@list']);
    assert.match(err, /File "l\\udcefb\/\\udcff\.py", line 1/);
  });

  skipOnWindows('names and sources tell a terminal nothing but text', async () => {
    folder = new Folder({
      'x\u001b[31m.py': 'x = "\u001b]0;owned\u0007" (\n',
      'y.py': 'x = "\u001b[31m\u202e" # é\n',
    });
    const { err } = await colens(['ast', 'x\u001b[31m.py', 'no\nwhere\u009b.py']);
    assert.match(err, /x\\x1b\[31m\.py/);
    assert.doesNotMatch(err, /[^\P{C}\n]/u);
    const shown = await colens(['inspect', 'y.py'], { outputIsTerminal: true });
    assert.equal(shown.out, 'x = "\\x1b[31m\\u202e" # é\n\n');
    const piped = await colens(['inspect', 'y.py']);
    assert.equal(piped.out, 'x = "\u001b[31m\u202e" # é\n\n');
  });
});
