// Builtins without a signature: the ways to call them that their docstrings show, instead of an error.
import assert from 'node:assert/strict';
import { signatureHelp } from '../../../server/src/features/calls/signatureHelp/signatureHelp.ts';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { toMarkdown } from '../../../server/src/lsp/markdown.ts';
import { DEFAULT_TARGET } from '../../../server/src/python/versions/target.ts';
import { bundledFor } from '../../support/bundled.ts';
import { moduleOf } from '../../support/module.ts';

describe('builtins without a signature', () => {
  const of = (source: string) => moduleOf(source, { bundled: bundledFor(DEFAULT_TARGET) });

  it('have the forms of their docstring in signature help', () => {
    const { evaluator, module } = of('max(');
    const help = signatureHelp(evaluator, module, 4);
    assert.deepEqual(
      help?.signatures.map(({ label }) => label),
      [
        'max(iterable, *[, default=obj, key=func]) -> value',
        'max(arg1, arg2, *args, *[, key=func]) -> value',
      ],
    );
    assert.match(toMarkdown(help.signatures[0].documentation), /^With a single iterable argument/);
  });

  it('have them in hovers, and no error', () => {
    const { evaluator, module } = of('int()');
    const shown = toMarkdown(hover(evaluator, module, 3)!.blocks);
    assert.match(
      shown,
      /`int\(\[x\]\) -> integer` {2}\n`int\(x, base=10\) -> integer` {2}\nConvert a number/,
    );
    assert.doesNotMatch(shown, /Error/);
  });
});
