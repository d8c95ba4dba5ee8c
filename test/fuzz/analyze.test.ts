// Fuzzing with fixed seeds: whatever is done to a source, the whole pipeline ends, soon, without throwing, and every
// refusal has words and a place in the text. The sources are a standard library of this machine.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeJson } from '../../server/src/python/code/dump.ts';
import { codeObjectsOf } from '../../server/src/python/code/lookup.ts';
import { analyze, analyzeBytes, type Analysis } from '../../server/src/python/index.ts';
import { TARGETS, type Target } from '../../server/src/python/versions/target.ts';
import { folderSources, libraryFolder, type Source } from '../oracle/corpora.ts';
import { choices, program } from '../oracle/generate.ts';
import { findInterpreters } from '../oracle/interpreters.ts';
import { damaged, mutatedSources, randomNumbers } from '../oracle/mutations.ts';

const SEED = 20_263;
const LARGEST = 40_000;
/** Nobody waits longer than that for a file of this size; machines that do something else besides are slow. */
const TOO_LONG_MS = 3000;

/** Asks for everything that there is, and checks what holds for every text. */
function check(analysis: Analysis, what: () => string): void {
  const begun = performance.now();
  let errors: Analysis['errors'];
  try {
    errors = analysis.errors;
    codeJson(analysis.code, analysis.target);
    // What is broken elsewhere takes nothing from a function: its bytecode is made of a tree that was recovered.
    for (const code of codeObjectsOf(analysis.code)) analysis.bytecode(code);
  } catch (error) {
    throw new Error(`${analysis.target.version} throws: ${what()}`, { cause: error });
  }
  const took = performance.now() - begun;
  assert.ok(took < TOO_LONG_MS, `${analysis.target.version} took ${took.toFixed(0)} ms: ${what()}`);
  const { length } = analysis.text;
  for (const { msg, start, end } of errors) {
    assert.ok(msg.length > 0, what());
    assert.ok(
      0 <= start && start <= end && end <= length,
      `${msg}: ${start} to ${end} of ${length}: ${what()}`,
    );
  }
}

const targetAt = (index: number): Target => TARGETS[index % TARGETS.length];

describe('fuzzing', function () {
  this.timeout(120_000);
  this.slow(30_000);
  let library: Source[];

  before(async () => {
    const interpreters = await findInterpreters();
    const all = folderSources(await libraryFolder(interpreters.at(-1)!, interpreters));
    library = all.filter(source => source.read().length < LARGEST);
    assert.ok(library.length > 100, 'no standard library to take sources from');
  });

  it('tokens deleted, doubled, swapped', () => {
    mutatedSources(library, 400, SEED).forEach((source, index) => {
      check(analyzeBytes(source.read(), targetAt(index)), () => source.name);
    });
  });

  it('bytes flipped, ends cut off', () => {
    const random = randomNumbers(SEED);
    for (let i = 0; i < 400; i++) {
      const source = library[random(library.length)];
      const bytes = damaged(source.read(), random);
      check(analyzeBytes(bytes, targetAt(i)), () => `${source.name}, damage ${i} of seed ${SEED}`);
    }
  });

  it('every prefix of what is being typed', () => {
    const random = randomNumbers(SEED);
    for (let i = 0; i < 12; i++) {
      const source = library[random(library.length)];
      const text = Buffer.from(source.read()).toString('utf8');
      const from = random(text.length);
      const begin = text.lastIndexOf('\n', from - 1500) + 1;
      for (let end = from; end < Math.min(text.length, from + 160); end++) {
        // With and without what follows the line that is being typed.
        const rest = end % 2 === 0 ? '' : text.slice(text.indexOf('\n', from) + 1, from + 1500);
        check(
          analyze(`${text.slice(begin, end)}\n${rest}`, targetAt(i)),
          () => `${source.name} ${begin} to ${end}`,
        );
      }
    }
  });

  it('generated programs', () => {
    fc.assert(
      fc.property(choices, fc.nat(TARGETS.length - 1), (list, index) => {
        const text = program(list, TARGETS[index]);
        check(analyze(text, TARGETS[index]), () => text);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it('generated programs, for targets that lack what they use, cut anywhere', () => {
    fc.assert(
      fc.property(choices, fc.nat(TARGETS.length - 1), fc.nat(100), (list, index, percent) => {
        const text = program(list, TARGETS.at(-1)!);
        const cut = text.slice(0, Math.ceil((text.length * percent) / 100));
        check(analyze(cut, TARGETS[index]), () => cut);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it('any text', () => {
    const pieces = fc.constantFrom(
      ...[
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
        '"""',
        "'''",
        'f"',
        "t'",
        '\\',
        '\n',
        '\r',
        '\f',
        '\t',
        ' ',
        ':',
        ';',
      ],
      ...[
        '=',
        ':=',
        '*',
        '**',
        '.',
        '...',
        ',',
        '@',
        '!',
        '#',
        '->',
        '0',
        '1e',
        '0x',
        '1_',
        'é',
        '\u{20000}',
        '\ud800',
      ],
      ...[
        'def ',
        'class ',
        'lambda ',
        'if ',
        'else',
        'for ',
        'in ',
        'async ',
        'await ',
        'match ',
        'case ',
        'type ',
        'a',
      ],
      ...[
        'try',
        'except',
        'finally',
        'with ',
        'as ',
        'import ',
        'from ',
        'yield ',
        'global ',
        'nonlocal ',
        'not ',
        'lazy ',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.nat(TARGETS.length - 1), (list, index) => {
        const text = list.join('');
        check(analyze(text, TARGETS[index]), () => JSON.stringify(text));
      }),
      { seed: SEED, numRuns: 4000 },
    );
  });

  it('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(TARGETS.length - 1), (bytes, index) => {
        check(analyzeBytes(bytes, TARGETS[index]), () => Buffer.from(bytes).toString('hex'));
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});
