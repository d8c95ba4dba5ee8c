// Files with errors: code that has none in its own text has the bytecode that it has in a file without any.
import assert from 'node:assert/strict';
import type { CodeObject } from '../../../server/src/python/code/codeObject.ts';
import { codeObjectsOf } from '../../../server/src/python/code/lookup.ts';
import { ConstantType } from '../../../server/src/python/constants/values.ts';
import { analyze, analyzeBytes, type Analysis } from '../../../server/src/python/index.ts';
import { BlockType } from '../../../server/src/python/symtable/flags.ts';
import { parseTarget, TARGETS, type Target } from '../../../server/src/python/versions/target.ts';
import { folderSources, libraryFolder } from '../../oracle/corpora.ts';
import { findInterpreters } from '../../oracle/interpreters.ts';
import { randomNumbers } from '../../oracle/mutations.ts';
import { dedent } from '../../support/fixture.ts';

/** For each code object in the order of the source: whether it has bytecode, or the line of the error that takes it. */
function told(source: string, target: Target): string[] {
  const analysis = analyze(dedent(source), target);
  return [...codeObjectsOf(analysis.code)].map(code => {
    const error = analysis.errorIn(code);
    const bytecode = analysis.bytecode(code);
    assert.equal(bytecode === undefined, error !== undefined);
    return `${code.name} ${error ? `line ${analysis.lines.lineno(error.start)}` : 'bytecode'}`;
  });
}

/** Checks the code objects below the module's. */
function check(source: string, expected: string[]): void {
  for (const target of TARGETS) {
    const [module, ...others] = told(source, target);
    assert.match(module, /^<module> line/);
    assert.deepEqual(others, expected, target.version);
  }
}

describe('bytecode in a file with errors', () => {
  it('is there for functions on both sides of what is broken, and not for the module', () =>
    check('def a(): return 1\nx = = 2\ndef b(): return 2\n', ['a bytecode', 'b bytecode']));

  it('is not there for what is around an error, and is for what is beside it', () =>
    check(
      `
      class A:
          def m(self):
              def inner():
                  x = = 1
              def other(): return 1
              return inner
          def n(self): return 2
      def b(): return 3
      `,
      ['A line 4', 'm line 4', 'inner line 4', 'other bytecode', 'n bytecode', 'b bytecode'],
    ));

  it('knows the errors of all passes', () =>
    check(
      `
      def a(): nonlocal x
      def b(): break
      class C:
          def d(self): return self
          def e(x): global x
      continue
      def f(): return 1
      `,
      ['a line 1', 'b line 2', 'C line 5', 'd bytecode', 'e line 5', 'f bytecode'],
    ));

  it('takes what is indented under a def for its own, whether the tree has it or not', () =>
    check(
      `
      def a():
          return 1
          )
      def b():
          return 2
        x
      def c(): return 3
      `,
      ['a line 3', 'b line 6', 'c bytecode'],
    ));

  it('is not taken from a function by a block that is missing before it', () =>
    check('def a():\n\ndef b(): return 1\n', ['a line 3', 'b bytecode']));

  it('is not there below what may be the head of a scope and is none', () => {
    check('clas A:\n    def m(self): return self.__x\ndef b(): return 1\n', ['m line 1', 'b bytecode']);
    check('class (A):\n    def m(self): return self.__x\ndef b(): return 1\n', [
      ' line 1',
      'm line 1',
      'b bytecode',
    ]);
    check('deff a():\n    def b(): return 1\ndef c(): return 1\n', ['b line 1', 'c bytecode']);
    check('class A: ?\n    def m(self): return 1\ndef b(): return 1\n', [
      'A line 1',
      'm line 1',
      'b bytecode',
    ]);
    check('x = = 1\n    def a(): return 1\ndef b(): return 1\n', ['a line 1', 'b bytecode']);
  });

  it('is there below a broken head of a scope that has its name, or of a block', () =>
    check(
      `
      class A(x y):
          def m(self): return self.__x
      if j k:
          def b(): return 1
      `,
      ['A line 1', 'm bytecode', 'b bytecode'],
    ));

  it('is not there where the block is a guess that a line belongs to', () => {
    check('class A:\n    def m(self): return 1\nx = = 1\n    def n(self): return 2\ndef b(): return 3\n', [
      'A line 3',
      'm bytecode',
      'n line 3',
      'b bytecode',
    ]);
    check('def a():\n    x = 1\n  y = 2\n  def b(): return 1\ndef c(): return 3\n', [
      'a line 3',
      'b line 3',
      'c bytecode',
    ]);
  });

  it('is not there behind triple quotes that may be the end of a string or its beginning', () =>
    check(
      `
      def a(): return 1
      def b():
          """Text.
          return 1
      def c():
          """Text."""
      `,
      ['a bytecode', 'b line 6', 'c line 6'],
    ));

  it('is not there where a decorator is broken whose line would be its first', () =>
    check(
      `
      : @a
      def b(): return 1
      @c
      def d(): return 1
      @e.
      def f(): return 1
      `,
      ['b line 1', 'd bytecode', 'f bytecode'],
    ));

  it('is not there behind what swallows the lines below, up to where it ends', () =>
    check('def a():\n    x = "abc\n    return x\ndef b(): return 1\n', ['a line 2', 'b bytecode']));

  it('is there for nothing if the file is no text', () => {
    const bytes = Buffer.from('# coding: nonsense\ndef a(): return 1\n');
    const analysis = analyzeBytes(bytes, parseTarget('3.13')!);
    assert.equal(analysis.code.children.length, 1);
    for (const code of codeObjectsOf(analysis.code)) assert.equal(analysis.bytecode(code), undefined);
  });
});

describe('what is whole in a broken file of a library', function () {
  this.timeout(120_000);
  this.slow(30_000);
  const SEED = 11;
  const FILES = 100;
  const LARGEST = 30_000;
  const INSERTED = [' = = ', ' ? ', ')', '(', '[', ' : ', '"', '"""', ' def '];

  /** What belongs to a code object alone: all but its nested ones. */
  function dumped(analysis: Analysis, code: CodeObject): unknown {
    const { qualname, flags, firstlineno, varnames, cellvars, freevars } = code;
    const bytecode = analysis.bytecode(code);
    const consts = bytecode?.consts.map(constant =>
      constant.type === ConstantType.Code ? constant.code.qualname : constant,
    );
    return { qualname, flags, firstlineno, varnames, cellvars, freevars, bytecode: { ...bytecode, consts } };
  }

  /** Whether what is broken may bind, declare or import a name that a code object uses. */
  function mayHide(analysis: Analysis, code: CodeObject): boolean {
    const { lines, text, errors } = analysis;
    const imports = errors.some(({ start }) => {
      const line = lines.lineno(start);
      return /\bimport\b/.test(text.slice(lines.starts[line - 1], lines.starts[line]));
    });
    return imports || functionsAround(analysis, code).some(around => analysis.errorIn(around));
  }

  function functionsAround(analysis: Analysis, code: CodeObject): CodeObject[] {
    return [...codeObjectsOf(analysis.code)].filter(
      around =>
        around !== code &&
        around.scope.type === BlockType.Function &&
        [...codeObjectsOf(around)].includes(code),
    );
  }

  it('has the bytecode that it has in the whole file', async () => {
    const interpreters = await findInterpreters();
    const library = folderSources(await libraryFolder(interpreters.at(-1)!, interpreters));
    const random = randomNumbers(SEED);
    let files = 0;
    let compared = 0;
    for (let tries = 0; files < FILES && tries < FILES * 20; tries++) {
      const source = library[random(library.length)];
      const bytes = source.read();
      const text = Buffer.from(bytes).toString('utf8');
      if (bytes.length > LARGEST || text.includes('\ufffd')) continue;
      const target = TARGETS[tries % TARGETS.length];
      const whole = analyze(text, target);
      const { tokens } = whole.tokenized;
      const at = tokens.starts[random(tokens.count)];
      const inserted = INSERTED[random(INSERTED.length)];
      const analysis = analyze(text.slice(0, at) + inserted + text.slice(at), target);
      if (whole.errors.length > 0 || analysis.errors.length === 0) continue;
      files++;
      const before = new Map<string, CodeObject>();
      for (const code of codeObjectsOf(whole.code)) {
        const { start } = code.node;
        before.set(`${code.name} ${start < at ? start : start + inserted.length}`, code);
      }
      for (const code of codeObjectsOf(analysis.code)) {
        if (!analysis.bytecode(code) || mayHide(analysis, code)) continue;
        const where = `${source.name} in ${target.version}, ${inserted} at ${at}`;
        const same = before.get(`${code.name} ${code.node.start}`);
        assert.ok(same, `${where}: ${code.qualname} is made up`);
        assert.deepEqual(dumped(analysis, code), dumped(whole, same), `${where}: ${code.qualname}`);
        compared++;
      }
    }
    assert.equal(files, FILES);
    assert.ok(compared > 500, String(compared));
  });
});
