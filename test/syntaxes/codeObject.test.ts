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

  it('colours the title and the summary', () => {
    const listing = [
      '<code object <lambda>, file "a b.py", line 3>  CPython 3.13.18',
      '2 parameters · stack 4 · CO_OPTIMIZED | CO_NESTED',
    ].join('\n');
    assert.deepEqual(colour(listing), [
      '< → punctuation.definition.begin',
      'code object → storage.type',
      '<lambda> → entity.name.function',
      ', file "a b.py", line 3 → comment.file',
      '> → punctuation.definition.end',
      'CPython 3.13.18 → comment.version',
      '2 → constant.numeric',
      'parameters · stack → none',
      '4 → constant.numeric',
      '· → none',
      'CO_OPTIMIZED → variable.other.constant.flag',
      '| → none',
      'CO_NESTED → variable.other.constant.flag',
    ]);
  });

  it('colours instructions and the lines that they come from', () => {
    const listing = [
      '│ │        9              total += 1  (again)',
      '│ │         L3:     72  1 ╭ LOAD_DEREF                     9  total   try → L12',
      '│ ╰────            134  1   JUMP_BACKWARD                 49  to L1',
      '╰─────→     L5:    138  12   END_FOR',
      '                   206      LOAD_CONST                     1  None',
      '                   208  1–6 ╶ POP_EXCEPT                        try → L19',
      '          --  no line',
    ].join('\n');
    assert.deepEqual(colour(listing), [
      '│ │ → comment.arrow',
      '9 → constant.numeric.line-number',
      'total += 1 → markup.bold.source',
      '(again) → comment.again',
      '│ │ → comment.arrow',
      'L3: → entity.name.label',
      '72 → comment.offset',
      '1 → constant.numeric.depth',
      '╭ → keyword.control.handler',
      'LOAD_DEREF → keyword.operator.opcode',
      '9 → constant.numeric',
      'total → none',
      'try → L12 → keyword.control.handler',
      '│ ╰──── → comment.arrow',
      '134 → comment.offset',
      '1 → constant.numeric.depth',
      'JUMP_BACKWARD → keyword.operator.opcode',
      '49 → constant.numeric',
      'to L1 → entity.name.label',
      '╰─────→ → comment.arrow',
      'L5: → entity.name.label',
      '138 → comment.offset',
      '12 → constant.numeric.depth',
      'END_FOR → keyword.operator.opcode',
      '206 → comment.offset',
      'LOAD_CONST → keyword.operator.opcode',
      '1 → constant.numeric',
      'None → constant.language',
      '208 → comment.offset',
      '1–6 → constant.numeric.depth',
      '╶ → keyword.control.handler',
      'POP_EXCEPT → keyword.operator.opcode',
      'try → L19 → keyword.control.handler',
      '-- → constant.numeric.line-number',
      'no line → markup.bold.source',
    ]);
  });

  it('colours the exception table', () => {
    assert.deepEqual(colour('exception table\n    L3 to L4    → L12  depth 1, with lasti'), [
      'exception table → variable.other.property',
      'L3 to L4 → entity.name.label',
      '→ L12 → keyword.control.handler',
      'depth 1, with lasti → comment.reason',
    ]);
  });

  it('colours fields and their values', () => {
    const listing = ['co_argcount         2', "co_name             '<lambda>'"].join('\n');
    assert.deepEqual(colour(listing), [
      'co_argcount → variable.other.property',
      '2 → constant.numeric',
      'co_name → variable.other.property',
      "'<lambda>' → string.quoted.single",
    ]);
  });

  it('colours flags and their causes', () => {
    assert.deepEqual(colour('co_flags            0x23\n    CO_GENERATOR  0x20  yield on line 4'), [
      'co_flags → variable.other.property',
      '0x23 → constant.numeric',
      'CO_GENERATOR → variable.other.constant.flag',
      '0x20 → constant.numeric',
      'yield on line 4 → comment.reason',
    ]);
  });

  it('colours constants', () => {
    const listing = [
      'co_consts',
      "    0  'a  b'  the docstring",
      '    1  None',
      '    2  (1, 2)',
      '    3  <code object f at 0x0, file "a.py", line 2>',
      'co_names',
      '    0  range',
    ].join('\n');
    assert.deepEqual(colour(listing), [
      'co_consts → variable.other.property',
      '0 → constant.numeric.index',
      "'a  b' → string.quoted",
      'the docstring → comment.reason',
      '1 → constant.numeric.index',
      'None → constant.language',
      '2 → constant.numeric.index',
      '(1, 2) → constant.numeric',
      '3 → constant.numeric.index',
      '<code object f at 0x0, file "a.py", line 2> → storage.type',
      'co_names → variable.other.property',
      '0 → constant.numeric.index',
      'range → variable.other',
    ]);
  });

  it('colours variables, also ones that look like something else', () => {
    const listing = 'co_varnames\n     9  größe  parameter\n    10  .0\n    11  CO_X   bound on line 2';
    assert.deepEqual(colour(listing), [
      'co_varnames → variable.other.property',
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
