// What stubs tell: where there is no source, and where a source has its names from machine code.
import assert from 'node:assert/strict';
import {
  type SignatureAt,
  signatureHelp,
} from '../../../server/src/features/calls/signatureHelp/signatureHelp.ts';
import { moduleOf } from '../../support/module.ts';
import type { Tree } from '../../support/tree.ts';

const TREE: Tree = {
  '/fast/__init__.py': 'from ._core import *\nfrom ._core import make, pick\ndef slow(a): pass',
  '/fast/__init__.pyi': 'def slow(stub): ...',
  '/fast/_core.py': 'from ._machine import *',
  '/fast/_machine.abi3.so': '',
  '/fast/_core.pyi': `
    from typing import overload
    class Thing:
        def __init__(self, size: int = ...) -> None: ...
        def grow(self, by: float, /) -> Thing: ...
        def unknown(self): ...
    def make(n: int) -> Thing: ...
    @overload
    def pick(a: int) -> int: ...
    @overload
    def pick(a: str, b: str) -> Thing: ...
  `,
  '/typing.py': 'def overload(func): return func',
  '/only.pyi': 'def stubbed(x: int, *, y: str = ...) -> str: ...',
};

function signatures(call: string): readonly SignatureAt[] {
  const text = `import fast, only\n${call}(`;
  const { evaluator, module } = moduleOf(text, {}, TREE);
  const help = evaluator.request(() => signatureHelp(evaluator, module, text.length));
  return help?.signatures ?? [];
}

const labels = (call: string): string[] => signatures(call).map(({ label }) => label);

describe('stubs', () => {
  it('stand in for sources that are not there', () =>
    assert.deepEqual(labels('only.stubbed'), ['stubbed(x: int, *, y: str = Ellipsis) -> str']));

  it('yield to sources, and tell what those have from machine code', () => {
    assert.deepEqual(labels('fast.slow'), ['slow(a)']);
    assert.deepEqual(labels('fast.make'), ['make(n: int) -> fast._core.Thing']);
    assert.deepEqual(labels('fast.make(1).grow'), ['grow(by: float, /) -> fast._core.Thing']);
    assert.deepEqual(labels('fast.make(1).grow(2).grow'), ['grow(by: float, /) -> fast._core.Thing']);
  });

  it('are ways to call it, and no answer of inspect’s: nothing is said of parameters', () => {
    for (const call of ['fast.make', 'fast.make(1).grow', 'only.stubbed', 'fast.pick']) {
      for (const { parameters, activeParameter, documentation } of signatures(call)) {
        assert.deepEqual([parameters, activeParameter], [[], undefined]);
        assert.match(JSON.stringify(documentation), /As its stub says/);
        assert.doesNotMatch(JSON.stringify(documentation), /Still required/);
      }
    }
    assert.equal(signatures('fast.slow')[0].parameters.length, 1);
  });

  it('list overloads, which nothing follows', () =>
    assert.deepEqual(labels('fast.pick'), [
      'pick(a: int) -> int',
      'pick(a: str, b: str) -> fast._core.Thing',
    ]));

  it('have no bodies whose results could be known', () =>
    assert.deepEqual(labels('fast.make(1).unknown().bit_length'), []));
});
