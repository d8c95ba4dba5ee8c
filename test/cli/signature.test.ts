// `colens signature`: objects in modules and files, and what arguments are bound to. That the signatures are CPython's
// is what the twin `inspect` of test/oracle compares.
import assert from 'node:assert/strict';
import { colens, colensIn } from './runCli.ts';

const FILES = {
  'shapes.py': [
    'from sides import Sides',
    'class Shape(Sides):',
    '    def __init__(self, size, *, color="red"): self.size = size',
    '    @property',
    '    def area(self): return 1',
    '    @classmethod',
    '    def make(cls, *sizes): return cls(*sizes)',
    'def outer(a, b=[1, 2]):',
    '    def inner(c): return c',
    '    return inner',
    'small = Shape(1)',
    'small.count(2)',
    '',
  ].join('\n'),
  'sides.py': 'class Sides:\n    def count(self, from_, /, to: int = 3) -> int: return to\n',
  'broken.py': 'def f(:\n',
  'decorated.py': 'import nowhere\n@nowhere.changes(1)\ndef f(a): pass\n',
};

describe('colens signature', () => {
  const check = async (args: readonly string[], out: string): Promise<void> =>
    assert.deepEqual(await colensIn(FILES, ['signature', ...args]), { code: 0, out, err: '' });

  it('of a module’s function, class and method', async () => {
    await check(
      ['shapes:Shape', 'shapes:Shape.make', 'shapes:outer'],
      ["(size, *, color='red')", '(*sizes)', '(a, b=[1, 2])', ''].join('\n'),
    );
    await check(['shapes:Shape.count'], '(self, from_, /, to: int = 3) -> int\n');
  });

  it('of what a file has, also inside functions', () =>
    check(
      ['shapes.py:outer.<locals>.inner', './shapes.py:small.count'],
      '(c)\n(from_, /, to: int = 3) -> int\n',
    ));

  it('of what is called, named or defined at a place', async () => {
    await check(['shapes.py:12:7'], '(from_, /, to: int = 3) -> int\n');
    await check(['shapes.py:12:12'], '(from_, /, to: int = 3) -> int\n');
    await check(['shapes.py:11:9'], "(size, *, color='red')\n");
    await check(['shapes.py:9:9'], '(c)\n');
    await check(['shapes.py:9', 'shapes.py:7', 'shapes.py:6'], '(c)\n(*sizes)\n(*sizes)\n');
  });

  it('of everything in a file', () =>
    check(
      ['shapes.py'],
      [
        "Shape(size, *, color='red')",
        "Shape.__init__(self, size, *, color='red')",
        'Shape.make(*sizes)',
        'outer(a, b=[1, 2])',
        'outer.<locals>.inner(c)',
        '',
      ].join('\n'),
    ));

  it('of builtins and C modules, as the target has them', async () => {
    await check(['--target', '3.8', 'builtins:sum'], '(iterable, /, start=0)\n');
    await check(['builtins:str.split'], '(self, /, sep=None, maxsplit=-1)\n');
  });

  it('says why CPython has none', async () => {
    const { code, err } = await colens(['signature', 'builtins:iter']);
    assert.deepEqual(
      [code, err],
      [1, 'colens: builtins:iter: ValueError: no signature found for builtin <built-in function iter>\n'],
    );
  });

  it('says that a decorator may have changed it', async () => {
    const { code, out, err } = await colensIn(FILES, ['signature', 'decorated.py:f']);
    assert.deepEqual([code, out], [0, '(a)\n']);
    assert.match(err, /^colens: decorated\.py:f: as defined; @nowhere\.changes\(1\) may change it$/m);
  });

  describe('--bind', () => {
    it('prints what each parameter gets', () =>
      check(['shapes:Shape', '--bind', '3'], "size = 3\ncolor = 'red'  # default\n"));

    it('collects', () => check(['--bind', '1, *[2, 3]', 'shapes:Shape.make'], 'sizes = (1, 2, 3)\n'));

    it('prints the TypeError of bind()', async () => {
      const { code, out, err } = await colensIn(FILES, ['signature', 'shapes:outer', '--bind', 'b=1']);
      assert.deepEqual([code, out, err], [1, '', "TypeError: missing a required argument: 'a'\n"]);
    });

    it('takes arguments and nothing else', async () => {
      const { code, err } = await colens(['signature', 'builtins:sum', '--bind', '1)(2']);
      assert.equal(code, 2);
      assert.match(err, /^colens signature: --bind takes arguments as in a call, not '1\)\(2'$/m);
    });
  });

  it('names that are not there, files that cannot be read or compiled', async () => {
    const fails = async (name: string, message: RegExp): Promise<void> => {
      const { code, out, err } = await colensIn(FILES, ['signature', name]);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, message);
    };
    await fails('nowhere_to_be_found:f', /Failed to import nowhere_to_be_found \(ModuleNotFoundError: /);
    await fails('shapes:nothing', /module 'shapes' has no 'nothing'/);
    await fails('shapes.py:nothing', /shapes\.py has no 'nothing'/);
    await fails('nothing.py', /nothing\.py: no such file or directory/);
    await fails('broken.py:f', /SyntaxError: invalid syntax/);
    await fails('shapes.py:1', /nothing known on line 1/);
    await fails('shapes:Shape.area', /no callable/);
  });

  it('--python that is none', async () => {
    const { code, err } = await colens(['signature', '--python', '/nowhere/python3', 'builtins:sum']);
    assert.equal(code, 2);
    assert.match(err, /^colens signature: no Python at '\/nowhere\/python3'$/m);
  });
});
