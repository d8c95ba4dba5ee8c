// `colens dump` and `colens show` of .pyc files: what they say of the source, and the header.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { colens, Folder } from './runCli.ts';

const SOURCE = 'class C:\n    def m(self, *args, k=1):\n        yield lambda: self\n';

describe('.pyc files as inputs', () => {
  let folder: Folder;
  before(async () => {
    folder = new Folder({ 'm.py': SOURCE });
    fs.utimesSync('m.py', 1_700_000_000, 1_700_000_000);
    await colens(['compile', '--target', '3.13', '-o', 'm.pyc', 'm.py']);
    await colens([
      ...['compile', '--target', '3.12', '-o', 'hash.pyc', '--invalidation-mode', 'unchecked-hash', 'm.py'],
    ]);
  });
  after(() => folder.remove());

  const dumped = async (...args: string[]): Promise<Record<string, unknown>> =>
    JSON.parse((await colens(['dump', ...args])).out) as Record<string, unknown>;

  it('dump: the code objects of the source, whole or their facts, and the header', async () => {
    for (const options of [[], ['--positions'], ['--fields', 'name,flags,varnames']]) {
      const file = await dumped(...options, 'm.pyc');
      const source = await dumped('--target', '3.13', ...options, 'm.py');
      assert.deepEqual(file.code, source.code);
    }
    const { header } = await dumped('m.pyc');
    const size = SOURCE.length;
    assert.deepEqual(header, {
      flags: 0,
      magic: 3571,
      mode: 'timestamp',
      mtime: 1_700_000_000,
      size,
      version: '3.13',
    });
    // importlib.util.source_hash() of CPython 3.12.1.
    const hash = '11684b714575a064';
    assert.deepEqual((await dumped('hash.pyc')).header, {
      ...{ flags: 1, hash, magic: 3531, mode: 'unchecked-hash', version: '3.12' },
    });
  });

  it('dump: what is wrong with a file, and the exit code 1', async () => {
    fs.writeFileSync('cut.pyc', fs.readFileSync('m.pyc').subarray(0, 100));
    const { code, out } = await colens(['dump', 'cut.pyc']);
    assert.equal(code, 1);
    assert.match(out, /^\{"error":\{"msg":"marshal data too short","offset":\d+\},"file":"cut\.pyc","sha":"/);
  });

  it('show: header, fields, variables; what a qualified name names', async () => {
    const module = await colens(['show', 'm.pyc']);
    assert.equal(module.code, 0);
    assert.match(module.out, /^<code object <module>, file "m\.py", line 1>  CPython 3\.13\n/);
    assert.match(
      module.out,
      /\nmagic 3571 \(CPython 3\.13\) · flags 0x0 · timestamp 2023-11-14T22:13:20Z · source of 65 bytes\n/,
    );
    const method = await colens(['show', 'm.pyc:C.m']);
    assert.match(method.out, /RETURN_GENERATOR/);
    assert.match(method.out, /\n {4}0 {2}self {2}local, cell\n/);
    assert.match(method.out, /\nnested code objects\n {4}<lambda> {2}line 3 {2}CO_NESTED\n/);
    const none = await colens(['show', 'm.pyc:C.n']);
    assert.deepEqual([none.code, none.err], [1, "colens: m.pyc has no code object 'C.n'\n"]);
    fs.writeFileSync('two.py', 'def f(): 1\ndef f(): 2\n');
    await colens(['compile', '-o', 'two.pyc', 'two.py']);
    assert.match((await colens(['show', 'two.pyc:f#2'])).out, /^<code object f, file "two\.py", line 2>/);
    const cut = await colens(['show', 'cut.pyc']);
    assert.equal(cut.code, 1);
    assert.match(cut.err, /^colens: cut\.pyc: marshal data too short, at byte \d+\n$/);
  });

  it('every command: an empty file, and text, are no .pyc files', async () => {
    for (const text of ['', 'x = 1\n']) {
      fs.writeFileSync('none.pyc', text);
      for (const command of ['dis', 'show', 'lines', 'dump']) {
        const { code, out, err } = await colens([command, 'none.pyc']);
        assert.equal(code, 1, command);
        if (command === 'dump')
          assert.match(out, /^\{"error":\{"msg":"no \.pyc file: bad magic number","offset":0\},/);
        else assert.equal(out, '', command);
        if (command === 'lines')
          assert.match(err, /^colens: none\.pyc: is a \.pyc file; lines needs the source\n$/);
        else if (command !== 'dump')
          assert.equal(err, 'colens: none.pyc: no .pyc file: bad magic number, at byte 0\n', command);
      }
    }
  });
});
