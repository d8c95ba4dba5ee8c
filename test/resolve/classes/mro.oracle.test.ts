// The bases and the order of classes with all kinds of heads, against __mro__ of a CPython of every version; the words
// where it refuses them.
import { strict as assert } from 'node:assert';
import { className } from '../../../server/src/resolve/classes/names.ts';
import { mroOf } from '../../../server/src/resolve/classes/mro.ts';
import { callableOf } from '../../../server/src/resolve/callable.ts';
import { bundledFor } from '../../support/bundled.ts';
import { moduleOf } from '../../support/module.ts';
import { askPython, judges } from '../../support/python.ts';

const HEAD = `
import collections
import typing
from typing import Dict, Generic, Iterable, List, NamedTuple, Protocol, TypeVar
T = TypeVar('T')
S = TypeVar('S')
`;

/** Heads of classes, one after the other; the class of each line is C1, C2 and so on. */
const BASES = [
  '',
  '(C1)',
  '(C1)',
  '(C2, C3)',
  '(C3, C2)',
  '(C4, C5)',
  '(C1, C2)',
  '(C1, C1)',
  '(object, C1)',
  '(Generic[T])',
  '(C10[T])',
  '(C10[int], C1)',
  '(Generic[T], C10[T])',
  '(C10[T], Generic[T])',
  '(C10, Generic[T])',
  '(List[T])',
  '(List[int], C10[T])',
  '(List, C1)',
  '(C1, Dict[T, S], Generic[T, S])',
  '(Iterable[T], C10[T])',
  '(Protocol)',
  '(Protocol[T])',
  '(C22[T], Protocol)',
  '(C22[T], Generic[T])',
  '(Generic[T], C22[T], Protocol)',
  '(typing.Sized, typing.Iterable[T])',
  '(collections.OrderedDict, Dict[T, S])',
  '(List[T], list)',
  '(Exception, C1)',
];

/** Where CPython refuses the class, there is the error instead, and nothing after it may use it. */
const SOURCE =
  HEAD +
  BASES.map(
    (bases, i) =>
      `try:\n    class C${i + 1}${bases}: pass\nexcept TypeError as error:\n    E${i + 1} = error\n`,
  ).join('');

describe('MRO', () => {
  it('that CPython has, and its words where there is none', async function () {
    this.timeout(120_000);
    const all = await judges();
    if (all.length === 0) this.skip();
    const names = BASES.map((_, i) => i + 1);
    for (const { interpreter, target } of all) {
      const expressions = names.map(
        n =>
          `[c.__module__ + '.' + c.__qualname__ for c in C${n}.__mro__] if 'C${n}' in globals() else str(E${n})`,
      );
      const answers = (await askPython(interpreter, 'evaluations.py', { source: SOURCE, expressions })) as [
        string,
        null,
      ][];
      const { evaluator, module } = moduleOf(SOURCE, {
        target: target.version,
        bundled: bundledFor(target),
      });
      const ours = names.map(n => {
        const found = evaluator.moduleMember(module, `C${n}`).find(value => value.type === 'class');
        if (!found) return 'unknown';
        const { classes, complete, typeError } = mroOf(evaluator, found.class);
        if (typeError === undefined) return complete ? classes.map(className) : 'incomplete';
        assert.equal(callableOf(evaluator, found)?.error, `TypeError: ${typeError}`);
        return typeError;
      });
      const theirs = answers.map(([text]) => text);
      const shown = ours.map(text =>
        typeof text === 'string'
          ? `'${text.replaceAll('\n', '\\n')}'`
          : `[${text.map(name => `'${name}'`).join(', ')}]`,
      );
      assert.deepEqual(shown, theirs, target.version);
    }
  });
});
