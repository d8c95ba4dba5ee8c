// What hovers over an instruction of a listing say.
import assert from 'node:assert/strict';
import { codeObjectIndex } from '../../../server/src/features/codeObject/codeObjectIndex.ts';
import { instructionHelp } from '../../../server/src/features/codeObject/instructionHelp.ts';
import { codeObjectView } from '../../../server/src/features/codeObject/view.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';

const SOURCE = 'def f(total):\n    for i in range(total):\n        print(i)\n';

describe('help on an instruction', () => {
  const analysis = analyze(SOURCE, parseTarget('3.13')!);
  const code = codeObjectIndex(analysis).find('f')!;
  const { text, instructions } = codeObjectView(analysis, code);
  const lines = text.split('\n');
  const help = (opname: string) => {
    const { offset } = instructions.find(({ line }) => lines[line].includes(opname))!;
    return instructionHelp(analysis, code, offset);
  };

  it('tells argument, caches and the stack around it', () =>
    assert.deepEqual(
      { ...help('CALL'), description: '' },
      {
        opname: 'CALL',
        argument: '1',
        description: '',
        caches: 3,
        before: ['range', 'NULL', 'total'],
        after: ['range(total)'],
        afterJump: undefined,
      },
    ));

  it('tells both ways of a branch', () => {
    const found = help('FOR_ITER')!;
    assert.match(found.argument!, /^\d+ \(to L\d\)$/);
    assert.deepEqual(found.after, ['iter(range(total))', 'next(iter(range(total)))']);
    assert.deepEqual(found.afterJump, ['iter(range(total))', '<exhausted>']);
    assert.match(found.description, /next item/);
  });

  it('is nothing where there is no instruction', () => {
    assert.equal(instructionHelp(analysis, code, 1), undefined);
    assert.equal(instructionHelp(analysis, code, 100_000), undefined);
  });

  it('stands in the listing as the depth after each instruction', () => {
    const depths = instructions.map(({ line }) => {
      const found = /(\d+) ( \d| {2}) [╭│╰╶ ] ([A-Z_]+)/.exec(lines[line])!;
      return `${found[3]} ${found[2].trim()}`;
    });
    assert.deepEqual(depths.slice(0, 6), [
      'RESUME 0',
      'LOAD_GLOBAL 2',
      'LOAD_FAST 3',
      'CALL 1',
      'GET_ITER 1',
      'FOR_ITER 2',
    ]);
    assert.equal(depths.at(-1), 'RETURN_CONST ');
  });
});
