// Parameters that are not what the protocol says: a refusal with words, and a server that goes on; and texts and names
// that no client should send.
import assert from 'node:assert/strict';
import {
  CodeLensRequest,
  DidChangeWorkspaceFoldersNotification,
  DidOpenTextDocumentNotification,
  ErrorCodes,
  ExecuteCommandRequest,
  HoverRequest,
  InitializeRequest,
  InlayHintRequest,
  SignatureHelpRequest,
} from 'vscode-languageserver-protocol/node';
import {
  codeObjectCommand,
  codeObjectRequest,
  codeObjectKeyRequest,
  codeObjectTreeRequest,
  flowGraphRequest,
  instructionRequest,
  passTextRequest,
  pycRequest,
} from '../../server/src/lsp/protocol.ts';
import { TestClient } from '../support/client.ts';

const URI = 'file:///a.py';
const textDocument = { uri: URI };
const position = { line: 0, character: 0 };

const OWN_METHODS = [
  codeObjectKeyRequest,
  codeObjectRequest,
  codeObjectTreeRequest,
  flowGraphRequest,
  instructionRequest,
  passTextRequest,
  pycRequest,
];

/** Method, parameters, and what the refusal says. */
const REFUSED: readonly (readonly [string, unknown, RegExp])[] = [
  ...[HoverRequest.method, SignatureHelpRequest.method].flatMap((method): [string, unknown, RegExp][] => [
    [method, null, /defines parameters by name/],
    [method, {}, /textDocument\.uri must be a string/],
    [method, { textDocument: 3, position }, /textDocument\.uri must be a string/],
    [method, { textDocument: { uri: 3 }, position }, /textDocument\.uri must be a string/],
    [method, { textDocument }, /position must have a line and a character, integers from 0/],
    [method, { textDocument, position: 7 }, /position must have/],
    [method, { textDocument, position: { line: '0', character: 0 } }, /position must have/],
    [method, { textDocument, position: { line: -1, character: 0 } }, /position must have/],
    [method, { textDocument, position: { line: 0.5, character: 0 } }, /position must have/],
    [method, { textDocument, position: { line: 0 } }, /position must have/],
  ]),
  [CodeLensRequest.method, { textDocument: null }, /textDocument\.uri must be a string/],
  [InlayHintRequest.method, { textDocument }, /range\.start must have/],
  [InlayHintRequest.method, { textDocument, range: { start: position } }, /range\.end must have/],
  ...[null, 7, {}, { textDocument: {}, position: 1 }].map((params): [string, unknown, RegExp] => [
    codeObjectRequest,
    params,
    /must be/,
  ]),
  [codeObjectRequest, { textDocument, position: 1 }, /position must have/],
  [codeObjectRequest, { textDocument, range: [] }, /range\.start must have/],
  [codeObjectRequest, { textDocument, qualname: 1 }, /qualname must be a string/],
  [codeObjectRequest, { textDocument, target: '4.0' }, /target must be a version/],
  [ExecuteCommandRequest.method, { command: codeObjectCommand }, /must be an object/],
  [ExecuteCommandRequest.method, { command: codeObjectCommand, arguments: 5 }, /must be an object/],
  [ExecuteCommandRequest.method, {}, /command must be "colens\.codeObject"/],
  [ExecuteCommandRequest.method, { command: 'rm' }, /command must be "colens\.codeObject"/],
  [InitializeRequest.method, { capabilities: {}, workspaceFolders: [1] }, /workspaceFolders must be/],
];

describe('malformed parameters', () => {
  let client: TestClient;
  before(async () => {
    client = await TestClient.start();
    await client.open('def f(): yield\n', URI);
  });
  after(() => client.stop());

  const isAlive = async (): Promise<void> => {
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument, position });
    assert.match(JSON.stringify(hover), /CO_GENERATOR/);
  };

  for (const [method, params, message] of REFUSED) {
    it(`${method} ${JSON.stringify(params)}`, async () => {
      await assert.rejects(client.connection.sendRequest(method, params), {
        code: ErrorCodes.InvalidParams,
        message,
      });
    });
  }

  const METHODS = [
    HoverRequest,
    SignatureHelpRequest,
    CodeLensRequest,
    InlayHintRequest,
    ExecuteCommandRequest,
  ].map(({ method }): string => method);
  for (const method of [...METHODS, ...OWN_METHODS])
    for (const params of [null, 7, 'a', true, [], [null]])
      it(`${method} ${JSON.stringify(params)} as it is`, async () => {
        const { error } = await client.raw(method, params);
        assert.equal(error?.code, ErrorCodes.InvalidParams, error?.message);
        assert.notEqual(error.message, '');
      });

  it('notifications that make no sense, and documents that are none, harm no other document', async () => {
    const send = (method: string, params: unknown): Promise<void> =>
      client.connection.sendNotification(method, params);
    const open = (document: unknown): Promise<void> =>
      send(DidOpenTextDocumentNotification.method, { textDocument: document });
    for (const params of [null, {}, { event: null }, { event: { added: [{ uri: 7 }], removed: [] } }])
      await send(DidChangeWorkspaceFoldersNotification.method, params);
    await open(null);
    await open({ uri: 'file:///text.py', languageId: 'python', version: 1, text: 7 });
    await open({ uri: 7, languageId: 'python', version: 1, text: '' });
    for (const method of [
      'textDocument/didChange',
      'textDocument/didClose',
      'workspace/didChangeWatchedFiles',
    ])
      for (const params of [null, {}, { textDocument: null }, { changes: 5 }]) await send(method, params);
    await send('textDocument/didChange', { textDocument, contentChanges: 5 });
    for (const uri of ['', '1:2', 'http://[', 'file://%zz', '\ud800', 'a b:c', '//x', 'file:////']) {
      await open({ uri, languageId: 'python', version: 1, text: 'x = 1\n' });
      const asked = { textDocument: { uri }, position };
      await client.connection.sendRequest(HoverRequest.type, asked);
      await client.connection.sendRequest(codeObjectRequest, asked);
    }
    await isAlive();
  });
});
