// Chains of classes that are longer than what one request may find out: each class is looked into once, and the answer
// comes at once.
import assert from 'node:assert/strict';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { signatureHelp } from '../../../server/src/features/calls/signatureHelp/signatureHelp.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';
import { bundledFor } from '../../support/bundled.ts';
import { moduleOf } from '../../support/module.ts';

const chain = (count: number, base: string): string =>
  Array.from({ length: count }, (_, i) => `class C${i + 1}(${base.replace('^', String(i))}): pass\n`).join(
    '',
  );

const setup = { bundled: bundledFor(parseTarget('3.13')!) };

describe('long chains of classes', function () {
  this.timeout(30_000);
  this.slow(10_000);

  for (const [name, base] of [
    ['a base each', 'C^'],
    ['two bases each', 'C^, C0'],
    ['subscripted bases', 'C^[int]'],
  ]) {
    it(name, () => {
      const text = `class C0:\n  def __init__(self, aa): pass\n${chain(3000, base)}C3000(C40(`;
      const { evaluator, module } = moduleOf(text, setup);
      evaluator.request(() => signatureHelp(evaluator, module, text.length - 4));
      evaluator.request(() => hover(evaluator, module, text.length - 2, { details: true }));
      const short = moduleOf(`class C0:\n  def __init__(self, aa): pass\n${chain(20, 'C^')}C20(`, setup);
      const { length } = short.module.analysis.text;
      assert.equal(signatureHelp(short.evaluator, short.module, length)?.signatures[0].label, 'C20(aa)');
    });
  }
});
