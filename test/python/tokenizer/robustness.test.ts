// Whatever the text, tokenizing ends, throws nothing, and its tokens stand in order.
import assert from 'node:assert/strict';
import type { TokenizeOptions } from '../../../server/src/python/tokenizer/state.ts';
import { tokenize } from '../../../server/src/python/tokenizer/tokenize.ts';
import { tokenizeModule } from '../../../server/src/python/tokenizer/tokenizeModule.ts';
import { TokenKind, type Tokens } from '../../../server/src/python/tokenizer/tokens.ts';
import { TARGETS } from '../../../server/src/python/versions/target.ts';
import { randomNumbers } from '../../oracle/mutations.ts';

/** What is wrong with the tokens of a text; undefined if nothing is. */
function problemWith({ count, kinds, starts, ends }: Tokens, length: number): string | undefined {
  let depth = 0;
  let offset = 0;
  for (let i = 0; i < count; i++) {
    const kind: TokenKind = kinds[i];
    if (starts[i] < offset && kind !== TokenKind.INDENT) return `token ${i} begins in the one before it`;
    if (ends[i] < starts[i] || ends[i] > length) return `token ${i} ends at ${ends[i]}`;
    offset = ends[i];
    if (kind === TokenKind.INDENT) depth++;
    if (kind === TokenKind.DEDENT && --depth < 0) return `token ${i} is one DEDENT too many`;
    if ((kind === TokenKind.ENDMARKER) !== (i === count - 1))
      return `token ${i} should not be ${TokenKind[kind]}`;
  }
  return depth === 0 ? undefined : 'fewer DEDENT than INDENT';
}

/** What a first pass found no end of. */
const NOTHING_OPEN = { offsets: new Set<number>(), tripleQuotes: false };

const OPTIONS: readonly TokenizeOptions[] = [
  {},
  { extraTokens: true },
  { recover: NOTHING_OPEN },
  { expression: true },
];

function check(text: string, targets = TARGETS, allOptions = OPTIONS): void {
  for (const { dialect, version } of targets) {
    for (const options of allOptions) {
      const { tokens } = tokenize(text, dialect.tokenizer, options);
      const problem = problemWith(tokens, text.length);
      if (problem) assert.fail(`${version}, ${JSON.stringify(text.slice(0, 200))}: ${problem}`);
    }
  }
}

/** Each within seconds, all targets and options together: nothing may take more than linear time. */
const LARGE: Readonly<Record<string, () => string>> = {
  'a line of 1 MB': () => `x = [${'a + "b", '.repeat(250_000)}]`,
  'a string of 1 MB without an end': () => `'''${'a\n'.repeat(500_000)}`,
  'an f-string of 500 KB': () => `f'${'{x}'.repeat(166_000)}'`,
  '100,000 lines': () => 'if x: y = 1\n'.repeat(100_000),
  '5,000 nested parentheses': () => '('.repeat(5_000) + ')'.repeat(5_000),
  '1,000 nested blocks': () => Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}if 1:\n`).join(''),
  '5,000 nested f-strings': () => `${"f'{".repeat(5_000)}1${"}'".repeat(5_000)}`,
  '100,000 strings without an end': () => "'a\n".repeat(100_000),
  '500,000 characters that are no token, on one line': () => '€ '.repeat(250_000),
  '100,000 wrong dedents': () => 'if x:\n    y\n  z\n'.repeat(30_000),
  '500,000 digits': () => '1_'.repeat(250_000),
  'a line of 10 MB': () => `x = '${'a'.repeat(10_000_000)}'`,
};

const ODD = [
  '\0',
  '\ud800',
  '\udc00x',
  'a\udcff',
  '\ufeff',
  '\ufffe',
  '\x1a',
  '\r',
  '\f',
  '\\',
  '\\\r',
  "f'{",
  "'''",
  'b"\0"',
];

const PIECES = [
  ...Array.from('()[]{}:;,.=!<>+-*/%@&|^~$?`\\#\'" \t\f\n\r0123456789_abefjorxutN€é\u00a0\0'),
  ...[
    "'''",
    '"""',
    "f'",
    'f"""',
    "rf'",
    "t'",
    '{{',
    '}}',
    '\\\n',
    '\r\n',
    '\\N{',
    '0x',
    '1e',
    'if ',
    'def f():\n',
    '\n    ',
    '\n\t',
    ' in ',
    ':=',
    '!r',
    '\u{1f600}',
  ],
];

describe('tokenize, of anything', function () {
  this.timeout(120_000);

  for (const [name, make] of Object.entries(LARGE)) {
    it(name, () => check(make(), [TARGETS[0], TARGETS[TARGETS.length - 1]], OPTIONS.slice(0, 2)));
  }

  it('odd characters', () => ODD.forEach(text => check(text)));

  it('1,000 random texts', () => {
    const random = randomNumbers(20_25);
    for (let i = 0; i < 1_000; i++) {
      const length = random(60);
      check(Array.from({ length }, () => PIECES[random(PIECES.length)]).join(''));
    }
  });

  it('1,000 random texts, by the tokenize module', () => {
    const random = randomNumbers(20_26);
    for (let i = 0; i < 1_000; i++) {
      const length = random(60);
      const text = Array.from({ length }, () => PIECES[random(PIECES.length)]).join('');
      for (const { dialect } of TARGETS) {
        const { text: printed, error } = tokenizeModule(text, dialect.tokenizer);
        assert.ok(error === undefined ? printed.includes('ENDMARKER') : printed === '');
      }
    }
  });
});
