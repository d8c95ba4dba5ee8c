// The assembler against CPython's: what is read of a code object, assembled again, gives the same bytes.
import assert from 'node:assert/strict';
import type { WholeCode } from '../../../../server/src/python/code/bytecode.ts';
import { codeRanges, linesOf } from '../../../../server/src/python/code/lineTable.ts';
import { readInstructions } from '../../../../server/src/python/code/instructions.ts';
import { assemble } from '../../../../server/src/python/compiler/assembler/assemble.ts';
import { opcodeTable } from '../../../../server/src/python/versions/opcodes/byVersion.ts';
import type { Target } from '../../../../server/src/python/versions/target.ts';
import { disassembled } from '../../../support/disassembled.ts';
import { compiled, nested } from '../../../support/marshalled.ts';
import { judges } from '../../../support/python.ts';

const indented = (count: number, line: string): string => `        ${line}\n`.repeat(count);

/** Functions whose jumps are as long as an argument can just tell, or just cannot, in code units of any version. */
function longJumps(): string[] {
  const sources: string[] = [];
  // One statement `x` is two or three instructions; blocks of many lengths cross 255 in each version's own counting.
  for (let count = 38; count < 66; count++) {
    sources.push(
      `def f(a, x):\n    for i in a:\n${indented(count, 'x')}        if i: break\n    else:\n        x\n`,
    );
  }
  for (const count of [60, 120, 121, 122, 123, 124, 125, 126, 127, 128, 16381, 32763]) {
    sources.push(`def f(a, x):\n    while a:\n${indented(count, 'x')}    return a\n`);
  }
  return sources;
}

/** Lines and columns of all sizes; the tables have a form of their own for small ones. */
function farPlaces(): string[] {
  const gaps = [1, 2, 3, 126, 127, 128, 129, 254, 255, 256, 300, 70000];
  const statements = gaps.map(gap => `${'\n'.repeat(gap)}x = a`).join('');
  const columns = [1, 70, 78, 79, 80, 110, 126, 127, 128, 200].map(
    width => `y${' '.repeat(width)}= b + (${'c'.repeat(width)})`,
  );
  const names = Array.from({ length: 300 }, (_, i) => `n${i}`);
  return [
    `def f(a):${statements.replaceAll('x = a', '  x = a')}\n  try:\n    a()\n  finally:\n    a\n`,
    `${columns.join('\n')}\n`,
    `f(${gaps.map(gap => `${'\n'.repeat(gap)}x`).join(',')})\n`,
    `def f():\n  ${names.map(name => `${name} = ${name}x`).join('; ')}\n  return lambda: (${names.join(', ')})\n`,
    `x = [${Array.from({ length: 600 }, (_, i) => `a and ${i}.5`).join(', ')}]\n`,
    `def f(a, /, b, *c, d, **e):\n  [b for b in c]\n  def g(): return a, c, e\n  class C:\n    [d for d in a]\n    h = lambda: d\n`,
    'async def f(a):\n  async for x in a:\n    async with x as y: await y\n  return [z async for z in a]\n',
    'try:\n  a\nexcept* B:\n  c\nfinally:\n  d\n',
  ];
}

const NOTHING: Uint8Array = new Uint8Array(0);

function assertEqualBytes(actual: Uint8Array = NOTHING, expected: Uint8Array = NOTHING, where: string): void {
  if (Buffer.compare(actual, expected) === 0) return;
  assert.equal(Buffer.from(actual).toString('hex'), Buffer.from(expected).toString('hex'), where);
}

function assertSame(code: WholeCode, target: Target): void {
  const { flat, unit } = disassembled(code, target);
  const opcodes = opcodeTable(target.minor);
  const { assembler } = target.dialect;
  const again = assemble(flat, unit, { opcodes, dialect: target.dialect });
  const where = `${target.version} ${code.filename} ${code.qualname}, line ${code.firstlineno}`;
  assert.deepEqual(again.localsplus, code.localsplus, where);
  assert.deepEqual(again.names, code.names, where);
  if (assembler.lineTable !== 'lnotab') {
    assertEqualBytes(again.code, code.code, where);
    assertEqualBytes(again.linetable, code.linetable, where);
    assertEqualBytes(again.exceptiontable, code.exceptiontable, where);
    return;
  }
  // 3.8 and 3.9 optimise the bytes after they are assembled, which leaves EXTENDED_ARGs and entries without use.
  if (again.code.length === code.code.length) {
    assertEqualBytes(again.code, code.code, where);
    const lines = ({ linetable }: { linetable: Uint8Array }): unknown =>
      linesOf(
        codeRanges({ code: code.code, linetable, firstlineno: code.firstlineno }, assembler),
        assembler,
      );
    assert.deepEqual(lines(again), lines(code), where);
  } else {
    const ops = (bytes: Uint8Array): number[] => readInstructions(bytes, opcodes).map(({ op }) => op);
    assert.deepEqual(ops(again.code), ops(code.code), where);
  }
}

describe('assembler', function () {
  this.timeout(180_000);

  it('assembles what it is taken apart to: jumps over both limits, far lines and columns, parts of the library', async () => {
    let count = 0;
    for (const judge of await judges()) {
      const modules = await compiled(judge, { sources: [...longJumps(), ...farPlaces()], library: 400 });
      for (const module of modules) {
        for (const code of nested(module)) {
          assertSame(code, judge.target);
          count++;
        }
      }
    }
    assert.ok(count > 100, `only ${count} code objects: no interpreter?`);
  });
});
