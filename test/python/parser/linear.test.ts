// The parser takes work in proportion to a text's length, however its brackets and words are nested.
import assert from 'node:assert/strict';
import { analyze } from '../../../server/src/python/index.ts';
import { diagnose } from '../../../server/src/python/parser/diagnosis/diagnose.ts';
import { LineIndex } from '../../../server/src/python/text/lineIndex.ts';
import { tokenize } from '../../../server/src/python/tokenizer/tokenize.ts';
import { TARGETS, type Target } from '../../../server/src/python/versions/target.ts';

/** What begins something that may begin again before it ends. */
const OPENERS = ['(**', '{1:=', 'f(x=for (', 'not -', 'for x in {*a,', '[==x:=', 'lambda *a=:'];

/** Instructions of the diagnosis for each token, of which a rule of the grammar runs a few hundred at most. */
const MOST_STEPS = 2500;

/** Milliseconds for a byte, on a machine with other things to do. */
const MOST_MILLISECONDS = 2;

function stepsPerToken(text: string, { dialect }: Target): number {
  const tokenized = tokenize(text, dialect.tokenizer);
  const { tokens } = tokenized;
  const lines = new LineIndex(text);
  const { steps } = diagnose(
    {
      text,
      tokens,
      tokenized,
      dialect: dialect.grammar,
      lines: () => lines,
      literalError: () => null,
      flufl: () => false,
      encodingIsTold: true,
      fieldHasText: () => true,
    },
    'file',
  );
  return steps / tokens.count;
}

describe('the parser is linear', function () {
  this.timeout(300_000);

  for (const target of TARGETS) {
    it(`in pairs and triples of openers, 3.${target.minor}`, () => {
      const started = performance.now();
      let bytes = 0;
      for (const a of OPENERS) {
        for (const b of OPENERS) {
          for (const c of ['', ...OPENERS]) {
            const text = (a + b + c).repeat(40);
            bytes += text.length;
            const steps = stepsPerToken(text, target);
            assert.ok(steps < MOST_STEPS, `${a + b + c}: ${steps} steps a token`);
            assert.ok(analyze(text, target).parsed.errors.length > 0);
          }
        }
      }
      assert.ok(performance.now() - started < bytes * MOST_MILLISECONDS);
    });
  }

  it('in the clauses of a comprehension, and bears what never closes', () => {
    for (const target of TARGETS) {
      // 3.8 puts one clause into the other, and gives up.
      const [error] = analyze(`[y${' for y in z'.repeat(7936)}]`, target).parsed.errors;
      assert.equal(error?.type, target.dialect.grammar.readsAheadOnly ? 'MemoryError' : undefined);
      for (const opener of ['for [', 'f(a for ', 'f(*', '- ']) {
        const text = opener.repeat(2000);
        assert.ok(stepsPerToken(text, target) < MOST_STEPS, opener);
        assert.ok(analyze(text, target).parsed.errors.length > 0);
      }
    }
  });
});
