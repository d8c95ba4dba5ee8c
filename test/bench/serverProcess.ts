// The server as it ships, bundled, in a process of its own that is talked to over stdio: what an editor waits for, and
// how much memory the process takes.
import { build } from 'esbuild';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  CancellationTokenSource,
  createMessageConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  MarkupKind,
  type MessageConnection,
  type Position,
  type Range,
  ShutdownRequest,
  type SignatureHelp,
  SignatureHelpRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { CACHE } from '../oracle/cache.ts';
import { REPOSITORY } from '../oracle/interpreters.ts';

const CAPABILITIES = {
  textDocument: {
    signatureHelp: {
      signatureInformation: {
        documentationFormat: [MarkupKind.Markdown],
        noActiveParameterSupport: true,
        activeParameterSupport: true,
        parameterInformation: { labelOffsetSupport: true },
      },
    },
  },
};

/** Bundles the server into a folder, as server/tools/build.ts does. */
export async function bundle(folder: string): Promise<void> {
  const sources = path.join(REPOSITORY, 'server', 'src');
  await build({
    entryPoints: [path.join(sources, 'node', 'serverMain.ts')],
    outfile: path.join(folder, 'server.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'error',
  });
  const table = fs.readFileSync(path.join(sources, 'resolve', 'bundled', 'library.generated.txt'));
  fs.writeFileSync(path.join(folder, 'library.gz'), gzipSync(table));
}

export class ServerProcess {
  /** What the server has complained of. */
  readonly log: string[] = [];
  private version = 1;

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly connection: MessageConnection,
  ) {}

  static async start(settings: unknown): Promise<ServerProcess> {
    const folder = path.join(CACHE, 'bench', String(process.pid));
    await bundle(folder);
    const child = spawn(process.execPath, [path.join(folder, 'server.cjs'), '--stdio']);
    child.stderr.pipe(process.stderr);
    child.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const server = new ServerProcess(child, connection);
    connection.onNotification(LogMessageNotification.type, ({ message }) => {
      server.log.push(message);
    });
    connection.listen();
    await connection.sendRequest<InitializeResult>(InitializeRequest.method, {
      processId: process.pid,
      workspaceFolders: null,
      capabilities: CAPABILITIES,
      initializationOptions: { settings },
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return server;
  }

  async open(uri: string, text: string): Promise<void> {
    const textDocument = { uri, languageId: 'python', version: this.version++, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  async change(uri: string, range: Range, text: string): Promise<void> {
    const textDocument = { uri, version: this.version++ };
    const contentChanges = [{ range, text }];
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges,
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  signatureHelp(uri: string, position: Position): Promise<SignatureHelp | null> {
    return this.connection.sendRequest(SignatureHelpRequest.type, { textDocument: { uri }, position });
  }

  /** Any request: its answer, and how to cancel it. */
  ask(method: string, params: unknown): { readonly answer: Promise<unknown>; readonly cancel: () => void } {
    const source = new CancellationTokenSource();
    const answer = this.connection.sendRequest<unknown>(method, params, source.token);
    return { answer, cancel: () => source.cancel() };
  }

  /** The memory that the process has now, in bytes; undefined where the system does not tell. */
  memory(): number | undefined {
    return this.status('VmRSS');
  }

  /** The most memory that the process has had so far, in bytes; undefined where the system does not tell. */
  peakMemory(): number | undefined {
    return this.status('VmHWM');
  }

  private status(field: string): number | undefined {
    try {
      const status = fs.readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
      return Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
    } catch {
      return undefined;
    }
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    this.connection.dispose();
  }
}
