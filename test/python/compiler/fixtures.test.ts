// The code objects of fixtures/*.md, for every target: their facts and their order among the constants, or why the
// compiler refuses the source. The texts are CPython's, and where there is a CPython it is asked again.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { reportedPosition } from '../../../server/src/cli/syntaxError.ts';
import type { CodeObject } from '../../../server/src/python/code/codeObject.ts';
import { CodeFlags } from '../../../server/src/python/code/flags.ts';
import { analyze, type Analysis } from '../../../server/src/python/index.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import { readExamples, titleOf } from '../../support/examples.ts';
import { askPython, judges } from '../../support/python.ts';

const FOLDER = path.join(import.meta.dirname, 'fixtures');

const FLAGS = Object.entries(CodeFlags).filter(
  (entry): entry is [string, number] => typeof entry[1] === 'number',
);

function describeCode(code: CodeObject, target: Target, margin: string, lines: string[]): void {
  const name = target.dialect.compiler.hasQualnameAttribute ? code.qualname : code.name;
  const parts = [`${margin}${name} line ${code.firstlineno}`];
  const counts = [code.argcount, code.posonlyargcount, code.kwonlyargcount];
  if (counts.some(count => count > 0)) parts.push(`args ${counts.join('/')}`);
  if (code.varnames.length > 0) parts.push(`vars ${code.varnames.join()}`);
  if (code.cellvars.length > 0) parts.push(`cells ${code.cellvars.join()}`);
  if (code.freevars.length > 0) parts.push(`free ${code.freevars.join()}`);
  parts.push(...FLAGS.filter(([, bit]) => (code.flags & bit) !== 0).map(([flag]) => flag));
  lines.push(parts.join(' '));
  assert.equal(code.nlocals, code.varnames.length);
  for (const child of code.children) describeCode(child, target, `${margin}    `, lines);
}

function refusal(analysis: Analysis): string {
  const [error] = analysis.errors;
  const { lineno, offset, end_lineno, end_offset } = reportedPosition(error, analysis);
  const end = end_lineno === undefined ? '' : `-${end_lineno}:${end_offset}`;
  return `${error.type}: ${error.msg} (${lineno}:${offset}${end})`;
}

function printed(source: string, target: Target): string {
  const analysis = analyze(source, target);
  if (analysis.errors.length > 0) return refusal(analysis);
  const lines: string[] = [];
  describeCode(analysis.code, target, '', lines);
  return lines.join('\n');
}

const examplesOf = new Map(
  readdirSync(FOLDER)
    .sort()
    .map(file => [file, readExamples(readFileSync(path.join(FOLDER, file), 'utf8'))]),
);

describe('code objects', () => {
  for (const [file, examples] of examplesOf) {
    describe(file, () => {
      for (const { source, expected } of examples) {
        it(titleOf(source), () => {
          assert.ok(expected.size > 0);
          for (const [target, text] of expected) assert.equal(printed(source, target), text, target.series);
        });
      }
    });
  }

  it('are what CPython says', async function () {
    this.timeout(120_000);
    for (const { interpreter, target } of await judges()) {
      const sources = [...examplesOf.values()]
        .flat()
        .filter(({ expected }) => [...expected.keys()].some(({ minor }) => minor === target.minor))
        .map(({ source }) => source);
      const answers = (await askPython(interpreter, 'facts.py', sources)) as string[];
      for (const [i, source] of sources.entries()) {
        assert.equal(printed(source, target), answers[i], `${interpreter.version}\n${source}`);
      }
    }
  });
});
