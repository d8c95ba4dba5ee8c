// `colens/pyc`: what is in a file that CoLens has written itself, and what is said of one that is damaged.
import assert from 'node:assert/strict';
import { ErrorCodes } from 'vscode-languageserver-protocol/node';
import { decodeBase64 } from '../../server/src/lsp/base64.ts';
import { pycRequest, type PycParams, type PycResult } from '../../server/src/lsp/protocol.ts';
import { sourceHash, writePyc } from '../../server/src/python/code/marshal/pyc.ts';
import { analyze } from '../../server/src/python/index.ts';
import { parseTarget } from '../../server/src/python/versions/target.ts';
import { TestClient } from '../support/client.ts';

const SOURCE = 'def f(x):\n    return lambda: x\n';
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function pycOf(text: string): Uint8Array {
  const target = parseTarget('3.13')!;
  const analysis = analyze(text, target);
  const hash = sourceHash(new TextEncoder().encode(text), target.dialect.assembler);
  const bytecode = (code: Parameters<typeof analysis.bytecode>[0]) => analysis.bytecode(code);
  const options = { dialect: target.dialect.assembler, bytecode, filename: 'a.py' };
  const bytes = writePyc(analysis.code, { mode: 'checked-hash', hash }, options);
  assert.ok(bytes);
  return bytes;
}

describe('colens/pyc', () => {
  let client: TestClient;
  before(async () => (client = await TestClient.start()));
  after(() => client.stop());
  const ask = (params: PycParams): Promise<PycResult> => client.connection.sendRequest(pycRequest, params);
  const name = 'a.cpython-313.pyc';

  it('shows header, verdict and bytecode, a section for each code object', async () => {
    const source = { bytes: base64(new TextEncoder().encode(SOURCE)), mtime: 0 };
    const { text, verdict, version, sections } = await ask({ name, bytes: base64(pycOf(SOURCE)), source });
    assert.equal(version, '3.13');
    assert.match(verdict, /^match: CPython 3\.13\./);
    assert.match(text, /^# a\.cpython-313\.pyc: CPython 3\.13 · magic \d+ · checked-hash\n# match: /);
    assert.deepEqual(
      sections.map(({ title }) => title),
      ['<module>', 'f', '<lambda>'],
    );
    const lines = text.split('\n');
    for (const { title, startLine } of sections.slice(1)) assert.match(lines[startLine], new RegExp(title));
  });

  it('says where it differs from its source, and that there is none', async () => {
    const bytes = base64(pycOf(SOURCE));
    const other = SOURCE.replace('lambda: x', 'lambda: 1');
    const source = { bytes: base64(new TextEncoder().encode(other)), mtime: 0 };
    assert.match((await ask({ name, bytes, source })).verdict, /^stale: /);
    assert.equal((await ask({ name, bytes })).verdict, 'no source');
  });

  it('says that it is damaged', async () => {
    const { verdict, version } = await ask({ name, bytes: base64(pycOf(SOURCE).subarray(0, 40)) });
    assert.match(verdict, /^corrupt: /);
    assert.equal(version, null);
  });

  it('refuses what is no base64', async () => {
    await assert.rejects(ask({ name, bytes: 'a*==' }), { code: ErrorCodes.InvalidParams, message: /base64/ });
  });

  it('decodes base64 as Node does', () => {
    for (let length = 0; length < 20; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + length * 7) & 255);
      assert.deepEqual(decodeBase64(base64(bytes)), bytes);
    }
  });
});
