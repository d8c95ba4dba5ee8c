// The server as a process of its own, as editors start it: over stdio, and it ends when it is told to, or left alone.
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import {
  createMessageConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type MessageConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import net from 'node:net';
import path from 'node:path';
import { REPOSITORY, tsCommand } from '../oracle/interpreters.ts';

const MAIN = path.join(REPOSITORY, 'server', 'src', 'node', 'serverMain.ts');

describe('the server as a process', function () {
  this.timeout(60_000);
  let child: ChildProcessWithoutNullStreams;
  let connection: MessageConnection;
  let exit: Promise<number | null>;

  beforeEach(async () => {
    const [executable, ...before] = tsCommand(MAIN);
    child = spawn(executable, [...before, '--stdio']);
    exit = new Promise(resolve => child.on('exit', resolve));
    connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const params = { processId: process.pid, workspaceFolders: null, capabilities: {} };
    await connection.sendRequest<InitializeResult>(InitializeRequest.method, params);
    await connection.sendNotification(InitializedNotification.type, {});
  });

  afterEach(() => {
    connection.dispose();
    child.kill();
  });

  it('answers over stdio and ends with exit', async () => {
    const textDocument = { uri: 'file:///a.py', languageId: 'python', version: 1, text: 'def f(): yield\n' };
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    const hover = await connection.sendRequest(HoverRequest.type, {
      textDocument,
      position: { line: 0, character: 1 },
    });
    assert.match(JSON.stringify(hover), /CO_GENERATOR/);
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    assert.equal(await exit, 0);
  });

  it('ends when its input does', async () => {
    child.stdin.end();
    assert.notEqual(await exit, null);
  });
});

describe('the server on a socket', function () {
  this.timeout(60_000);

  /** Starts the server with an argument; how it ends, and what it says. */
  const ended = (argument: string): Promise<{ code: number | null; said: string }> => {
    const [executable, ...before] = tsCommand(MAIN);
    const child = spawn(executable, [...before, argument]);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return new Promise(resolve => child.on('close', code => resolve({ code, said })));
  };

  it('ends when the socket is closed', async () => {
    const server = net.createServer(socket => setTimeout(() => socket.destroy(), 100));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    assert.equal((await ended(`--socket=${port}`)).code, 1);
    server.close();
  });

  it('ends with words when there is nothing that listens, or nothing to talk through', async () => {
    const server = net.createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    await new Promise(resolve => server.close(resolve));
    const refused = await ended(`--socket=${port}`);
    assert.equal(refused.code, 1);
    assert.match(refused.said, /^colens: cannot connect to \d+: .*ECONNREFUSED.*\n$/);
    assert.equal((await ended('--socket=x')).said, "colens: --socket takes a port, not 'x'\n");
  });
});
