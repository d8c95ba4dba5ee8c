// The bytecode of bytecode/*.md, up to 3.10: rule by rule of the optimisers, line tables and finally bodies of those
// versions. The texts are CPython's, and where there is a CPython it is asked again.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../server/src/python/index.ts';
import { bytecodeText } from '../../support/bytecodeText.ts';
import { readExamples, titleOf } from '../../support/examples.ts';
import { askPython, judges } from '../../support/python.ts';

const FOLDER = path.join(import.meta.dirname, 'bytecode');

const examplesOf = new Map(
  readdirSync(FOLDER)
    .sort()
    .map(file => [file, readExamples(readFileSync(path.join(FOLDER, file), 'utf8'))]),
);

describe('bytecode up to 3.10', () => {
  for (const [file, examples] of examplesOf) {
    describe(file, () => {
      for (const { source, expected } of examples) {
        it(titleOf(source).slice(0, 90), () => {
          assert.ok(expected.size > 0);
          for (const [target, text] of expected) {
            assert.equal(bytecodeText(analyze(source, target)), text, target.series);
          }
        });
      }
    });
  }

  it('is what CPython says', async function () {
    this.timeout(60_000);
    let asked = 0;
    for (const { interpreter, target } of await judges()) {
      const of = [...examplesOf.values()].flat().flatMap(({ source, expected }) => {
        const text = [...expected].find(([{ minor }]) => minor === target.minor)?.[1];
        return text === undefined ? [] : [{ source, text }];
      });
      if (of.length === 0) continue;
      const answers = (await askPython(
        interpreter,
        'codeUnits.py',
        of.map(({ source }) => source),
      )) as string[];
      for (const [i, { source, text }] of of.entries()) {
        assert.equal(text, answers[i], `${interpreter.version}\n${source}`);
      }
      asked += of.length;
    }
    if (asked === 0) this.skip();
  });
});
