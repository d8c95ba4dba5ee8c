// Input that no program likes: the answer is CPython's refusal or facts, in reasonable time, and never a crash.
import assert from 'node:assert/strict';
import { TARGETS } from '../../server/src/python/versions/target.ts';
import { colensIn } from './runCli.ts';

const COMMANDS = [['dump'], ['tokens'], ['ast'], ['ast', '-a'], ['symtable'], ['show']];
/** The quick ones: what is large goes through every pass once, and through the tokenize module. */
const FEW = [['dump'], ['tokens']];
const OLDEST_AND_NEWEST = [TARGETS[0], TARGETS.at(-1)!];

/** `unit` so often that the text has about `size` characters. */
const filled = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length));

const lines = (count: number, line: (number: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n') + '\n';

/** A PNG's first bytes, and every byte there is. */
const binary = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
  Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 167) & 0xff)),
]);

describe('bad input', function () {
  this.timeout(60_000);
  this.slow(20_000);

  // What is printed can be larger than any string.
  const write = (): Promise<void> => Promise.resolve();

  /** Every command, for some targets: ends with 0 or 1, and says nothing of our own insides. */
  const survives = (title: string, content: string | Uint8Array, commands = COMMANDS): void => {
    it(title, async () => {
      for (const { series } of OLDEST_AND_NEWEST) {
        for (const command of commands) {
          const call = [...command, '--target', series, 'bad.py'];
          const { code, err } = await colensIn({ 'bad.py': content }, call, { write });
          assert.ok(code === 0 || code === 1, `${command.join(' ')} ${series} ended with ${code}`);
          assert.doesNotMatch(
            err,
            /\.ts:\d|Maximum call stack|undefined|NaN/,
            `${command.join(' ')} ${series}`,
          );
        }
      }
    });
  };

  survives('a binary file', binary);
  survives('invalid UTF-8', Buffer.from('x = "\xff\xfe"\nd\xe9f = 1\n', 'latin1'));
  survives('UTF-16 with its byte order mark', Buffer.from('\ufeffx = 1\n', 'utf16le'));
  survives('an encoding that there is not', '# -*- coding: klingon -*-\nx = 1\n');
  survives('null bytes', 'x = 1\0\ny = 2\n');
  survives('an empty file', '');
  survives('blanks alone, a form feed, a backslash at the end', ' \t\f\n\\');
  survives('a line of 10 MB: a string', `x = "${filled('a', 10_000_000)}"\n`, FEW);
  survives('a line of 10 MB: a name', `${filled('abcdefghij', 10_000_000)} = 1\n`, FEW);
  survives('a line of 1 MB: a sum', `x = ${filled('1 + ', 1_000_000)}1\n`, FEW);
  survives('a line of 1 MB: a list', `x = [${filled('a, ', 1_000_000)}]\n`, FEW);
  survives(
    '100,000 lines',
    lines(100_000, number => `x${number} = ${number}`),
    [['dump'], ['tokens'], ['symtable']],
  );
  survives(
    '20,000 functions',
    lines(20_000, number => `def f${number}(): return lambda: x${number}`),
    [['dump'], ['show']],
  );
  survives('5,000 parentheses', `x = ${'('.repeat(5000)}1${')'.repeat(5000)}\n`);
  survives('5,000 brackets that never close', `x = ${'['.repeat(5000)}\n`);
  survives('5,000 blocks', lines(5000, number => `${' '.repeat(number)}if x:`) + `${' '.repeat(5000)}pass\n`);
  survives('5,000 signs', `x = ${'-'.repeat(5000)}1\n`);
  survives('5,000 nots', `x = ${'not '.repeat(5000)}1\n`);
  survives('5,000 lambdas', `x = ${'lambda: '.repeat(5000)}1\n`);
  survives('5,000 calls', `x = f${'()'.repeat(5000)}\n`);
  survives('5,000 attributes', `x = f${'.a'.repeat(5000)}\n`);
  survives(
    '5,000 powers and conditions',
    `x = ${'a ** '.repeat(5000)}a\ny = ${'a if b else '.repeat(5000)}a\n`,
  );
  survives('5,000 elifs', `if a: pass\n${'elif a: pass\n'.repeat(5000)}`);
  survives('5,000 ands and comparisons', `x = ${'a and '.repeat(5000)}a\ny = ${'a < '.repeat(5000)}a\n`);
  survives('5,000 f-strings in each other', `x = ${"f'{".repeat(5000)}1${"}'".repeat(5000)}\n`);
  survives(
    '200 patterns in each other, 5,000 alternatives',
    `match a:\n case ${'['.repeat(200)}${']'.repeat(200)}: pass\n case ${'1 | '.repeat(5000)}1: pass\n`,
  );
  survives('5,000 comprehensions', `x = ${'[a for a in '.repeat(5000)}b${']'.repeat(5000)}\n`);
  survives('5,000 decorators', `${'@a\n'.repeat(5000)}def f(): pass\n`);
  survives(
    '5,000 dots, stars and colons',
    `from ${'.'.repeat(5000)} import a\nx = f(${'*'.repeat(5000)}a)\nx[${':'.repeat(5000)}]\n`,
  );
  survives(
    'strings that never end',
    lines(2000, number => `x${number} = '${number}\ny = """${number}`),
  );
});
