// No input makes the parser throw, hang or overflow the stack, and its trees hold together: nodes lie in the text.
import assert from 'node:assert/strict';
import { walk } from '../../../server/src/python/ast/visitor.ts';
import { parse, type ParseResult } from '../../../server/src/python/parser/parse.ts';
import { tokenize } from '../../../server/src/python/tokenizer/tokenize.ts';
import { type Target, TARGETS } from '../../../server/src/python/versions/target.ts';

const DEPTH = 5000;

function parseFor(text: string, { dialect }: Target): ParseResult {
  return parse(text, tokenize(text, dialect.tokenizer), dialect.grammar);
}

/** Parses for each target and looks at every node. */
function survives(text: string, targets: readonly Target[] = TARGETS): void {
  for (const target of targets) {
    const { module } = parseFor(text, target);
    walk(module, node => {
      assert.ok(
        node.start >= 0 && node.start <= node.end && node.end <= text.length,
        JSON.stringify(text.slice(0, 200)),
      );
    });
  }
}

/** Pseudo-random numbers from 0 to below 1, the same for a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PROGRAM = `
import a.b as c, d
from . import (e as f, g,)
@h.i(j)
class K[T: int](L, m=n):
    """Doc."""
    x: int = 1; y, *z = [1, 2.5j], (3,)
    async def o(self, p, /, q=r'\\s', *s, t: u = {**v, 'w': {x}}, **y) -> z:
        async with a as b, c(d) as (e, f): await g
        return [h async for i in j if k if not l] if m else lambda n, *, o=1: -p ** q
def r(s):
    try:
        while t := u[v:w, ::x]: continue
        else: del y, (z.a, b[c])
    except (d, e) as f: raise g from h
    finally: assert i <= j is not k not in l, m
    match n:
        case [o, *_] | {'p': q, **r} if s: global t
        case U(v, w=-1 + 2j) as x: nonlocal y
    yield f'{z!r:>{a}}b{{' rb"c" f"{d = }"
    print(*e, f=g, **h); i @= yield from j; type L = M
`;

describe('the parser on any text', () => {
  const nested: Record<string, string> = {
    parentheses: '('.repeat(DEPTH) + ')'.repeat(DEPTH),
    brackets: '['.repeat(DEPTH),
    braces: '{'.repeat(DEPTH),
    calls: 'f(a='.repeat(DEPTH),
    'starred lists': '[*'.repeat(DEPTH),
    subscripts: 'a[b:c['.repeat(DEPTH),
    comprehensions: '[a for a in '.repeat(DEPTH),
    'loop targets': 'for ['.repeat(DEPTH),
    lambdas: 'lambda a=lambda: b: '.repeat(DEPTH) + 'c',
    negations: 'not '.repeat(DEPTH) + 'a',
    signs: '-'.repeat(DEPTH) + 'a',
    powers: 'a**'.repeat(DEPTH) + 'b',
    ternaries: 'a if b else '.repeat(DEPTH) + 'c',
    'f-strings': 'f"{'.repeat(DEPTH),
    patterns: 'match a:\n case ' + '[A(b={1:'.repeat(DEPTH),
    'type parameters': 'def f[A: ['.repeat(DEPTH),
    blocks: Array.from({ length: 300 }, (_, i) => ' '.repeat(i) + 'if a:\n').join('') + ' '.repeat(300) + 'b',
  };
  for (const [name, text] of Object.entries(nested)) {
    it(`bears deep nesting: ${name}`, () => {
      survives(text, TARGETS.slice(-1));
    });
  }

  it('parses long chains without deep calls', () => {
    for (const text of [
      'a+'.repeat(20_000) + 'a',
      'a and '.repeat(20_000) + 'a',
      'a' + '.b'.repeat(20_000),
      'a' + '()'.repeat(20_000),
      'a='.repeat(20_000) + 'b',
      'if a: pass\n' + 'elif b: pass\n'.repeat(5000),
      'a if b else '.repeat(2500) + 'c',
    ]) {
      for (const target of TARGETS.slice(-1)) assert.deepEqual(parseFor(text, target).errors, []);
    }
  });

  it('bears every beginning of a program', () => {
    for (let end = 0; end <= PROGRAM.length; end++)
      survives(PROGRAM.slice(0, end), [TARGETS[end % TARGETS.length]]);
  });

  it('bears programs with characters deleted, doubled and swapped', () => {
    const next = random(42);
    const pieces = [
      '(',
      ')',
      '[',
      '{',
      '}',
      ':',
      ',',
      '*',
      '**',
      '=',
      '\n',
      '    ',
      'if ',
      'else',
      'f"{',
      '"""',
      '\\',
      '@',
      ' as ',
      ':=',
      '\r',
      '\0',
      'é',
      '\ud800',
    ];
    for (let round = 0; round < 600; round++) {
      let text = PROGRAM;
      for (let change = 0; change <= next() * 6; change++) {
        const at = Math.floor(next() * text.length);
        const piece = pieces[Math.floor(next() * pieces.length)];
        const cut = Math.floor(next() * 4);
        text = text.slice(0, at) + (next() < 0.6 ? piece : '') + text.slice(at + cut);
      }
      survives(text, [TARGETS[round % TARGETS.length]]);
    }
  });
});
