// `colens compile`: files that the target's CPython imports, where and when it would write them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readPyc } from '../../server/src/python/code/marshal/pyc.ts';
import { cachePath } from '../../server/src/cli/pycPath.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { judges, type Judge } from '../support/python.ts';
import { colens, Folder } from './runCli.ts';

/** A native interpreter. */
async function native(context: Mocha.Context): Promise<Judge> {
  const found = (await judges()).filter(({ interpreter }) => interpreter.kind === 'native');
  return found.at(-1) ?? context.skip();
}

function python({ interpreter }: Judge, code: string): string {
  const [executable, ...before] = interpreter.command;
  const { stdout, stderr } = spawnSync(executable, [...before, '-B', '-c', code], { encoding: 'utf8' });
  return stdout + stderr;
}

describe('colens compile', function () {
  this.timeout(60_000);
  this.slow(10_000);
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => folder.remove());

  const pycs = (): string[] =>
    fs
      .readdirSync('.', { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.pyc'))
      .sort();
  const pycOf = (file: string) => {
    const pyc = readPyc(fs.readFileSync(file));
    assert.ok('code' in pyc, file);
    return pyc;
  };

  it('the interpreter imports what was compiled, and not the source', async function () {
    const judge = await native(this);
    folder.write('marked.py', 'MARK = "compiled"\n');
    const mode = ['--invalidation-mode', 'unchecked-hash'];
    const outcome = await colens(['compile', '--target', judge.target.version, ...mode, 'marked.py']);
    assert.deepEqual(outcome, { code: 0, out: '', err: '' });
    folder.write('marked.py', 'MARK = "source"\n');
    assert.equal(python(judge, 'import marked; print(marked.MARK)').trim(), 'compiled');
  });

  it('the interpreter takes time and size, or the hash, for those of the source', async function () {
    const judge = await native(this);
    for (const mode of ['timestamp', 'checked-hash']) {
      folder.write(`${mode[0]}.py`, `MARK = "${mode}"\n`);
      await colens([
        'compile',
        '--target',
        judge.target.version,
        '--invalidation-mode',
        mode,
        `${mode[0]}.py`,
      ]);
      const report = `import importlib.util, marshal, sys; sys.dont_write_bytecode = True; import ${mode[0]} as m
import _imp, importlib._bootstrap_external as b; print(m.MARK)
loader, data = m.__loader__, open(m.__cached__, 'rb').read()
details = {'name': 'm', 'path': m.__cached__}; flags = b._classify_pyc(data, 'm', details)
st = loader.path_stats(m.__file__)
b._validate_hash_pyc(data, importlib.util.source_hash(loader.get_data(m.__file__)), 'm', details) if flags else b._validate_timestamp_pyc(data, int(st['mtime']), st['size'], 'm', details)
print(flags)`;
      assert.equal(python(judge, report).replaceAll('\r', ''), `${mode}\n${mode === 'timestamp' ? 0 : 3}\n`);
    }
  });

  it('directories: all below them, into __pycache__, with the levels of -O in the name', async () => {
    for (const name of ['a.py', 'b.txt', 'p/__init__.py', 'p/site-packages/c.py', '__pycache__/d.py'])
      folder.write(name, 'assert x, "text"\n');
    await colens(['compile', '--target', '3.13', '--optimize', '0', '--optimize', '2', '.']);
    const names = ['__pycache__/a', 'p/__pycache__/__init__', 'p/site-packages/__pycache__/c'];
    assert.deepEqual(
      pycs(),
      names.flatMap(name => [`${name}.cpython-313.opt-2.pyc`, `${name}.cpython-313.pyc`]),
    );
    const [plain, optimized] = ['', '.opt-2'].map(level => pycOf(`__pycache__/a.cpython-313${level}.pyc`));
    assert.ok(plain.code.code.length > optimized.code.code.length);
    // os.path.join('.', 'a.py'), as compileall has it.
    assert.equal(plain.code.filename, './a.py');
  });

  it('what is up to date in a directory is left alone, but for --force; what is named is not', async () => {
    folder.write('a.py', 'x = 1\n');
    const cached = '__pycache__/a.cpython-313.pyc';
    const compile = (...args: string[]) => colens(['compile', '--target', '3.13', ...args]);
    const isLeft = async (...args: string[]): Promise<boolean> => {
      const { ino } = fs.statSync(cached);
      await compile(...args);
      return fs.statSync(cached).ino === ino;
    };
    await compile('.');
    assert.equal(await isLeft('.'), true);
    assert.equal(await isLeft('--force', '.'), false);
    assert.equal(await isLeft('a.py'), false);
    fs.utimesSync('a.py', 1, 1);
    assert.equal(await isLeft('.'), false);
    assert.deepEqual(pycOf(cached).header.stamp, { mode: 'timestamp', mtime: 1, size: 6 });
  });

  it('files that do not compile are told, the others go on', async () => {
    folder.write('a.py', 'x = (\n');
    folder.write('b.py', 'x = 1\n');
    const { code, out, err } = await colens(['compile', '--target', '3.13', '.']);
    assert.deepEqual([code, out], [1, '']);
    assert.equal(err, `  File "./a.py", line 1\n    x = (\n        ^\nSyntaxError: '(' was never closed\n`);
    assert.deepEqual(pycs(), ['__pycache__/b.cpython-313.pyc']);
  });

  it('names the file of an error without a line', async () => {
    folder.write('a.py', 'x = 1\0\n');
    const { code, err } = await colens(['compile', '--target', '3.13', '.']);
    assert.deepEqual(
      [code, err],
      [1, 'SyntaxError: source code string cannot contain null bytes (./a.py)\n'],
    );
  });

  it('--output, also of standard input', async () => {
    await colens(['compile', '--target', '3.13', '-o', 'out/x.pyc', '-'], { stdin: 'x = 1' });
    const { header, code: compiled } = pycOf('out/x.pyc');
    assert.deepEqual(header.stamp, { mode: 'timestamp', mtime: 0, size: 5 });
    assert.equal(compiled.filename, '<stdin>');
  });

  it('SOURCE_DATE_EPOCH makes hashes the default, as in py_compile', async () => {
    folder.write('a.py', '');
    const before = process.env.SOURCE_DATE_EPOCH;
    process.env.SOURCE_DATE_EPOCH = '1';
    try {
      await colens(['compile', '--target', '3.13', 'a.py']);
      assert.equal(pycOf('__pycache__/a.cpython-313.pyc').header.stamp.mode, 'checked-hash');
      await colens(['compile', '--target', '3.13', '--invalidation-mode', 'timestamp', 'a.py']);
      assert.equal(pycOf('__pycache__/a.cpython-313.pyc').header.stamp.mode, 'timestamp');
    } finally {
      if (before === undefined) delete process.env.SOURCE_DATE_EPOCH;
      else process.env.SOURCE_DATE_EPOCH = before;
    }
  });

  it('--strip and --prepend change co_filename, as those of compileall', async () => {
    folder.write('build/root/p/a.py', '');
    await colens(['compile', '--target', '3.13', '-s', 'build/root', '-p', '/usr/lib', 'build/root/p']);
    assert.equal(pycOf('build/root/p/__pycache__/a.cpython-313.pyc').code.filename, '/usr/lib/p/a.py');
  });

  it('replaces files, no links and nothing else', async () => {
    folder.write('a.py', 'x = 1\n');
    fs.mkdirSync('__pycache__');
    fs.symlinkSync(path.resolve('elsewhere'), '__pycache__/a.cpython-313.pyc');
    const { code, err } = await colens(['compile', '--target', '3.13', 'a.py']);
    assert.equal(code, 1);
    assert.match(err, /^colens: __pycache__\/a\.cpython-313\.pyc: is a symbolic link/);
    assert.deepEqual(fs.readdirSync('.').sort(), ['__pycache__', 'a.py']);
    assert.deepEqual(fs.readdirSync('__pycache__'), ['a.cpython-313.pyc']);
  });

  it('calls that mean nothing are told', async () => {
    folder.write('a.py', '');
    const usage = async (...args: string[]): Promise<string> => {
      const { code, err } = await colens(['compile', ...args]);
      assert.equal(code, 2, err);
      return err.split('\n')[0];
    };
    assert.match(await usage(), /no PATH/);
    assert.match(await usage('-o', 'x', 'a.py', 'a.py'), /--output takes one source/);
    assert.match(await usage('-o', 'x', '.'), /no directory/);
    assert.match(
      await usage('--invalidation-mode', 'hash', 'a.py'),
      /takes timestamp, checked-hash, unchecked-hash/,
    );
    assert.match(await usage('--shard', '3/2', 'a.py'), /--shard takes I\/N/);
    assert.match(await usage('--jobs', '-1', 'a.py'), /--jobs/);
  });
});

describe('cachePath', () => {
  // importlib.util.cache_from_source() of CPython 3.13.18.
  it('is that of cache_from_source()', () => {
    const target = parseTarget('3.13')!;
    const cached = Object.fromEntries(
      ['a.py', '/x/a.b.py', './a.py', 'script', '.hidden'].map(name => [name, cachePath(name, target, 2)]),
    );
    assert.deepEqual(cached, {
      'a.py': '__pycache__/a.cpython-313.opt-2.pyc',
      '/x/a.b.py': '/x/__pycache__/a.b.cpython-313.opt-2.pyc',
      './a.py': './__pycache__/a.cpython-313.opt-2.pyc',
      script: '__pycache__/scriptcpython-313.opt-2.pyc',
      '.hidden': '__pycache__/hidden.cpython-313.opt-2.pyc',
    });
  });
});

describe('--shard', () => {
  it('parts have every file once, in the order of all', async () => {
    const folder = new Folder(Object.fromEntries([...'abcde'].map(name => [`${name}.py`, ''])));
    try {
      const files = async (...args: string[]): Promise<string[]> => {
        const { out } = await colens(['dump', '--fields', 'name', ...args, '.']);
        return [...out.matchAll(/"file":"(\w)/g)].map(match => match[1]);
      };
      assert.deepEqual(await files('--shard', '1/2'), ['a', 'c', 'e']);
      assert.deepEqual(await files('--shard', '2/2'), ['b', 'd']);
    } finally {
      folder.remove();
    }
  });
});
