// The symbol tables of fixtures/*.md, for every target: what `python -m symtable` prints, or the error. The texts
// are CPython's, and where there is a CPython it is asked again.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../server/src/python/index.ts';
import type { SourceError } from '../../../server/src/python/text/syntaxError.ts';
import { dumpSymbolTable } from '../../../server/src/python/symtable/dump.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import { readExamples } from '../../support/examples.ts';
import { askPython, judges } from '../../support/python.ts';

const FOLDER = path.join(import.meta.dirname, 'fixtures');

/** Names that a block only passes on to those in it are in the order of a set: any will do. */
const normal = (text: string): string =>
  text
    .replace(/[ \n]+$/, '')
    .replace(/ +$/gm, '')
    .replace(/(?:^ *free symbol '\w+':\n?){2,}/gm, run => `${run.trimEnd().split('\n').sort().join('\n')}\n`);

/** `SyntaxError: … (line:offset-line:offset)` */
function errorText({ type, msg, position = {} }: SourceError): string {
  const { lineno, offset, end_lineno, end_offset } = position;
  const start = `${lineno}:${offset}`;
  return `${type}: ${msg} (${end_lineno === undefined ? start : `${start}-${end_lineno}:${end_offset ?? ''}`})`;
}

function printed(source: string, target: Target): string {
  const { parsed, symbolTable } = analyze(source, target);
  assert.deepEqual(parsed.errors, [], 'the parser has nothing to say');
  const [error] = symbolTable.errors;
  return normal(error ? errorText(error) : dumpSymbolTable(symbolTable, '<source>', target.dialect.symtable));
}

const files = readdirSync(FOLDER).sort();
const examplesOf = new Map(
  files.map(file => [file, readExamples(readFileSync(path.join(FOLDER, file), 'utf8'))]),
);

describe('symbol tables', () => {
  for (const [file, examples] of examplesOf) {
    describe(file, () => {
      for (const { source, expected } of examples) {
        it(source.trimEnd().split('\n').slice(0, 3).join(' ⏎ '), () => {
          assert.ok(expected.size > 0);
          for (const [target, text] of expected) {
            assert.equal(printed(source, target), normal(text), target.series);
          }
        });
      }
    });
  }

  it('are what CPython says', async function () {
    this.timeout(120_000);
    for (const { interpreter, target } of await judges()) {
      const sources = [...examplesOf.values()].flat().flatMap(({ source, expected }) => {
        return [...expected.keys()].some(({ minor }) => minor === target.minor) ? [source] : [];
      });
      const answers = (await askPython(interpreter, 'symtables.py', sources)) as string[];
      for (const [i, source] of sources.entries()) {
        assert.equal(printed(source, target), normal(answers[i]), `${interpreter.version}\n${source}`);
      }
    }
  });
});
