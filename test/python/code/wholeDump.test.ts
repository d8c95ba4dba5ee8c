// Whole records of the canonical dump, from marshalled code objects, beside what the same interpreter says of itself.
import assert from 'node:assert/strict';
import { wholeCodeJson } from '../../../server/src/python/code/dump.ts';
import { codeRanges, linesOf } from '../../../server/src/python/code/lineTable.ts';
import { readExceptionTable } from '../../../server/src/python/code/exceptionTable.ts';
import { compiled, nested } from '../../support/marshalled.ts';
import { askPython, judges } from '../../support/python.ts';

const SOURCES = [
  'x = 1\n',
  'def f(a, /, b=0x10000000000, *, c=-1.5, d=2j):\n  "doc ü \\ud800"\n  return {1, 2} and x in {3, (None, ...)}\n',
  'try:\n  with a as b, c: pass\nexcept E as e:\n  raise\nfinally:\n  f()\n',
  'async def f():\n  async with a: await b\n  return [x async for x in y if b"\\0\\xff" in x]\n',
  `x${'\n'.repeat(300)}y = [i for i in (1, 2)]\nclass C[T]: pass\n`,
  `def f():\n  for x in y:${'\n    a(b)'.repeat(200)}\n    if ${' '.repeat(130)}c: break\n`,
  'x = f(lambda: 0,\n  1,\n  b)[a:1:"b"], -0.0, 1e400, f"{x!r:>{y}}"\n',
];

describe('whole records of the canonical dump', function () {
  this.timeout(120_000);

  it('are what CPython says of the same code objects, with lines, positions and handlers', async () => {
    for (const judge of await judges()) {
      const question = { sources: SOURCES, library: 900 };
      const modules = await compiled(judge, question);
      const told = (await askPython(judge.interpreter, 'codeRecords.py', question)) as {
        json: string;
        units: { lines: unknown; handlers: unknown }[];
      }[];
      assert.equal(modules.length, told.length);
      for (const [index, module] of modules.entries()) {
        const { json, units } = told[index];
        const ours = wholeCodeJson(module, { target: judge.target, bytecode: code => code, positions: true });
        assert.equal(ours, json, `${judge.target.version} ${module.filename}`);
        const read = [...nested(module)].map(code => ({
          lines: linesOf(codeRanges(code, judge.target.dialect.assembler), judge.target.dialect.assembler)
            .filter(({ start, end }) => end > start)
            .map(({ start, end, lineno }) => [start, end, lineno]),
          handlers: readExceptionTable(code.exceptiontable ?? new Uint8Array(0)).map(
            ({ start, end, target, depth, lasti }) => [start, end, target, depth, lasti],
          ),
        }));
        assert.deepEqual(read, units, `${judge.target.version} ${module.filename}`);
      }
    }
  });
});
