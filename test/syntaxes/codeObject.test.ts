// The grammar of the code-object listing, run as VS Code runs it: with vscode-textmate and Oniguruma.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';

const GRAMMAR = new URL('../../syntaxes/colens-codeobject.tmLanguage.json', import.meta.url);
const SCOPE = 'source.colens-codeobject';

async function loadGrammar(): Promise<textmate.IGrammar> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
      createOnigString: text => new oniguruma.OnigString(text),
    }),
    loadGrammar: () =>
      Promise.resolve(textmate.parseRawGrammar(readFileSync(GRAMMAR, 'utf8'), 'grammar.json')),
  });
  const grammar = await registry.loadGrammar(SCOPE);
  assert.ok(grammar);
  return grammar;
}

describe('the grammar of the code-object listing', () => {
  let grammar: textmate.IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });

  /** `text → scope`, a line for each token that is not blank; scopes without the language's name at their end. */
  function colour(listing: string): string[] {
    let stack = textmate.INITIAL;
    return listing.split('\n').flatMap(line => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
      stack = ruleStack;
      return tokens
        .map(({ startIndex, endIndex, scopes }) => ({
          text: line.slice(startIndex, endIndex).trim(),
          scope: scopes.at(-1)!.replace(/\.colens-codeobject$/, ''),
        }))
        .filter(({ text }) => text !== '')
        .map(({ text, scope }) => `${text} → ${scope === 'source' ? 'none' : scope}`);
    });
  }

  it('colours the title', () => {
    assert.deepEqual(colour('<code object C.m.<locals>.<lambda>> · CPython 3.13.18'), [
      '< → punctuation.definition.begin',
      'code object → storage.type',
      'C.m.<locals>.<lambda> → entity.name.function',
      '> → punctuation.definition.end',
      '· CPython 3.13.18 → comment.version',
    ]);
  });

  it('colours fields and their values', () => {
    const listing = [
      'co_argcount         2',
      "co_name             '<lambda>'",
      'co_flags            0x23',
      'co_varnames',
      'co_freevars         ()',
    ].join('\n');
    assert.deepEqual(colour(listing), [
      'co_argcount → variable.other.property',
      '2 → constant.numeric',
      'co_name → variable.other.property',
      "'<lambda>' → string.quoted.single",
      'co_flags → variable.other.property',
      '0x23 → constant.numeric',
      'co_varnames → variable.other.property',
      'co_freevars → variable.other.property',
      '() → constant.language.empty',
    ]);
  });

  it('colours flags and their causes', () => {
    assert.deepEqual(colour('    CO_GENERATOR  0x20  yield on line 4'), [
      'CO_GENERATOR → variable.other.constant.flag',
      '0x20 → constant.numeric',
      'yield on line 4 → comment.reason',
    ]);
  });

  it('colours variables, also ones that look like something else', () => {
    assert.deepEqual(colour('     9  größe  parameter\n    10  .0\n    11  CO_X   bound on line 2'), [
      '9 → constant.numeric.index',
      'größe → variable.other',
      'parameter → comment.reason',
      '10 → constant.numeric.index',
      '.0 → variable.other',
      '11 → constant.numeric.index',
      'CO_X → variable.other',
      'bound on line 2 → comment.reason',
    ]);
  });

  it('colours nested code objects', () => {
    const listing = [
      'nested code objects',
      '    inner                        line 5   CO_VARARGS | CO_NESTED · 1 cell · 2 free',
      '        <generic parameters of f>  line 12',
    ].join('\n');
    assert.deepEqual(colour(listing), [
      'nested code objects → variable.other.property',
      'inner → entity.name.function',
      'line → comment.line-number',
      '5 → constant.numeric',
      'CO_VARARGS → variable.other.constant.flag',
      '| → none',
      'CO_NESTED → variable.other.constant.flag',
      '· → none',
      '1 → constant.numeric',
      'cell · → none',
      '2 → constant.numeric',
      'free → none',
      '<generic parameters of f> → entity.name.function',
      'line → comment.line-number',
      '12 → constant.numeric',
    ]);
  });

  it('colours what inspect says, and suspension points', () => {
    const listing = [
      'inspect',
      '    predicates  isfunction, isroutine',
      '    a call makes  generator',
      'suspension points',
      '     1  line 4   yield from g() · delegates to g() · bound: a, 12',
    ].join('\n');
    assert.deepEqual(colour(listing), [
      'inspect → variable.other.property',
      'predicates → variable.other.property',
      'isfunction, isroutine → none',
      'a call makes → variable.other.property',
      'generator → none',
      'suspension points → variable.other.property',
      '1 → constant.numeric.index',
      'line → comment.line-number',
      '4 → constant.numeric',
      'yield from g() · → none',
      'delegates to → comment.reason',
      'g() · → none',
      'bound: → comment.reason',
      'a, 12 → none',
    ]);
  });

  it('colours the notice that the code object is gone', () => {
    assert.deepEqual(colour('# a.py has no code object f any more.'), [
      '# a.py has no code object f any more. → comment.line.number-sign',
    ]);
  });
});
