// The language server: wires requests to features. It knows no transport and no platform; node/serverMain.ts and
// browser/serverMain.ts bring those. Whatever goes wrong in one request is logged and answered with nothing, and
// the server goes on.
import {
  type CancellationToken,
  CodeLensRefreshRequest,
  CodeLensRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  type Disposable,
  ExecuteCommandRequest,
  FileChangeType,
  type FileEvent,
  HoverRequest,
  type InitializeParams,
  type InitializeResult,
  InlayHintRefreshRequest,
  InlayHintRequest,
  MarkupKind,
  MessageType,
  ShowMessageNotification,
  SignatureHelpRequest,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import manifest from '../../../package.json' with { type: 'json' };
import { type CallProblem, callProblems } from '../features/calls/callDiagnostics.ts';
import { codeLenses } from '../features/codeObject/lens.ts';
import { codeObjectView, whyNoBytecode } from '../features/codeObject/view.ts';
import { codeObjectIndex, findCodeObject } from '../features/codeObject/codeObjectIndex.ts';
import { codeObjectDetails, type Detail } from '../features/codeObject/details.ts';
import { instructionHelp } from '../features/codeObject/instructionHelp.ts';
import { flowGraph } from '../features/codeObject/flowGraph.ts';
import { contextOf } from '../features/codeObject/instructions.ts';
import { codeObjectTree } from '../features/codeObject/tree.ts';
import { diagnostics } from '../features/diagnostics.ts';
import { hover } from '../features/hover/hover.ts';
import { pycText } from '../features/pyc.ts';
import { visible, visibleLines } from '../python/text/visible.ts';
import { passText } from '../features/passes/passText.ts';
import { inlayHints } from '../features/calls/inlayHints.ts';
import { signatureHelp } from '../features/calls/signatureHelp/signatureHelp.ts';
import { URI, Utils } from 'vscode-uri';
import type { CodeObject } from '../python/code/codeObject.ts';
import type { Analysis } from '../python/index.ts';
import { parseTarget, TARGETS, type Target } from '../python/versions/target.ts';
import type { Libraries } from '../resolve/openProgram.ts';
import type { TargetChoice } from '../resolve/program/targetChoice.ts';
import type { RequestEvaluator } from '../resolve/evaluate/evaluator.ts';
import type { Evaluator, SourceModule } from '../resolve/values.ts';
import { Documents } from './documents.ts';
import {
  codeObjectCommand,
  codeObjectKeyRequest,
  codeObjectRequest,
  type CodeObjectKey,
  type CodeObjectParams,
  type CodeObjectResult,
  codeObjectTreeRequest,
  type CodeObjectTree,
  type ExperimentalCapabilities,
  flowGraphRequest,
  type FlowGraphResult,
  instructionRequest,
  type InstructionParams,
  type InstructionResult,
  passTextRequest,
  type PassTextParams,
  type PassTextResult,
  pycRequest,
  type PycResult,
  type Settings,
  settingsSection,
  targetChangedNotification,
  targetsRequest,
  trustedNotification,
  type TargetsResult,
} from './protocol.ts';
import {
  checkInitialize,
  codeObjectParams,
  instructionParams,
  documentUri,
  commandParams,
  passTextParams,
  pycParams,
  positionIn,
  rangeIn,
} from './params.ts';
import { toPath } from './paths.ts';
import { defaultInterpreter, readSettings } from './settings.ts';
import {
  type Commands,
  toCodeLens,
  toCodeObjectResult,
  toCodeObjectTree,
  toFlowGraphResult,
  toInstructionResult,
  toCurrentTarget,
  toDiagnostic,
  toPassTextResult,
  toCallDiagnostic,
  toHover,
  toInlayHint,
  toOffset,
  type SignatureAbilities,
  toSignatureHelp,
  withoutFlowGraph,
} from './toProtocol.ts';
import { Workspace } from './workspace.ts';

/** What the server needs of the machine that it runs on. */
export interface Platform extends Libraries {
  /** Calls back after `milliseconds`; the function returned cancels it. */
  delay(milliseconds: number, callback: () => void): () => void;
  /** Writes a text into a temporary file of a name, and returns its URI; undefined where there are no files. */
  readonly writeTemporary?: ((name: string, text: string) => Promise<string>) | undefined;
}

/** How long the text must rest before errors are looked for: they would only flicker while somebody types. */
const DIAGNOSTICS_DELAY_MS = 250;

/** How long the search for calls that cannot bind goes on before other requests are answered. */
const SLICE_MS = 15;

/** What a program is made of: modules, and what leads to libraries. */
const WATCHED_FILES = '**/{*.py,*.pyi,*.pth,pyproject.toml,pyvenv.cfg,.python-version}';

const SIGNATURE_TRIGGERS = ['(', ','];
const SIGNATURE_RETRIGGERS = [')', '=', '*'];

/** Starts to serve; returns at once. The process or worker ends with the connection. */
export function startServer(connection: Connection, platform: Platform): void {
  new Server(connection, platform).listen();
}

/** What of the client's abilities matters here. */
interface Client {
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly codeLensRefresh: boolean;
  readonly inlayHintRefresh: boolean;
  readonly watchedFiles: boolean;
  readonly dynamicSignatureHelp: boolean;
  /** Whether it opens documents that it is told to. */
  readonly showDocument: boolean;
  /** Whether hovers may be Markdown. */
  readonly hoverMarkdown: boolean;
  readonly signatures: SignatureAbilities;
}

class Server {
  private readonly documents: Documents;
  private readonly workspace: Workspace;
  /** URIs */
  private readonly folders = new Set<string>();
  /** Whether files of the workspace may lead out of it. */
  private trusted = true;
  /** What the Python extension's settings say about the interpreter. */
  private defaultInterpreter = '';
  private settings: Settings = readSettings(undefined);
  /** Whether the client is told of another target, and shows by itself what is wrong with the setting. */
  private tellsTarget = false;
  private client: Client = clientOf(undefined);
  private isInitialized = false;
  private commands: Commands = { showCodeObject: undefined, codeObject: codeObjectCommand };
  private readonly pendingDiagnostics = new Map<string, () => void>();
  private signatureRegistration: Promise<Disposable | undefined> = Promise.resolve(undefined);
  private registeredSwitch: Settings['signatureHelp'] = 'off';

  constructor(
    private readonly connection: Connection,
    private readonly platform: Platform,
  ) {
    this.documents = new Documents({
      // Nobody watches libraries, and some clients watch nothing.
      opened: () => void this.guard('refresh', undefined, () => this.workspace.refresh()),
      changed: uri => {
        this.workspace.documentChanged(uri);
        this.scheduleDiagnostics(uri);
      },
      closed: uri => {
        this.workspace.documentClosed(uri);
        this.forget(uri);
      },
    });
    this.workspace = new Workspace(
      platform,
      this.documents,
      error => this.log('bundled answers', error),
      (choice, isOther) => this.targetChanged(choice, isOther),
    );
  }

  private get target(): Target {
    return this.workspace.target.target;
  }

  listen(): void {
    const { connection } = this;
    connection.onInitialize(params => {
      checkInitialize(params);
      return this.initialize(params);
    });
    connection.onInitialized(() => this.guard('initialized', undefined, () => this.initialized()));
    connection.onDidChangeConfiguration(({ settings }: { settings?: unknown }) =>
      this.guard('didChangeConfiguration', undefined, () => this.configurationChanged(settings)),
    );
    connection.onDidChangeWatchedFiles(({ changes }) =>
      this.guard('didChangeWatchedFiles', undefined, () => this.filesChanged(changes)),
    );
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) => {
      for (const { uri } of removed) this.folders.delete(uri);
      for (const { uri } of added) if (typeof uri === 'string') this.folders.add(uri);
      this.configureWorkspace();
    });
    connection.onNotification(trustedNotification, () => {
      this.trusted = true;
      this.configureWorkspace();
    });
    connection.onRequest(HoverRequest.type, (params, token) => {
      const uri = documentUri(params);
      const position = positionIn(params);
      return this.answerInProgram('hover', null, uri, token, (module, evaluator) => {
        if (!this.settings.hover.enabled) return null;
        const { lines } = module.analysis;
        const found = hover(evaluator, module, toOffset(lines, position), this.settings.hover);
        return found ? toHover(lines, uri, found, this.commands, this.client.hoverMarkdown) : null;
      });
    });
    connection.onRequest(InlayHintRequest.type, (params, token) => {
      const uri = documentUri(params);
      const range = rangeIn(params);
      return this.answerWithModule('inlayHint', null, uri, token, (module, evaluator) => {
        if (!this.settings.inlayHints.parameterNames) return null;
        const { lines } = module.analysis;
        const span = { start: toOffset(lines, range.start), end: toOffset(lines, range.end) };
        return inlayHints(evaluator, module, span).map(hint => toInlayHint(lines, hint));
      });
    });
    connection.onRequest(CodeLensRequest.type, (params, token) => {
      const uri = documentUri(params);
      return this.answer('codeLens', [], uri, token, analysis => {
        if (!this.settings.codeLens.enabled) return [];
        const lenses = codeLenses(analysis, this.settings.codeLens);
        return lenses.map(lens => toCodeLens(analysis.lines, uri, lens, this.commands));
      });
    });
    connection.onRequest(SignatureHelpRequest.type, (params, token) => {
      const uri = documentUri(params);
      const position = positionIn(params);
      return this.answerInProgram('signatureHelp', null, uri, token, (module, evaluator) => {
        if (this.settings.signatureHelp === 'off') return null;
        const found = signatureHelp(evaluator, module, toOffset(module.analysis.lines, position));
        return found ? toSignatureHelp(found, this.client.signatures) : null;
      });
    });
    connection.onRequest(codeObjectKeyRequest, (params: unknown, token: CancellationToken) =>
      this.codeObjectKey(codeObjectParams(params), token),
    );
    connection.onRequest(codeObjectRequest, (params: unknown, token: CancellationToken) =>
      this.codeObject(codeObjectParams(params), token),
    );
    connection.onRequest(codeObjectTreeRequest, (params: unknown, token: CancellationToken) => {
      const uri = documentUri(params);
      return this.answer<CodeObjectTree | null>(codeObjectTreeRequest, null, uri, token, analysis =>
        toCodeObjectTree(analysis, codeObjectTree(analysis)),
      );
    });
    connection.onRequest(instructionRequest, (params: unknown, token: CancellationToken) =>
      this.instruction(instructionParams(params), token),
    );
    connection.onRequest(flowGraphRequest, (params: unknown, token: CancellationToken) =>
      this.flowGraph(codeObjectParams(params), token),
    );
    connection.onRequest(pycRequest, (params: unknown): Promise<PycResult | null> => {
      const { name, bytes, source, optimize } = pycParams(params);
      return this.guard(pycRequest, null, () => {
        const { version = null, text, sections, verdict } = pycText(bytes, name, source, optimize);
        return { text: visibleLines(text), version, verdict: visible(verdict), sections: [...sections] };
      });
    });
    connection.onRequest(passTextRequest, (params: unknown, token: CancellationToken) =>
      this.passText(passTextParams(params), token),
    );
    // By its name, as onExecuteCommand() looks into the parameters before anybody can say that they are none.
    connection.onRequest(ExecuteCommandRequest.method, (params: unknown, token: CancellationToken) =>
      this.runCodeObject(commandParams(params), token),
    );
    connection.onRequest(targetsRequest, (): TargetsResult => {
      const targets = TARGETS.map(({ series, version }) => ({ series, version }));
      return { current: toCurrentTarget(this.workspace.target), targets };
    });
    this.documents.listen(connection);
    connection.listen();
  }

  // ---- Life ------------------------------------------------------------------------------------------------

  private initialize(params: InitializeParams): InitializeResult {
    this.client = clientOf(params);
    const options: unknown = params.initializationOptions;
    const option = (name: string): unknown =>
      typeof options === 'object' && options !== null
        ? (options as Record<string, unknown>)[name]
        : undefined;
    this.settings = readSettings(option('settings'));
    this.trusted = option('trusted') !== false;
    this.tellsTarget = option('targetChanged') === true;
    for (const { uri } of params.workspaceFolders ?? []) this.folders.add(uri);
    this.configureWorkspace();
    const showCodeObject = option('showCodeObjectCommand');
    this.commands = {
      showCodeObject: typeof showCodeObject === 'string' ? showCodeObject : undefined,
      codeObject: codeObjectCommand,
    };
    const experimental: ExperimentalCapabilities = {
      requests: [
        codeObjectRequest,
        codeObjectKeyRequest,
        codeObjectTreeRequest,
        flowGraphRequest,
        instructionRequest,
        passTextRequest,
        pycRequest,
        targetsRequest,
      ],
    };
    return {
      serverInfo: { name: 'CoLens', version: manifest.version },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        inlayHintProvider: true,
        codeLensProvider: { resolveProvider: false },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        executeCommandProvider: { commands: [codeObjectCommand] },
        ...(this.client.dynamicSignatureHelp
          ? {}
          : {
              signatureHelpProvider: {
                triggerCharacters: SIGNATURE_TRIGGERS,
                retriggerCharacters: SIGNATURE_RETRIGGERS,
              },
            }),
        experimental: { colens: experimental },
      },
    };
  }

  private async initialized(): Promise<void> {
    this.isInitialized = true;
    if (!this.tellsTarget) this.tellTarget(this.workspace.target);
    if (this.client.configurationChanges) {
      await this.connection.client.register(DidChangeConfigurationNotification.type, {
        section: settingsSection,
      });
    }
    if (this.client.watchedFiles) {
      await this.connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: WATCHED_FILES }],
      });
    }
    if (this.client.configuration) await this.pullSettings();
    else this.registerSignatureHelp();
  }

  private async configurationChanged(pushed: unknown): Promise<void> {
    if (this.client.configuration) return this.pullSettings();
    const own: unknown =
      typeof pushed === 'object' && pushed !== null && settingsSection in pushed
        ? pushed[settingsSection]
        : undefined;
    this.useSettings(readSettings(own));
  }

  private async pullSettings(): Promise<void> {
    const [own, python] = (await this.connection.workspace.getConfiguration([
      { section: settingsSection },
      { section: 'python' },
    ])) as unknown[];
    this.defaultInterpreter = defaultInterpreter(python);
    this.useSettings(readSettings(own));
  }

  private useSettings(settings: Settings): void {
    const before = JSON.stringify(this.settings);
    const { target } = this;
    this.settings = settings;
    this.configureWorkspace();
    this.registerSignatureHelp();
    // Another target has had everything shown anew already.
    if (before !== JSON.stringify(settings) && target === this.target) this.showAnew();
  }

  /** Has everything that is shown of open documents made again. */
  private showAnew(): void {
    for (const uri of this.documents.uris()) this.scheduleDiagnostics(uri);
    if (this.client.codeLensRefresh) this.refresh(CodeLensRefreshRequest.type);
    if (this.client.inlayHintRefresh) this.refresh(InlayHintRefreshRequest.type);
  }

  private targetChanged(choice: TargetChoice, isOther: boolean): void {
    // Nothing may be sent before the answer to `initialize`; the client asks once it is there.
    if (!this.isInitialized) return;
    this.tellTarget(choice);
    if (isOther) this.showAnew();
  }

  private tellTarget(choice: TargetChoice): void {
    const { problem: message } = choice;
    const { connection } = this;
    void this.guard('target', undefined, async () => {
      if (this.tellsTarget) {
        await connection.sendNotification(targetChangedNotification, toCurrentTarget(choice));
      } else if (message !== undefined) {
        const type = MessageType.Warning;
        await connection.sendNotification(ShowMessageNotification.type, { type, message });
      }
    });
  }

  /** Has the client ask again for what it shows. */
  private refresh(type: typeof CodeLensRefreshRequest.type): void {
    this.connection.sendRequest(type).catch((error: unknown) => {
      this.log(type.method, error);
    });
  }

  private configureWorkspace(): void {
    const { pythonPath, searchPaths } = this.settings;
    const pythonPaths = [pythonPath, this.trusted ? this.defaultInterpreter : ''];
    const wishes = {
      workspaceFolders: [...this.folders].map(toPath),
      pythonPaths: pythonPaths.filter(path => path !== ''),
      searchPaths,
    };
    this.workspace.configure(this.settings.target, wishes, this.trusted);
  }

  private async filesChanged(changes: readonly FileEvent[]): Promise<void> {
    // What is open has a text of its own.
    const changed = changes.filter(
      ({ uri, type }) => type !== FileChangeType.Changed || this.documents.version(uri) === undefined,
    );
    if (changed.length > 0) await this.workspace.filesChanged(changed.map(({ uri }) => uri));
  }

  /** Has VS Code ask us before or after others, or not at all: see `Settings.signatureHelp`. */
  private registerSignatureHelp(): void {
    const wanted = this.settings.signatureHelp;
    if (!this.client.dynamicSignatureHelp || wanted === this.registeredSwitch) return;
    this.registeredSwitch = wanted;
    // One after the other, so that the client never has two.
    this.signatureRegistration = this.signatureRegistration.then(before =>
      this.guard('signatureHelp registration', undefined, () => {
        before?.dispose();
        if (wanted === 'off') return undefined;
        return this.connection.client.register(SignatureHelpRequest.type, {
          documentSelector: wanted === 'auto' ? [{ language: '*' }] : null,
          triggerCharacters: SIGNATURE_TRIGGERS,
          retriggerCharacters: SIGNATURE_RETRIGGERS,
        });
      }),
    );
  }

  // ---- Answers ---------------------------------------------------------------------------------------------

  private codeObjectKey(params: CodeObjectParams, token: CancellationToken): Promise<CodeObjectKey | null> {
    const target = this.targetIn(params);
    const { uri } = params.textDocument;
    return this.answer(
      codeObjectKeyRequest,
      null,
      uri,
      token,
      analysis => {
        const found = codeObjectIn(analysis, params);
        return found ? { key: codeObjectIndex(analysis).key(found), target: target.version } : null;
      },
      target,
    );
  }

  private targetIn({ target }: { readonly target?: string | undefined }): Target {
    return (target === undefined ? undefined : parseTarget(target)) ?? this.target;
  }

  private codeObject(params: CodeObjectParams, token: CancellationToken): Promise<CodeObjectResult | null> {
    const target = this.targetIn(params);
    const { uri } = params.textDocument;
    const find = (analysis: Analysis, details: (code: CodeObject) => Detail[]): CodeObjectResult | null => {
      const found = codeObjectIn(analysis, params);
      if (!found) return null;
      const options = {
        details: details(found),
        filename: Utils.basename(URI.parse(uri)),
        forComparison: params.forComparison,
      };
      return toCodeObjectResult(analysis, uri, found, codeObjectView(analysis, found, options));
    };
    // There is a program for the setting's target alone.
    if (target !== this.target) {
      return this.answer(codeObjectRequest, null, uri, token, analysis => find(analysis, () => []), target);
    }
    return this.answerInProgram(codeObjectRequest, null, uri, token, (module, evaluator) =>
      find(module.analysis, code => codeObjectDetails(evaluator, module, code)),
    );
  }

  private instruction(
    params: InstructionParams,
    token: CancellationToken,
  ): Promise<InstructionResult | null> {
    const find = (analysis: Analysis): InstructionResult | null => {
      const code = codeObjectIn(analysis, params);
      const help = code && instructionHelp(analysis, code, params.offset);
      return help ? toInstructionResult(help) : null;
    };
    const { uri } = params.textDocument;
    return this.answer(instructionRequest, null, uri, token, find, this.targetIn(params));
  }

  /** The answer; to a client without a command of its own it is shown as well, as the user would see nothing else. */
  private async runCodeObject(
    params: CodeObjectParams,
    token: CancellationToken,
  ): Promise<CodeObjectResult | null> {
    const result = await this.codeObject(params, token);
    if (result && this.commands.showCodeObject === undefined)
      await this.guard('show', undefined, () => this.showText(result));
    return result;
  }

  /** In a document, where the client can open one, else in a message. */
  private async showText({ key, uri, text }: CodeObjectResult): Promise<void> {
    const { writeTemporary } = this.platform;
    if (this.client.showDocument && writeTemporary) {
      const name = `${key} · ${Utils.basename(URI.parse(uri))}`.replace(/[^\w.· -]/g, '_');
      const document = await writeTemporary(`${name}.txt`, text);
      const { success } = await this.connection.window.showDocument({ uri: document, takeFocus: true });
      if (success) return;
    }
    await this.connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message: text,
    });
  }

  private flowGraph(params: CodeObjectParams, token: CancellationToken): Promise<FlowGraphResult | null> {
    const { uri } = params.textDocument;
    const find = (analysis: Analysis): FlowGraphResult | null => {
      const code = codeObjectIn(analysis, params);
      if (!code) return null;
      const bytecode = analysis.bytecode(code);
      const key = codeObjectIndex(analysis).key(code);
      if (!bytecode) return withoutFlowGraph(analysis, uri, key, whyNoBytecode(analysis, code));
      const context = contextOf(analysis, code, bytecode, Utils.basename(URI.parse(uri)));
      return toFlowGraphResult(analysis, uri, key, flowGraph(analysis, context));
    };
    return this.answer<FlowGraphResult | null>(
      flowGraphRequest,
      null,
      uri,
      token,
      find,
      this.targetIn(params),
    );
  }

  private passText({ textDocument: { uri }, pass, target }: PassTextParams, token: CancellationToken) {
    const version = this.targetIn({ target });
    const find = (analysis: Analysis): PassTextResult =>
      toPassTextResult(analysis, uri, pass, passText(analysis, pass, Utils.basename(URI.parse(uri))));
    return this.answer<PassTextResult | null>(passTextRequest, null, uri, token, find, version);
  }

  /**
   * Answers a request about an open document: `otherwise` if it is not open, if the request has been cancelled, or
   * if `feature` throws, which is logged.
   */
  private async answer<Result>(
    name: string,
    otherwise: Result,
    uri: string,
    token: CancellationToken,
    feature: (analysis: Analysis) => Result,
    target: Target = this.target,
  ): Promise<Result> {
    return this.guard(`${name} ${uri}`, otherwise, () => {
      if (token.isCancellationRequested) return otherwise;
      const analysis = this.documents.analysis(uri, target);
      return analysis ? feature(analysis) : otherwise;
    });
  }

  /** The same for what looks beyond the document: `feature` gets its module, and the program around it. */
  private answerInProgram<Result>(
    name: string,
    otherwise: Result,
    uri: string,
    token: CancellationToken,
    feature: (module: SourceModule, evaluator: Evaluator) => Result,
  ): Promise<Result> {
    return this.answerWithModule(name, otherwise, uri, token, (module, evaluator) =>
      evaluator.request(() => feature(module, evaluator)),
    );
  }

  /** The same for a feature that asks for many things, each with a budget of its own. */
  private answerWithModule<Result>(
    name: string,
    otherwise: Result,
    uri: string,
    token: CancellationToken,
    feature: (module: SourceModule, evaluator: RequestEvaluator) => Result,
  ): Promise<Result> {
    return this.guard(`${name} ${uri}`, otherwise, async () => {
      const found = token.isCancellationRequested ? undefined : await this.workspace.module(uri);
      if (!found || token.isCancellationRequested) return otherwise;
      return feature(found.module, found.evaluator);
    });
  }

  // ---- Diagnostics -----------------------------------------------------------------------------------------

  private scheduleDiagnostics(uri: string): void {
    this.pendingDiagnostics.get(uri)?.();
    this.pendingDiagnostics.set(
      uri,
      this.platform.delay(DIAGNOSTICS_DELAY_MS, () => {
        this.pendingDiagnostics.delete(uri);
        void this.guard(`diagnostics ${uri}`, undefined, () => this.publishDiagnostics(uri));
      }),
    );
  }

  private async publishDiagnostics(uri: string): Promise<void> {
    const analysis = this.documents.analysis(uri, this.target);
    const version = this.documents.version(uri);
    if (!analysis || version === undefined) return;
    const errors = this.settings.diagnostics === 'off' ? [] : diagnostics(analysis);
    const found = errors.map(error => toDiagnostic(analysis.lines, error, this.target.version));
    await this.connection.sendDiagnostics({ uri, version, diagnostics: found });
    if (!this.settings.callDiagnostics) return;
    const problems = await this.callProblems(uri, version);
    if (!problems || problems.length === 0) return;
    const warnings = problems.map(problem => toCallDiagnostic(analysis.lines, problem, this.target.version));
    await this.connection.sendDiagnostics({ uri, version, diagnostics: [...found, ...warnings] });
  }

  /** The calls of a document that cannot bind; undefined if it was edited meanwhile. Lets requests pass in between. */
  private async callProblems(uri: string, version: number): Promise<CallProblem[] | undefined> {
    const found = await this.workspace.module(uri);
    if (!found) return undefined;
    const problems: CallProblem[] = [];
    let begun = Date.now();
    for (const problem of callProblems(found.evaluator, found.module)) {
      if (problem) problems.push(problem);
      if (Date.now() - begun < SLICE_MS) continue;
      await new Promise<void>(resolve => this.platform.delay(0, resolve));
      begun = Date.now();
      if (this.documents.version(uri) !== version) return undefined;
    }
    return this.documents.version(uri) === version ? problems : undefined;
  }

  private forget(uri: string): void {
    this.pendingDiagnostics.get(uri)?.();
    this.pendingDiagnostics.delete(uri);
    void this.guard(`diagnostics ${uri}`, undefined, () =>
      this.connection.sendDiagnostics({ uri, diagnostics: [] }),
    );
  }

  // ---- Failures --------------------------------------------------------------------------------------------

  private async guard<Result, Otherwise>(
    name: string,
    otherwise: Otherwise,
    run: () => Result | Promise<Result>,
  ): Promise<Result | Otherwise> {
    try {
      return await run();
    } catch (error) {
      this.log(name, error);
      return otherwise;
    }
  }

  private log(name: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.connection.console.error(`${name}: ${text}`);
  }
}

function clientOf(params: InitializeParams | undefined): Client {
  const workspace = params?.capabilities.workspace;
  const textDocument = params?.capabilities.textDocument;
  const signatures = textDocument?.signatureHelp?.signatureInformation;
  return {
    configuration: workspace?.configuration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    codeLensRefresh: workspace?.codeLens?.refreshSupport === true,
    inlayHintRefresh: workspace?.inlayHint?.refreshSupport === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    showDocument: params?.capabilities.window?.showDocument?.support === true,
    dynamicSignatureHelp: textDocument?.signatureHelp?.dynamicRegistration === true,
    hoverMarkdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    signatures: {
      markdown: signatures?.documentationFormat?.includes(MarkupKind.Markdown) === true,
      noActiveParameter: signatures?.noActiveParameterSupport === true,
      labelOffsets: signatures?.parameterInformation?.labelOffsetSupport === true,
    },
  };
}

/** The code object that a request means. */
function codeObjectIn(
  analysis: Analysis,
  { position, range, qualname }: CodeObjectParams,
): CodeObject | undefined {
  const { lines } = analysis;
  return findCodeObject(analysis, {
    qualname,
    start: range ? toOffset(lines, range.start) : position && toOffset(lines, position),
    end: range && toOffset(lines, range.end),
  });
}
