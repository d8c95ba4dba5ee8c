// `colens dis` and `colens lines`. Listings are those that the interpreters print, pasted.
import assert from 'node:assert/strict';
import { colensIn } from './runCli.ts';

/** What 3.9.18 compiled `def f():\n  def g(): return a.b\n` to. */
const PYC_3_9 = Buffer.from(
  'YQ0NCgAAAAD2lwprHwAAAOMAAAAAAAAAAAAAAAAAAAAAAgAAAEAAAABzDAAAAGQAZAGEAFoAZAJTACkDYwAAAAAAAAAAAAAAAAEAAAACAAAAQwAA' +
    'AHMMAAAAZAFkAoQAfQBkAFMAKQNOYwAAAAAAAAAAAAAAAAAAAAABAAAAUwAAAHMGAAAAdABqAVMAKQFOKQLaAWHaAWKpAHIDAAAAcgMAAAD6' +
    'BGEucHnaAWcCAAAA8wAAAAB6DGYuPGxvY2Fscz4uZ3IDAAAAKQFyBQAAAHIDAAAAcgMAAAByBAAAANoBZgEAAABzAgAAAAABcgcAAABOKQFyBw' +
    'AAAHIDAAAAcgMAAAByAwAAAHIEAAAA2gg8bW9kdWxlPgEAAAByBgAAAA==',
  'base64',
);

const LOOP = 'for x in y:\n  if x: a(b, c)\n';

describe('colens dis', () => {
  it('shows caches as they are before the code runs: -S -C of 3.12', async () => {
    const { code, out } = await colensIn({ 'a.py': LOOP }, ['dis', '--target', '3.12.1', '-SC', 'a.py']);
    assert.equal(code, 0);
    assert.equal(
      out,
      `  0           0 RESUME                   0

  1           2 LOAD_NAME                0 (y)
              4 GET_ITER
        >>    6 FOR_ITER                14 (to 38)
              8 CACHE                    0 (counter: 17)
             10 STORE_NAME               1 (x)

  2          12 LOAD_NAME                1 (x)
             14 POP_JUMP_IF_TRUE         1 (to 18)
             16 JUMP_BACKWARD            6 (to 6)
        >>   18 PUSH_NULL
             20 LOAD_NAME                2 (a)
             22 LOAD_NAME                3 (b)
             24 LOAD_NAME                4 (c)
             26 CALL                     2
             28 CACHE                    0 (counter: 17)
             30 CACHE                    0 (func_version: 0)
             32 CACHE                    0
             34 POP_TOP
             36 JUMP_BACKWARD           16 (to 6)

  1     >>   38 END_FOR
             40 RETURN_CONST             0 (None)
`,
    );
  });

  it('has the options that the version has', async () => {
    const refused: readonly (readonly [string, string])[] = [
      ['3.10', '-C'],
      ['3.12', '-O'],
      ['3.13', '-P'],
      ['3.10', '-S'],
    ];
    for (const [version, option] of refused) {
      const { code, out, err } = await colensIn({ 'a.py': LOOP }, [
        'dis',
        '--target',
        version,
        option,
        'a.py',
      ]);
      assert.deepEqual([code, out], [2, ''], `${version} ${option}`);
      assert.match(err, new RegExp(`^colens dis: the dis of ${version} has no --`));
    }
    assert.equal((await colensIn({ 'a.py': LOOP }, ['dis', '--target', '3.14', '-COPS', 'a.py'])).code, 0);
  });

  it('reads .pyc files, which say themselves which version they are of', async () => {
    const files = { 'a.pyc': PYC_3_9 };
    const { code, out } = await colensIn(files, ['dis', 'a.pyc:f.<locals>.g']);
    assert.equal(code, 0);
    assert.equal(
      out,
      `  2           0 LOAD_GLOBAL              0 (a)
              2 LOAD_ATTR                1 (b)
              4 RETURN_VALUE
`,
    );
    const other = await colensIn(files, ['dis', '--target', '3.8', 'a.pyc']);
    assert.deepEqual([other.code, other.err], [1, 'colens: a.pyc is a file of 3.9, not of 3.8\n']);
    const cut = await colensIn({ 'a.pyc': PYC_3_9.subarray(0, 100) }, ['dis', 'a.pyc']);
    assert.equal(cut.code, 1);
    assert.match(cut.err, /^colens: a\.pyc: .*, at byte \d+\n$/);
  });

  it('gives instructions as data, with what lies on the stack', async () => {
    const { code, out } = await colensIn({ 'a.py': LOOP }, ['dis', '--target', '3.13', '--json', 'a.py']);
    assert.equal(code, 0);
    const record = JSON.parse(out) as {
      file: string;
      target: string;
      code: { name: string; instructions: Record<string, unknown>[] };
    };
    assert.deepEqual(
      [record.file, record.target.slice(0, 5), record.code.name],
      ['a.py', '3.13.', '<module>'],
    );
    const call = record.code.instructions.find(({ opname }) => opname === 'CALL')!;
    assert.deepEqual(call.stack_before, { depth: 5, entries: ['iter(y)', 'a', 'NULL', 'b', 'c'] });
    assert.deepEqual(call.stack_after, { depth: 2, entries: ['iter(y)', 'a(b, c)'] });
    assert.deepEqual(call.cache_info, [
      ['counter', 1, 0],
      ['func_version', 2, 0],
    ]);
  });
});

describe('colens lines', () => {
  const SOURCE = `"""doc"""
import sys
def f(x):
    "doc"
    global g
    y: int
    if 0:
        g()
    if x:
        return 1
    else:
        raise E
    print(1)
class C:
    def m(self):
        for i in self:
            while True: pass
        assert i
if __debug__:
    z = 3
else:
    z = 4
`;

  it('tells lines that are traced, branches, and why lines are not', async () => {
    const { code, out } = await colensIn({ 'a.py': SOURCE }, ['lines', '--target', '3.14.10', 'a.py']);
    assert.equal(code, 0);
    assert.equal(
      out,
      `a.py, CPython 3.14.10
  traceable  1-3, 7, 9-10, 12, 14-20
  dropped    4: the docstring, which is a constant of the function
  dropped    5: declares names, which makes no code
  dropped    6: an annotation without a value makes no code here
  dropped    8: cannot be reached: the test on line 7 is always false
  dropped    13: cannot be reached: line 9 never goes on to it
  dropped    22: cannot be reached: the test on line 19 is always true
  branches   f
    9 → 10 | 12
  branches   C.m
    16 → 16 | 18
    18 → 18 | 18
`,
    );
  });

  it('tells whether the parts of a statement have its instructions, and what ends a block', async () => {
    const source = 'if (\n  a and\n  b\n): c\ndef f():\n  assert False\n  g()\n';
    const { out } = await colensIn({ 'a.py': source }, ['lines', '--target', '3.14.10', 'a.py']);
    assert.equal(
      out.slice(0, out.indexOf('  branches')),
      `a.py, CPython 3.14.10
  traceable  2-6
  dropped    1: its instructions belong to the lines on which its parts begin, as line 2
  dropped    7: cannot be reached: line 6 never goes on to it
`,
    );
  });

  it('tells why bodies of cases and of elif are not reached', async () => {
    const source =
      'match x:\n  case a if 0:\n    b\n  case c if 1:\n    d\n  case [e]:\n    f\nif x:\n  g\nelif 1:\n  h\nelif i:\n  j\n';
    const { out } = await colensIn({ 'a.py': source }, ['lines', '--target', '3.14.10', 'a.py']);
    const dropped = out.split('\n').filter(line => line.includes('reached'));
    assert.deepEqual(dropped, [
      '  dropped    3: cannot be reached: the guard on line 2 is always false',
      '  dropped    7: cannot be reached: the case on line 4 takes all',
      '  dropped    12: cannot be reached: the test on line 10 is always true',
      '  dropped    13: cannot be reached: the test on line 10 is always true',
    ]);
  });

  it('tells what -O leaves out', async () => {
    const { out } = await colensIn({ 'a.py': 'assert x\ny\n' }, ['lines', '--optimize', '1', 'a.py']);
    assert.match(out, / {2}traceable {2}2\n {2}dropped {4}1: -O leaves assert statements out\n/);
  });

  it('has co_lines(), dis.findlinestarts() and co_branches() as data', async () => {
    const { out } = await colensIn({ 'a.py': LOOP }, ['lines', '--target', '3.14.10', '--json', 'a.py']);
    const { code, traceable } = JSON.parse(out) as { code: Record<string, unknown>[]; traceable: number[] };
    assert.deepEqual(traceable, [1, 2]);
    // Of the interpreter itself.
    assert.deepEqual(code[0].co_branches, [
      [6, 10, 58],
      [22, 28, 32],
    ]);
  });
});
