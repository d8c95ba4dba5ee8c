// `colens verify`: files that interpreters have compiled match their sources, and what is changed in them is found.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { readPyc, writePyc } from '../../server/src/python/code/marshal/pyc.ts';
import type { WholeCode } from '../../server/src/python/code/bytecode.ts';
import { ConstantType } from '../../server/src/python/constants/values.ts';
import { judges } from '../support/python.ts';
import { colens, Folder } from './runCli.ts';

const SOURCE = `def f(a, b=1):
    """Text."""
    try:
        return [a, -0.0, (1, "x")]
    except* ValueError:
        assert b, 'message'
`;

describe('colens verify', function () {
  this.timeout(60_000);
  this.slow(10_000);
  let folder: Folder;
  beforeEach(() => (folder = new Folder({ 'm.py': SOURCE })));
  afterEach(() => folder.remove());

  const CACHED = '__pycache__/m.cpython-313.pyc';
  const compile = (...args: string[]) => colens(['compile', '--target', '3.13', ...args]);

  /** Changes the code object of `f` in the compiled file. */
  function change(alter: (f: WholeCode) => Partial<WholeCode>, file = CACHED): void {
    const pyc = readPyc(fs.readFileSync(file));
    assert.ok('code' in pyc);
    const consts = pyc.code.consts.map(each =>
      each.type === ConstantType.Code ? { ...each, code: { ...each.code, ...alter(each.code) } } : each,
    );
    const dialect = pyc.target.dialect.assembler;
    const options = { dialect, bytecode: (one: WholeCode) => one, filename: pyc.code.filename };
    fs.writeFileSync(file, writePyc({ ...pyc.code, consts }, pyc.header.stamp, options)!);
  }

  it('what interpreters compile matches, at each level of -O', async function () {
    const natives = (await judges()).filter(
      ({ interpreter, target: { dialect } }) => interpreter.kind === 'native' && dialect.grammar.exceptStar,
    );
    if (natives.length === 0) this.skip();
    for (const { interpreter } of natives) {
      for (const level of ['', '-O', '-OO']) {
        const args = [...(level ? [level] : []), '-m', 'compileall', '-q', '-f', '.'];
        assert.equal(spawnSync(interpreter.command[0], [...interpreter.command.slice(1), ...args]).status, 0);
      }
    }
    const { code, out, err } = await colens(['verify', '.']);
    assert.equal(code, 0, out);
    assert.equal(err, `${natives.length * 3} files: ${natives.length * 3} match\n`);
    assert.match(out, /m\.cpython-3\d+\.opt-2\.pyc: match: CPython 3\.\d+\.\d+ -OO\n/);
  });

  it('the order of names that hashes decide on in 3.12 and 3.13 is any', async function () {
    const natives = (await judges()).filter(
      ({ interpreter, target: { dialect } }) =>
        interpreter.kind === 'native' &&
        dialect.symtable.inlineComprehensions &&
        dialect.compiler.inlinedInClass === 'everyName',
    );
    if (natives.length === 0) this.skip();
    folder.write(
      'm.py',
      `def f(p, q, r):
    class C:
        x = [(i for i in p if q if r) for b in p], {b: lambda: (p, q) for b in p}
        y = [[lambda: (q, r, z) for b in p] for b in [lambda: (p, r)] if b]
    z = 1
`,
    );
    const files = new Set<string>();
    for (const { interpreter } of natives) {
      for (let seed = 0; seed < 8; seed++) {
        const [python, ...options] = interpreter.command;
        const env = { ...process.env, PYTHONHASHSEED: String(seed) };
        const args = [...options, '-m', 'compileall', '-q', '-f', '.'];
        assert.equal(spawnSync(python, args, { env }).status, 0);
        const { code, out } = await colens(['verify', '.']);
        assert.equal(code, 0, out);
        const [file] = fs.readdirSync('__pycache__');
        files.add(fs.readFileSync(`__pycache__/${file}`, 'latin1'));
        fs.rmSync('__pycache__', { recursive: true });
      }
    }
    assert.ok(files.size > natives.length);
  });

  it('tells the first difference: code object, field, place', async () => {
    // What is "of the source" is what CPython 3.13.18 has.
    const changes: [(f: WholeCode) => Partial<WholeCode>, RegExp][] = [
      [f => ({ flags: f.flags | 0x20 }), /differs: f: co_flags: 0x23 in the file, 0x3 of the source\n/],
      [() => ({ stacksize: 1 }), /differs: f: co_stacksize: 1 in the file, 6 of the source\n/],
      [
        f => ({ code: f.code.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) }),
        /differs: f: co_code at 4: LOAD_FAST 1 \(b\) in the file, LOAD_FAST 0 \(a\) of the source\n/,
      ],
      [
        f => ({ consts: f.consts.slice(0, -1) }),
        /differs: f: co_consts at 4: nothing in the file, None of the source\n/,
      ],
      [
        f => ({
          consts: f.consts.map((each, i) => (i === 1 ? { type: ConstantType.Float, value: 0 } : each)),
        }),
        /differs: f: co_consts at 1: 0\.0 in the file, -0\.0 of the source\n/,
      ],
      [
        f => ({ linetable: f.linetable.map((byte, i) => (i === 1 ? byte ^ 2 : byte)) }),
        /differs: f: co_linetable at 0: 0 to 2: .* in the file, 0 to 2: 1:0-1:0 of the source\n/,
      ],
      [
        f => ({ exceptiontable: f.exceptiontable!.slice(4) }),
        /differs: f: co_exceptiontable at 0: .* in the file, 4 to 12 -> 14 \[0\] of the source\n/,
      ],
      [() => ({ name: 'g' }), /differs: f: co_name: 'g' in the file, 'f' of the source\n/],
      [
        f => ({ names: [...f.names, 'os'] }),
        /differs: f: co_names at 1: 'os' in the file, nothing of the source\n/,
      ],
    ];
    for (const [alter, expected] of changes) {
      await compile('-f', 'm.py');
      change(alter);
      const { code, out } = await colens(['verify', CACHED]);
      assert.match(out, expected);
      assert.equal(code, 1);
    }
  });

  it('what is stale by its header is said, and whether its code is still the same', async () => {
    await compile('m.py');
    fs.utimesSync('m.py', 1, 1);
    const later = await colens(['verify', CACHED]);
    assert.equal(later.code, 0);
    assert.match(
      later.out,
      /: stale: it was made from a source of \d{4}-.*, not 1970-01-01T00:00:01Z; its code is still/,
    );
    folder.write('m.py', `${SOURCE}x = 1\n`);
    const longer = await colens(['verify', '--strict', CACHED]);
    assert.equal(longer.code, 1);
    assert.match(longer.out, /: stale: it was made from a source of 127 bytes, not 133\n$/);
    await compile('--invalidation-mode', 'checked-hash', 'm.py');
    folder.write('m.py', SOURCE);
    assert.match(
      (await colens(['verify', CACHED])).out,
      /: stale: the hash of its header is not that of the source\n/,
    );
  });

  it('a file whose hash is not checked differs, for imports take it', async () => {
    await compile('--invalidation-mode', 'unchecked-hash', 'm.py');
    folder.write('m.py', 'x = 1\n');
    const { code, out } = await colens(['verify', CACHED]);
    assert.equal(code, 1);
    assert.match(out, /: differs: <module>: co_names at 0: 'f' in the file, 'x' of the source\n$/);
  });

  it('no source, other files, a source that does not compile', async () => {
    await compile('-o', 'alone.pyc', 'm.py');
    const none = await colens(['verify', 'alone.pyc']);
    assert.deepEqual(
      [none.code, none.out],
      [0, 'alone.pyc: no source: alone.py: no such file or directory\n'],
    );
    folder.write('text.pyc', 'x = 1\n');
    const corrupt = await colens(['verify', 'text.pyc']);
    assert.equal(corrupt.code, 1);
    assert.equal(corrupt.out, 'text.pyc: corrupt: no .pyc file: bad magic number, at byte 0\n');
    fs.writeFileSync('cut.pyc', fs.readFileSync('alone.pyc').subarray(0, 60));
    assert.match((await colens(['verify', 'cut.pyc'])).out, /corrupt: marshal data too short, at byte \d+\n/);
    await compile('--invalidation-mode', 'unchecked-hash', '-o', 'alone.pyc', 'm.py');
    folder.write('alone.py', 'x = (\n');
    const refused = await colens(['verify', 'alone.pyc']);
    assert.equal(refused.code, 1);
    assert.match(
      refused.out,
      /: differs: the source does not compile: SyntaxError: '\(' was never closed\n$/,
    );
  });

  it('--source names the source, or a directory with the same structure', async () => {
    folder.write('p/m.py', SOURCE);
    await compile('p');
    fs.renameSync('p/m.py', 'moved.py');
    const file = await colens(['verify', '--source', 'moved.py', 'p/__pycache__/m.cpython-313.pyc']);
    assert.match(file.out, /: match: /);
    folder.write('sources/m.py', SOURCE);
    fs.utimesSync('sources/m.py', fs.statSync('moved.py').mtime, fs.statSync('moved.py').mtime);
    assert.match((await colens(['verify', '--source', 'sources', 'p'])).out, /: match: /);
  });

  it('--json has header, compilation and difference', async () => {
    await compile('m.py');
    change(() => ({ name: 'g' }));
    const { out } = await colens(['verify', '--json', '.']);
    const { mtimeMs } = fs.statSync('m.py');
    assert.deepEqual(JSON.parse(out), {
      file: CACHED,
      status: 'differs',
      source: 'm.py',
      header: {
        flags: 0,
        magic: 3571,
        mode: 'timestamp',
        mtime: Math.trunc(mtimeMs / 1000),
        size: SOURCE.length,
        version: '3.13',
      },
      as: { version: '3.13.18', optimize: 0 },
      reason: "f: co_name: 'g' in the file, 'f' of the source",
      difference: { qualname: 'f', field: 'co_name', source: "'f'", file: "'g'" },
    });
  });

  it('--quiet says nothing of what matches', async () => {
    await compile('m.py');
    assert.deepEqual(await colens(['verify', '-q', '.']), { code: 0, out: '', err: '1 file: 1 match\n' });
  });
});
