// What is left of docstrings under -OO, which takes them out of the tree from 3.14 on. The expected flags, line tables
// and first constants are those of CPython 3.14.10.
import assert from 'node:assert/strict';
import { ConstantType } from '../../../server/src/python/constants/values.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';

/** Of the first code object in the module: flags, line, line table, and the values of strings among the constants. */
function check(source: string, ...expected: readonly [number, number, string, readonly string[]]): void {
  const analysis = analyze(source, parseTarget('3.14.10')!, 2);
  const [code] = analysis.code.children;
  const bytecode = analysis.bytecode(code)!;
  const strings = bytecode.consts.flatMap(c => (c.type === ConstantType.Str ? [c.value] : []));
  const linetable = Buffer.from(bytecode.linetable).toString('hex');
  assert.deepEqual([code.flags, code.firstlineno, linetable, strings], expected);
}

describe('docstrings that -OO takes out', () => {
  it('leave a pass where nothing else is there', () => {
    check('def f():\n    "doc"\n', 3, 1, '8000d90408', []);
    check('class C:\n    "doc"\n', 0, 1, '8600db0408', ['C']);
  });

  it('are not followed by another: a second string is evaluated', () => {
    check('def f():\n    "a"\n    "b"\n', 3, 1, '8000e10407', ['b']);
  });

  it('are not where annotations begin', () => {
    check('"doc"\nx: int\n', 3, 2, '800087068706840684338406', ['x']);
  });
});
