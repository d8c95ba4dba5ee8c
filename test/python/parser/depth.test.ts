// How deep CPython's parsers go: the nesting at which each gives up, as the interpreters of the versions named do.
import assert from 'node:assert/strict';
import { analyze } from '../../../server/src/python/index.ts';
import { parseTarget } from '../../../server/src/python/versions/target.ts';

const SHAPES = {
  parentheses: (n: number) => `${'('.repeat(n)}1${')'.repeat(n)}`,
  dicts: (n: number) => `${'{1:'.repeat(n)}1${'}'.repeat(n)}`,
  subscripts: (n: number) => `${'x['.repeat(n)}1${']'.repeat(n)}`,
  field: (n: number) => `f"{${'('.repeat(n)}1${')'.repeat(n)}}"`,
  signs: (n: number) => `${'-'.repeat(n)}1`,
  powers: (n: number) => `${'a**'.repeat(n)}a`,
  lambdas: (n: number) => `${'lambda: '.repeat(n)}1`,
  conditionals: (n: number) => `${'1 if 1 else '.repeat(n)}1`,
  clauses: (n: number) => `[a${' for a in b'.repeat(n)}]`,
  elifs: (n: number) => `if a: pass\n${'elif a: pass\n'.repeat(n)}`,
};

/** By version: the first number of each shape that is refused, and how. */
const LIMITS: Readonly<Record<string, Partial<Record<keyof typeof SHAPES, readonly [number, string]>>>> = {
  '3.8.18': {
    parentheses: [99, 'MemoryError: '],
    dicts: [105, 'MemoryError: '],
    subscripts: [99, 'MemoryError: '],
    field: [99, 'MemoryError: '],
    signs: [1680, 'MemoryError: '],
    powers: [840, 'MemoryError: '],
    lambdas: [840, 'MemoryError: '],
    conditionals: [1680, 'MemoryError: '],
    clauses: [556, 'MemoryError: '],
  },
  '3.9.18': {
    parentheses: [201, 'SyntaxError: too many nested parentheses'],
    field: [200, 'SyntaxError: too many nested parentheses'],
    signs: [5970, 'MemoryError: '],
    powers: [2985, 'MemoryError: '],
    lambdas: [2985, 'MemoryError: '],
    conditionals: [5970, 'MemoryError: '],
    elifs: [5967, 'MemoryError: '],
  },
  '3.10.13': {
    field: [200, 'SyntaxError: too many nested parentheses'],
    signs: [5970, 'MemoryError: '],
    powers: [2985, 'MemoryError: '],
    conditionals: [5970, 'MemoryError: '],
    elifs: [5967, 'MemoryError: '],
  },
  '3.13.18': {
    parentheses: [201, 'SyntaxError: too many nested parentheses'],
    dicts: [201, 'SyntaxError: too many nested parentheses'],
    field: [200, 'SyntaxError: too many nested parentheses'],
    signs: [5969, 'MemoryError: Parser stack overflowed - Python source too complex to parse'],
    powers: [2985, 'MemoryError: Parser stack overflowed - Python source too complex to parse'],
    lambdas: [2985, 'MemoryError: Parser stack overflowed - Python source too complex to parse'],
    conditionals: [5969, 'MemoryError: Parser stack overflowed - Python source too complex to parse'],
  },
  '3.15.2': {
    signs: [5968, 'MemoryError: Parser stack overflowed - Python source too complex to parse'],
    powers: [2985, 'MemoryError: Parser stack overflowed - Python source too complex to parse'],
    lambdas: [2984, 'MemoryError: Parser stack overflowed - Python source too complex to parse'],
    conditionals: [2984, 'MemoryError: Parser stack overflowed - Python source too complex to parse'],
  },
};

describe('how deep the parser goes', function () {
  this.timeout(120_000);
  for (const [version, limits] of Object.entries(LIMITS)) {
    const target = parseTarget(version)!;
    const verdict = (text: string): string | undefined => {
      const [error] = analyze(text, target).parsed.errors;
      return error && `${error.type}: ${error.msg}`;
    };
    for (const [shape, limit] of Object.entries(limits)) {
      it(`${version}: ${shape}`, () => {
        const make = SHAPES[shape as keyof typeof SHAPES];
        assert.equal(verdict(make(limit[0] - 1)), undefined);
        assert.equal(verdict(make(limit[0])), limit[1]);
      });
    }
  }
});
