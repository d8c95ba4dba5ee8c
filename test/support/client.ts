// A language client in the same process: talks real JSON-RPC with the server over two streams, as an editor would.
import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  ConfigurationRequest,
  createMessageConnection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  InlayHintRefreshRequest,
  type InitializeResult,
  LogMessageNotification,
  type MessageConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Registration,
  type RequestMessage,
  type ResponseMessage,
  RegistrationRequest,
  ShowDocumentRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  UnregistrationRequest,
} from 'vscode-languageserver-protocol/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { type Platform, startServer } from '../../server/src/lsp/server.ts';
import { nodePlatform } from '../../server/src/node/platform.ts';

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** What `workspace/configuration` answers, if the capabilities have it. */
  readonly settings?: unknown;
  /** URIs */
  readonly workspaceFolders?: readonly string[];
  /** What the server finds instead of this machine's own. */
  readonly platform?: Partial<Platform>;
}

/** The target that tests are about unless they say another. */
const TARGET = '3.13';

/** Settings with a target; what is no settings at all stays as it is. */
function withTarget(settings: unknown): unknown {
  if (settings === undefined) return { target: TARGET };
  const isObject = typeof settings === 'object' && settings !== null && !Array.isArray(settings);
  return isObject ? { target: TARGET, ...settings } : settings;
}

function withSettings(options: unknown): unknown {
  if (options === undefined) return { settings: withTarget(undefined) };
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  return { ...options, settings: withTarget('settings' in options ? options.settings : undefined) };
}

export class TestClient {
  readonly connection: MessageConnection;
  /** The result of `initialize`. */
  initialized!: InitializeResult;
  settings: unknown;
  /** Every message that the server has logged: none, where nothing goes wrong. */
  readonly log: string[] = [];
  /** What the server has shown to the user. */
  readonly messages: string[] = [];
  /** The URIs of documents that the server has had opened. */
  readonly shown: string[] = [];
  readonly registrations = new Map<string, Registration>();
  readonly diagnostics: PublishDiagnosticsParams[] = [];
  codeLensRefreshes = 0;
  inlayHintRefreshes = 0;
  private version = 1;
  private readonly writer: StreamMessageWriter;
  private readonly rawAnswers = new Map<unknown, (answer: ResponseMessage) => void>();
  private readonly waiting: (() => void)[] = [];

  /** Starts a server and initializes it. */
  static async start(options: ClientOptions = {}): Promise<TestClient> {
    const client = new TestClient(options);
    client.initialized = await client.connection.sendRequest<InitializeResult>(InitializeRequest.method, {
      processId: null,
      workspaceFolders: options.workspaceFolders?.map(uri => ({ uri, name: uri })) ?? null,
      capabilities: options.capabilities ?? {},
      initializationOptions: withSettings(options.initializationOptions),
    });
    await client.connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  private constructor({ settings, platform }: ClientOptions) {
    this.settings = settings;
    const up = new PassThrough();
    const down = new PassThrough();
    startServer(createConnection(ProposedFeatures.all, up, down), { ...nodePlatform, ...platform });
    this.writer = new StreamMessageWriter(up);
    const reader = new StreamMessageReader(down);
    this.connection = createMessageConnection(
      {
        onError: reader.onError,
        onClose: reader.onClose,
        onPartialMessage: reader.onPartialMessage,
        dispose: () => reader.dispose(),
        listen: callback =>
          reader.listen(message => {
            const answer = this.rawAnswers.get((message as ResponseMessage).id ?? '');
            if (answer) answer(message as ResponseMessage);
            else callback(message);
          }),
      },
      this.writer,
    );
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(() => withTarget(this.settings)),
    );
    this.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      for (const registration of registrations) this.registrations.set(registration.id, registration);
      this.wake();
    });
    this.connection.onRequest(UnregistrationRequest.type, ({ unregisterations }) => {
      for (const { id } of unregisterations) this.registrations.delete(id);
      this.wake();
    });
    this.connection.onRequest(InlayHintRefreshRequest.type, () => {
      this.inlayHintRefreshes++;
      this.wake();
    });
    this.connection.onRequest(CodeLensRefreshRequest.type, () => {
      this.codeLensRefreshes++;
      this.wake();
    });
    this.connection.onNotification(LogMessageNotification.type, ({ message }) => {
      this.log.push(message);
    });
    this.connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
      this.shown.push(uri);
      return { success: true };
    });
    this.connection.onNotification(ShowMessageNotification.type, ({ message }) => {
      this.messages.push(message);
    });
    this.connection.onNotification(PublishDiagnosticsNotification.type, published => {
      this.diagnostics.push(published);
      this.wake();
    });
    this.connection.listen();
  }

  /** Sends parameters as they are, and returns the answer as it comes: a connection would put null into a list. */
  async raw(method: string, params: unknown): Promise<Partial<ResponseMessage>> {
    const id = `raw ${this.version++}`;
    const answered = new Promise<ResponseMessage>(resolve => this.rawAnswers.set(id, resolve));
    await this.writer.write({ jsonrpc: '2.0', id, method, params } as RequestMessage);
    return answered;
  }

  /** Opens a document and returns its URI. */
  async open(text: string, uri = 'file:///sample.py'): Promise<string> {
    const textDocument = { uri, languageId: 'python', version: this.version++, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    return uri;
  }

  async change(uri: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    const textDocument = { uri, version: this.version++ };
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges,
    });
  }

  /** Answers the server's next question for settings with these, and tells it that they have changed. */
  async configure(settings: unknown): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  /** Resolves once a condition holds; it is looked at after each message of the server. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    this.connection.dispose();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
