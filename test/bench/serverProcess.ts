// The server as it ships, bundled, in a process of its own that is talked to over stdio: what an editor waits for, and
// how much memory the process takes.
import { build } from 'esbuild';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {
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

export class ServerProcess {
  /** What the server has complained of. */
  readonly log: string[] = [];
  private version = 1;

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly connection: MessageConnection,
  ) {}

  static async start(settings: unknown): Promise<ServerProcess> {
    const outfile = path.join(CACHE, 'bench', `server.${process.pid}.cjs`);
    const entry = path.join(REPOSITORY, 'server', 'src', 'node', 'serverMain.ts');
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
    const child = spawn(process.execPath, [outfile, '--stdio']);
    child.stderr.pipe(process.stderr);
    child.on('exit', () => fs.rmSync(outfile, { force: true }));
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

  /** The most memory that the process has had so far, in bytes; undefined where the system does not tell. */
  peakMemory(): number | undefined {
    try {
      const status = fs.readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
      return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]) * 1024;
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
