// .pyc files: their headers, and whole files that are written, against those that interpreters write and what they
// load of ours.
import assert from 'node:assert/strict';
import {
  readHeader,
  readPyc,
  sourceHash,
  writePyc,
  type SourceStamp,
} from '../../../../server/src/python/code/marshal/pyc.ts';
import { sipHash } from '../../../../server/src/python/code/marshal/sipHash.ts';
import { analyze } from '../../../../server/src/python/index.ts';
import { TARGETS, type Target } from '../../../../server/src/python/versions/target.ts';
import { ConstantType } from '../../../../server/src/python/constants/values.ts';
import { askPython, judges, type Judge } from '../../../support/python.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const base64 = (text: string): Buffer => Buffer.from(text, 'base64');

const SOURCE = 'def f(a, *, b=1):\n    """Text."""\n    return lambda: a + b\n';
const MTIME = 4_300_000_000; // more than 32 bits

describe('sipHash', () => {
  // _imp.source_hash(0, …) of CPython 3.8 and 3.11.
  it('is that of _imp.source_hash() up to 3.10 and later', () => {
    const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
    assert.equal(hex(sipHash(0, bytes, { each: 2, last: 4 })), '4baeef4ec4f46a94');
    assert.equal(hex(sipHash(0, bytes, { each: 1, last: 3 })), '08796e50e1666a1c');
  });

  it('has the magic number of each version as its key', () => {
    // importlib.util.source_hash(b'x = 1\n') of 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.7, 3.13.18, 3.14.10, 3.15.2.
    const hashes =
      '1506f08f32bf3ff3 f1d665a9e50fdffa d94aade28c8cbebf 4c0372aa93f75252 1522561917f5df08 e786e2893651120e ' +
      '1db2b6325ca282a7 a8abdb6f34c441fd';
    const ours = TARGETS.map(({ dialect }) => hex(sourceHash(Buffer.from('x = 1\n'), dialect.assembler)));
    assert.equal(ours.join(' '), hashes);
  });
});

describe('readHeader', () => {
  const error = (text: string): string => {
    const result = readHeader(Buffer.from(text, 'hex'));
    return 'error' in result ? `${result.error.message} at ${result.error.offset}` : 'none';
  };

  it('refuses what is no .pyc file, what is of another version, and what is cut short', () => {
    assert.equal(error(''), 'no .pyc file: bad magic number at 0');
    assert.equal(error('f30d0a0d00000000'), 'no .pyc file: bad magic number at 0');
    // 3394 is 3.7's.
    assert.match(error('420d0d0a'), /^the magic number 3394 is of no release of CPython 3\.8 to 3\.15 at 0$/);
    assert.equal(error('f30d0d0a0000000000000000000000'), 'reached EOF while reading pyc header at 15');
    assert.equal(error(`f30d0d0a04000000${'0'.repeat(16)}`), 'invalid flags 0x4 at 4');
  });
});

async function eachJudge(context: Mocha.Context, check: (judge: Judge) => Promise<void>): Promise<void> {
  const all = await judges();
  if (all.length === 0) context.skip();
  for (const judge of all) await check(judge);
}

describe('.pyc files of interpreters', () => {
  it('are read: header, hash of the source, code object', async function () {
    this.timeout(120_000);
    await eachJudge(this, async ({ interpreter, target }) => {
      const question = { sources: [SOURCE], mtime: MTIME };
      const [files] = (await askPython(interpreter, 'pycFiles.py', question)) as Record<string, string>[];
      const hash = sourceHash(Buffer.from(SOURCE), target.dialect.assembler);
      const stamps: SourceStamp[] = [
        { mode: 'timestamp', mtime: MTIME % 2 ** 32, size: SOURCE.length },
        { mode: 'checked-hash', hash },
        { mode: 'unchecked-hash', hash },
      ];
      for (const stamp of stamps) {
        const pyc = readPyc(base64(files[stamp.mode]));
        assert.ok('code' in pyc, `${target.version} ${stamp.mode}`);
        assert.deepEqual(pyc.header.stamp, stamp);
        assert.equal(pyc.target.series, target.series);
        assert.equal(pyc.code.filename, 'module.py');
        const [f] = pyc.code.consts.flatMap(each => (each.type === ConstantType.Code ? [each.code] : []));
        assert.deepEqual([f.name, f.varnames, f.cellvars], ['f', ['a', 'b'], ['a', 'b']]);
      }
    });
  });
});

/** Constants of every type, and what marshal has special forms for. */
const SOURCES = [
  '',
  SOURCE,
  'x = [0, 1, -1, 2147483647, -2147483648, 2147483648, -2147483649, 10**40, -(10**40), 32767, 32768, 1 << 45]\n',
  'x = (0.0, -0.0, 1e300, 1e999, 1e999 - 1e999, -(1e999 - 1e999), 1j, -0j, 0j * -1, 1e999j)\ny = [0, 0.0, False]\n',
  `x = ("${'a'.repeat(255)}", "${'a'.repeat(256)}", "é", "\\ud800", "\\ud83d\\ude00", "\u{1f600}", b"\\xff", b"", "x y")\n`,
  `def f(): return (1, 2.5, "text of f", ("a", (None, ..., True)))\ndef g(): return (1, 2.5, "text of f", ("a", (None, ..., True)))\n`,
  'def f(x): return x + 100000, x + 2.5, x + "a b"\ndef g(x): return x + 100000, x + 2.5, x + "a b"\n',
  'def f(x): return x in {1, 2, 3, "a", (1, 2), 300, 100000, None, b"c"}\n',
  'def f(x): return x[1:2], x[::2], x[None:3:(1, "a")]\n',
  'def f(é, *args, k=1, **kw):\n    def g():\n        nonlocal é\n        return __class__, args\n    return g\n',
  `x = ${JSON.stringify(Array.from({ length: 300 }, (_, i) => i))
    .replace('[', '(')
    .replace(']', ')')}\n`,
  `${Array.from({ length: 300 }, (_, i) => `name${i} = 'value ${i}'`).join('\n')}\n`,
  'f1 = lambda x: x.y.z\nf2 = lambda a: a.b.c\nf3 = lambda b: b.y.z\nf4 = lambda: (1, "a b")\nf5 = lambda: (1, "a b")\n',
  'def f[T: int](x: T) -> T: return [y for y in x]\n',
  'class C:\n    def m(self):\n        try:\n            yield super().m\n        except* E: pass\n',
  'async def f():\n    async with a as b, c:\n        return f"{b!r:>{c}}"\n',
];

describe('writePyc', () => {
  const written = (source: string, target: Target, optimize: 0 | 1 | 2): string | undefined => {
    const analysis = analyze(source, target, optimize);
    const { assembler: dialect } = target.dialect;
    const bytes =
      analysis.errors.length === 0 &&
      writePyc(
        analysis.code,
        { mode: 'unchecked-hash', hash: sourceHash(Buffer.from(source), dialect) },
        { dialect, bytecode: code => analysis.bytecode(code), filename: 'module.py' },
      );
    return bytes ? Buffer.from(bytes).toString('base64') : undefined;
  };

  it('what interpreters load is what they compile, and constants are one object where theirs are', async function () {
    this.timeout(120_000);
    await eachJudge(this, async ({ interpreter, target }) => {
      for (const optimize of [0, 2] as const) {
        const pairs = SOURCES.map(source => [source, written(source, target, optimize)] as const);
        const compiled = pairs.filter(([, file]) => file !== undefined);
        assert.ok(compiled.length >= 10, target.version);
        const question = {
          files: compiled.map(pair => pair[1]),
          sources: compiled.map(pair => pair[0]),
          optimize,
        };
        const answers = (await askPython(interpreter, 'pycFiles.py', question)) as (string | null)[];
        answers.forEach((difference, i) => {
          assert.equal(difference, null, `${target.version} ${compiled[i][0]}`);
        });
      }
    });
  });
});
