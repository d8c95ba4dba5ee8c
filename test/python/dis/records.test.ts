// Instructions as data, beside the attributes of the interpreters' own dis.Instruction.
import assert from 'node:assert/strict';
import type { WholeCode } from '../../../server/src/python/code/bytecode.ts';
import { codeRecord, type CodeRecord } from '../../../server/src/python/dis/records.ts';
import { Has } from '../../../server/src/python/versions/opcodes/opcodeTable.ts';
import { compiled } from '../../support/marshalled.ts';
import { askPython, judges } from '../../support/python.ts';

const SOURCES = [
  'x = 1\n',
  'import a.b as c\nx is y, x not in y, x < y\nif x >= y: pass\nf"{x!r:>{y}}{x:5}{x!s}"\nx[1:2], x.y.z(1, b=2), g(*a, **b)\n',
  'def f(a, *b, c=1, **d):\n  "doc"\n  with a as e: b, c = e\n  return lambda: (a, b, super().x, super().y())\n',
  'async def f():\n  async with a: await b\n  async for x in y: yield x\n  return\n',
  'try:\n  assert x\nexcept E as e:\n  raise\nfinally:\n  f()\n',
  `def f():\n  for x in y:${'\n    a(b)'.repeat(200)}\n    if c: break\n`,
  'class C:\n  @d\n  def f(self): return __class__\n  x: int = all(i for i in y)\n',
];

function* flat(record: CodeRecord): Generator<[string, Record<string, unknown>[]]> {
  const told = record.instructions.map(one =>
    Object.fromEntries(Object.entries(one).filter(([name]) => !name.startsWith('stack_'))),
  );
  yield [record.name, told];
  for (const nested of record.nested) yield* flat(nested);
}

describe('instructions as data', function () {
  this.timeout(300_000);

  it('have every attribute of the version’s dis.Instruction', async () => {
    for (const judge of await judges()) {
      const question = { sources: SOURCES };
      const modules = await compiled(judge, question);
      const answers = (await askPython(judge.interpreter, 'instructions.py', question)) as [
        string,
        Record<string, unknown>[],
      ][][];
      assert.equal(answers.length, modules.length);
      assert.ok(modules.length > 5);
      const { dialect, version } = judge.target;
      const { byNumber, flags } = dialect.opcodes;
      // Constants are told by argrepr.
      const isConstant = ({ baseopcode, opcode }: Record<string, unknown>): boolean =>
        (flags[byNumber[Number(baseopcode ?? opcode)]] & Has.Const) !== 0;
      for (const [i, module] of modules.entries()) {
        const options = { dialect, bytecode: (code: WholeCode) => code, filename: module.filename };
        const ours = [...flat(codeRecord(module, options)!)];
        for (const [, told] of ours) for (const one of told) if (isConstant(one)) one.argval = 'constant';
        assert.deepEqual(ours, answers[i], `${version}, source ${i}`);
      }
    }
  });
});
