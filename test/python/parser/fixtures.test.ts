// The trees and errors of fixtures/*.md, for every target. The texts are CPython's.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { dump } from '../../../server/src/python/ast/dump.ts';
import { parse } from '../../../server/src/python/parser/parse.ts';
import { LineIndex } from '../../../server/src/python/text/lineIndex.ts';
import type { SourceError } from '../../../server/src/python/text/syntaxError.ts';
import { tokenize } from '../../../server/src/python/tokenizer/tokenize.ts';
import type { Target } from '../../../server/src/python/versions/target.ts';
import { readExamples } from './examples.ts';

const FOLDER = path.join(import.meta.dirname, 'fixtures');

function errorText(error: SourceError, source: string, lines: LineIndex): string {
  const lineno = error.position?.lineno ?? lines.lineno(error.start);
  const before = source.slice(lines.starts[lines.lineno(error.start) - 1], error.start);
  return `${error.type}: ${error.msg} (${lineno}:${error.position?.offset ?? Array.from(before).length + 1})`;
}

function outcome(source: string, target: Target, includeAttributes: boolean): string {
  const { dialect } = target;
  const lines = new LineIndex(source);
  const { module, errors, reported } = parse(source, tokenize(source, dialect.tokenizer), dialect.grammar);
  if (errors.length > 0) return errorText(errors[0], source, lines);
  return dump(module, dialect.grammar, { includeAttributes, lines, reported });
}

const lineOnly = (text: string): string => text.replace(/:\d+\)$/, ')');

for (const file of readdirSync(FOLDER)) {
  describe(`the parser: ${path.basename(file, '.md')}`, () => {
    for (const { title, source, withPositions, expected } of readExamples(path.join(FOLDER, file))) {
      it(title, () => {
        assert.equal(expected.size, 8);
        for (const [target, text] of expected) {
          const actual = outcome(source, target, withPositions);
          // The columns of errors are not compared where the interpreter has its words from an older parser.
          const exact = target.dialect.grammar.readsOn;
          assert.equal(exact ? actual : lineOnly(actual), exact ? text : lineOnly(text), `3.${target.minor}`);
        }
      });
    }
  });
}
