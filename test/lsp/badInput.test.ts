// Input that no Python file should be: the server answers something in little time, stays up, and keeps serving
// other documents.
import assert from 'node:assert/strict';
import { CodeLensRequest, HoverRequest, SignatureHelpRequest } from 'vscode-languageserver-protocol/node';
import { codeObjectRequest, type CodeObjectResult } from '../../server/src/lsp/protocol.ts';
import { randomNumbers } from '../oracle/mutations.ts';
import { TestClient } from '../support/client.ts';

/** Above that an editor feels stuck; the machine may do something else besides. */
const TOO_LONG_MS = 20_000;

const random = randomNumbers(20_266);
const binary = Array.from({ length: 200_000 }, () => String.fromCharCode(random(256))).join('');
/** Bytes that are no UTF-8, as an editor shows them. */
const replaced = new TextDecoder().decode(Uint8Array.from({ length: 100_000 }, () => 128 + random(128)));

const INPUTS: Readonly<Record<string, () => string>> = {
  'a binary file': () => binary,
  'a binary file of many lines': () => binary.replaceAll('a', '\n'),
  'invalid UTF-8': () => replaced,
  'null bytes': () => 'def f(): pass\n\0\0\0def g(): pass\n',
  'lone surrogates': () => 'x = "\ud800"\n\udc00 = 1\ndef f(\ud83d): pass\n',
  'a line of 10 MB': () => `x = [${'1, '.repeat(3_500_000)}]\n`,
  'a string of 10 MB': () => `x = "${'a'.repeat(10_000_000)}"\n`,
  'a name of 10 MB': () => 'a'.repeat(10_000_000),
  'a comment of 10 MB': () => `#${' x'.repeat(5_000_000)}`,
  '100,000 lines': () => 'x = f(1, 2)\n'.repeat(100_000),
  '100,000 empty lines': () => '\n'.repeat(100_000),
  '10,000 functions': () =>
    Array.from({ length: 10_000 }, (_, i) => `def f${i}(a): return lambda: a\n`).join(''),
  '5,000 parentheses': () => `${'('.repeat(5000)}1${')'.repeat(5000)}`,
  '5,000 open parentheses': () => 'f('.repeat(5000),
  '5,000 brackets of all kinds': () => '([{'.repeat(1700),
  '5,000 blocks': () => Array.from({ length: 5000 }, (_, i) => `${' '.repeat(i)}if x:\n`).join(''),
  '1,000 functions in each other': () =>
    Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}def f(a):\n`).join(''),
  '5,000 lambdas in each other': () => `x = ${'lambda: '.repeat(5000)}1`,
  '5,000 unary operators': () => `x = ${'-'.repeat(5000)}1`,
  '5,000 operators': () => `x = ${'1 + '.repeat(5000)}1`,
  '5,000 attributes': () => `x${'.a'.repeat(5000)}`,
  '5,000 calls': () => `x${'()'.repeat(5000)}`,
  '5,000 comparisons': () => `x${' < 1'.repeat(5000)}`,
  '5,000 f-strings in each other': () => `${'f"{'.repeat(5000)}1${'}"'.repeat(5000)}`,
  '5,000 comprehensions in each other': () => `${'['.repeat(5000)}1${' for x in y]'.repeat(5000)}`,
  '5,000 elifs': () => `if x: pass\n${'elif x: pass\n'.repeat(5000)}`,
  '5,000 decorators': () => `${'@d\n'.repeat(5000)}def f(): pass\n`,
  '5,000 classes in each other': () =>
    Array.from({ length: 5000 }, (_, i) => `${' '.repeat(i)}class C:\n`).join(''),
  'a backslash at the end': () => 'x = 1 \\',
  'a quote at the end': () => 'x = """',
};

describe('bad input', function () {
  this.timeout(120_000);
  let client: TestClient;

  before(async () => {
    client = await TestClient.start();
    await client.open('def good(a): yield a\n', 'file:///good.py');
  });

  after(async () => {
    assert.deepEqual(client.log, [], 'the server has complained');
    await client.stop();
  });

  for (const [name, make] of Object.entries(INPUTS)) {
    it(name, async () => {
      const text = make();
      const uri = await client.open(text, `file:///${encodeURIComponent(name)}.py`);
      const textDocument = { uri };
      const published = client.diagnostics.length;
      const timed = async <T>(what: string, request: Promise<T>): Promise<T> => {
        const begun = performance.now();
        const result = await request;
        const took = performance.now() - begun;
        assert.ok(took < TOO_LONG_MS, `${what} took ${took.toFixed(0)} ms`);
        return result;
      };
      const lines = text.split('\n');
      const middle = { line: lines.length >> 1, character: lines[lines.length >> 1].length >> 1 };
      const end = { line: lines.length - 1, character: lines.at(-1)!.length };
      for (const position of [middle, end]) {
        await timed('hover', client.connection.sendRequest(HoverRequest.type, { textDocument, position }));
        await timed(
          'signatureHelp',
          client.connection.sendRequest(SignatureHelpRequest.type, { textDocument, position }),
        );
        const code = client.connection.sendRequest<CodeObjectResult | null>(codeObjectRequest, {
          textDocument,
          position,
        });
        assert.ok(await timed('codeObject', code));
      }
      const lenses = await timed(
        'codeLens',
        client.connection.sendRequest(CodeLensRequest.type, { textDocument }),
      );
      assert.ok(Array.isArray(lenses));
      const good = await client.connection.sendRequest(CodeLensRequest.type, {
        textDocument: { uri: 'file:///good.py' },
      });
      assert.deepEqual(
        good?.map(({ command }) => command?.title),
        ['CO_GENERATOR'],
      );
      await client.until(() => client.diagnostics.slice(published).some(each => each.uri === uri));
      await client.change(uri, { text: '' });
    });
  }

  it('a document that changes faster than anybody can look at it', async () => {
    const uri = await client.open('', 'file:///fast.py');
    const text = 'def f(a):\n    return g(a, [x for x in a])\n';
    const answers: Promise<unknown>[] = [];
    for (let i = 0; i < text.length; i++) {
      const position = text.slice(0, i).split('\n');
      const at = { line: position.length - 1, character: position.at(-1)!.length };
      await client.change(uri, { range: { start: at, end: at }, text: text[i] });
      answers.push(
        client.connection.sendRequest(SignatureHelpRequest.type, { textDocument: { uri }, position: at }),
        client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } }),
      );
    }
    await Promise.all(answers);
    const code = await client.connection.sendRequest<CodeObjectResult>(codeObjectRequest, {
      textDocument: { uri },
      qualname: 'f',
    });
    assert.deepEqual(code.code.varnames, ['a', 'x']);
  });
});
