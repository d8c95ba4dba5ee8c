// Typing a file character by character: at every stroke all features answer, none throws, and what is above the line
// being typed keeps its code objects.
import assert from 'node:assert/strict';
import { codeLenses } from '../../server/src/features/codeObject/lens.ts';
import { codeObjectIndex, findCodeObject } from '../../server/src/features/codeObject/codeObjectIndex.ts';
import { codeObjectView } from '../../server/src/features/codeObject/view.ts';
import { diagnostics } from '../../server/src/features/diagnostics.ts';
import { callDiagnostics } from '../../server/src/features/calls/callDiagnostics.ts';
import { hover } from '../../server/src/features/hover/hover.ts';
import { inlayHints } from '../../server/src/features/calls/inlayHints.ts';
import { signatureHelp } from '../../server/src/features/calls/signatureHelp/signatureHelp.ts';
import { codeJson } from '../../server/src/python/code/dump.ts';
import { analyze, type Analysis } from '../../server/src/python/index.ts';
import { TARGETS, type Target } from '../../server/src/python/versions/target.ts';
import { randomNumbers } from '../oracle/mutations.ts';
import { bundledFor } from '../support/bundled.ts';
import { dedent } from '../support/fixture.ts';
import { moduleOf } from '../support/module.ts';

const ABOVE = dedent(`
  """Docstring."""
  import os

  def outer(a, *, b=1):
      def inner(c):
          nonlocal a
          a = yield b, c
      return inner, [x for x in a]

  class Stack(list):
      size = 0
      async def push(self, __item):
          await super().push(__item)

`);

const BELOW = dedent(`

  def below(*args):
      return lambda: args

  class Below:
      def method(self): yield self
`);

const TYPED = dedent(`
  def typed(a, b: "x" = 1, /, *c, d=[1, 2], **e) -> outer(1, b=2):
      """Doc \\" string."""
      global g, h
      with open(f"{a!r:>{b}} {outer(1, )}") as (x, y), z: pass
      try:
          for i, (j, *k) in enumerate(c): x[i:j, ...] = i @ j if i else ~j
          else: return {**e, 'k': [n async for n in m]}, {o for o in (p := c)}
      except (A, B) as err: raise err from None
      finally: del x, y.z
      match a, b:
          case [1, "x", *rest] | {"k": C(d=1), **more} if rest: pass
          case str() as s: print(s, end='')
      while True: assert a < b <= c, "no"
      lambda q, /, *r, s=1: (yield q)

  @outer(typed, b=Stack(1).push(2))
  class C[T: (int, str) = int](Stack, metaclass=M):
      type A[*Ts] = tuple[*Ts]
      x: int = 0x_ff + 1_000j - 1e5
      async def m(self, __p): await self.__p(1, *self, **__p)
`);

/** Asks every feature about a text and a place in it. */
function askAll(text: string, offset: number, target: Target): Analysis {
  const analysis = analyze(text, target);
  const at = `${target.version}, at ${offset} of:\n${text}`;
  try {
    const begun = performance.now();
    codeLenses(analysis, { lambdas: true, showAllFlags: true });
    const { evaluator, module } = moduleOf(text, { target: target.version, bundled: bundledFor(target) });
    hover(evaluator, module, offset, { details: true });
    inlayHints(evaluator, module, { start: 0, end: text.length });
    callDiagnostics(evaluator, module);
    signatureHelp(evaluator, module, offset);
    diagnostics(analysis);
    const code = findCodeObject(analysis, { start: offset });
    assert.ok(code);
    const { text: listing, links } = codeObjectView(analysis, code);
    const lines = listing.split('\n');
    for (const { line, startCharacter, endCharacter, source } of links) {
      assert.ok(startCharacter <= endCharacter && endCharacter <= lines[line].length);
      assert.ok(source.start >= 0 && source.end <= text.length && source.start <= source.end);
    }
    assert.ok(performance.now() - begun < 2000, 'too slow');
  } catch (error) {
    throw new Error(at, { cause: error });
  }
  return analysis;
}

describe('typing', function () {
  this.timeout(240_000);

  /** The code objects of the functions and classes of ABOVE or BELOW, as text. */
  const untouched = (analysis: Analysis, names: readonly string[], target: Target): Map<string, string> => {
    const codeObjects = codeObjectIndex(analysis);
    return new Map(
      names.map(name => {
        const code = codeObjects.find(name);
        return [name, code ? codeJson({ ...code, firstlineno: 0 }, target) : 'missing'];
      }),
    );
  };
  const named = ['outer', 'outer.<locals>.inner', 'Stack', 'Stack.push'];
  const namedBelow = ['below.<locals>.<lambda>', 'Below.method'];

  it('at the end of a file: all features answer at every stroke, and what is above stays as it is', () => {
    TARGETS.forEach((target, t) => {
      const before = untouched(analyze(ABOVE, target), named, target);
      for (let end = t % 7; end <= TYPED.length; end += 7) {
        const text = ABOVE + TYPED.slice(0, end);
        const after = askAll(text, text.length, target);
        assert.deepEqual(untouched(after, named, target), before, `${target.version}:\n${text}`);
      }
    });
  });

  it('in the middle of a file: what is below stays, too', () => {
    TARGETS.forEach((target, t) => {
      const whole = ABOVE + BELOW;
      const before = untouched(analyze(whole, target), named, target);
      for (let end = t % 11; end <= TYPED.length; end += 11) {
        const text = ABOVE + TYPED.slice(0, end) + BELOW;
        const after = askAll(text, ABOVE.length + end, target);
        assert.deepEqual(untouched(after, named, target), before, `${target.version}:\n${text}`);
      }
    });
  });

  it('in the middle of a file, line by line: what is below stays whatever the line being typed', () => {
    const target = TARGETS.at(-1)!;
    const lines = [
      'x = outer(',
      'return outer(a, ',
      'x = [1, {2: (',
      'def f(',
      'class C(',
      'if outer(a:',
      'x = outer(a).',
      'for x in',
      'import ',
      'from x import (',
      '@outer(',
      'x = lambda',
      'try:',
      'else:',
      'with open(a) as',
      'x =',
      'match outer(',
      'def f(a, b=',
      'while x',
      'x = yield',
      'f"{outer(',
      '!',
      '    x',
    ];
    for (const line of lines) {
      const text = `${ABOVE}${line}\n${BELOW}`;
      const codeObjects = codeObjectIndex(askAll(text, ABOVE.length + line.length, target));
      for (const name of namedBelow) assert.ok(codeObjects.find(name), `${name} is lost after ${line}`);
    }
  });

  it('anything anywhere: random characters put in and taken out', () => {
    const random = randomNumbers(20_265);
    const characters = ' \n\t()[]{}:,.=*@"\'\\#fdclass lambda async def yield$é😀0';
    let text = ABOVE + TYPED + BELOW;
    for (let i = 0; i < 1500; i++) {
      const at = random(text.length + 1);
      text =
        random(2) === 0
          ? text.slice(0, at) + characters[random(characters.length)] + text.slice(at)
          : text.slice(0, at) + text.slice(at + 1 + random(3));
      if (i % 2 === 0) askAll(text, random(text.length + 1), TARGETS[i % TARGETS.length]);
    }
  });
});
