// A class whose own variable is called `__classdict__`, as the cell is in which blocks in it find its names. Early
// releases of 3.14 give up on these (SystemError), so the expected values are those of CPython 3.14.10 alone.
import assert from 'node:assert/strict';
import type { CodeObject } from '../../../server/src/python/code/codeObject.ts';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';
import { dedent } from '../../support/fixture.ts';

function closures({ name, cellvars, freevars, children }: CodeObject): string[] {
  return [`${name} cells ${cellvars.join()} free ${freevars.join()}`, ...children.flatMap(closures)];
}

function check(source: string, ...expected: readonly string[]): void {
  const { errors, code } = analyze(dedent(source), parseTarget('3.14.10')!);
  assert.deepEqual(errors, []);
  assert.deepEqual(closures(code).slice(1), expected);
}

describe('a variable __classdict__ of a class', () => {
  it('does not keep annotations from finding the class', () => {
    check(
      `
      class C:
          __classdict__: int
          def f(self, x: int): pass
          type X = int
      `,
      'C cells __classdict__ free ',
      '__annotate__ cells  free __classdict__',
      'f cells  free ',
      'X cells  free __classdict__',
      '__annotate__ cells  free __classdict__',
    );
  });

  it('comes after other cells in the closure', () => {
    check(
      `
      class C:
          __classdict__ = 1
          if y: x: int
      `,
      'C cells __classdict__,__conditional_annotations__ free ',
      '__annotate__ cells  free __conditional_annotations__,__classdict__',
    );
  });

  it('is not in the closure of an annotation that needs no name', () => {
    check(
      `
      class C:
          __classdict__ = 1
          x: 1
      `,
      'C cells __classdict__ free ',
      '__annotate__ cells  free ',
    );
  });
});
